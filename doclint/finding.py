"""What a check finds, and what becomes of it in a report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from doclint.document import Span
from doclint.vietnamese.normalise import fold

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("info", "warning", "error")

Verdict = Literal["pass", "revise", "reconsider"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a check reports: a span that is not empty, and the values for the placeholders of the rule's texts."""

    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    level: Level | None = None
    """Where one finding weighs more or less than its rule; None for the level of the rule."""


@dataclass(frozen=True, slots=True)
class Legal:
    """A clause that a rule rests on: the document as an office cites it, and what the clause says in our words."""

    source: str
    citation: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A match in words for a clerk. ``excerpt`` is the text of the document at ``span``, to the letter."""

    rule: str
    code: str
    title: str
    family: str
    level: Level
    span: Span
    excerpt: str
    part: str
    place: str
    message: str
    why: str
    fix: str
    basis: tuple[Legal, ...]
    fingerprint: str
    verdict: Literal["revise", "reconsider"] = "revise"
    """What its rule wants done about the whole document."""


def fingerprints(found: Iterable[tuple[str, str]]) -> list[str]:
    """Return a name for each (rule, excerpt) that survives edits elsewhere.

    It is made of the rule, the folded excerpt, and the how-manieth of them it is.
    """
    seen: dict[tuple[str, str], int] = {}
    names = []
    for rule, excerpt in found:
        key = (rule, " ".join(fold(excerpt).split()))
        seen[key] = seen.get(key, 0) + 1
        names.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()[:16])
    return names


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Weigh the findings: a document that is redundant beyond doubt should be reconsidered, one with faults revised."""
    told = [finding for finding in findings if finding.level != "info"]
    if any(finding.level == "error" and finding.verdict == "reconsider" for finding in told):
        return "reconsider"
    return "revise" if told else "pass"
