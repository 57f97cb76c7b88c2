"""Where in a document no tasks stand: purposes, principles, what was found, money."""

from __future__ import annotations

import re
from typing import Literal

from doclint.anatomy.actions import begins_with_action
from doclint.anatomy.attributes import marker_end
from doclint.anatomy.bodies import leading_bodies
from doclint.anatomy.parts import Outline
from doclint.document import Document
from doclint.vietnamese.normalise import fold


def outside(document: Document, outline: Outline, index: int) -> Literal["", "money", "always"]:
    """Tell whether a paragraph stands where no tasks are: under purposes or principles, or where money is spoken of."""
    heads = [outline.nodes[index], *outline.ancestors(index)]
    titles = [
        fold(document.at(node.head))[:90]
        for node in heads
        if node.kind not in ("text", "dash") and not (node is heads[0] and _tells(document.at(node.head)))
    ]
    if any(map(_NO_TASKS.search, titles)):
        return "always"
    return "money" if any(map(_MONEY.search, titles)) else ""


def _tells(text: str) -> bool:
    """Tell whether a numbered paragraph says what to do: then it is no title of a part without tasks."""
    start = marker_end(text)
    actors = leading_bodies(text[start:])
    after = start + actors[-1].span.end if actors else start
    return (bool(actors) or text.rstrip()[-1:] in (".", ";")) and begins_with_action(text[after:].lstrip(" ,:"))


_NO_TASKS = re.compile(
    r"muc dich|(?<!\w)yeu cau\s*[:.]?$|quan diem|nguyen tac|muc tieu|thuc trang|tinh hinh|danh gia (?:ket qua|chung)|"
    r"nhan dinh|nhan xet|"
    r"noi dung (?:tap huan|kiem tra|tuyen truyen|thi|boi duong|hop|giam sat|hoi nghi|lop)\b|"
    r"ket qua (?:dat|thuc hien)|ton tai|han che\b|nguyen nhan|pham vi|"
    r"doi tuong ap dung|can cu(?: (?:phap ly|xay dung|lap|thuc tien|ban hanh)[^.;,]*)?\s*[:.]?$"
)
_MONEY = re.compile(
    r"^\S+\s+(?:ve\s+)?(?:kinh phi|nguon (?:luc|von|kinh phi)|dieu kien (?:bao dam|dam bao|thuc hien))[^.;:]{0,50}$|"
    r"kinh phi(?: thuc hien)?\s*$"
)
