"""What the checks of one draft ask of the library, each question answered once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from doclint.anatomy.parts import Anatomy
from doclint.document import Document
from doclint.office import Office
from doclint.reuse.draft import Draft, prepared
from doclint.reuse.hits import Relation
from doclint.reuse.packs.entry import Entry, entry_of
from doclint.reuse.packs.library import Library
from doclint.reuse.search import Reuse, find_reuse


@dataclass(frozen=True)
class Lookup:
    """A draft and the library it is looked up in."""

    document: Document
    anatomy: Anatomy
    library: Library
    office: Office = field(default_factory=Office)

    @cached_property
    def draft(self) -> Draft:
        """The draft made ready."""
        return prepared(self.document, self.anatomy, self.office.phrases)

    @cached_property
    def superior(self) -> Reuse:
        """What the draft has from documents of a higher level, or from the chosen packs."""
        relation: Relation = "any" if self.library.chosen else "superior"
        return find_reuse(self.draft, self._about, self.library, relation, self.office.superiors)

    @cached_property
    def own(self) -> Reuse:
        """What the draft has from documents that the same body has issued."""
        return find_reuse(self.draft, self._about, self.library, "own")

    @cached_property
    def _about(self) -> Entry:
        about = entry_of(self.document, self.anatomy.header)
        return replace(about, level=about.level or self.office.level or "", issuer=about.issuer or self.office.name)
