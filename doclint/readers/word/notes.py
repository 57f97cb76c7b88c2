"""What a report must say of a Word file: how it was read, and what in it was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from doclint.document import SIGNED
from doclint.readers.fonts import converted
from doclint.readers.word.names import DELETED, INSERTED, MOVED_FROM, MOVED_TO, Element, W
from doclint.readers.word.package import Package
from doclint.readers.word.reading import Reading
from doclint.readers.word.story import Story
from doclint.vietnamese.legacy import Encoding


def notes(
    package: Package,
    roots: Iterable[Element],
    stories: Iterable[Story],
    readings: Iterable[Reading],
    encodings: set[Encoding],
) -> Iterator[str]:
    """Yield the notes in Vietnamese. ``roots`` are the parts that were read, ``encodings`` the old ones met there."""
    roots = list(roots)
    unread = sum((story.unread for story in stories), Counter[str]())
    if any(next(root.iter(*_CHANGES), None) is not None for root in roots):
        yield "đọc với mọi thay đổi được chấp nhận"
    yield from converted(encodings)
    if any(reading.hidden for reading in readings):
        yield "không đọc chữ ẩn"
    pictures = unread.pop("ảnh", 0)
    formulas = sum(1 for root in roots for _ in root.iter(_FORMULA))
    if formulas:
        unread = unread + Counter({"công thức": formulas})
    if unread:
        kinds = ", ".join(f"{count} {name}" for name, count in sorted(unread.items()))
        yield f"tệp có {unread.total()} đối tượng nhúng không đọc được: {kinds}"
    if pictures:
        yield f"tệp có {pictures} ảnh: chữ trong ảnh không đọc được"
    names = package.names
    if any(name.endswith("vbaproject.bin") for name in names):
        yield "tệp có macro: chỉ đọc chữ, không chạy"
    if any(name.startswith("_xmlsignatures/") for name in names):
        yield SIGNED
    if any(relation.external and relation.kind not in _LINKS for relation in package.relations(package.main).values()):
        yield "tệp có liên kết lấy nội dung từ bên ngoài: không mở"


_CHANGES = (INSERTED, DELETED, MOVED_FROM, MOVED_TO, W + "cellIns", W + "cellDel")
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
# Addresses a reader may click on; nothing is fetched for them.
_LINKS = ("hyperlink", "attachedTemplate")
