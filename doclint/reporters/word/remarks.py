"""A report as remarks to be put at the places of a document: in Word comments, in the notes of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doclint.api import Report
from doclint.document import Span
from doclint.finding import Finding, Level
from doclint.reporters.comparison import likeness
from doclint.reporters.words import DISCLAIMER, LEVEL_NAMES, VERDICTS, basis, counts, printable, short
from doclint.reuse.search import Found

NO_RULES = "Chưa soát gì: không có quy tắc nào dành cho văn bản này."
AUTHOR, INITIALS = "Vanthu doclint", "VT"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a remark, its label («Cần làm: ») apart; all in one line of printable characters."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about ``span``; about the whole document where that is None. ``level`` is None for the verdict."""

    heading: str
    lines: tuple[Line, ...]
    span: Span | None = None
    level: Level | None = None


def verdict_remark(report: Report, caveats: tuple[str, ...] = ()) -> Remark:
    """Return the remark on the whole document; ``caveats`` say what the commented copy lacks of the file."""
    heading = VERDICTS[report.verdict] if report.verdict is not None else "chưa có"
    return Remark(f"Đề xuất: {heading}", (*_verdict_lines(report, caveats), Line(DISCLAIMER)))


def finding_remark(finding: Finding, report: Report, cited: set[str], where: str = "") -> Remark:
    """Return the remark on one finding; ``where`` tells its place when the remark cannot stand there.

    ``cited`` are the sources of law that earlier remarks cite in full; this one adds its own.
    """
    heading = f"{LEVEL_NAMES[finding.level].capitalize()} {finding.code}: {finding.title}"
    return Remark(printable(heading), tuple(_finding_lines(finding, report, cited, where)), finding.span, finding.level)


def _verdict_lines(report: Report, caveats: tuple[str, ...]) -> Iterator[Line]:
    if report.error is not None:
        yield Line(printable(report.error.advice), "CHƯA KIỂM TRA ĐƯỢC: ")
    if report.verdict is None and report.checked:
        yield Line(NO_RULES)
    else:
        yield Line(f"{counts(report.findings)} ({report.applied} quy tắc).".capitalize())
    for reason in report.reasons:
        yield Line(f"– {printable(reason)}")
    if report.remedy:
        yield Line(printable(report.remedy), "Hướng xử lý: ")
    if report.reuse is not None and report.reuse.found:
        sources = ", ".join(dict.fromkeys(found.entry.citation for found in report.reuse.found))
        yield Line(printable(f"{report.reuse.share:.0%} nội dung, từ {sources}."), "Chép lại: ")
    for one in report.waived:
        yield Line(printable(f"{one.finding.code} “{short(one.finding.excerpt)}”: {one.leave.reason}"), "Đã bỏ qua: ")
    if report.known:
        yield Line(f"{report.known} phát hiện đã có trong báo cáo cũ, không nhắc lại.")
    for note in (*report.notes, *report.idle, *caveats):
        yield Line(printable(note), "Lưu ý: ")


def _finding_lines(finding: Finding, report: Report, cited: set[str], where: str) -> Iterator[Line]:
    if where:
        yield Line(f"“{short(finding.excerpt)}”", f"{where}: ")
    yield Line(printable(finding.message))
    if (found := report.copied_from(finding)) is not None:
        yield Line(printable(_source_words(found, finding.span)), "Nguồn: ")
    yield Line(printable(finding.fix), "Cần làm: ")
    yield Line(printable(finding.why), "Vì sao: ")
    yield Line(printable(basis(finding.basis, cited)), "Căn cứ: ")


def _source_words(found: Found, span: Span) -> str:
    """Return what the source of ``found`` has, and where: for a changed figure at ``span`` the words around it."""
    source, whole = found.source, found.copy.source
    changed = (change.source.span for change in found.copy.changes if change.draft.span.overlaps(span))
    own = next(changed, whole) if span != found.copy.draft else whole
    start = max(whole.start, source.text.rfind(" ", 0, max(0, own.start - _AROUND)) + 1)
    end = source.text.find(" ", own.end + _AROUND, whole.end)
    around = Span(start, end if end > 0 else whole.end)
    where = ", ".join(filter(None, (source.unit(own), source.place(own))))
    excerpt = f"“… {printable(source.at(around))} …”" if own != whole else f"“{short(source.at(whole))}”"
    return f"{found.entry.citation}, {where} ({likeness(found.copy)}): {excerpt}"


_AROUND = 60
"""Characters of the source to show on both sides of a figure."""
