"""Documents we hold a record of: what a citation can be checked against."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doclint.anatomy.citations import identity, number_key
from doclint.anatomy.parts import Citation
from doclint.document import Document
from doclint.rulebook import load
from doclint.yaml_file import read_mapping
from vanthu.data import data_folder


@dataclass(frozen=True, slots=True)
class Record:
    """A document by number: when, by whom and about what it was issued; ``origin`` is where the record stands."""

    number: str
    date: datetime.date | None
    issuer: str
    subject: str
    origin: str


@cache
def records() -> dict[str, Record]:
    """Return the records of the corpus and of the legal sources, by number as ``identity`` writes it."""
    found = [*_of_corpus(data_folder("corpora")), *_of_sources()]
    return {number_key(record.number): record for record in found}


def resolve(document: Document, citation: Citation) -> Record | None:
    """Return the record of the cited document, None when there is none."""
    return records().get(identity(document, citation)) if citation.number else None


def _of_corpus(folder: Path) -> list[Record]:
    entries = read_mapping(folder / "manifest.yaml").get("files", [])
    found = []
    for entry in entries if isinstance(entries, list) else []:
        record = entry.get("record")
        if record is not None:
            found.append(
                Record(record["number"], record["date"], record["issuer"], record["subject"], origin=entry["path"])
            )
    return found


def _of_sources() -> list[Record]:
    sources = (source for source in load().sources.values() if source.number)
    return [
        Record(source.number, source.date, source.citation.partition(" của ")[2], source.title, origin=source.id)
        for source in sources
    ]
