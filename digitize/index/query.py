"""A query as engines take it: words, phrases, fields and ranges, joined by AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digitize.index.analysis import words
from digitize.index.fields import SHOWN
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side, with their accents and folded; ``field`` is "" for the text of the page."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    exact: str
    folded: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A field that is this, folded and without blanks and strokes."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """A field from ``low`` to ``high``, both included: days as ``fields.day_number``, confidence 0–100."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class And:
    """All of at least two parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of at least two parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What a part does not answer."""

    part: Node


Node = Words | Prefix | Key | Range | And | Or | Not


class QueryError(VanthuError):
    """A query that cannot be read; the fault is at ``start`` to ``end`` of the text as it was typed."""

    def __init__(self, reason: str, hint: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        super().__init__(reason, hint=hint)

    def __reduce__(self) -> tuple[object, ...]:
        return QueryError, (self.reason, self.hint, self.start, self.end)


def words_of(text: str, field: str = "") -> Words:
    """Return the words of ``text``, in form C, side by side."""
    exact, folded = words(text)
    return Words(tuple(exact), tuple(folded), field)


def written(node: Node) -> str:
    """Return a query that ``parser.parse`` reads as ``node``."""
    match node:
        case Words():
            quote = '"' if len(node.exact) > 1 else ""
            return f"{_named(node.field)}{quote}{' '.join(node.exact)}{quote}"
        case Prefix():
            return f"{_named(node.field)}{node.exact}*"
        case Key():
            return f"{_named(node.field)}{node.value}"
        case Range():
            return f"{_named(node.field)}{_end(node, node.low)}..{_end(node, node.high)}"
        case Not():
            inner = written(node.part)
            return f"NOT ({inner})" if isinstance(node.part, And | Or) else f"NOT {inner}"
        case And():
            return " ".join(
                f"({written(part)})" if isinstance(part, And | Or) else written(part) for part in node.parts
            )
        case Or():
            return " OR ".join(f"({written(part)})" if isinstance(part, Or) else written(part) for part in node.parts)


def wanted(node: Node) -> Iterator[Words | Prefix]:
    """Yield the words of the page for which a query asks, which are marked where it is shown."""
    match node:
        case Words() | Prefix():
            if not node.field:
                yield node
        case And() | Or():
            for part in node.parts:
                yield from wanted(part)


def _named(field: str) -> str:
    return f"{SHOWN[field]}:" if field else ""


def _end(node: Range, number: int) -> str:
    if node.field != "date":
        return str(number)
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    whole = [f"{day:02}"] * (0 < day < 99) + [f"{month:02}"] * (0 < month < 99)
    return "/".join([*whole, f"{year:04}"]) if 0 < year < 9999 else ""
