"""Archives with documents that were never scanned: their texts and fields are given."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digitize.archive import Archive, create_archive
from digitize.describe.catalogue import open_catalogue
from digitize.describe.describe import describe
from digitize.index.build import rebuild_index
from digitize.intake import Source
from digitize.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its name, the text of each page, what its fields are, and what was read before correction."""

    name: str
    pages: Sequence[str]
    fields: Mapping[str, str] = field(default_factory=dict)
    raw: Sequence[str] | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()


def store(archive: Archive, ledger: Ledger, paper: Paper) -> None:
    """Put a document into an archive as a run does."""
    run = ledger.begin_run()
    path = str(archive.root.parent / "scans" / paper.name)
    ledger.register(run, Source(path, paper.sha256, "pdf", 1000, "stamp"))
    folder = archive.document(paper.sha256)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text("\f".join(paper.pages), encoding="utf-8")
    if paper.raw is not None:
        (folder / "text.raw").write_text("\f".join(paper.raw), encoding="utf-8")
    (folder / "document.pdf").write_bytes(b"%PDF-1.7")
    words = {"pages": [_words(number, page) for number, page in enumerate(paper.pages, start=1)]}
    (folder / "words.json.gz").write_bytes(gzip.compress(json.dumps(words).encode()))
    ledger.finish(paper.sha256, "done", pages=len(paper.pages))
    with open_catalogue(archive.root) as catalogue:
        if catalogue.reading_of(paper.sha256) is None:
            catalogue.describe(paper.sha256, "reading", describe([]))
        for name, value in paper.fields.items():
            catalogue.correct(paper.sha256, name, value, who="An")


def make_archive(root: Path, papers: Sequence[Paper], engine: str = "whoosh") -> Archive:
    """Make an archive of documents and its index."""
    archive = create_archive(root)
    with Ledger(archive.ledger) as ledger:
        for paper in papers:
            store(archive, ledger, paper)
        rebuild_index(archive, ledger, engine)
    return archive


def _words(number: int, page: str) -> dict[str, object]:
    """Return a page as the words file has it: words of 60 by 20 pixels, ten a line."""
    words = page.split()
    rows = [
        [word, 70 * (place % 10), 30 * (place // 10), 70 * (place % 10) + 60, 30 * (place // 10) + 20, 90]
        for place, word in enumerate(words)
    ]
    return {"number": number, "width": 800, "height": 1000, "dpi": 96, "words": rows}
