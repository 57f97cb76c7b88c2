"""What one PDF page holds, measured for the judge of its text layer: characters, and what the ink of the page is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from digitize import limits
from digitize.layers.chars import Box, Char, address, read_chars

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2
    from numpy.typing import NDArray

    Pixels = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ink:
    """Shares of the ink of a page, together 1 when there is any.

    ``text`` is what characters print, ``pictures`` what pictures do, ``drawn`` the rest: lines, curves, annotations.
    ``recognised`` is the part of the ink of the pictures that has hidden characters over it.
    """

    text: float = 0.0
    pictures: float = 0.0
    drawn: float = 0.0
    recognised: float = 0.0


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page, its size in points as it is shown."""

    width: float
    height: float
    chars: tuple[Char, ...] = ()
    ink: Ink | None = None
    """None for a page without a trace of ink."""
    pictured: float = 0.0
    """Height, as a share of the page, from the highest to the lowest ink of pictures."""
    outlines: int = 0
    """Shapes with curves that are filled: letters turned into drawings, up to some thousand."""
    stamped: bool = False
    """Whether annotations, other than links, may print something."""
    refused: str = ""
    """Which limit the page passes, so that its layer was not looked at."""


def page_content(page: pypdfium2.PdfPage) -> PageContent:
    """Measure an open page; drawn afterwards, it lacks its text and pictures. Raises pypdfium2.PdfiumError.

    Drawn with its characters and without, its pictures and without, a page tells their ink apart, whatever hides,
    colours or nests them.
    """
    import numpy as np
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    objects: list[tuple[Any, int]] = []
    for found in _objects(page):
        objects.append(found)
        if len(objects) > limits.LAYER_OBJECTS:
            return PageContent(width, height, refused=f"quá {limits.LAYER_OBJECTS} hình vẽ")
    by_kind = {
        kind: [raw for raw, found in objects if found == kind]
        for kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)
    }
    texts, pictures, paths = by_kind.values()
    invisible = {address(raw) for raw in texts if pdfium.FPDFTextObj_GetTextRenderMode(raw) in _WITHOUT_INK}
    chars = read_chars(page, invisible)
    if chars is None:
        return PageContent(width, height, refused=f"quá {limits.LAYER_CHARACTERS} ký tự")
    outlines = _outlines(paths)
    if pictures and not texts and not outlines:  # a scan: reading it will tell more than measuring
        return PageContent(width, height, ink=Ink(pictures=1.0))
    whole = _drawn(page)
    without_text = _without(page, texts, whole)
    bare = _without(page, pictures, without_text)
    scale = whole.shape[1] / width
    printed = abs(without_text - whole)
    chars = tuple(_with_ink_known(chars, printed, scale))
    ink = _ink(whole, without_text, bare, [char.box for char in chars if char.hidden], scale)
    rows = np.flatnonzero((abs(bare - without_text) > _TRACE).any(axis=1))
    pictured = float(rows[-1] - rows[0] + 1) / len(whole) if len(rows) else 0.0
    return PageContent(width, height, chars, ink, pictured, outlines, _is_stamped(page))


def take_text_out(page: pypdfium2.PdfPage) -> None:
    """Leave of an open page, measured before or not, what is not text, to be drawn."""
    import pypdfium2.raw as pdfium

    for raw, kind in islice(_objects(page), limits.LAYER_OBJECTS):
        pdfium.FPDFPageObj_SetIsActive(raw, kind != pdfium.FPDF_PAGEOBJ_TEXT)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int]]:
    """Yield every object of a page with its kind, those inside forms too."""
    import pypdfium2.raw as pdfium

    waiting = [(pdfium.FPDFPage_GetObject(page.raw, number), 0) for number in range(_count(page))]
    waiting.reverse()
    while waiting:
        raw, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(raw)
        yield raw, kind
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inside = min(pdfium.FPDFFormObj_CountObjects(raw), limits.LAYER_OBJECTS)
            waiting += [(pdfium.FPDFFormObj_GetObject(raw, number), depth + 1) for number in range(inside)]


def _count(page: pypdfium2.PdfPage) -> int:
    import pypdfium2.raw as pdfium

    return int(min(pdfium.FPDFPage_CountObjects(page.raw), limits.LAYER_OBJECTS + 1))


def _drawn(page: pypdfium2.PdfPage) -> Pixels:
    """Draw a page in grey, small: 0 is black."""
    import numpy as np

    width, height = page.get_size()
    scale = min(_PIXELS / max(width, height), _MOST_PIXELS / (width * height) ** 0.5)
    pixels: Pixels = page.render(scale=scale, grayscale=True).to_numpy().astype(np.int32)
    return pixels


