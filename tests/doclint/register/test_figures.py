"""The figures: each from its rows, the same days of both years, words where a percentage says nothing."""

from __future__ import annotations

import datetime
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.register.entry import NEEDLESS, Entry, Meeting
from doclint.register.figures import Figures, Period, figures_of, grouped
from doclint.register.lines import figures_csv, lines_of
from doclint.register.measures import Share, Target, percent, ranges
from doclint.register.terminal import figure_lines
from tests.doclint.register.made import entries, meetings

YEAR = Period(2026, datetime.date(2026, 12, 31))


def some(count: int) -> tuple[int, ...]:
    return tuple(range(count))


@pytest.mark.parametrize(
    ("now", "before", "words", "judgement"),
    [
        (85, 100, "giảm 15%", "đạt mục tiêu giảm 15%"),
        (86, 100, "giảm 14%", "chưa đạt mục tiêu giảm 15%"),
        (8504, 10000, "giảm 14,96%", "chưa đạt mục tiêu giảm 15%"),
        (120, 100, "tăng 20%", "chưa đạt mục tiêu giảm 15%"),
        (100, 100, "không tăng, không giảm", "chưa đạt mục tiêu giảm 15%"),
        (0, 7, "giảm 100%", "đạt mục tiêu giảm 15%"),
        (5, 0, "không so được: sổ không có dòng nào của năm trước", ""),
        (0, 0, "không so được: sổ không có dòng nào của năm trước", ""),
        (0, 1, "giảm 1, từ 1 thành 0; năm trước có dưới 5 nên không tính tỷ lệ", ""),
        (3, 1, "tăng 2, từ 1 thành 3; năm trước có dưới 5 nên không tính tỷ lệ", ""),
    ],
)
def test_a_fall_in_words(now: int, before: int, words: str, judgement: str) -> None:
    target = Target("Văn bản", some(now), some(before), 15)
    assert (target.words, target.judgement) == (words, judgement)


def test_a_share_in_words() -> None:
    assert Share("", (), (), 60).words == "sổ chưa có hội nghị nào"
    assert Share("", some(1), some(1), 60).words == "1 trên 1 hội nghị; dưới 5 nên không tính tỷ lệ"
    assert Share("", some(6), some(10), 60).judgement == "đạt mục tiêu từ 60%"
    assert Share("", some(5996), some(10000), 60).words == "59,96%"


@given(st.integers(0, 3000), st.integers(5, 3000), st.integers(0, 100))
def test_what_is_printed_never_says_otherwise_than_what_is_judged(part: int, whole: int, wanted: int) -> None:
    share = Fraction(part, whole)
    printed = Fraction(percent(share, wanted).removesuffix("%").replace(",", "."))
    assert (printed >= wanted) == (share * 100 >= wanted)


@given(st.frozensets(st.integers(1, 200)))
def test_ranges_name_all_rows_and_no_other(rows: frozenset[int]) -> None:
    told: set[int] = set()
    for part in filter(None, ranges(tuple(rows)).split(", ")):
        first, _, last = part.partition("–")
        told.update(range(int(first), int(last or first) + 1))
    assert told == rows


def test_the_same_days_of_both_years_are_compared() -> None:
    days = ("2026-06-06", "2026-06-07", "2025-06-06", "2025-06-07", "2024-01-01")
    rows = [Entry("1", "KH", datetime.date.fromisoformat(day), "", id=id) for id, day in enumerate(days, 1)]
    figures = figures_of(rows, [], Period(2026, datetime.date(2026, 6, 6)))
    assert (figures.administrative.now, figures.administrative.before) == ((1,), (3,))
    assert "năm 2026 tính đến hết ngày 06/06/2026, so với cùng kỳ năm 2025 (đến hết ngày 06/06/2025)" in figures.notes
    assert Period(2028, datetime.date(2028, 2, 29)).until_before == datetime.date(2027, 2, 28)


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_counted_from_rows_that_are_what_it_says(seed: int) -> None:
    held, conferences = entries(seed, 400), meetings(seed, 60)
    figures = figures_of(held, conferences, YEAR)
    by_id = {entry.id: entry for entry in held}
    assert all(by_id[id].date.year == 2026 and by_id[id].cls in NEEDLESS for id in figures.needless.now)
    assert all(by_id[id].date.year == 2025 and by_id[id].cls != "khong-tinh" for id in figures.administrative.before)
    assert sorted(id for both in figures.by_class for id in both.now) == sorted(figures.administrative.now)
    apart = {id for both in figures.apart for id in (*both.now, *both.before)}
    assert apart == {entry.id for entry in held if entry.cls == "khong-tinh"}
    for by in ("unit", "type", "month"):
        groups = grouped(figures.entries, YEAR, by)  # type: ignore[arg-type]
        assert sorted(id for group in groups for id in group.all.now) == sorted(figures.administrative.now)
        assert sorted(id for group in groups for id in group.needless.before) == sorted(figures.needless.before)
    assert [group.name for group in figures.months] == [f"tháng {month}" for month in range(1, 13)]
    ours = figures.conferences
    assert set(ours.total.now) == {one.id for one in conferences if one.held and one.date.year == 2026}
    assert sorted(id for both in ours.by_form for id in both.now) == sorted(ours.total.now)


def test_documents_without_a_class_leave_the_needless_ones_open() -> None:
    rows = [Entry("1", "KH", datetime.date(2025, 1, 1), "", id=id, cls="sao-gui") for id in range(1, 20)]
    rows.append(Entry("1", "KH", datetime.date(2025, 1, 1), "", id=20))
    needless = figures_of(rows, [], YEAR).needless
    assert needless.words == "chưa so được: năm trước còn 1 văn bản chưa phân loại"
    assert needless.reached is None


def test_an_empty_register_is_told_in_words() -> None:
    printed = "\n".join(figure_lines(figures_of([], [], YEAR), (), ""))
    assert "Sổ chưa có văn bản nào" in printed and "%" not in printed.replace("giảm 15%", "")


def test_thirty_thousand_rows_are_counted_within_a_second() -> None:
    held: list[Entry] = entries(1, 30_000)
    conferences: list[Meeting] = meetings(1, 300)
    start = time.process_time()
    figures: Figures = figures_of(held, conferences, YEAR)
    groups = grouped(figures.entries, YEAR, "unit")
    assert list(figure_lines(figures, groups, "đơn vị"))
    assert time.process_time() - start < 1
    assert figures_csv(figures, groups, "đơn vị").count("\n") == len(list(lines_of(figures))) + 1 + 2 * len(groups)
