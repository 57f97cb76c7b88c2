"""The quarantine: which documents are held for their secrecy marking, and what a person has decided of each.

A log of the archive that is only appended to, every line chained to the one before; where it ends is written down
beside it. It holds identities, levels and decisions; nothing of what a document says, and of Tuyệt mật not even the
name of its file. Writers hold the lock of the archive.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from digitize.archive import Archive
from digitize.secrets.anchor import LOST, Anchor, cut_short, read_anchor, write_anchor
from digitize.secrets.marking import LEVELS, NAMES, Level
from vanthu.chain import FIRST, Line, sealed, unsealed
from vanthu.errors import VanthuError
from vanthu.files import sync_folder
from vanthu.system_user import system_user

Status = Literal["held", "released", "refused"]
_EVENTS: tuple[Status, ...] = ("held", "released", "refused")
_ANCHORED = 2  # the version of lines of a log whose end is anchored


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the quarantine as it stands now.

    ``level`` is the highest ever found and ``page`` where it was; ``places`` are its files, of Tuyệt mật their folders;
    ``doubt`` says why it was held without its stamp being read; ``who`` and ``reason`` are of the last decision.
    """

    sha256: str
    status: Status
    level: Level
    page: int
    places: tuple[str, ...]
    when: str
    doubt: str = ""
    who: str = ""
    reason: str = ""


