"""What is told of a document: values, each with its place on the page, how sure it is and why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from digitize.words import Word

Status = Literal["sure", "review", "absent"]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the page image from its top left."""

SURE = 0.8
"""A value that is less sure goes to a person."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The words of a page in reading order; ``number`` counts from 1, width and height are pixels.

    A page that could not be read has no words and size 0.
    """

    number: int
    words: tuple[Word, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: page counted from 1, and the box round its words."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Field:
    """A value and what speaks for it.

    ``source`` is what was read inside ``place``, word for word; ``describe`` fills it in last. ``evidence`` tells a
    person in Vietnamese why the value is taken, or why he must look. ``confidence`` is 0–1. An ``absent`` field has no
    value.
    """

    value: str
    status: Status
    confidence: float
    evidence: str
    place: Place | None = None
    source: str = ""


def absent(evidence: str, *, confidence: float = 1.0) -> Field:
    """Return the field of a value that the document does not have, as far as can be seen."""
    return Field("", "absent", confidence, evidence)


def judged(value: str, confidence: float, evidence: str, place: Place | None, *, review: str = "") -> Field:
    """Return a field that is sure from SURE on, unless there is a reason for a ``review``, which is told first."""
    confidence = round(min(1.0, max(0.0, confidence)), 2)
    if review:
        return Field(value, "review", min(confidence, SURE - 0.01), f"{review}; {evidence}", place)
    return Field(value, "sure" if confidence >= SURE else "review", confidence, evidence, place)


@dataclass(frozen=True, slots=True)
class Description:
    """All that is told of a document. Dates are ISO (``2024-03-05``, ``2024-03`` where the day is blank)."""

    type: Field
    number: Field
    symbol: Field
    date: Field
    issuer: Field
    superior: Field
    subject: Field
    signer: Field
    signer_title: Field
    recipients: Field
    secrecy: Field
    urgency: Field
    language: Field
    pages: Field
    sheets: Field
    handwriting: Field
    fonds: Field
    file: Field
    unit: Field
    access: Field

    def items(self) -> list[tuple[str, Field]]:
        """Return the fields by name, in the order in which they are shown."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


LABELS = {
    "type": "Loại văn bản",
    "number": "Số",
    "symbol": "Ký hiệu",
    "date": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "superior": "Cơ quan chủ quản",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "signer_title": "Chức vụ người ký",
    "recipients": "Nơi nhận",
    "secrecy": "Độ mật",
    "urgency": "Độ khẩn",
    "language": "Ngôn ngữ",
    "pages": "Số trang",
    "sheets": "Số tờ",
    "handwriting": "Bút tích",
    "fonds": "Phông",
    "file": "Hồ sơ",
    "unit": "Đơn vị bảo quản",
    "access": "Mức tiếp cận",
}
"""The fields as an archivist calls them."""

BY_PERSON = ("fonds", "file", "unit", "access")
"""Fields that no page tells: a person sets them, often for a whole folder at once."""
UNSAID = "người ghi, máy không đoán"
"""What the machine says of them."""
