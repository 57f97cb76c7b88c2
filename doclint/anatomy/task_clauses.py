"""The wording of tasks: where one begins and the next, who it is for, and what only sounds like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.actions import begins_with_action
from doclint.anatomy.bodies import find_bodies, leading_bodies, shifted
from doclint.anatomy.deadlines import Times
from doclint.anatomy.parts import Actor, Deadline
from doclint.anatomy.task_orders import orders_work_that_ends
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced


def clauses(text: str, start: int, learned: Sequence[str] = ()) -> Iterator[tuple[int, int, list[Actor]]]:
    """Cut a paragraph before each clause that begins with the body it is for; offsets are in ``text``."""
    cuts: list[tuple[int, list[Actor]]] = []
    begun = -1
    for begin in sorted(
        {start, *(match.end() for match in _CLAUSE_START.finditer(text, start)), *_named_again(text, start)}
    ):
        actors = leading_bodies(text[begin:], learned) if not _MEETING.match(text, begin) else []
        if not actors:
            actors = _after_front(text, begin, learned)
            if actors and begin != start and begins_with_action(text[begin:]):
                # «báo cáo Sở Tài chính theo dõi, Sở Tài chính trình …»: the front still is the work of those before.
                begin += actors[0].span.start
                actors = shifted(actors, -actors[0].span.start)
        if actors and _GIVES.match(text[begin + actors[-1].span.end :]):
            first = begin + actors[0].span.start
            if not cuts or first > max(begun, cuts[-1][0]):
                cuts.append((begin, actors))
                begun = first
        elif begin == start:
            cuts.append((begin, []))
    for (begin, actors), end in zip(cuts, [*(cut for cut, _ in cuts[1:]), len(text)], strict=True):
        if text[begin:end].strip(" .;,/"):
            yield begin, end, actors


def _after_front(text: str, begin: int, learned: Sequence[str]) -> list[Actor]:
    """Return the bodies that act, named after what a sentence begins with: «Sau khi …, Sở Nội vụ …»."""
    sentence = _FRONT.match(text, begin)
    if sentence is None:
        return []
    for comma in re.finditer(r",\s+", sentence[0]):
        start = begin + comma.end()
        actors = leading_bodies(text[start:], learned)
        if actors and begins_with_action(text[start + actors[-1].span.end :]):
            before = sentence[0][: comma.start()]
            # «phối hợp với A, B …», «tham mưu A, B …» name others.
            if _WITH.search(before) or any(actor.span.end == len(before) for actor in find_bodies(before)):
                continue
            # «các báo cáo được UBND, Chủ tịch UBND tỉnh phân công» says whose work it was before.
            if _PASSIVE.search(before):
                continue
            return shifted(actors, start - begin)
    return []


def _named_again(text: str, start: int) -> Iterator[int]:
    """Yield where the body that was reported to goes on as the subject: «báo cáo Sở Y tế theo dõi, Sở Y tế trình …»."""
    for match in _REPORTED_TO.finditer(text, start):
        again = text.find(f", {match['body']} ", match.end(), match.end() + 160)
        if again >= 0 and not re.search("[.;]", text[match.end() : again]):
            yield again + 2


def steps(text: str, times: Times, begin: int, end: int) -> list[tuple[int, int]]:
    """Cut the clause ``text[begin:end]`` where another step begins that is due at another time.

    A last day at the end of a list of steps is that of them all; a habit («hằng tháng») is one step's own.
    """
    cuts = [begin]
    for match in _STEP.finditer(text, begin, end):
        if not begins_with_action(text[match.end() : end]) or _DONE.match(text, match.end()):
            continue
        if text.count("(", begin, match.start()) > text.count(")", begin, match.start()):
            continue
        before = times.between(cuts[-1], match.start())
        listed = match[0][0] == ";"
        stop = text.find(";", match.end(), end) if listed else -1
        after = times.between(match.end(), stop if stop >= 0 else end).kind
        if (_is_day(text, before) and after in _DATED) or (
            listed and after in ("recurring", "vague") and not _DELIVERS.match(text, match.end())
        ):
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _is_day(text: str, deadline: Deadline) -> bool:
    """Tell whether a step says when it is due; a bare year mostly says what it is about."""
    span = deadline.span
    return deadline.kind in _DATED and span is not None and not _YEAR.fullmatch(text, span.start, span.end)


def roles(clause: str, offset: int, actors: list[Actor]) -> tuple[tuple[Actor, ...], bool, tuple[Actor, ...]]:
    """Return who leads, whether the word is said, and who joins; ``offset`` is added to the spans of ``actors``."""
    lead = tuple(shifted(actors, offset))
    named = re.search(r"chủ\s+trì", clause, re.IGNORECASE) is not None
    joined = re.search(r"phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s+", clause)
    partners = shifted(leading_bodies(clause[joined.end() :]), offset + joined.end()) if joined else ()
    return lead, named, tuple(partners)


def is_standing(clause: str, actors: list[Actor]) -> bool:
    """Tell a standing duty, ban or principle, which has no end, from a piece of work."""
    rest = clause[actors[-1].span.end :] if actors else _REQUEST.sub("", clause)
    return (
        _STANDING.match(fold(rest)) is not None or _PRINCIPLE.search(" ".join(fold(clause)[:200].split())) is not None
    )


def is_imperative(text: str) -> bool:
    """Tell whether a text begins with the verb of a piece of work that ends: «Lập danh mục …»."""
    known = _IMPERATIVE.match(fold(text)) is not None or orders_work_that_ends(text)
    return known and _TELLS.match(text) is None


def is_request(text: str) -> bool:
    """Tell whether a text asks without naming anybody: «Đề nghị báo cáo …»."""
    return _REQUEST.match(text) is not None


_CLAUSE_START = re.compile(
    spaced(r"(?<=[.;:]) |, (?=(?:giao|yêu cầu) )|(?<=\sđề\snghị) |(?<=\syêu\scầu)(?<![Kk]hông\syêu\scầu) |\bthì ")
)
# The beginning of a sentence, as far as its subject may be put off.
_FRONT = re.compile(r"[^.;:]{3,260}")
_WITH = re.compile(spaced(r"phối hợp |gồm |cùng "), re.IGNORECASE)
_PASSIVE = re.compile(spaced(rf"(?<!nhận\s)(?<!\w)được (?=[{UPPER}])[^.;,]{{2,40}}$"))
_MEETING = re.compile(spaced(r"(?:các |những )?(?:hội (?:nghị|thảo)|cuộc họp)(?!\w)"), re.IGNORECASE)
_REPORTED_TO = re.compile(
    spaced(rf"(?:báo cáo|gửi) (?P<body>[{UPPER}][^.;,()]{{3,50}}?)(?= (?:theo dõi|tổng hợp|thẩm định|để)\b)")
)
# «(STC)», «, Phó Giám đốc,»: what stands between a name and its verb.
_OFFICE = rf"(?:(?:Phó )?[{UPPER}]|kế toán|cán bộ|công chức|chuyên viên|phó|trưởng)"
_BETWEEN = rf"(?:\s*\([^()]{{1,40}}\)|, {_OFFICE}[^,.;:]{{0,60}},)?"
_ASIDE = r"(?:,\s*(?=theo |căn cứ|trong |trước |chủ |đặc biệt|có trách|chậm ))?(?:theo chức năng[^.;:]{0,60}?,\s*)?"
# What goes on with the name, tells of the past, or is no order.
_NO_ORDER = (
    r"của|về|và|tại|để|đã|đang|cũng|bị|gồm|nơi|khi|nếu|mà|do|vì|như|còn|vẫn|nhận|ngày|số|thuộc|trực thuộc|trên|dưới|"
    r"từ|đến|"
    r"hoặc|liên quan|có liên quan|có tên|khác|này|nêu|yêu cầu|đề nghị|trân trọng|thống nhất|trình bày|biểu quyết|"
    r"phát biểu|"
    r"phản ánh|báo cáo:|chủ tọa|kính mong|rất mong|làm việc theo|có (?:trên|dưới|hơn|từ|\d)|được(?! (?:giao|phân|yêu|"
    r"đề))|"
    r"ban hành (?:Thông|Quyết|Nghị|Chỉ|Kế|Quy)|ban hành [^.;]{0,40} số \d|"
    r"thông báo (?:để|ý kiến|kết luận|như|nội dung)|là(?! (?:cơ quan )?(?:đầu mối|thường trực))"
)
# What may follow the bodies where the clause is theirs: a colon or a verb, so any word that cannot go on with the name.
_GIVES = re.compile(
    spaced(
        rf"{_BETWEEN}\s*(?::(?!\s*(?:ông|bà|đồng chí) )|{_ASIDE}(?!(?:{_NO_ORDER})(?!\w))[{LOWER}]|(?:Chủ|Phối|Tham) )"
    )
)
_REQUEST = re.compile(spaced("(?:[Đđ]ề nghị|[Yy]êu cầu) "))
_STANDING = re.compile(
    r"[\s,:]*(?:co trach nhiem\s+)?(?:khong|duoc(?! giao| phan cong)|han che|tuyet doi|chiu trach nhiem|tang cuong|"
    r"tiep tuc|quan triet|nang cao|de cao|thuc hien nghiem|chap hanh|lay ket qua|phat huy|bao dam|dam bao|uu tien|"
    r"phoi hop|day manh|nghiem tuc|tuan thu|can cu chuc nang(?![^.;]{0,60}(?:xay dung|ban hanh|lap) ke hoach))\b"
)
_PRINCIPLE = re.compile(
    r"^(?:cac |moi )?(?:van ban|bao cao|viec|noi dung|co quan chu tri|ho so)\b.{0,140}\bphai\b|"
    r"chiu trach nhiem (?:truoc|truc tiep|den cung|toan dien|thi hanh|ve)|khong duoc|khong trong cho|han che toi da"
)
# Verbs that an item of a plan begins with when it tells somebody to do a piece of work that ends.
_IMPERATIVE = re.compile(
    r"(?:(?:dinh ky|kip thoi|thuong xuyen|moi (?:thang|quy|nam)(?: mot lan)?)[ ,]+(?:truc tiep )?)?"
    r"(?:to chuc|xay dung|ra soat|lap|kiem tra|tham muu|ban hanh|trinh|bao cao|tong hop|hoan thanh|hoan thien|"
    r"trien khai|thuc hien|so hoa|chinh ly|phan loai|phan tai lieu|nhap|treo|dang tai|cap nhat|bo tri|mua sam|"
    r"sua chua|"
    r"ban giao|thu thap|cong khai|gioi thieu|tuyen truyen|tap huan|boi duong|dao tao|khao sat|thong ke|danh gia|"
    r"kien toan|thanh lap|nang cap|cai tao|lap dat|van hanh|thi diem|"
    r"nghien cuu|de xuat|phat dong|tham dinh|phe duyet|niem yet|chuyen doi|tiep nhan|chi dao|"
    r"gui|phan cong|quyet toan|thanh toan|xuong|huong dan|theo doi|"
    r"kiem dem|doi chieu|bien soan|in|trong|ve sinh|ket noi|chuan hoa|ky ket|so ket|tong ket)\b"
)
# What begins like a verb and orders nothing: «Trong 6 tháng …», «Đánh giá cao …», «Báo cáo của Sở …»; a thing done.
_TELLS = re.compile(
    spaced(
        r"trong(?!\w)|đánh giá cao|(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí)(?!\w)|"
        r"báo cáo (?:của|số)(?!\w)|[^.;:]{0,120}?(?<!\w)(?:vừa qua|thời gian qua)(?!\w)"
    ),
    re.IGNORECASE,
)
_STEP = re.compile(r"[;,]\s+")
# «…, hoàn thành trước ngày …» says when, not what.
_DONE = re.compile(spaced("(?:hoàn thành|xong) (?:trước|trong|vào|chậm|tháng|quý|ngày)"))
# What hands over the result of the step before goes with it.
_DELIVERS = re.compile(r"(?:gửi|nộp|trình)\s")
_YEAR = re.compile(spaced(r"\w+ (?:cả )?năm \d{4}"), re.IGNORECASE)
_DATED = ("date", "period", "recurring")