class Quarantine:
    """The log of an archive, read and verified when opened. Raises VanthuError when it was changed or cut short."""

    def __init__(self, archive: Archive) -> None:
        self._path = archive.root / "secrets.jsonl"
        self._held: dict[str, Held] = {}
        self._last, self._end = FIRST, 0
        # The anchor first: another process may write a line, and then anchor it, while this one reads.
        anchor, ends = read_anchor(self._path), {0: FIRST}
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            content = b""
        for number, line in enumerate(content.splitlines(keepends=True), start=1):
            if not line.endswith(b"\n"):  # a line that a power cut left half written decided nothing
                break
            read = self._verified(line, number)
            self._take(read.entry, read.hash)
            self._end += len(line)
            ends[self._end] = self._last
            anchor = anchor or (LOST if read.entry["version"] >= _ANCHORED else None)
        if anchor and ends.get(anchor.end) != anchor.last:
            raise cut_short(self._path)

    def status(self, sha256: str) -> Status | None:
        """Return how a document stands, None when nothing was ever found on it."""
        held = self._held.get(sha256)
        return held.status if held else None

    def level_of(self, sha256: str) -> Level | None:
        """Return the highest level ever found on a document; it stays after the release, as its access mark."""
        held = self._held.get(sha256)
        return held.level if held else None

    def allows(self, sha256: str, level: Level) -> bool:
        """Tell whether a page of this level may be digitized: released, and not for a lower one."""
        held = self._held.get(sha256)
        return held is not None and held.status == "released" and LEVELS.index(level) <= LEVELS.index(held.level)

    def all(self) -> list[Held]:
        """Return every document, in the order in which they were first held."""
        return list(self._held.values())

    def hold(self, sha256: str, level: Level, page: int, paths: Iterable[str], doubt: str = "") -> None:
        """Hold a document. One that is released is held again only for a higher level. Raises OSError."""
        before = self._held.get(sha256)
        if before and LEVELS.index(level) <= LEVELS.index(before.level):
            return
        places = sorted({os.path.dirname(path) if level == "tuyet-mat" else path for path in paths})  # noqa: PTH120
        self._append("held", sha256, level=level, page=page, places=places, doubt=doubt)

    def release(self, sha256: str, reason: str) -> Held:
        """Let a document be digitized. Raises VanthuError for Tuyệt mật, for one that is not here, without a reason."""
        held = self._known(sha256)
        self.may_release(held)
        return self._decide("released", held, reason)

    def may_release(self, held: Held) -> None:
        """Raise VanthuError for a document of Tuyệt mật, which no machine of this kind may digitize."""
        if held.level == "tuyet-mat":
            raise VanthuError(
                f"tài liệu {held.sha256[:12]} có độ Tuyệt mật, không được số hóa trên máy này",
                hint="giao lại người giữ tài liệu mật; digitize secrets refuse để ghi quyết định",
            )

    def refuse(self, sha256: str, reason: str) -> Held:
        """Decide that a document is never read. Raises VanthuError for one that is not here, or without a reason."""
        return self._decide("refused", self._known(sha256), reason)

    def find(self, name: str) -> Held:
        """Return the document meant by the first digits of its SHA-256, at least 8. Raises VanthuError."""
        digits = name.lower()
        if len(digits) < 8 or set(digits) - set("0123456789abcdef"):
            raise VanthuError(f"«{name}» không phải mã tài liệu", hint="gõ ít nhất 8 số đầu của mã, hoặc đường dẫn tệp")
        found = [held for sha256, held in self._held.items() if sha256.startswith(digits)]
        if len(found) > 1:
            raise VanthuError(f"có {len(found)} tài liệu cách ly mang mã {digits}…", hint="gõ thêm vài số của mã")
        return found[0] if found else self._known(digits)

    def _known(self, sha256: str) -> Held:
        if held := self._held.get(sha256):
            return held
        raise VanthuError(f"không có tài liệu {sha256[:12]} trong khu cách ly", hint="xem digitize secrets list")

    def _decide(self, event: Status, held: Held, reason: str) -> Held:
        reason = " ".join(reason.split())
        if not reason:
            raise VanthuError("chưa nêu lý do", hint='--reason "…"')
        if held.status == event:
            done = "cho số hóa" if event == "released" else "từ chối"
            raise VanthuError(f"tài liệu {held.sha256[:12]} đã được {done} ngày {held.when[:10]}")
        self._append(event, held.sha256, who=system_user(), reason=reason)
        return self._held[held.sha256]

    def _append(self, event: Status, sha256: str, **more: Any) -> None:
        """Write a line so that it outlives a power cut, then count it. Raises OSError."""
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        entry = {"version": _ANCHORED, "event": event, "sha256": sha256, "when": when, **more}
        line, digest = sealed(entry, self._last)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.ftruncate(handle, self._end)  # of a line half written
            os.pwrite(handle, line, self._end)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self._path.parent)
        self._end += len(line)
        self._take(entry, digest)
        write_anchor(self._path, Anchor(self._end, self._last))

    def _verified(self, line: bytes, number: int) -> Line:
        """Return a line of the log when it follows the one before and says what it said when it was written."""
        try:
            read = unsealed(line)
            entry = read.entry
            whole = read.before == self._last and entry["event"] in _EVENTS and isinstance(entry["version"], int)
            known = entry["event"] == "held" or entry["sha256"] in self._held
        except (ValueError, KeyError, TypeError):
            whole = known = False
        if not (whole and known):
            raise VanthuError(
                f"sổ cách ly tài liệu mật bị sửa hoặc hỏng từ dòng {number}",
                path=self._path,
                hint="chép lại secrets.jsonl từ bản sao lưu của kho và báo người phụ trách",
            )
        return read

    def _take(self, entry: dict[str, Any], digest: str) -> None:
        sha256, event = entry["sha256"], entry["event"]
        if event == "held":
            self._held[sha256] = Held(
                sha256, "held", entry["level"], entry["page"], tuple(entry["places"]), entry["when"], entry["doubt"]
            )
        else:
            self._held[sha256] = replace(
                self._held[sha256], status=event, when=entry["when"], who=entry["who"], reason=entry["reason"]
            )
        self._last = digest


def shown_place(path: str, level: Level) -> str:
    """Return what may be shown of where a document lies: of Tuyệt mật the folder, since a name may be the subject."""
    return os.path.dirname(path) if level == "tuyet-mat" else path  # noqa: PTH120


def level_name(level: Level) -> str:
    """Return a level as Vietnamese writes it."""
    return NAMES[level]
