"""How the text of an example is printed, where a rule is about looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Look:
    """What is printed otherwise than an ordinary paragraph of a right document; what is left out is as there.

    ``of`` is an excerpt of the text, all of it when empty. An ordinary paragraph is Times New Roman, 14 points,
    upright, black, justified, indented by 1.27 cm, 6 points above the next one, on A4 with page numbers from page 2 on.
    """

    of: str = ""
    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    """RRGGBB."""
    alignment: Literal["left", "center", "right", "justify"] | None = None
    indent: float | None = None
    """Of the first line, in centimetres."""
    space: float | None = None
    """Below a paragraph, in points."""
    lines: float | None = None
    """Pitch of the lines, 1.0 is single."""
    table: bool | None = None
    """The excerpt stands in a table."""
    paper: tuple[float, ...] | None = None
    """Width and height in millimetres."""
    margins: tuple[float, ...] | None = None
    """Top, bottom, left, right in millimetres."""
    page_number: Literal["header", "footer", "first", "none"] | None = None
    """``first``: in the header of every page, the first one also."""

    @property
    def words(self) -> str:
        """The look as a clerk says it."""
        return f"{f'«{self.of}»' if self.of else 'cả văn bản'}: {', '.join(self._words())}"

    def _words(self) -> Iterator[str]:
        if self.font is not None:
            yield f"phông {self.font}"
        if self.size is not None:
            yield f"cỡ {_number(self.size)}"
        if self.bold is not None:
            yield "đậm" if self.bold else "không đậm"
        if self.italic is not None:
            yield "nghiêng" if self.italic else "đứng"
        if self.colour is not None:
            yield f"màu {self.colour}"
        if self.alignment is not None:
            yield _ALIGNMENTS[self.alignment]
        if self.indent is not None:
            yield f"lùi đầu dòng {_number(self.indent)} cm"
        if self.space is not None:
            yield f"cách đoạn {_number(self.space)} pt"
        if self.lines is not None:
            yield f"cách dòng {_number(self.lines)}"
        if self.table is not None:
            yield "trong bảng"
        if self.paper is not None:
            yield f"khổ giấy {' x '.join(map(_number, self.paper))} mm"
        if self.margins is not None:
            sides = zip(("trên", "dưới", "trái", "phải"), self.margins, strict=True)
            yield "lề " + ", ".join(f"{side} {_number(length)} mm" for side, length in sides)
        if self.page_number is not None:
            yield _PAGE_NUMBERS[self.page_number]


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


_ALIGNMENTS = {"left": "canh trái", "center": "canh giữa", "right": "canh phải", "justify": "canh đều hai lề"}
_PAGE_NUMBERS = {
    "header": "số trang ở lề trên từ trang thứ hai",
    "footer": "số trang ở lề dưới",
    "first": "số trang ở lề trên mọi trang",
    "none": "không có số trang",
}
