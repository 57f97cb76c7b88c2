"""What is wrong with a query, and where: what stands before the place, at it and behind it."""

from __future__ import annotations

from dataclasses import dataclass

from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class QueryFault:
    """Why a query is not answered. ``at`` are the three parts of the query, None where the fault has no place."""

    reason: str
    hint: str
    at: tuple[str, str, str] | None


def query_fault(error: VanthuError, text: str) -> QueryFault:
    """Return the fault that ``error`` tells of the query ``text``."""
    start, end = getattr(error, "start", None), getattr(error, "end", None)
    at = (text[:start], text[start:end], text[end:]) if start is not None and end is not None else None
    return QueryFault(error.reason, error.hint, at)
