"""Data of a file becomes values, or one Vietnamese line with the path of the key."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.schema import SchemaError, build


@dataclass(frozen=True)
class Inner:
    name: str
    count: int = 0
    passes: bool = field(default=False, metadata={"key": "pass"})


@dataclass(frozen=True)
class Outer:
    level: Literal["error", "warning"]
    share: float
    day: datetime.date
    inner: Inner
    several: tuple[Inner, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maybe: str | None = None
    anything: object = None


INNER = st.builds(Inner, name=st.text(), count=st.integers(), passes=st.booleans())
OUTER = st.builds(
    Outer,
    level=st.sampled_from(["error", "warning"]),
    share=st.floats(allow_nan=False),
    day=st.dates(),
    inner=INNER,
    several=st.lists(INNER, max_size=3).map(tuple),
    words=st.dictionaries(st.text(), st.lists(st.text(), max_size=2).map(tuple), max_size=2),
    maybe=st.none() | st.text(),
    anything=st.none() | st.integers() | st.lists(st.text()),
)
GOOD: dict[str, object] = {"level": "error", "share": 1, "day": datetime.date(2026, 3, 31), "inner": {"name": "a"}}


def written(value: object) -> object:
    """Return ``value`` as a YAML file would hold it."""
    if dataclasses.is_dataclass(value):
        return {
            item.metadata.get("key", item.name): written(getattr(value, item.name))
            for item in dataclasses.fields(value)
        }
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    return value


@given(OUTER)
def test_what_is_written_is_built_again(value: Outer) -> None:
    assert build(Outer, written(value)) == value


def test_defaults_and_whole_numbers() -> None:
    built = build(Outer, GOOD)
    assert built == Outer("error", 1.0, datetime.date(2026, 3, 31), Inner("a"))
    assert type(built.share) is float


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"levl": "x"}, "không có khóa «levl» → ý bạn là «level»?"),
        ({"zzz": 1}, "không có khóa «zzz» → dùng: level, share,"),
        ({"level": "eror"}, "level: «eror» không hợp lệ → chọn một trong: error, warning"),
        ({"level": ["error"]}, "level: «['error']» không hợp lệ"),
        ({"share": "1"}, "share: phải là số, không phải «1»"),
        ({"share": True}, "share: phải là số, không phải «True»"),
        ({"day": "2026-03-31"}, "day: phải là ngày (2026-03-31), không phải"),
        ({"day": datetime.datetime(2026, 3, 31, 8)}, "day: phải là ngày"),
        ({"inner": {}}, "inner: thiếu khóa «name»"),
        ({"inner": {"name": "a", "count": True}}, "inner.count: phải là số nguyên, không phải «True»"),
        ({"inner": {"name": "a", "pass": 1}}, "inner.pass: phải là true hoặc false"),
        ({"inner": {"name": "a", "passes": True}}, "inner: không có khóa «passes» → ý bạn là «pass»?"),
        ({"inner": "a"}, "inner: phải là các cặp «khóa: giá trị»"),
        ({"several": {"name": "a"}}, "several: phải là danh sách"),
        ({"several": [{"name": "a"}, {"name": 2}]}, "several[1].name: phải là chữ, không phải «2»"),
        ({"words": ["a"]}, "words: phải là các cặp"),
        ({"words": {"a": "b"}}, "words.a: phải là danh sách"),
        ({"words": {1: ["b"]}}, "words: phải là chữ"),
        ({"maybe": 3}, "maybe: phải là chữ"),
        ({3: 3}, "không có khóa «3»"),
    ],
)
def test_faults_are_told_with_their_place(change: dict[object, object], said: str) -> None:
    with pytest.raises(SchemaError) as caught:
        build(Outer, GOOD | change)
    assert said in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "chữ", 3])
def test_only_a_mapping_will_do(data: object) -> None:
    with pytest.raises(SchemaError, match="phải là các cặp"):
        build(Outer, data)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates()
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner),
    max_leaves=4,
)


@given(st.fixed_dictionaries({}, optional={item.name: ANYTHING for item in dataclasses.fields(Outer)}) | ANYTHING)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_gives_a_value_or_a_line(data: object) -> None:
    try:
        build(Outer, data)
    except SchemaError as error:
        assert error.reason
