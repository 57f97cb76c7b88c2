"""The words file: one JSON to every program that reads gzip, page by page to ours."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.checkpoint import KeptPage
from digitize.gzip_members import has_members, member, members
from digitize.pdf.check import Conformity
from digitize.pdf.searchable import SearchablePdf
from digitize.settings import Settings
from digitize.words import Word
from digitize.words_file import NAME, packed_pages, page_size, read_words_file, unpacked_page, words_file


def written(folder: Path, count: int = 3) -> bytes:
    """Write the words file of a document whose second page was not read."""
    pages = [
        KeptPage(
            n, 100, 50, 200.0, 0, "tesseract", "5", None, (), "", 88.5, (Word(f"từ, {n}", 1, 2, 3, 4, 90, 1, 1, 1),)
        )
        for n in range(1, count + 1)
    ]
    made = SearchablePdf(False, "", Conformity("made"))
    kept = [None if page.number == 2 else page for page in pages]
    content = words_file("ab" * 32, Settings("vie"), "{}", made, kept, {2: "hỏng"})
    (folder / NAME).write_bytes(content)
    return content


@pytest.mark.parametrize("count", [0, 1, 3])
def test_pages_one_by_one_are_those_of_the_whole(tmp_path: Path, count: int) -> None:
    content = written(tmp_path, count)
    whole = json.loads(gzip.decompress(content))
    assert read_words_file(tmp_path) == whole
    packed = packed_pages(tmp_path)
    assert list(map(unpacked_page, packed)) == whole["pages"]
    assert list(map(page_size, packed)) == [(page["width"] or 0, page["height"] or 0) for page in whole["pages"]]
    assert written(tmp_path, count) == content


def test_file_of_one_member_is_read_as_well(tmp_path: Path) -> None:
    whole = json.loads(gzip.decompress(written(tmp_path)))
    turned = {**whole, "pages": [dict(reversed(page.items())) for page in whole["pages"]]}
    (tmp_path / NAME).write_bytes(gzip.compress(json.dumps(turned, indent=1).encode()))
    assert list(map(unpacked_page, packed_pages(tmp_path))) == whole["pages"]
    assert list(map(page_size, packed_pages(tmp_path))) == [(p["width"] or 0, p["height"] or 0) for p in whole["pages"]]


def test_no_cut_and_no_wrong_byte_goes_unseen(tmp_path: Path) -> None:
    content = written(tmp_path)
    pages = list(map(unpacked_page, packed_pages(tmp_path)))
    sizes = [(page["width"] or 0, page["height"] or 0) for page in pages]
    for end in range(len(content)):
        (tmp_path / NAME).write_bytes(content[:end])
        with pytest.raises((OSError, ValueError)):
            read_words_file(tmp_path)
    for place in range(len(content)):
        (tmp_path / NAME).write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
        try:
            packed = packed_pages(tmp_path)
            found = list(map(unpacked_page, packed))
        except (OSError, ValueError, KeyError, TypeError):
            continue
        assert [page_size(page) for page in packed] == sizes
        # A flag of the format that says nothing of the content, or the parts before and behind the pages.
        assert found == pages, place


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_members_come_back_as_they_were(contents: list[bytes]) -> None:
    file = b"".join(map(member, contents))
    assert gzip.decompress(file) == b"".join(contents)
    assert list(map(gzip.decompress, members(file))) == contents


@given(st.binary(max_size=60), st.binary(max_size=40))
def test_what_is_no_member_is_refused(content: bytes, more: bytes) -> None:
    assert not has_members(gzip.compress(content))
    if more:
        with pytest.raises(ValueError, match="no member"):
            members(member(content) + more)
