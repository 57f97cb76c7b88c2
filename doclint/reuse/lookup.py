"""What the checks of one draft ask of the library, each question answered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from doclint.anatomy.parts import Anatomy
from doclint.document import Document
from doclint.reuse.draft import Draft, prepared
from doclint.reuse.packs.entry import Entry, entry_of
from doclint.reuse.packs.library import Library
from doclint.reuse.search import Reuse, find_reuse


@dataclass(frozen=True)
class Lookup:
    """A draft and the library it is looked up in."""

    document: Document
    anatomy: Anatomy
    library: Library

    @cached_property
    def draft(self) -> Draft:
        """The draft made ready."""
        return prepared(self.document, self.anatomy)

    @cached_property
    def superior(self) -> Reuse:
        """What the draft has from documents of a higher level, or from the chosen packs."""
        return find_reuse(self.draft, self._about, self.library, "any" if self.library.chosen else "superior")

    @cached_property
    def own(self) -> Reuse:
        """What the draft has from documents that the same body has issued."""
        return find_reuse(self.draft, self._about, self.library, "own")

    @cached_property
    def _about(self) -> Entry:
        return entry_of(self.document, self.anatomy.header)
