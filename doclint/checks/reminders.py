"""Reminders that add nothing: no day, no figure, no name, no piece of work that ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.anatomy.bodies import leading_bodies
from doclint.anatomy.parts import Anatomy
from doclint.anatomy.task_orders import orders_work_that_ends
from doclint.checks import Context
from doclint.checks.empty_orders import ORDERS, RESULT, counts, folded, is_specific, sentences_of, uncited
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import cited_words
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first words that remind, when all that others are told is to go on, to do well, to take care."""
    anatomy = context.anatomy
    sentences = [part for node in anatomy.body.nodes for part in sentences_of(document, node.head)]
    told = _told(document, anatomy)
    cited = cited_words(anatomy)
    news = [one for one in sentences if one not in told and _is_news(document, one)]
    if (
        told
        and all(_only_exhorts(document, one, cited) for one in told)
        and not is_specific(document, anatomy, news, told)
    ):
        yield from _reminder(document, told)


def _told(document: Document, anatomy: Anatomy) -> list[Span]:
    """Return the sentences that tell others what to do: with a word of order, or under one that ends in a colon."""
    told: list[Span] = []
    listed = False
    for node in anatomy.body.nodes:
        for sentence in sentences_of(document, node.head):
            text = folded(document, sentence)
            ordered = ORDERS.search(text) is not None
            if len(text.split()) > 2 and (ordered or (listed and (node.label or node.kind == "dash"))):
                told.append(sentence)
        if document.at(node.head).rstrip().endswith(":"):
            listed = listed or ORDERS.search(folded(document, node.head)) is not None
    return told


def _only_exhorts(document: Document, sentence: Span, cited: Sequence[Span]) -> bool:
    """Tell whether a sentence says only to go on, to do well, to take care: no clause has a work that ends, or counts.

    What introduces a list tells nothing itself.
    """
    text = " ".join(uncited(document, sentence, cited).split())
    if text.endswith(":"):
        return True
    orders = list(ORDERS.finditer(fold(text)))
    rest = text[orders[0].end() :] if orders else text
    clauses = [piece.strip() for piece in re.split(r"[,;:]\s| và ", rest)]
    plain = [piece for piece in clauses if _EXHORTS.search(fold(piece)) is None]
    # «văn hóa công sở», «xếp loại» go on with a list of things.
    works = [work for piece in plain for work in (piece, _without_bodies(piece)) if len(piece.split()) > _FEWEST]
    return len(plain) < len(clauses) and not counts(text) and not any(map(orders_work_that_ends, works))


def _without_bodies(clause: str) -> str:
    bodies = leading_bodies(clause)
    return clause[bodies[-1].span.end :].lstrip() if bodies else clause


def _is_news(document: Document, sentence: Span) -> bool:
    """Tell whether what a sentence counts is ordered or late; how many ferries there are reminds nobody of anything."""
    text = folded(document, sentence)
    return _BACKGROUND.search(text) is None or any(one.search(text) for one in (ORDERS, _SHORTFALL, RESULT))


def _reminder(document: Document, told: Sequence[Span]) -> Iterator[Match]:
    """Yield the first words that remind."""
    for sentence in told:
        orders = [order.end() for order in ORDERS.finditer(document.folded, sentence.start, sentence.end)]
        match = _REMINDS.search(document.folded, orders[0] if orders else sentence.start, sentence.end)
        if match is not None and not document.at(sentence).endswith(":"):
            stop = re.compile("[;.]").search(document.text, match.start(), sentence.end)
            yield Match(Span(match.start(), stop.start() if stop is not None else sentence.end), {})
            return


_REMINDS = re.compile(
    r"\b(?:tiep\s+tuc|tang\s+cuong|day\s+(?:nhanh|manh)|khan\s+truong|tap\s+trung|nghiem|don\s+doc|lam\s+tot|"
    r"(?:neu|de|nang)\s+cao|chan\s+chinh|phat\s+huy|quan\s+triet)\b"
)
_EXHORTS = re.compile(
    r"\b(?:tiep tuc|nghiem(?: tuc| chinh| minh| tuc hon)?|tang cuong|day (?:nhanh|manh)|khan truong|don doc|quan triet|"
    r"nang cao|de cao|neu cao|phat huy|chan chinh|nhac (?:nho|lai)|tap trung|luu y|chu (?:y|trong|dong)|coi trong|"
    r"quan tam|tich cuc|lam tot|thuc hien tot|kip thoi|thuong xuyen|khac phuc|chap hanh|tuyet doi|"
    r"to chuc (?:trien khai )?thuc hien|chiu trach nhiem|theo chi dao|quyet liet|dong bo|hieu qua)\b"
)
_BACKGROUND = re.compile(r"^(?:tren|tai|hien|hien nay|toan|dia ban|trong|thoi gian|nam|den|tinh|xa|phuong|ngay \d+)\b")
_SHORTFALL = re.compile(
    r"qua han|\bcham\b|tre han|chua (?!nghiem|cao|tot|thuong xuyen|quan tam|chu dong)|"
    r"\bmoi (?:dat|duoc|co|hoan thanh|giai)|"
    r"ton dong|\bcon (?:ton |no )?\d|vi pham|tai nan|\bvu\b|truong hop|\bdat \d|giam|thieu|hong"
)
_FEWEST = 3
"""Words of what may be a piece of work, at least one more."""
