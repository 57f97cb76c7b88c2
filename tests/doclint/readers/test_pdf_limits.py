"""Hostile PDF files: each limit is explicit, reached cheaply, and named in one Vietnamese line."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Name

from doclint.cli import cli
from doclint.readers import UnreadableDocument, read
from tests.doclint.pdf import Placed, add_page, saved_bytes, scanned
from vanthu.exit_codes import DoclintExit

BODY: list[Placed] = [(85, 100, "KE HOACH so 12/KH-UBND")]
Change = Callable[[pikepdf.Pdf], None]


def packed(data: bytes, filters: pikepdf.Object, **entries: object) -> Change:
    """Return a change that makes ``data``, as it stands in the file, the contents of the first page."""

    def change(made: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(made, data)
        stream.Filter = filters
        for name, value in entries.items():
            stream[f"/{name}"] = value
        made.pages[0].Contents = made.make_indirect(stream)

    return change


def contents(instructions: bytes) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = made.make_stream(instructions)

    return change


def forms_in_forms(made: pikepdf.Pdf) -> None:
    """Let each of nine forms show the next ten times."""
    inner = None
    for _ in range(9):
        form = made.make_stream(b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(X=inner) if inner is not None else Dictionary())
        inner = form
    made.pages[0].Resources.XObject = Dictionary(X=inner)
    made.pages[0].Contents = made.make_stream(b"/X Do")


def forms_in_a_row(made: pikepdf.Pdf) -> None:
    inner = None
    for _ in range(1500):
        form = made.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(X=inner) if inner is not None else Dictionary())
        inner = form
    made.pages[0].Resources.XObject = Dictionary(X=inner)
    made.pages[0].Contents = made.make_stream(b"/X Do")


def tree_in_trees(made: pikepdf.Pdf) -> None:
    node = made.pages[0].obj
    for _ in range(1500):
        node = made.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
    made.Root.Pages = node


def wide(made: pikepdf.Pdf) -> None:
    made.pages[0].MediaBox = Array([0, 0, 10**9, 10**9])


FLATE = Name.FlateDecode


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (packed(zlib.compress(b" " * (49 * 2**20), 9), FLATE), "một luồng dữ liệu của PDF bung ra quá giới hạn 48 MiB"),
        (packed(zlib.compress(zlib.compress(b" " * 2**20)), Array([FLATE, FLATE])), "PDF có dữ liệu nén nhiều lớp"),
        (packed(b"\x80\x0b\x60" * 20_000, Name.LZWDecode), "quá giới hạn 48 MiB"),
        (
            packed(zlib.compress(b"x"), FLATE, DecodeParms=Dictionary(Predictor=12, Columns=2**31 - 1)),
            "PDF khai độ rộng dữ liệu vô lý",
        ),
        (packed(zlib.compress(b"q Q " * (3 * 2**20)), FLATE), "lệnh vẽ quá giới hạn 8 MiB một trang"),
        (forms_in_forms, "hình lồng nhau"),
        (forms_in_a_row, "PDF lồng nhau quá sâu"),
        (tree_in_trees, "PDF lồng nhau quá sâu"),
        (wide, "khổ giấy vô lý"),
        (contents(b"BT /F1 4 Tf 80 700 Td " + b"(abcdefghij) Tj " * 12_000 + b"ET"), "quá 100000 ký tự"),
        (contents(b"0 0 m 9 9 l S " * 20), "không có chữ nào"),
        (contents(b"[" * 50_000), "không có chữ nào"),
    ],
    ids=[
        "bomb", "bomb in bomb", "lzw", "predictor", "instructions", "forms in forms", "deep forms", "deep tree",
        "paper", "characters", "lines", "arrays",
    ],
)  # fmt: skip
def test_limit_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, reason: str
) -> None:
    monkeypatch.setattr("doclint.readers.pdf.device.MAX_PAGE_FORMS", 2_000)
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as made:
        add_page(made, BODY)
        change(made)
        raw = pikepdf.StreamDecodeLevel.none
        path.write_bytes(saved_bytes(made, compress_streams=False, stream_decode_level=raw))
    started = time.monotonic()
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 30


def test_all_streams_together_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.readers.pdf.source.MAX_PDF_INFLATED", 3 * 2**20)
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as made:
        for _ in range(5):
            add_page(made, BODY)
            made.pages[-1].Contents = made.make_stream(made.pages[-1].Contents.read_bytes() + b" " * 2**20)
        path.write_bytes(saved_bytes(made))
    with pytest.raises(UnreadableDocument, match="dữ liệu nén của PDF bung ra quá giới hạn 3 MiB"):
        read(path)


def test_page_over_a_limit_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.readers.pdf.device.MAX_PAGE_CHARACTERS", 100)
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as made:
        add_page(made, BODY)
        add_page(made, BODY * 20)
        path.write_bytes(saved_bytes(made))
    document = read(path)
    assert [(page.page, page.reason) for page in document.unchecked] == [(2, "quá 100 ký tự")]
    assert document.text == BODY[0][2]


def test_cycles_attachments_and_scripts_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as made:
        add_page(made, BODY)
        made.attachments["virus.exe"] = b"MZ" * 100
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        outline = made.make_indirect(Dictionary(Type=Name.Outlines))
        outline.First = outline.Last = outline
        made.Root.Outlines = outline
        field = made.make_indirect(Dictionary(FT=Name.Tx))
        field.Kids = Array([field])
        made.Root.AcroForm = Dictionary(Fields=Array([field]))
        path.write_bytes(saved_bytes(made))
    document = read(path)
    assert document.text == BODY[0][2]
    assert document.notes == ()


def test_file_without_its_table_of_objects_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as made:
        add_page(made, BODY)
        content = saved_bytes(made)
    path.write_bytes(content[: content.rindex(b"startxref")] + b"startxref\n999999\n%%EOF\n")
    assert read(path).text == BODY[0][2]


def test_command_says_first_what_it_did_not_check(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(scanned([*BODY, (85, 130, "Thuc hien xong som nhat co the.")], None))
    result = CliRunner().invoke(cli, ["check", str(path)], standalone_mode=False)
    assert result.return_value == DoclintExit.NOT_CHECKED
    lines = [line for line in result.output.splitlines() if line.strip()]
    assert "CHƯA KIỂM TRA ĐƯỢC" in lines[0]
    assert "trang 2: bản quét, hãy dùng digitize" in lines[0]
    assert any(line.startswith("Phần đọc được: ") for line in lines)
    assert not any("Đề xuất" in line for line in lines)
