"""Judge the text layer of a PDF page: keep it as it is, or read the page as a picture; the reason has its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from digitize.layers.content import Ink, PageContent
from digitize.layers.words import LayerWord, layer_words
from doclint.vietnamese.legacy import Encoding
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.plausible import MAX_ENGLISH, MIN_MARKED, Plausibility, plausibility

Kind = Literal[
    "digital", "recognised", "blank", "scan", "header", "caption", "curves", "garbage", "poor_ocr", "refused"
]
"""The first three are kept: born digital, text of an earlier OCR that is good, no ink at all. The others are read."""
KEPT: frozenset[Kind] = frozenset({"digital", "recognised", "blank"})

READ_AGAIN, BLANK, SCAN = "đọc lại", "trang trắng", "bản quét"
"""How reasons begin, in the ledger too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, why in a Vietnamese sentence with figures, and the words of its layer when that is kept."""

    kind: Kind
    reason: str
    words: tuple[LayerWord, ...] = ()
    confidence: float = 100.0
    """0 to 100: what is born digital is certain, of an OCR we know only how much is spelled as Vietnamese."""

    @property
    def kept(self) -> bool:
        """Whether the layer is taken as it is, and the page not read."""
        return self.kind in KEPT


def judge(page: PageContent) -> Verdict:
    """Return the verdict on a page."""
    if page.refused:
        return _read("refused", f"lớp chữ không xem được: {page.refused}")
    if page.ink is None:
        return Verdict("blank", f"{BLANK}: không có nét in nào")
    seen = [char for char in page.chars if not char.hidden]
    hidden = sum(char.hidden and char.text.isalnum() for char in page.chars)
    if hidden >= _LAYER and page.ink.pictures >= _PICTURE:
        return _judge_recognised(page, hidden)
    words, encoding = layer_words(seen)
    lines = _lines(words)
    if all(char.text.isspace() for char in seen):
        return _without_text(page, page.ink)
    body = [line for line in lines if not _is_furniture(line, page)]
    count = sum(char.isalnum() for line in body for word in line for char in word.text)
    uncovered = _uncovered(page, page.ink, count, captioned=any(_CAPTION.match(_folded(line)) for line in lines))
    return uncovered or _judge_digital(words, encoding, page.ink)


def _without_text(page: PageContent, ink: Ink) -> Verdict:
    if ink.pictures >= ink.drawn:
        return _read("scan", f"{SCAN}, 0 chữ trong lớp chữ")
    return _read("curves", f"không có chữ, chỉ có nét vẽ: {page.outlines} hình cong tô kín như chữ đã chuyển thành nét")


def _uncovered(page: PageContent, ink: Ink, count: int, *, captioned: bool) -> Verdict | None:
    """Judge a page whose contents are not in its text; ``count`` letters and digits are, beside its furniture."""
    figures = f"{count} chữ ngoài đầu trang, số trang; chữ chiếm {_percent(ink.text)}"
    if page.outlines >= _OUTLINES and ink.drawn >= _HALF and count < _LITTLE:
        return _read("curves", f"nội dung là nét vẽ: {figures} nét in, nét vẽ {_percent(ink.drawn)}")
    if ink.pictures < (_HALF if count else _PICTURE) or count >= _LITTLE or (count and page.pictured < _HALF):
        return None
    figures += f", ảnh {_percent(ink.pictures)} nét in"
    if captioned and not count:
        return _read("caption", f"chỉ có dòng chú thích chữ ký số trên ảnh: {figures}")
    return _read("header", f"chữ chỉ là đầu trang trên ảnh: {figures}")


def _judge_digital(words: Sequence[LayerWord], encoding: Encoding | None, ink: Ink) -> Verdict:
    quality = plausibility(_text(words))
    if flaw := _flaw(quality, least=_PLAUSIBLE):
        return _read("garbage", f"lớp chữ hỏng: {flaw}")
    old = f", chuyển từ bảng mã {encoding}" if encoding else ""
    reason = f"giữ lớp chữ: {_spelled(quality)}, chữ chiếm {_percent(ink.text)} nét in{old}"
    return Verdict("digital", reason, tuple(words))


def _judge_recognised(page: PageContent, hidden: int) -> Verdict:
    """Judge a scan that an earlier OCR has put its words under, or behind, the picture of."""
    assert page.ink is not None
    words, _ = layer_words(page.chars)
    quality = plausibility(_text(words))
    if page.ink.recognised < _HALF:
        missing = f"{hidden} chữ ẩn chỉ nằm trên {_percent(page.ink.recognised)} nét in của ảnh"
        return _read("poor_ocr", f"lớp chữ OCR cũ không đủ: {missing}")
    if flaw := _flaw(quality, least=_WELL_READ) or _loses_marks(quality):
        return _read("poor_ocr", f"lớp chữ OCR cũ kém: {flaw}")
    covers = f"nằm trên {_percent(page.ink.recognised)} nét in của ảnh"
    return Verdict(
        "recognised", f"giữ lớp chữ OCR sẵn có: {_spelled(quality)}, {covers}", tuple(words), 100 * quality.possible
    )


def _flaw(quality: Plausibility, *, least: float) -> str:
    """Return what shows that a text is not what is printed, empty when nothing does or there is too little to tell."""
    if quality.printed and quality.strange > max(3, _STRANGE * quality.printed):
        return f"{quality.strange} trong {quality.printed} ký tự không có nghĩa"
    if quality.english > MAX_ENGLISH or quality.syllables < _FEW:
        return ""
    if quality.marked < MIN_MARKED and quality.letters > _LITTLE:
        return f"mất dấu tiếng Việt: {_percent(quality.marked)} chữ cái có dấu"
    if quality.marked < MIN_MARKED and quality.possible >= _UNMARKED:
        return ""  # names and codes have no marks either
    if quality.possible < (least if quality.syllables >= _ENOUGH else _HALF):
        return f"chỉ {_spelled(quality)}"
    return ""


def _loses_marks(quality: Plausibility) -> str:
    few = quality.marked < _WELL_MARKED and quality.syllables >= _ENOUGH and quality.english <= MAX_ENGLISH
    return f"chỉ {_percent(quality.marked)} chữ cái có dấu" if few else ""


def _is_furniture(line: Sequence[LayerWord], page: PageContent) -> bool:
    """Tell whether a line belongs to the page, not to its text: running head, page number, caption of a signature."""
    text = _folded(line)
    if _CAPTION.match(text):
        return True
    top, bottom = min(word.box[1] for word in line), max(word.box[3] for word in line)
    edge = bottom < _MARGIN * page.height or top > (1 - _MARGIN) * page.height
    aside = max(word.box[2] for word in line) < _MARGIN * page.width or line[0].box[0] > (1 - _MARGIN) * page.width
    return (edge or aside) and bool(_RUNNING.match(text) or _NUMBER.fullmatch(text))


def _lines(words: Sequence[LayerWord]) -> list[list[LayerWord]]:
    return [list(line) for _, line in groupby(words, key=lambda word: word.line)]


def _folded(line: Sequence[LayerWord]) -> str:
    return fold(" ".join(word.text for word in line))


def _text(words: Sequence[LayerWord]) -> str:
    return " ".join(word.text for word in words)


def _read(kind: Kind, reason: str) -> Verdict:
    return Verdict(kind, f"{READ_AGAIN}: {reason}")


def _spelled(quality: Plausibility) -> str:
    return f"{_percent(quality.possible)} của {quality.syllables} âm tiết đúng chính tả"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


_LAYER = 20
"""Hidden letters from which on a page is a scan with its text recognised."""
_PICTURE, _HALF = 0.3, 0.5
"""Shares of ink."""
_LITTLE = 400
"""Letters and digits: a third of a page."""
_OUTLINES = 150
"""Filled shapes of curves: three lines of letters."""
_STRANGE = 0.05
_FEW, _ENOUGH = 8, 25
"""Syllables from which on spelling says something, and says it surely."""
_PLAUSIBLE = 0.75
"""Share of syllables spelled as Vietnamese ones; 0.85 is the least of a real digital page, of a table of codes."""
_WELL_READ = 0.92
"""The same for text of an OCR: 0.94 to 0.99 on real scans read with its Vietnamese model, 0.59 to 0.70 without it."""
_WELL_MARKED = 0.15
"""Share of letters with marks: 0.27 to 0.30 in the first case, 0.04 to 0.07 in the second."""
_UNMARKED = 0.4
_MARGIN = 0.1
_NUMBER = re.compile(r"(?:(?:trang\s*|page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|tren|of)\s*\d{1,4})?\s*)+")
_RUNNING = re.compile(r"(?:\d+\s+)*cong bao\s*/\s*so\b")
_CAPTION = re.compile(
    r"(?:nguoi ky|ky boi|ky so boi|duoc ky boi|thoi gian ky|ngay ky|digitally signed by)\b"
    r"|(?:email|co quan|to chuc|don vi|chuc vu|date|reason|location|ly do|dia diem)\s*:"
)
