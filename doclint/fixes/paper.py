"""Paper: another sheet of about the size of A4 becomes A4, lying as it lay."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.paper import MM, Options, has_reason
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.properties import ensured
from doclint.looks import number_words, opening
from doclint.readers.word.names import W


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Set the paper of every section; whether a sheet may lie on its side or be large, a person decides."""
    for section, element in zip(draft.document.sections, draft.sections(), strict=False):
        if not draft.document.at(section.span).strip():
            continue
        shown = opening(draft.document, section.span)
        width, height = section.width * MM, section.height * MM
        short, long = sorted((width, height))
        if abs(short - options.width) <= options.tolerance and abs(long - options.height) <= options.tolerance:
            if width > height and not has_reason(draft.document, section):
                yield Left(shown, "trang để ngang: quay lại trang dọc thì phải dàn lại, hãy xem trong Word")
            continue
        if long > _LARGE:
            yield Left(shown, "khổ giấy lớn, có thể để cho bảng rộng: hãy xem trong Word")
            continue
        paper = ensured(element, "pgSz")
        wanted = (options.width, options.height) if width <= height else (options.height, options.width)
        for name, length in zip("wh", wanted, strict=True):
            paper.set(W + name, str(round(length / MM * 20)))
        # The number by which printers know the sheet.
        if paper.get(W + "code") is not None:
            paper.set(W + "code", _A4)
        was = f"{number_words(round(width))} x {number_words(round(height))}"
        yield Change(shown, f"khổ giấy {was} mm → {number_words(wanted[0])} x {number_words(wanted[1])} mm (A4)")


_LARGE = 360.0
"""Millimetres: longer than Legal, the longest sheet of letters."""
_A4 = "9"
