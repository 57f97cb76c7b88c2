"""Read what a person searches for. Whatever he types is a query or a QueryError that shows the place of the fault."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digitize.access import LEVELS
from digitize.index.analysis import number_key, squashed, words
from digitize.index.fields import KEYS, NAMES, RANGES, SHOWN, field_named, plain_name
from digitize.index.query import And, Key, Node, Not, Or, Prefix, QueryError, Range, words_of
from digitize.index.ranges import days, percents
from doclint.anatomy.types import TYPE_NAMES, type_name
from doclint.vietnamese.normalise import fold, nfc_with_offsets, raw_range
from vanthu.errors import VanthuError

SHORTEST_PREFIX = 3


def parse(text: str) -> Node:
    """Return the query that ``text`` asks. Raises QueryError.

    What stands side by side must all be there; AND is the same, OR is one of both and binds less, NOT excludes. They
    are words like others unless they are written in capitals.
    """
    composed, offsets = nfc_with_offsets(text)
    try:
        return _Reader(composed).whole()
    except _FaultError as fault:
        start, end = raw_range(offsets, fault.start, fault.end)
        raise QueryError(fault.reason, fault.hint, start, end) from None


class _FaultError(Exception):
    def __init__(self, reason: str, hint: str, start: int, end: int) -> None:
        self.reason, self.hint, self.start, self.end = reason, hint, start, end


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    match: re.Match[str]

    def fault(self, reason: str, hint: str) -> _FaultError:
        return _FaultError(reason, hint, self.match.start(), self.match.end())


class _Reader:
    """Tokens from left to right, one ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [_Token(match.lastgroup or "", match) for match in _TOKEN.finditer(text)]
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._any()
        if (token := self._next()) is not None:
            raise token.fault("thừa dấu đóng ngoặc", 'bỏ dấu ")", hay đặt cả cụm trong "…"')
        if node is None:
            hint = 'ví dụ: digitize search "khẩn cấp" --archive KHO'
            raise _FaultError("câu tìm không có chữ hay số nào", hint, 0, len(self._text))
        return node

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _any(self) -> Node | None:
        parts = [self._all()]
        while (token := self._next()) is not None and token.kind == "or":
            self._at += 1
            right = self._all()
            if parts[-1] is None or right is None:
                raise token.fault("OR cần có từ ở cả hai bên", "viết: từ OR từ; chữ or thường là một từ")
            parts.append(right)
        return _joined(Or, parts)

    def _all(self) -> Node | None:
        parts: list[Node | None] = []
        while (token := self._next()) is not None and token.kind not in ("or", "close"):
            if token.kind == "and":
                self._at += 1
                after = self._next()
                if not parts or after is None or after.kind in ("or", "and", "close"):
                    raise token.fault("AND cần có từ ở cả hai bên", "viết: từ AND từ; chữ and thường là một từ")
                continue
            parts.append(self._one(token))
        return _joined(And, parts)

    def _one(self, token: _Token) -> Node | None:
        self._at += 1
        if token.kind == "not":
            after = self._next()
            negated = self._one(after) if after is not None and after.kind not in ("or", "and", "close") else None
            if negated is None:
                raise token.fault("NOT cần có từ ở sau", "viết: NOT từ; chữ not thường là một từ")
            return Not(negated)
        if token.kind != "open":
            return _clause(token)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise token.fault("quá nhiều ngoặc lồng nhau", "viết câu tìm ngắn hơn")
        inner = self._any()
        closing = self._next()
        if closing is None:
            raise token.fault("thiếu dấu đóng ngoặc", 'thêm ")", hay đặt cả cụm trong "…"')
        self._at += 1
        self._depth -= 1
        return inner


def _joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """Return the parts as one node; those that had no word in them are left out."""
    flat: list[Node] = []
    for part in parts:
        if part is not None:
            flat += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else None)


