"""The class that the rules propose for an issued document, and what they found that says so."""

from __future__ import annotations

import re
from collections.abc import Collection

from doclint.anatomy.parts import Anatomy
from doclint.anatomy.types import COPIES
from doclint.api import Report
from doclint.document import Document
from doclint.finding import Finding
from doclint.register.entry import REGIMES, Class
from doclint.vietnamese.normalise import fold


def propose(report: Report) -> tuple[Class, str]:
    """Return the class of a document that was read and checked, and the reason in Vietnamese.

    There is none where pages could not be read: what the rules did not see may stand there.
    """
    document, anatomy = report.document, report.anatomy
    assert document is not None and anatomy is not None
    if anatomy.regime != "state":
        return "khong-tinh", f"văn bản {REGIMES[anatomy.regime]}, không phải văn bản hành chính"
    if anatomy.type in COPIES.values():
        return _copy(anatomy)
    if not report.checked:
        return "", "chưa đọc được hết các trang"
    forwarding = _told(report.findings, {"TL03"})
    if forwarding is not None:
        return ("sao-gui" if _sends_copies(document, anatomy, forwarding) else "chuyen-tiep"), _because(forwarding)
    for cls, codes in _BY_RULE:
        found = _told(report.findings, codes)
        if found is not None:
            return cls, _because(found)
    return "can-thiet", "quy tắc không thấy dấu hiệu không cần thiết"


def _copy(anatomy: Anatomy) -> tuple[Class, str]:
    """A copy that is kept or handed to one who asked for it is no mail."""
    items = anatomy.recipients.items if anatomy.recipients is not None else ()
    sent = [item for item in items if not item.archive]
    if sent:
        return "sao-gui", f"bản sao gửi đi {len(sent)} nơi"
    return "can-thiet", "bản sao không gửi đến cơ quan nào"


def _sends_copies(document: Document, anatomy: Anatomy, forwarding: Finding) -> bool:
    """Tell whether what is passed on is a copy of a paper; otherwise the paper itself goes further."""
    subject = document.at(anatomy.header.subject) if anatomy.header.subject is not None else ""
    return _COPYING.search(" ".join(fold(f"{subject}\n{forwarding.excerpt}").split())) is not None


def _told(findings: Collection[Finding], codes: Collection[str]) -> Finding | None:
    """Return the first finding of these rules from warning up. NN02 is about one recipient of many: only as error."""
    for finding in findings:
        levels = ("error",) if finding.code == "NN02" else ("error", "warning")
        if finding.code in codes and finding.level in levels:
            return finding
    return None


def _because(finding: Finding) -> str:
    return f"{finding.code} {finding.title}"


_BY_RULE: tuple[tuple[Class, frozenset[str]], ...] = (
    ("don-doc-hinh-thuc", frozenset({"TL04"})),
    ("sai-co-quan", frozenset({"NN03", "TL05", "NN02"})),
)
_COPYING = re.compile(
    r"\b(?:sao gui|sao luc|sao y|trich sao|ban sao|ban chup|ban photo(?:copy)?|photo(?:copy)?|nhan ban|sao chup)\b"
)
