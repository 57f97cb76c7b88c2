"""The fields of a document by which pages are found, and what a person calls them in a query."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from doclint.vietnamese.normalise import fold, nfc


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What the catalogue says of a document, "" where it says nothing.

    ``date`` is ISO, in part where the day is blank; ``confidence`` is the mean of its pages, 0–100.
    """

    number: str = ""
    symbol: str = ""
    date: str = ""
    type: str = ""
    issuer: str = ""
    subject: str = ""
    signer: str = ""
    fonds: str = ""
    file: str = ""
    unit: str = ""
    year: str = ""
    access: str = ""
    confidence: float | None = None

    @property
    def code(self) -> str:
        """Number and symbol as they are written: 534/QĐ-UBND."""
        joint = "" if self.symbol.startswith("-") or not (self.number and self.symbol) else "/"
        return f"{self.number}{joint}{self.symbol}"

    def filled(self) -> dict[str, str | float]:
        """Return what is not empty."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


TEXTS = ("issuer", "subject", "signer", "fonds", "file", "unit")
"""Fields in which words and phrases are found."""
KEYS = ("number", "symbol", "type", "access")
"""Fields that are found whole."""
RANGES = ("date", "confidence")
"""Fields that lie between two numbers."""
ABOUT = ("code", "type", "issuer", "subject", "signer")
"""What a document is called by: the first page is found by it too, as when its number was written by hand."""

SHOWN = {
    "number": "so",
    "symbol": "kyhieu",
    "type": "loai",
    "date": "ngay",
    "issuer": "coquan",
    "subject": "trichyeu",
    "signer": "nguoiky",
    "fonds": "phong",
    "file": "hoso",
    "unit": "donvi",
    "access": "tiepcan",
    "confidence": "tincay",
}
"""Field → its Vietnamese name in a query."""
_YEARS = {"nam": "date", "year": "date"}
NAMES = {name: field for field, name in SHOWN.items()} | {field: field for field in SHOWN} | _YEARS
"""Name in a query, folded → field."""


def field_named(name: str) -> str:
    """Return the field that a person calls ``name``, with accents or without, "" when there is none."""
    return NAMES.get(plain_name(name), "")


def plain_name(name: str) -> str:
    """Return the name of a field as NAMES has it, whether there is one or not."""
    return fold(nfc(name)).replace("_", "").replace("-", "")


def day_number(iso: str) -> int:
    """Return a day as a number that sorts as it does: 2024-03-05 is 20240305, 2024-03 is 20240300, "" is 0."""
    parts = [int(part) for part in iso.split("-")] if iso else []
    year, month, day = (*parts, 0, 0, 0)[:3]
    return (year * 100 + month) * 100 + day
