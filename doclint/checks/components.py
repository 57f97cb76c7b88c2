"""Required components of a document that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from doclint.anatomy.parts import Anatomy, Signature
from doclint.anatomy.zones import split_zones
from doclint.checks import Context
from doclint.checks.dateline import dateline
from doclint.checks.header_form import small_names
from doclint.checks.signing import name_in_capitals
from doclint.checks.title_form import other_title
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
    # The Youth Union prints its own name where the State has its.
    union = any(_UNION.match(document.at(piece)) for piece in split_zones(document).header)
    # Without a type, what is addressed to somebody is a letter.
    letter = header.type == "CV" or bool(anatomy.addressees)
    return {
        "nation": header.nation is not None or union,
        "motto": header.motto is not None or union,
        "issuer": header.issuer is not None or any(small_names(document, header)),
        "number": header.number is not None,
        "place_date": dateline(document, header) is not None,
        "title": header.title is not None or letter or other_title(document, header) is not None,
        "signature": signature is not None,
        "signer": signature is not None
        and (signature.name is not None or name_in_capitals(document, signature) is not None),
        "chair": signature is None or anatomy.type != "BB" or not _is_of_the_secretary(document, signature),
        "recipients": recipients is not None and bool(recipients.items),
    }


def _is_of_the_secretary(document: Document, signature: Signature) -> bool:
    """Tell whether only who wrote the minutes signs them."""
    return all(re.match(r"(?:thu ky|nguoi (?:ghi|lap))\b", fold(document.at(line))) for line in signature.lines)


def _is_loose_appendix(document: Document) -> bool:
    """An appendix kept in a file of its own has no head and no signature."""
    return fold(document.at(document.blocks[0].span)).startswith("phu luc")


def _anchor(document: Document, anatomy: Anatomy) -> Span:
    first = next(block.span for block in document.blocks)
    return anatomy.header.title or Span(first.start, min(first.end, first.start + 80))


_UNION = re.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN)(?! .*(?:XÃ|PHƯỜNG|TỈNH))")
