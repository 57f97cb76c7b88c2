"""Size, bold and italic of the components of a document."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.component_style import Options, Style, spans_of, style_faults
from doclint.document import Document, Font, Span
from doclint.fixes.draft import Change, Draft, nearest
from doclint.fixes.properties import run_properties, set_size, set_toggle
from doclint.looks import number_words, opening, print_of, runs_in


def fix(draft: Draft, options: Options) -> Iterator[Change]:
    """Set the runs of every line with a fault as its component is to be, each as far as it is not so."""
    document = draft.document
    spans = spans_of(document, draft.anatomy)
    wrong = [
        (_whole(document, span), style)
        for component, style in options.components.items()
        for span in spans[component]
        if any(style_faults(document, span, style))
    ]
    # Split all runs before any is changed.
    runs = [(run.span, run.font, span, style) for span, style in wrong for run in runs_in(document, span)]
    for pieces, (_, font, span, style) in zip(draft.pieces([run[0] for run in runs]), runs, strict=True):
        for piece in pieces:
            _set(piece, font, _wanted(document, span, style))
    for span, style in wrong:
        yield Change(opening(document, span), f"{style.name}: {', '.join(_told(document, span, style))}")


def _wanted(document: Document, span: Span, style: Style) -> Style:
    """Return ``style`` without what the line as a whole is right in: single words may differ on purpose."""
    printed = print_of(document, [span])
    right = printed.size is None or min(style.sizes) <= printed.size <= max(style.sizes)
    return Style(
        style.name,
        () if right else style.sizes,
        style.bold if printed.bold is not None and printed.bold != style.bold else None,
        style.italic if printed.italic is not None and printed.italic != style.italic else None,
    )


def _set(run: object, font: Font, wanted: Style) -> None:
    properties = run_properties(run)
    if wanted.sizes and font.size is not None and not min(wanted.sizes) <= font.size <= max(wanted.sizes):
        set_size(properties, nearest(font.size, wanted.sizes))
    if wanted.bold is not None and font.bold != wanted.bold:
        set_toggle(properties, "b", wanted.bold)
    if wanted.italic is not None and font.italic != wanted.italic:
        set_toggle(properties, "i", wanted.italic)


def _told(document: Document, span: Span, style: Style) -> Iterator[str]:
    wanted, size = _wanted(document, span, style), print_of(document, [span]).size
    if wanted.sizes and size is not None:
        yield f"cỡ {number_words(size)} → {number_words(nearest(size, wanted.sizes))}"
    for name, on in (("đậm", wanted.bold), ("nghiêng", wanted.italic)):
        if on is not None:
            yield f"không {name} → {name}" if on else f"{name} → không {name}"


def _whole(document: Document, span: Span) -> Span:
    """Return ``span`` with the dashes, marks and blanks around it on its line, which are printed like it."""
    start, end = span.start, span.end
    while start and not document.text[start - 1].isalnum() and document.text[start - 1] not in "\n\t":
        start -= 1
    while not document.text[end].isalnum() and document.text[end] not in "\n\t":
        end += 1
    return Span(start, end)
