"""Text that a spreadsheet program opens as text."""

from __future__ import annotations


def inert(cell: str) -> str:
    """Return ``cell`` so that a spreadsheet takes it for text and not for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
