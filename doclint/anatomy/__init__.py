"""The parts of an administrative document: Document → Anatomy, every part with its span."""

from __future__ import annotations

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.citations import find_citations
from doclint.anatomy.header import parse_header
from doclint.anatomy.mentions import (
    find_abbreviations,
    find_appendices,
    find_appendix_references,
    find_quotations,
)
from doclint.anatomy.outline import parse_outline
from doclint.anatomy.parts import Anatomy, Citation, Header
from doclint.anatomy.recipients import parse_addressees, parse_recipients
from doclint.anatomy.signature import parse_signature
from doclint.anatomy.types import regime_of
from doclint.anatomy.zones import split_zones
from doclint.document import Document


def dissect(document: Document) -> Anatomy:
    """Find the parts of ``document``. A part that is not there is None or empty; nothing is guessed."""
    zones = split_zones(document)
    header = parse_header(document, zones.header)
    outline = parse_outline(document, zones.body)
    citations = tuple(citation for citation in find_citations(document) if not _is_own(citation, header))
    return Anatomy(
        document=document,
        regime=regime_of(header),
        header=header,
        bases=zones.bases,
        addressees=parse_addressees(document, zones.addressees),
        body=outline,
        citations=citations,
        closing=zones.closing,
        recipients=parse_recipients(document, zones.recipients),
        signature=parse_signature(document, zones.signature),
        annexed=zones.appendices,
        appendices=find_appendices(document, zones.appendices),
        appendix_references=find_appendix_references(document, (*zones.bases, *zones.body)),
        quotations=find_quotations(document, citations),
        abbreviations=find_abbreviations(document),
        named=tuple(
            actor
            for paragraph in (*zones.bases, *zones.body, *zones.appendices)
            for actor in find_bodies(document.at(paragraph), paragraph.start)
        ),
    )


def _is_own(citation: Citation, header: Header) -> bool:
    """Tell whether a document's own number is meant: its appendices repeat it."""
    number = header.number
    return number is not None and bool(number.digits) and citation.number == f"{number.digits}/{number.symbol}"
