"""Make the searchable PDF: the original page as it is, under it the words as invisible text."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from digitize import limits
from digitize.intake import Kind
from digitize.pages import Unreadable, frames, image_dpi, open_image, upright
from digitize.pdf.old_layer import drop_hidden_text
from digitize.pdf.signatures import take_signatures_off
from digitize.pdf.text_layer import FONT_NAME, GLYPH_WIDTH, Frame, content
from digitize.words import Word

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page in pixels of its page image, and the size of that image.

    ``replace``: they take the place of the hidden text of an earlier OCR.
    """

    words: tuple[Word, ...]
    width: int
    height: int
    replace: bool = False


def searchable_pdf(path: str, kind: Kind, pages: Sequence[PageWords | None], target: Path) -> bool:
    """Write the file at ``path`` to ``target`` as a PDF with a text layer; a page for which None stands stays as it is.

    A PDF to which nothing is added is copied byte for byte. Returns whether a signature of the file was lost. The same
    file and words give the same bytes. Raises Unreadable, also when the page count is not that of ``pages``.
    """
    import pikepdf

    with open(path, "rb") as original:  # noqa: PTH123 — a str keeps names that are not UTF-8
        source = original if kind == "pdf" else io.BytesIO(_image_pdf(path, kind))
        try:
            with pikepdf.open(source) as pdf:
                if len(pdf.pages) != len(pages):
                    raise Unreadable(f"PDF có {len(pdf.pages)} trang nhưng đã đọc {len(pages)}")
                if kind != "pdf" and "/ID" in pdf.trailer:
                    del pdf.trailer["/ID"]  # img2pdf's is made of the time; that of a PDF is its name, and stays
                if (
                    kind == "pdf"
                    and not pdf.is_encrypted
                    and not any(page and (page.words or page.replace) for page in pages)
                ):
                    shutil.copyfile(path, target)
                    return False
                signed = take_signatures_off(pdf)
                _add_text(pdf, pages)
                pdf.save(target, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
                return signed
        except pikepdf.PasswordError as error:
            raise Unreadable("PDF có mật khẩu") from error
        except pikepdf.PdfError as error:
            raise Unreadable("PDF hỏng, không ghép được lớp chữ") from error


def _add_text(pdf: pikepdf.Pdf, pages: Sequence[PageWords | None]) -> None:
    import pikepdf

    font = _font(pdf)
    for page, reading in zip(pdf.pages, pages, strict=True):
        if reading and reading.replace:
            drop_hidden_text(pdf, page)
        if reading and reading.words:
            _lend_font(page.obj, font)
            layer = content(reading.words, (reading.width, reading.height), _frame(page.obj))
            # First, where the coordinates are still those of the page whatever its own content does to them.
            page.contents_add(pikepdf.Stream(pdf, layer), prepend=True)


def _lend_font(page: pikepdf.Object, font: pikepdf.Object) -> None:
    """Give one page the font without touching resources that it shares with others or inherits."""
    import pikepdf

    given = _inherited(page, "/Resources")
    own = pikepdf.Dictionary(dict(given) if isinstance(given, pikepdf.Dictionary) else {})
    fonts = own.get("/Font")
    own["/Font"] = pikepdf.Dictionary(dict(fonts) if isinstance(fonts, pikepdf.Dictionary) else {})
    own["/Font"][FONT_NAME] = font
    page["/Resources"] = own


def _frame(page: pikepdf.Object) -> Frame:
    """Return what pdfium, which drew the page image, takes as the visible part of a page."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    crop = _box(page, "/CropBox") or media
    x0, y0, x1, y1 = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    if x0 >= x1 or y0 >= y1:
        x0, y0, x1, y1 = media
    try:
        rotation = int(_inherited(page, "/Rotate") or 0) // 90 * 90 % 360
    except (TypeError, ValueError):
        rotation = 0
    return Frame(x0, y0, x1 - x0, y1 - y0, rotation)


def _box(page: pikepdf.Object, key: str) -> tuple[float, float, float, float] | None:
    value = _inherited(page, key)
    try:
        left, bottom, right, top = (float(number) for number in value)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return None
    box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    node: pikepdf.Object | None = page
    for _ in range(64):  # damaged files have page trees that go round
        if node is None:
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font whose codes are Unicode code points and whose only glyph is empty."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    program = resources.files("digitize").joinpath("data/glyphless.ttf").read_bytes()
    file = pikepdf.Stream(pdf, program)
    file["/Length1"] = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/VanthuGlyphless"),
        Flags=4,
        FontBBox=Array([0, 0, GLYPH_WIDTH, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/VanthuGlyphless"),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=GLYPH_WIDTH,
        CIDToGIDMap=pdf.make_indirect(pikepdf.Stream(pdf, b"\0\1" * 0x10000)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/VanthuGlyphless"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, _to_unicode())),
    )
    return pdf.make_indirect(font)


def _to_unicode() -> bytes:
    """Return a CMap that maps every code of two bytes to itself; a range may not cross a row of 256."""
    rows = [row for row in range(256) if not 0xD8 <= row <= 0xDF]
    blocks = []
    for start in range(0, len(rows), 100):  # a block may hold a hundred ranges
        block = rows[start : start + 100]
        ranges = "\n".join(f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in block)
        blocks.append(f"{len(block)} beginbfrange\n{ranges}\nendbfrange")
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{chr(10).join(blocks)}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode("ascii")


def _image_pdf(path: str, kind: Kind) -> bytes:
    """Return the image file as a PDF, its pixels untouched; only what PDF cannot hold is copied into a PNG first."""
    import img2pdf

    with open_image(path) as image, open(path, "rb") as file:  # noqa: PTH123
        has_dpi = "dpi" in image.info

        def layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
            trusted = has_dpi and all(
                limits.IMAGE_DPI_TRUSTED[0] <= value <= limits.IMAGE_DPI_TRUSTED[1] for value in dpi
            )
            across, down = dpi if trusted else (limits.IMAGE_DPI_DEFAULT,) * 2
            size = width * 72 / across, height * 72 / down
            return *size, *size

        options = {"layout_fun": layout, "nodate": True, "include_thumbnails": True, "producer": "vanthu"}
        try:
            if kind == "tiff" and _is_turned(image):
                raise img2pdf.ExifOrientationError  # it would turn a TIFF twice, Pillow having turned it already
            return bytes(img2pdf.convert(file, first_frame_only=kind != "tiff", **options))
        except (
            img2pdf.AlphaChannelError,
            img2pdf.ExifOrientationError,
            img2pdf.JpegColorspaceError,
            ValueError,
            NotImplementedError,
        ):
            copies = [_png_copy(image, number) for number in range(frames(image, kind))]
            return bytes(img2pdf.convert(copies, **options))


def _is_turned(tiff: Image.Image) -> bool:
    turns = []
    for frame in range(frames(tiff, "tiff")):
        tiff.seek(frame)
        turns.append(tiff.getexif().get(0x0112, 1))
    return any(turn != 1 for turn in turns)


def _png_copy(image: Image.Image, frame: int) -> io.BytesIO:
    image.seek(frame)
    dpi = image_dpi(image)
    copy = io.BytesIO()
    upright(image).save(copy, format="PNG", dpi=(dpi, dpi))
    copy.seek(0)
    return copy
