"""The picture that a scanned PDF page is: its own pixels, which drawing the page would only blur or blow up."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitize import limits
from digitize.pdf.frame import Frame, frame_of, inherited
from digitize.pdf.signatures import inherited_type

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2
    from PIL import Image

Matrix = tuple[float, float, float, float, float, float]


def scanned(path: str, number: int, page: pypdfium2.PdfPage) -> tuple[Image.Image, float] | None:
    """Return the picture that page ``number`` of a PDF is, upright and cut as the page shows it, and its dpi.

    None when the page is not one picture and nothing else, or when anything about it is unusual: it is then to be
    drawn. Hidden text does not count. Raises pypdfium2.PdfiumError, OSError.
    """
    import pikepdf

    picture = _only_picture(page)
    if picture is None:
        return None
    width, height = picture.get_px_size()
    matrix: Matrix = picture.get_matrix().get()
    if width * height > limits.PIXELS_PER_PAGE or not _upright_or_sideways(matrix):
        return None
    with open(path, "rb") as file:  # noqa: PTH123
        try:
            with pikepdf.open(file) as pdf:
                own = pdf.pages[number - 1].obj
                if not _is_plain(own, width, height):
                    return None
                frame = frame_of(own)
        except pikepdf.PdfError:
            return None
    box = _covered(matrix)
    if not _fills(box, frame) or not _unclipped(picture, box, frame):
        return None
    across, down = (width, height) if matrix[0] else (height, width)
    scale = across / (box[2] - box[0]), down / (box[3] - box[1])
    dpi = 72 * max(scale)
    coarse = dpi < limits.SCAN_DPI_LOWEST and min(width, height) < limits.SCAN_PIXELS
    if coarse or min(scale) < max(scale) * (1 - _SQUARE):
        return None
    image = _cut(_placed(picture.get_bitmap(render=False).to_pil(), matrix), box, frame, scale)
    if image is None:
        return None
    low, high = limits.IMAGE_DPI_TRUSTED
    return _turned(image, frame.rotation), dpi if low <= dpi <= high else float(limits.IMAGE_DPI_DEFAULT)


def _only_picture(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    """Return the picture of a page that has nothing else to be seen."""
    import pypdfium2
    import pypdfium2.raw as raw

    picture = None
    for count, thing in enumerate(page.get_objects(max_depth=1)):
        if count > limits.LAYER_OBJECTS:
            return None
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(thing.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif picture is None and isinstance(thing, pypdfium2.PdfImage):
            picture = thing
        else:
            return None
    if picture is None or raw.FPDFPageObj_HasTransparency(picture.raw) or _may_be_hidden(picture):
        return None
    return picture


def _may_be_hidden(picture: pypdfium2.PdfImage) -> bool:
    """Tell whether the picture belongs to a layer that a reader can switch off."""
    import pypdfium2.raw as raw

    for number in range(raw.FPDFPageObj_CountMarks(picture.raw)):
        name = ctypes.create_string_buffer(64)
        length = ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(picture.raw, number)
        buffer = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
        raw.FPDFPageObjMark_GetName(mark, buffer, len(name), ctypes.byref(length))
        if name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "OC":
            return True
    return False


def _is_plain(page: pikepdf.Object, width: int, height: int) -> bool:
    """Tell whether a page shows its picture as it is: no masks, no other unit, nothing laid over it by annotations."""
    import pikepdf

    annotations = page.get("/Annots")
    over = isinstance(annotations, pikepdf.Array) and any(
        not isinstance(one, pikepdf.Dictionary) or _is_drawn(one) for one in annotations
    )
    resources = inherited(page, "/Resources")
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if over or "/UserUnit" in page or not isinstance(objects, pikepdf.Dictionary):
        return False
    # Which of them is shown is not known, where pages share what they have: all must be plain.
    pictures = [one for one in objects.values() if str(one.get("/Subtype")) == "/Image"]
    if any(key in one for one in pictures for key in ("/SMask", "/Mask", "/ImageMask", "/SMaskInData", "/OC")):
        return False
    return any(one.get("/Width") == width and one.get("/Height") == height for one in pictures)


def _is_drawn(annotation: pikepdf.Object) -> bool:
    """Tell whether an annotation may print something; what a field shows of a signature was not on the paper."""
    kind = str(annotation.get("/Subtype"))
    return inherited_type(annotation) != "/Sig" if kind == "/Widget" else kind not in _NOT_DRAWN


def _upright_or_sideways(matrix: Matrix) -> bool:
    a, b, c, d = (abs(value) for value in matrix[:4])
    straight, sideways = (a, d), (b, c)
    if max(straight) < max(sideways):
        straight, sideways = sideways, straight
    return max(sideways) <= 1e-4 * max(straight) and min(straight) > 0


def _covered(matrix: Matrix) -> tuple[float, float, float, float]:
    """Return where the unit square lies under ``matrix``: left, bottom, right, top in user space."""
    a, b, c, d, e, f = matrix
    width, height = a + c, b + d  # of each pair one is nothing
    return min(e, e + width), min(f, f + height), max(e, e + width), max(f, f + height)


def _fills(box: Sequence[float], frame: Frame) -> bool:
    across = min(box[2], frame.x0 + frame.width) - max(box[0], frame.x0)
    down = min(box[3], frame.y0 + frame.height) - max(box[1], frame.y0)
    return across >= _FILLED * frame.width and down >= _FILLED * frame.height


def _unclipped(picture: pypdfium2.PdfImage, box: Sequence[float], frame: Frame) -> bool:
    """Tell whether all that the page could show of the picture is shown: clips are rectangles around it."""
    import pypdfium2.raw as raw

    clip = raw.FPDFPageObj_GetClipPath(picture.raw)
    shown = (
        *(max(box[0], frame.x0), max(box[1], frame.y0)),
        *(min(box[2], frame.x0 + frame.width), min(box[3], frame.y0 + frame.height)),
    )
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = []
        for segment in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(
                raw.FPDFClipPath_GetPathSegment(clip, path, segment), ctypes.byref(x), ctypes.byref(y)
            )
            points.append((x.value, y.value))
        xs, ys = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
        if len(xs) != 2 or len(ys) != 2 or not 4 <= len(points) <= 5:
            return False
        around = min(xs) <= shown[0] + _SLACK and max(xs) >= shown[2] - _SLACK
        if not around or min(ys) > shown[1] + _SLACK or max(ys) < shown[3] - _SLACK:
            return False
    return True


def _placed(image: Image.Image, matrix: Matrix) -> Image.Image:
    """Return the picture as its matrix lays it: flipped, or on its side."""
    from PIL import Image

    a, b, c, d, *_ = matrix
    if abs(a) < abs(b):  # what was right is up or down
        image = image.transpose(Image.Transpose.TRANSVERSE)
        a, d = c, b
    if a < 0:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if d < 0:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return image


def _cut(image: Image.Image, box: Sequence[float], frame: Frame, scale: tuple[float, float]) -> Image.Image | None:
    """Return what the page shows of the picture, margins beyond it white; None when that is too large."""
    from PIL import Image

    right, top = frame.x0 + frame.width, frame.y0 + frame.height
    apart = (box[0] - frame.x0, box[1] - frame.y0, box[2] - right, box[3] - top)
    if max(abs(side) for side in apart) <= _SLACK:  # sizes of pages are often whole points
        return image
    size = math.ceil(frame.width * scale[0]), math.ceil(frame.height * scale[1])
    if size[0] * size[1] > limits.PIXELS_PER_PAGE:
        return None
    sheet = Image.new(image.mode, size, "white")
    sheet.paste(image, (round((box[0] - frame.x0) * scale[0]), round((top - box[3]) * scale[1])))
    return sheet


def _turned(image: Image.Image, rotation: int) -> Image.Image:
    from PIL import Image

    turns = {90: "ROTATE_270", 180: "ROTATE_180", 270: "ROTATE_90"}  # Pillow turns the other way
    return image.transpose(Image.Transpose[turns[rotation]]) if rotation else image


_NOT_DRAWN = ("/Link", "/Popup")
_SQUARE = 0.03
_FILLED = 0.8
_SLACK = 0.5
"""In points: a sixth of a millimetre."""
