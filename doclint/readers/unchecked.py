"""Say which pages were not checked."""

from __future__ import annotations

from collections.abc import Sequence

from doclint.document import Unchecked


def pages_and_reasons(unchecked: Sequence[Unchecked]) -> str:
    """Return one line in Vietnamese: «trang 2–4, 7: bản quét…; trang 9: …»."""
    reasons = dict.fromkeys(page.reason for page in unchecked)
    return "; ".join(
        f"trang {ranges([page.page for page in unchecked if page.reason == reason])}: {reason}" for reason in reasons
    )


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
