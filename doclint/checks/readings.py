"""Reports that are read out at a conference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.meetings import meetings_of
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Options:
    """None."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the words that have a report read out, where the text speaks of a conference to come."""
    text = document.folded
    for meeting in meetings_of(document, context.anatomy):
        for match in _reading().finditer(text, meeting.scope.start, meeting.scope.end):
            before = text[max(meeting.scope.start, match.start() - 80) : match.start()]
            if not _not_read().search(before) and not _beforehand().match(text, match.end()):
                yield Match(Span(match.start(), match.end()), {})


@cache
def _reading() -> re.Pattern[str]:
    report = r"(?:(?:du thao )?(?:bao cao(?! vien)|to trinh|de an|van kien|ke hoach)|du thao|bai)"
    whole = r"(?:toan van|nguyen van|toan bo|day du)"
    how = rf"(?:truc tiep|tom tat|lai|het|lan luot|{whole}|cac|ban|noi dung)"
    return re.compile(
        spaced(
            rf"\bdoc (?:{how} )*(?:(?:du thao )?(?:bao cao(?! vien)|to trinh)|du thao)\b"
            rf"|\b(?:doc|trinh bay|thong qua) {whole} (?:\w+ ){{0,2}}?{report}\b"
            rf"|\b{report}\b[^.;\n]{{0,60}}?"
            rf"(?:[,:(]\s*(?:doc|trinh bay) {whole}|(?:duoc|se) (?:doc|trinh bay {whole})|\(doc\))"
        )
    )


@cache
def _not_read() -> re.Pattern[str]:
    """What comes just before where nothing is read, or each reads for himself."""
    return re.compile(
        spaced(
            r"\b(?:khong|chua|tu|de nghi|yeu cau|dai bieu|nghien cuu|gui|han che|thay|viec|bo|phan)"
            r"(?: (?!\d)\w+){0,4} $"
        )
    )


@cache
def _beforehand() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"[^;.]{0,40}?\b(?:(?<!ky\s)(?<!nam\s)(?<!thang\s)truoc(?! (?:hoi nghi|toan the|dai bieu))|gui kem|o nha"
            r"|da gui|tai dia chi|qua ma)\b"
        )
    )
