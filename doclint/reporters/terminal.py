"""The report for a clerk: by part of the document, what is wrong, why, by which clause, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from doclint.anatomy.types import type_name
from doclint.api import Report
from doclint.finding import LEVELS, Finding, Legal, Level, Verdict
from vanthu.files import shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def render(reports: Sequence[Report], console: Console, *, tasks: bool = False) -> None:
    """Print the reports, with ``tasks`` the table of each, and one line for all when there is more than one."""
    for report in reports:
        _document(report, console, tasks=tasks)
    if len(reports) > 1:
        _total(reports, console)


def _document(report: Report, console: Console, *, tasks: bool) -> None:
    from rich.text import Text

    console.print()
    if report.error is not None or report.anatomy is None or report.document is None:
        # One line however narrow the window: other programs search it for the name.
        console.print(Text(_failure(report), style="bold red"), soft_wrap=True)
    if report.anatomy is None or report.document is None:
        return
    _heading(Text(shown(report.path), style="bold"), console)
    kind = "công văn" if report.anatomy.type == "CV" else type_name(report.anatomy.type) or "không rõ loại"
    indented(console, 0, Text(f"Loại: {kind} · {_REGIMES[report.anatomy.regime]}", style="dim"))
    for note in report.notes:
        indented(console, 0, Text(f"Lưu ý: {printable(note)}", style="dim"))
    if report.error is not None:
        console.print(Text.assemble(("Phần đọc được: ", "bold"), _counts(report.findings)))
    if report.verdict is not None:
        heading, style = _VERDICTS[report.verdict]
        counts = f" — {_counts(report.findings)} ({report.applied} quy tắc áp dụng cho loại văn bản này)"
        indented(console, 0, Text.assemble(("Đề xuất: ", "bold"), (heading, style), counts))
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
        indented(console, 0, Text(_DISCLAIMER, style="dim"))


def _let_be(report: Report, console: Console) -> None:
    """Print what somebody let be and what an earlier report has: a reader of the draft must see it."""
    from rich.text import Text

    if report.waived or report.idle or report.known:
        console.print()
    if report.waived:
        indented(console, 0, Text(f"Đã bỏ qua {len(report.waived)} phát hiện:", style="bold"))
    for one in report.waived:
        what = f"{one.finding.code} “{_short(one.finding.excerpt)}” ({one.finding.place})"
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


def _failure(report: Report) -> str:
    reason = f": {report.error.advice}" if report.error is not None else ""
    return printable(f"{shown(report.path)}: CHƯA KIỂM TRA ĐƯỢC{reason}")


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
            excerpt = Text.assemble(("“", "dim"), (_short(finding.excerpt), "yellow"), ("”", "dim"))
            indented(console, 4, Text.assemble(excerpt, (f" ({finding.place})", "dim")))
            indented(console, 6, Text(printable(finding.message)))
        if rule in explained:
            continue
        explained.add(rule)
        for label, text in (("Vì sao: ", first.why), ("Cần làm: ", first.fix)):
            indented(console, 4, Text.assemble((label, "bold"), printable(text)))
        indented(console, 4, Text(f"Căn cứ: {_basis(first.basis, cited)}", style="dim"))


def indented(console: Console, indent: int, text: Text) -> None:
    """Print ``text`` wrapped and indented, without the blanks that rich fills lines up with."""
    from rich.text import Text

    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)


def printable(text: str) -> str:
    """Return ``text`` in one line, without characters that would move the cursor or turn the direction of writing."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def clause_words(clause: str) -> str:
    """Return a clause as it stands inside a sentence: ``II.5.b`` → ``mục II.5.b``."""
    return f"mục {clause}" if clause[0] in "IVX" else clause


def _basis(legals: Sequence[Legal], cited: set[str]) -> str:
    """Return the clauses a rule rests on, those of one document together."""
    sources = dict.fromkeys(legal.source for legal in legals)
    grouped = [[legal for legal in legals if legal.source == source] for source in sources]
    return "; ".join(
        f"{', '.join(clause_words(one.clause) for one in same)} {_cited(same[0], cited)}" for same in grouped
    )


def _cited(legal: Legal, cited: set[str]) -> str:
    """Return the citation in full the first time, after that by number only, as Decree 30 wants it."""
    if legal.source in cited:
        return legal.citation.split(" ngày ")[0]
    cited.add(legal.source)
    return legal.citation


def _short(excerpt: str) -> str:
    text = printable(excerpt)
    return text if len(text) <= 160 else f"{text[:110]} … {text[-40:]}"


def _counts(findings: Sequence[Finding]) -> str:
    counts = [(sum(finding.level == level for finding in findings), LEVEL_NAMES[level]) for level in reversed(LEVELS)]
    return ", ".join(f"{count} {name}" for count, name in counts if count) or "không có phát hiện"


def _total(reports: Sequence[Report], console: Console) -> None:
    from rich.text import Text

    failed = sum(not report.checked for report in reports)
    by_verdict = [
        (sum(report.verdict == verdict for report in reports), heading) for verdict, (heading, _) in _VERDICTS.items()
    ]
    parts = [f"{count} {heading[0].lower()}{heading[1:]}" for count, heading in by_verdict if count]
    console.print()
    console.rule(characters="─")
    console.print(
        Text(
            f"{len(reports)} tệp: " + ", ".join(parts + ([f"{failed} CHƯA KIỂM TRA ĐƯỢC"] if failed else [])),
            style="bold",
        )
    )


_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "reconsider": ("Cân nhắc không ban hành", "bold red"),
    "revise": ("Cần sửa trước khi ban hành", "bold yellow"),
    "pass": ("Đạt", "bold green"),
}
_LEVELS: dict[Level, tuple[str, str]] = {
    "error": ("✗", "bold red"),
    "warning": ("!", "bold yellow"),
    "info": ("·", "cyan"),
}
_DISCLAIMER = "Đây là ý kiến của máy để người soạn thảo cân nhắc; người có thẩm quyền quyết định."
LEVEL_NAMES: dict[Level, str] = {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"}
_REGIMES = {
    "state": "văn bản hành chính nhà nước",
    "party": "văn bản của Đảng",
    "legal-normative": "văn bản quy phạm pháp luật",
}
