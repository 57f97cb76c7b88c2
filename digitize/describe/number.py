"""The number and symbol of a document, by their grammar: «Số: 534/QĐ-UBND», «Số 226-KL/TW», «534 QĐ/UB».

What OCR confuses is told apart by the place: O before the stroke is a zero, Ð is Đ. A number that was filled in by hand
stands apart from the printed stroke; what OCR makes of it is shown, never trusted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digitize.describe.gazetteer import symbol_parts
from digitize.describe.likeness import as_digits
from digitize.describe.pieces import Piece, place_of, trust
from digitize.describe.values import Field, Place, absent, judged
from digitize.words import Word
from doclint.vietnamese.normalise import fold

BY_HAND = "số viết tay, cần người xem"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A line that holds a number: its piece, what was read of number and symbol, and whether the number is by hand."""

    piece: Piece
    digits: str
    blank: bool
    symbol: str
    stroke: bool
    labelled: bool

    @property
    def by_hand(self) -> bool:
        """Whether the number seems to be filled in: apart from its stroke, or no number at all."""
        return self.blank or not _NUMERAL.fullmatch(self.digits)


def numbering(piece: Piece) -> Numbering | None:
    """Return what a piece says of a number, None when it is not the line of one."""
    text = piece.text
    label = _LABEL.match(text)
    if label is None:
        bare = _BARE.fullmatch(text)
        return (
            Numbering(piece, bare["digits"], bool(bare["blank"]), bare["symbol"], bool(bare["stroke"]), False)
            if bare
            else None
        )
    rest = text[label.end() :].strip(" .,;:_")
    lost = _LOST_STROKE.match(rest)
    if lost is not None:
        return Numbering(piece, lost["digits"], False, rest[lost.end("digits") + 1 :], False, True)
    match = _NUMBER.fullmatch(rest)
    if match is not None:
        filled, _, symbol = (match["symbol"] or "").partition("/")
        if not match["digits"] and filled not in symbol_parts() and re.split("[-/]", symbol)[0] in symbol_parts():
            return Numbering(piece, filled, True, symbol, True, True)  # figures by hand, read as letters
        return Numbering(
            piece, match["digits"], bool(match["blank"]), match["symbol"] or "", bool(match["stroke"]), True
        )
    tail = _SYMBOL_ONLY.search(rest)
    if tail is not None:
        return Numbering(piece, rest[: tail.start()].strip(), True, tail["symbol"], True, True)
    if label["colon"] or _DOTS.fullmatch(rest):
        return Numbering(piece, rest if not _DOTS.fullmatch(rest) else "", True, "", False, True)
    return None


def number_field(found: Numbering | None) -> Field:
    """Return the number. Raises nothing: what cannot be read is for a person."""
    if found is None:
        return absent("không thấy dòng «Số:» ở đầu văn bản", confidence=0.6)
    words = _words_of(found, found.digits)
    place = place_of(found.piece.page, words)
    if not found.digits:
        return judged("", 0.0, f"đọc «{found.piece.text}»", place, review=f"chỗ số để trống: {BY_HAND}")
    if found.by_hand:
        read = found.digits if found.digits.isdigit() else ""
        return judged(read, 0.3, f"đọc «{found.piece.text}»", place, review=BY_HAND)
    suffix = found.digits[-1] if found.digits[-1] in _SUFFIXES else ""
    digits = as_digits(found.digits.removesuffix(suffix)).replace(".", "") + suffix
    # «534 QĐ/UB» is how it was written until the nineties.
    parted = found.stroke or re.match(r"[^\W\d]+/", found.symbol) is not None
    confidence = trust(words) + (0.08 if parted and found.labelled else -0.3)
    review = "" if digits == found.digits.replace(".", "") else "có chữ đọc thay cho chữ số"
    return judged(digits, confidence, f"dòng số «{found.piece.text}»", place, review=review)


def symbol_field(found: Numbering | None, type_code: str) -> Field:
    """Return the symbol; ``type_code`` is the abbreviation of the printed type, empty when none was seen."""
    if found is None:
        return absent("không thấy dòng «Số:» ở đầu văn bản", confidence=0.6)
    words = _words_of(found, found.symbol)
    place: Place = place_of(found.piece.page, words)
    if not found.symbol:
        return judged("", 0.0, f"đọc «{found.piece.text}»", place, review="không đọc được ký hiệu")
    symbol, doubts = _spelt(found.symbol, type_code)
    evidence = f"dòng số «{found.piece.text}»"
    if doubts:
        evidence += f"; {', '.join(doubts)}"
    parts = re.split(r"[-/]", symbol)
    share = sum(part in symbol_parts() or part.isdigit() for part in parts) / len(parts)
    confidence = min(trust(words) + 0.05 + 0.15 * share, 1.0)
    if type_code and re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0] == type_code:
        confidence += 0.1
    return judged(symbol, confidence, evidence, place, review="ký hiệu đọc chưa chắc" if doubts else "")


