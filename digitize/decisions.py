"""What was decided about a page, as data: kept with the page, told by ``digitize explain``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """One step considered for one page. ``reason`` is told to the archivist and names the figure that decided.

    ``step`` is a name such as ``orientation``, ``deskew`` or ``layer``; ``evidence`` holds what was measured by name.
    """

    step: str
    applied: bool
    reason: str
    evidence: tuple[tuple[str, float], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the decision as it is stored in JSON."""
        return {
            "step": self.step,
            "applied": self.applied,
            "reason": self.reason,
            "evidence": {name: round(value, 4) for name, value in self.evidence},
        }


def decision_from(data: dict[str, Any]) -> Decision:
    """Return the decision that ``as_data`` stored."""
    return Decision(data["step"], data["applied"], data["reason"], tuple(data["evidence"].items()))
