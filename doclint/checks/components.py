"""Required components of a document that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.checks.dateline import dateline
from doclint.checks.header_form import motto_line, nation_line, small_names
from doclint.checks.signing import name_in_capitals
from doclint.checks.title_form import other_subject, small_title
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
    present = _present(document, anatomy)
    exempt = options.exempt.get(anatomy.type, ())
    missing = [name for part, name in options.names.items() if not present[part] and part not in exempt]
    if missing:
        yield Match(_anchor(document, anatomy), {"missing": "; ".join(missing)})


def _present(document: Document, anatomy: Anatomy) -> dict[str, bool]:
    """Tell of each component whether it is there; one that is written wrongly is."""
    header = anatomy.header
    recipients, signature = anatomy.recipients, anatomy.signature
    title = header.title or small_title(document, header)
    # Right under a type in small letters its subject cannot be told from the text.
    subject = header.subject or other_subject(document, header) or (title if header.title is None else None)
    return {
        "nation": nation_line(document, header) is not None,
        "motto": motto_line(document, header) is not None,
        "issuer": header.issuer is not None or any(small_names(document, header)),
        "number": header.number is not None,
        "place_date": dateline(document, header) is not None,
        "title": title is not None or header.type == "CV",
        "subject": subject is not None,
        "signature": signature is not None,
        "signer": signature is not None
        and (signature.name is not None or name_in_capitals(document, signature) is not None),
        "recipients": recipients is not None and bool(recipients.items),
    }


def _is_loose_appendix(document: Document) -> bool:
    """An appendix kept in a file of its own has no head and no signature."""
    return fold(document.at(document.blocks[0].span)).startswith("phu luc")


def _anchor(document: Document, anatomy: Anatomy) -> Span:
    first = next(block.span for block in document.blocks)
    return anatomy.header.title or Span(first.start, min(first.end, first.start + 80))
