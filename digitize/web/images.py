"""Pictures of pages, drawn from the published PDF: upright, whole or a piece, at a width that is asked for."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digitize.archive import Archive
from digitize.describe.values import Box
from digitize.web.cached import Cached
from digitize.web.facts import Facts
from digitize.web.faults import NO_DOCUMENT, Fault

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 20_000_000
"""Of one picture: an A4 page at 400 dpi has 15.5 million."""
THUMBNAIL = 180
"""Pixels across of an image that shows which page it is, and not what it says."""
MOST_WIDTH = 4000


class PageImages:
    """What draws the pages of an archive. PDFium is not made for threads, so one page is drawn at a time."""

    def __init__(self, archive: Archive, facts: Facts) -> None:
        self._archive, self._facts = archive, facts
        self._turn = threading.Lock()
        self._kept: Cached[bytes] = Cached(_JPEGS_KEPT)

    def jpeg(self, sha256: str, page: int, box: Box | None, width: int) -> bytes:
        """Return as JPEG what ``picture`` returns; the last ones are kept."""
        key = self._facts.stamp(sha256), page, box, width

        def draw() -> bytes:
            stream = io.BytesIO()
            self.picture(sha256, page, box, width).save(stream, "JPEG", quality=82)
            return stream.getvalue()

        return self._kept.get(key, draw)

    def picture(self, sha256: str, page: int, box: Box | None = None, width: int = 0) -> Image.Image:
        """Return page ``page``, counted from 1, or what ``box`` holds of it, ``width`` pixels across.

        ``box`` is in pixels of the words. Raises Fault when it cannot be drawn, and when too many wait for their turn.
        """
        import pypdfium2

        path, size = self._archive.pdf(sha256), (0, 0)
        if box is not None:
            pages = self._facts.of(sha256)
            if not 1 <= page <= len(pages):
                raise NO_DOCUMENT
            size = pages[page - 1].width, pages[page - 1].height
        with self._my_turn():
            try:
                with pypdfium2.PdfDocument(path) as document:
                    if not 1 <= page <= len(document):
                        raise NO_DOCUMENT
                    return _drawn(document[page - 1], size, box, width)
            except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
                raise Fault(500, "không vẽ được trang này", "tải bản PDF về mở; báo người quản trị") from error

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=_PATIENCE):
            raise Fault(503, "máy chủ đang vẽ quá nhiều trang", "chờ ít giây rồi thử lại", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._turn.release()


def _drawn(page, size: tuple[int, int], box: Box | None, width: int) -> Image.Image:  # type: ignore[no-untyped-def]
    across, down = page.get_size()  # points, upright
    left, top, right, bottom = 0.0, 0.0, 0.0, 0.0
    if box is not None and all(size):
        x0, y0, x1, y1 = box
        left, right = across * x0 / size[0], across * (size[0] - x1) / size[0]
        top, bottom = down * y0 / size[1], down * (size[1] - y1) / size[1]
    wide, high = across - left - right, down - top - bottom
    scale = min((width or MOST_WIDTH) / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    # The crop is cut from a page that is drawn whole in no memory: only what is seen has a bitmap.
    picture: Image.Image = page.render(scale=scale, crop=(left, bottom, right, top)).to_pil()
    return picture.convert("RGB")


_JPEGS_KEPT = 100
_PATIENCE = 20.0
