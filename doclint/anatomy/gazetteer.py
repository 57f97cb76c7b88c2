"""Known bodies: their names, short forms and levels, from gazetteer.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from doclint.vietnamese.normalise import fold
from vanthu.data import data_lines

Level = Literal["central", "province", "department", "commune", "unit"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the State or the Party calls it."""

    name: str
    level: Level
    aliases: tuple[str, ...] = ()


@cache
def bodies() -> tuple[Body, ...]:
    """Return all known bodies in the order of the file."""
    rows = [[cell.strip() for cell in line.split("|")] for line in data_lines(Path(__file__).with_suffix(".txt"))]
    return tuple(Body(name, cast(Level, level), tuple(aliases)) for level, name, *aliases in rows)


@cache
def _index() -> dict[str, Body]:
    return {key(name): body for body in bodies() for name in (body.name, *body.aliases)}


def key(name: str) -> str:
    """Return ``name`` as two spellings of it share it: folded, short forms of councils and committees spelled out."""
    words = " ".join(fold(name).replace("&", " va ").split())
    for short, long in _SHORT:
        words = words.replace(short, long)
    return words


def known(name: str) -> Body | None:
    """Return the body that ``name`` names, by its full name or a short form; None when the gazetteer lacks it."""
    return _index().get(key(name))


_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("ubmttq", "uy ban mat tran to quoc"))
