"""Open a file as pages: images as they are, TIFF frames, pages of a PDF; everything comes out upright in 8 bits."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from digitize import limits
from digitize.intake import Kind
from digitize.pdf.scan import scanned
from vanthu.errors import VanthuError, dotted

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image


class Unreadable(VanthuError):
    """The content of a file or of a page cannot be used; the reason is what the archivist is told."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as engines get it: upright, L or, where it has colour, RGB; ``dpi`` of the paper, as well as it is known.

    Pixels are square: what was scanned at other dpi across than down is stretched to the higher of the two.
    """

    image: Image.Image
    dpi: float


def count_pages(path: str, kind: Kind) -> int:
    """Return how many pages the file has. Raises Unreadable, OSError."""
    if kind == "pdf":
        with _pdf(path) as document:
            pages = len(document)
    else:
        with open_image(path) as image:
            pages = frames(image, kind)
    if pages == 0:
        raise Unreadable("tệp hỏng: không có trang nào")
    if pages > limits.PAGES_PER_DOCUMENT:
        raise Unreadable(f"quá nhiều trang ({dotted(pages)}, giới hạn {dotted(limits.PAGES_PER_DOCUMENT)})")
    return pages


def page_image(path: str, kind: Kind, number: int) -> PageImage:
    """Return page ``number``, counted from 1. Raises Unreadable, OSError.

    A page of a PDF that is one picture is that picture, with its own pixels and dpi; any other is drawn.
    """
    if kind != "pdf":
        return _frame(path, number)
    with pdf_page(path, number) as (page, dpi):
        scan = scanned(path, number, page)
        return PageImage(_without_idle_colour(scan[0]), scan[1]) if scan else rendered(page, dpi)


@contextmanager
def open_image(path: str) -> Iterator[Image.Image]:
    """Open an image without decoding it; what Pillow finds wrong, then or later, becomes Unreadable."""
    from PIL import (  # the plugins by name: to have Pillow look for them takes half a second
        BmpImagePlugin,  # noqa: F401
        Image,
        Jpeg2KImagePlugin,  # noqa: F401
        JpegImagePlugin,  # noqa: F401
        PngImagePlugin,  # noqa: F401
        TiffImagePlugin,  # noqa: F401
        UnidentifiedImageError,
        WebPImagePlugin,  # noqa: F401
    )

    # Our own limit is checked on the size in the header, and says what to do; Pillow's would only warn or name itself.
    Image.MAX_IMAGE_PIXELS = None
    with open(path, "rb") as file, warnings.catch_warnings():  # noqa: PTH123
        warnings.simplefilter("ignore")  # of metadata that scanners write wrongly: the pixels decide
        _check_webp(file)
        try:
            with Image.open(file, formats=("PNG", "JPEG", "TIFF", "JPEG2000", "WEBP", "BMP")) as image:
                yield image
        except UnidentifiedImageError as error:
            raise Unreadable("ảnh hỏng hoặc kiểu ảnh chưa đọc được") from error
        except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, struct.error) as error:
            # The decoders tell of damage in all these ways.
            raise Unreadable("ảnh hỏng hoặc bị cắt cụt") from error


def frames(image: Image.Image, kind: Kind) -> int:
    """Return the number of pages of an open image; only TIFF has several, a moving PNG or WebP is its first picture."""
    return int(getattr(image, "n_frames", 1)) if kind == "tiff" else 1


def resolution(image: Image.Image) -> tuple[float, float]:
    """Return dpi across and down as the image is stored, the default when it gives none that a scanner would."""
    across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    low, high = limits.IMAGE_DPI_TRUSTED
    finer, coarser = max(across, down), min(across, down)
    if low <= finer <= high and finer <= coarser * limits.IMAGE_DPI_ACROSS_DOWN:
        return across, down
    return float(limits.IMAGE_DPI_DEFAULT), float(limits.IMAGE_DPI_DEFAULT)


def upright(image: Image.Image) -> Image.Image:
    """Return an opened frame decoded, turned as its EXIF says, in mode L or RGB. Raises Unreadable when too large."""
    from PIL import ImageOps

    check_pixels(*image.size)
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode in ("L", "RGB"):
        return image
    if image.mode in ("1", "CMYK", "YCbCr", "LAB", "HSV"):
        return image.convert("L" if image.mode == "1" else "RGB")
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    return _on_white(image)


def check_pixels(width: int, height: int) -> None:
    """Raise Unreadable for an image that must not be decoded."""
    if width * height > limits.PIXELS_PER_PAGE:
        limit = limits.PIXELS_PER_PAGE // 10**6
        raise Unreadable(f"ảnh quá lớn ({dotted(width)} × {dotted(height)} điểm ảnh, giới hạn {limit} triệu)")


def _check_webp(file: IO[bytes]) -> None:
    """Raise Unreadable for a WebP whose canvas is too large: Pillow makes room for it before it tells its size."""
    head = file.read(30)
    file.seek(0)
    if head[:4] == b"RIFF" and head[12:16] == b"VP8X" and len(head) == 30:
        check_pixels(1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little"))
    if head[:4] == b"RIFF" and head[12:16] == b"VP8L" and len(head) == 30:
        sides = int.from_bytes(head[21:25], "little")
        check_pixels(1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF))
    if head[:4] == b"RIFF" and head[12:16] == b"VP8 " and len(head) == 30:
        check_pixels(*(side & 0x3FFF for side in struct.unpack("<HH", head[26:30])))


def _eight_bits(image: Image.Image) -> Image.Image:
    # Pillow cuts deep grey off at 255 when it converts; here the darkest of the page is black, the lightest white.
    grey = image.convert("F")
    darkest, lightest = grey.getextrema()
    assert isinstance(darkest, float) and isinstance(lightest, float)
    scale = 255 / ((lightest - darkest) or 1)
    return grey.point(lambda value: value * scale - darkest * scale).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    colours = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), colours).convert("RGB")


def _without_idle_colour(image: Image.Image) -> Image.Image:
    """Return a page without colour in mode L: everything after this takes a third of the time."""
    from PIL import Image

    if image.mode != "RGB":
        return image
    few = image.resize((image.width // 8 or 1, image.height // 8 or 1), Image.Resampling.NEAREST)
    return image.convert("L") if _is_grey(few) and _is_grey(image) else image


def _is_grey(image: Image.Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    apart = (ImageChops.difference(red, green).getextrema(), ImageChops.difference(green, blue).getextrema())
    return all(isinstance(most, int) and most <= limits.GREY_DIFFERENCE for _, most in apart)


def _frame(path: str, number: int) -> PageImage:
    with open_image(path) as image:
        image.seek(number - 1)
        across, down = resolution(image)
        if image.getexif().get(0x0112, 1) >= 5:  # stored on its side
            across, down = down, across
        page = _without_idle_colour(upright(image))
        dpi = max(across, down)
        if abs(across - down) > _SQUARE * dpi:
            width, height = round(page.width * dpi / across), round(page.height * dpi / down)
            check_pixels(width, height)
            page = page.resize((width, height))
        return PageImage(page, dpi)


@contextmanager
def pdf_page(path: str, number: int) -> Iterator[tuple[pypdfium2.PdfPage, float]]:
    """Open page ``number`` of a PDF with the dpi it is to be drawn at. Raises Unreadable, then or later, OSError."""
    import pypdfium2

    with _pdf(path) as document:
        try:
            page = document[number - 1]
            width, height = page.get_size()
            if width < 1 or height < 1:
                raise Unreadable("trang PDF không có kích thước")
            dpi = _drawn_at(width, height)
            if dpi < limits.RENDER_DPI_LOWEST:
                raise Unreadable(f"khổ trang quá lớn ({width / 72 * 2.54:.0f} × {height / 72 * 2.54:.0f} cm)")
            yield page, dpi
        except pypdfium2.PdfiumError as error:
            raise Unreadable("trang PDF hỏng, không vẽ được") from error


def rendered(page: pypdfium2.PdfPage, dpi: float) -> PageImage:
    """Draw an open page. Raises pypdfium2.PdfiumError."""
    return PageImage(_without_idle_colour(page.render(scale=dpi / 72).to_pil()), dpi)


def _drawn_at(width: float, height: float) -> float:
    """Return the dpi for a page of this size in points."""

    def filling(pixels: int) -> float:
        return 72 * math.sqrt(pixels / (width * height))

    wanted = max(filling(limits.RENDER_PIXELS), limits.RENDER_DPI_LOW)
    return min(limits.RENDER_DPI, wanted, filling(limits.PIXELS_PER_PAGE))


@contextmanager
def _pdf(path: str) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2
    import pypdfium2.raw

    # A file object and not a path: pdfium cannot be given a name that is not UTF-8.
    with open(path, "rb") as file:  # noqa: PTH123
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
            raise Unreadable("PDF có mật khẩu" if locked else "PDF hỏng hoặc bị cắt cụt") from error
        with document:
            document.init_forms()  # before any page is opened; else nothing of fields is drawn, stamps in them neither
            yield document


_SQUARE = 0.03
