"""Tasks of which the six things that must be clear are not: nobody to do them, no result, or several at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.attributes import marker_end
from doclint.anatomy.parts import Anatomy
from doclint.anatomy.task_orders import asks_for_a_manner
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import Row, assigned_elsewhere, concludes, given_together, missing, six_clear
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"missing", "count", "units"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: tasks without a ``lead``, those without a ``product``, or tasks of ``conclusions`` that lack more."""

    report: Literal["lead", "product", "conclusions"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report tasks that are not clear, but none where an appendix is said to assign them all or a page is unread.

    Tasks without a product are one match a document: the first, with the count and the places of all.
    """
    if not context.complete or assigned_elsewhere(document):
        return
    # A heading in capitals with «Cơ quan chủ trì: …» under it says who leads the whole.
    rows = six_clear(document, context.anatomy)
    work = [row for row in rows if not row.standing and not document.at(row.span).isupper()]
    if options.report == "lead":
        yield from _without_lead(document, context.anatomy, work)
    elif options.report == "product":
        if context.anatomy.type == "CV":
            # What a letter asks for in passing need not be a piece of work with a result.
            work = [row for row in work if row.named_lead]
        yield from _without_product(document, work)
    elif concludes(document, context.anatomy):
        yield from _unclear(document, context.anatomy, work)


def _without_lead(document: Document, anatomy: Anatomy, work: Sequence[Row]) -> Iterator[Match]:
    if given_together(document) or _has_part_for_duties(document, anatomy):
        return
    for item in _items(document, work):
        first = item[0]
        surely = first.due is not None or not asks_for_a_manner(document.at(first.span))
        placed = _is_item(anatomy, first) and not _given_in_another_part(anatomy, work, first)
        if first.lead is None and surely and placed and not _under_a_name(document, anatomy, first.span):
            yield Match(_opening(document, first.span), _values(("lead",), item[:1]))


def _given_in_another_part(anatomy: Anatomy, work: Sequence[Row], row: Row) -> bool:
    """Tell whether no work of the same part has an owner, but that of others: «III. TỔ CHỨC THỰC HIỆN» gives it all."""
    index = anatomy.body.at(row.span.start)
    if index < 0:
        return False
    part = [anatomy.body.nodes[index], *anatomy.body.ancestors(index)][-1]
    owned = [other.span in part.span for other in work if other.lead is not None]
    return part.kind == "roman" and bool(owned) and not any(owned)


def _is_item(anatomy: Anatomy, row: Row) -> bool:
    """Tell whether a task is numbered, a row of a table, or what is due and stands first under a heading.

    Another sentence under an item goes on with that.
    """
    nodes = anatomy.body.nodes
    index = anatomy.body.at(row.span.start)
    if index < 0 or nodes[index].kind != "text":
        return True
    parent = nodes[index].parent
    first = parent == index - 1 and parent >= 0 and row.due is not None
    return first and anatomy.document.at(nodes[parent].head).rstrip()[-1] not in ".;:/"


def _has_part_for_duties(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether a part of the text says who does what: «III. PHÂN CÔNG NHIỆM VỤ»."""
    heads = (
        document.at(node.head) for node in anatomy.body.nodes if node.kind in ("roman", "clause", "part", "section")
    )
    return any(_DUTIES.search(fold(head)[:120]) for head in heads)


def _under_a_name(document: Document, anatomy: Anatomy, span: Span) -> bool:
    """Tell whether a heading above begins like the name of a body, though the grammar of names does not know it."""
    index = anatomy.body.at(span.start)
    heads = (document.at(node.head) for node in anatomy.body.ancestors(index)) if index >= 0 else ()
    return any(_LIKE_A_NAME.match(head, marker_end(head)) for head in heads)


def _without_product(document: Document, work: Sequence[Row]) -> Iterator[Match]:
    lacking = [item[0] for item in _items(document, work) if not any(_has_result(document, row) for row in item)]
    if lacking:
        yield Match(_opening(document, lacking[0].span), _values(("product",), lacking))


def _unclear(document: Document, anatomy: Anatomy, work: Sequence[Row]) -> Iterator[Match]:
    items = _items(document, work)
    # Few notices say of each piece of work who answers for it and with what power: those that do so once mean to.
    numbered = [node.span for node in anatomy.body.nodes if node.label]
    model = any(_powers(document, span) == set(_POWERS) for span in numbered)
    expected = _POWERS if model and not _ANSWERS_FOR_ALL.search(document.text) else ()
    for item in items:
        lacks = [name for name in missing(item[0]) if all(name in missing(row) for row in item)]
        if "product" in lacks and any(_has_result(document, row) for row in item):
            lacks.remove("product")
        unit = next((span for span in reversed(numbered) if item[0].span in span), None)
        if unit is not None:
            lacks += [name for name in expected if name not in _powers(document, unit)]
        if len(lacks) > 1 and not _OUTSIDE.search(fold(item[0].lead or "")):
            yield Match(_opening(document, item[0].span), _values(lacks, item[:1]))


def _powers(document: Document, unit: Span) -> set[str]:
    """Return what a unit of the text says of who answers for the work in it and of what he may do."""
    text = document.at(unit)
    found = {"responsibility"} if _ANSWERS.search(text) else set()
    return found | ({"authority"} if _MAY.search(text) else set())


def _items(document: Document, work: Sequence[Row]) -> list[list[Row]]:
    """Put the steps of one paragraph together that the same body takes: what one says holds for them all."""
    items: list[list[Row]] = []
    for row in work:
        last = items[-1][-1] if items else None
        if last is not None and last.lead == row.lead and "\n" not in document.text[last.span.end : row.span.start]:
            items[-1].append(row)
        else:
            items.append([row])
    return items


def _has_result(document: Document, row: Row) -> bool:
    """Tell whether a task says what it yields: a product, a verb that hands something over, a number to be reached."""
    if row.product is not None:
        return True
    text = " ".join(document.at(row.span).lower().split())
    for name in (row.lead or "").lower().split(", "):
        text = text.replace(name, "", 1)  # «Sở Giáo dục và Đào tạo» yields nothing
    return _YIELDS.search(text) is not None or _COUNTED.search(_DATES.sub(" ", fold(text))) is not None


def _values(lacks: Sequence[str], rows: Sequence[Row]) -> dict[str, str]:
    units = list(dict.fromkeys(row.unit for row in rows if row.unit))
    places = ", ".join(units[:_PLACES]) + ("…" if len(units) > _PLACES else "")
    return {
        "missing": ", ".join(_NAMES[name] for name in lacks),
        "count": str(len(rows)),
        "units": f" (mục {places})" if places else "",
    }


def _opening(document: Document, span: Span) -> Span:
    """Return the first clause of a task: enough to know it by."""
    stop = re.compile(r"[;.]\s|,\s").search(document.at(span), 40)
    return Span(span.start, span.start + stop.start()) if stop is not None and stop.start() <= 160 else span


_NAMES = {
    "lead": "người chủ trì",
    "due": "thời hạn",
    "product": "sản phẩm",
    "responsibility": "trách nhiệm",
    "authority": "thẩm quyền",
}
_POWERS = ("responsibility", "authority")
_ANSWERS = re.compile(spaced(r"chịu trách nhiệm"), re.IGNORECASE)
_MAY = re.compile(
    spaced(
        r"(?<!\w)(?:được (?:quyền |phép |chủ động |tự )*(?:chi|ký|sử dụng|dùng|huy động|thuê|điều|quyết định|yêu cầu|"
        r"ủy quyền|trưng|mời|mua|lựa chọn|chọn|tạm|xử lý|xử phạt|đình chỉ|cấp)|được (?:quyền|phép|chủ động)|"
        r"có quyền|thẩm quyền)(?!\w)"
    ),
    re.IGNORECASE,
)
_ANSWERS_FOR_ALL = re.compile(
    spaced(
        r"(?:Thủ trưởng|Người đứng đầu|Lãnh đạo|Trưởng) (?:các|mỗi|từng) [^.;]{3,80}? chịu trách nhiệm|"
        r"chịu trách nhiệm [^.;]{0,80}?(?:các (?:nhiệm vụ|nội dung|việc)|nhiệm vụ được giao|Kết luận này|Thông báo này)"
    )
)
# Bodies that an office asks, but cannot set a day.
_OUTSIDE = re.compile(
    r"^(?:uy ban )?(?:mat tran|mttq)|^ubmttq|hoi dong nhan dan|^hdnd|doan dai bieu|toa an|kiem sat nhan"
)
_PLACES = 6
_LIKE_A_NAME = re.compile(
    spaced(
        r"(?:(?:Đề nghị|Yêu cầu|Giao|Trách nhiệm của|Nhiệm vụ của|Đối với) )?(?:Các |Lãnh đạo |Thủ trưởng )?"
        r"(?:[Bb]an|[Bb]áo|[Bb]ộ|[Bb]ưu điện|[Cc]ơ quan|[Cc]ông an|[Cc]ông ty|[Cc]hi|[Cc]ục|[Đđ]ài|[Đđ]oàn|[Đđ]ơn vị|"
        r"[Đđ]ội|[Đđ]ảng ủy|[Hh]ội|[Hh]ợp tác xã|[Kk]ho bạc|[Kk]hoa|[Mm]ặt trận|MTTQ|[Nn]gân hàng|[Pp]hòng|[Ss]ở|"
        r"[Tt]hanh tra|[Tt]hành viên|[Tt]huế|[Tt]ổ|[Tt]òa án|[Tt]rạm|[Tt]rung tâm|[Tt]rường|[Tt]rưởng|UBND|HĐND|"
        r"[ỦU]y ban|Uỷ ban|[Vv]ăn phòng|[Vv]iện|[Vv]iễn thông|[Đđ]ồng chí|Ông|Bà|[Xx]ã|[Tt]hôn)(?!\w)"
        r"(?! (?:hành|báo cháy|gồm|chức|cháy|dân phòng|đại))"
    )
)
_DUTIES = re.compile(
    r"phan cong (?:nhiem vu|trach nhiem|thuc hien|cong viec|to chuc)|^\S+\s+phan cong\s*[:.]?$|"
    r"trach nhiem (?:cua|thuc hien|thi hanh)|nhiem vu cua (?:cac|tung)"
)
_YIELDS = re.compile(
    spaced(
        r"(?<!\w)(?<!công\stác\s)(?<!việc\s)(?<!động\s)(?<!hình\s)"
        r"(?:ban hành|xây dựng|soạn|biên soạn|lập|trình|gửi|nộp|báo cáo|bàn giao|thẩm định|phê duyệt|công bố|"
        r"công khai|đăng tải|niêm yết|mua|mua sắm|sửa chữa|lắp đặt|lắp|treo|in|thành lập|kiện toàn|cử|mở lớp|trao|tặng|"
        r"ký|bố trí|trả lời|hoàn thành|hoàn tất|nghiệm thu|quyết toán|thanh toán|chi trả|sơ kết|tổng kết|đào tạo|"
        r"thống kê|đề xuất|cấp (?:phát|giấy|tài)|"
        r"tổ chức (?:các |những )?(?:hội|lớp|lễ|cuộc|đoàn|tập huấn|kiểm tra|thi|diễn tập|"
        r"họp|đối thoại|chương trình|phổ biến|tuyên truyền))(?!\w)"
    )
)
_DATES = re.compile(
    r"[\w./-]*\d[\w.]*[/-][\w/-]+|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\b(?:ngay|thang|quy|nam|giai\s+doan|khoa|nhiem\s+ky|so|ngo|ngach|hem|duong|khu\s+pho|to\s+dan\s+pho|thon|ap|"
    r"dieu|khoan|muc|quoc\s+lo|lop|tang)\s+\d[\d\s/-]*|\d[\w.]*/[\w/-]+"
)
_COUNTED = re.compile(r"\d")
