"""Tasks: who is told to do what, with whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.anatomy.bodies import leading_bodies
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Actor, Deadline, Node, Outline, Recipient, Task
from doclint.document import Document, Span
from doclint.vietnamese.letters import LOWER
from doclint.vietnamese.normalise import fold


def find_tasks(
    document: Document, outline: Outline, issuer: str, addressees: tuple[Recipient, ...]
) -> tuple[Task, ...]:
    """Find the tasks of the body.

    A body that is named in a heading owns the items under it, and the addressees of a letter own what it asks for
    without naming anybody. What the ``issuer`` does itself is no task, nor are purposes, principles and money.
    A line «Thời gian: …» or «Đơn vị chủ trì: …» belongs to the unit it stands in.
    """
    asked = tuple(Actor(addressee.span, addressee.name, addressee.group) for addressee in addressees)
    times = _time_lines(document, outline)
    common = _common_deadline(document, outline)
    tasks: list[Task] = []
    for index, node in enumerate(outline.nodes):
        text = document.at(node.head)
        if _outside(document, outline, index):
            continue
        start = _body_start(text)
        inherited = next((found for scope, found in times if node.head in scope), common)
        if _LEAD_LINE.match(text, start):
            tasks += _of_lead_line(document, outline, index, inherited)
        elif not _is_heading(outline, index, text) and not _ATTRIBUTE.match(text, start):
            owners = _inherited(document, outline, index) or (asked if _REQUEST.match(text, start) else ())
            tasks += _of_paragraph(node, index, text, owners, inherited)
    return tuple(task for task in tasks if not _is_own(task.lead, issuer))


def _of_lead_line(document: Document, outline: Outline, index: int, inherited: Deadline) -> Iterator[Task]:
    """Yield the task of the unit that a line «Cơ quan chủ trì: …» stands under."""
    head = outline.nodes[index].head
    text = document.at(head)
    lead = _LEAD_LINE.match(text, _body_start(text))
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
    return any(
        node.kind != "text" and node.kind != "dash" and _NO_TASKS.search(fold(document.at(node.head))[:90])
        for node in heads
    )


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
        text = document.at(node.head)
        if _TIME_LINE.match(text, _body_start(text)):
            deadline = _of_line(document, node.head)
            scope = next(
                (above for above in outline.ancestors(index) if above.kind not in ("point", "dash", "text")), None
            )
            if deadline.kind != "none" and scope is not None:
                found.append((scope.span, deadline))
    return sorted(found, key=lambda pair: len(pair[0]))


def _common_deadline(document: Document, outline: Outline) -> Deadline:
    """Return what binds all tasks: the day of the event that a plan prepares, the date of a text without numbers."""
    dated: dict[int, Deadline] = {}
    placed: set[int] = set()
    plain = all(node.kind == "text" for node in outline.nodes)
    for node in outline.nodes:
        text = document.at(node.head)
        start = _body_start(text)
        found = find_deadline(text, node.head.start)
        if plain and found.kind in _EXACT:
            return found
        if _TIME_LINE.match(text, start) and found.kind in _EXACT:
            dated[node.parent] = found
        if _PLACE_LINE.match(text, start):
            placed.add(node.parent)
    return next(
        (Deadline("event", found.span) for parent, found in dated.items() if parent in placed), Deadline("none")
    )


def _of_line(document: Document, line: Span) -> Deadline:
    """Return the deadline of a line «Thời gian: …»; where it is vague, all that the line says is."""
    found = find_deadline(document.at(line), line.start)
    if found.kind != "vague":
        return found
    text = document.at(line).rstrip(" ./;")
    start = text.index(":") + 1
    return Deadline(
        "vague", Span(line.start + start + len(text[start:]) - len(text[start:].lstrip()), line.start + len(text))
    )


def _is_own(lead: tuple[Actor, ...], issuer: str) -> bool:
    """Tell whether the one who acts is the body that issues the document: «Ủy ban nhân dân xã ban hành Kế hoạch …»."""
    return len(lead) == 1 and bool(issuer) and _spelled_out(issuer).startswith(_spelled_out(lead[0].name))


def _spelled_out(name: str) -> str:
    return " ".join(fold(name).split()).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")


def _is_standing(clause: str, actors: list[Actor]) -> bool:
    rest = clause[actors[-1].span.end :] if actors else _REQUEST.sub("", clause)
    return _STANDING.match(fold(rest)) is not None or _PRINCIPLE.search(fold(clause)[:160]) is not None


def _body_start(text: str) -> int:
    match = _MARKER.match(text)
    return match.end() if match is not None else 0


_MARKER = re.compile(r"(?:(?:[IVXL]+|\d{1,3}(?:\.\d{1,2})*)[.)]|\(?[a-zđ]\)|[-–—+•*]|Điều\s+\d+[a-zđ]?[.:])\s*")
_CLAUSE_START = re.compile(r"(?<=[.;:])\s+|,\s+(?=(?:giao|yêu\s+cầu)\s)|(?<=\sđề nghị)\s+|(?<=\syêu cầu)\s+")
_EXACT = ("date", "period", "recurring", "event")
# What may follow the bodies where the clause is theirs: a colon or a verb, so any word that cannot go on with the name.
_GIVES = re.compile(
    rf"\s*(?::|,?\s*(?:theo\s+chức\s+năng[^.;:]{{0,60}}?,\s*)?(?!(?:của|về|và|là|tại|để|đã|đang|cũng|bị|gồm|nơi|khi|nếu|mà|do|vì|như|còn|vẫn|"
    rf"nhận|ngày|số|thuộc|trực\s+thuộc|trên|dưới|từ|đến|hoặc|liên\s+quan|có\s+liên\s+quan|có\s+tên|khác|này|nêu|ban\s+hành)\b)[{LOWER}]|(?:Chủ|Phối|Tham)\s)"
)
_ATTRIBUTE = re.compile(
    r"(?:Thời\s+(?:gian|hạn)|Tiến\s+độ|(?:Cơ\s+quan|Đơn\s+vị|Đầu\s+mối)[^:]{0,30}|Địa\s+điểm|Kinh\s+phí|Nguồn\s+kinh\s+phí|"
    r"Nguồn\s+lực|Thành\s+phần|Sản\s+phẩm|Kết\s+quả|Thẩm\s+quyền|Người\s+chịu\s+trách\s+nhiệm|Hình\s+thức|Số\s+lượng|Đối\s+tượng)[^:.;]{0,40}:",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"(?:Đề\s+nghị|Yêu\s+cầu|đề\s+nghị|yêu\s+cầu)\s+")
_TIME_LINE = re.compile(r"(?:Thời\s+(?:gian|hạn)|Tiến\s+độ|Hoàn\s+thành)[^:.;]{0,40}:", re.IGNORECASE)
_PLACE_LINE = re.compile(r"Địa\s+điểm[^:.;]{0,40}:", re.IGNORECASE)
_LEAD_LINE = re.compile(r"(?:(?:Cơ\s+quan|Đơn\s+vị|Đầu\s+mối)\s+chủ\s+trì|Chủ\s+trì)[^:.;,]{0,20}:\s*", re.IGNORECASE)
_NO_TASKS = re.compile(
    r"muc dich|yeu cau\b(?! cac)|quan diem|nguyen tac|muc tieu|thuc trang|tinh hinh|danh gia ket qua|"
    r"ket qua (?:dat|thuc hien)|ton tai|han che\b|nguyen nhan|kinh phi(?: thuc hien)?\s*$|pham vi|"
    r"doi tuong ap dung|can cu"
)
_STANDING = re.compile(
    r"[\s,:]*(?:co trach nhiem\s+)?(?:khong|han che|tuyet doi|chiu trach nhiem|tang cuong|tiep tuc|quan triet|nang cao|"
    r"de cao|thuc hien nghiem|chap hanh|lay ket qua|phat huy|bao dam|dam bao|uu tien|phoi hop|day manh|nghiem tuc|"
    r"tuan thu|can cu chuc nang)\b"
)
_PRINCIPLE = re.compile(
    r"^(?:cac |moi )?(?:van ban|bao cao|viec|noi dung|co quan chu tri|ho so)\b.{0,140}\bphai\b|"
    r"chiu trach nhiem (?:truoc|truc tiep|den cung|toan dien|thi hanh|ve)|khong duoc|khong trong cho|han che toi da"
)
