"""An image file as a PDF: its pixels as they were compressed, or a copy where neither PDF nor PDF/A can hold them."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from digitize.intake import Kind
from digitize.pages import frames, open_image, resolution, upright
from digitize.pdf import jpx

if TYPE_CHECKING:
    from PIL import Image


def image_pdf(path: str, kind: Kind) -> tuple[bytes, str]:
    """Return the image file at ``path`` as a PDF, and why its pixels are a copy, "" where they are its own.

    Copies are PNG: the pixels are the same, the compression another. Raises Unreadable, OSError.
    """
    import img2pdf

    logging.getLogger("img2pdf").setLevel(logging.ERROR)  # it warns of what is in order, such as transparency
    with open_image(path) as image, open(path, "rb") as file:  # noqa: PTH123
        sizes = [_points(image, frame) for frame in range(frames(image, kind))]

        def layout(*_: object) -> tuple[float, float, float, float]:
            size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
            return *size, *size

        options = {"layout_fun": layout, "nodate": True, "include_thumbnails": True}
        reason = _why_copied(image, kind, file.read() if kind == "jpeg2000" else b"")
        file.seek(0)
        if not reason:
            try:
                return bytes(img2pdf.convert(file, first_frame_only=kind != "tiff", **options)), ""
            except Exception:  # img2pdf tells of what it does not take by every kind of error, bare assertions too
                reason = "kiểu nén hoặc kiểu màu mà PDF không chứa được"
        sizes = [_points(image, frame, turned=True) for frame in range(frames(image, kind))]
        copies = [_png_copy(image, number) for number in range(frames(image, kind))]
        return bytes(img2pdf.convert(copies, **options)), reason


def _why_copied(image: Image.Image, kind: Kind, jpeg2000: bytes) -> str:
    """Return why a file cannot be put into a PDF/A as it is, as far as can be told before trying; else ""."""
    if kind in ("webp", "bmp"):
        return f"PDF không chứa được ảnh {'WebP' if kind == 'webp' else 'BMP'}"
    if kind == "jpeg2000":
        return jpx.flaw(jpeg2000)
    if kind == "tiff" and _is_turned(image):
        return "ảnh TIFF nằm ngang"  # img2pdf would turn it twice, Pillow having turned it already
    return ""


def _points(image: Image.Image, frame: int, *, turned: bool = False) -> tuple[float, float]:
    """Return the size of the paper of a frame in points, as it is stored or as it is to be seen."""
    image.seek(frame)
    across, down = resolution(image)
    size = image.width * 72 / across, image.height * 72 / down
    return size[::-1] if turned and image.getexif().get(0x0112, 1) >= 5 else size


def _is_turned(tiff: Image.Image) -> bool:
    turns = []
    for frame in range(frames(tiff, "tiff")):
        tiff.seek(frame)
        turns.append(tiff.getexif().get(0x0112, 1))
    return any(turn != 1 for turn in turns)


def _png_copy(image: Image.Image, frame: int) -> io.BytesIO:
    image.seek(frame)
    copy = io.BytesIO()
    upright(image).save(copy, format="PNG")
    copy.seek(0)
    return copy
