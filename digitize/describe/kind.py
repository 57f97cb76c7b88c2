"""The type of a document: its printed title, borne out by its symbol; a letter has none and is known by «V/v»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from digitize.describe.likeness import distance, letters
from digitize.describe.pieces import Piece, place_of, trust
from digitize.describe.values import Field, absent, judged
from digitize.words import Word
from doclint.anatomy.types import TYPE_NAMES, type_name

LETTER = "công văn"
_TT05 = (
    "nghị quyết", "quyết định", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo", "hướng dẫn", "chương trình",
    "kế hoạch", "phương án", "đề án", "dự án", "báo cáo", "tờ trình", "giấy ủy quyền", "phiếu gửi", "phiếu chuyển",
    "phiếu báo", "biên bản", "hợp đồng", "công văn", "công điện", "bản ghi nhớ", "bản thỏa thuận", "giấy mời",
    "giấy giới thiệu", "giấy nghỉ phép", "thư công", "bản đồ", "bản vẽ kỹ thuật",
)  # fmt: skip
_TT05_OTHER = "32"


def tt05_code(name: str) -> str:
    """Return the code that Thông tư 05/2025/TT-BNV has for a type (``typeName``); 32 for one that it does not list."""
    return f"{_TT05.index(name.lower()) + 1:02}" if name.lower() in _TT05 else _TT05_OTHER


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title: its piece, the words of it that name the type, the name, and the letters that are amiss."""

    piece: Piece
    words: tuple[Word, ...]
    name: str
    amiss: int

    @property
    def code(self) -> str:
        """The abbreviation of the type."""
        return TYPE_NAMES.get(self.name, "")


def title(piece: Piece) -> Title | None:
    """Return the title that a piece is, None for another piece: capitals that are the name of a type and no more."""
    for capital, group in groupby(piece.words, key=_in_capitals):
        run = tuple(group)
        if not capital:
            continue
        for last in range(len(run), 0, -1):
            rest = letters(" ".join(word.text for word in run[last:]))
            # «QUYẾT ĐỊNH CỦA ỦY BAN …», «NGHỊ QUYẾT SỐ 5»; «CÔNG VĂN ĐẾN» is a stamp, «BÁO CÁO VIÊN» a person.
            if rest and not rest.startswith(_GOES_ON):
                continue
            found = _named("".join(letters(word.text) for word in run[:last]))
            if found is not None:
                return Title(piece, run[:last], *found)
    return None


def _in_capitals(word: Word) -> bool:
    """Tell whether a word is in capitals; a dash belongs to those round it."""
    cased = [char for char in word.text if char.isalpha()]
    return sum(char.isupper() for char in cased) >= 0.6 * len(cased)


def _named(key: str) -> tuple[str, int] | None:
    exact = _titles().get(key)
    if exact is not None:
        return exact, 0
    if len(key) < 8:
        return None
    far = [(distance(key, known, 2 if len(known) > 9 else 1), name) for known, name in _titles().items()]
    near = min(far)
    return (near[1], near[0]) if near[0] <= (2 if len(letters(near[1])) > 9 else 1) else None


@cache
def _titles() -> dict[str, str]:
    return {letters(name): name for name in TYPE_NAMES if name != LETTER}


def type_field(
    found: Title | None, by_symbol: str, symbol_text: str, subject_line: Piece | None, addressed: Piece | None
) -> Field:
    """Return the type. ``by_symbol`` is the abbreviation in the symbol; the pieces are «V/v …» and «Kính gửi»."""
    if found is not None:
        place = place_of(found.piece.page, found.words)
        confidence = 0.75 + 0.15 * trust(found.words) - 0.06 * found.amiss
        evidence = f"tên loại in «{' '.join(word.text for word in found.words)}»"
        review = ""
        if by_symbol and by_symbol == found.code:
            confidence, evidence = confidence + 0.15, f"{evidence}, khớp ký hiệu {symbol_text}"
        elif by_symbol and type_name(by_symbol) and found.code not in _NOT_IN_SYMBOL:
            review = f"ký hiệu {symbol_text} lại là của {type_name(by_symbol)}"
        return judged(found.name.capitalize(), confidence, evidence, place, review=review)
    named = type_name(by_symbol)
    sign = subject_line or addressed
    if sign is not None and not named:
        sure = 0.9 if subject_line is not None else 0.82
        place = place_of(sign.page, sign.words)
        return judged(LETTER.capitalize(), sure, f"không có tên loại, có «{sign.text[:40]}»", place)
    if named:
        return judged(named.capitalize(), 0.78, f"chỉ theo ký hiệu {symbol_text}", None)
    return absent("không thấy tên loại, ký hiệu hay «V/v»", confidence=0.5)


def by_symbol(symbol: str) -> str:
    """Return the abbreviation of the type that a symbol begins with (``2024/QĐ-UBND`` → ``QĐ``), empty when none."""
    first = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    return first if first in TYPE_NAMES.values() else ""


def first_title(pieces: Sequence[Piece]) -> Title | None:
    """Return the title of a document: the first of its pieces that is one; «QUYẾT ĐỊNH:» before the articles is not."""
    found = [one for one in map(title, pieces) if one is not None]
    proper = [one for one in found if not one.piece.text.rstrip().endswith(":")]
    return next(iter([*proper, *found]), None)


_GOES_ON = ("cua", "so", "vv", "lienbo", "lientich")
# A certified copy keeps the symbol of what it copies; a law has none of its own type.
_NOT_IN_SYMBOL = ("SY", "SL", "TrS", "L", "BL", "PL", "LCT", "HP", "VBHN")
