"""A page of a document as the sheet of a page shows it: its picture, its size, the marks on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.describe.values import Box
from digitize.web.context import Context
from digitize.web.documents import one_page
from digitize.web.faults import Fault

SCREEN = 1400
"""Pixels across of the picture that comes first; the whole scan follows when somebody looks closer."""
FULL = 4000


@dataclass(frozen=True, slots=True)
class SheetView:
    """Boxes and size are pixels of the words. A page without a picture has size 0, and ``missing`` says why."""

    page: int
    image: str
    full: str
    width: int
    height: int
    marks: tuple[Box, ...] = ()
    missing: str = ""


def sheet_view(base: str, context: Context, sha256: str, page: int, marks: Sequence[Box] = ()) -> SheetView:
    """Return the view of page ``page``, counted from 1; ``base`` is where the application is mounted."""
    facts = one_page(context, sha256, page)
    image = image_link(base, sha256, page)
    width, height, missing = facts.width, facts.height, ""
    if not width or not height:  # a page that could not be read has a picture all the same, as a rule
        try:
            width, height = context.images.picture(sha256, page, None, SCREEN).size
        except Fault as fault:
            width, height, missing = 0, 0, fault.reason
    return SheetView(
        page, f"{image}?width={SCREEN}", f"{image}?width={min(width, FULL)}", width, height, tuple(marks), missing
    )


def image_link(base: str, sha256: str, page: int | str) -> str:
    """Return where the picture of a page is."""
    return f"{base}/tai-lieu/{sha256}/{page}/anh"
