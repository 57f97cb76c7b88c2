"""Tasks: who is told to do what, with whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.anatomy.bodies import find_bodies, leading_bodies
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Actor, Deadline, Node, Outline, Task
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold


def find_tasks(document: Document, outline: Outline) -> tuple[Task, ...]:
    """Find the tasks of the body. A body that is named in a heading owns the items under it.

    Purposes, principles, findings and money are no tasks; a line «Thời gian: …» or «Đơn vị chủ trì: …» belongs to the
    unit it stands in.
    """
    times = _time_lines(document, outline)
    tasks: list[Task] = []
    for index, node in enumerate(outline.nodes):
        text = document.at(node.head)
        if _outside(document, outline, index):
            continue
        inherited = next((found for scope, found in times if node.head in scope), Deadline("none"))
        if _LEAD_LINE.match(text):
            tasks += _of_lead_line(document, outline, index, inherited)
        elif not _is_heading(outline, index, text) and not _ATTRIBUTE.match(text):
            owners = _inherited(document, outline, index)
            tasks += _of_paragraph(node, index, text, owners, inherited)
    return tuple(tasks)


def _of_lead_line(document: Document, outline: Outline, index: int, inherited: Deadline) -> Iterator[Task]:
    """Yield the task of the unit that a line «Cơ quan chủ trì: …» stands under."""
    head = outline.nodes[index].head
    text = document.at(head)
    lead = _LEAD_LINE.match(text)
    actors = leading_bodies(text[lead.end() :]) if lead is not None else []
    above = outline.ancestors(index)
    if lead is not None and actors:
        moved = tuple(_moved(actor, head.start + lead.end()) for actor in actors)
        yield Task(above[0].head if above else head, moved, True, (), inherited, False, index)


def _of_paragraph(node: Node, index: int, text: str, owners: tuple[Actor, ...], inherited: Deadline) -> Iterator[Task]:
    whole = find_deadline(text, node.head.start)
    for begin, end, actors in _clauses(text, _body_start(text)):
        clause = text[begin:end].rstrip(" ;.,/\n")
        offset = node.head.start + begin
        own = find_deadline(clause, offset)
        exact = (found for found in (own, whole, inherited) if found.kind in _EXACT)
        stated = (found for found in (inherited, own) if found.kind != "none")
        lead, named, partners = _roles(clause, offset, actors)
        if lead or owners:
            deadline = next(exact, None) or next(stated, own)
            span = Span(offset, offset + len(clause))
            yield Task(span, lead or owners, named, partners, deadline, _is_standing(clause, actors), index)


def _clauses(text: str, start: int) -> Iterator[tuple[int, int, list[Actor]]]:
    """Cut a paragraph before each clause that begins with the body it is for; offsets in ``text``."""
    cuts: list[tuple[int, list[Actor]]] = []
    for begin in (start, *(match.end() for match in _CLAUSE_START.finditer(text, start))):
        actors = leading_bodies(text[begin:])
        if actors and _GIVES.match(text[begin + actors[-1].span.end :]):
            cuts.append((begin, actors))
        elif begin == start:
            cuts.append((begin, []))
    for (begin, actors), end in zip(cuts, [*(cut for cut, _ in cuts[1:]), len(text)], strict=True):
        if text[begin:end].strip(" .;,/"):
            yield begin, end, actors


def _roles(clause: str, offset: int, actors: list[Actor]) -> tuple[tuple[Actor, ...], bool, tuple[Actor, ...]]:
    lead = tuple(_moved(actor, offset) for actor in actors)
    named = re.search(r"chủ\s+trì", clause, re.IGNORECASE) is not None
    joined = re.search(r"phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s+", clause)
    partners = tuple(_moved(actor, joined.end()) for actor in leading_bodies(clause[joined.end() :])) if joined else ()
    return lead, named, tuple(_moved(actor, offset) for actor in partners)


def _moved(actor: Actor, by: int) -> Actor:
    return Actor(Span(actor.span.start + by, actor.span.end + by), actor.name, actor.group)


def _is_heading(outline: Outline, index: int, text: str) -> bool:
    """A heading says what stands under it: it has children, is short, and does not end like a sentence."""
    node = outline.nodes[index]
    if node.kind in ("part", "chapter", "section", "subsection", "roman"):
        return True
    has_children = index + 1 < len(outline.nodes) and outline.nodes[index + 1].parent == index
    if not has_children or node.kind in ("text", "dash"):
        return False
    return text.rstrip()[-1] not in ".;/"


def _outside(document: Document, outline: Outline, index: int) -> bool:
    heads = [outline.nodes[index], *outline.ancestors(index)]
    return any(node.kind != "text" and node.kind != "dash" and _NO_TASKS.search(fold(document.at(node.head))[:90]) for node in heads)


def _inherited(document: Document, outline: Outline, index: int) -> tuple[Actor, ...]:
    """Return the bodies of the nearest heading above that names nothing but bodies."""
    for node in outline.ancestors(index):
        text = document.at(node.head)
        start = _body_start(text)
        actors = leading_bodies(text[start:])
        if actors and not text[start + actors[-1].span.end :].strip(" :.;"):
            return tuple(_moved(actor, node.head.start + start) for actor in actors)
    return ()


def _time_lines(document: Document, outline: Outline) -> list[tuple[Span, Deadline]]:
    """Return the deadlines of lines «Thời gian: …», each with the numbered unit it holds for, the innermost first."""
    found = []
    for index, node in enumerate(outline.nodes):
        if _TIME_LINE.match(document.at(node.head)):
            deadline = _of_line(document, node.head)
            scope = next((above for above in outline.ancestors(index) if above.kind not in ("point", "dash", "text")), None)
            if deadline.kind != "none" and scope is not None:
                found.append((scope.span, deadline))
    return sorted(found, key=lambda pair: len(pair[0]))


def _of_line(document: Document, line: Span) -> Deadline:
    """Return the deadline of a line «Thời gian: …»; where it is vague, all that the line says is."""
    found = find_deadline(document.at(line), line.start)
    if found.kind != "vague":
        return found
    text = document.at(line).rstrip(" ./;")
    start = text.index(":") + 1
    return Deadline("vague", Span(line.start + start + len(text[start:]) - len(text[start:].lstrip()), line.start + len(text)))


def _is_standing(clause: str, actors: list[Actor]) -> bool:
    rest = clause[actors[-1].span.end :] if actors else clause
    return _STANDING.match(fold(rest)) is not None or _PRINCIPLE.search(fold(clause)[:160]) is not None


def _body_start(text: str) -> int:
    match = _MARKER.match(text)
    return match.end() if match is not None else 0


_MARKER = re.compile(r"(?:(?:[IVXL]+|\d{1,3}(?:\.\d{1,2})*)[.)]|\(?[a-zđ]\)|[-–—+•*]|Điều\s+\d+[a-zđ]?[.:])\s*")
_CLAUSE_START = re.compile(r"(?<=[.;:])\s+|,\s+(?=(?:giao|yêu\s+cầu)\s)")
_EXACT = ("date", "period", "recurring", "event")
# What must follow the bodies for the clause to be theirs: a verb or a colon, not «của», «tổ chức» of another.
_GIVES = re.compile(
    r"\s*(?::|,?\s*(?:theo\s+chức\s+năng[^.;:]{0,60}?,\s*)?(?:có\s+trách\s+nhiệm|cùng\s+chủ|đồng\s+chủ|chủ\s|phối\s|tham\s+mưu|thực\s+hiện|triển\s+khai|"
    r"tổ\s+chức|rà\s+soát|xây\s+dựng|báo\s+cáo|tổng\s+hợp|hướng\s+dẫn|kiểm\s+tra|theo\s+dõi|đôn\s+đốc|tăng\s+cường|tiếp\s+tục|"
    r"nghiên\s+cứu|đề\s+xuất|căn\s+cứ|bố\s+trí|cân\s+đối|thẩm\s+định|tuyên\s+truyền|chỉ\s+đạo|quán\s+triệt|bám\s+sát|cập\s+nhật|"
    r"cung\s+cấp|gửi|lập|trình|hoàn\s+thành|hoàn\s+thiện|đẩy\s+mạnh|khẩn\s+trương|kịp\s+thời|thường\s+xuyên|định\s+kỳ|được\s+giao|"
    r"chịu\s+trách\s+nhiệm|đăng\s+ký|cử|phân\s+công|ban\s+hành|sửa|in|số\s+hóa|số\s+hoá|bàn\s+giao|tiếp\s+nhận|công\s+khai|niêm\s+yết|"
    r"giúp|vận\s+động|giám\s+sát|khảo\s+sát|thống\s+kê|đánh\s+giá|tự\s+rà|tự\s+kiểm|đặc\s+biệt|không\s|phải\s|trước\s|trong\s))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?:[-+•*]\s*)?(?:Thời\s+(?:gian|hạn)|Tiến\s+độ|(?:Cơ\s+quan|Đơn\s+vị|Đầu\s+mối)[^:]{0,30}|Địa\s+điểm|Kinh\s+phí|Nguồn\s+kinh\s+phí|"
    r"Nguồn\s+lực|Thành\s+phần|Sản\s+phẩm|Kết\s+quả|Thẩm\s+quyền|Người\s+chịu\s+trách\s+nhiệm|Hình\s+thức|Số\s+lượng|Đối\s+tượng)[^:.;]{0,40}:",
    re.IGNORECASE,
)
_TIME_LINE = re.compile(r"(?:[-+•*]\s*)?(?:Thời\s+(?:gian|hạn)|Tiến\s+độ|Hoàn\s+thành)[^:.;]{0,40}:", re.IGNORECASE)
_LEAD_LINE = re.compile(r"(?:[-+•*]\s*)?(?:(?:Cơ\s+quan|Đơn\s+vị|Đầu\s+mối)\s+chủ\s+trì|Chủ\s+trì)[^:.;,]{0,20}:\s*", re.IGNORECASE)
_NO_TASKS = re.compile(
    r"muc dich|yeu cau\b(?! cac)|quan diem|nguyen tac|muc tieu|thuc trang|tinh hinh|danh gia ket qua|ket qua (?:dat|thuc hien)|"
    r"ton tai|han che\b|nguyen nhan|kinh phi(?: thuc hien)?\s*$|pham vi|doi tuong ap dung|can cu"
)
_STANDING = re.compile(
    r"[\s,:]*(?:co trach nhiem\s+)?(?:khong|han che|tuyet doi|chiu trach nhiem|tang cuong|tiep tuc|quan triet|nang cao|de cao|thuc hien nghiem|"
    r"chap hanh|lay ket qua|phat huy|bao dam|dam bao|uu tien|phoi hop|day manh|nghiem tuc|tuan thu|can cu chuc nang)\b"
)
_PRINCIPLE = re.compile(r"\bphai\b|chiu trach nhiem|khong duoc|khong trong cho|han che toi da")
