"""The figures of the register → what its page shows: numbers and bars, both in the cells of one table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from doclint.register.figures import Figures, Group, Period, figures_of, grouped
from doclint.register.lines import Line, lines_of
from doclint.register.store import reading


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of this year and of the year before, and how long their bars are: per cent of the longest."""

    name: str
    now: int
    before: int
    now_length: float
    before_length: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with what they count."""

    title: str
    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page of a year; ``years`` are those that the register knows, the newest first."""

    years: tuple[int, ...]
    figures: Figures
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    charts: tuple[Chart, ...]

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not self.figures.entries and not self.figures.meetings


def register_view(year: int | None, today: datetime.date) -> RegisterView:
    """Return the page of ``year`` up to ``today``, of the newest that the register knows when none is named.

    Raises VanthuError when the register is damaged, ValueError for a year that has not come.
    """
    with reading() as register:
        entries, meetings = register.entries(), register.meetings()
    days = [entry.date for entry in entries] + [meeting.date for meeting in meetings]
    known = {day.year for day in days if day <= today}
    years = tuple(sorted(known | {today.year}, reverse=True))
    year = year if year is not None else max(known, default=today.year)
    if year > today.year:
        raise ValueError(year)
    figures = figures_of(entries, meetings, Period(year, min(today, datetime.date(year, 12, 31))))
    parts = groupby(lines_of(figures), key=lambda line: line.section)
    return RegisterView(years, figures, tuple((name, tuple(lines)) for name, lines in parts), tuple(_charts(figures)))


def _charts(figures: Figures) -> Sequence[Chart]:
    classes = [(both.name, len(both.now), len(both.before)) for both in figures.by_class if both.now or both.before]
    units = grouped(figures.entries, figures.period, "unit")
    charts = [
        _chart("Văn bản hành chính theo tháng", "Tháng", _counts(figures.months, "tháng ")),
        _chart("Văn bản không cần thiết theo tháng", "Tháng", _counts(figures.months, "tháng ", needless=True)),
        _chart("Văn bản hành chính theo phân loại", "Phân loại", classes),
        _chart("Văn bản hành chính theo đơn vị soạn", "Đơn vị", _counts(units)),
    ]
    return [chart for chart in charts if any(bar.now or bar.before for bar in chart.bars)]


def _counts(groups: Sequence[Group], prefix: str = "", *, needless: bool = False) -> list[tuple[str, int, int]]:
    chosen = [(group.name, group.needless if needless else group.all) for group in groups]
    return [(name.removeprefix(prefix), len(both.now), len(both.before)) for name, both in chosen]


def _chart(title: str, heading: str, counts: Sequence[tuple[str, int, int]]) -> Chart:
    longest = max((count for _, now, before in counts for count in (now, before)), default=0) or 1
    bars = [
        Bar(name, now, before, round(100 * now / longest, 1), round(100 * before / longest, 1))
        for name, now, before in counts
    ]
    return Chart(title, heading, tuple(bars))
