"""A draft is looked up among documents: which of them count, which one is told, and what is left that is new."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.anatomy import dissect
from doclint.document import Document
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reuse.lookup import Lookup
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.library import Library, library, pack_folder
from doclint.reuse.packs.meta import Table
from doclint.reuse.packs.pack import opened
from doclint.reuse.packs.store import writing
from doclint.reuse.search import Reuse
from tests.doclint.reuse.offices import document, passage, write
from vanthu.errors import VanthuError

CORPORA = Path(__file__).resolve().parents[3] / "corpora"
COMMUNE = "ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM"
PROVINCE = "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ"


def looked_up(
    folder: Path, draft: str, *sources: str, chosen: bool = False, own: bool = False, removed: int = 0
) -> tuple[Document, Reuse]:
    files = [write(folder, f"{number}.txt", text) for number, text in enumerate(sources)]
    bring(folder / "goi", list(map(str, files)), Table({}), create=True, workers=1)
    if removed:
        with writing(folder / "goi") as store:
            store.remove([removed])
    text = read_text(draft)
    with opened("thử", folder / "goi") as pack:
        lookup = Lookup(text, dissect(text), Library((pack,), chosen))
        return text, lookup.own if own else lookup.superior


def draft_of(body: str, *, issuer: str = COMMUNE, date: str = "ngày     tháng     năm 2026", number: str = "") -> str:
    return document(body, issuer=issuer, date=date, number=number or "      /KH-UBND")


def test_a_copy_is_found_with_its_source(tmp_path: Path) -> None:
    text, reuse = looked_up(
        tmp_path,
        draft_of(f"{passage(50)} {passage(1)}"),
        document(passage(1)),
        document(passage(2), number="2/KH-UBND"),
    )
    (found,) = reuse.found
    assert found.entry.number == "77/KH-UBND"
    assert text.at(found.copy.draft) == passage(1) == found.source.at(found.copy.source)
    assert (found.unit, found.copy.grade, found.syllables) == ("mục 1", "verbatim", 60)
    assert [text.at(span) for span in reuse.fresh] == [f"1. {passage(50)}"]
    assert (reuse.copied, reuse.operative, reuse.supports) == (60, 121, "revise")


@pytest.mark.parametrize(
    ("issuer", "counts"),
    [
        (PROVINCE, True),
        ("BỘ NỘI VỤ", True),
        ("SỞ NỘI VỤ", True),
        ("ỦY BAN NHÂN DÂN XÃ TRÀ LĨNH", False),
        (COMMUNE, False),
        ("CÂU LẠC BỘ THƠ", False),
    ],
)
def test_only_higher_bodies_count(tmp_path: Path, issuer: str, counts: bool) -> None:
    _, reuse = looked_up(tmp_path, draft_of(passage(1)), document(passage(1), issuer=issuer))
    assert bool(reuse.found) == counts


def test_a_chosen_pack_counts_whatever_the_level(tmp_path: Path) -> None:
    source = document(passage(1), issuer="ỦY BAN NHÂN DÂN XÃ TRÀ LĨNH")
    assert looked_up(tmp_path, draft_of(passage(1)), source, chosen=True)[1].found


@pytest.mark.parametrize(
    ("date", "counts"),
    [("ngày 04 tháng 01 năm 2026", False), ("ngày 05 tháng 01 năm 2026", True), ("ngày     tháng     năm", True)],
)
def test_a_younger_document_is_no_source(tmp_path: Path, date: str, counts: bool) -> None:
    _, reuse = looked_up(tmp_path, draft_of(passage(1), date=date), document(passage(1)))
    assert bool(reuse.found) == counts


def test_a_document_is_no_copy_of_itself(tmp_path: Path) -> None:
    issued = document(passage(1), issuer=COMMUNE, number="12/KH-UBND")
    assert not looked_up(tmp_path, issued, issued, own=True)[1].found
    assert looked_up(tmp_path, draft_of(passage(1)), issued, own=True)[1].found


def test_what_was_removed_is_no_source(tmp_path: Path) -> None:
    assert not looked_up(tmp_path, draft_of(passage(1)), document(passage(1)), removed=1)[1].found


def test_the_document_with_the_longest_passage_is_told_and_others_beside_it(tmp_path: Path) -> None:
    part = " ".join(passage(1).split()[:50])
    _, reuse = looked_up(
        tmp_path, draft_of(passage(1)), document(part, number="1/KH-UBND"), document(passage(1), number="2/KH-UBND")
    )
    (found,) = reuse.found
    assert found.entry.number == "2/KH-UBND"
    assert [entry.number for entry in found.also] == ["1/KH-UBND"]


def test_passages_of_two_documents_that_meet_are_both_told(tmp_path: Path) -> None:
    words = passage(1, 100).split()
    left, right = " ".join(words[:60]), " ".join(words[40:])
    _, reuse = looked_up(
        tmp_path, draft_of(" ".join(words)), document(left, number="1/KH-UBND"), document(right, number="2/KH-UBND")
    )
    assert {found.entry.number for found in reuse.found} == {"1/KH-UBND", "2/KH-UBND"}
    spans = [found.copy.draft for found in reuse.found]
    assert not spans[0].overlaps(spans[1])
    assert reuse.copied == 101  # with the number of the item


def test_what_everybody_writes_is_no_copy(tmp_path: Path) -> None:
    common = passage(7, 30)
    sources = [document(f"{passage(100 + n)} {common}", number=f"{n + 1}/KH-UBND") for n in range(110)]
    assert not looked_up(tmp_path, draft_of(f"{passage(50)} {common}"), *sources)[1].found


def test_a_rare_word_in_what_many_bodies_write_is_no_copy(tmp_path: Path) -> None:
    left, right = passage(7, 14), passage(8, 14)
    bodies = [f"ỦY BAN NHÂN DÂN TỈNH {name.upper()}" for name in passage(9, 40).split()]
    sources = [
        document(f"{passage(100 + n)} {left} {passage(200 + n, 3)} {right}", issuer=body, number=f"{n + 1}/KH-UBND")
        for n, body in enumerate(bodies)
    ]
    draft = draft_of(f"{passage(50)} {left} {passage(203, 3)} {right}")
    assert not looked_up(tmp_path, draft, *sources)[1].found


@pytest.mark.parametrize("others", [True, False])
def test_a_series_of_one_body_is_its_own_where_others_can_tell(tmp_path: Path, others: bool) -> None:
    series = [document(f"{passage(100 + n)}.\n{passage(7, 30)}", number=f"{n + 1}/KH-UBND") for n in range(12)]
    mine = passage(50)
    for n, name in enumerate(passage(9, 30).split() if others else ()):
        series.append(document(f"{mine} {passage(200 + n)}", issuer=f"ỦY BAN NHÂN DÂN TỈNH {name.upper()}"))
    found = looked_up(tmp_path, draft_of(f"{mine}.\n{passage(7, 30)}"), *series)[1].found
    assert [one.syllables for one in found] == ([30] if others else [])


def test_nothing_is_found_in_an_empty_library(tmp_path: Path) -> None:
    text = read_text(draft_of(passage(1)))
    for packs in ((), ("trống",)):
        with ExitStack() as stack:
            if packs:
                bring(tmp_path / "goi", [], Table({}), create=True, workers=1)
            one = tuple(stack.enter_context(opened(name, tmp_path / "goi")) for name in packs)
            reuse = Lookup(text, dissect(text), Library(one)).superior
        assert (reuse.found, reuse.share, reuse.supports) == ((), 0.0, "pass")


def test_a_nearly_whole_copy_supports_not_to_issue(tmp_path: Path) -> None:
    assert looked_up(tmp_path, draft_of(passage(1, 200)), document(passage(1, 200)))[1].supports == "reconsider"


syllables = st.sampled_from(passage(3, 30).split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(syllables, max_size=60), st.lists(syllables, max_size=60), st.lists(syllables, min_size=12, max_size=60)
)
def test_every_span_is_what_it_says(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], shared: list[str]
) -> None:
    source = document(" ".join([*after, *shared, *before]) or "a")
    text, reuse = looked_up(tmp_path_factory.mktemp("tim"), draft_of(" ".join([*before, *shared, *after])), source)
    ends = [0]
    for found in reuse.found:
        copy = found.copy
        assert copy.draft.start >= ends[-1]
        ends.append(copy.draft.end)
        for side, whole in (("draft", text.at(copy.draft)), ("source", found.source.at(copy.source))):
            pieces = " ".join(piece for edit in copy.edits if (piece := getattr(edit, side)))
            assert pieces.split() == whole.split()
        for span in copy.same:
            assert span in copy.draft
            assert text.at(span) in found.source.text
    assert 0 <= reuse.copied <= reuse.operative
    assert all(not span.overlaps(found.copy.draft) for span in reuse.fresh for found in reuse.found)


@pytest.mark.parametrize("path", sorted((CORPORA / "drafts").iterdir()), ids=lambda path: path.name)
def test_specimens_copy_what_they_were_written_to_copy(path: Path) -> None:
    text = read(path)
    with library() as opened_library:
        reuse = Lookup(text, dissect(text), opened_library).superior
    assert bool(reuse.found) == (path.stem == "ke-hoach-sao-chep")
    for found in reuse.found:
        assert found.entry.number == "215/KH-UBND"
        assert text.at(found.copy.draft).split()[-3:] == found.source.at(found.copy.source).split()[-3:]


def test_the_default_pack_is_there_and_no_name_of_a_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "nha"))
    with library() as opened_library:
        assert [pack.name for pack in opened_library.packs] == ["mau"]
        assert sum(1 for _ in opened_library.packs[0].entries()) == len(found_in([CORPORA / "superior"])[0])
    assert len(list((tmp_path / "nha/packs").iterdir())) == 1


def test_the_default_pack_works_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "tep", "không phải thư mục")
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "tep"))
    with library() as opened_library:
        assert len(list(opened_library.packs[0].entries())) == 3


@pytest.mark.parametrize("name", ["", ".", "..", ".an", "a\nb"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(VanthuError, match="không dùng được"):
        pack_folder(name)
