"""Read YAML that people write: every fault is told in one line naming the file."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

from vanthu.errors import VanthuError


def read_mapping(path: Path) -> dict[str, object]:
    """Return the keys and values of the YAML file at ``path``. Raises VanthuError."""
    import yaml

    try:
        data = yaml.load(path.read_text("utf-8"), _loader())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise VanthuError(f"YAML sai: {' '.join(str(error).split())}", path=path) from error
    except OSError as error:
        raise VanthuError("không đọc được tệp", path=path, hint="kiểm tra quyền đọc") from error
    if not isinstance(data, dict):
        raise VanthuError("phải là các cặp «khóa: giá trị»", path=path)
    return data


@cache
def _loader() -> Any:
    import yaml

    # The C loader is ten times as fast; it is there wherever PyYAML's wheel is.
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Safe, and strict where YAML silently keeps the last of two keys."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            names = [key.value for key, _ in node.value]
            for name in names:
                if isinstance(name, str) and names.count(name) > 1:
                    raise yaml.YAMLError(f"khóa «{name}» có hai lần, dòng {node.start_mark.line + 1}")
            mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
            return mapping

    return Loader
