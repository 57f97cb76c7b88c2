"""Open a file as pages: images as they are, TIFF frames, PDF pages rendered; everything comes out upright in 8 bits."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize import limits
from digitize.intake import Kind
from vanthu.errors import VanthuError, dotted

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image


class Unreadable(VanthuError):
    """The content of a file or of a page cannot be used; the reason is what the archivist is told."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as Tesseract gets it: upright, mode L or RGB; ``dpi`` of the paper, as well as it is known."""

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
    """Return page ``number``, counted from 1. Raises Unreadable, OSError."""
    if kind != "pdf":
        return _frame(path, number)
    with pdf_page(path, number) as (page, dpi):
        return rendered(page, dpi)


@contextmanager
def open_image(path: str) -> Iterator[Image.Image]:
    """Open an image without decoding it; what Pillow finds wrong, then or later, becomes Unreadable."""
    from PIL import Image, UnidentifiedImageError

    # Our own limit is checked on the size in the header, and says what to do; Pillow's would only warn or name itself.
    Image.MAX_IMAGE_PIXELS = None
    with open(path, "rb") as file, warnings.catch_warnings():  # noqa: PTH123
        warnings.simplefilter("ignore")  # of metadata that scanners write wrongly: the pixels decide
        try:
            with Image.open(file, formats=("PNG", "JPEG", "TIFF", "MPO")) as image:
                yield image
        except UnidentifiedImageError as error:
            raise Unreadable("ảnh hỏng hoặc kiểu ảnh chưa đọc được") from error
        except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, struct.error) as error:
            # The decoders tell of damage in all these ways.
            raise Unreadable("ảnh hỏng hoặc bị cắt cụt") from error


def frames(image: Image.Image, kind: Kind) -> int:
    """Return the number of pages of an open image; only TIFF has several, an animated PNG is its first picture."""
    return int(getattr(image, "n_frames", 1)) if kind == "tiff" else 1


def image_dpi(image: Image.Image) -> float:
    """Return the resolution of an image across, the default when the file gives none that a scanner would."""
    across = image.info.get("dpi", (0, 0))[0]
    low, high = limits.IMAGE_DPI_TRUSTED
    return float(across) if low <= across <= high else float(limits.IMAGE_DPI_DEFAULT)


def upright(image: Image.Image) -> Image.Image:
    """Return an opened frame decoded, turned as its EXIF says, in mode L or RGB. Raises Unreadable when too large."""
    from PIL import ImageOps

    _check_pixels(*image.size)
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode in ("L", "RGB"):
        return image
    if image.mode in ("1", "CMYK", "YCbCr", "LAB", "HSV"):
        return image.convert("L" if image.mode == "1" else "RGB")
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    return _on_white(image)


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


def _frame(path: str, number: int) -> PageImage:
    with open_image(path) as image:
        image.seek(number - 1)
        dpi = image_dpi(image)
        return PageImage(upright(image), dpi)


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
            dpi = min(limits.RENDER_DPI, 72 * (limits.RENDER_PIXELS / (width * height)) ** 0.5)
            if dpi < limits.RENDER_DPI_LOWEST:
                raise Unreadable(f"khổ trang quá lớn ({width / 72 * 2.54:.0f} × {height / 72 * 2.54:.0f} cm)")
            yield page, dpi
        except pypdfium2.PdfiumError as error:
            raise Unreadable("trang PDF hỏng, không vẽ được") from error


def rendered(page: pypdfium2.PdfPage, dpi: float) -> PageImage:
    """Draw an open page in grey. Raises pypdfium2.PdfiumError."""
    return PageImage(page.render(scale=dpi / 72, grayscale=True).to_pil(), dpi)


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
            yield document


def _check_pixels(width: int, height: int) -> None:
    if width * height > limits.PIXELS_PER_PAGE:
        limit = limits.PIXELS_PER_PAGE // 10**6
        raise Unreadable(f"ảnh quá lớn ({dotted(width)} × {dotted(height)} điểm ảnh, giới hạn {limit} triệu)")
