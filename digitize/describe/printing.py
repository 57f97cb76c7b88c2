"""Descriptions as text for a person, as JSON and as CSV for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from digitize.describe.catalogue import Row
from digitize.describe.kind import tt05_code
from digitize.describe.language import CODES, NAMES
from digitize.describe.values import LABELS
from vanthu.files import exact, near
from vanthu.spreadsheet import inert

Described = tuple[str, str, list[Row]]
"""SHA-256, path of the original (empty when it has gone) and fields of a document."""


def as_text(documents: Sequence[Described]) -> str:
    """Return a block a document; what waits for a person is marked and says why."""
    return "".join(f"{_block(*document)}\n" for document in documents)


def as_json(documents: Sequence[Described]) -> str:
    """Return the documents with every field, its place and evidence, and the codes of Thông tư 05/2025/TT-BNV."""
    content = {"version": 1, "documents": [_document(*document) for document in documents]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_csv(documents: Sequence[Described]) -> str:
    """Return a table: one row a document, a column a field, then the fields that wait for a person."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["sha256", "path", *LABELS, "review"])
    for sha256, path, rows in documents:
        values = {row.field: row.value for row in rows}
        waiting = " ".join(row.field for row in rows if row.for_review)
        table.writerow([sha256, exact(path), *(inert(values.get(field, "")) for field in LABELS), waiting])
    return out.getvalue()


def _block(sha256: str, path: str, rows: Sequence[Row]) -> str:
    lines = [f"{near(path) if path else '(bản gốc không còn ở chỗ cũ)'}  {sha256[:12]}"]
    for row in rows:
        if row.for_review:
            lines.append(f"  ? {LABELS[row.field]}: {row.value or '(trống)'} [cần xem: {row.evidence}]")
        elif row.value:
            by = {"machine": "", "accepted": f" [{row.who} duyệt]", "corrected": f" [{row.who} sửa]"}[row.author]
            lines.append(f"    {LABELS[row.field]}: {row.value}{by}")
    return "\n".join(lines) + "\n"


def _document(sha256: str, path: str, rows: Sequence[Row]) -> dict[str, Any]:
    values = {row.field: row.value for row in rows}
    language = next((code for code, name in NAMES.items() if name == values.get("language")), "")
    return {
        "sha256": sha256,
        "path": exact(path),
        "type_code": tt05_code(values["type"]) if values.get("type") else "",
        "language_code": CODES.get(language, "11") if values.get("language") else "",
        "fields": {
            row.field: {
                "value": row.value,
                "status": row.status,
                "author": row.author,
                "confidence": row.confidence,
                "evidence": row.evidence,
                "source": row.source,
                "page": row.page,
                "box": row.box,
            }
            for row in rows
        },
    }
