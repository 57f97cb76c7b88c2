"""The force of documents that offices cite: when each began, when it ended and what replaced it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from doclint.anatomy.citations import number_key
from doclint.anatomy.types import NORMATIVE_TYPES, STATE_TYPES
from doclint.rulebook import Source
from doclint.rulebook import load as load_rulebook
from doclint.table import DATE_HINT, date_in, fault, read_rows, title_of
from doclint.vietnamese.normalise import fold
from vanthu.data import data_folder
from vanthu.errors import VanthuError

Confidence = Literal["text", "secondary", "seed", "memory"]


@dataclass(frozen=True, slots=True)
class Force:
    """A document and the days it is in force: from ``in_force_from`` to ``in_force_to``, both days included.

    ``subject`` is in our words; for a law it is its name without the type. ``origin`` tells where the facts come from
    and ``confidence`` how surely: read in the text of the document that ends it, in a secondary source, in a seed of
    the project, or only remembered.
    """

    number: str
    type: str
    issuer: str
    origin: str
    confidence: Confidence
    subject: str = ""
    date: datetime.date | None = None
    in_force_from: datetime.date | None = None
    in_force_to: datetime.date | None = None
    replaced_by: str = ""

    @property
    def code(self) -> str:
        """The abbreviation of its type, as citations carry it."""
        return _CODES[self.type.lower()]

    @property
    def name(self) -> str:
        """The document as an office names it: ``Nghị định số 110/2004/NĐ-CP``, ``Luật Lưu trữ số 01/2011/QH13``."""
        return f"{self.type} {self.subject} số {self.number}" if self.is_law else f"{self.type} số {self.number}"

    @property
    def is_law(self) -> bool:
        """Tell whether it is cited by name and date, without its number."""
        return self.code in ("L", "BL", "PL")

    def ended(self, day: datetime.date) -> bool:
        """Tell whether it was out of force on ``day``."""
        return self.in_force_to is not None and self.in_force_to < day


@dataclass(frozen=True, slots=True)
class Register:
    """All records by type and number, and the laws by name."""

    by_number: Mapping[tuple[str, str], Force]
    laws: Mapping[str, tuple[Force, ...]]

    def find(self, number: str, code: str = "") -> Force | None:
        """Return the record of a number; laws and resolutions of one year may share it, so the type must agree."""
        key = number_key(number)
        if code:
            return self.by_number.get((code, key))
        same = [record for (_, known), record in self.by_number.items() if known == key]
        return same[0] if len(same) == 1 else None

    def law(self, name: str) -> tuple[Force, ...]:
        """Return the laws that bore this name (``Luật Lưu trữ``), the oldest first."""
        return self.laws.get(_law_key(name), ())


@lru_cache(maxsize=4)
def load(extra: str = "") -> Register:
    """Load rules/sources/force, what the table ``extra`` adds or corrects, and the sources of rules that neither has.

    Raises VanthuError naming file, line and fault.
    """
    records: dict[tuple[str, str], Force] = {}
    for path in sorted((data_folder("rules") / "sources" / "force").glob("*.csv")):
        for record in _records(path):
            key = (record.code, number_key(record.number))
            if key in records:
                raise VanthuError(f"«{record.number}» có hai lần", path=path, hint="giữ một dòng")
            records[key] = record
    if extra:
        records |= {(record.code, number_key(record.number)): record for record in _records(Path(extra))}
    for source in load_rulebook().sources.values():
        for record in _of_source(source):
            records.setdefault((record.code, number_key(record.number)), record)
    laws: dict[str, tuple[Force, ...]] = {}
    for record in sorted(records.values(), key=lambda record: record.date or datetime.date.min):
        if record.is_law:
            key_of_name = _law_key(f"{record.type} {record.subject}")
            laws[key_of_name] = (*laws.get(key_of_name, ()), record)
    return Register(records, laws)


def _records(path: Path) -> Iterator[Force]:
    """Yield the records of a table. Raises VanthuError."""
    for row in read_rows(path, _TITLES, _REQUIRED):
        known: dict[str, Any] = {name: _value(name, cell, path, row.line) for name, cell in row.cells.items()}
        record = Force(**known)
        if fault_of := _fault(record):
            raise VanthuError(f"dòng {row.line}, «{record.number}»: {fault_of}", path=path)
        yield record


def _value(name: str, cell: str, path: Path, line: int) -> object:
    try:
        if name in ("date", "in_force_from", "in_force_to"):
            return date_in(cell)
        return _CONFIDENCE[cell.lower()] if name == "confidence" else cell
    except ValueError as error:
        raise fault(path, line, title_of(name, _TITLES), cell, DATE_HINT) from error
    except KeyError as error:
        raise fault(path, line, title_of(name, _TITLES), cell, f"dùng: {', '.join(_CONFIDENCE)}") from error


def _fault(document: Force) -> str:
    if document.type.lower() not in _CODES:
        return f"không có loại văn bản «{document.type}»"
    days = [day for day in (document.date, document.in_force_from, document.in_force_to) if day is not None]
    return "ngày ban hành, ngày có hiệu lực, ngày cuối còn hiệu lực phải theo thứ tự" if days != sorted(days) else ""


def _of_source(source: Source) -> Iterator[Force]:
    word = next((name for name in _BY_LENGTH if fold(source.citation).startswith(fold(name) + " ")), "")
    if not source.number or not word:
        return
    yield Force(
        number=source.number,
        type=source.citation[: len(word)],
        issuer=source.citation.partition(" của ")[2],
        subject=source.title,
        origin=source.origin,
        confidence=source.confidence,
        date=source.date,
        in_force_from=source.in_force_from,
        in_force_to=source.in_force_to,
        replaced_by=source.replaced_by,
    )


def _law_key(name: str) -> str:
    return " ".join(fold(name).split())


_CODES = {**STATE_TYPES, **NORMATIVE_TYPES, "kết luận": "KL"}
_BY_LENGTH = sorted(_CODES, key=len, reverse=True)
_TITLES = {
    "số ký hiệu": "number",
    "loại": "type",
    "cơ quan ban hành": "issuer",
    "trích yếu": "subject",
    "ngày ban hành": "date",
    "hiệu lực từ": "in_force_from",
    "hiệu lực đến": "in_force_to",
    "thay bằng": "replaced_by",
    "nguồn": "origin",
    "độ tin cậy": "confidence",
}
_REQUIRED = ("number", "type", "issuer", "origin", "confidence")
_CONFIDENCE: Mapping[str, Confidence] = {
    "văn bản": "text",
    "nguồn thứ cấp": "secondary",
    "kế hoạch gốc": "seed",
    "ghi nhớ": "memory",
}
