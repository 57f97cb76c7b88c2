"""Bodies, provinces and symbols that are known beforehand, from digitize/data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digitize.describe.likeness import letters
from doclint.anatomy.types import TYPE_NAMES
from vanthu.data import data_lines

_DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Body:
    """A body, or what names of such bodies begin with (``local``); ``key`` are its letters."""

    name: str
    key: str
    symbols: tuple[str, ...]
    local: bool


@cache
def bodies() -> tuple[Body, ...]:
    """Return the known bodies, the longest names first."""
    rows = (line.split(";") for line in data_lines(_DATA / "bodies.csv")[1:])
    found = (Body(name, letters(name), tuple(symbols.split()), kind == "local") for name, symbols, kind in rows)
    return tuple(sorted(found, key=lambda body: -len(body.key)))


@cache
def provinces() -> dict[str, str]:
    """Return the names of provinces, of today and former ones, by their letters."""
    # Two spellings of one name have the same letters; that of today stands first.
    names = [line.split(";")[0] for line in data_lines(_DATA / "provinces.csv")[1:]]
    return {letters(name): name for name in reversed(names)}


@cache
def surnames() -> frozenset[str]:
    """Return family names."""
    return frozenset(name for line in data_lines(_DATA / "surnames.csv") for name in line.split())


@cache
def symbol_parts() -> frozenset[str]:
    """Return what symbols are made of: types and bodies, in the letters in which offices write them."""
    types = {code for code in TYPE_NAMES.values() if code.isalnum()}
    return frozenset(types | {symbol for body in bodies() for symbol in body.symbols})
