"""A log in which every line carries the hash of the line before: nothing inside it can be changed unseen.

A line is one JSON object; ``before`` is the hash of the one before it, ``hash`` its own, over all the rest.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64
"""What the first line has before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was written: what it says, the hash of the line before it, and its own."""

    entry: dict[str, Any]
    before: str
    hash: str


def sealed(entry: dict[str, Any], before: str) -> tuple[bytes, str]:
    """Return the line that ``entry`` becomes after the line with the hash ``before``, and its own hash."""
    whole = {**entry, "before": before}
    digest = _hash(whole)
    return json.dumps({**whole, "hash": digest}).encode() + b"\n", digest


def unsealed(line: bytes) -> Line:
    """Return a line of a log. Raises ValueError when it does not say what it said when it was written.

    Whether it follows on the line that stands before it is for the caller to see.
    """
    whole = json.loads(line)
    if not isinstance(whole, dict) or not line.endswith(b"\n"):
        raise ValueError("no whole line of a log")
    digest = whole.pop("hash", None)
    if digest != _hash(whole) or not isinstance(whole.get("before"), str):
        raise ValueError("not what was written")
    return Line(whole, whole.pop("before"), digest)


def _hash(entry: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()
