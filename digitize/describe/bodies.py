"""The body that issued a document, and the one above it: the left column of the head, against the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digitize.describe.gazetteer import Body, bodies, provinces
from digitize.describe.likeness import distance, letters
from digitize.describe.pieces import Piece, place_of, trust
from digitize.describe.values import Field, absent, judged
from digitize.words import Word


def issuing_bodies(column: Sequence[Piece]) -> tuple[Field, Field]:
    """Return issuer and superior from the pieces that stand above the number."""
    names = list(_names([piece for piece in column if piece.capitals and not _other(piece)]))
    names = [name for number, name in enumerate(names) if all(_key(name) != _key(other) for other in names[:number])]
    if not names:
        return absent("không thấy tên cơ quan ở đầu văn bản", confidence=0.6), absent("không thấy", confidence=0.6)
    issuer = _field(names[-1], "dòng cuối của tên cơ quan ở đầu văn bản")
    superior = _field(names[0], "dòng trên của tên cơ quan") if len(names) > 1 else absent("chỉ có một tên cơ quan")
    return issuer, superior


def _names(lines: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the names, each of its lines; what stands above the first name of a body is none."""
    name: list[Piece] = []
    for line in lines:
        if name and (_goes_on(name, line) or not _begins_name(line)):
            name.append(line)
            continue
        if name:
            yield name
        name = [line] if _begins_name(line) else []
    if name:
        yield name


def _begins_name(line: Piece) -> bool:
    words = [letters(word.text) for word in line.words]
    for head in _HEADS:
        first = "".join(words[: len(head)])
        if first == "".join(head) or (len(head) > 1 and distance(first, "".join(head), 1) <= 1):
            # TRƯỜNG LÂM is a place, a school is a TRƯỜNG of some kind.
            return head != ("truong",) or "".join(words[1:2]) in _SCHOOLS
    key = "".join(words)  # blanks get lost: SỞY TẾ, THỦ TƯỚNGCHÍNH PHỦ
    return any(len(body.key) > 4 and key.startswith(body.key) for body in bodies())


def _goes_on(name: list[Piece], line: Piece) -> bool:
    """Tell whether a line belongs to the name above it, though it begins as a name does: VĂN PHÒNG / CHÍNH PHỦ."""
    before = name[-1].text.rstrip()
    if before.endswith((",", " VÀ", " CỦA", " CƠ")) or line.text.startswith(("-", "–")):
        return True
    if before.endswith("-"):  # between bodies that issue together; before the name of another it is a speck
        return not _begins_name(line) or letters(line.words[0].text) in _TOGETHER
    above, both = _key(name), _key([*name, line])
    whole = any(body.key == both and not body.local for body in bodies())
    return whole or (above in _INCOMPLETE and any(body.key.startswith(both) for body in bodies()))


def _field(name: Sequence[Piece], how: str) -> Field:
    words = [word for piece in name for word in piece.words]
    while not letters(words[-1].text):  # a dash, a speck
        words.pop()
    printed = " ".join(piece.text for piece in name)
    place = place_of(name[0].page, words)
    value, known, amiss = spelt(words)
    confidence = (0.72 if known else 0.5) + 0.28 * trust(words) - 0.03 * amiss
    evidence = f"{how} «{printed}»" + (f", có trong danh mục: {known}" if known else ", chưa có trong danh mục")
    return judged(value, confidence, evidence, place)


