"""Checking from a program: no bad file raises, a broken rule does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from doclint.api import check, check_document, choose
from doclint.config import Settings
from doclint.document import Document, Span
from doclint.finding import Finding, fingerprints, verdict
from doclint.readers.text import read_text
from doclint.rulebook import load
from tests.doclint.positions import check_positions
from vanthu.errors import VanthuError

DRAFTS = Path(__file__).parents[2] / "corpora/drafts"


def drafted(text: str) -> Document:
    return read_text(text)


def names(select: list[str], ignore: list[str]) -> list[str]:
    return [rule.code for rule in choose(Settings(tuple(load().rules.values())), load(), select, ignore).rules]


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.[dt]*")), ids=lambda path: path.name)
def test_shipped_drafts_keep_their_positions(path: Path) -> None:
    assert check_positions(path).error is None


def test_rules_are_chosen_in_their_order_and_once() -> None:
    everything = [rule.code for rule in load().rules.values()]
    assert names([], []) == everything == sorted(everything)
    assert names(["NN01", "CT02", "cum-tu-sai"], []) == ["CT02", "NN01"]
    assert names([], ["NN01"]) == [code for code in everything if code != "NN01"]
    with pytest.raises(VanthuError, match="không còn quy tắc nào"):
        names(["NN01"], ["nn01"])


def test_broken_rule_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Các đơn vị đôn đốc.\n", encoding="utf-8")
    broken = replace(load().find("CT02"), options={})
    with pytest.raises(VanthuError, match=r"rules/chinh-ta/cum-tu-sai\.yaml: options: thiếu khóa «phrases»"):
        check(path, settings=Settings((broken,)))


def test_findings_come_in_the_order_of_the_text() -> None:
    report = check_document(drafted("Tránh chông chéo.\nPhải đơn đốc, bổ xung.\n"), Path("thu.txt"))
    spans = [finding.span for finding in report.findings]
    assert spans == sorted(spans)
    assert len(spans) >= 3


def test_fingerprint_survives_edits_elsewhere() -> None:
    def prints(text: str) -> list[str]:
        settings = Settings((load().find("CT02"),))
        return [found.fingerprint for found in check_document(drafted(text), Path("x"), settings=settings).findings]

    first, second = prints("Phải đơn đốc; lại ĐƠN ĐỐC.\n")
    assert prints("Câu mới.\n\nPhải đơn\nđốc.\n") == [first]
    assert first != second
    assert fingerprints([("a", "x"), ("b", "x"), ("a", "x")]) == fingerprints([("a", "x"), ("b", "X"), ("a", " x ")])


def finding(advice: str, level: str) -> Finding:
    return Finding(
        rule="x", code="XX01", title="", family="", verdict=advice, level=level,  # type: ignore[arg-type]
        span=Span(0, 1), excerpt="x", part="", place="",
        message="", why="", fix="", basis=(), fingerprint="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        ([], "pass"),
        ([("revise", "info")], "pass"),
        ([("revise", "warning")], "revise"),
        ([("revise", "error")], "revise"),
        ([("reconsider", "warning")], "revise"),
        ([("reconsider", "error"), ("revise", "info")], "reconsider"),
    ],
)
def test_findings_add_up_to_advice(found: list[tuple[str, str]], advice: str) -> None:
    assert verdict(finding(*pair) for pair in found) == advice


def test_span_must_run_forward() -> None:
    with pytest.raises(ValueError, match=r"span 3\.\.2"):
        Span(3, 2)
    assert Span(1, 4).overlaps(Span(3, 9))
    assert not Span(1, 3).overlaps(Span(3, 9))
    assert Span(2, 3) in Span(1, 3)
    assert len(Span(1, 4)) == 3
