"""Colours: words that are not black become so, but for those nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.text_colours import WORD, Options, channels, may_be, name_of
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.properties import ensured, run_properties
from doclint.looks import opening, stretches
from doclint.readers.word.names import VAL, W


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Set every coloured run, lines of dashes too, to the automatic colour; white words are for a person."""
    for block in draft.document.blocks:
        if block.part not in ("body", "footnote"):
            continue
        for colour, span in stretches(draft.document, block.span, lambda font: font.colour):
            text = draft.document.at(span)
            if colour is None or max(channels(colour)) <= options.darkest or not text.strip():
                continue
            if may_be(draft.document, block, span, draft.anatomy):
                continue
            shown, name = opening(draft.document, span), name_of(block, colour)
            if name.startswith("màu trắng"):
                if WORD.search(text):
                    yield Left(shown, "chữ trắng, người đọc không thấy: đổi thành đen hay xóa là việc của người soạn")
                continue
            for run in draft.runs(span):
                element = ensured(run_properties(run), "color")
                for theme in ("themeColor", "themeTint", "themeShade"):
                    element.attrib.pop(W + theme, None)
                element.set(VAL, "auto")
            yield Change(shown, f"{name} → đen")
