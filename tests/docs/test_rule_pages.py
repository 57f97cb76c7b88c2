"""The pages in docs/quy-tac are what ``make docs`` writes from rules/ today."""

from __future__ import annotations

from pathlib import Path

import pytest

from doclint import docs
from doclint.rulebook import load


def test_committed_pages_are_the_generated_ones() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in docs.FOLDER.iterdir()}
    assert committed == docs.pages(load()), "chạy make docs rồi commit docs/quy-tac"


def test_pages_of_rules_that_are_gone_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path / "quy-tac")
    docs.FOLDER.mkdir()
    (docs.FOLDER / "quy-tac-cu.md").write_text("cũ", encoding="utf-8")
    docs.main()
    assert {path.name for path in docs.FOLDER.iterdir()} == set(docs.pages(load()))


def test_page_tells_all_that_the_rule_file_does() -> None:
    rulebook = load()
    pages = docs.pages(rulebook)
    for rule in rulebook.rules.values():
        page = pages[f"{rule.id}.md"]
        sources = [rulebook.sources[basis.source].citation for basis in rule.basis]
        examples = [example.flag or example.passes or example.todo for example in rule.examples]
        for told in (rule.code, rule.title, *sources, *(text.rstrip() for text in examples)):
            assert told in page
        assert f"({rule.id}.md)" in pages["README.md"]
        assert f"({rule.id}.md)" in pages["nguon.md"]
