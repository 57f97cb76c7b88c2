"""The report for a clerk: by part of the document, what is wrong, why, by which clause, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from doclint.anatomy.types import type_name
from doclint.api import Report
from doclint.finding import Finding, Level, Verdict
from doclint.reporters.words import DISCLAIMER, REGIMES, VERDICTS, basis, counts, failure, printable, short, total
from vanthu.files import shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def render(coming: Iterable[Report], console: Console, *, tasks: bool = False) -> list[Report]:
    """Print the reports as they come, with ``tasks`` the table of each, one line for all of several; return them."""
    reports = []
    for report in coming:
        reports.append(report)
        _document(report, console, tasks=tasks)
    if len(reports) > 1:
        put_total(reports, console)
    return reports


def _document(report: Report, console: Console, *, tasks: bool) -> None:
    from rich.text import Text

    console.print()
    if report.error is not None or report.anatomy is None or report.document is None:
        # One line however narrow the window: other programs search it for the name.
        console.print(Text(failure(report), style="bold red"), soft_wrap=True)
    if report.anatomy is None or report.document is None:
        return
    _heading(Text(shown(report.path), style="bold"), console)
    kind = "công văn" if report.anatomy.type == "CV" else type_name(report.anatomy.type) or "không rõ loại"
    indented(console, 0, Text(f"Loại: {kind} · {REGIMES[report.anatomy.regime]}", style="dim"))
    for note in report.notes:
        indented(console, 0, Text(f"Lưu ý: {printable(note)}", style="dim"))
    if report.error is not None:
        console.print(Text.assemble(("Phần đọc được: ", "bold"), counts(report.findings)))
    if report.verdict is not None:
        heading, style = VERDICTS[report.verdict], _VERDICT_STYLES[report.verdict]
        told = f" — {counts(report.findings)} ({report.applied} quy tắc áp dụng cho loại văn bản này)"
        indented(console, 0, Text.assemble(("Đề xuất: ", "bold"), (heading, style), told))
        for reason in report.reasons:
            indented(console, 2, Text(f"– {printable(reason)}"))
        if report.remedy:
            indented(console, 0, Text.assemble(("Hướng xử lý: ", "bold"), printable(report.remedy)))
    if report.reuse is not None:
        from doclint.reporters.comparison import put_reuse

        put_reuse(report.reuse, report.document, console)
    if report.verdict is None and report.checked:
        indented(console, 0, Text("Chưa soát gì: không có quy tắc nào dành cho văn bản này.", style="bold"))
    explained: set[str] = set()
    cited: set[str] = set()
    for part, group in groupby(report.findings, key=lambda finding: finding.part):
        console.print()
        indented(console, 0, Text(part, style="bold underline"))
        _part(list(group), explained, cited, console)
    if tasks and not report.secret:
        from doclint.reporters.six_clear import put_six_clear
        from doclint.six_clear import six_clear

        put_six_clear(six_clear(report.document, report.anatomy), console)
    _let_be(report, console)
    if report.findings:
        console.print()
        indented(console, 0, Text(DISCLAIMER, style="dim"))


def _let_be(report: Report, console: Console) -> None:
    """Print what somebody let be and what an earlier report has: a reader of the draft must see it."""
    from rich.text import Text

    if report.waived or report.idle or report.known:
        console.print()
    if report.waived:
        indented(console, 0, Text(f"Đã bỏ qua {len(report.waived)} phát hiện:", style="bold"))
    for one in report.waived:
        what = f"{one.finding.code} “{short(one.finding.excerpt)}” ({one.finding.place})"
        indented(console, 2, Text(printable(f"{what}: {one.leave.reason} [{one.leave.origin}]")))
    for idle in report.idle:
        indented(console, 0, Text(f"Lưu ý: {printable(idle)}", style="dim"))
    if report.known:
        indented(console, 0, Text(f"{report.known} phát hiện đã có trong báo cáo cũ, không nhắc lại.", style="dim"))


def _heading(name: Text, console: Console) -> None:
    """Print the name of a file with a line after it; a long one whole, where rich would cut it."""
    if name.cell_len + 4 < console.width:
        console.rule(name, align="left", characters="─")
    else:
        console.print(name, soft_wrap=True)


def _part(findings: list[Finding], explained: set[str], cited: set[str], console: Console) -> None:
    """Print the findings of one part, those of one rule together; each rule is explained once in a document.

    ``explained`` and ``cited`` hold what was said before.
    """
    from rich.text import Text

    for rule in dict.fromkeys(finding.rule for finding in findings):
        same = [finding for finding in findings if finding.rule == rule]
        first = same[0]
        mark, style = _LEVELS[first.level]
        indented(console, 2, Text.assemble((f"{mark} ", style), (f"{first.code} {first.title}", "bold")))
        for finding in same:
            excerpt = Text.assemble(("“", "dim"), (short(finding.excerpt), "yellow"), ("”", "dim"))
            indented(console, 4, Text.assemble(excerpt, (f" ({finding.place})", "dim")))
            indented(console, 6, Text(printable(finding.message)))
        if rule in explained:
            continue
        explained.add(rule)
        for label, text in (("Vì sao: ", first.why), ("Cần làm: ", first.fix)):
            indented(console, 4, Text.assemble((label, "bold"), printable(text)))
        indented(console, 4, Text(f"Căn cứ: {basis(first.basis, cited)}", style="dim"))


def indented(console: Console, indent: int, text: Text) -> None:
    """Print ``text`` wrapped and indented, without the blanks that rich fills lines up with."""
    from rich.text import Text

    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)


def put_total(reports: Sequence[Report], console: Console) -> None:
    """Print the line for all reports under a rule."""
    from rich.text import Text

    console.print()
    console.rule(characters="─")
    console.print(Text(total(reports), style="bold"))


_VERDICT_STYLES: dict[Verdict, str] = {"reconsider": "bold red", "revise": "bold yellow", "pass": "bold green"}
_LEVELS: dict[Level, tuple[str, str]] = {
    "error": ("✗", "bold red"),
    "warning": ("!", "bold yellow"),
    "info": ("·", "cyan"),
}
