"""The report for a clerk: grouped by part, each rule explained once, nothing that plays tricks on the terminal."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from doclint.api import Report, check
from doclint.reporters.terminal import render
from doclint.reporters.words import printable

DRAFT = Path(__file__).parents[2] / "corpora/drafts/ke-hoach-sao-chep.docx"


def printed(*reports: Report, width: int = 80) -> str:
    buffer = StringIO()
    render(reports, Console(file=buffer, width=width, highlight=False))
    return buffer.getvalue()


@pytest.fixture(scope="module")
def report() -> Report:
    return check(DRAFT)


def test_each_finding_is_printed_and_each_rule_explained_once(report: Report) -> None:
    text = " ".join(printed(report).split())
    assert len(report.findings) > 3
    for finding in report.findings:
        assert f"“{printable(finding.excerpt)[:100]}" in text
        assert f"({finding.place})" in text
        assert f"{finding.code} {finding.title}" in text
        assert printable(finding.message) in text
    for rule in {finding.rule for finding in report.findings}:
        first = next(finding for finding in report.findings if finding.rule == rule)
        assert text.count(f"Vì sao: {first.why}") == 1
        assert all(legal.citation.split(" ngày ")[0] in text for legal in first.basis)
    for legal in {legal for finding in report.findings for legal in finding.basis}:
        # In full once, by number after that.
        assert text.count(legal.citation) >= 1
    assert "người có thẩm quyền quyết định" in text


def test_findings_stand_under_their_part(report: Report) -> None:
    parts = list(dict.fromkeys(finding.part for finding in report.findings))
    lines = printed(report).splitlines()
    assert [line for line in lines if line in parts] == parts


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_end_with_a_letter_and_fit(report: Report, width: int) -> None:
    lines = printed(report, width=width).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    # A word may be longer than a window of twenty columns.
    assert max(map(len, lines[2:])) <= max(width, 30)


def test_long_name_is_printed_whole(tmp_path: Path) -> None:
    path = tmp_path / ("rất-dài-" * 20 + ".txt")
    assert f"{path}: CHƯA KIỂM TRA ĐƯỢC: không có tệp này" in printed(check(path), width=40)
    path.write_text("Các đơn vị đôn đốc.\n", encoding="utf-8")
    assert f"\n{path}\n" in printed(check(path), width=40)


def test_text_of_the_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Quyết định số 12\x1b[2J/QĐ-\u202eUBND\nCác đơn vị đơn\u00a0đốc và đơn\nđốc.\n", encoding="utf-8")
    text = printed(check(path))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.count("“đơn đốc”") == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\tb", "a b"),
        ("a\u00a0b", "a b"),
        ("a\x1b[31mb\u200bc\u202ed", "a[31mbcd"),
        ("“Đắk Lắk” – 15%…", "“Đắk Lắk” – 15%…"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown
