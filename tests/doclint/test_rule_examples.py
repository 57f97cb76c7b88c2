"""The rules are tested by their own examples."""

from __future__ import annotations

import pytest

from doclint.anatomy import dissect
from doclint.api import matches
from doclint.checks import Context, load_kind
from doclint.readers.text import read_text
from doclint.reuse.lookup import Lookup
from doclint.reuse.packs.library import library
from doclint.rulebook import Example, Rule, load
from tests.doclint.printed import printed

CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in load().rules.values()
    for number, example in enumerate(rule.examples)
]


def reported(rule: Rule, example: Example) -> list[str]:
    document = printed(example) if hasattr(load_kind(rule.kind), "FORMATS") else read_text(example.text)
    anatomy = dissect(document)
    if not rule.applies.to(anatomy.regime, anatomy.type):
        return ["không áp dụng"] if example.flag else []
    with library() as opened:
        context = Context(anatomy, lookup=Lookup(document, anatomy, opened))
        found = sorted(matches(document, rule, context), key=lambda match: match.span)
    for match in found:
        rule.message.format_map(match.values)
    return [document.at(match.span) for match in found]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    expected = [example.text[mark.start : mark.end] for mark in example.marks]
    if example.todo:
        assert reported(rule, example) != expected, "đã bắt được: đổi todo thành flag"
    else:
        assert reported(rule, example) == expected
