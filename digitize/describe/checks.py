"""What a person may say of a document: values that a field can have, brought into the form in which they are kept."""

from __future__ import annotations

import datetime
import re

from digitize.access import LEVELS as ACCESS_LEVELS
from digitize.describe.language import NAMES as LANGUAGES
from digitize.describe.values import LABELS
from digitize.secrets.marking import NAMES as LEVELS
from doclint.anatomy.types import TYPE_NAMES
from doclint.vietnamese.normalise import fold, nfc
from vanthu.errors import VanthuError

TYPES = tuple(sorted({name.capitalize() for name in TYPE_NAMES}))
"""Types a person can choose from."""

CHOICES: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "secrecy": tuple(LEVELS.values()),
    "urgency": ("Khẩn", "Thượng khẩn", "Hỏa tốc"),
    "language": (*LANGUAGES.values(), "Hán Nôm", "Khác"),
    "handwriting": ("có", "không"),
    "access": ACCESS_LEVELS,
}
"""Fields whose value is one of a list, or none."""

LONGEST = {
    "number": 11,
    "symbol": 30,
    "issuer": 200,
    "superior": 200,
    "subject": 500,
    "fonds": 200,
    "file": 200,
    "unit": 50,
}
"""Letters that Thông tư 05/2025/TT-BNV has room for, and that fit a line."""


def checked(field: str, value: str) -> str:
    """Return ``value`` as the catalogue keeps it: in form C, blanks drawn together. Raises VanthuError."""
    if field not in LABELS:
        raise VanthuError(f"không có trường «{field}»", hint=f"các trường: {', '.join(LABELS)}")
    value = " ".join(nfc(value).split())
    if any(not char.isprintable() for char in value):
        raise VanthuError(f"{LABELS[field]} có ký tự không in được")
    if not value:
        return ""
    if field in CHOICES:
        return _chosen(field, value)
    if field == "date":
        return as_iso(value)
    if field in ("pages", "sheets") and not re.fullmatch(r"[1-9]\d{0,4}", value):
        raise VanthuError(f"{LABELS[field]} phải là số nguyên dương, không phải «{value}»")
    if field == "number" and not re.fullmatch(r"\d{1,10}[a-zđ]?", value):
        raise VanthuError(f"Số gồm chữ số, có thể thêm một chữ cái ở cuối, không phải «{value}»")
    if field == "symbol" and not re.fullmatch(r"[\w&]+(?:[-/.][\w&]+)*", value):
        raise VanthuError(f"Ký hiệu gồm chữ nối bằng - hoặc /, không phải «{value}»")
    if len(value) > LONGEST.get(field, 2000):
        raise VanthuError(f"{LABELS[field]} dài quá {LONGEST.get(field, 2000)} ký tự")
    return value


def as_iso(value: str) -> str:
    """Return a day as ISO: from ISO, ``5/3/2024``, ``3/2024`` and ``2024``. Raises VanthuError."""
    match = _ISO.fullmatch(value) or _VIETNAMESE.fullmatch(value)
    if match is not None:
        year, month, day = match["y"], match["m"], match["d"]
        try:
            datetime.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            match = None
        else:
            return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    raise VanthuError(f"ngày «{value}» không có thật hoặc sai dạng", hint="viết ngày/tháng/năm, ví dụ 05/03/2024")


def _chosen(field: str, value: str) -> str:
    same = [choice for choice in CHOICES[field] if choice.lower() == value.lower()]
    alike = same or [choice for choice in CHOICES[field] if fold(choice) == fold(value)]
    if len(alike) != 1:
        raise VanthuError(f"{LABELS[field]} không có «{value}»", hint=f"chọn một trong: {', '.join(CHOICES[field])}")
    return alike[0]


_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-])?(?P<y>\d{4})")
