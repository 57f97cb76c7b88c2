"""Which way up a page lies: by the lines and the letters themselves, and by Tesseract's OSD where those raise doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digitize.decisions import Decision
from digitize.imaging.pixels import as_array, comma, components, grey, ink, reduced
from digitize.imaging.skew import slant, slid, strips

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage
    from digitize.words import Word

_DPI = 75.0  # of the copy that is measured
_LETTERS = 40  # fewer on a page say nothing
_SIDEWAYS = 0.8  # how much sharper the lines across must be than those down: pages of print have 1.6 and more
_UPRIGHT, _CLEAR = 0.0, 0.05  # lean of the letters: below -0.05 on every page seen that stands upright
_OSD_SURE, _OSD_ALONE = 2.0, 8.0  # its own measure of confidence
_POOR = 60.0  # mean confidence of a reading


@dataclass(frozen=True, slots=True)
class Osd:
    """What Tesseract says: degrees clockwise to turn a page by, and how sure it is; why, where it says nothing."""

    turn: int
    sure: float
    failed: str = ""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that run one way: how sharp they are, and the lean of their letters.

    The lean is below 0 when print stands upright: under the bodies of letters, on the line they stand on, ink ends more
    sharply than above them, where Vietnamese has ascenders, capitals and nearly all its marks.
    """

    sharp: float
    lean: float


def upright_turn(page: PageImage, seconds: int) -> tuple[int, Decision]:
    """Return by how many degrees clockwise, 0, 90, 180 or 270, a page must be turned to stand upright.

    OSD, which may take ``seconds``, is asked only when lines seem to run down the page or letters to stand on their
    heads. Without it the lean of the letters decides, if it is clear.
    """
    across, down, letters = _lines(page)
    ratio = across.sharp / down.sharp if down.sharp else 99.0
    evidence = (("letters", letters), ("across", ratio), ("lean", across.lean))
    if letters < _LETTERS:
        return 0, _kept(f"chỉ có {letters:.0f} nét cỡ chữ, chưa đủ để biết chiều", evidence)
    if ratio >= _SIDEWAYS and across.lean < _UPRIGHT:
        return 0, _kept(f"dòng chữ nằm ngang, rõ gấp {comma(ratio)} lần chiều dọc; chữ đứng thẳng", evidence)
    if ratio >= _SIDEWAYS:
        suspected, lean = 180, across.lean
    else:
        suspected, lean = (90, -down.lean) if down.lean < 0 else (270, down.lean)
    return _settled(suspected, lean, osd(page, seconds), (*evidence, ("down_lean", down.lean)))


def turn_after_poor_reading(page: PageImage, confidence: float | None, seconds: int) -> tuple[int, Decision] | None:
    """Ask OSD, when a page was read with a poor mean ``confidence`` (0–100, None for no words), which way up it lies.

    Return the turn as ``upright_turn`` does, for a second reading; None when the reading was not poor.
    """
    if confidence is not None and confidence >= _POOR:
        return None
    said = osd(page, seconds)
    evidence = (("confidence", confidence or 0.0), ("osd_turn", float(said.turn)), ("osd_sure", said.sure))
    read = f"đọc chỉ tin được {comma(confidence)} %" if confidence is not None else "không đọc được chữ nào"
    if said.failed:
        return 0, _kept(f"{read}; {said.failed}", evidence)
    if said.turn and said.sure >= _OSD_SURE:
        return said.turn, _turned(f"{read}, OSD tin {comma(said.sure)}: {_done(said.turn)} và đọc lại", evidence)
    return 0, _kept(f"{read}, nhưng OSD không thấy trang bị xoay", evidence)


def osd(page: PageImage, seconds: int) -> Osd:
    """Ask Tesseract which way up a page lies. It needs osd.traineddata (package tesseract-ocr-osd) and 50 letters."""
    import pytesseract

    try:
        said = pytesseract.image_to_osd(
            page.image, config=f"--dpi {round(page.dpi)}", timeout=seconds, output_type=pytesseract.Output.DICT
        )
        return Osd(int(said["rotate"]), float(said["orientation_conf"]))
    except pytesseract.TesseractError as error:
        missing = "osd.traineddata" in error.message
        return Osd(0, 0.0, "máy chưa có gói tesseract-ocr-osd" if missing else "OSD không xác định được chiều trang")
    except (
        RuntimeError,
        OSError,
        KeyError,
        ValueError,
    ):  # too slow, not installed, not its own words
        return Osd(0, 0.0, "OSD không chạy được")


