"""Rules on layout: what real files show, and that nothing is said of what a file does not show."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from doclint import docs
from doclint.api import check_document
from doclint.config import Settings
from doclint.document import Block, Box, Document, Font, ParagraphFormat, PdfPlace, Run, Section, Span
from doclint.example_looks import Look
from doclint.looks import number_words, opening, print_of, stretches
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reporters.explain import render
from doclint.rulebook import Example, load
from tests.doclint.printed import printed
from vanthu.data import data_folder
from vanthu.errors import VanthuError

CORPORA = Path(__file__).parents[2] / "corpora"
LAYOUT = ("kho-giay", "le-trang", "phong-chu", "mau-chu", "noi-dung-trinh-bay", "so-trang", "phong-cach-thanh-phan")
CODES = ("TT01", "TT02", "TT03", "TT04", "TT12", "TT17", "TT21")
FILES: list[dict[str, Any]] = yaml.safe_load((CORPORA / "manifest.yaml").read_text("utf-8"))["files"]
SET = [entry for entry in FILES if entry["kind"] in ("draft", "specimen") and Path(entry["path"]).suffix != ".txt"]
TEXT = "KẾ HOẠCH\nTrồng cây xanh\n1. Văn phòng trồng 200 cây dọc đường liên thôn trước ngày 19/5/2026.\n"


def found(document: Document, *names: str) -> list[tuple[str, str]]:
    """Return rule and excerpt of each finding of the rules on layout, or of those named."""
    settings = Settings(tuple(load().rules[name] for name in names or LAYOUT))
    report = check_document(document, Path("thu.docx"), settings=settings)
    return [(finding.rule, finding.excerpt) for finding in report.findings]


def document(*looks: Look, text: str = TEXT) -> Document:
    return printed(Example(passes=text, looks=looks))


@pytest.mark.parametrize("entry", SET, ids=lambda entry: entry["path"])
def test_built_files_have_the_faults_they_were_given(entry: dict[str, Any]) -> None:
    findings = found(read(CORPORA / entry["path"]))
    wanted = [label for label in entry.get("expect", []) if label["rule"] in LAYOUT]
    for label in wanted:
        assert any(rule == label["rule"] and label["excerpt"] in excerpt for rule, excerpt in findings)
    assert bool(findings) == ("looks" in entry), findings


def test_every_kind_of_fault_is_told_once() -> None:
    findings = found(read(CORPORA / "drafts/ke-hoach-sai-trinh-bay.docx"))
    rules = [rule for rule, _ in findings]
    assert rules.count("noi-dung-trinh-bay") == 5
    assert rules.count("mau-chu") == 2
    assert sorted(excerpt for rule, excerpt in findings if rule == "phong-cach-thanh-phan") == [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6",
        "Phòng Kinh tế (t/h)",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_text_file_is_not_called_well_set() -> None:
    report = check_document(read_text(TEXT), Path("thu.txt"))
    assert report.unread == CODES
    assert report.notes[-1] == (
        "tệp .txt không cho biết đủ cách trình bày, không kiểm tra được TT01, TT02, TT03, TT04, TT12, TT17, TT21"
    )
    only_layout = Settings((load().rules["phong-chu"],))
    assert check_document(read_text(TEXT), Path("thu.txt"), settings=only_layout).verdict is None


def test_margins_of_a_pdf_are_not_checked() -> None:
    report = check_document(read(CORPORA / "drafts/ke-hoach-sach.pdf"), Path("ke-hoach-sach.pdf"))
    assert report.unread == ("TT02",)
    assert report.notes[-1].endswith("không kiểm tra được TT02")


def test_all_is_checked_in_a_word_file() -> None:
    assert check_document(document(), Path("thu.docx")).unread == ()


def test_fonts_of_recognised_letters_are_not_the_clerk_s() -> None:
    scan = replace(document(Look(font="Arial")), format="pdf", notes=("trang 1 là bản quét có lớp chữ nhận dạng",))
    assert found(scan) == []
    assert check_document(scan, Path("thu.pdf")).unread == CODES


def test_unknown_is_never_a_fault() -> None:
    unknown = document()
    blocks = tuple(replace(block, format=None) for block in unknown.blocks)
    runs = tuple(replace(run, font=Font()) for run in unknown.runs)
    assert found(replace(unknown, blocks=blocks, runs=(), sections=())) == []
    bare = Section(unknown.sections[0].span, 595.3, 841.9, page_number="header", first_page_differs=True)
    settled = [name for name in LAYOUT if name != "phong-cach-thanh-phan"]
    assert found(replace(unknown, blocks=blocks, runs=runs, sections=(bare,)), *settled) == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Liberation Serif", True),
        ("TimesNewRomanPS-BoldMT", True),
        ("ABCDEF+TimesNewRomanPSMT", True),
        ("CIDFont+F2", True),
        ("Wingdings", True),
        ("ArialMT", False),
        ("Times New Roman Condensed Thu", False),
    ],
)
def test_font_of_a_pdf(name: str, right: bool) -> None:
    made = replace(document(Look(font=name)), format="pdf")
    assert (found(made, "phong-chu") == []) == right


def test_old_font_of_converted_text_is_a_fault_of_its_own() -> None:
    made = document(Look(font=".VnTime"))
    assert found(made, "phong-chu") == [("phong-chu", "KẾ HOẠCH")]
    assert found(replace(made, notes=("chuyển sang Unicode từ bảng mã cũ TCVN3",)), "phong-chu") == []


def test_clone_is_chosen_in_a_word_file() -> None:
    assert found(document(Look(font="Liberation Serif")), "phong-chu") == [("phong-chu", "KẾ HOẠCH")]


def test_words_cut_into_runs_are_one_stretch() -> None:
    made = document(Look(of="Văn phòng", font="Arial"))
    assert len(made.runs) == len(made.text)
    assert found(made, "phong-chu") == [("phong-chu", "Văn phòng")]
    assert [made.at(span) for name, span in stretches(made, made.blocks[2].span, lambda font: font.name)][1] == (
        "Văn phòng"
    )


def test_long_document_without_page_numbers() -> None:
    long = TEXT + "".join(
        f"{n}. Thôn {n} trồng 100 cây keo dọc bờ kênh và chăm sóc đến hết năm.\n" for n in range(2, 90)
    )
    assert found(document(Look(page_number="none"), text=long), "so-trang") == [("so-trang", "KẾ HOẠCH")]
    assert found(document(text=long), "so-trang") == []


def test_number_in_the_header_of_a_word_file() -> None:
    made = document()
    text = made.text + "2\n"
    number = Span(len(made.text), len(made.text) + 1)

    def numbered(format_: ParagraphFormat, size: float) -> list[tuple[str, str]]:
        blocks = (*made.blocks, Block(number, "header", format=format_))
        runs = (*made.runs, Run(number, Font("Times New Roman", size=size)))
        return found(replace(made, text=text, blocks=blocks, runs=runs), "so-trang")

    assert numbered(ParagraphFormat("center"), 13.0) == []
    assert numbered(ParagraphFormat("left"), 14.0) == []
    assert numbered(ParagraphFormat("right"), 13.0) == [("so-trang", "2")]
    assert numbered(ParagraphFormat("center"), 11.0) == [("so-trang", "2")]


def paged(*numbers: tuple[int, float]) -> Document:
    """Return a PDF of two pages or more with numbers, given as page and left edge."""
    made = document()
    length = len(made.text)
    places = dict(enumerate(numbers))

    def place(span: Span) -> PdfPlace:
        if span.start >= length:
            page, left = places[(span.start - length) // 2]
            return PdfPlace((Box(page, left, 30.0, left + 7, 44.0),))
        return PdfPlace((Box(1 if span.start < 10 else 2, 85.0, 100.0, 400.0, 114.0),))

    text = made.text + "".join(f"{page}\n" for page, _ in numbers)
    blocks = [Block(Span(length + 2 * n, length + 2 * n + 1), "page-number") for n in places]
    section = replace(made.sections[0], page_number="header" if numbers else "")
    return replace(
        made, text=text, format="pdf", places=place, blocks=(*made.blocks, *blocks), sections=(section,)
    )  # fmt: skip


def test_page_numbers_of_a_pdf() -> None:
    centre = 301.0
    assert found(paged((2, centre)), "so-trang") == []
    assert found(paged(), "so-trang") == [("so-trang", "KẾ HOẠCH")]
    assert found(paged((1, centre), (2, centre)), "so-trang") == [("so-trang", "1")]
    assert found(paged((3, centre), (4, centre)), "so-trang") == []
    assert found(paged((2, 520.0), (3, 520.0)), "so-trang") == [("so-trang", "2")]
    assert found(paged((1, centre)), "so-trang") == []
    gazette = paged((2, 520.0), (3, 520.0))
    head = replace(gazette.blocks[0], part="header")
    text = gazette.text.replace("KẾ HOẠCH", "CÔNG BÁO", 1)
    assert found(replace(gazette, text=text, blocks=(head, *gazette.blocks[1:])), "so-trang") == []


def test_style_of_a_pdf_whose_fonts_have_no_names() -> None:
    looks = [Look(of="KẾ HOẠCH", bold=False)]
    plain = document(*looks)
    assert ("phong-cach-thanh-phan", "KẾ HOẠCH") in found(plain)
    assert found(replace(plain, format="pdf"), "phong-cach-thanh-phan") == []
    scaled = replace(document(Look(size=13.3, bold=True)), format="pdf")
    assert found(scaled, "phong-cach-thanh-phan", "noi-dung-trinh-bay") == []


def test_superior_body_in_bold_only_where_it_is_surely_one() -> None:
    head = "{}\n{}\nSố: 12/BC-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" + TEXT

    def bold(superior: str, issuer: str) -> bool:
        made = document(Look(size=13, bold=True), text=head.format(superior, issuer))
        return ("phong-cach-thanh-phan", superior) in found(made)

    assert bold("UBND TỈNH SƠN KHÊ", "SỞ XÂY DỰNG")
    assert not bold("BỘ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG")


def test_print_of_mixed_text_is_unknown() -> None:
    made = document(Look(of="KẾ", size=12, bold=True))
    mixed = print_of(made, [made.blocks[0].span])
    assert mixed.size is None
    assert mixed.bold is None
    assert mixed.italic is False


def test_opening_ends_with_a_word() -> None:
    made = read_text("Ủy ban nhân dân xã Vĩnh Trầm đề nghị các thôn gửi danh sách hộ có nhà dột nát về xã.\n")
    assert made.at(opening(made, made.blocks[0].span)) == "Ủy ban nhân dân xã Vĩnh Trầm đề nghị các thôn gửi danh sách"
    assert number_words(1.27) == "1,27"
    assert number_words(25.0) == "25"


def test_looks_in_words() -> None:
    assert Look(of="Điều 1", font="Arial", size=12.5, bold=True, italic=False, colour="FF0000").words == (
        "«Điều 1»: phông Arial, cỡ 12,5, đậm, đứng, màu FF0000"
    )
    assert Look(paper=(216, 279), margins=(20, 20, 30, 15.5)).words == (
        "cả văn bản: khổ giấy 216 x 279 mm, lề trên 20 mm, dưới 20 mm, trái 30 mm, phải 15,5 mm"
    )
    assert Look(page_number="first").words == "cả văn bản: số trang ở lề trên mọi trang"
    assert Look(alignment="left", indent=1.27, space=0, lines=1.5, table=True).words == (
        "cả văn bản: canh trái, lùi đầu dòng 1,27 cm, cách đoạn 0 pt, cách dòng 1,5, trong bảng"
    )


def test_pages_and_explain_tell_the_looks_of_examples() -> None:
    rulebook = load()
    rule = rulebook.rules["le-trang"]
    told = "Trình bày cả văn bản: lề trên 15 mm, dưới 20 mm, trái 30 mm, phải 20 mm"
    assert f"- {told}" in docs.pages(rulebook)["le-trang.md"]
    console = Console(file=StringIO(), width=200)
    render(rulebook, rule, console)
    assert told in console.file.getvalue()  # type: ignore[attr-defined]


def test_looks_of_an_example_are_looks_of_its_words(tmp_path: Path) -> None:
    folder = data_folder("rules")
    (tmp_path / "the-thuc").mkdir()
    (tmp_path / "sources").symlink_to(folder / "sources")
    text = (folder / "the-thuc/phong-chu.yaml").read_text("utf-8").replace('of: "☐"', 'of: "☑"')
    (tmp_path / "the-thuc/phong-chu.yaml").write_text(text, "utf-8")
    with pytest.raises(VanthuError, match=r"looks: ví dụ không có «☑»"):
        load(tmp_path)
