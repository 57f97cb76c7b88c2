"""Whose a task is that names nobody: the bodies of the heading above, or the subject of the sentence above."""

from __future__ import annotations

import re

from doclint.anatomy.actions import begins_with_action
from doclint.anatomy.attributes import marker_end
from doclint.anatomy.bodies import find_bodies, leading_bodies, shifted
from doclint.anatomy.names import heading
from doclint.anatomy.parts import Actor, Outline
from doclint.document import Document, Span


def owners_above(document: Document, outline: Outline, index: int) -> tuple[Actor, ...]:
    """Return the bodies of the nearest heading above that names nothing but bodies, or the subject that goes on."""
    below = document.at(outline.nodes[index].head)
    for node in outline.ancestors(index):
        text = document.at(node.head)
        if node.kind == "dash" and not text.rstrip().endswith(":"):
            continue
        title = _DUTIES_OF.match(text, marker_end(text))
        start = title.end() if title is not None else marker_end(text)
        actors = leading_bodies(text[start:])
        if actors and (_HEADS_LIST.fullmatch(text, start + actors[-1].span.end) or _names_bodies(text[start:])):
            return tuple(shifted(actors, node.head.start + start))
        asked = _ASKED.match(text, start)
        start = asked.end() if asked is not None else start
        name = heading().fullmatch(text.rstrip(" :.\n"), start)
        if name is not None and not begins_with_action(name[0]) and begins_with_action(below[marker_end(below) :]):
            span = Span(node.head.start + start, node.head.start + name.end())
            return (Actor(span, " ".join(name[0].split())),)
    return _subject_above(document, outline, index)


def _names_bodies(text: str) -> bool:
    """Tell whether a heading names bodies and nothing else: «Các sở; các đơn vị trực thuộc UBND tỉnh, UBND cấp xã»."""
    for actor in reversed(list(find_bodies(text))):
        text = text[: actor.span.start] + text[actor.span.end :]
    return _BETWEEN_BODIES.fullmatch(text) is not None


def _subject_above(document: Document, outline: Outline, index: int) -> tuple[Actor, ...]:
    """Return the subject of the sentence above that goes on: «1. Sở Nội vụ … . / Định kỳ báo cáo …», «… thực hiện:»."""
    node = outline.nodes[index]
    below = document.at(node.head)
    if node.parent < 0 or not begins_with_action(below[marker_end(below) :]):
        return ()
    above = outline.nodes[node.parent].head
    text = document.at(above)
    start = marker_end(text)
    if not (_GOES_ON.match(below) if node.kind == "text" else text.rstrip().endswith(":")):
        return ()
    actors = leading_bodies(text[start:])
    if not actors or not begins_with_action(text[start + actors[-1].span.end :].lstrip(" ,:")):
        return ()
    return tuple(shifted(actors, above.start + start))


# What may follow the bodies where a heading gives them the items under it: «Bà … có nhiệm vụ:».
_HEADS_LIST = re.compile(
    r"[\s:.;]*|\s+(?:nơi|có|được|phụ\s+trách)\s[^:.;,]{1,40}:\s*|,?\s*(?:chủ\s+trì\s*)?(?:có\s+)?(?:trách\s+nhiệm|"
    r"nhiệm\s+vụ)(?:\s+[^:.;]{0,40})?\s*:\s*|\s*\([^()]*\)\s*:?\s*"
)
_ASKED = re.compile(r"(?:Đề\s+nghị|Yêu\s+cầu|Giao)\s+(?=[A-ZĐ])")
_BETWEEN_BODIES = re.compile(r"(?:[\s,;:.]|và|cùng|(?:trực\s+)?thuộc|cấp\s+xã)*")
# The last paragraphs of a body stand under its last item too, and go on with nothing.
_GOES_ON = re.compile(r"(?:Định\s+kỳ|Đồng\s+thời|H[ằà]ng\s+\w+|Thường\s+xuyên|Kịp\s+thời|Chủ\s+trì|Tổng\s+hợp)\b")
_DUTIES_OF = re.compile(r"(?:Trách\s+nhiệm|Nhiệm\s+vụ|Quyền|Nghĩa\s+vụ)[^.;:,]{0,40}?\s+của\s+")
