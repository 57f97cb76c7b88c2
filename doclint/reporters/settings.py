"""The settings in force, each with the file that set it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from doclint.config import FILE, Value
from vanthu.files import shown


def render(values: Sequence[Value]) -> str:
    """Return a line for each value, those of one file together; a value as TOML writes it."""
    if not values:
        return f"Chưa có tệp {FILE} nào: mọi giá trị là mặc định. Xem tất cả: doclint config --all\n"
    lines: list[str] = []
    for origin in dict.fromkeys(value.origin for value in values):
        lines.append(f"# {shown(origin) if origin is not None else 'mặc định'}")
        lines += [f"{one.name} = {_toml(one.value)}" for one in values if one.origin == origin]
        lines.append("")
    return "\n".join(lines)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
