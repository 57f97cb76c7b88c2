"""What a reader refuses, and the error that says so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from doclint.vietnamese.plausible import MARKED_LETTERS, MIN_MARKED
from vanthu.errors import VanthuError, dotted

MAX_FILE_BYTES = 200 * 2**20
"""A draft of text is far smaller; what is larger is a scan or not a document."""

MAX_UNPACKED_BYTES = 400 * 2**20
"""All parts of a .docx together, unpacked, pictures included."""

MAX_XML_BYTES = 64 * 2**20
"""One XML part of a .docx, unpacked; 500 pages of text are about 10 MiB."""

MAX_PARTS = 5_000
"""Parts in a .docx package."""

MAX_XML_TAGS = 3_000_000
"""Tags in all XML parts of a .docx that are read; 500 pages of text have about 400,000."""

MAX_PARAGRAPHS = 200_000
"""Paragraphs in one part of a .docx; 500 pages of tables have about 50,000."""

MAX_NESTED_TABLES = 50
"""Tables, or text boxes, inside each other in a .docx."""

MAX_PAGES = 2_000
"""Pages of a PDF."""

MAX_PAGE_CHARACTERS = 100_000
"""Characters on one page of a PDF: a full page of the smallest print has 20,000."""

MAX_PAGE_DRAWINGS = 500_000
"""Lines and shapes on one page of a PDF: a map has some ten thousand."""

MAX_PAGE_FORMS = 20_000
"""Pictures and forms on one page of a PDF, each use counted: forms inside forms multiply."""

MAX_PAGE_BYTES = 8 * 2**20
"""Drawing instructions of one page of a PDF, inflated, each use of a form counted: a page of text has 100 KiB."""

MAX_PDF_STREAM = 48 * 2**20
"""Bytes one stream of a PDF inflates to; only fonts and instructions are read, never pictures."""

MAX_PDF_INFLATED = 256 * 2**20
"""Bytes all streams of a PDF that are read inflate to together."""

MAX_CHARACTERS = 5_000_000
"""Characters of text: about 2,000 pages."""

HOSTILE = "kiểm tra nguồn tệp, có thể là tệp phá hoại"
RESAVE = "mở bằng Word rồi lưu thành .docx"
ASK_AGAIN = "lấy lại tệp từ người gửi"
SPLIT = "tách thành nhiều tệp"
"""What to do about a file that is refused, wherever that happens."""


class UnreadableDocument(VanthuError):
    """A file that could not be read, so could not be checked."""

    def __init__(self, reason: str, hint: str = "", *, path: Path | str | None = None) -> None:
        super().__init__(reason, path=path, hint=hint)


def require_text(text: str, path: Path) -> None:
    """Raise UnreadableDocument when there is no Vietnamese text to check, or more than a document can hold."""
    if not any(char.isalnum() for char in text):
        raise UnreadableDocument("không có chữ nào để kiểm tra", "xem lại nội dung tệp", path=path)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument(f"văn bản dài quá giới hạn {dotted(MAX_CHARACTERS)} ký tự", SPLIT, path=path)
    # What begins in Vietnamese need not be looked at to its end.
    if not _is_vietnamese(text[:1_000], few=False) and not _is_vietnamese(text[:20_000], few=True):
        raise UnreadableDocument(
            "không phải tiếng Việt có dấu theo Unicode (có thể là bảng mã cũ TCVN3, VNI, hoặc tiếng nước ngoài)",
            "chuyển sang Unicode rồi soát lại",
            path=path,
        )


def _is_vietnamese(text: str, *, few: bool) -> bool:
    """Tell whether enough of the letters have marks; ``few`` is the answer for a text of few letters."""
    letters = {char: times for char, times in Counter(text).items() if char.isalpha()}
    marked = sum(times for char, times in letters.items() if char in MARKED_LETTERS)
    total = sum(letters.values())
    return marked >= MIN_MARKED * total if total > 200 else few
