"""A figure against its target, in numbers where they say something and in words where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Rows = tuple[int, ...]
"""Ids of the rows that a figure was counted from, in the order of the register."""
FEWEST = 5
"""Fewer documents or conferences make no percentage that says anything."""


@dataclass(frozen=True, slots=True)
class Target:
    """A number of rows that has to fall by ``wanted`` per cent from the year before."""

    name: str
    now: Rows
    before: Rows
    wanted: int
    doubt: str = ""
    """Why the two years cannot be compared, in Vietnamese."""

    @property
    def fall(self) -> Fraction | None:
        """The fall as a share of the year before, below 0 for a rise; None where that says nothing."""
        if self.doubt or len(self.before) < FEWEST:
            return None
        return Fraction(len(self.before) - len(self.now), len(self.before))

    @property
    def reached(self) -> bool | None:
        """Tell whether the target is reached, None when that cannot be told."""
        return None if self.fall is None else self.fall * 100 >= self.wanted

    @property
    def words(self) -> str:
        """How the year compares with the one before: «giảm 18,2%», or why there is no percentage."""
        now, before = len(self.now), len(self.before)
        if self.doubt:
            return f"chưa so được: {self.doubt}"
        if not before:
            return "không so được: sổ không có dòng nào của năm trước"
        if self.fall is None:
            change = "không đổi" if now == before else f"{'giảm' if now < before else 'tăng'} {abs(before - now)}"
            return f"{change}, từ {before} thành {now}; năm trước có dưới {FEWEST} nên không tính tỷ lệ"
        if not self.fall:
            return "không tăng, không giảm"
        return f"{'giảm' if self.fall > 0 else 'tăng'} {percent(abs(self.fall), self.wanted)}"

    @property
    def judgement(self) -> str:
        """Whether the target is reached, in words; empty when that cannot be told."""
        if self.reached is None:
            return ""
        return f"{'đạt' if self.reached else 'chưa đạt'} mục tiêu giảm {self.wanted}%"


@dataclass(frozen=True, slots=True)
class Share:
    """Rows that have to be ``wanted`` per cent of all, or more."""

    name: str
    part: Rows
    whole: Rows
    wanted: int

    @property
    def share(self) -> Fraction | None:
        """The share, None where there are too few rows for one."""
        return Fraction(len(self.part), len(self.whole)) if len(self.whole) >= FEWEST else None

    @property
    def reached(self) -> bool | None:
        """Tell whether the target is reached, None when that cannot be told."""
        return None if self.share is None else self.share * 100 >= self.wanted

    @property
    def words(self) -> str:
        """The share: «62,5%», or why there is none."""
        if not self.whole:
            return "sổ chưa có hội nghị nào"
        if self.share is None:
            return f"{len(self.part)} trên {len(self.whole)} hội nghị; dưới {FEWEST} nên không tính tỷ lệ"
        return percent(self.share, self.wanted)

    @property
    def judgement(self) -> str:
        """Whether the target is reached, in words; empty when that cannot be told."""
        if self.reached is None:
            return ""
        return f"{'đạt' if self.reached else 'chưa đạt'} mục tiêu từ {self.wanted}%"


def percent(share: Fraction, wanted: int) -> str:
    """Return a share as «14,9%», with more digits where fewer would round it over the border of what is wanted."""
    exact = Decimal(share.numerator) * 100 / share.denominator
    for digits in range(1, 6):
        rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if (rounded >= wanted) == (exact >= wanted):
            break
    text = str(rounded)
    return f"{text.removesuffix('.0').replace('.', ',')}%"


def ranges(rows: Rows) -> str:
    """Return ids as a person writes them: «1–9, 12, 15–20»."""
    runs: list[list[int]] = []
    for id in sorted(set(rows)):
        if runs and id == runs[-1][1] + 1:
            runs[-1][1] = id
        else:
            runs.append([id, id])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
