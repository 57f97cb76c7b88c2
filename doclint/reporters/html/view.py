"""A report → what its page shows: numbers, words and links made ready for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from doclint.anatomy.types import type_name
from doclint.api import Report
from doclint.finding import LEVELS, Finding, Level
from doclint.reporters.html.copies import CopyView, copy_view
from doclint.reporters.html.draft import Item, items
from doclint.reporters.html.marks import Marks
from doclint.reporters.html.tasks import COLUMNS, TaskRow, task_row
from doclint.reporters.six_clear import totals
from doclint.reporters.words import ASIDE, DISCLAIMER, LEVEL_NAMES, REGIMES, SUPPORTS, VERDICTS, clause_words, counts
from doclint.six_clear import six_clear
from vanthu.files import shown


@dataclass(frozen=True, slots=True)
class Card:
    """A finding beside the draft: ``number`` counts from 1, ``mark`` is the stretch it begins in, ``copy`` its copy.

    ``told`` is whether an earlier card of the rule says why and what to do.
    """

    number: int
    finding: Finding
    level: str
    basis: tuple[tuple[str, str], ...]
    """Each clause with its document, and what it says."""
    mark: int | None
    copy: int | None
    told: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A level or family to filter by: its name in the program, in words, and how many findings it has."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """A stretch of the draft that is in no source, and its place in words."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class View:
    """A report made ready; ``id`` begins the ids of all that is linked to on its part of the page."""

    id: str
    name: str
    report: Report
    kind: str
    headline: str
    counts: str
    cards: tuple[Card, ...]
    levels: tuple[Choice, ...]
    families: tuple[Choice, ...]
    draft: tuple[Item, ...]
    tasks: tuple[TaskRow, ...]
    totals: str
    columns: tuple[str, ...]
    copies: tuple[CopyView, ...]
    fresh: tuple[Fresh, ...]
    supports: str
    aside: str
    disclaimer: str = DISCLAIMER

    def worst(self, numbers: Sequence[int]) -> Level:
        """Return the highest level of the findings with these numbers."""
        return max((self.cards[number - 1].finding.level for number in numbers), key=LEVELS.index)


def view(report: Report, id: str = "r1") -> View:
    """Return what ``report.html`` shows of ``report``; several on one page need different ids.

    Of a secret document that is its marks: neither its text nor anything made of it.
    """
    document, anatomy, reuse = report.document, report.anatomy, report.reuse
    whole = document is not None and anatomy is not None and not report.secret
    marks = Marks(document, [finding.span for finding in report.findings]) if document is not None and whole else None
    draft = tuple(items(marks.document, marks)) if marks is not None else ()
    rows = six_clear(document, anatomy) if document is not None and anatomy is not None and whole else ()
    found = reuse.found if reuse is not None else ()
    return View(
        id=id,
        name=shown(report.path),
        report=report,
        kind=_kind(report),
        headline=VERDICTS[report.verdict] if report.verdict is not None else "",
        counts=counts(report.findings),
        cards=tuple(_cards(report, marks)),
        levels=_choices(
            [finding.level for finding in report.findings], {level: LEVEL_NAMES[level] for level in reversed(LEVELS)}
        ),
        families=_choices([finding.family for finding in report.findings], FAMILIES),
        draft=draft,
        tasks=tuple(map(task_row, rows)),
        totals=totals(rows),
        columns=tuple(COLUMNS.values()),
        copies=tuple(copy_view(one, document) for one in found) if document is not None else (),
        fresh=_fresh(report),
        supports=SUPPORTS[reuse.supports] if reuse is not None else "",
        aside=_aside(report),
    )


def summary(reports: Sequence[Report]) -> str:
    """Return one line for several reports: how many had which verdict, how many were not checked."""
    verdicts = Counter(report.verdict for report in reports if report.checked)
    said = [f"{verdicts[key]} {_lower(name)}" for key, name in VERDICTS.items() if verdicts[key]]
    said += [f"{verdicts[None]} không có quy tắc nào để soát"] if verdicts[None] else []
    failed = sum(not report.checked for report in reports)
    said += [f"{failed} CHƯA KIỂM TRA ĐƯỢC"] if failed else []
    return f"{len(reports)} tệp: {', '.join(said)}."


def visible(value: object) -> object:
    """Return text without characters that cannot be seen, or that turn the direction of what follows."""
    if not isinstance(value, str) or value.isprintable() or hasattr(value, "__html__"):
        return value
    return "".join(map(_seen, value))


def _seen(char: str) -> str:
    if char.isprintable() or char in "\n\t\u00a0":
        return char
    return " " if char.isspace() else ""


def _kind(report: Report) -> str:
    if report.anatomy is None:
        return ""
    name = "công văn" if report.anatomy.type == "CV" else type_name(report.anatomy.type) or "không rõ loại"
    return f"{name[:1].upper()}{name[1:]} · {REGIMES[report.anatomy.regime]}"


def _cards(report: Report, marks: Marks | None) -> list[Card]:
    told: set[tuple[str, str, str]] = set()
    cards = []
    for number, finding in enumerate(report.findings, 1):
        advice = finding.rule, finding.why, finding.fix
        basis = tuple((f"{clause_words(one.clause)} {one.citation}", one.text) for one in finding.basis)
        mark = marks.first.get(number) if marks is not None else None
        copy = _copy(report, finding)
        level = LEVEL_NAMES[finding.level]
        cards.append(Card(number, finding, level, basis, mark, copy, advice in told))
        told.add(advice)
    return cards


def _copy(report: Report, finding: Finding) -> int | None:
    """Return the number, from 1, of the copy that a finding on copied text stands in."""
    copied = report.copied_from(finding)
    found = enumerate(report.reuse.found, 1) if report.reuse is not None else ()
    return next((number for number, one in found if one is copied), None)


def _choices(keys: Sequence[str], names: dict[str, str]) -> tuple[Choice, ...]:
    counts = Counter(keys)
    return tuple(Choice(key, names.get(key, key), counts[key]) for key in {**names, **counts} if counts[key])


def _fresh(report: Report) -> tuple[Fresh, ...]:
    if report.reuse is None or report.document is None or not report.reuse.found:
        return ()
    document = report.document
    return tuple(Fresh(document.at(span), document.place(span).label) for span in report.reuse.fresh)


def _aside(report: Report) -> str:
    """Return what was not compared with other documents and how often, empty when no copy was found."""
    if report.reuse is None or not report.reuse.found:
        return ""
    counts = sorted(Counter(one.kind for one in report.reuse.aside).items())
    return "; ".join(f"{ASIDE[kind]} ({count} chỗ)" for kind, count in counts)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


FAMILIES = {
    "bao-mat": "Bí mật",
    "trung-lap": "Trùng lặp",
    "noi-nhan": "Nơi nhận",
    "nhiem-vu": "Giao việc",
    "bao-cao": "Báo cáo",
    "hop": "Họp",
    "vien-dan": "Viện dẫn",
    "the-thuc": "Thể thức",
    "chinh-ta": "Chính tả",
}
"""Folders of rules in words, in the order in which a clerk should look at them."""
