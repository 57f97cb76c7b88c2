"""Judged drafts: whole labels, excerpts that stand in the text, and enough of each kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from doclint.rulebook import load
from tests.corpora.test_manifest import CATALOGUE, FILES

JUDGED = Path(__file__).parents[2] / "corpora" / "judged"
PATHS = sorted(JUDGED.glob("*.yaml"))


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_labels_of_a_judged_draft(path: Path) -> None:
    draft = read(path)
    assert draft["set"] in {"dev", "test"}
    assert draft["regime"] in {"state", "party", "legal-normative"}
    assert draft["type"]
    assert draft["purpose"]
    expected = draft.get("expect", [])
    assert draft.get("clean", False) != bool(expected)
    assert {label["rule"] for label in expected} <= {*CATALOGUE.split(), *load().rules}
    words = " ".join(draft["text"].split())
    assert [label["excerpt"] for label in expected if " ".join(label.get("excerpt", "").split()) not in words] == []


def test_there_are_enough_and_most_are_clean() -> None:
    drafts = [read(path) for path in PATHS] + [entry for entry in FILES if entry["kind"] == "draft"]
    assert len(drafts) >= 120
    assert sum(bool(draft.get("clean")) for draft in drafts) >= len(drafts) / 2
    types = {draft["type"].lower() for draft in drafts}
    assert len(types) >= 22


def test_each_rule_is_broken_by_three_drafts() -> None:
    drafts = [read(path) for path in PATHS] + [entry for entry in FILES if entry["kind"] == "draft"]
    broken = Counter(rule for draft in drafts for rule in {label["rule"] for label in draft.get("expect", [])})
    few = {rule: broken[rule] for rule in CATALOGUE.split() if broken[rule] < 3 and rule not in NEED_A_PACK_OR_LOOKS}
    assert few == {}


NEED_A_PACK_OR_LOOKS = {
    *("sao-chep-cap-tren", "trung-van-ban-da-ban-hanh", "so-lieu-khac-nguon"),
    *(
        "kho-giay",
        "le-trang",
        "phong-chu",
        "mau-chu",
        "can-cu-trinh-bay",
        "noi-dung-trinh-bay",
        "so-trang",
        "phong-cach-thanh-phan",
    ),
    *("unicode-to-hop", "bang-ma-cu", "bao-cao-dai"),
}
"""What a text alone cannot show, or not in a few lines: these are tested by their examples and in benchmarks."""
