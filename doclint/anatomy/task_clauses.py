"""The wording of tasks: where one begins, who it is for, what it yields, and what only sounds like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doclint.anatomy.bodies import leading_bodies
from doclint.anatomy.parts import Actor
from doclint.document import Span
from doclint.vietnamese.letters import LOWER
from doclint.vietnamese.normalise import fold


def clauses(text: str, start: int, learned: Sequence[str] = ()) -> Iterator[tuple[int, int, list[Actor]]]:
    """Cut a paragraph before each clause that begins with the body it is for; offsets are in ``text``."""
    cuts: list[tuple[int, list[Actor]]] = []
    for begin in (start, *(match.end() for match in _CLAUSE_START.finditer(text, start))):
        actors = leading_bodies(text[begin:], learned)
        if actors and _GIVES.match(text[begin + actors[-1].span.end :]):
            cuts.append((begin, actors))
        elif begin == start:
            cuts.append((begin, []))
    for (begin, actors), end in zip(cuts, [*(cut for cut, _ in cuts[1:]), len(text)], strict=True):
        if text[begin:end].strip(" .;,/"):
            yield begin, end, actors


def roles(clause: str, offset: int, actors: list[Actor]) -> tuple[tuple[Actor, ...], bool, tuple[Actor, ...]]:
    """Return who leads, whether the word is said, and who joins; ``offset`` is added to the spans of ``actors``."""
    lead = tuple(moved(actor, offset) for actor in actors)
    named = re.search(r"chủ\s+trì", clause, re.IGNORECASE) is not None
    joined = re.search(r"phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s+", clause)
    partners = tuple(moved(actor, joined.end()) for actor in leading_bodies(clause[joined.end() :])) if joined else ()
    return lead, named, tuple(moved(actor, offset) for actor in partners)


def moved(actor: Actor, by: int) -> Actor:
    """Return ``actor`` with its span shifted."""
    return replace(actor, span=Span(actor.span.start + by, actor.span.end + by))


def is_standing(clause: str, actors: list[Actor]) -> bool:
    """Tell a standing duty, ban or principle, which has no end, from a piece of work."""
    rest = clause[actors[-1].span.end :] if actors else _REQUEST.sub("", clause)
    return (
        _STANDING.match(fold(rest)) is not None or _PRINCIPLE.search(" ".join(fold(clause)[:200].split())) is not None
    )


def is_imperative(text: str) -> bool:
    """Tell whether a text begins with the verb of a piece of work that ends: «Lập danh mục …»."""
    return _IMPERATIVE.match(fold(text)) is not None


def is_request(text: str) -> bool:
    """Tell whether a text asks without naming anybody: «Đề nghị báo cáo …»."""
    return _REQUEST.match(text) is not None


def product_in(clause: str, offset: int) -> Span | None:
    """Return the document that the verb of a task makes: «lập danh mục …»."""
    return _it(_PRODUCT, clause, offset)


def resources_in(clause: str, offset: int) -> Span | None:
    """Return what a clause says of money."""
    return _it(_RESOURCES, clause, offset)


def authority_in(clause: str, offset: int) -> Span | None:
    """Return who decides on the result: «trình … phê duyệt»."""
    return _it(_AUTHORITY, clause, offset)


def _it(pattern: re.Pattern[str], clause: str, offset: int) -> Span | None:
    match = pattern.search(clause)
    return Span(offset + match.start("it"), offset + match.end("it")) if match is not None else None


_CLAUSE_START = re.compile(r"(?<=[.;:])\s+|,\s+(?=(?:giao|yêu\s+cầu)\s)|(?<=\sđề nghị)\s+|(?<=\syêu cầu)\s+")
# What may follow the bodies where the clause is theirs: a colon or a verb, so any word that cannot go on with the name.
_GIVES = re.compile(
    rf"\s*(?::(?!\s*(?:ông|bà|đồng\s+chí)\s)|(?:,\s*(?=theo\s|căn\s+cứ|trong\s|trước\s|chủ\s|đặc\s+biệt|có\s+trách|chậm\s))?(?:theo\s+chức\s+năng[^.;:]{{0,60}}?,\s*)?(?!(?:của|về|và|là(?!\s+(?:cơ\s+quan\s+)?(?:đầu\s+mối|thường\s+trực))|tại|để|đã|đang|cũng|bị|gồm|nơi|khi|nếu|mà|do|vì|như|còn|vẫn|"
    rf"nhận|ngày|số|thuộc|trực\s+thuộc|trên|dưới|từ|đến|hoặc|liên\s+quan|có\s+liên\s+quan|có\s+tên|khác|này|nêu|yêu\s+cầu|đề\s+nghị|trân\s+trọng|thông\s+báo|thống\s+nhất)\b|ban\s+hành\s[^.;]{{0,40}}\ssố\s+\d)[{LOWER}]|(?:Chủ|Phối|Tham)\s)"
)
_REQUEST = re.compile(r"(?:Đề\s+nghị|Yêu\s+cầu|đề\s+nghị|yêu\s+cầu)\s+")
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
    r"(?:(?:dinh ky|kip thoi|thuong xuyen|moi (?:thang|quy|nam)(?: mot lan)?)[ ,]+(?:truc tiep )?)?"
    r"(?:to chuc|xay dung|ra soat|lap|kiem tra|tham muu|ban hanh|trinh|bao cao|tong hop|hoan thanh|hoan thien|"
    r"trien khai|thuc hien|so hoa|chinh ly|phan loai|phan tai lieu|nhap|treo|dang tai|cap nhat|bo tri|mua sam|sua chua|"
    r"ban giao|thu thap|cong khai|gioi thieu|tuyen truyen|tap huan|boi duong|dao tao|khao sat|thong ke|danh gia|"
    r"kien toan|thanh lap|nang cap|cai tao|lap dat|van hanh|thi diem|"
    r"nghien cuu|de xuat|phat dong|tham dinh|phe duyet|niem yet|chuyen doi|tiep nhan|chi dao|"
    r"gui|phan cong|quyet toan|thanh toan|xuong|huong dan|theo doi|"
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
