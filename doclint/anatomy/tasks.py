"""Tasks: who is told to do what, with whom, by when, with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.attributes import Attribute, find_attributes, marker_end
from doclint.anatomy.bodies import find_bodies, leading_bodies
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Actor, Deadline, Node, Outline, Recipient, Task
from doclint.anatomy.task_tables import tasks_of_tables
from doclint.document import Document, Span
from doclint.vietnamese.letters import LOWER
from doclint.vietnamese.normalise import fold


def find_tasks(
    document: Document, outline: Outline, issuer: str, addressees: tuple[Recipient, ...], *, plan: bool
) -> tuple[Task, ...]:
    """Find the tasks of the body and of its tables.

    A body that is named in a heading owns the items under it, and the addressees of a letter own what it asks for
    without naming anybody. What the ``issuer`` does itself is no task, nor are purposes, principles and money. A line
    «Thời gian: …» or «Đơn vị chủ trì: …» belongs to the unit it stands in. In a ``plan`` an item that begins with a verb
    is a task though nobody is named.
    """
    attributes = find_attributes(document, outline)
    alone = {attribute.node for attribute in attributes if attribute.alone}
    common = _common_deadline(document, outline, attributes)
    asked = tuple(Actor(addressee.span, addressee.name, addressee.group) for addressee in addressees)
    tasks = [
        _of_lead_line(document, attribute, attributes, common) for attribute in attributes if attribute.kind == "lead"
    ]
    led = {task.span for task in tasks}
    for index, node in enumerate(outline.nodes):
        text = document.at(node.head)
        start = marker_end(text)
        if index in alone or _outside(document, outline, index) or _is_heading(outline, index, text):
            continue
        if Span(node.head.start + start, node.head.end) in led:
            continue
        owners = _inherited(document, outline, index) or (asked if _REQUEST.match(text, start) else ())
        anybody = plan and node.depth > 0 and _IMPERATIVE.match(fold(text), start) is not None
        tasks += _of_paragraph(document, node, index, owners, attributes, common, anybody=anybody)
    own = [task for task in tasks if not _is_own(task.lead, issuer)]
    return tuple(sorted((*own, *tasks_of_tables(document)), key=lambda task: task.span))


def _of_lead_line(document: Document, lead: Attribute, attributes: Sequence[Attribute], common: Deadline) -> Task:
    """Return the task of the unit that «Cơ quan chủ trì: …» speaks of."""
    text = document.at(lead.value)
    head = document.at(lead.scope.head)
    start = marker_end(head)
    inner = next((other.value.start for other in attributes if other.scope == lead.scope and not other.alone), None)
    end = (
        lead.scope.head.end
        if inner is None
        else lead.scope.head.start + _label_start(head, inner - lead.scope.head.start)
    )
    what = document.text[lead.scope.head.start + start : end].rstrip(" ;.,:\n")
    span = Span(lead.scope.head.start + start, lead.scope.head.start + start + len(what))
    actors = tuple(leading_bodies(text)) or (Actor(Span(0, len(text)), " ".join(text.split())),)
    facts = _facts(attributes, lead.scope.head, lead.value)
    partners = (
        tuple(find_bodies(document.at(facts["partners"]), facts["partners"].start)) if "partners" in facts else ()
    )
    due = _stated(document, facts.get("deadline"))
    return Task(
        span=span if what else lead.scope.head,
        lead=tuple(_moved(actor, lead.value.start) for actor in actors),
        named_lead=True,
        partners=partners,
        deadline=due if due.kind != "none" else common,
        standing=False,
        node=lead.node,
        product=facts.get("product"),
        resources=facts.get("resources"),
        authority=facts.get("authority"),
    )


def _of_paragraph(
    document: Document,
    node: Node,
    index: int,
    owners: tuple[Actor, ...],
    attributes: Sequence[Attribute],
    common: Deadline,
    *,
    anybody: bool,
) -> Iterator[Task]:
    text = document.at(node.head)
    whole = find_deadline(text, node.head.start)
    facts = _facts(attributes, node.head, node.head)
    inherited = _stated(document, facts.get("deadline"))
    inherited = inherited if inherited.kind != "none" else common
    for begin, end, actors in _clauses(text, marker_end(text)):
        clause = text[begin:end].rstrip(" ;.,/\n")
        offset = node.head.start + begin
        own = find_deadline(clause, offset)
        exact = (found for found in (own, whole, inherited) if found.kind in _EXACT)
        stated = (found for found in (inherited, own) if found.kind != "none")
        lead, named, partners = _roles(clause, offset, actors)
        if lead or owners or anybody:
            yield Task(
                span=Span(offset, offset + len(clause)),
                lead=lead or owners,
                named_lead=named,
                partners=partners,
                deadline=next(exact, None) or next(stated, own),
                standing=_is_standing(clause, actors),
                node=index,
                product=facts.get("product") or _found(_PRODUCT, clause, offset),
                resources=facts.get("resources") or _found(_RESOURCES, clause, offset),
                authority=facts.get("authority") or _found(_AUTHORITY, clause, offset),
            )


def _facts(attributes: Sequence[Attribute], head: Span, inside: Span) -> dict[str, Span]:
    """Return the labelled facts that hold for a paragraph, those of the innermost unit first."""
    holding = [attribute for attribute in attributes if head in attribute.scope.span or inside in attribute.scope.span]
    facts: dict[str, Span] = {}
    for attribute in sorted(holding, key=lambda attribute: len(attribute.scope.span)):
        facts.setdefault(attribute.kind, attribute.value)
    return facts


def _stated(document: Document, value: Span | None) -> Deadline:
    """Return the deadline of a line «Thời gian: …»; where it is vague, all that the line says is."""
    if value is None:
        return Deadline("none")
    found = find_deadline("Thời gian: " + document.at(value), value.start - len("Thời gian: "))
    if found.kind == "vague":
        return Deadline("vague", value)
    if found.span is not None and found.span.start < value.start:
        return Deadline(found.kind, Span(value.start, max(found.span.end, value.start + 1)))
    return found


def _found(pattern: re.Pattern[str], clause: str, offset: int) -> Span | None:
    match = pattern.search(clause)
    return Span(offset + match.start("it"), offset + match.end("it")) if match is not None else None


def _label_start(head: str, value: int) -> int:
    """Return where the sentence with the label begins, given where its value does."""
    stops = [match.end() for match in re.finditer(r"[;.]\s+", head[:value])]
    return stops[-1] if stops else value


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
    numbered = (node for node in heads if node.kind not in ("text", "dash"))
    return any(_NO_TASKS.search(fold(document.at(node.head))[:90]) for node in numbered)


def _inherited(document: Document, outline: Outline, index: int) -> tuple[Actor, ...]:
    """Return the bodies of the nearest heading above that names nothing but bodies."""
    for node in outline.ancestors(index):
        text = document.at(node.head)
        start = marker_end(text)
        actors = leading_bodies(text[start:])
        if actors and not text[start + actors[-1].span.end :].strip(" :.;"):
            return tuple(_moved(actor, node.head.start + start) for actor in actors)
    return ()


def _common_deadline(document: Document, outline: Outline, attributes: Sequence[Attribute]) -> Deadline:
    """Return what binds all tasks: the day of the event that a plan prepares, the date of a text without numbers."""
    if all(node.kind == "text" for node in outline.nodes):
        found = (find_deadline(document.at(node.head), node.head.start) for node in outline.nodes)
        return next((deadline for deadline in found if deadline.kind in _EXACT), Deadline("none"))
    placed = {attribute.scope.span for attribute in attributes if attribute.kind == "place"}
    for attribute in attributes:
        if attribute.kind == "deadline" and attribute.scope.span in placed:
            deadline = _stated(document, attribute.value)
            if deadline.kind in _EXACT:
                return Deadline("event", deadline.span)
    return Deadline("none")


def _is_own(lead: tuple[Actor, ...], issuer: str) -> bool:
    """Tell whether the one who acts is the body that issues the document: «Ủy ban nhân dân xã ban hành Kế hoạch …»."""
    return len(lead) == 1 and bool(issuer) and key(issuer).startswith(key(lead[0].name))


def _is_standing(clause: str, actors: list[Actor]) -> bool:
    rest = clause[actors[-1].span.end :] if actors else _REQUEST.sub("", clause)
    return _STANDING.match(fold(rest)) is not None or _PRINCIPLE.search(fold(clause)[:160]) is not None


_CLAUSE_START = re.compile(r"(?<=[.;:])\s+|,\s+(?=(?:giao|yêu\s+cầu)\s)|(?<=\sđề nghị)\s+|(?<=\syêu cầu)\s+")
_EXACT = ("date", "period", "recurring", "event")
# What may follow the bodies where the clause is theirs: a colon or a verb, so any word that cannot go on with the name.
_GIVES = re.compile(
    rf"\s*(?::|,?\s*(?:theo\s+chức\s+năng[^.;:]{{0,60}}?,\s*)?(?!(?:của|về|và|là|tại|để|đã|đang|cũng|bị|gồm|nơi|khi|nếu|mà|do|vì|như|còn|vẫn|"
    rf"nhận|ngày|số|thuộc|trực\s+thuộc|trên|dưới|từ|đến|hoặc|liên\s+quan|có\s+liên\s+quan|có\s+tên|khác|này|nêu|ban\s+hành)\b)[{LOWER}]|(?:Chủ|Phối|Tham)\s)"
)
_REQUEST = re.compile(r"(?:Đề\s+nghị|Yêu\s+cầu|đề\s+nghị|yêu\s+cầu)\s+")
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
# Verbs that an item of a plan begins with when it tells somebody to do a piece of work that ends.
_IMPERATIVE = re.compile(
    r"(?:to chuc|xay dung|ra soat|lap|kiem tra|tham muu|ban hanh|trinh|bao cao|tong hop|hoan thanh|hoan thien|trien khai|"
    r"thuc hien|so hoa|chinh ly|phan loai|phan tai lieu|nhap|treo|dang tai|cap nhat|bo tri|mua sam|sua chua|ban giao|thu thap|"
    r"cong khai|gioi thieu|tuyen truyen|tap huan|boi duong|dao tao|khao sat|thong ke|danh gia|kien toan|thanh lap|nang cap|"
    r"cai tao|lap dat|van hanh|thi diem|nghien cuu|de xuat|phat dong|tham dinh|phe duyet|niem yet|chuyen doi|tiep nhan|"
    r"kiem dem|doi chieu|bien soan|in|trong|ve sinh|ket noi|chuan hoa|ky ket|so ket|tong ket)\b"
)
_PRODUCT = re.compile(
    r"(?:xây\s+dựng|lập|ban\s+hành|trình|hoàn\s+thiện|soạn\s+thảo|biên\s+soạn|tham\s+mưu)\s+(?:[^,;.]{0,40}?\s)?"
    r"(?P<it>(?:kế\s+hoạch|danh\s+mục|báo\s+cáo|dự\s+toán|phương\s+án|quy\s+chế|quy\s+trình|đề\s+án|quyết\s+định|tờ\s+trình|biên\s+bản|"
    r"danh\s+sách|hồ\s+sơ|tài\s+liệu|văn\s+bản|hướng\s+dẫn|chương\s+trình|cơ\s+sở\s+dữ\s+liệu|bộ\s+tiêu\s+chí)\b[^,;.]{0,80})",
    re.IGNORECASE,
)
_RESOURCES = re.compile(r"(?P<it>(?:kinh\s+phí|nguồn\s+(?:vốn|lực)|từ\s+ngân\s+sách)[^;.]{3,120})", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?P<it>(?:trình|báo\s+cáo|tham\s+mưu)\s+[^;.]{3,80}?(?:quyết\s+định|phê\s+duyệt|ban\s+hành|xem\s+xét)|theo\s+thẩm\s+quyền)",
    re.IGNORECASE,
)
