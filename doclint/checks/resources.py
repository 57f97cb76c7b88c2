"""Plans that say nothing of what they are carried out with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.six_clear import assigned_elsewhere

PLACEHOLDERS = frozenset({"kind"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the subject of a plan whose paragraphs name no money, people or means; a law that is cited names none."""
    anatomy = context.anatomy
    anchor = anatomy.header.subject or anatomy.header.title
    if anchor is None or not context.complete or assigned_elsewhere(document) or not anatomy.body.nodes:
        return
    cited = [citation.span for citation in anatomy.citations]
    for paragraph in operative(anatomy):
        for match in _MEANS.finditer(document.folded, paragraph.start, paragraph.end):
            if not any(span.start <= match.start() < span.end for span in cited):
                return
    title = anatomy.header.title
    yield Match(anchor, {"kind": " ".join(document.at(title).lower().split()) if title is not None else "kế hoạch"})


_MEANS = re.compile(
    r"\b(?:kinh\s+phi|(?<!luat\s)ngan\s+sach|nguon\s+(?:luc|von|thu|chi|xa\s+hoi\s+hoa|nhan\s+luc)|nhan\s+luc|co\s+so\s+vat\s+chat|du\s+toan|"
    r"von\s+dau\s+tu|xa\s+hoi\s+hoa|tai\s+tro|trang\s+thiet\s+bi|phuong\s+tien|vat\s+tu|hau\s+can|bien\s+che|chi\s+phi|muc\s+chi|"
    r"(?:trieu|ty|nghin)\s+dong|(?:bo\s+tri|huy\s+dong|dieu\s+dong|luc\s+luong)\s[^.;]{0,40}?(?:nguoi|can\s+bo|cong\s+chuc|"
    r"luc\s+luong|may\s+moc))\b|\d\s+(?:dong|dong/\w+)\b"
)