def turn(page: PageImage, degrees: int) -> PageImage:
    """Return a page turned clockwise by 0, 90, 180 or 270 degrees."""
    from PIL import Image

    from digitize.pages import PageImage

    way = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return PageImage(page.image.transpose(way[degrees]), page.dpi) if degrees else page


def turn_back(words: tuple[Word, ...], degrees: int, width: int, height: int) -> tuple[Word, ...]:
    """Return words of a page that was turned, with boxes on the page as it was, ``width`` × ``height`` pixels."""

    def box(word: Word) -> Word:
        x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
        if degrees == 90:
            x0, y0, x1, y1 = y0, height - x1, y1, height - x0
        elif degrees == 180:
            x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
        elif degrees == 270:
            x0, y0, x1, y1 = width - y1, x0, width - y0, x1
        return replace(word, x0=x0, y0=y0, x1=x1, y1=y1)

    return tuple(box(word) for word in words)


def _settled(suspected: int, lean: float, said: Osd, evidence: tuple[tuple[str, float], ...]) -> tuple[int, Decision]:
    """Return the turn on which the letters and OSD agree, or that of the one which is sure."""
    evidence = (*evidence, ("osd_turn", float(said.turn)), ("osd_sure", said.sure))
    seen = "chữ đứng ngược" if suspected == 180 else "dòng chữ chạy dọc trang"
    if said.turn == suspected or said.sure >= _OSD_ALONE:
        if not said.turn:
            return 0, _kept(f"{seen}, nhưng OSD tin {comma(said.sure)} là trang đứng thẳng", evidence)
        return said.turn, _turned(f"{seen}, OSD tin {comma(said.sure)}: {_done(said.turn)}", evidence)
    if lean >= _CLEAR and said.sure < _OSD_SURE:
        why = said.failed or "OSD không chắc"
        return suspected, _turned(f"{seen}; {why}: {_done(suspected)}", evidence)
    return 0, _kept(f"{seen}, nhưng chưa đủ chắc (OSD: {said.turn}°, tin {comma(said.sure)})", evidence)


def _lines(page: PageImage) -> tuple[_Lines, _Lines, float]:
    """Return the lines across and those down a page, and how many marks of the size of letters it has."""
    import numpy

    letters, count = _letters(*reduced(grey(as_array(page)), page.dpi, _DPI))
    down = numpy.ascontiguousarray(letters.T)
    return _measured(letters), _measured(down), float(count)


def _measured(letters: Grey) -> _Lines:
    import numpy

    rows, width = strips(letters), letters.shape[1]
    angle, sharp, _ = slant(rows, width)
    edges = numpy.diff(slid(rows, angle, width), axis=0)
    total = float((numpy.abs(edges) ** 3).sum())
    return _Lines(sharp, float((edges**3).sum()) / total if total else 0.0)


def _letters(pixels: Grey, dpi: float) -> tuple[Grey, int]:
    """Return 1 on ink that may be letters: not frames, rules, pictures or the black round a page; and how many."""
    import cv2
    import numpy

    labels, stats = components(ink(pixels, dpi))
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    short, long = sides.min(axis=1), sides.max(axis=1)
    other = (short > 0.8 * dpi) | (long > 2.2 * dpi) | ((long > 0.4 * dpi) & (short <= 0.04 * dpi))
    other[0] = True
    return (~other).astype(numpy.uint8)[labels], int((~other & (long >= dpi / 20)).sum())


def _done(degrees: int) -> str:
    return f"đã xoay {degrees}° theo chiều kim đồng hồ"


def _kept(reason: str, evidence: tuple[tuple[str, float], ...]) -> Decision:
    return Decision("orientation", False, reason, evidence)


def _turned(reason: str, evidence: tuple[tuple[str, float], ...]) -> Decision:
    return Decision("orientation", True, reason, evidence)
