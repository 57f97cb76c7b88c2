"""Build frozen dataclasses from YAML or TOML, telling in Vietnamese what is wrong and where."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import types
import typing
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar

from vanthu.errors import VanthuError

T = TypeVar("T")


class SchemaError(VanthuError):
    """Data that does not fit: the reason begins with the path of the key."""


def build(kind: type[T], data: object, where: str = "") -> T:
    """Return a ``kind`` (a dataclass) made of the mapping ``data``.

    Knows str, int, float, bool, dates, Literal, tuples, dicts, other dataclasses and unions with None. A field whose
    metadata has a ``key`` is called so in the file. Raises SchemaError for an unknown key (with the nearest known one),
    a missing key or a value of another type.
    """
    if not isinstance(data, Mapping):
        raise SchemaError(f"{_at(where)}phải là các cặp «khóa: giá trị»")
    hints = _hints(kind)  # type: ignore[arg-type]  # a class can be hashed, which mypy does not know
    fields = {field.metadata.get("key", field.name): field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for key in data:
        if key not in fields:
            near = difflib.get_close_matches(str(key), fields, n=1)
            raise SchemaError(
                f"{_at(where)}không có khóa «{key}»",
                hint=f"ý bạn là «{near[0]}»?" if near else f"dùng: {', '.join(fields)}",
            )
    values = {}
    for key, field in fields.items():
        if key in data:
            values[field.name] = _value(hints[field.name], data[key], f"{where}.{key}" if where else key)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise SchemaError(f"{_at(where)}thiếu khóa «{key}»")
    return kind(**values)


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _value(hint: Any, value: object, where: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return build(typing.cast(type, hint), value, where)
    if origin is typing.Literal:
        # To Python True is 1.
        if not any(value == argument and type(value) is type(argument) for argument in arguments):
            raise SchemaError(
                f"{_at(where)}«{value}» không hợp lệ", hint=f"chọn một trong: {', '.join(map(str, arguments))}"
            )
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise SchemaError(f"{_at(where)}phải là danh sách")
        return tuple(_value(arguments[0], item, f"{where}[{number}]") for number, item in enumerate(value))
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise SchemaError(f"{_at(where)}phải là các cặp «khóa: giá trị»")
        return {
            _value(arguments[0], key, where): _value(arguments[1], item, f"{where}.{key}")
            for key, item in value.items()
        }
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _value(next(argument for argument in arguments if argument is not type(None)), value, where)
    if hint in (object, Any):
        return value
    if hint is float and type(value) is int:
        return float(value)
    # bool is an int to Python and a moment a date, never to a person.
    if type(value) is not hint:
        raise SchemaError(f"{_at(where)}phải là {_NAMES.get(hint, hint.__name__)}, không phải «{value}»")
    return value


def _at(where: str) -> str:
    return f"{where}: " if where else ""


_NAMES: dict[type, str] = {
    str: "chữ",
    int: "số nguyên",
    float: "số",
    bool: "true hoặc false",
    datetime.date: "ngày (2026-03-31)",
}
