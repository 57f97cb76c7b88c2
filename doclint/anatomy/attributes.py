"""Labelled facts about a task: «Cơ quan chủ trì: …», «Thời gian: …», on lines of their own or one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.parts import Node, Outline
from doclint.document import Document, Span

AttributeKind = Literal["lead", "partners", "deadline", "product", "resources", "authority", "place", "other"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A label and its value; ``scope`` is the numbered unit it speaks of."""

    kind: AttributeKind
    value: Span
    scope: Node
    node: int
    alone: bool
    """The paragraph holds nothing but labelled facts."""


def find_attributes(document: Document, outline: Outline) -> tuple[Attribute, ...]:
    """Find the labelled facts of the body, in order."""
    return tuple(found for index in range(len(outline.nodes)) for found in _of_node(document, outline, index))


def label_kind(text: str) -> AttributeKind | None:
    """Return what a label or the heading of a table column asks for, None when it is neither."""
    match = _LABEL.match(text.strip() + ":")
    return _kind(match) if match is not None else None


def marker_end(text: str) -> int:
    """Return where the text of a numbered paragraph begins, after its number, letter or dash."""
    match = _MARKER.match(text)
    return match.end() if match is not None else 0


def _of_node(document: Document, outline: Outline, index: int) -> Iterator[Attribute]:
    node = outline.nodes[index]
    text = document.at(node.head)
    start = marker_end(text)
    alone = _LABEL.match(text, start) is not None
    begins = [start] if alone else []
    begins += [match.end() for match in _BREAK.finditer(text, start) if _LABEL.match(text, match.end())]
    scope = node
    if alone:
        units = (above for above in outline.ancestors(index) if above.kind not in ("point", "dash", "text"))
        scope = next(units, node)
    for begin, stop in zip(begins, [*begins[1:], len(text)], strict=False):
        label = _LABEL.match(text, begin)
        if label is None:
            continue
        value = text[label.end() : stop].rstrip(" ;.,/\n")
        lead = len(value) - len(value.lstrip())
        if value.strip():
            first = node.head.start + label.end() + lead
            span = Span(first, node.head.start + label.end() + len(value))
            yield Attribute(_kind(label), span, scope, index, alone)


def _kind(label: re.Match[str]) -> AttributeKind:
    return next(kind for kind, _ in _LABELS if label[f"k_{kind}"] is not None)


_LABELS: tuple[tuple[AttributeKind, str], ...] = (
    (
        "partners",
        r"(?:(?:Cơ\s+quan|Đơn\s+vị|Các\s+đơn\s+vị|Các\s+cơ\s+quan|Người)\s+)?(?:phối\s+hợp(?:\s+thực\s+hiện)?|"
        r"cùng\s+(?:làm|thực\s+hiện))",
    ),
    (
        "lead",
        r"(?:(?:Cơ\s+quan|Đơn\s+vị|Đầu\s+mối|Bộ\s+phận|Người)\s+)?(?:được\s+giao\s+)?chủ\s+trì(?:\s+(?:thực\s+hiện|"
        r"tham\s+mưu))?"
        r"|(?:Cơ\s+quan|Đơn\s+vị|Bộ\s+phận|Người|Cá\s+nhân)\s+(?:thực\s+hiện|chịu\s+trách\s+nhiệm|phụ\s+trách|"
        r"đảm\s+nhiệm)|Phân\s+công(?:\s+thực\s+hiện)?",
    ),
    (
        "deadline",
        r"Thời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|dự\s+kiến|tổ\s+chức|trình|ban\s+hành|triển\s+khai))*"
        r"|Tiến\s+độ(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|(?:Ngày\s+|Hạn\s+)?hoàn\s+thành|Thời\s+điểm|Xong\s+trước|"
        r"Hạn(?:\s+chót)?",
    ),
    (
        "product",
        r"(?:Sản\s+phẩm|Kết\s+quả)(?:\s+(?:đầu\s+ra|cần\s+đạt|thực\s+hiện|dự\s+kiến|giao\s+nộp|phải\s+có|"
        r"công\s+việc))*",
    ),
    ("resources", r"(?:Nguồn\s+)?(?:kinh\s+phí|lực|vốn)(?:\s+(?:thực\s+hiện|bảo\s+đảm))?|Nguồn\s+lực"),
    (
        "authority",
        r"Thẩm\s+quyền(?:\s+(?:quyết\s+định|phê\s+duyệt|ban\s+hành))?|Cấp\s+(?:trình|quyết\s+định|phê\s+duyệt)",
    ),
    ("place", r"Địa\s+điểm(?:\s+tổ\s+chức)?"),
    (
        "other",
        r"Thành\s+phần|Hình\s+thức|Số\s+lượng|Đối\s+tượng|Cơ\s+quan\s+chỉ\s+đạo|Danh\s+nghĩa\s+tổ\s+chức|Quy\s+mô|"
        r"Chủ\s+đề"
        r"|Cơ\s+quan\s+(?:theo\s+dõi|giám\s+sát|tổng\s+hợp)",
    ),
)
# A label of the kind «lực» alone would be «Nguồn lực»; the blank before the colon is somebody's typing.
_LABEL = re.compile(
    "(?:" + "|".join(f"(?P<k_{kind}>{pattern})" for kind, pattern in _LABELS) + r")(?:\s*\([^)]*\))?\s*:\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;.]\s+|,\s+")
_MARKER = re.compile(
    r"(?:(?:[IVXL]+|\d{1,3}(?:\.\d{1,2})*)[.)]|\(?[a-zđ]\)|[-–—+•*]|(?:Điều|Bước)\s+\d+[a-zđ]?[.:]|"
    r"\d{1,2}(?:\.\d{1,2})+)\s*"
)
