"""Say which pages were not checked."""

from __future__ import annotations

from collections.abc import Sequence

from doclint.document import Unchecked


def pages_and_reasons(unchecked: Sequence[Unchecked]) -> str:
    """Return one line in Vietnamese: «trang 2–4, 7: bản quét…; trang 9: …»; what is no page by its reason alone."""
    reasons = dict.fromkeys(piece.reason for piece in unchecked)
    pages = {reason: [piece.page for piece in unchecked if piece.reason == reason and piece.page] for reason in reasons}
    return "; ".join(f"trang {ranges(pages[reason])}: {reason}" if pages[reason] else reason for reason in reasons)


def ranges(pages: Sequence[int]) -> str:
    """Return page numbers, given in order, as «2–4, 7»; after ten pieces «…»."""
    found: list[list[int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    shown = [f"{first}" if first == last else f"{first}–{last}" for first, last in found]
    return ", ".join(shown[:10]) + ("…" if len(shown) > 10 else "")
