"""Describe the documents of an archive and keep what is told of them in its catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digitize.archive import Archive
from digitize.describe.catalogue import Catalogue
from digitize.describe.describe import describe
from digitize.describe.reading import read_pages
from digitize.intake import sha256_of
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


def wanted(published: Sequence[str], named: Sequence[str]) -> list[str]:
    """Return the documents that are named by SHA-256, or the first letters of one, or by file; all without names.

    Raises VanthuError for a name that leads to none, or to several.
    """
    if not named:
        return list(published)
    return list(dict.fromkeys(_one(published, name) for name in named))


def _one(published: Sequence[str], name: str) -> str:
    if Path(name).is_file():
        found = [sha256 for sha256 in published if sha256 == sha256_of(name)]
    elif re.fullmatch(r"[0-9a-fA-F]{6,64}", name):
        found = [sha256 for sha256 in published if sha256.startswith(name.lower())]
    else:
        raise VanthuError("không có tệp này, cũng không phải mã SHA-256", path=name, hint="nêu ít nhất 6 ký tự của mã")
    if len(found) != 1:
        reason = "kho chưa có tài liệu này" if not found else f"{len(found)} tài liệu có mã bắt đầu như vậy"
        raise VanthuError(reason, path=name, hint="chạy digitize run trước" if not found else "nêu thêm ký tự của mã")
    return found[0]
