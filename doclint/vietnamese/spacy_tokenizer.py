"""Our syllables for spaCy: its own Vietnamese needs pyvi, and its blank pipeline cuts at blanks only.

spaCy takes seconds to import, so it is imported when a pipeline is made, never on the path of ``doclint check``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.vietnamese.syllables import tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def blank_pipeline() -> Language:
    """Return a pipeline without components whose tokens are syllables, numbers and codes; ``doc.text`` is the text."""
    from spacy.lang.xx import MultiLanguage

    pipeline = MultiLanguage()
    pipeline.tokenizer = SyllableTokenizer(pipeline.vocab)
    return pipeline


class SyllableTokenizer:
    """Text in form C → Doc. A single blank belongs to the word before it; other white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut ``text`` into a Doc that spells it to the letter."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for token in tokens(text):
            _append_blanks(text[position : token.start], words, spaces)
            words.append(token.text)
            spaces.append(False)
            position = token.end
        _append_blanks(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)


def _append_blanks(blanks: str, words: list[str], spaces: list[bool]) -> None:
    if blanks.startswith(" ") and words:
        spaces[-1] = True
        blanks = blanks[1:]
    if blanks:
        words.append(blanks)
        spaces.append(False)
