"""spaCy sees our syllables, and the text to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from doclint.vietnamese.spacy_tokenizer import blank_pipeline
from doclint.vietnamese.syllables import tokens
from tests.doclint.test_vietnamese import CODES, SENTENCE

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def pipeline() -> Language:
    return blank_pipeline()


@given(text=st.text(st.characters(codec="utf-8")) | st.text(" \n\tSở,./15%"))
@example(text="")
@example(text="  Sở  Nội vụ \n\n chủ trì \t")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_doc_spells_the_text(pipeline: Language, text: str) -> None:
    assert pipeline(text).text == text


def test_words_are_the_tokens_at_their_offsets(pipeline: Language) -> None:
    doc = pipeline(SENTENCE)
    found = [(token.idx, token.text) for token in doc if not token.is_space]
    assert found == [(token.start, token.text) for token in tokens(SENTENCE)]


@pytest.mark.parametrize("code", CODES)
def test_codes_are_one_token(pipeline: Language, code: str) -> None:
    assert code in [token.text for token in pipeline(f"theo {code} của Sở")]


def test_matcher_works_over_syllables(pipeline: Language) -> None:
    from spacy.matcher import Matcher

    matcher = Matcher(pipeline.vocab)
    matcher.add("chủ trì", [[{"LOWER": "chủ"}, {"LOWER": "trì"}]])
    doc = pipeline("Sở Nội vụ chủ trì;\nGiao Sở Tài chính Chủ trì.")
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["chủ trì", "Chủ trì"]
