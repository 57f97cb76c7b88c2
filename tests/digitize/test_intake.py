from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import get_args

import pytest
from conftest import numbered_sheet
from hypothesis import given
from hypothesis import strategies as st

from digitize import intake, limits
from digitize.intake import Kind, Problem, Source, examine, kind_of, walk


def paths(roots: list[Path], excluded: Path = Path("/không-có")) -> list[str]:
    return [entry.path for entry in walk(roots, excluded)]


def problems(roots: list[Path]) -> dict[str, str]:
    return {Path(entry.path).name: entry.problem.reason for entry in walk(roots, Path("/không-có")) if entry.problem}


def test_kind_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "ảnh.pdf"
    numbered_sheet(50).save(path, format="PNG")
    source = examine(str(path))
    assert isinstance(source, Source)
    assert source.kind == "png"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "pdf"),
        (b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n%PDF-1.4", "pdf"),
        (b"a text on %PDF-1.4 headers", None),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"PK\x03\x04", None),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
        (b"\xff\x4f\xff\x51", "jpeg2000"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little"), "bmp"),
        (b"BM: no picture but a sentence", None),
    ],
)
def test_kind_of(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind


@given(st.binary(max_size=1024))
def test_kind_of_takes_any_bytes(head: bytes) -> None:
    assert kind_of(head) in (None, *get_args(Kind))


def test_text_is_excluded_and_an_empty_file_is_quarantined(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("chữ")
    (tmp_path / "b.png").touch()
    assert examine(str(tmp_path / "a.txt")) == Problem(
        "excluded", "không phải ảnh PNG, JPEG, TIFF, JPEG 2000, WebP, BMP hay PDF"
    )
    assert examine(str(tmp_path / "b.png")) == Problem("quarantined", "tệp rỗng (0 byte)")


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống")
    assert examine(str(tmp_path / "ống")) == Problem("excluded", "không phải tệp thường")


def test_a_dangling_link_and_a_link_to_itself_are_quarantined(tmp_path: Path) -> None:
    (tmp_path / "gãy.pdf").symlink_to(tmp_path / "không-có")
    (tmp_path / "vòng.pdf").symlink_to(tmp_path / "vòng.pdf")
    assert {Path(path).name for path in paths([tmp_path])} == {"gãy.pdf", "vòng.pdf"}
    for name in ("gãy.pdf", "vòng.pdf"):
        seen = examine(str(tmp_path / name))
        assert isinstance(seen, Problem)
        assert seen.state == "quarantined"


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    numbered_sheet(50).save(tmp_path / "gốc.png")
    (tmp_path / "liên kết").symlink_to(tmp_path / "gốc.png")
    assert isinstance(examine(str(tmp_path / "liên kết")), Source)


@pytest.mark.skipif(os.geteuid() == 0, reason="root đọc được mọi tệp")
def test_an_unreadable_file_and_folder_are_quarantined(tmp_path: Path) -> None:
    (tmp_path / "khóa.png").write_bytes(b"\x89PNG")
    (tmp_path / "khóa.png").chmod(0)
    (tmp_path / "thư mục").mkdir(mode=0)
    assert "không mở được thư mục" in problems([tmp_path])["thư mục"]
    seen = examine(str(tmp_path / "khóa.png"))
    assert isinstance(seen, Problem)
    assert "không đọc được tệp" in seen.reason


def test_a_file_that_cannot_be_opened_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered_sheet(50).save(tmp_path / "a.png")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(intake, "open", refuse, raising=False)
    assert examine(str(tmp_path / "a.png")) == Problem("quarantined", "không đọc được tệp (không có quyền)")


def test_a_file_past_the_size_limit_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered_sheet(50).save(tmp_path / "a.png")
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    seen = examine(str(tmp_path / "a.png"))
    assert isinstance(seen, Problem)
    assert seen.reason.startswith("tệp lớn quá")


def test_a_folder_loop_ends_and_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "tệp").touch()
    (tmp_path / "a" / "b" / "vòng").symlink_to(tmp_path, target_is_directory=True)
    assert [Path(path).name for path in paths([tmp_path])] == ["tệp", "vòng"]
    assert "vòng lặp" in problems([tmp_path])["vòng"]


def test_a_file_keeps_its_real_name_when_a_link_leads_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "tệp").touch()
    (tmp_path / "a").symlink_to(tmp_path / "z", target_is_directory=True)
    assert paths([tmp_path]) == [str(tmp_path / "z" / "tệp"), str(tmp_path / "a")]


def test_overlapping_roots_count_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "tệp").touch()
    assert paths([tmp_path / "a", tmp_path, tmp_path / "a" / "tệp"]) == [str(tmp_path / "a" / "tệp")]


def test_the_archive_inside_an_input_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "document.pdf").touch()
    (tmp_path / "tệp").touch()
    assert paths([tmp_path], excluded=tmp_path / "kho") == [str(tmp_path / "tệp")]


def test_names_need_not_be_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"xu\xffng\ndong.png")
    numbered_sheet(50).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / name)
    (path,) = paths([tmp_path])
    source = examine(path)
    assert isinstance(source, Source)
    assert os.fsencode(source.path).endswith(b"xu\xffng\ndong.png")


def test_unchanged_bytes_are_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    numbered_sheet(50).save(path)
    first = examine(str(path))
    assert isinstance(first, Source)
    assert examine(str(path), known=(first.stamp, "nhớ", "png")) == Source(
        str(path), "nhớ", "png", first.size, first.stamp
    )
    numbered_sheet(51).save(path)
    changed = examine(str(path), known=(first.stamp, "nhớ", "png"))
    assert isinstance(changed, Source)
    assert changed.sha256 not in (first.sha256, "nhớ")
