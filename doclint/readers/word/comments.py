"""Comments: who said what about which text (ECMA-376 part 1, clause 17.13.4)."""

from __future__ import annotations

from collections.abc import Mapping

from doclint.document import Comment, Span
from doclint.readers.word.names import ID, PARAGRAPH, TEXT, Element, W


def read_comments(root: Element | None, spans: Mapping[str, Span]) -> tuple[Comment, ...]:
    """Return the comments of the comments part; ``spans`` are those of the text by comment id."""
    found = []
    for comment in root.iterchildren(W + "comment") if root is not None else ():
        span = spans.get(comment.get(ID, ""))
        if span is not None:
            lines = ("".join(text.text or "" for text in line.iter(TEXT)) for line in comment.iter(PARAGRAPH))
            found.append(Comment(span, comment.get(W + "author", ""), "\n".join(lines).strip()))
    return tuple(sorted(found, key=lambda comment: comment.span))
