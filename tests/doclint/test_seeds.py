"""The two plans the project began with: one text in three formats gives the same findings, and the right ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from doclint.api import Report, check
from doclint.checks import load_kind
from doclint.readers import read
from doclint.rulebook import load
from tests.doclint.office import Office

pytestmark = pytest.mark.realdata

FORMATS = ("txt", "docx", "pdf")
CUT_SHORT = {"000": "000_f8dba3a2d8efb01b.txt", "002": "002_241421bcd0b695dd.txt"}
MISSPELT = ["chông chéo", "bút phá", "đơn đốc", "những nhiều", "hợp trực tuyến"]


@pytest.fixture(scope="session")
def reports(shared: Path, office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Report]:
    folder = tmp_path_factory.mktemp("seeds")
    texts = {name: shared / "seeds" / file for name, file in CUT_SHORT.items()}
    words = {name: as_word(path, folder / f"{name}.docx") for name, path in texts.items()}
    office.pdf(list(words.values()), folder)
    files = {(name, "txt"): path for name, path in texts.items()}
    files |= {(name, "docx"): path for name, path in words.items()}
    files |= {(name, "pdf"): folder / f"{name}.pdf" for name in texts}
    return {key: check(path) for key, path in files.items()}


def as_word(source: Path, target: Path) -> Path:
    """Set the paragraphs of a text in Word, as a clerk types them: no markup, a paragraph a line."""
    import docx

    text = read(source)
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    for block in text.blocks:
        document.add_paragraph(" ".join(text.at(block.span).split()))
    document.save(str(target))
    return target


def found(report: Report) -> list[tuple[str, str]]:
    """Return rule and excerpt of each finding that text alone shows, where a line ends being no matter."""
    told = [(finding.rule, "".join(finding.excerpt.split())) for finding in report.findings]
    return [(rule, excerpt) for rule, excerpt in told if not hasattr(load_kind(load().rules[rule].kind), "FORMATS")]


def excerpts(report: Report, rule: str) -> list[str]:
    return [" ".join(finding.excerpt.split()) for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CUT_SHORT)
def test_every_format_is_read_and_known(reports: dict[tuple[str, str], Report], name: str, form: str) -> None:
    report = reports[name, form]
    assert report.error is None
    assert report.document is not None
    assert report.document.format == form
    assert report.anatomy is not None
    assert (report.anatomy.type, report.anatomy.regime) == ("KH", "state")
    assert report.verdict == "revise"


# The words of a principle are not found where a line ends between them (doclint.anatomy.task_clauses).


@pytest.mark.parametrize(
    ("name", "form"),
    [("000", "docx"), ("000", "pdf"), ("002", "docx"), ("002", "pdf")],
)
def test_formats_agree(reports: dict[tuple[str, str], Report], name: str, form: str) -> None:
    assert sorted(found(reports[name, form])) == sorted(found(reports[name, "txt"]))


@pytest.mark.parametrize("form", FORMATS)
def test_plan_226(reports: dict[tuple[str, str], Report], form: str) -> None:
    report = reports["002", form]
    assert "Các cơ quan TW ngành dọc đóng tại tỉnh" in excerpts(report, "noi-nhan-qua-rong")
    assert "Văn phòng UBND tỉnh, Sở Khoa học và Công nghệ, Sở Tài chính" in excerpts(report, "nhieu-co-quan-chu-tri")
    wrong = [phrase.lower() for phrase in excerpts(report, "cum-tu-sai")]
    assert [phrase for phrase in MISSPELT if phrase not in wrong] == []


@pytest.mark.parametrize("form", FORMATS)
def test_plan_08(reports: dict[tuple[str, str], Report], form: str) -> None:
    counted = Counter(excerpts(reports["000", form], "thoi-han-mo-ho"))
    assert counted["Thực hiện thường xuyên và tiến độ theo kế hoạch này"] == 4
