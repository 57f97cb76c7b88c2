"""The register as tables (CSV) that ``doclint.register.sheets`` reads again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from doclint.anatomy.types import type_name
from doclint.register.entry import CLASSES, FORMS, REGIMES, SCOPES, VERDICTS, Entry, Meeting, guarded
from doclint.register.sheets import DOCUMENT_TITLES, MEETING_TITLES


def documents_csv(entries: Iterable[Entry]) -> str:
    """Return the documents as a table that ``read_documents`` takes."""
    return _written(DOCUMENT_TITLES, (_cells_of(entry) for entry in entries))


def meetings_csv(meetings: Iterable[Meeting]) -> str:
    """Return the conferences as a table that ``read_meetings`` takes."""
    rows = (
        {
            "date": f"{one.date:%d/%m/%Y}",
            "subject": one.subject,
            "form": FORMS[one.form],
            "scope": SCOPES[one.scope],
            "purpose": one.purpose,
            "id": one.id,
            "document": one.document or "",
            "held": "có" if one.held else "không",
        }
        for one in meetings
    )
    return _written(MEETING_TITLES, rows)


def _cells_of(entry: Entry) -> dict[str, object]:
    return {
        "code": entry.code,
        "date": f"{entry.date:%d/%m/%Y}",
        "type": type_name(entry.type),
        "subject": entry.subject,
        "issuer": entry.issuer,
        "unit": entry.unit,
        "position": entry.position,
        "signer": entry.signer,
        "urgency": entry.urgency,
        "recipients": entry.recipients,
        "copies": entry.copies,
        "cls": CLASSES[entry.cls],
        "id": entry.id,
        "regime": REGIMES[entry.regime],
        "proposed": CLASSES[entry.proposed] if entry.proposed else "",
        "reason": entry.reason,
        "verdict": VERDICTS[entry.verdict],
        "codes": entry.codes,
        "file": entry.file,
        "sha256": entry.sha256,
    }


def _written(titles: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    for row in rows:
        writer.writerow(guarded(row[name]) for name in titles.values())
    return text.getvalue()
