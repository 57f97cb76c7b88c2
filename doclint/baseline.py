"""What was found before: fingerprints of an earlier report, so that only what is new is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from vanthu.errors import VanthuError, os_reason

MAX_BYTES = 1 << 28


def read_baseline(path: Path) -> Mapping[str, frozenset[str]]:
    """Return the fingerprints in the JSON report at ``path``, by the name of the file. Raises VanthuError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise VanthuError("báo cáo cũ quá lớn", path=path)
        report = json.loads(path.read_bytes())
        known: dict[str, frozenset[str]] = {}
        for document in report["documents"]:
            name = Path(document["path"]).name
            found = frozenset(finding["fingerprint"] for finding in document["findings"])
            known[name] = known.get(name, frozenset()) | found
        return known
    except OSError as error:
        raise VanthuError(f"không đọc được báo cáo cũ ({os_reason(error)})", path=path) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        hint = "tạo lại: doclint check --format json --output bao-cao.json TỆP"
        raise VanthuError("không phải báo cáo JSON của doclint", path=path, hint=hint) from error