def _clause(token: _Token) -> Node | None:
    name, phrase, word = token.match["name"], token.match["phrase"], token.match["word"]
    value = phrase if phrase is not None else word
    field = ""
    if name is not None:
        field = field_named(name)
        if not field and (meant := _nearly(name, value)):
            fixed = meant + token.match[0][len(name) :]
            hint = f"ý bạn là {fixed}? Nếu là chữ thường, thêm dấu cách sau dấu hai chấm. Trường: {_ALL_FIELDS}"
            raise token.fault(f"không có trường «{name}»", hint)
        if not field:  # a colon in a text that was pasted
            joined = words_of(f"{name} {value}")
            return joined if joined.exact else None
    if field in RANGES:
        return _range(token, field, name, value)
    if phrase is None and value.endswith("*"):
        return _prefix(token, field, value)
    if field in KEYS:
        return Key(field, _key(token, field, value))
    found = words_of(value, field)
    if field and not found.exact:
        raise token.fault(f"trường {name} chưa có giá trị", f'viết: {name}:từ hoặc {name}:"cả cụm"')
    return found if found.exact else None


def _prefix(token: _Token, field: str, value: str) -> Node | None:
    exact, _ = words(value)
    if field in KEYS:
        raise token.fault(f"trường {SHOWN[field]} không dùng được dấu *", "gõ đủ giá trị")
    if not exact:
        return None
    if len(exact[-1]) < SHORTEST_PREFIX or not value[-2].isalnum():
        raise token.fault(f"trước dấu * cần ít nhất {SHORTEST_PREFIX} chữ cái", "ví dụ: chuyển*")
    last = Prefix(exact[-1], fold(exact[-1]), field)
    if len(exact) == 1:
        return last
    return And((words_of(" ".join(exact[:-1]), field), last))


def _range(token: _Token, field: str, name: str, value: str) -> Range:
    try:
        return days(value) if field == "date" else percents(value)
    except VanthuError as error:
        raise token.fault(f"{name}: {error.reason}", error.hint) from None


def _key(token: _Token, field: str, value: str) -> str:
    key = squashed(value)
    if not key:
        raise token.fault(f"trường {SHOWN[field]} chưa có giá trị", f"viết: {SHOWN[field]}:giá trị")
    if field == "number":
        return number_key(value) or key
    if field == "type":
        named = type_name(_CODES.get(fold(value), ""))
        key = squashed(named) if named else key
        if key not in _TYPE_KEYS:
            raise token.fault(f"không có loại «{value}»", 'viết tên hay chữ tắt, ví dụ loai:KH hoặc loai:"kế hoạch"')
    if field == "access" and key not in _LEVEL_KEYS:
        raise token.fault(f"không có mức tiếp cận «{value}»", f"có ba mức: {', '.join(LEVELS)}")
    return key


def _nearly(name: str, value: str) -> str:
    """Return a field that ``name`` may be a slip for, "" when there is none: numbers lie in a range, words do not."""
    typed = plain_name(name)
    is_number = any(char.isdecimal() for char in value)
    likely = (known for known, field in NAMES.items() if len(known) > 2 and (is_number or field not in RANGES))
    return next((known for known in likely if _is_one_off(typed, known)), "")


def _is_one_off(one: str, other: str) -> bool:
    """Tell whether a letter is other, missing, too many, or two are the wrong way round."""
    short, long = sorted((one, other), key=len)
    same = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    short, long = short[same:], long[same:]
    return long[1:] in (short, short[1:]) or (long[:2] == short[1::-1] and long[2:] == short[2:])


_DEEPEST = 50
_ALL_FIELDS = ", ".join((*SHOWN.values(), "nam"))
_CODES = {fold(code): code for code in reversed(TYPE_NAMES.values())}
_TYPE_KEYS = {squashed(name) for name in TYPE_NAMES}
_LEVEL_KEYS = {squashed(level) for level in LEVELS}
# A quote that is not closed reaches to the end.
_TOKEN = re.compile(
    r"""
      (?P<open>\() | (?P<close>\))
    | (?P<and>AND(?![^\s()"“”])) | (?P<or>OR(?![^\s()"“”])) | (?P<not>NOT(?![^\s()"“”]))
    | (?P<clause>
        (?:(?P<name>[^\W\d_]+(?:[-_][^\W\d_]+)*):(?=[^\s()]))?
        (?: ["“”](?P<phrase>[^"“”]*)(?:["“”]|$) | (?P<word>[^\s()"“”]+) )
      )
    """,
    re.VERBOSE,
)
