"""Findings that somebody let be: by a comment in the Word file, a file beside the draft, or the office's settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doclint.config import Waiver
from doclint.document import Document, Span
from doclint.finding import Finding
from doclint.rulebook import Rulebook
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class Leave:
    """A waiver as it was found: ``origin`` says where in words, ``span`` where it holds, None for the whole draft."""

    rule: str
    reason: str
    origin: str
    excerpt: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that was let be, and by what leave."""

    finding: Finding
    leave: Leave


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings that stand, those that were let be, and what leaves did not do, in Vietnamese."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    idle: tuple[str, ...]


def leaves(document: Document, waivers: Iterable[tuple[Waiver, Path]], rulebook: Rulebook) -> Iterator[Leave | str]:
    """Yield the leaves that hold for ``document``; a comment that gives none as it should yields what is wrong with it.

    A comment reads «doclint bỏ qua RULE: lý do» and holds for findings that touch the text it is fixed to.
    """
    for comment in document.comments:
        # Typed by hand, with or without accents.
        match = _COMMENT.fullmatch(fold(comment.text).strip())
        if match is None:
            continue
        said = comment.text.strip()[match.start("reason") :].strip()
        try:
            rule = rulebook.find(match["rule"]).id
        except VanthuError as error:
            yield f"nhận xét «{comment.text.strip()[:80]}» không dùng được: {error.advice}"
            continue
        if not any(char.isalpha() for char in said):
            yield f"nhận xét «{comment.text.strip()[:80]}» không dùng được: thiếu lý do sau dấu hai chấm"
            continue
        yield Leave(rule, said, f"nhận xét của {comment.author or 'ai đó'} trong tệp", span=comment.span)
    for waiver, path in waivers:
        yield Leave(waiver.rule, waiver.reason, f"tệp {path.name}", waiver.excerpt)


def sift(findings: Sequence[Finding], given: Iterable[Leave | str], locked: frozenset[str]) -> Sifted:
    """Part ``findings`` by the leaves ``given``; a locked rule can be let be by nobody."""
    told = list(given)
    allowed = [leave for leave in told if isinstance(leave, Leave) and leave.rule not in locked]
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        leave = next((leave for leave in allowed if _covers(leave, finding)), None)
        if leave is None:
            kept.append(finding)
        else:
            waived.append(Waived(finding, leave))
    used = {one.leave for one in waived}
    idle = [one for one in told if isinstance(one, str)]
    idle += [
        f"{leave.origin}: quy tắc {leave.rule} đã bị khóa, không bỏ qua được"
        if leave.rule in locked
        else f"{leave.origin}: bỏ qua {leave.rule} («{leave.reason}») không còn cần, không có phát hiện nào như thế"
        for leave in told
        if isinstance(leave, Leave) and leave not in used
    ]
    return Sifted(tuple(kept), tuple(waived), tuple(idle))


def _covers(leave: Leave, finding: Finding) -> bool:
    if leave.rule != finding.rule or (leave.span is not None and not leave.span.overlaps(finding.span)):
        return False
    return " ".join(fold(leave.excerpt).split()) in " ".join(fold(finding.excerpt).split())


_COMMENT = re.compile(spaced(r"doclint bo qua (?P<rule>[\w-]+)\s*:?(?P<reason>.*)"), re.DOTALL)
