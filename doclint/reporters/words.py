"""The words that all reports share: names of levels, regimes and verdicts, counts, clauses, and texts in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from doclint.api import Report
from doclint.finding import LEVELS, Finding, Legal, Level, Verdict
from vanthu.files import shown

VERDICTS: Mapping[Verdict, str] = {
    "reconsider": "Cân nhắc không ban hành",
    "revise": "Cần sửa trước khi ban hành",
    "pass": "Đạt",
}
LEVEL_NAMES: Mapping[Level, str] = {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"}
REGIMES = {
    "state": "văn bản hành chính nhà nước",
    "party": "văn bản của Đảng",
    "legal-normative": "văn bản quy phạm pháp luật",
}
SUPPORTS: Mapping[Verdict, str] = {
    "reconsider": "hầu như chỉ chép lại, nên cân nhắc không ban hành",
    "revise": "bỏ phần chép, viện dẫn văn bản cấp trên, giữ phần việc của cấp mình",
    "pass": "không có đoạn chép",
}
"""What the copies alone speak for."""
ASIDE = {
    "form": "đầu văn bản, lời kết, nơi nhận, chữ ký",
    "bases": "căn cứ ban hành",
    "quotation": "câu trích dẫn có nêu nguồn",
    "citation": "tên văn bản được viện dẫn",
    "formula": "câu mẫu thường dùng",
}
"""What is not compared with other documents."""
DISCLAIMER = "Đây là ý kiến của máy để người soạn thảo cân nhắc; người có thẩm quyền quyết định."


def failure(report: Report) -> str:
    """Return that a file could not be checked, and why."""
    reason = f": {report.error.advice}" if report.error is not None else ""
    return printable(f"{shown(report.path)}: CHƯA KIỂM TRA ĐƯỢC{reason}")


def printable(text: str) -> str:
    """Return ``text`` in one line, without characters that would move the cursor or turn the direction of writing."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def clause_words(clause: str) -> str:
    """Return a clause as it stands inside a sentence: ``II.5.b`` → ``mục II.5.b``."""
    return f"mục {clause}" if clause[0] in "IVX" else clause


def basis(legals: Sequence[Legal], cited: set[str]) -> str:
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


def short(excerpt: str) -> str:
    """Return an excerpt in one line, the middle of a long one left out."""
    text = printable(excerpt)
    return text if len(text) <= 160 else f"{text[:110]} … {text[-40:]}"


def counts(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each level."""
    counted = [(sum(finding.level == level for finding in findings), LEVEL_NAMES[level]) for level in reversed(LEVELS)]
    return ", ".join(f"{count} {name}" for count, name in counted if count) or "không có phát hiện"


def total(reports: Sequence[Report]) -> str:
    """Return one line for many reports: how many of each verdict, how many that could not be checked."""
    by_verdict = [(sum(report.verdict == verdict for report in reports), name) for verdict, name in VERDICTS.items()]
    parts = [f"{count} {name[0].lower()}{name[1:]}" for count, name in by_verdict if count]
    if idle := sum(report.checked and report.verdict is None for report in reports):
        parts.append(f"{idle} không có quy tắc nào để soát")
    if failed := sum(not report.checked for report in reports):
        parts.append(f"{failed} CHƯA KIỂM TRA ĐƯỢC")
    return f"{len(reports)} tệp: {', '.join(parts)}"
