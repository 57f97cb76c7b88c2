"""The report for other programs: JSON, version 1, described by report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from doclint.api import Report
from doclint.document import Document, DocxPlace, PdfPlace, Place
from doclint.finding import Finding
from vanthu.files import shown

VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")


def render(reports: Sequence[Report], *, with_text: bool = False) -> str:
    """Return the reports as JSON; ``start`` and ``end`` count characters of the text that ``with_text`` adds."""
    documents = [_document(report, with_text) for report in reports]
    return json.dumps({"version": VERSION, "documents": documents}, ensure_ascii=False, indent=2) + "\n"


def _document(report: Report, with_text: bool) -> dict[str, Any]:
    document, anatomy = report.document, report.anatomy
    entry: dict[str, Any] = {
        "path": shown(report.path),
        "status": "checked" if report.checked else "failed",
        "error": None if report.error is None else report.error.advice,
        "type": anatomy.type or None if anatomy is not None else None,
        "regime": anatomy.regime if anatomy is not None else None,
        "verdict": report.verdict,
        "notes": list(report.notes),
        "findings": [_finding(document, finding) for finding in report.findings] if document is not None else [],
    }
    if with_text:
        entry["text"] = document.text if document is not None else None
    return entry


def _finding(document: Document, finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
        "basis": [asdict(legal) for legal in finding.basis],
        "excerpt": finding.excerpt,
        "start": finding.span.start,
        "end": finding.span.end,
        "part": finding.part,
        "place": _place(document.place(finding.span)),
        "source": None,
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    if isinstance(place, PdfPlace):
        boxes = [
            {key: value if key == "page" else round(value, 2) for key, value in asdict(box).items()}
            for box in place.boxes
        ]
        return {"kind": "pdf", "label": place.label, "boxes": boxes}
    if isinstance(place, DocxPlace):
        return {"kind": "docx", "label": place.label, **asdict(place)}
    return {"kind": "text", "label": place.label, **asdict(place)}
