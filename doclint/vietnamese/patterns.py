"""Regular expressions for running text, written as it reads."""

from __future__ import annotations


def spaced(pattern: str) -> str:
    """Return ``pattern`` with each blank in it standing for any run of blanks and line ends."""
    return pattern.replace(" ", r"\s+")
