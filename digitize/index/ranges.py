"""Read a range in a query: days as 2024..2026, 3/2024 and 01/03/2024.., confidence as 0..60."""

from __future__ import annotations

from digitize.describe.checks import as_iso
from digitize.index.fields import day_number
from digitize.index.query import Range
from vanthu.errors import VanthuError

_LAST_DAY = 9999_99_99


def days(value: str) -> Range:
    """Return the days that ``value`` means. Raises VanthuError.

    A day of which only month or year is known lies in that month or year, and in a range that begins with its first.
    """
    first, last = _ends(value, "viết nam:2024, nam:2024..2026, ngay:3/2024 hoặc ngay:01/03/2024..31/03/2024")
    low = day_number(as_iso(first)) if first else 0
    high = day_number(as_iso(last)) if last else _LAST_DAY
    if high % 10_000 == 0:
        high += 9999
    elif high % 100 == 0:
        high += 99
    if low % 100 == 1:
        low -= 1
    if low % 10_000 == 100:
        low -= 100
    return _ordered(Range("date", low, high), value)


def percents(value: str) -> Range:
    """Return the confidence from 0 to 100 that ``value`` means. Raises VanthuError."""
    hint = "viết tincay:0..60"
    first, last = _ends(value, hint)
    try:
        low, high = int(first or 0), int(last or 100)
    except ValueError:
        raise VanthuError(f"«{value}» không phải số", hint=hint) from None
    if not 0 <= low <= 100 or not 0 <= high <= 100:
        raise VanthuError("độ tin cậy từ 0 đến 100", hint=hint)
    return _ordered(Range("confidence", low, high), value)


def _ends(value: str, hint: str) -> tuple[str, str]:
    first, dots, last = (part.strip() for part in value.partition(".."))
    if not first and not last:
        raise VanthuError("chưa có giá trị", hint=hint)
    return first, last if dots else first


def _ordered(found: Range, value: str) -> Range:
    if found.low > found.high:
        raise VanthuError(f"khoảng «{value}» bị ngược", hint="viết đầu nhỏ trước, ví dụ 2024..2026")
    return found
