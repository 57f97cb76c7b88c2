"""The figures as a list of lines that a screen, a table and a report tell alike."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from doclint.register.entry import guarded
from doclint.register.figures import COMMUNE_WIDE, PROVINCE_WIDE, Both, Figures, Group
from doclint.register.measures import Rows, Share, Target, ranges

DOCUMENTS, APART, CONFERENCES = "Văn bản", "Tính riêng, không phải văn bản hành chính", "Hội nghị"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure: the rows of the year and of the year before, how they compare, whether the target is reached.

    ``key`` names the figure for programs; ``part`` tells that it is a part of a figure above it.
    """

    key: str
    section: str
    name: str
    now: Rows
    before: Rows = ()
    words: str = ""
    judgement: str = ""
    part: bool = False


def lines_of(figures: Figures) -> Iterator[Line]:
    """Yield all figures but those by unit, type and month; parts with no rows in either year are left out."""
    yield _target("administrative", DOCUMENTS, figures.administrative)
    yield _target("needless", DOCUMENTS, figures.needless)
    yield from (_part("class", DOCUMENTS, both) for both in figures.by_class if both.now or both.before)
    yield from (_part("apart", APART, both) for both in figures.apart)
    ours = figures.conferences
    yield _target("conferences", CONFERENCES, ours.fewer)
    yield from (_part("form", CONFERENCES, both) for both in ours.by_form if both.now or both.before)
    _, hybrid, online = ours.by_form
    yield _share("online", ours.online, online.before)
    yield _share("online-or-both", ours.open_to_distance, (*online.before, *hybrid.before))
    yield _most("province-wide", ours.province_wide, PROVINCE_WIDE)
    yield _most("commune-wide", ours.commune_wide, COMMUNE_WIDE)


def figures_csv(figures: Figures, groups: Sequence[Group], heading: str) -> str:
    """Return the figures as a table (CSV), with those by unit, type or month when there are any."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    year = figures.period.year
    ids = (f"mã dòng năm {year}", f"mã dòng năm {year - 1}")
    writer.writerow(("mục", "số liệu", f"năm {year}", f"năm {year - 1}", "so sánh", "đánh giá", *ids))
    for one in lines_of(figures):
        now, before = len(one.now), len(one.before)
        told = (one.words, one.judgement, ranges(one.now), ranges(one.before))
        writer.writerow((one.section, one.name, now, before, *told))
    for group in groups:
        for both, what in ((group.all, "văn bản hành chính"), (group.needless, "văn bản không cần thiết")):
            counts = (len(both.now), len(both.before), "", "", ranges(both.now), ranges(both.before))
            writer.writerow((f"{what} theo {heading}", guarded(group.name), *counts))
    return text.getvalue()


def _target(key: str, section: str, target: Target) -> Line:
    return Line(key, section, target.name, target.now, target.before, target.words, target.judgement)


def _part(key: str, section: str, both: Both) -> Line:
    return Line(key, section, both.name, both.now, both.before, part=True)


def _share(key: str, share: Share, before: Rows) -> Line:
    return Line(key, CONFERENCES, share.name, share.part, before, share.words, share.judgement)


def _most(key: str, both: Both, most: int) -> Line:
    judged = f"{'quá' if len(both.now) > most else 'không quá'} {most} hội nghị một năm"
    return Line(key, CONFERENCES, both.name, both.now, both.before, judgement=judged)
