"""The report on an issued document → its row for the register, or the reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from doclint.anatomy.parts import Anatomy
from doclint.api import Report
from doclint.document import Document
from doclint.register.classify import propose
from doclint.register.conferences import conferences
from doclint.register.entry import Entry, Meeting
from doclint.reuse.packs.entry import entry_of
from doclint.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not entered, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row for the register, the conferences that the document calls, and the pages that could not be read."""

    path: Path
    entry: Entry
    meetings: tuple[Meeting, ...]
    unread: str = ""


def take(report: Report, sha256: str) -> Taken | Refused:
    """Return the row of a checked file whose bytes have this SHA-256. Of a secret one nothing is told but its name."""
    document, anatomy = report.document, report.anatomy
    if report.secret:
        return Refused(report.path, "có dấu chỉ độ mật; văn bản mật đăng ký ở sổ riêng trên máy không nối mạng")
    if document is None or anatomy is None:
        return Refused(report.path, report.error.advice if report.error is not None else "không đọc được")
    if any(piece.page <= 1 for piece in document.unchecked):
        return Refused(report.path, "trang đầu không đọc được, nên không biết số và có dấu mật hay không")
    about, number, date = entry_of(document, anatomy.header), anatomy.header.number, anatomy.header.date
    if number is None or not number.digits:
        return Refused(report.path, _missing("số"))
    if date is None:
        return Refused(report.path, _missing("ngày ban hành"))
    cls, reason = propose(report)
    entry = Entry(
        number=number.digits,
        symbol=number.symbol,
        date=date,
        subject=plain(about.subject),
        type=anatomy.type,
        regime=anatomy.regime,
        issuer=plain(about.issuer),
        unit=plain(_unit(anatomy)),
        position=plain(_position(document, anatomy)),
        signer=plain(_signer(document, anatomy)),
        urgency=next((plain(document.at(mark.span)) for mark in anatomy.header.marks if mark.kind == "urgency"), ""),
        recipients=_recipients(anatomy),
        copies=_copies(anatomy),
        verdict=report.verdict or "",
        codes=" ".join(sorted({finding.code for finding in report.findings if finding.level != "info"})),
        proposed=cls,
        reason=reason,
        cls=cls,
        sha256=sha256,
        file=plain(report.path.name),
    )
    unread = report.error.reason if report.error is not None else ""
    return Taken(report.path, entry, tuple(conferences(document, anatomy, date)), unread)


def plain(text: str) -> str:
    """Return a text as one line that any table can hold."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _missing(what: str) -> str:
    return f"chưa có {what}: văn bản chưa ban hành, hay không đọc ra → nhập dòng này bằng doclint register import"


def _unit(anatomy: Anatomy) -> str:
    """Return the unit in «Lưu: VT, NV», or that in the symbol of a letter, «UBND-VX»."""
    kept = anatomy.recipients.file_copy if anatomy.recipients is not None else None
    units = [unit.partition(". ")[0] for unit in kept.units] if kept is not None else []
    if named := [unit for unit in units if not _REGISTRY.match(fold(unit))]:
        return named[0]
    number = anatomy.header.number
    return number.symbol.rpartition("-")[2] if anatomy.type == "CV" and number and "-" in number.symbol else ""


def _position(document: Document, anatomy: Anatomy) -> str:
    lines = anatomy.signature.lines if anatomy.signature is not None else ()
    return re.sub(r"^[A-ZĐ]{1,3}\.\s*", "", document.at(lines[-1])) if lines else ""


def _signer(document: Document, anatomy: Anatomy) -> str:
    name = anatomy.signature.name if anatomy.signature is not None else None
    return document.at(name) if name is not None else ""


def _recipients(anatomy: Anatomy) -> int | None:
    items = anatomy.recipients.items if anatomy.recipients is not None else ()
    if not items and not anatomy.addressees:
        return None
    names = [item.name for item in (*anatomy.addressees, *items) if not item.archive]
    told = _distinct(name for name in names if not _AS_ABOVE.match(fold(name)))
    # «Như Điều 3» alone: who they are stands in the text.
    return len(told) or (None if names else 0)


def _distinct(names: Iterable[str]) -> set[str]:
    return {" ".join(fold(name).split()) for name in names}


def _copies(anatomy: Anatomy) -> int | None:
    kept = anatomy.recipients.file_copy if anatomy.recipients is not None else None
    return kept.copies if kept is not None else None


_REGISTRY = re.compile(r"(?:vt|van thu|ho so\b.*|hs\w*)$")
_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui|dieu|khoan|muc)\b")
