"""Read a specimen's source: YAML front matter for what surrounds the text, then one line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

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
    urgency: str = ""
    party: bool = False
    body: tuple[Line, ...] = ()
    appendix: tuple[Line, ...] = ()


def read(path: Path) -> Source:
    """Read one file of corpora/texts; an unknown key raises ``TypeError``."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields: dict[str, Any] = yaml.safe_load(front)
    parts = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    lines = [line for line in body.split("\n") if line.strip()]
    cut = next((n for n, line in enumerate(lines) if re.fullmatch(r"Phụ lục( [IVX]+)?", line)), len(lines))
    party = bool(parts.get("party"))
    return Source(**parts, body=tuple(_shaped(lines[:cut], party)), appendix=tuple(_shaped(lines[cut:], party)))


def _shaped(lines: list[str], party: bool) -> Iterator[Line]:
    for text in lines:
        yield Line(text, _shape(text, party))


def _shape(text: str, party: bool) -> Shape:
    if text.startswith("|"):
        return Shape.ROW
    if not party and re.match(r"(Căn cứ|Theo đề nghị|Xét) .*[;.,]$", text):
        return Shape.BASIS
    if re.match(r"Điều \d+\.", text):
        return Shape.ARTICLE
    if re.fullmatch(r"Phụ lục( [IVX]+)?", text) or (text == text.upper() and not re.match(r"[IVX]+\. ", text)):
        return Shape.CENTRED
    if re.fullmatch(r"\(Kèm theo .*\)", text):
        return Shape.SUBTITLE
    if re.match(r"[IVX]+\. |\d+\. ", text) and text[-1] not in ".;:,/":
        return Shape.HEADING
    return Shape.PLAIN
