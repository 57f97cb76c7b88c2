"""The Whoosh engine: pages are kept by Whoosh 2.7.4 with our codec, and what answers a query is found with arrays."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.index.engines.engine import PAGE_BITS, Writer
from digitize.index.entries import IndexedPage, Stream
from digitize.index.fields import KEYS, TEXTS

if TYPE_CHECKING:
    from digitize.index.engines.whoosh_reader import WhooshReader
    from digitize.index.engines.whoosh_writer import PageWriter

PAIRED = ("", "about", *TEXTS)
"""Fields in which phrases are found; "" is the text of the page."""


def pairs_field(field: str) -> str:
    """Return where the neighbours of a field are."""
    return f"{field}_pairs" if field else "pairs"


def mark(first: str, second: str) -> int:
    """Return what tells the accents of two neighbours from others of the same folded words: 16 bits."""
    return zlib.crc32(f"{first} {second}".encode()) & 0xFFFF


def create(folder: Path) -> None:
    """Make an empty index."""
    index = _whoosh()
    from digitize.index.engines.whoosh_codec import schema

    counted = ("folded", "exact", "about", "about_exact", *TEXTS, "document", *KEYS)
    index.create_in(str(folder), schema(counted, map(pairs_field, PAIRED))).close()


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    """Open an index for changes, which are made together at the end, or not at all."""
    module = _whoosh()
    from digitize.index.engines.whoosh_writer import PageWriter, merged

    index = module.open_dir(str(folder))
    writer = PageWriter(index, map(pairs_field, PAIRED))
    try:
        yield _Changes(writer)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merged)
    index.close()


def open_reader(folder: Path) -> WhooshReader:
    """Open an index to search it."""
    module = _whoosh()
    from digitize.index.engines.whoosh_reader import WhooshReader

    return WhooshReader(module.open_dir(str(folder)))


class _Changes:
    def __init__(self, writer: PageWriter) -> None:
        self._writer = writer

    def remove(self, documents: Iterable[int]) -> None:
        from digitize.index.engines.whoosh_reader import facts_of

        gone = set(documents)
        if not gone:
            return
        base = 0
        reader = self._writer.reader()
        for leaf, _ in reader.leaf_readers():
            for page, key in enumerate(facts_of(leaf)["key"].tolist()):
                if key >> PAGE_BITS in gone:
                    self._writer.delete_document(base + page)
            base += leaf.doc_count_all()
        reader.close()

    def add(self, page: IndexedPage) -> None:
        import numpy as np

        from digitize.index.engines.whoosh_codec import FACTS

        length = sum(len(exact) for exact, _ in page.streams)
        key = page.document << PAGE_BITS | page.number
        place = self._writer.start_page(np.array((key, page.day, length, page.confidence), FACTS))
        self._add_streams("", "folded", "exact", place, page.streams)
        self._add_streams("about", "about", "about_exact", place, page.about)
        for field, stream in page.texts.items():
            self._add_streams(field, field, "", place, (stream,))
        for field, values in page.keys.items():
            self._writer.pool.add_words(field, place, values)

    def _add_streams(self, field: str, folded: str, exact: str, page: int, streams: tuple[Stream, ...]) -> None:
        pool = self._writer.pool
        start = 0
        for with_accents, without in streams:
            pool.add_words(folded, page, without)
            if exact:
                pool.add_words(exact, page, with_accents)
            pairs = [f"{first} {second}" for first, second in pairwise(without)]
            marks = [mark(first, second) for first, second in pairwise(with_accents)]
            pool.add_words(pairs_field(field), page, pairs, start, marks)
            start += len(without) + 1


def _whoosh() -> Any:
    with warnings.catch_warnings():
        # Whoosh 2.7.4 has strings with bad escapes, of which Python warns whenever it compiles them.
        warnings.simplefilter("ignore")
        for name in ("whoosh.fields", "whoosh.codec.whoosh3"):
            import_module(name)
        return import_module("whoosh.index")
