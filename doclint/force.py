"""The force of documents that offices cite: when each began, when it ended and what replaced it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from doclint.anatomy.citations import number_key
from doclint.anatomy.types import NORMATIVE_TYPES, STATE_TYPES
from doclint.rulebook import Source
from doclint.rulebook import load as load_rulebook
from doclint.schema import SchemaError, build
from doclint.vietnamese.normalise import fold
from doclint.yaml_file import read_mapping
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
    subject: str
    origin: str
    confidence: Confidence
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
def load(extra: Path | None = None) -> Register:
    """Load rules/sources/force, what ``extra`` adds or corrects, and the sources of rules that neither has.

    Raises VanthuError naming file and fault.
    """
    records: dict[tuple[str, str], Force] = {}
    for path in sorted((data_folder("rules") / "sources" / "force").glob("*.yaml")):
        for record in _file(path):
            key = (record.code, number_key(record.number))
            if key in records:
                raise VanthuError(f"«{record.number}» có hai lần", path=path, hint="giữ một mục")
            records[key] = record
    if extra is not None:
        records |= {(record.code, number_key(record.number)): record for record in _file(extra)}
    for source in load_rulebook().sources.values():
        for record in _of_source(source):
            records.setdefault((record.code, number_key(record.number)), record)
    laws: dict[str, tuple[Force, ...]] = {}
    for record in sorted(records.values(), key=lambda record: record.date or datetime.date.min):
        if record.is_law:
            key_of_name = _law_key(f"{record.type} {record.subject}")
            laws[key_of_name] = (*laws.get(key_of_name, ()), record)
    return Register(records, laws)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of rules/sources/force: a field of work and its documents."""

    field: str
    documents: tuple[Force, ...]


def _file(path: Path) -> tuple[Force, ...]:
    try:
        documents = build(_File, read_mapping(path)).documents
    except SchemaError as error:
        raise VanthuError(error.reason, path=path, hint=error.hint) from error
    for document in documents:
        fault = _fault(document)
        if fault:
            raise VanthuError(f"«{document.number}»: {fault}", path=path)
    return documents


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
