"""A report and its PDF → the PDF with a highlight at every finding, whose note holds the words (ISO 32000-2, 12.5)."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from doclint.api import Report
from doclint.document import Box, Document, PdfPlace
from doclint.readers import UnreadableDocument
from doclint.reporters.word.remarks import AUTHOR, Remark, finding_remark, verdict_remark
from doclint.reporters.word.targets import ENDING


def highlight_pdf(content: bytes, report: Report, document: Document, path: Path) -> bytes:
    """Return the PDF in ``content`` with the notes. Raises UnreadableDocument when pikepdf cannot.

    Raises IndexError when it has fewer pages than the one that was read.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            caveats = ("bản nhận xét này không còn chữ ký số; bản có chữ ký là tệp gốc.",) if document.signed else ()
            if document.signed:
                _unsign(pdf)
            now = datetime.datetime.now().astimezone()
            _add(pdf, 1, _note(pdf.pages[0], verdict_remark(report, caveats)), now)
            cited: set[str] = set()
            for finding in report.findings:
                place = document.place(finding.span)
                assert isinstance(place, PdfPlace)
                remark = finding_remark(finding, report, cited)
                for page in dict.fromkeys(box.page for box in place.boxes):
                    boxes = [box for box in place.boxes if box.page == page]
                    _add(pdf, page, _highlight(pdf, pdf.pages[page - 1], boxes, remark), now)
            buffer = io.BytesIO()
            with warnings.catch_warnings():
                # Of forms that were not whole before; nothing of them is changed.
                warnings.simplefilter("ignore")
                pdf.save(buffer)
            buffer.write(ENDING)
    except pikepdf.PdfError as error:
        raise UnreadableDocument(
            "PDF không ghi thêm nhận xét được", "xem báo cáo bằng --format terminal", path=path
        ) from error
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Frame:
    """From points of the page as it is shown, counted from the top left of its paper, to those of the file."""

    media: tuple[float, float, float, float]
    rotation: int

    def point(self, x: float, top: float) -> tuple[float, float]:
        """Return the point of the file; the reader's matrices backwards."""
        x0, y0, x1, y1 = self.media
        if self.rotation == 90:
            return x0 + top, y0 + x
        if self.rotation == 180:
            return x1 - x, y0 + top
        if self.rotation == 270:
            return x1 - top, y1 - x
        return x0 + x, y1 - top


def frame_of(page: pikepdf.Page) -> Frame:
    """Return the frame of ``page``."""
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    return Frame((x0, y0, x1, y1), _rotation(page))


def _rotation(page: pikepdf.Page) -> int:
    """Return by how many degrees the page is turned clockwise; it may have that from the pages above it."""
    node: Any = page.obj
    for _ in range(_MAX_DEPTH):
        if not isinstance(node, Dictionary):
            break
        if "/Rotate" in node:
            return int(node.Rotate) % 360
        node = node.get("/Parent")
    return 0


def _highlight(pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: Sequence[Box], remark: Remark) -> Dictionary:
    frame = frame_of(page)
    # Top left, top right, bottom left, bottom right, as all viewers have it, whatever the standard says.
    quads = [
        [frame.point(*corner) for corner in ((b.x0, b.top), (b.x1, b.top), (b.x0, b.bottom), (b.x1, b.bottom))]
        for b in boxes
    ]
    colour = _COLOURS[remark.level or "info"]
    rectangle = _around([point for quad in quads for point in quad])
    return Dictionary(
        Subtype=Name.Highlight,
        Rect=rectangle,
        QuadPoints=Array([round(edge, 2) for quad in quads for point in quad for edge in point]),
        C=Array(colour),
        Contents=String(_words(remark)),
        Subj=String(remark.heading),
        F=_PRINT,
        AP=Dictionary(N=_appearance(pdf, quads, rectangle, colour)),
    )


def _appearance(
    pdf: pikepdf.Pdf, quads: Sequence[Sequence[tuple[float, float]]], rectangle: Array, colour: Sequence[float]
) -> pikepdf.Object:
    """Return what the highlight looks like: colour under the letters."""
    drawn = ["/Multiply gs {} {} {} rg".format(*colour)]
    for first, second, third, fourth in quads:
        corners = [f"{x:.2f} {y:.2f}" for x, y in (first, second, fourth, third)]
        drawn.append(f"{corners[0]} m {corners[1]} l {corners[2]} l {corners[3]} l f")
    return pdf.make_stream(
        "\n".join(drawn).encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=rectangle,
        Resources=Dictionary(ExtGState=Dictionary(Multiply=Dictionary(BM=Name.Multiply))),
        Group=Dictionary(S=Name.Transparency),
    )


def _note(page: pikepdf.Page, remark: Remark) -> Dictionary:
    """Return the note on the whole document, in the corner that is shown at the top left."""
    x0, y0, x1, y1 = (float(edge) for edge in page.cropbox)
    rotation = _rotation(page)
    x, inward = (x1, -1) if rotation in (180, 270) else (x0, 1)
    y, upward = (y0, 1) if rotation in (90, 180) else (y1, -1)
    corners = [(x + inward * away, y + upward * away) for away in (_INSET, _INSET + _ICON)]
    return Dictionary(
        Subtype=Name.Text,
        Name=Name.Comment,
        Rect=_around(corners),
        C=Array(_COLOURS["info"]),
        Contents=String(_words(remark)),
        Subj=String(remark.heading),
        F=_PRINT | _UPRIGHT,
    )


def _add(pdf: pikepdf.Pdf, number: int, annotation: Dictionary, now: datetime.datetime) -> None:
    """Put ``annotation`` and its popup on page ``number``."""
    page = pdf.pages[number - 1].obj
    zone = now.strftime("%z")
    date = String(f"D:{now:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'")
    annotation.update(Dictionary(Type=Name.Annot, P=page, T=String(AUTHOR), M=date, CreationDate=date))
    mark = pdf.make_indirect(annotation)
    right, upper = float(mark.Rect[2]), float(mark.Rect[3])
    popup = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Popup,
            Parent=mark,
            Rect=Array([right, upper - _POPUP[1], right + _POPUP[0], upper]),
            Open=False,
        )
    )
    mark.Popup = popup
    known = page.get("/Annots")
    page.Annots = Array([*(known if isinstance(known, Array) else ()), mark, popup])


def _unsign(pdf: pikepdf.Pdf) -> None:
    """Take out the signatures, which hold no longer; what they look like on the page stays."""
    for field in list(_fields(pdf)):
        del field["/V"]
    if "/Perms" in pdf.Root:
        del pdf.Root["/Perms"]
    form: Any = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/SigFlags" in form:
        del form["/SigFlags"]


def _fields(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for value in pdf.objects:
        if isinstance(value, Dictionary) and value.get("/FT") == Name.Sig and "/V" in value:
            yield value


def _around(points: Sequence[tuple[float, float]]) -> Array:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Array([round(edge, 2) for edge in (min(xs), min(ys), max(xs), max(ys))])


def _words(remark: Remark) -> str:
    return "\n".join((remark.heading, *(f"{line.label}{line.text}" for line in remark.lines)))


_COLOURS = {"error": (1.0, 0.68, 0.68), "warning": (1.0, 0.88, 0.4), "info": (0.68, 0.87, 1.0)}
_PRINT, _UPRIGHT = 4, 8 | 16
"""Bits of F: printed; neither enlarged nor turned with the page."""
_INSET, _ICON = 12, 20
_POPUP = (260, 180)
"""Points."""
_MAX_DEPTH = 50
"""Levels of a page tree; a tree may be a ring."""
