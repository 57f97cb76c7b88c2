"""What decides the advice on a whole document: its weightiest findings, and what would make it worth issuing."""

from __future__ import annotations

from collections import Counter
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
    times = Counter(one.rule for one in redundant)
    # What is told most often says best what the document suffers from, unless one finding decides alone.
    return max(redundant, key=lambda one: (_decides(one), times[one.rule])).fix if redundant else ""


def _weight(same: Sequence[Finding]) -> tuple[bool, int, bool, int]:
    first = same[0]
    return (
        _decides(first),
        LEVELS.index(first.level),
        first.family == _REDUNDANCY,
        len(same),
    )


def _decides(finding: Finding) -> bool:
    """Tell whether a finding alone makes the advice not to issue."""
    return finding.verdict == "reconsider" and finding.level == "error"


_REDUNDANCY = "trung-lap"
