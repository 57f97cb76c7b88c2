"""Every kind of check bears any text: it ends, points at text that is there, and fills the texts of its rule."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.anatomy import dissect
from doclint.api import check_document, matches
from doclint.checks import Context, kinds, load_kind
from doclint.config import Settings
from doclint.document import SIGNED, Document, Span
from doclint.readers.text import read_text
from doclint.rulebook import load

ROOT = Path(__file__).parents[2]
LINES = sorted(
    {line for path in (ROOT / "corpora/texts").glob("*.txt") for line in path.read_text("utf-8").splitlines()}
)
ODD = """Số:|Số: /|Kính gửi:|Nơi nhận:|-|- |1.|a)|I.|Điều 1.|Thời gian:|Chủ trì:|KT.|()|ngày 31/02/2026|Căn cứ |PHỤ LỤC
./.|«»|{}|\u200b|Sở|Các|V/v|số 12/|chủ trì""".replace("\n", "|").split("|")
DRAFTS = st.lists(st.sampled_from(LINES) | st.sampled_from(ODD) | st.text(max_size=12), max_size=25).map(
    lambda lines: "\n".join([*lines, "", "Hết."])
)


def spans(value: object) -> list[Span]:
    """Return every span in a value of the anatomy."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple | list):
        return [span for item in value for span in spans(item)]
    if is_dataclass(value):
        return [span for item in fields(value) for span in spans(getattr(value, item.name))]
    return []


@given(DRAFTS)
@settings(max_examples=80, deadline=None)
def test_any_text_is_taken_apart_and_checked(raw: str) -> None:
    document = read_text(raw)
    anatomy = dissect(document)
    for span in spans(anatomy):
        assert 0 <= span.start <= span.end <= len(document.text)
    if not document.blocks:
        return
    for stage in ("draft", "issued"):
        for rule in load().rules.values():
            for match in matches(document, rule, Context(anatomy, stage)):  # type: ignore[arg-type]
                assert document.at(match.span).strip(), rule.id
                for text in (rule.message, rule.why, rule.fix):
                    assert text.format_map(match.values)
    for finding in check_document(document, Path("thu.txt")).findings:
        assert finding.part
        assert finding.place.startswith("dòng ")


def test_dash_without_a_recipient_stays_in_the_text() -> None:
    document = read_text("Nơi nhận:\n-")
    assert max(span.end for span in spans(dissect(document))) <= len(document.text)


@pytest.mark.parametrize("name", kinds())
def test_kind_says_what_it_fills_and_what_its_options_are(name: str) -> None:
    kind = load_kind(name)
    assert is_dataclass(kind.Options)
    assert all(placeholder.isidentifier() for placeholder in kind.PLACEHOLDERS)
    assert any(rule.kind == name for rule in load().rules.values()), "loại kiểm tra chưa có quy tắc nào dùng"


@pytest.mark.parametrize("raw", ["", "\n\n", "   "])
def test_blank_document_is_refused_before_any_check(raw: str) -> None:
    document: Document = read_text(raw)
    assert document.blocks == ()
    assert spans(dissect(document)) == []


def test_signed_file_keeps_its_number_in_the_signature() -> None:
    document = read_text("Số:      /KH-UBND\nKẾ HOẠCH\nTrồng cây\n1. Văn phòng trồng cây trước ngày 19/5/2026.\n")
    rules = [load().find("TT08")]
    unsigned = check_document(document, Path("x"), settings=Settings(tuple(rules)), stage="issued")
    assert [finding.message for finding in unsigned.findings] == ["Số, ký hiệu «/KH-UBND»: chưa có số."]
    signed = check_document(
        replace(document, notes=(SIGNED,)), Path("x"), settings=Settings(tuple(rules)), stage="issued"
    )
    assert signed.findings == ()
