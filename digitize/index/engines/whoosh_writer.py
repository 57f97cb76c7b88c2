"""Write pages to an index of Whoosh: the terms of a segment are gathered in flat arrays, then sorted all at once.

This module imports Whoosh: import it only where an index is written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from digitize.index.engines.whoosh_codec import PageCodec, PageTermsReader, Posting


class Pool:
    """The terms of a segment that is being written, in memory: one flat array a field of what stands on its pages."""

    def __init__(self, placed: Iterable[str]) -> None:
        self._placed = frozenset(placed)
        self._fields: dict[str, _Column] = {}

    def add_words(self, field: str, page: int, words: Sequence[str], start: int = 0, marks: Sequence[int] = ()) -> None:
        """Add the terms of a page, the pages in order. Of a pair ``start`` is the place of the first."""
        column = self._column(field)
        known = column.numbers
        for word in words:
            if word not in known:
                known[word] = len(known)
        column.terms.extend([known[word] for word in words])
        column.pages.extend([page] * len(words))
        if field in self._placed:
            column.places.extend(range(start, start + len(words)))
            column.marks.extend(marks)

    def add_posting(self, field: str, term: bytes, posting: Posting) -> None:
        """Add a term of another segment, its pages numbered as in this one."""
        column = self._column(field)
        number = column.numbers.setdefault(term.decode(), len(column.numbers))
        pages = np.repeat(posting.pages, posting.counts)
        column.terms.frombytes(np.full(len(pages), number, np.uint32).tobytes())
        column.pages.frombytes(pages.astype(np.uint32).tobytes())
        if posting.places is not None and posting.marks is not None:
            column.places.frombytes(posting.places.astype(np.uint32).tobytes())
            column.marks.frombytes(posting.marks.tobytes())

    def iter_postings(self) -> Iterator[tuple[str, bytes, Posting]]:
        """Yield every term with its posting, by field and term."""
        for field in sorted(self._fields):
            yield from ((field, term, posting) for term, posting in self._fields.pop(field).postings())

    def cleanup(self) -> None:
        """Forget what was added."""
        self._fields.clear()

    def _column(self, field: str) -> _Column:
        return self._fields.setdefault(field, _Column())


class _Column:
    """The terms of a field as they come: number of the term, page, and of a pair its place and marks."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.terms, self.pages = array("I"), array("I")
        self.places, self.marks = array("I"), array("H")

    def postings(self) -> Iterator[tuple[bytes, Posting]]:
        encoded = [term.encode() for term in self.numbers]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(order), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        terms, pages = rank[np.frombuffer(self.terms, np.uint32)], np.frombuffer(self.pages, np.uint32)
        placed = len(self.places) == len(terms) > 0
        places = np.frombuffer(self.places, np.uint32) if placed else np.zeros(len(terms), np.uint32)
        sorting = np.lexsort((places, pages, terms))
        terms, pages, places = terms[sorting], pages[sorting], places[sorting]
        marks = np.frombuffer(self.marks, np.uint16)[sorting] if placed else None
        fresh = np.ones(len(terms), bool)
        fresh[1:] = (terms[1:] != terms[:-1]) | (pages[1:] != pages[:-1])
        starts = np.flatnonzero(fresh)
        counts = np.diff(starts, append=len(terms)).astype(np.uint32)
        pages, terms = pages[starts], terms[starts]
        bounds = np.searchsorted(terms, np.arange(len(order) + 1, dtype=np.uint32))
        spans = np.append(starts, len(places))[bounds].tolist()
        for number, (start, end), (first, last) in zip(order, pairwise(bounds.tolist()), pairwise(spans), strict=True):
            if marks is None:
                yield encoded[number], Posting(pages[start:end], counts[start:end])
            else:
                there = places[first:last], marks[first:last]
                yield encoded[number], Posting(pages[start:end], counts[start:end], *there)


class PageWriter(SegmentWriter):  # type: ignore[misc]
    """Writes pages; what it does takes effect with ``commit``."""

    def __init__(self, index: Any, placed: Iterable[str]) -> None:
        super().__init__(index, codec=PageCodec())
        self.pool = Pool(placed)

    def start_page(self, facts: NDArray[Any]) -> int:
        """Begin a page with FACTS, the words of which are then added to ``pool``; return its number."""
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_column_value("facts", self.schema["facts"].column_type, facts.tobytes())
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1
        return int(self.docnum) - 1

    def add_postings_to_pool(self, reader: SegmentReader, startdoc: int, docmap: dict[int, int] | None) -> None:
        """Take the terms of another segment over; ``docmap`` leaves out the pages that are deleted."""
        numbers = np.full(reader.doc_count_all(), -1, np.int64)
        if docmap is None:
            numbers[:] = np.arange(startdoc, startdoc + len(numbers))
        else:
            numbers[list(docmap)] = list(docmap.values())
        terms: PageTermsReader = reader._terms
        for field in terms.indexed_field_names():
            for term in terms.all_terms(field):
                posting = terms.posting(field, term)
                assert posting is not None
                kept = _renumbered(posting, numbers)
                if len(kept.pages):
                    self.pool.add_posting(field, term, kept)


def merged(writer: PageWriter, segments: Sequence[Any]) -> list[Any]:
    """Merge into what ``writer`` adds the segments that are no larger than what they are merged with; return the rest.

    So every page is written anew no more often than the logarithm of their number.
    """
    rest, size = [], writer.doc_count()
    for segment in sorted(segments, key=lambda segment: segment.doc_count_all() - segment.deleted_count()):
        live = segment.doc_count_all() - segment.deleted_count()
        wasteful = segment.deleted_count() > live
        if live and ((live <= size and live + size <= _LARGEST_MERGE) or wasteful):
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
            size += live
        elif live:
            rest.append(segment)
    return rest


def _renumbered(posting: Posting, numbers: NDArray[np.int64]) -> Posting:
    pages = numbers[posting.pages]
    kept = pages >= 0
    if posting.places is None or posting.marks is None:
        return Posting(pages[kept].astype(np.uint32), posting.counts[kept])
    each = np.repeat(kept, posting.counts)
    return Posting(pages[kept].astype(np.uint32), posting.counts[kept], posting.places[each], posting.marks[each])


_LARGEST_MERGE = 20_000
