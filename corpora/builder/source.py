"""Read a specimen's source: YAML front matter for what surrounds the text, then one line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

NEW_PAGE = "~~~"
"""A line of the source after which a text begins that the document issues: a regulation, a scheme."""
APPENDIX = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?: (?:[IVX]+|\d+))?")
_PART = re.compile(r"(?:Chương|Phần|Mục) (?:[IVX]+|\d+)")
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


class Shape(Enum):
    """How a line of the body is set."""

    PLAIN = "plain"
    BASIS = "basis"
    HEADING = "heading"
    ARTICLE = "article"
    CENTRED = "centred"
    SUBTITLE = "subtitle"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the body, or one row of a table (cells kept in ``text``, parted by ``|``)."""

    text: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Source:
    """All words of a specimen; nothing here says how it looks."""

    issuer: tuple[str, ...]
    number: str
    place: str
    superior: tuple[str, ...] = ()
    nation: tuple[str, ...] = NATION
    type: str = ""
    subject: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipients_title: str = "Nơi nhận:"
    signature: tuple[str, ...] = ()
    signer: str = ""
    left_signature: tuple[str, ...] = ()
    left_signer: str = ""
    secrecy: str = ""
    urgency: str = ""
    circulation: str = ""
    party: bool = False
    copy: Source | None = None
    """What stands under the text of a certified copy: SAO Y, its number, date and signature."""
    body: tuple[Line, ...] = ()
    appendix: tuple[Line, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Framed words under the number, the most grave first."""
        return tuple(mark for mark in (self.secrecy, self.urgency, self.circulation) if mark)


def read(path: Path) -> Source:
    """Read one file of corpora/texts; an unknown key raises ``TypeError``."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    parts = _parts(yaml.safe_load(front))
    lines = [line for line in body.split("\n") if line.strip()]
    cut = next((n for n, line in enumerate(lines) if line == NEW_PAGE or APPENDIX.fullmatch(line)), len(lines))
    party = bool(parts.get("party"))
    rest = [line for line in lines[cut:] if line != NEW_PAGE]
    return Source(**parts, body=tuple(_shaped(lines[:cut], party)), appendix=tuple(_shaped(rest, party)))


def _parts(fields: dict[str, Any]) -> dict[str, Any]:
    parts = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    if "copy" in parts:
        parts["copy"] = Source(**_parts(parts["copy"]))
    return parts


def _shaped(lines: list[str], party: bool) -> Iterator[Line]:
    for text in lines:
        yield Line(text, _shape(text, party))


def _shape(text: str, party: bool) -> Shape:
    if text.startswith("|"):
        return Shape.ROW
    if not party and re.match(r"(Căn cứ|Theo đề nghị|Xét) .*[;.,]$", text):
        return Shape.BASIS
    if re.match(r"Điều \d+\. ", text):
        return Shape.ARTICLE
    if APPENDIX.fullmatch(text) or _PART.fullmatch(text):
        return Shape.CENTRED
    if text == text.upper() and not re.match(r"[IVX]+\. |\d+\. |- ", text):
        return Shape.CENTRED
    if re.fullmatch(r"\((Kèm|Ban hành kèm) theo .*\)", text):
        return Shape.SUBTITLE
    if re.match(r"[IVX]+\. |\d+\. ", text) and text[-1] not in ".;:,/":
        return Shape.HEADING
    return Shape.PLAIN
