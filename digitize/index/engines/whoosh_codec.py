"""A codec for Whoosh: postings as arrays that are read at once, and folded neighbours instead of positions of words.

A term of Whoosh's own codec is read posting by posting, in Python. Here all its pages are one array, how often it
stands on each another. Two words that follow each other are a term of the field of pairs, which also keeps where they
stand, so that a phrase is the places where its pairs meet, and what accents they have there.

This module imports Whoosh: import it only where an index is opened.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.columns import FixedBytesColumn
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence
from whoosh.matching import ListMatcher

FACTS = np.dtype([("key", "<i8"), ("day", "<i4"), ("length", "<i4"), ("confidence", "<i4")])
"""What is kept of a page beside its words; ``length`` is in words."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The pages of a term and how often it stands on each; of a pair also where, and marks of its accents there.

    ``places`` and ``marks`` have one entry for each time it stands, page by page.
    """

    pages: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    places: NDArray[np.uint32] | None = None
    marks: NDArray[np.uint16] | None = None


class Terms(FieldType):  # type: ignore[misc]
    """A field of terms; with ``placed`` their places are kept."""

    def __init__(self, placed: bool = False) -> None:
        super().__init__(Existence(), None)
        self.placed = placed


class Facts(FieldType):  # type: ignore[misc]
    """The field of FACTS."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)
        self.indexed = False
        self.column_type = FixedBytesColumn(FACTS.itemsize)


def schema(counted: Iterable[str], placed: Iterable[str]) -> Schema:
    """Return the schema of an index with these fields."""
    fields = {name: Terms() for name in counted} | {name: Terms(placed=True) for name in placed}
    return Schema(facts=Facts(), **fields)


class PageCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings of our own."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> PageFieldWriter:
        """Return what writes the terms of a segment."""
        return PageFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> PageTermsReader:
        """Return what reads the terms of a segment."""
        name = segment.make_filename(W3Codec.TERMS_EXT)
        postings = segment.open_file(storage, W3Codec.POSTS_EXT)
        return PageTermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Return the postings of a term as Whoosh's own queries read them."""
        offset, (length,) = terminfo.extent()
        found = _unpacked(dbfile.get(offset, length))
        return ListMatcher(
            found.pages.tolist(), found.counts.tolist(), format=format_, scorer=scorer, term=term, terminfo=terminfo
        )


class PageFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the terms of a segment, whole postings at a time."""

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[tuple[str, bytes, Posting]]) -> None:
        """Write ``items``, which come by field and term."""
        field, start = None, self._postfile.tell()
        for name, term, posting in items:
            if name != field:
                if field is not None:
                    self.finish_field()
                self.start_field(name, schema[name])
                field = name
            packed = _packed(posting)
            self._postfile.write(packed)
            info = W3TermInfo()
            info._weight, info._df = float(posting.counts.sum()), len(posting.pages)
            info._maxweight = float(posting.counts.max())
            info._minid, info._maxid = int(posting.pages[0]), int(posting.pages[-1])
            info.set_extent(start, len(packed))
            start += len(packed)
            self._tindex.add(struct.pack("!H", self._fieldid) + term, info.to_bytes())
        if field is not None:
            self.finish_field()


class PageTermsReader(W3TermsReader):  # type: ignore[misc]
    """Reads the terms of a segment."""

    def posting(self, field: str, term: bytes) -> Posting | None:
        """Return the posting of a term, None when the segment has it nowhere."""
        try:
            value = self._tindex[self._keycoder(field, term)]
        except KeyError:
            return None
        return _unpacked(self._postfile.get(*_extent(value)))

    def frequency_of(self, field: str, term: bytes) -> int:
        """Return on how many pages a term stands."""
        try:
            return int(self.doc_frequency(field, term))
        except KeyError:
            return 0

    def all_terms(self, field: str) -> Iterator[bytes]:
        """Yield the terms of a field, sorted."""
        if field not in self._fieldmap:
            return
        key = self._keycoder(field, b"")
        for found in self._tindex.keys_from(key):
            if found[:2] != key:
                return
            yield found[2:]


def _extent(info: bytes) -> tuple[int, int]:
    """Return where a posting is in its file and how long; Whoosh's own reading of it gives a tuple for the length."""
    offset, length = _EXTENT.unpack(info[-_EXTENT.size :])
    return offset, length


def _packed(posting: Posting) -> bytes:
    """Return a posting as it is kept: counts only where one is not 1, places in 16 bits where they fit."""
    size = len(posting.pages)
    once = len(posting.places) == size if posting.places is not None else int(posting.counts.sum()) == size
    parts = [posting.pages.astype("<u4", copy=False).tobytes()]
    if not once:
        parts.append(posting.counts.astype("<u4", copy=False).tobytes())
    flags = once * 1
    if posting.places is not None and posting.marks is not None:
        small = int(posting.places.max()) < 65536
        flags |= 2 | small * 4
        parts.append(posting.places.astype("<u2" if small else "<u4", copy=False).tobytes())
        parts.append(posting.marks.astype("<u2", copy=False).tobytes())
    return b"".join((_HEAD.pack(flags, size), *parts))


def _unpacked(data: bytes) -> Posting:
    flags, size = _HEAD.unpack_from(data)
    at = _HEAD.size
    pages = np.frombuffer(data, "<u4", size, at)
    at += 4 * size
    if flags & 1:
        counts = np.ones(size, np.uint32)
    else:
        counts = np.frombuffer(data, "<u4", size, at)
        at += 4 * size
    if not flags & 2:
        return Posting(pages, counts)
    total = int(counts.sum(dtype=np.int64))
    width = 2 if flags & 4 else 4
    places = np.frombuffer(data, f"<u{width}", total, at).astype(np.uint32)
    return Posting(pages, counts, places, np.frombuffer(data, "<u2", total, at + width * total))


_HEAD, _EXTENT = struct.Struct("<BI"), struct.Struct("!qi")
