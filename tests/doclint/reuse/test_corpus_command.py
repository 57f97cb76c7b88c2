"""The commands for packs, as a clerk types them; and an archive of digitize as a pack."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from doclint.api import check
from doclint.cli import cli
from doclint.document import Span
from doclint.readers import UnreadableDocument
from doclint.reuse.packs.archive import read_archived
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.library import library
from doclint.reuse.packs.meta import Table
from doclint.reuse.packs.pack import opened
from tests.doclint.pdf import scanned
from tests.doclint.reuse.offices import document, passage, write
from vanthu.errors import VanthuError
from vanthu.exit_codes import DoclintExit


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "nha"))


def corpus(*arguments: object) -> object:
    return cli.main(["corpus", *map(str, arguments)], standalone_mode=False)


def test_a_pack_from_folder_to_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "cap-tren"
    folder.mkdir()
    write(folder, "a.txt", document(passage(1)))
    write(folder, "hong.txt", "")
    assert corpus("build", folder, "--pack", "tinh") == DoclintExit.NOT_CHECKED
    told = capsys.readouterr()
    assert "Gói tinh: thêm 1, không nhận 1." in told.out
    assert "hong.txt: tệp rỗng" in told.err
    draft = write(
        tmp_path, "du-thao.txt", document(passage(1), issuer="ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM", number="/KH-UBND")
    )
    cli.main(["check", str(draft), "--select", "TL01"], standalone_mode=False)
    told = capsys.readouterr()
    assert "mục 1 Kế hoạch số 77/KH-UBND ngày 5/1/2026, nguyên văn (100%)" in " ".join(told.out.split())
    cli.main(["check", str(draft), "--format", "json", "--pack", "tinh"], standalone_mode=False)
    reuse = json.loads(capsys.readouterr().out)["documents"][0]["reuse"]
    assert [copy["source"]["number"] for copy in reuse["copies"]] == ["77/KH-UBND"]
    assert reuse["supports"] == "reconsider"


def test_a_source_that_is_repealed_is_told_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "a.txt", document(passage(1)))
    sheet = write(tmp_path, "bang.csv", "tệp,hiệu lực đến,thay bằng\na.txt,31/01/2026,99/KH-UBND\n")
    corpus("build", file, "--pack", "tinh", "--meta", sheet)
    draft = write(tmp_path, "b.txt", document(passage(1), issuer="ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM", number="/KH-UBND"))
    draft.write_text(draft.read_text(encoding="utf-8").replace("tháng 01 năm", "tháng 03 năm"), encoding="utf-8")
    capsys.readouterr()
    cli.main(["check", str(draft), "--select", "TL01"], standalone_mode=False)
    assert "ngày 5/1/2026 (đã hết hiệu lực), nguyên văn" in " ".join(capsys.readouterr().out.split())


def test_many_refusals_for_one_reason_are_told_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(30):
        write(tmp_path, f"{number:02}.txt", "")
    assert corpus("build", tmp_path, "--pack", "tinh") == DoclintExit.NOT_CHECKED
    told = capsys.readouterr()
    assert "không nhận 30" in told.out
    assert len(told.err.splitlines()) == 11
    assert "20 tệp nữa: tệp rỗng" in told.err


def test_pages_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half, drafts = tmp_path / "nua.pdf", Path(__file__).resolve().parents[3] / "corpora/drafts"
    with pikepdf.open(drafts / "ke-hoach-sach.pdf") as made, pikepdf.open(BytesIO(scanned(None))) as picture:
        made.pages.extend(picture.pages)
        made.save(half)
        picture.pages.extend(made.pages[:1])
        picture.save(tmp_path / "trang-dau.pdf")
    assert corpus("build", half, "--pack", "tinh") == DoclintExit.NOT_CHECKED
    told = capsys.readouterr()
    assert "thêm 1" in told.out
    assert "nua.pdf: trang 4: bản quét" in told.err
    assert corpus("build", tmp_path / "trang-dau.pdf", "--pack", "tinh") == DoclintExit.NOT_CHECKED
    assert "không biết có dấu mật hay không" in capsys.readouterr().err


def test_packs_are_listed_described_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus("list") == DoclintExit.CLEAN
    assert "Chưa có gói nào" in capsys.readouterr().out
    file = write(tmp_path, "a.txt", document(passage(1)))
    corpus("build", file, "--pack", "tinh")
    capsys.readouterr()
    for arguments in (["list"], ["list", "--pack", "tinh"], ["info", "tinh"], ["verify", "tinh"]):
        assert corpus(*arguments) == DoclintExit.CLEAN
        assert ("77/KH-UBND" if "--pack" in arguments else "tinh") in capsys.readouterr().out
    damaged = next((tmp_path / "nha/packs/tinh/shards").glob("*/places.npy"))
    damaged.write_bytes(damaged.read_bytes()[:-4] + b"xxxx")
    assert corpus("verify", "tinh") == DoclintExit.FINDINGS
    assert "HỎNG: phần chỉ mục" in capsys.readouterr().out


def test_documents_are_added_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (write(tmp_path, f"{n}.txt", document(passage(n), number=f"{n}/KH-UBND")) for n in (1, 2))
    with pytest.raises(VanthuError, match="không có gói này"):
        corpus("add", first, "--pack", "tinh")
    corpus("build", first, "--pack", "tinh")
    corpus("add", second, "--pack", "tinh", "--level", "trung-uong")
    corpus("info", "tinh")
    assert "Cấp: trung ương 1, tỉnh 1" in capsys.readouterr().out
    with pytest.raises(VanthuError, match="không có «9/KH-UBND»"):
        corpus("remove", "9/KH-UBND", "--pack", "tinh")
    assert corpus("remove", "1/KH-UBND", second, "--pack", "tinh") == DoclintExit.CLEAN
    assert "Đã bỏ 2 văn bản" in capsys.readouterr().out


def test_a_document_without_level_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus("build", write(tmp_path, "a.txt", document(passage(1), issuer="CÂU LẠC BỘ THƠ")), "--pack", "tinh")
    assert "chưa rõ cấp ban hành" in capsys.readouterr().err


def test_a_pack_that_is_not_there_is_told() -> None:
    with pytest.raises(VanthuError, match="không phải gói văn bản"):
        corpus("info", "khong-co")


def archived(folder: Path, pages: list[str]) -> Path:
    """Publish ``pages`` as digitize does; every word is 40 pixels wide, 50 apart, each line 60 below the last."""
    root = folder / "kho"
    published = root / "documents/ab/abcd"
    published.mkdir(parents=True)
    (root / "ledger.sqlite").write_bytes(b"")
    words = [
        {
            "number": number,
            "width": 2000,
            "height": 3000,
            "dpi": 200.0,
            "words": [
                [word, 50 * place, 60 * line, 50 * place + 40, 60 * line + 30, 95.0]
                for line, text in enumerate(page.splitlines())
                for place, word in enumerate(text.split())
            ],
        }
        for number, page in enumerate(pages, 1)
    ]
    (published / "text.txt").write_text("\f".join(pages), encoding="utf-8")
    content = json.dumps({"version": 1, "sha256": "abcd", "pages": words}).encode()
    (published / "words.json.gz").write_bytes(gzip.compress(content))
    return root


def test_an_archive_of_digitize_is_a_pack(tmp_path: Path) -> None:
    page = document(passage(1)).replace("\n\n", "\n")
    root = archived(tmp_path, ["trang bìa có vài chữ tiếng Việt ở đây\n", page])
    origins, others = found_in([root])
    assert [Path(origin).name for origin in origins] == ["text.txt"]
    assert others == 2
    bring(tmp_path / "goi", origins, Table({}, "province"), create=True, workers=1)
    with opened("thử", tmp_path / "goi") as pack:
        ((id, entry),) = pack.entries()
        source = pack.source(id)
    assert entry.number == "77/KH-UBND"
    start = source.text.index(passage(1))
    span = Span(start, start + len(passage(1)))
    assert source.place(span) == "trang 2"
    (box,) = source.printed(span)
    top = 60 * page[: page.index(passage(1))].count("\n") * 72 / 200
    assert (box.page, box.top, box.bottom) == (2, pytest.approx(top, abs=0.1), pytest.approx(top + 10.8, abs=0.1))


@pytest.mark.parametrize(
    "content", [b"", b"khong phai gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b"[1", mtime=0)]
)
def test_a_damaged_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    root = archived(tmp_path, [document(passage(1))])
    (root / "documents/ab/abcd/words.json.gz").write_bytes(content)
    with pytest.raises(UnreadableDocument, match="bị hỏng"):
        read_archived(root / "documents/ab/abcd/text.txt")


def test_a_report_without_a_library_says_nothing_of_copies() -> None:
    draft = Path(__file__).resolve().parents[3] / "corpora/drafts/ke-hoach-sao-chep.docx"
    report = check(draft)
    assert report.reuse is None
    assert not {finding.code for finding in report.findings} & {"TL01", "TL06", "TL07"}
    with library() as packs:
        codes = [finding.code for finding in check(draft, library=packs).findings]
    assert codes.count("TL01") == 2
    assert codes.count("TL07") == 1
