"""Required components of a document that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"missing"})


@dataclass(frozen=True, slots=True)
class Options:
    """``names``: what is required, id → how the report calls it; ``exempt``: type → ids it does not need."""

    names: Mapping[str, str]
    exempt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the missing components together, at the title or the first line of the document."""
    anatomy = context.anatomy
    if not context.complete or _is_loose_appendix(document):
        return
    present = _present(anatomy)
    exempt = options.exempt.get(anatomy.type, ())
    missing = [name for part, name in options.names.items() if not present[part] and part not in exempt]
    if missing:
        yield Match(_anchor(document, anatomy), {"missing": "; ".join(missing)})


def _present(anatomy: Anatomy) -> dict[str, bool]:
    header = anatomy.header
    recipients = anatomy.recipients
    return {
        "nation": header.nation is not None,
        "motto": header.motto is not None,
        "issuer": header.issuer is not None,
        "number": header.number is not None,
        "place_date": header.place_date is not None,
        "title": header.title is not None or header.type == "CV",
        "subject": header.subject is not None,
        "signature": anatomy.signature is not None,
        "signer": anatomy.signature is not None and anatomy.signature.name is not None,
        "recipients": recipients is not None and bool(recipients.items),
    }


def _is_loose_appendix(document: Document) -> bool:
    """An appendix kept in a file of its own has no head and no signature."""
    return fold(document.at(document.blocks[0].span)).startswith("phu luc")


def _anchor(document: Document, anatomy: Anatomy) -> Span:
    first = next(block.span for block in document.blocks)
    return anatomy.header.title or Span(first.start, min(first.end, first.start + 80))
