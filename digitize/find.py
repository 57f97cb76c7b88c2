"""Find a document in an archive by its file or by the beginning of its SHA-256."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from digitize.archive import Archive
from digitize.intake import sha256_of
from digitize.ledger import Ledger
from vanthu.errors import VanthuError, os_reason

_DIGITS = 8


def find_document(ledger: Ledger, name: str) -> str:
    """Return the SHA-256 of the document that ``name`` means: a path, or at least 8 digits. Raises VanthuError."""
    database = ledger.database
    path = os.path.abspath(name)  # noqa: PTH100 — as the walk writes it, without following links
    row = database.execute("SELECT sha256 FROM paths WHERE path = ?", (os.fsencode(path),)).fetchone()
    if row and row[0]:
        return str(row[0])
    if Path(name).is_file():  # moved, or a copy: known by its content
        try:
            name = sha256_of(name)
        except OSError as error:
            raise VanthuError(f"không đọc được tệp ({os_reason(error)})", path=name) from error
    digits = name.lower()
    if len(digits) < _DIGITS or set(digits) - set("0123456789abcdef"):
        raise VanthuError("kho không có tệp này", path=name, hint=f"gõ đường dẫn tệp, hay {_DIGITS} số đầu của mã")
    found = database.execute("SELECT sha256 FROM documents WHERE sha256 LIKE ? LIMIT 2", (digits + "%",)).fetchall()
    if not found:
        raise VanthuError(f"kho không có tài liệu {digits[:12]}", hint="xem digitize status, digitize search")
    if len(found) > 1:
        raise VanthuError(f"có nhiều tài liệu mang mã {digits}…", hint="gõ thêm vài số của mã")
    return str(found[0][0])


def published_document(archive: Archive, ledger: Ledger, name: str) -> str:
    """Return the SHA-256 of the document that ``name`` means, as ``find_document`` does, when the archive holds it.

    Raises VanthuError, which tells how it stands, when it does not.
    """
    sha256 = find_document(ledger, name)
    state, reason = ledger.state_of(sha256) or ("", "")
    if state == "quarantined" or not archive.pdf(sha256).is_file():
        told = _STATES.get(state, "mất tệp") + (f": {reason}" if reason else "")
        raise VanthuError(f"tài liệu chưa có trong kho ({told})", path=name, hint="xem digitize failures --archive KHO")
    return sha256


def documents_below(ledger: Ledger, folders: Iterable[Path]) -> list[str]:
    """Return the published documents whose originals are in ``folders``. Raises VanthuError when one has none."""
    found: list[str] = []
    for folder in folders:
        begin = os.fsencode(os.path.join(os.path.abspath(folder), ""))  # noqa: PTH100, PTH118 — links are not followed
        rows = ledger.database.execute(
            "SELECT DISTINCT sha256 FROM paths JOIN documents USING (sha256)"
            " WHERE state = 'done' AND substr(path, 1, ?) = ? ORDER BY sha256",
            (len(begin), begin),
        ).fetchall()
        if not rows:
            raise VanthuError("kho không có tài liệu nào từ thư mục này", path=folder, hint="xem digitize status")
        found += (row[0] for row in rows)
    return found


_STATES = {
    "": "không có trong sổ cái",
    "queued": "đang chờ",
    "running": "đang làm",
    "failed": "hỏng",
    "quarantined": "cách ly",
}
