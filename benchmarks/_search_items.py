"""Known items: queries that a person would type for a real document, and at which place it is found.

What is true of a document comes from its address on the site that published it, which no program of ours wrote.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.index.analysis import words
from digitize.index.entries import IndexedDocument
from digitize.index.fields import DocumentFields
from doclint.anatomy import dissect
from doclint.readers.text import read_text
from doclint.vietnamese.normalise import fold, nfc

HOW = ("có dấu", "không dấu", "một lỗi OCR", "NFD")
SUBJECT_WORDS, PHRASE_WORDS = 8, 5


@dataclass(frozen=True, slots=True)
class Item:
    """A query of a kind, typed in some way, and the document that it means."""

    kind: str
    how: str
    text: str
    document: int


def described(path: Path, sha256: str, pages: tuple[tuple[str, ...], ...]) -> IndexedDocument:
    """Return a document with what a machine tells of it: number, symbol and subject, from its head."""
    document = read_text(path.read_text("utf-8"))
    header = dissect(document).header
    number = header.number
    fields = DocumentFields(
        number=number.digits if number is not None else "",
        symbol=number.symbol if number is not None else "",
        subject=document.at(header.subject) if header.subject is not None else "",
        issuer=header.issuer.name if header.issuer is not None else "",
        access="nội bộ",
    )
    return IndexedDocument(sha256, fields, pages)


def items(folder: Path, documents: Sequence[str], seed: int = 8) -> Iterator[Item]:
    """Yield queries for ``documents``, names of files in ``folder``, which are numbered from 1."""
    chance = random.Random(seed)
    slugs = {
        line["file"]: line["url"].rsplit("/", 1)[-1].split("--")[0]
        for line in map(json.loads, (folder / "index.jsonl").read_text("utf-8").splitlines())
    }
    for place, name in enumerate(documents, start=1):
        text = nfc((folder / f"{name}.txt").read_text("utf-8"))
        exact, folded = words(text)
        number = _NUMBER.search(slugs.get(name, ""))
        if number is None:
            continue
        for kind, query in (
            ("số, ký hiệu", _number_as_printed(number[0], text)),
            ("trích yếu", _subject(slugs[name][number.end() :], exact, folded)),
            ("cụm từ nhớ được", _phrase(exact, chance)),
        ):
            if query:
                yield from (Item(kind, how, _typed(query, how, chance), place) for how in HOW)


def mean_reciprocal_rank(found: Sequence[Item], rank: Callable[[Item], int]) -> float:
    """Return the mean of 1 / rank; ``rank`` is 0 for a document that is not found."""
    ranks = [rank(item) for item in found]
    return sum(1 / place for place in ranks if place) / len(ranks)


def _number_as_printed(slug: str, text: str) -> str:
    """Return the number as the head of the text prints it: 43/2026/NĐ-CP for so-43-2026-nd-cp."""
    wanted = slug.removeprefix("so-").replace("-", "")
    for match in re.finditer(r"\d+/[\w/&-]+", text[:3000]):
        if re.sub(r"\W", "", fold(match[0])) == wanted:
            return match[0]
    return ""


def _subject(slug: str, exact: list[str], folded: list[str]) -> str:
    """Return some words of the title, with the accents of the text where it stands there."""
    title = [word for word in slug.split("-") if word]
    for start in range(min(400, len(folded))):
        if [fold(word) for word in exact[start : start + len(title)]] == title:
            chosen = exact[start : start + len(title)]
            return " ".join(chosen[-SUBJECT_WORDS:]) if len(chosen) >= 4 else ""
    return ""


def _phrase(exact: list[str], chance: random.Random) -> str:
    start = chance.randrange(max(1, len(exact) - PHRASE_WORDS))
    return f'"{" ".join(exact[start : start + PHRASE_WORDS])}"'


def _typed(query: str, how: str, chance: random.Random) -> str:
    if how == "không dấu":
        return fold(query)
    if how == "NFD":
        return unicodedata.normalize("NFD", query)
    if how == "một lỗi OCR":
        places = [at for at, char in enumerate(query) if char in _CONFUSED]
        if places:
            at = chance.choice(places)
            return query[:at] + _CONFUSED[query[at]] + query[at + 1 :]
    return query


_NUMBER = re.compile(
    r"so-\d+(?:-\d{4})?-[a-z0-9]+(?:-(?:cp|ttg|b[a-z]+|qh\d+|hdnd|ubnd|tand[a-z]*|nhnn|ttcp|vks[a-z]*))*"
)
# What a scanner takes for what, of what the issue names.
_CONFUSED = {"ơ": "o", "ư": "u", "ỉ": "i", "đ": "d", "Đ": "D", "1": "l", "0": "O", "ờ": "ò", "ớ": "ó", "ừ": "ù"}
