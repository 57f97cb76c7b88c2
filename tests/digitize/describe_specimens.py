"""Sheets of administrative documents as words with boxes, without a picture, and the slips of OCR put into them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digitize.describe.values import ReadPage
from digitize.words import Word

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
LEFT, RIGHT, TOP = 236, 1536, 160  # margins of 30 and 15 mm
LETTER, TALL, LEADING = 15, 34, 46  # pixels: a letter's width, a word's height, from line to line
LEFT_COLUMN, MIDDLE, RIGHT_COLUMN = 510, (LEFT + RIGHT) // 2, 1180


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on a document, by its pieces; a tuple holds printed lines."""

    bodies: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK")
    nation: tuple[str, ...] = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    number: str = "Số: 534/QĐ-UBND"
    dateline: str = "Đắk Lắk, ngày 05 tháng 3 năm 2024"
    about: str = ""
    """The subject of a letter, from «V/v» on."""
    marks: tuple[str, ...] = ()
    title: str = "QUYẾT ĐỊNH"
    subject: str = "Về việc phê duyệt kế hoạch chỉnh lý tài liệu tồn đọng năm 2024"
    authority: str = "ỦY BAN NHÂN DÂN TỈNH"
    addressee: str = ""
    text: tuple[str, ...] = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 17/TTr-SNV ngày 01 tháng 3 năm 2024.",
    )
    recipients: tuple[str, ...] = ("- Như Điều 3;", "- Sở Nội vụ;", "- Lưu: VT, NC.")
    signature: tuple[str, ...] = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Nguyễn Văn An")


def printed(sheet: Sheet) -> ReadPage:
    """Return the page that a sheet fills, read without a slip."""
    words: list[Word] = []
    left = right = TOP
    for line in sheet.bodies:
        left = _put(words, line, left, centre=LEFT_COLUMN)
    for line in sheet.nation:
        right = _put(words, line, right, centre=RIGHT_COLUMN)
    left = right = max(left, right) + 20
    left = _put(words, sheet.number, left, centre=LEFT_COLUMN)
    right = _put(words, sheet.dateline, right, centre=RIGHT_COLUMN)
    for line in _wrapped(sheet.about, 38):
        left = _put(words, line, left, centre=LEFT_COLUMN)
    for line in sheet.marks:
        left = _put(words, line, left, centre=LEFT_COLUMN)
    top = max(left, right) + 60
    for line in (sheet.title, *_wrapped(sheet.subject, 62)):
        top = _put(words, line, top, centre=MIDDLE)
    for line in filter(None, (sheet.authority, sheet.addressee)):
        top = _put(words, line, top + 50, centre=MIDDLE)
    top += 40
    for paragraph in sheet.text:
        for number, line in enumerate(_wrapped(paragraph, 80)):
            top = _put(words, line, top, left=LEFT if number else LEFT + 75)
        top += 15
    top += 30
    left = _put(words, "Nơi nhận:", top, left=LEFT) if sheet.recipients else top
    for line in sheet.recipients:
        left = _put(words, line, left, left=LEFT)
    for line in sheet.signature:
        top = _put(words, line, top, centre=RIGHT_COLUMN)
    return ReadPage(1, tuple(words), WIDTH, HEIGHT)


def spoilt(page: ReadPage, rate: float, seed: int) -> ReadPage:
    """Return a page with OCR's slips in about ``rate`` of its letters; a slip is told by low confidence more often.

    Marks change most, then look-alikes; now and then a blank goes. Digits turn into letters that look like them, but
    never into other digits: nothing could tell.
    """
    chance = random.Random(seed)
    words: list[Word] = []
    for word in page.words:
        text = "".join(_slip(char, chance) if chance.random() < rate else char for char in word.text)
        sure = chance.gauss(94, 3) if text == word.text else chance.gauss(70, 20)
        read = replace(word, text=text, confidence=round(min(97.0, max(0.0, sure)), 1))
        joins = words and chance.random() < rate / 3 and 0 < read.x0 - words[-1].x1 < TALL and _same(words[-1], read)
        if joins:
            words[-1] = replace(
                words[-1], text=words[-1].text + text, x1=read.x1, confidence=min(words[-1].confidence, 60.0)
            )
        else:
            words.append(read)
    return replace(page, words=tuple(words))


def _same(one: Word, other: Word) -> bool:
    return one.line == other.line


def _slip(char: str, chance: random.Random) -> str:
    if char in _ALIKE:
        return chance.choice(_ALIKE[char])
    base = unicodedata.normalize("NFD", char)[0]
    return chance.choice(_MARKED.get(base, char))


def _marked() -> dict[str, str]:
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    found: dict[str, str] = {}
    for char in letters + letters.upper():
        base = unicodedata.normalize("NFD", char)[0]
        found[base] = found.get(base, base) + char
    return found


_MARKED = _marked()
_ALIKE = {"0": "O", "1": "lI", "5": "S", "/": "l/", "-": "–-", "Đ": "ÐD", "đ": "d", ":": ".", ",": ".", ";": ",",
          "l": "1I", "m": "n", "c": "e", "h": "b", "T": "TI", "C": "CG"}  # fmt: skip


def _put(words: list[Word], line: str, top: int, *, centre: int | None = None, left: int | None = None) -> int:
    """Set a line at ``top`` and return where the next one begins."""
    at = left if left is not None else (centre or 0) - len(line) * LETTER // 2
    number = words[-1].line + 1 if words else 0
    for start, text in _words(line):
        x0 = at + start * LETTER
        words.append(Word(text, x0, top, x0 + len(text) * LETTER - 4, top + TALL, 95.0, 0, 0, number))
    return top + LEADING


def _words(line: str) -> Iterator[tuple[int, str]]:
    at = 0
    for text in line.split(" "):
        if text:
            yield at, text
        at += len(text) + 1


def _wrapped(text: str, most: int) -> Sequence[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
