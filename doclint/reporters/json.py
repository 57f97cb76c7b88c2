"""The report for other programs: JSON, version 1, described by report.schema.json."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from doclint.api import Report
from doclint.document import Box, Document, DocxPlace, PdfPlace, Place
from doclint.finding import Finding
from doclint.reuse.packs.entry import Entry
from doclint.reuse.search import Found, Reuse
from doclint.six_clear import Row, missing, six_clear
from doclint.suppress import Waived
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
        "reasons": list(report.reasons),
        "remedy": report.remedy or None,
        "findings": [_finding(document, finding, report.copied_from(finding)) for finding in report.findings]
        if document
        else [],
        "waived": [_waived(document, one) for one in report.waived] if document else [],
        "idle": list(report.idle),
        "known": report.known,
        "reuse": _reuse(report.reuse) if report.reuse is not None else None,
        "tasks": list(map(_task, six_clear(document, anatomy))) if document and anatomy and not report.secret else [],
    }
    if with_text:
        entry["text"] = document.text if document is not None and not report.secret else None
    return entry


def _waived(document: Document, one: Waived) -> dict[str, Any]:
    return {
        "finding": _finding(document, one.finding, None),
        "reason": one.leave.reason,
        "origin": one.leave.origin,
    }


def _reuse(reuse: Reuse) -> dict[str, Any]:
    return {
        "operative": reuse.operative,
        "copied": reuse.copied,
        "share": round(reuse.share, 4),
        "supports": reuse.supports,
        "new": [{"start": span.start, "end": span.end} for span in reuse.fresh],
        "aside": [{"kind": one.kind, "start": one.span.start, "end": one.span.end} for one in reuse.aside],
        "copies": [_copy(found) for found in reuse.found],
    }


def _copy(found: Found) -> dict[str, Any]:
    copy = found.copy
    return {
        "start": copy.draft.start,
        "end": copy.draft.end,
        "source": _source(found),
        "edits": [asdict(edit) for edit in copy.edits],
        "changes": [
            {
                "kind": change.draft.kind,
                "start": change.draft.span.start,
                "end": change.draft.span.end,
                "source": found.source.at(change.source.span),
            }
            for change in copy.changes
        ],
    }


def _source(found: Found) -> dict[str, Any]:
    span = found.copy.source
    return {
        **_document_of(found.entry),
        "pack": found.pack,
        "unit": found.unit or None,
        "place": found.source.place(span),
        "boxes": list(map(_box, found.source.printed(span))),
        "excerpt": found.source.at(span),
        "grade": found.copy.grade,
        "similarity": round(found.copy.similarity, 4),
        "also": list(map(_document_of, found.also)),
    }


def _document_of(entry: Entry) -> dict[str, Any]:
    return {
        "citation": entry.citation,
        "number": entry.number or None,
        "date": entry.date.isoformat() if entry.date is not None else None,
        "issuer": entry.issuer or None,
        "status": entry.status(datetime.date.today()),
        "file": shown(entry.origin),
    }


def _finding(document: Document, finding: Finding, copied: Found | None) -> dict[str, Any]:
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
        "source": _source(copied) if copied is not None else None,
        "fingerprint": finding.fingerprint,
    }


def _task(row: Row) -> dict[str, Any]:
    return {
        "start": row.span.start,
        "end": row.span.end,
        "unit": row.unit or None,
        "what": row.what,
        "lead": row.lead,
        "partners": row.partners,
        "due": row.due,
        "vague": row.vague,
        "product": row.product,
        "resources": row.resources,
        "authority": row.authority,
        "standing": row.standing,
        "missing": list(missing(row)),
    }


def _place(place: Place) -> dict[str, Any]:
    if isinstance(place, PdfPlace):
        return {"kind": "pdf", "label": place.label, "boxes": list(map(_box, place.boxes))}
    if isinstance(place, DocxPlace):
        return {"kind": "docx", "label": place.label, **asdict(place)}
    return {"kind": "text", "label": place.label, **asdict(place)}


def _box(box: Box) -> dict[str, Any]:
    return {key: value if key == "page" else round(value, 2) for key, value in asdict(box).items()}
