"""What became of the files and rows that a person gave to the register, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.register.adding import Added
from doclint.register.entry import CLASSES, Entry
from doclint.register.intake import plain
from vanthu.files import near


def added_lines(told: Added, others: int) -> Iterator[tuple[str, bool]]:
    """Yield the lines that tell what became of files, each with whether it is about one that is not in order.

    ``others`` counts the files of the folders that are no documents.
    """
    for refused in told.refused:
        yield f"KHÔNG NHẬN {near(refused.path)}: {plain(refused.reason)}", True
    for path, held in told.clashes:
        yield f"TRÙNG SỐ {near(path)}: {already(held)}; không ghi đè", True
    for taken in told.unread:
        yield f"THIẾU TRANG {near(taken.path)}: {plain(taken.unread)}", True
    counts = (
        (told.added, "thêm"),
        (told.completed, "thêm tệp cho dòng đã nhập"),
        (told.known, "đã có"),
        (told.clashes, "trùng số"),
        (told.refused, "không nhận"),
    )
    words = [f"{name} {len(files)}" for files, name in counts if files]
    if others:
        words.append(f"bỏ qua {others} tệp không phải văn bản")
    yield f"Sổ: {', '.join(words) or 'không có tệp nào'}.", False
    for taken in told.added:
        for meeting in taken.meetings:
            yield f"  Hội nghị {meeting.date:%d/%m/%Y}: {meeting.subject}", False
    if classes := _classes(told):
        yield f"  Đề xuất phân loại: {classes}. Xem: doclint register list; sửa: doclint register set-class", False


def _classes(told: Added) -> str:
    proposed = [taken.entry.cls for taken in (*told.added, *told.completed)]
    return ", ".join(f"{name} {proposed.count(cls)}" for cls, name in CLASSES.items() if cls in proposed)


def already(held: Entry) -> str:
    """Say which document of the register has the same number."""
    source = f" từ tệp {held.file}" if held.file else ""
    return f"sổ đã có {held.code} ngày {held.date:%d/%m/%Y} (mã {held.id}){source}, nội dung khác"


def differs(row: Entry, held: Entry) -> str:
    """Say that the register and a table class a document otherwise; the register stays as it is."""
    return (
        f"{held.code} trong sổ là «{CLASSES[held.cls]}», không phải «{CLASSES[row.cls]}»; "
        f"muốn đổi: doclint register set-class {held.id}"
    )