def _spelt(read: str, type_code: str) -> tuple[str, list[str]]:
    """Return a symbol in its letters and what was changed for want of a mark that OCR loses."""
    symbol = re.sub(r"\s*([-–—/⁄.])\s*", r"\1", read.strip(" .,;:_-"))
    symbol = (
        re.sub("[–—]", "-", symbol).replace("⁄", "/").replace("Ð", "Đ").replace(" ", "-" if "-" not in read else "")
    )
    doubts = []
    year = _YEAR.match(symbol)
    head = as_digits(year[1]) + "/" if year else ""
    if year and head != year[0]:
        doubts.append(f"«{year[0]}» hiểu là «{head}»")
    parts = re.split(r"([-/.])", symbol[year.end() if year else 0 :])
    for number, part in enumerate(parts):
        if part in symbol_parts() or len(part) < 2 or not part.isalnum() or _TERM.fullmatch(part):
            continue
        alike = [known for known in symbol_parts() if fold(known) == fold(part)]
        if number == 0 and type_code in alike:
            parts[number] = type_code  # the title says the same in full
        elif len(alike) == 1:
            parts[number] = alike[0]
            if part.upper() != alike[0].upper():
                doubts.append(f"«{part}» hiểu là «{alike[0]}»")
        elif not alike and (meant := _look_alike(part)):
            parts[number] = meant
            doubts.append(f"«{part}» hiểu là «{meant}»")
    if number_of_type := _other_type(parts[0], type_code):
        parts[0] = number_of_type
    return head + "".join(parts), doubts


def _look_alike(part: str) -> str:
    """Return the one known part that differs from ``part`` only by letters that OCR takes for each other, else ""."""
    term = re.fullmatch(r"(QH|UBTVQH)([\dOIlSB]{1,2})", part)
    if term is not None:
        return term[1] + as_digits(term[2])
    shape = part.translate(_SHAPES)
    alike = {known for known in symbol_parts() if len(known) > 1 and known.translate(_SHAPES) == shape}
    return alike.pop() if len(alike) == 1 else ""


def _other_type(part: str, type_code: str) -> str:
    """Return the type that the title says, where the symbol has it but for a mark: HD is hướng dẫn, or HĐ spoilt."""
    return type_code if part != type_code and fold(part) == fold(type_code) else ""


def _words_of(found: Numbering, wanted: str) -> tuple[Word, ...]:
    """Return the words of the piece that hold ``wanted``, all when it stands in none."""
    words: Sequence[Word] = found.piece.words
    start = found.piece.text.find(wanted) if wanted else -1
    if start < 0:
        return tuple(words)
    end, at, kept = start + len(wanted), 0, []
    for word in words:
        if at < end and at + len(word.text) > start:
            kept.append(word)
        at += len(word.text) + 1
    return tuple(kept) or tuple(words)


_LABEL = re.compile(
    r"\W{0,3}(?:(?:Nghị\s+quyết|Luật|Bộ\s+luật|Pháp\s+lệnh|Lệnh)\s+)?"
    r"[Ss5$§][oóòỏõọôốồổỗộơớờởỡợéẽẻêếẹOÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢ06](?P<colon>\s?[:;.,]\s*|(?=\s*[\d/…])|\s+(?=[\dOlI]))",
)
_FIGURE = r"[\dOoQIlSsBZ]"
_SIGN = rf"(?:{_FIGURE}{{4}}\s?[/⁄lI|]\s?)?[A-ZĐÐ][\wĐÐ&]*(?:\s?[-–—/⁄.]\s?[\wĐÐ&]+)*"
_SUFFIXES = tuple("abcdđeg")
_NUMERAL = re.compile(rf"{_FIGURE}[\dOoQIlSsBZ|!.]*[{''.join(_SUFFIXES)}]?")
# «58l2031/TT-BTC»: the stroke before the year was read as a letter.
_LOST_STROKE = re.compile(r"(?P<digits>\d{1,4})[lI|](?:19|20)\d\d\s?[/⁄]")
_YEAR = re.compile(rf"({_FIGURE}{{4}})[/lI|](?=[A-ZĐ])")
_TERM = re.compile(r"(?:QH|UBTVQH|K)\d{1,2}")
_SHAPES = str.maketrans("ILJ1lTOQ0DĐCGB8R", "IIIIIIOOOOOOOBBB")
_NUMBER = re.compile(
    rf"(?P<digits>(?:{_FIGURE}[\dOoQIlSsBZ|!.]*(?:[a-zđ](?=\s?[/⁄-]))?(?=[\s/⁄–—-]|$)|\d+)?)(?P<blank>(?:(?<=\d)|^)[\s.…_]+(?=[/⁄–-])|^(?=[/⁄]))?"
    rf"(?P<stroke>\s?[/⁄∕–—-]\s?)?\s*(?P<symbol>{_SIGN})?"
)
_SYMBOL_ONLY = re.compile(rf"[/⁄]\s*(?P<symbol>{_SIGN})$")
_BARE = re.compile(
    r"(?P<digits>\d{1,5}[a-zđ]?)(?P<blank>\s+(?=[/⁄]))?(?P<stroke>\s?[/⁄-]\s?|\s)"
    r"(?P<symbol>(?:\d{4}/)?[A-ZĐÐ]{1,6}(?:[-/][A-ZĐÐ][\wĐÐ]*)+)"
)
_DOTS = re.compile(r"[\s.…_/-]*")
