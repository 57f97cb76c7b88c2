"""Read a journal from its first line to its last, and tell whether it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.audit.journal import END, FOLDER, NOTHING, End, files, held, read_end
from vanthu.chain import unsealed


@dataclass(frozen=True, slots=True)
class Verdict:
    """``end`` is where the journal ends; ``faults`` are told in Vietnamese, none when it is whole."""

    end: End
    faults: tuple[str, ...]


def verify(root: Path, expected: End | None = None) -> Verdict:
    """Verify the journal of the archive at ``root``, and that it still holds the line ``expected``. Raises OSError."""
    with held(root / FOLDER):  # so much was there at one moment; it may grow while this reads
        sizes = {path: path.stat().st_size for path in files(root / FOLDER)}
        noted = read_end(root / END)
    faults: list[str] = []
    last = NOTHING
    wanted = {end.lines for end in (noted, expected) if end is not None}
    seen = {0: NOTHING.hash}
    for place, line in _lines(sizes):
        if not line.endswith(b"\n"):  # a death while it was written: it told of nothing that was done
            continue
        try:
            read = unsealed(line)
            number, event, at = int(read.entry["number"]), read.entry["event"], read.entry["at"]
        except (ValueError, KeyError, TypeError):
            faults.append(f"{place}: bị sửa hoặc hỏng")
            last = End(last.lines + 1, _UNKNOWN)
            continue
        if event == "broken":
            faults.append(f"{place}: lúc {at} nhật ký không khớp với {END} (xem các dòng trước)")
        elif number != last.lines + 1 or last.hash not in (read.before, _UNKNOWN):
            faults.append(f"{place}: không nối tiếp dòng trước; có dòng bị xóa, bị chèn hoặc bị đổi chỗ")
        last = End(number, read.hash)
        if number in wanted:
            seen[number] = read.hash
    if noted is None:
        faults.append(f"{END} hỏng: không biết nhật ký phải có bao nhiêu dòng")
    elif seen.get(noted.lines) != noted.hash:
        faults.append(f"mất phần cuối: {END} ghi nhật ký có {noted.lines} dòng, nay không còn dòng ấy")
    elif last.lines > noted.lines + 1:
        faults.append(f"{END} bị mất hoặc bị thay: chỉ ghi {noted.lines} dòng, nhật ký có {last.lines}")
    if expected is not None and seen.get(expected.lines) != expected.hash:
        faults.append(f"dòng {expected.lines} không đúng mã chốt đã ghi lại")
    return Verdict(last, tuple(faults))


def entries(root: Path) -> Iterator[dict[str, Any]]:
    """Yield what the lines of a journal say, the oldest first; what cannot be read is left to ``verify``."""
    for _, line in _lines({path: path.stat().st_size for path in files(root / FOLDER)}):
        try:
            yield unsealed(line).entry
        except ValueError:
            continue


def newest(root: Path, month: str) -> Iterator[dict[str, Any]]:
    """Yield what the lines of one month (``2026-11``) say, the newest first; what cannot be read is left out."""
    for line in reversed((root / FOLDER / f"{month}.jsonl").read_bytes().splitlines(keepends=True)):
        try:
            yield unsealed(line).entry
        except ValueError:
            continue


def _lines(sizes: dict[Path, int]) -> Iterator[tuple[str, bytes]]:
    """Yield each line of the files with its place, up to the sizes that they had."""
    for path, size in sizes.items():
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if file.tell() > size:
                    break
                yield f"{path.name}, dòng {number}", line


_UNKNOWN = ""
"""The hash of a line that is damaged: what follows on it cannot be known."""