def _without(page: pypdfium2.PdfPage, objects: Sequence[Any], before: Pixels) -> Pixels:
    """Draw a page as it is without ``objects``; ``before`` is it with them."""
    import pypdfium2.raw as pdfium

    for raw in objects:
        pdfium.FPDFPageObj_SetIsActive(raw, False)
    return _drawn(page) if objects else before


def _with_ink_known(chars: Sequence[Char], printed: Pixels, scale: float) -> Iterator[Char]:
    """Yield the characters, those of them hidden too that did not change the page where they stand."""
    import numpy as np

    sums = np.zeros((printed.shape[0] + 1, printed.shape[1] + 1), np.int32)
    printed.cumsum(axis=0, out=sums[1:, 1:])
    sums[1:, 1:].cumsum(axis=1, out=sums[1:, 1:])
    left, top, right, bottom = _cells([char.box for char in chars], scale, printed.shape)
    ink = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    for char, amount in zip(chars, ink, strict=True):
        yield char if char.hidden or amount > _TRACE or char.text.isspace() else replace(char, hidden=True)


def _ink(whole: Pixels, without_text: Pixels, bare: Pixels, hidden: Sequence[Box], scale: float) -> Ink | None:
    """Share the ink out; ``bare`` is the page without text and pictures."""
    paper = max(int(whole.max()), 255 - _TRACE)
    if int(whole.min()) >= paper - _TRACE:
        return None
    text = abs(whole - without_text)
    # Paper that is part of a picture is no ink; nor is it a loss of ink where a picture whitens what is under it.
    pictures = (_darkness(without_text) - _darkness(bare)).clip(0)
    drawn = _darkness(bare)
    total = float(text.sum() + pictures.sum() + drawn.sum()) or 1.0
    recognised = 0.0
    if hidden and pictures.any():
        import numpy as np

        under = np.zeros(pictures.shape, bool)
        for left, top, right, bottom in zip(*_cells(hidden, scale, pictures.shape), strict=True):
            under[top:bottom, left:right] = True
        recognised = float(pictures[under].sum() / pictures.sum())
    return Ink(float(text.sum() / total), float(pictures.sum() / total), float(drawn.sum() / total), recognised)


def _darkness(page: Pixels) -> Pixels:
    """Return how much darker than its paper each pixel is; what yellow or grey paper has of its own is none."""
    import numpy as np

    levels = np.bincount(page.ravel(), minlength=256)[128:]
    paper = 128 + int(levels.argmax()) if levels.any() else 255
    return (paper - _PAPER_NOISE - page).clip(0)


def _cells(boxes: Sequence[Box], scale: float, shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the pixels that boxes touch, one more on each side: rows left, top, right, bottom, a column a box."""
    import numpy as np

    edges = np.clip(np.array(boxes, float).reshape(-1, 4).T * scale, -9, 1e6).astype(np.intp)
    edges += np.array([[-1], [-1], [2], [2]])
    return edges.clip(0, np.array([[shape[1]], [shape[0]]] * 2))


def _is_stamped(page: pypdfium2.PdfPage) -> bool:
    import pypdfium2.raw as pdfium

    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _outlines(paths: Sequence[Any]) -> int:
    """Count the filled shapes that have curves, as letters do and lines of tables do not."""
    import pypdfium2.raw as pdfium

    seen = outlines = 0
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    for raw in paths:
        pdfium.FPDFPath_GetDrawMode(raw, mode, stroke)
        if mode.value == pdfium.FPDF_FILLMODE_NONE:
            continue
        curved = False
        for number in range(pdfium.FPDFPath_CountSegments(raw)):
            kind = pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(raw, number))
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                outlines += curved
                curved = False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            seen += 1
            if seen > _SEGMENTS:
                return outlines
        outlines += curved
    return outlines


_WITHOUT_INK = (3, 7)
"""Render modes: neither filled nor stroked, and the same as a clip."""
_DEPTH = 20
"""Forms inside forms."""
_PIXELS, _MOST_PIXELS = 1000, 1000
"""Pixels along the longer side, and the root of their number: 85 dpi of A4."""
_TRACE = 12
"""Levels of grey of 255, summed up over a character: less is no ink."""
_PAPER_NOISE = 40
_SEGMENTS = 50_000
_ANNOTATIONS = 1_000
