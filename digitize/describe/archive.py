"""Describe the documents of an archive and keep what is told of them in its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from digitize.archive import Archive
from digitize.describe.catalogue import Catalogue
from digitize.describe.describe import describe
from digitize.describe.reading import read_pages
from vanthu.errors import VanthuError


@dataclass(slots=True)
class Done:
    """What a run over the archive did; ``faults`` are documents that could not be read, the others go on."""

    described: list[str] = field(default_factory=list)
    unchanged: int = 0
    faults: list[VanthuError] = field(default_factory=list)


def describe_documents(archive: Archive, catalogue: Catalogue, documents: Sequence[str]) -> Done:
    """Describe those of ``documents`` that are new or were read anew since. Each is entered whole, at once."""
    done = Done()
    for sha256 in documents:
        try:
            reading, pages = read_pages(archive.document(sha256))
        except VanthuError as error:
            done.faults.append(error)
            continue
        if catalogue.reading_of(sha256) == reading:
            done.unchanged += 1
            continue
        catalogue.describe(sha256, reading, describe(pages))
        done.described.append(sha256)
    return done
