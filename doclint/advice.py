"""What decides the advice on a whole document: its weightiest findings, and what would make it worth issuing."""

from __future__ import annotations

from collections.abc import Sequence

from doclint.finding import LEVELS, Finding

MAX_REASONS = 3


def reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the weightiest findings in words, those of one rule together: «Nhiệm vụ chưa có thời hạn (4 chỗ)»."""
    told = [finding for finding in findings if finding.level != "info"]
    by_rule: dict[str, list[Finding]] = {}
    for finding in told:
        by_rule.setdefault(finding.rule, []).append(finding)
    weighty = sorted(by_rule.values(), key=_weight, reverse=True)[:MAX_REASONS]
    return tuple(f"{same[0].title}{f' ({len(same)} chỗ)' if len(same) > 1 else ''}" for same in weighty)


def remedy(findings: Sequence[Finding]) -> str:
    """Return what would make a redundant document worth issuing, empty when nothing says that it is redundant."""
    redundant = [one for one in findings if one.family == _REDUNDANCY and one.level != "info"]
    return max(redundant, key=lambda one: _weight([one])).fix if redundant else ""


def _weight(same: Sequence[Finding]) -> tuple[bool, int, bool, int]:
    first = same[0]
    return (
        first.verdict == "reconsider" and first.level == "error",
        LEVELS.index(first.level),
        first.family == _REDUNDANCY,
        len(same),
    )


_REDUNDANCY = "trung-lap"
