"""One of two texts that are laid beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from doclint.document import Span
from doclint.reuse.tokens import Tokens, tokenise
from doclint.vietnamese.normalise import lowered
from doclint.vietnamese.tones import new_tone_placement


@dataclass(frozen=True)
class Side:
    """A text, its tokens and its small letters, each made when it is first asked for."""

    text: str

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the text."""
        return tokenise(self.text)

    @cached_property
    def lowered(self) -> str:
        """The text in small letters, character for character."""
        return lowered(self.text)

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the tokens ``first`` to ``last``, which is not included."""
        return Span(int(self.tokens.starts[first]), int(self.tokens.ends[last - 1]))

    def words_at(self, places: Sequence[int]) -> list[str]:
        """Return the tokens at ``places``, each as all its spellings share it, accents and all."""
        starts, ends = self.tokens.starts[places].tolist(), self.tokens.ends[places].tolist()
        return [new_tone_placement(self.lowered[start:end]) for start, end in zip(starts, ends, strict=True)]

    def words(self, first: int, last: int) -> str:
        """Return the tokens ``first`` to ``last`` with what is written between them, in one line."""
        if first >= last:
            return ""
        span = self.span(first, last)
        return " ".join(self.text[span.start : span.end].split())
