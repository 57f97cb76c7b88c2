"""The account of a run: what the walk met against what the ledger says became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from digitize.account import PageLayer, Trouble
from digitize.layers.judge import BLANK, READ_AGAIN, SCAN
from vanthu.exit_codes import DigitizeExit
from vanthu.files import near

UNCHECKED = "Trang không đọc được có thể chưa soát được dấu độ mật: cần người xem."
"""Of pages without text: what could not be looked at is not clean."""
_NAMED_EXCLUDED = 3
_NAMED_PAGES = 20
_NAMED_SHORT = 10


@dataclass(frozen=True, slots=True)
class Balance:
    """``found`` is counted by the walk, ``totals`` by the ledger; ``stopped`` says why the run ended early.

    ``layers`` tells what was decided of the text that pages of PDF files have of their own, ``short`` which pages were
    scanned worse than is asked, ``claims`` how many PDFs may be called what.
    """

    found: int
    totals: dict[str, int]
    troubles: tuple[Trouble, ...]
    stopped: str = ""
    layers: tuple[PageLayer, ...] = ()
    short: tuple[Trouble, ...] = ()
    claims: tuple[tuple[str, int], ...] = ()

    @property
    def line(self) -> str:
        """The line a person reads: tìm thấy 9 = xong 6 + trùng 1 + cách ly 1 + loại trừ 1."""
        counts = [
            ("xong", self.totals.get("done", 0)),
            ("trùng", self.totals.get("alias", 0)),
            ("cách ly", self.totals.get("quarantined", 0)),
            ("loại trừ", self.totals.get("excluded", 0)),
        ]
        rare = [("hỏng", self.totals.get("failed", 0)), ("chưa làm", self.waiting)]
        terms = counts + [term for term in rare if term[1]]
        return f"tìm thấy {self.found} = " + " + ".join(f"{name} {count}" for name, count in terms)

    @property
    def waiting(self) -> int:
        """How many documents are not yet digitized."""
        return self.totals.get("queued", 0) + self.totals.get("running", 0)

    @property
    def holds(self) -> bool:
        """Whether every file met is accounted for, and none is left over without a reason to stop."""
        return self.found == sum(self.totals.values()) and bool(self.stopped or not self.waiting)

    @property
    def exit_code(self) -> DigitizeExit:
        """What the process answers."""
        if self.stopped:
            return DigitizeExit.STOPPED
        clean = self.holds and all(trouble.state == "excluded" for trouble in self.troubles)
        return DigitizeExit.DONE if clean else DigitizeExit.SOME_FAILED

    def trouble_lines(self) -> Iterator[str]:
        """Yield one line a file or page that is not as it should be; those that never were scans share lines."""
        excluded: defaultdict[str, list[str]] = defaultdict(list)
        for trouble in self.troubles:
            path = near(trouble.path)
            if trouble.state == "excluded":
                excluded[trouble.reason].append(path)
            elif trouble.page is not None:
                yield f"không đọc được: {path}, trang {trouble.page}: {trouble.reason}"
            else:
                yield f"{'cách ly' if trouble.state == 'quarantined' else 'hỏng'}: {path}: {trouble.reason}"
        if any(trouble.state == "no_text" for trouble in self.troubles):
            yield UNCHECKED
        for reason, paths in excluded.items():
            more = f" và {len(paths) - _NAMED_EXCLUDED} tệp nữa" if len(paths) > _NAMED_EXCLUDED else ""
            yield f"loại trừ: {', '.join(paths[:_NAMED_EXCLUDED])}{more}: {reason}"

    def layer_lines(self) -> Iterator[str]:
        """Yield how many pages of PDF files were kept and read, and one line a page whose text was thrown away."""
        if not self.layers:
            return
        again = [layer for layer in self.layers if layer.reason.startswith(READ_AGAIN)]
        blank = sum(layer.reason.startswith(BLANK) for layer in self.layers)
        lost = [layer for layer in again if not layer.reason.startswith(f"{READ_AGAIN}: {SCAN}")]
        for layer in lost[:_NAMED_PAGES]:
            yield f"{near(layer.path)}, trang {layer.page}: {layer.reason}"
        if len(lost) > _NAMED_PAGES:
            yield f"… và {len(lost) - _NAMED_PAGES} trang nữa, lý do từng trang có trong sổ cái"
        scans = len(again) - len(lost)
        yield (
            f"trang PDF: giữ chữ sẵn có {len(self.layers) - len(again) - blank}, bản quét {scans},"
            f" lớp chữ bị bỏ {len(lost)}, trắng {blank}"
        )

    def claim_lines(self) -> Iterator[str]:
        """Yield which pages were scanned worse than is asked, and what may be said of the PDFs."""
        groups = [
            (path, reason, [one.page for one in group if one.page])
            for (path, reason), group in groupby(self.short, key=lambda one: (one.path, one.reason))
        ]
        for path, reason, pages in groups[:_NAMED_SHORT]:
            yield f"dưới yêu cầu: {near(path)}, trang {_ranges(pages)}: {reason}"
        if len(groups) > _NAMED_SHORT:
            yield f"… tất cả {len(self.short)} trang dưới yêu cầu: digitize failures --archive KHO --csv TỆP"
        if self.claims:
            yield "PDF: " + "; ".join(f"{count} tệp {claim}" for claim, count in self.claims)


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers as a person writes them: 1–3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
