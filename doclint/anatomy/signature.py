"""Who signs: authority, title and name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.anatomy.parts import Signature
from doclint.document import Document, Span


def parse_signature(document: Document, lines: Sequence[Span]) -> Signature | None:
    """Read the signature block from its lines: authority and title in capitals, then the name. None without a title."""
    titles = [line for line in lines if document.at(line).isupper()]
    if not titles:
        return None
    prefix = _PREFIX.match(document.at(titles[0]))
    name = next(
        (line for line in reversed(lines) if line.start > titles[0].start and not document.at(line).isupper()), None
    )
    return Signature(Span(titles[0].start, titles[-1].end), prefix[0].strip() if prefix is not None else "", name)


_PREFIX = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|T/UQ|Q)\s?[./]?(?=\s)")
