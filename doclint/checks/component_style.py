"""Components of a document in another size or style than prescribed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from doclint.anatomy.parts import Anatomy, Header
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, is_loose_appendix, number_words, opening, print_of
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"component", "faults"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Style:
    """How a component is called and printed: ``sizes`` in points, least and greatest; bold or italic left out: free."""

    name: str
    sizes: tuple[float, ...]
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """``components``: the style of each, by its name in ``spans_of``."""

    components: Mapping[str, Style]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each component once, at the first of its lines with a fault."""
    if is_loose_appendix(document):
        return
    spans = spans_of(document, context.anatomy)
    for component, style in options.components.items():
        for span in spans[component]:
            faults = "; ".join(style_faults(document, span, style))
            if faults:
                yield Match(opening(document, span), {"component": style.name, "faults": faults})
                break


def spans_of(document: Document, anatomy: Anatomy) -> dict[str, Sequence[Span]]:
    """Return the lines of each component."""
    header, signature, recipients = anatomy.header, anatomy.signature, anatomy.recipients
    letter = header.type == "CV"
    return {
        "nation": _one(header.nation),
        "motto": _one(header.motto),
        "superior": _superior(header),
        "issuer": header.issuer.spans[-1:] if header.issuer is not None else (),
        "number": _one(header.number.span if header.number is not None else None),
        "place_date": _one(header.place_date),
        "title": _one(header.title),
        "subject": () if letter else _one(header.subject),
        "letter_subject": _one(header.subject) if letter else (),
        "bases": _listed(document, anatomy.bases),
        "addressees": tuple(addressee.span for addressee in anatomy.addressees),
        "authority": signature.lines if signature is not None else (),
        "signer": _one(signature.name if signature is not None else None),
        "recipients_heading": _one(recipients.heading if recipients is not None else None),
        "recipients": tuple(item.span for item in recipients.items) if recipients is not None else (),
    }


def _superior(header: Header) -> tuple[Span, ...]:
    """Return the lines of the superior body where it is surely one, not the first line of a long name."""
    if header.superior is None or header.issuer is None or not _BODY.match(fold(header.issuer.name)):
        return ()
    return header.superior.spans if _SUPERIOR.match(fold(header.superior.name)) else ()


def _listed(document: Document, bases: Sequence[Span]) -> tuple[Span, ...]:
    """Return the bases that are a list; «Căn cứ Luật…, Sở đề nghị…» is a sentence of the text."""
    ends = [document.at(base).rstrip()[-1:] for base in bases]
    return tuple(base for base, end in zip(bases, ends, strict=True) if end == ";" or (end == "." and ";" in ends))


def _one(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


def style_faults(document: Document, span: Span, style: Style) -> Iterator[str]:
    """Yield what differs from ``style`` in how ``span`` is printed."""
    printed = print_of(document, [span])
    least, greatest = style.sizes
    # A page that was printed smaller shows sizes that nobody chose.
    known = printed.size is not None and not (document.format == "pdf" and printed.size * 2 % 1)
    if known and printed.size is not None and not least <= printed.size <= greatest:
        wanted = number_words(least) if least == greatest else f"{number_words(least)}-{number_words(greatest)}"
        yield f"cỡ {number_words(printed.size)}, quy định {wanted}"
    for name, is_so, wanted_so in (("đậm", printed.bold, style.bold), ("nghiêng", printed.italic, style.italic)):
        if is_so is not None and wanted_so is not None and is_so != wanted_so:
            yield f"chưa {name}, quy định {name}" if wanted_so else f"in {name}, quy định không {name}"


_SUPERIOR = re.compile(r"(?:uy ban nhan dan|ubnd|bo|so)\s")
_BODY = re.compile(
    r"(?:so|phong|uy ban|ubnd|truong|ban|cuc|chi cuc|trung tam|van phong|hoi dong|vien|benh vien|thanh tra|to|doan)\s"
)