def spelt(words: Sequence[Word]) -> tuple[str, str, int]:
    """Return a name as it is written, what the gazetteer knows of it, and how many letters were amiss.

    What the gazetteer lacks stays in capitals as printed, but a place after tỉnh, xã… is written as a name. Bodies
    that issue together are parted by dashes.
    """
    for number, word in enumerate(words[1:-1], start=1):
        if word.text in ("-", "–") and letters(words[number + 1].text) in _TOGETHER:
            one, other = spelt(words[:number]), spelt(words[number + 1 :])
            return f"{one[0]} - {other[0]}", one[1] and other[1], one[2] + other[2]
    best: tuple[int, int, Body] | None = None
    for count in range(len(words), 0, -1):
        key = "".join(letters(word.text) for word in words[:count])
        for body in bodies():
            if (body.local or count == len(words)) and _first_alike(body.name, words[0].text):
                most = max(1, len(body.key) // 9) if len(body.key) > 5 else 0
                far = distance(key, body.key, most)
                if far <= most and (best is None or far < best[1]):
                    best = (count, far, body)
        if best is not None:
            break
    if best is None:
        return _glued(words)
    count, amiss, body = best
    return _with_place(body, [word.text for word in words[count:]], amiss)


def _with_place(body: Body, words: Sequence[str], amiss: int) -> tuple[str, str, int]:
    """Return a body with the place after it as it is written inside a name; words that run together are no name."""
    key = letters("".join(words))
    unit = next((unit for unit in UNITS if key.startswith(letters(unit))), "")
    count = len(unit.split())
    name = provinces().get(key.removeprefix(letters(unit)))
    if not name and unit and letters("".join(words[:count])) != letters(unit):
        return " ".join([body.name, *words]), body.name, amiss + _GLUED
    place = name or " ".join(word.capitalize() for word in words[count:])
    return " ".join(filter(None, (body.name, unit, place))), body.name, amiss


def _glued(words: Sequence[Word]) -> tuple[str, str, int]:
    """Do what ``spelt`` does for a name that lost the blank after what it begins with."""
    printed = " ".join(word.text for word in words)
    key = letters(printed)
    body = next((body for body in bodies() if len(body.key) > 4 and key.startswith(body.key)), None)
    if body is None:
        return printed, "", 0
    tail, rest = len(printed), len(key) - len(body.key)
    while rest:
        tail -= 1
        rest -= len(letters(printed[tail]))
    return _with_place(body, printed[tail:].split(), 2)


def _first_alike(name: str, read: str) -> bool:
    """Tell whether a name begins as what was read: BỘ and SỞ are a letter apart, and worlds."""
    first = letters(name.split()[0])
    return letters(read).startswith(first) or (len(first) > 3 and distance(first, letters(read), 1) <= 1)


def _key(name: Sequence[Piece]) -> str:
    return letters("".join(piece.text for piece in name))


def _other(piece: Piece) -> bool:
    """Tell what stands in the head without being a name: the name of the State, the gazette, stamps."""
    key = letters(piece.text)
    return any(word in key for word in _NO_BODY)


_GLUED = 6  # letters amiss: too many to be sure
_TOGETHER = ("bo", "toa", "vien", "so", "ban", "uy", "thanh", "kiem", "ngan", "tong")
UNITS = ("tỉnh", "thành phố", "xã", "phường", "đặc khu", "huyện", "quận", "thị xã", "thị trấn", "khu vực")
_NO_BODY = ("conghoaxahoi", "doclap", "congbao", "quyphamphapluat", "congsanvietnam", "thongtindientu")
_SCHOOLS = (
    "th", "thcs", "thpt", "ptdt", "tieu", "trung", "mam", "mau", "dai", "cao", "chinh", "can", "dan", "quan", "dao",
    "day", "pho", "bo", "si", "boi",
)  # fmt: skip
_INCOMPLETE = (
    "thuongtruc",
    "vanphong",
    "thutuong",
    "uybanthuongvu",
    "hoidong",
    "uyban",
    "chutich",
    "bantochuc",
    "cuc",
    "tongcuc",
)
_HEADS = tuple(
    tuple(letters(word) for word in head.split())
    for head in (
        "ủy ban", "UBND", "UB", "hội đồng", "HĐND", "sở", "bộ", "ban", "cục", "chi cục", "tổng cục", "phòng", "trường",
        "trung tâm", "bệnh viện", "viện", "công ty", "tổng công ty", "công an", "tòa án", "đảng ủy",
        "đảng bộ", "đảng", "chi bộ", "tỉnh ủy", "thành ủy", "huyện ủy", "liên đoàn", "hội", "đoàn", "văn phòng",
        "thanh tra", "kho bạc", "ngân hàng", "bảo hiểm", "thuế",
        "thường trực", "tổ", "quốc hội", "chính phủ", "thủ tướng", "chủ tịch", "đại học", "học viện", "hạt",
        "trạm", "đài", "báo", "nhà máy", "xí nghiệp", "hợp tác xã", "nông trường", "lâm trường", "ty", "liên hiệp",
        "mặt trận", "kiểm toán", "quỹ", "khoa", "nhà", "phân viện", "tiểu ban", "hợp tác",
    )
)  # fmt: skip
