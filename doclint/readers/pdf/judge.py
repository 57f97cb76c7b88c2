"""Decide for every page whether its text can be trusted; a page that cannot is never passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.readers.pdf.furniture import body_lines
from doclint.readers.pdf.lines import Page
from doclint.readers.pdf.sheet import Rectangle
from doclint.vietnamese.legacy import encoding_of_font
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.plausible import MAX_ENGLISH, MIN_MARKED, plausibility

SCANNED = "bản quét, hãy dùng digitize"
GARBAGE = "lớp chữ hỏng (nhận dạng sai hoặc phông lỗi), hãy dùng digitize với bản in"
UNMARKED = "lớp chữ mất dấu tiếng Việt (nhận dạng sai), hãy dùng digitize với bản in"
LEGACY = "chữ theo bảng mã cũ (TCVN3, VNI, VPS) hỏng, không chuyển được sang Unicode, hãy dùng digitize với bản in"
PICTURED = "chỉ phần đầu trang là chữ, nội dung là ảnh, hãy dùng digitize"
CAPTION = "chỉ có dòng chú thích chữ ký số, nội dung là ảnh, hãy dùng digitize"
CURVES = "chữ đã chuyển thành nét vẽ, hãy dùng digitize với bản in"


def judge(page: Page) -> str:
    """Return why the text of ``page`` cannot be trusted, empty when it can. A blank page can."""
    if page.refused:
        return page.refused
    body = body_lines(page)
    text = "\n".join(line.text for line in body)
    count = sum(char.isalnum() for char in text)
    covered = cover(page)
    if not count:
        return _without_text(page, covered)
    if covered >= _PICTURE and count < _LITTLE and not page.hidden:
        return PICTURED
    if page.drawn >= _OUTLINES and count < _LITTLE:
        return CURVES
    return judge_text(text, {font.name or "" for line in body for _, font in line.fonts})


def judge_text(text: str, fonts: set[str]) -> str:
    """Return why ``text`` is no Vietnamese that could be checked, empty when it is, or too short to tell."""
    seen = plausibility(text)
    legacy = any(map(encoding_of_font, fonts))
    if seen.printed and seen.strange > max(3, 0.05 * seen.printed):
        return LEGACY if legacy else GARBAGE
    if seen.syllables < _ENOUGH or seen.english > MAX_ENGLISH:
        return ""
    if seen.marked < MIN_MARKED:
        # Names and codes have no marks either: of little text this says nothing.
        return "" if seen.letters <= _LITTLE else UNMARKED if seen.possible > _UNMARKED_PLAUSIBLE else GARBAGE
    return "" if seen.possible >= _PLAUSIBLE else LEGACY if legacy else GARBAGE


def cover(page: Page) -> float:
    """Return the share of the page that pictures cover, each point once."""
    if not page.pictures:
        return 0.0
    grid = 48
    covered: set[int] = set()
    for picture in page.pictures:
        covered.update(_points(picture, page.width, page.height, grid))
        if len(covered) == grid * grid:
            break
    return len(covered) / (grid * grid)


def _points(picture: Rectangle, width: float, height: float, grid: int) -> list[int]:
    """Return which of the ``grid`` × ``grid`` points of a page lie in ``picture``."""
    x0, top, x1, bottom = picture
    columns = [n for n in range(grid) if x0 <= (n + 0.5) * width / grid < x1]
    rows = [n for n in range(grid) if top <= (n + 0.5) * height / grid < bottom]
    return [row * grid + column for row in rows for column in columns]


def _without_text(page: Page, covered: float) -> str:
    """Judge a page that has no body text: blank, scanned, drawn, or with nothing but its furniture."""
    parts = {line.part for line in page.lines if any(char.isalnum() for char in line.text)}
    if covered < _ANY and page.drawn < _FEW_OUTLINES:
        return CAPTION if _captioned(page) else ""
    if covered < _ANY:
        return CURVES
    if not parts:
        return SCANNED
    return CAPTION if _captioned(page) else PICTURED


def _captioned(page: Page) -> bool:
    lines: Sequence[str] = [fold(line.text) for line in page.lines]
    return any(_CAPTION.match(line) for line in lines)


_CAPTION = re.compile(r"(?:nguoi ky|ky boi|ky so boi|thoi gian ky|ngay ky|digitally signed)")
_PICTURE = 0.6
"""Share of a page under pictures from which on they are its contents."""
_ANY = 0.1
"""The same on a page without text: seals and crests are smaller."""
_LITTLE = 400
"""Letters and digits: a third of a page."""
_OUTLINES, _FEW_OUTLINES = 150, 40
"""Filled shapes of the size of letters on a page with little, with no text: 40 letters are a line."""
_ENOUGH = 25
_PLAUSIBLE, _UNMARKED_PLAUSIBLE = 0.75, 0.4
"""Share of syllables spelled as Vietnamese ones; those that a stop closes are not without their tone."""
