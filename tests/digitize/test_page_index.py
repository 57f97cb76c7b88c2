from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.index.analysis import terms
from digitize.index.engines import whoosh
from digitize.index.engines.whoosh import IndexDamaged, PageEntry
from digitize.index.query import parse
from digitize.index.snippets import LENGTH, snippet
from doclint.vietnamese.normalise import nfc
from doclint.vietnamese.tones import new_tone_placement
from vanthu.errors import VanthuError

PAGES = {
    "khẩn": "Về việc xử lý khẩn cấp hồ sơ tồn đọng tại Bộ Y tế.\nTheo Quyết định số 534/QĐ-TTg ngày 31/3/2026.",
    "khan": "Ve viec xu ly khan cap ho so ton dong, de nghi cac so, nganh.",
    "khăn": "Cấp phát khăn mặt cho nhân viên, tổng 1.250.000 đồng. Ở nước ta, tòa án cần máy in.",
    "đường": "Đường sắt Bến Thành – Suối Tiên, hoà giải ở cơ sở; Kết luận 226-KL/TW về tổ chức.",
    "lặp": "khăn khăn khăn khăn khăn",
    "dài": "Công văn hỏa tốc. " + "một hai ba bốn năm sáu " * 200 + "khẩn",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    whoosh.rebuild(folder, [[PageEntry(name, 1, text) for name, text in PAGES.items()]])
    return folder


@pytest.fixture(scope="module")
def ask(folder: Path) -> Callable[[str], list[str]]:
    return lambda query: [sha256 for sha256, _, _ in whoosh.search(folder, parse(query), 100)[1]]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("khan cap", {"khẩn", "khan", "khăn"}),
        ("khẩn cấp", {"khẩn", "khan", "khăn"}),
        ('"khan cap"', {"khẩn", "khan"}),
        ("“khẩn cấp”", {"khẩn", "khan"}),
        ('"khẩn cấp', {"khẩn", "khan"}),
        ("534", {"khẩn"}),
        ("534/QĐ-TTg", {"khẩn"}),
        ("534/qd-ttg", {"khẩn"}),
        ("qd-ttg", {"khẩn"}),
        ("QĐ-TTg", {"khẩn"}),
        ("226-KL/TW", {"đường"}),
        ("kl/tw", {"đường"}),
        ("TTg-QĐ", set()),
        ("31/3/2026", {"khẩn"}),
        ("1.250.000", {"khăn"}),
        ("Y tế", {"khẩn"}),
        ("bộ y te", {"khẩn"}),
        ("Ở", {"khăn", "đường"}),
        ("tổ chức", {"đường"}),
        ("to chuc", {"đường"}),
        ("tòa án", {"khăn"}),
        ("toà án", {"khăn"}),
        ("hòa giải", {"đường"}),
        ("hoả tốc", {"dài"}),
        ("duong sat", {"đường"}),
        ("ĐƯỜNG SẮT", {"đường"}),
        (unicodedata.normalize("NFD", "đường sắt"), {"đường"}),
        (unicodedata.normalize("NFD", '"tồn đọng"'), {"khẩn", "khan"}),
        ("máy in", {"khăn"}),
        ("không có từ này", set()),
    ],
)
def test_golden_queries(query: str, pages: set[str], ask: Callable[[str], list[str]]) -> None:
    assert set(ask(query)) == pages


def test_accents_that_agree_rank_first(ask: Callable[[str], list[str]]) -> None:
    assert ask("khẩn cấp")[0] == "khẩn"
    assert ask("khan cap")[0] == "khan"
    assert ask("khăn")[:2] == ["lặp", "khăn"]
    # Long and with the word once, before short and full of it with another accent.
    assert ask("khẩn")[:2] == ["khẩn", "dài"]


def test_the_count_is_of_all_and_the_list_is_of_the_best(folder: Path) -> None:
    total, best = whoosh.search(folder, parse("khan"), 2)
    assert total == 5
    assert len(best) == 2


@pytest.mark.parametrize("query", ["", "  ", '""', "… - /"])
def test_a_query_without_words_is_refused(query: str) -> None:
    with pytest.raises(VanthuError, match="không có chữ"):
        parse(query)


@given(st.text())
def test_any_query_is_read(text: str) -> None:
    try:
        assert all(parse(text).clauses)
    except VanthuError:
        assert not list(terms(nfc(text).translate({ord(quote): " " for quote in '"“”'})))


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    text = nfc(text)
    end = 0
    for term in terms(text):
        assert end <= term.start < term.end
        assert len(term.folded) == term.end - term.start
        end = term.end


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("HÓA", "HOÁ"),
        ("Thủy", "Thuỷ"),
        ("khỏe", "khoẻ"),
        ("hoàn", "hoàn"),
        ("quý", "quý"),
        ("tòan", "tòan"),
    ],
)
def test_tone_placement(old: str, new: str) -> None:
    assert new_tone_placement(old) == new


