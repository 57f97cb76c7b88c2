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
    prefixes = [match[0].strip() for line in titles if (match := _PREFIX.match(document.at(line))) is not None]
    after = [line for line in lines if line.start > titles[0].start and not document.at(line).isupper()]
    return Signature(
        authority=Span(titles[0].start, titles[-1].end),
        prefix=prefixes[0] if prefixes else "",
        name=after[-1] if after else None,
        lines=tuple(titles),
    )


_PREFIX = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|T/UQ|Q)\s?[./]?(?=\s)")
