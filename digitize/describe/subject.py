"""What a document is about: the lines under the title, or those that begin with «V/v» under the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digitize.describe.head import Head, leading
from digitize.describe.likeness import begins_like, letters
from digitize.describe.pieces import Piece, place_of
from digitize.describe.values import Field, absent, judged
from digitize.words import Word
from doclint.vietnamese.normalise import fold


def subject_field(head: Head, found: Sequence[Piece], width: int) -> Field:
    """Return the subject; the pieces of the first page, of ``width`` pixels, are in the order of reading."""
    if head.title is not None:
        lines, how = _under_title(head, found, width), f"các dòng dưới «{head.title.name.upper()}»"
    elif head.about is not None:
        lines, how = _under_number(head.about, found, width), "các dòng từ «V/v»"
    else:
        return absent("không thấy tên loại hay «V/v»", confidence=0.5)
    words = [word for line in lines for word in _without_stains(line.words)]
    if not words:
        return absent("không có dòng nào dưới tên loại", confidence=0.5)
    text = " ".join(word.text for word in words)
    spoilt = sum(word.confidence < _SPOILT for word in words) / len(words)
    mean = sum(word.confidence for word in words) / len(words) / 100
    review = "quá dài" if len(words) > _LONGEST else ""
    return judged(text, mean + 0.05 - 1.5 * spoilt, how, place_of(lines[0].page, words), review=review)


def _without_stains(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of a line without what stamps and dirt at its ends were read as."""
    first, last = 0, len(words)
    while first < last and _is_stain(words[first]):
        first += 1
    while last > first and _is_stain(words[last - 1]):
        last -= 1
    return words[first:last]


def _is_stain(word: Word) -> bool:
    return word.confidence < _STAIN and not (word.text.isalpha() and len(word.text) > 1)


def _under_title(head: Head, found: Sequence[Piece], width: int) -> list[Piece]:
    assert head.title is not None
    title = head.title.piece
    rest = [word for word in title.words if word.x0 > head.title.words[-1].x0]
    below = sorted((piece for piece in found if piece.top > title.top + 0.5 * _height(title)), key=lambda one: one.top)
    lines: list[Piece] = [Piece(title.page, tuple(rest))] if rest and not title.capitals else []
    for piece in below:
        if piece is title or _is_rule(piece) or _beside_margin(piece, title, width):
            continue
        if _ends_subject(piece, lines) or (lines and _far(piece, lines)) or _indented(piece, lines, width):
            break
        lines.append(piece)
    return lines


def _under_number(about: Piece, found: Sequence[Piece], width: int) -> list[Piece]:
    lines = [about]
    for piece in sorted(found, key=lambda one: one.top):
        if piece.top <= about.top or piece is about or _is_rule(piece) or piece.box[0] > 0.52 * width:
            continue
        if (
            _STOP.match(fold(piece.text))
            or (piece.capitals and not about.capitals)
            or piece.top - lines[-1].top > 1.75 * max(leading(lines), 1.1 * _height(about))
        ):
            break
        if min(piece.box[2], about.box[2]) > max(piece.box[0], about.box[0]):
            lines.append(piece)
    return lines


def _ends_subject(piece: Piece, lines: Sequence[Piece]) -> bool:
    """Tell whether the text begins here: a basis, a numbered heading, an addressee, who decides."""
    folded = fold(piece.text)
    if _STOP.match(folded) or begins_like(letters(folded), "kinhgui", 1) or (lines and _OPENING.match(piece.text)):
        return True
    return bool(lines) and piece.capitals and (not lines[-1].capitals or _AUTHORITY.match(folded) is not None)


def _far(piece: Piece, lines: Sequence[Piece]) -> bool:
    """Tell whether a wider gap than between the lines of the subject stands before a piece."""
    step = leading(lines) or 1.5 * _height(lines[-1])
    return piece.top - lines[-1].top > 1.55 * step


def _indented(piece: Piece, lines: Sequence[Piece], width: int) -> bool:
    """Tell whether a paragraph begins: it fills the line to the right margin but not to the left one."""
    if not lines:
        return False
    middle = sum(line.middle for line in lines) / len(lines)
    return piece.box[2] - piece.box[0] > 0.55 * width and piece.middle - middle > 0.02 * width


def _beside_margin(piece: Piece, title: Piece, width: int) -> bool:
    """Tell whether a piece is a stamp at the side: it keeps wholly to one side of the title."""
    left, _, right, _ = piece.box
    return right < title.middle - 0.08 * width or left > title.middle + 0.08 * width


def _is_rule(piece: Piece) -> bool:
    return not any(char.isalnum() for char in piece.text)


def _height(piece: Piece) -> float:
    return piece.bottom - piece.top


_SPOILT, _STAIN = 60, 30
_LONGEST = 150
_STOP = re.compile(
    r"\W{0,2}(?:can cu|can cir|theo de nghi|xet de nghi|xet to trinh|kinh gui|dieu [1li]\b|chuong [i1l]\b|hom nay\b"
    r"|i\.\s|[1l]\.\s|phan (?:i|thu)\b|noi nhan|quyet dinh\s*:|quyet nghi\s*:"
    r"|\(kem theo|\(ban hanh)"
)
# A subject may begin so too, but none goes on so in a new line.
_OPENING = re.compile(r"(?:Thực hiện|Triển khai|Thi hành|Để thực hiện|Ngày) .{20}")
_AUTHORITY = re.compile(
    r"(?:chinh phu|thu tuong|bo truong|chu tich|chu nhiem|giam doc|uy ban|hoi dong|quoc hoi|thong doc|tong |chanh "
    r"|truong |cuc truong|vien truong|hieu truong|ban (?:thuong|chap)|dang uy|tinh uy|lien bo)"
)
