"""The judge of pages: what cannot be trusted is told apart and never passed over; what can is never refused."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from doclint.api import Report, check
from doclint.document import Document
from doclint.readers import UnreadableDocument, read
from doclint.readers.pdf.judge import CAPTION, CURVES, GARBAGE, PICTURED, SCANNED, UNMARKED, judge_text
from tests.doclint.pdf import Placed, add_page, saved_bytes, scanned

TEXT: list[Placed] = [
    (85, 100 + 20 * row, f"Muc {row}. Uy ban xa: 1.250.000, 31/12/2026, 0123456789") for row in range(20)
]
HEAD: list[Placed] = [(85, 60, "UBND XA VINH TRAM"), (85, 80, "So: 12/KH-UBND")]
PHOTO = (100.0, 300.0, 500.0, 700.0)
WHOLE = (0.0, 0.0, 595.0, 842.0)
TRUTH = {
    "thong-tu-so-04-2023-tt-bkhdt-39703": {**dict.fromkeys(range(27, 33), PICTURED), 47: CURVES},
    "thong-tu-so-18-2026-tt-bxd-469591": dict.fromkeys((35, 36), PICTURED),
}
"""Pages looked at by eye: tables set as pictures under the running head, an imprint in outlines, a form as a picture.

All other pages are good, the diagrams, uniforms and rotated tables among them.
"""


def made(
    folder: Path,
    texts: list[Placed],
    picture: tuple[float, float, float, float] | None = None,
    *,
    under: bool = False,
    mode: int = 0,
    extra: str = "",
) -> Path:
    """Write a page with texts and a picture at (x0, bottom, x1, top), printed over the text or under it."""
    path = folder / "thu.pdf"
    with pikepdf.new() as file:
        page = add_page(file, texts)
        text = f"{mode} Tr ".encode() + page.Contents.read_bytes() + extra.encode()
        drawn = b""
        if picture is not None:
            image = file.make_stream(
                b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
                ColorSpace=Name.DeviceGray,
            )  # fmt: skip
            page.Resources.XObject = Dictionary(Im=image)
            x0, bottom, x1, top = picture
            drawn = f"q {x1 - x0} 0 0 {top - bottom} {x0} {bottom} cm /Im Do Q\n".encode()
        page.Contents = file.make_stream(drawn + text if under else text + b"\n" + drawn)
        path.write_bytes(saved_bytes(file))
    return path


def reason(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(path)
    return caught.value.reason


def test_text_header_over_a_scanned_body_is_not_checked(tmp_path: Path) -> None:
    assert reason(made(tmp_path, HEAD, (40, 30, 560, 740))) == f"trang 1: {PICTURED}"


def test_page_of_a_picture_alone_is_a_scan(tmp_path: Path) -> None:
    assert reason(made(tmp_path, [], WHOLE)) == f"trang 1: {SCANNED}"


@pytest.mark.parametrize("picture", [None, WHOLE])
def test_signature_caption_is_no_text(tmp_path: Path, picture: tuple[float, float, float, float] | None) -> None:
    caption: list[Placed] = [
        (380, 40, "Nguoi ky: Cong Thong tin dien tu Chinh phu"), (380, 55, "Co quan: Van phong"),
        (380, 70, "Thoi gian ky: 25.05.2026 08:00:52 +07:00"),
    ]  # fmt: skip
    assert reason(made(tmp_path, caption, picture, under=True)) == f"trang 1: {CAPTION}"


def test_letters_in_outlines_are_not_checked(tmp_path: Path) -> None:
    letter = "{x} {y} m {x} {t} l {r} {t} l {r} {y} l {x} {y} 3 3 {r} {y} c f\n"
    shapes = "".join(
        letter.format(x=80 + 8 * (n % 50), y=700 - 20 * (n // 50), t=709 - 20 * (n // 50), r=85 + 8 * (n % 50))
        for n in range(200)
    )
    assert reason(made(tmp_path, [], extra=shapes)) == f"trang 1: {CURVES}"
    assert reason(made(tmp_path, HEAD, extra=shapes)) == f"trang 1: {CURVES}"
    assert read(made(tmp_path, TEXT, extra=shapes)).unchecked == ()


@pytest.mark.parametrize("picture", [PHOTO, (100, 700, 160, 760)])
def test_pictures_on_a_page_of_text_do_no_harm(tmp_path: Path, picture: tuple[float, float, float, float]) -> None:
    assert read(made(tmp_path, TEXT, picture)).unchecked == ()


def test_picture_behind_the_text_is_letter_paper(tmp_path: Path) -> None:
    document = read(made(tmp_path, TEXT, WHOLE, under=True))
    assert (document.unchecked, document.notes) == ((), ())


@pytest.mark.parametrize(("under", "mode"), [(False, 0), (True, 3)], ids=["covered", "invisible"])
def test_recognised_text_of_a_scan_is_read_with_a_note(tmp_path: Path, under: bool, mode: int) -> None:
    document = read(made(tmp_path, TEXT, WHOLE, under=under, mode=mode))
    assert document.notes == ("trang 1 là bản quét có lớp chữ nhận dạng, chữ có thể sai",)
    assert "Uy ban xa" in document.text


def test_blank_paper_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    with pikepdf.new() as file:
        add_page(file, TEXT)
        add_page(file, [])
        path.write_bytes(saved_bytes(file))
    assert read(path).unchecked == ()


def test_scanned_pages_inside_a_digital_file_fail_the_report(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(scanned(TEXT[:8], None, TEXT[:4], None, None))
    report = check(path)
    assert isinstance(report, Report)
    assert not report.checked
    assert report.verdict is None
    assert report.error is not None
    assert report.error.reason == f"trang 2, 4–5: {SCANNED}"
    assert report.document is not None
    assert [page.page for page in report.document.unchecked] == [2, 4, 5]
    assert report.document.text.count("Muc 3.") == 2
    # What is not found may stand on the pages that were not read.
    assert "thanh-phan-bat-buoc" not in {finding.rule for finding in report.findings}


def test_no_sentence_goes_on_over_a_page_that_is_missing(tmp_path: Path) -> None:
    first: list[Placed] = [(85, 100, "Uy ban nhan dan xa lap ke hoach cong tac va giao cho cac co quan")]
    path = tmp_path / "thu.pdf"
    path.write_bytes(scanned(first, None, [(85, 100, "thuc hien.")]))
    assert len(read(path).blocks) == 2


GOOD = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025; Ủy ban nhân dân xã ban hành Kế hoạch"
    " thực hiện nhiệm vụ số hóa hồ sơ lưu trữ, giao Văn phòng HĐND và UBND chủ trì, phối hợp với các cơ quan. "
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (GOOD * 3, ""),
        ("UBND", ""),
        ("The Ministry of Health of the Socialist Republic of Viet Nam shall decide on the matter. " * 8, ""),
        ("".join(chr(ord(char) + 3) if char.isalpha() else char for char in GOOD) * 3, GARBAGE),
        (GOOD.replace("n", "\ufffd") * 2, GARBAGE),
        (GOOD.replace("h", "\ue123") * 2, GARBAGE),
        ("Cán củ Luàt Tô chúc chinh quyẽn dja phuong ngáy 16 thảng nãm ũy bạn nhän dăn xä bän hânh Kẽ hoąch thyc " * 4,
         GARBAGE),
        ("Uy ban nhan dan xa ban hanh ke hoach thuc hien nhiem vu so hoa ho so luu tru giao van phong chu tri " * 6,
         UNMARKED),
        ("Bé tr­ëng Bé Tµi chÝnh h­íng dÉn thùc hiÖn chÕ ®é kÕ to¸n ®èi víi c¸c ®¬n vÞ hµnh chÝnh sù nghiÖp nh­ sau " * 4,
         GARBAGE),
    ],
    ids=["good", "short", "english", "shifted", "replaced", "private", "misread", "unmarked", "tcvn3"],
)  # fmt: skip
def test_text_layer_is_judged_by_its_syllables(text: str, verdict: str) -> None:
    assert judge_text(text, set()) == verdict


def test_legacy_font_is_named() -> None:
    text = "Bé tr­ëng Bé Tµi chÝnh h­íng dÉn thùc hiÖn chÕ ®é kÕ to¸n ®èi víi c¸c ®¬n vÞ hµnh chÝnh sù nghiÖp " * 4
    assert "bảng mã cũ" in judge_text(text, {".VnTime"})


@pytest.mark.realdata
@pytest.mark.parametrize("name", TRUTH)
def test_mixed_gazettes_are_told_page_by_page(shared: Path, name: str) -> None:
    document = read(shared / f"data/gazette/{name}.pdf")
    assert {page.page: page.reason for page in document.unchecked} == TRUTH[name]


@pytest.mark.realdata
@pytest.mark.slow
def test_good_pages_are_never_refused(shared: Path) -> None:
    files = [*(shared / "data/gazette").glob("*.pdf"), *(shared / "data/born-digital").glob("*.pdf")]
    wrong: dict[str, Document] = {}
    for path in files:
        document = read(path)
        if path.stem not in TRUTH and document.unchecked:
            wrong[path.stem] = document
    assert len(files) == 19
    assert not wrong


@pytest.mark.realdata
def test_signed_file_with_blank_number_says_it_is_signed(shared: Path) -> None:
    document = read(shared / "data/born-digital/hanoi_tb_453_flag.pdf")
    assert document.notes == ("tệp có chữ ký số",)


def test_filled_signature_field_is_noted_and_an_empty_one_not(tmp_path: Path) -> None:
    for signed in (True, False):
        path = tmp_path / "thu.pdf"
        with pikepdf.new() as file:
            add_page(file, TEXT)
            field = Dictionary(FT=Name.Sig, T="Signature1")
            if signed:
                field.V = file.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")))
            file.Root.AcroForm = Dictionary(Fields=Array([file.make_indirect(field)]))
            path.write_bytes(saved_bytes(file))
        assert read(path).notes == (("tệp có chữ ký số",) if signed else ())