def test_a_snippet_shows_where_the_words_are_together() -> None:
    page = "khẩn " + "một hai ba bốn " * 40 + "xử lý\nkhẩn cấp hồ sơ" + " năm sáu bảy tám" * 40
    found = snippet(page, parse("khẩn cấp"))
    assert "xử lý khẩn cấp hồ sơ" in found.text
    assert [found.text[start:end] for start, end in found.marks] == ["khẩn", "cấp"]
    assert found.text.startswith("… ") and found.text.endswith(" …")
    assert len(found.text) < LENGTH * 1.5


def test_marks_follow_the_accents_of_the_query() -> None:
    def marked(page: str, query: str) -> list[str]:
        found = snippet(page, parse(query))
        return [found.text[start:end] for start, end in found.marks]

    assert marked("khăn khẩn KHẨN", "khẩn") == ["khẩn", "KHẨN"]
    assert marked("khăn khan", "khẩn") == ["khăn", "khan"]
    assert marked("khăn khan", "khan") == ["khăn", "khan"]
    assert marked("số 534/QĐ-TTg và 534", "534/qd-ttg") == ["534/QĐ-TTg"]
    assert marked("rất khẩn cấp", '"khẩn cấp" cấp') == ["khẩn cấp"]


@given(st.text(alphabet="ấa bc\n", max_size=600), st.text(alphabet="ấabc ", min_size=1).filter(str.strip))
def test_marks_are_inside_the_snippet_and_apart(page: str, query: str) -> None:
    found = snippet(nfc(page), parse(query))
    assert "\n" not in found.text
    end = 0
    for mark in found.marks:
        assert end <= mark[0] < mark[1] <= len(found.text)
        end = mark[1]


def test_updates_replace_and_remove(tmp_path: Path) -> None:
    whoosh.rebuild(tmp_path, [[PageEntry("a", 1, "cũ"), PageEntry("b", 1, "còn")], [PageEntry("c", 1, "bỏ")]])
    whoosh.update(tmp_path, ["a", "c"], [PageEntry("a", 1, "mới"), PageEntry("a", 2, "mới")])
    assert [whoosh.search(tmp_path, parse(word), 9)[0] for word in ("cũ", "mới", "còn", "bỏ")] == [0, 2, 1, 0]


def test_a_failed_update_changes_nothing(tmp_path: Path) -> None:
    whoosh.rebuild(tmp_path, [[PageEntry("a", 1, "cũ")]])

    def pages():  # type: ignore[no-untyped-def]
        yield PageEntry("b", 1, "mới")
        raise VanthuError("mất tệp")

    with pytest.raises(VanthuError, match="mất tệp"):
        whoosh.update(tmp_path, ["a"], pages())
    assert [whoosh.search(tmp_path, parse(word), 9)[0] for word in ("cũ", "mới")] == [1, 0]


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"chưa có chỉ mục.*digitize index"):
        whoosh.search(tmp_path, parse("chữ"), 9)


# Whoosh leaves the file open when what is in it cannot be read.
leaks = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@leaks
@pytest.mark.parametrize("seed", range(8))
def test_flipped_bytes_give_answers_or_one_error(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    syllables = [
        f"{first}{vowel}" for first in ("b", "c", "d", "đ", "ng", "th") for vowel in ("a", "á", "ấ", "ơ", "ư", "ệ")
    ]
    pages = [PageEntry(str(number), 1, " ".join(chance.choices(syllables, k=200))) for number in range(50)]
    whoosh.rebuild(tmp_path, [pages])
    (segment,) = (tmp_path / "000001").glob("*.seg")
    content = bytearray(segment.read_bytes())
    for _ in range(len(content) // 200):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    segment.write_bytes(content)
    told = 0
    for query in [*syllables[::4], '"ba ca"', '"đấ ngơ thệ"']:
        try:
            whoosh.search(tmp_path, parse(query), 10)
        except IndexDamaged as error:
            told += 1
            assert "chỉ mục hỏng" in str(error)
    assert told
    whoosh.rebuild(tmp_path, [pages])
    assert whoosh.search(tmp_path, parse("ba"), 10)[0] > 0


@leaks
@pytest.mark.parametrize("harm", ["toc lost", "toc cut", "segment lost", "folder lost", "pointer lost"])
def test_lost_files_are_told(harm: str, tmp_path: Path) -> None:
    whoosh.rebuild(tmp_path, [[PageEntry("a", 1, "chữ")]])
    (toc,) = (tmp_path / "000001").glob("*.toc")
    (segment,) = (tmp_path / "000001").glob("*.seg")
    if harm == "toc lost":
        toc.unlink()
    elif harm == "toc cut":
        toc.write_bytes(toc.read_bytes()[:20])
    elif harm == "segment lost":
        segment.unlink()
    elif harm == "folder lost":
        (tmp_path / "000001").rename(tmp_path / "đi")
    else:
        (tmp_path / "current").unlink()
    with pytest.raises(IndexDamaged):
        whoosh.search(tmp_path, parse("chữ"), 10)
    whoosh.rebuild(tmp_path, [[PageEntry("a", 1, "chữ")]])
    assert whoosh.search(tmp_path, parse("chữ"), 10)[0] == 1
