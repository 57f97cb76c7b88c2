"""Small PDF files made by hand: lines of Helvetica, pictures, and page trees that are wrong."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (595, 842)
Placed = tuple[float, float, str]
"""Distance from the left edge and from the top, in points, and the text, in ASCII."""


def pdf(*pages: Sequence[Placed], **saved: Any) -> bytes:
    """Return a PDF with one page for each list of placed texts; an empty list makes blank paper."""
    with pikepdf.new() as made:
        for texts in pages:
            add_page(made, texts)
        return saved_bytes(made, **saved)


def scanned(*pages: Sequence[Placed] | None, picture: bytes = b"\0") -> bytes:
    """Return a PDF; a page that is None holds a picture and no text."""
    with pikepdf.new() as made:
        for texts in pages:
            page = add_page(made, texts or [])
            if texts is None:
                image = made.make_stream(
                    picture, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
                    ColorSpace=Name.DeviceGray,
                )  # fmt: skip
                page.Resources.XObject = Dictionary(Im=image)
                page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
        return saved_bytes(made)


def add_page(made: pikepdf.Pdf, texts: Sequence[Placed]) -> pikepdf.Page:
    drawn = "".join(f"BT /F1 13 Tf {x} {A4[1] - top} Td ({text}) Tj ET\n" for x, top, text in texts)
    made.add_blank_page(page_size=A4)
    page = made.pages[-1]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = made.make_stream(drawn.encode())
    return page


def saved_bytes(made: pikepdf.Pdf, **saved: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, **saved)
    return buffer.getvalue()


def with_tree(kids: str) -> bytes:
    """Return a PDF whose page tree has these kids; the tree is object 2."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count 1/Kids[{kids}]>>"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 3\n0000000000 65535 f \n{table}trailer<</Size 3/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + tail.encode()


def drawing_itself() -> bytes:
    """Return a PDF whose only page shows a form that shows itself."""
    with pikepdf.new() as made:
        page = add_page(made, [(80, 80, "van ban")])
        form = made.make_stream(b"/Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
        form.Resources = Dictionary(XObject=Dictionary(Fm=form))
        page.Resources.XObject = Dictionary(Fm=form)
        page.Contents = made.make_stream(b"/Fm Do")
        return saved_bytes(made)
