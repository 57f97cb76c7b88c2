"""Which orders are for work that ends: only of these can be asked when they will be done."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from doclint.anatomy.actions import LONG_VERB, begins_with_action
from doclint.anatomy.bodies import leading_bodies
from doclint.vietnamese.patterns import one_of, spaced
from vanthu.data import data_lines


def orders_work_that_ends(text: str) -> bool:
    """Tell whether what a body is told, ``text`` without its name, begins with the verb of a work that ends.

    It does not where the verb is one of a duty that lasts («theo dõi, đôn đốc …»), where how it is done follows at once
    («Nhập đầy đủ …» asks for quality), nor where the verb is unknown: then nothing is sure.
    """
    work = work_of(text)
    if _advises().match(work):
        return _DRAFTS.search(work[:_NEAR].lower()) is not None
    return begins_with_action(work) and not asks_for_a_manner(text)


def asks_for_a_manner(text: str) -> bool:
    """Tell whether ``text`` gives a duty that lasts, or tells only how something is to be done."""
    clause = re.split(r"[;.]\s", work_of(text).lower(), maxsplit=1)[0]
    if _lasts().match(clause) or _manner().match(clause):
        return True
    return _QUALITY.search(clause) is not None and re.search(r"\d", clause) is None


def work_of(text: str) -> str:
    """Return ``text`` from the verb of the work itself: without «có trách nhiệm», «chủ trì, phối hợp với Sở …»."""
    while True:
        opening = _opening().match(text)
        partners = _PARTNERS.match(text)
        if partners is not None:
            text = _without_partners(text[partners.end() :])
        elif opening is not None and opening.end():
            text = text[opening.end() :]
        else:
            break
    return text.lstrip()


def _without_partners(text: str) -> str:
    """Return what follows the bodies that ``text`` begins with; none known, from the next verb of two words."""
    actors = leading_bodies(text)
    if actors:
        related = _RELATED.match(text, actors[-1].span.end)
        return text[related.end() if related is not None else actors[-1].span.end :]
    verb = re.compile(spaced(rf"(?<=[,\s]){LONG_VERB}")).search(text[:_NEAR].lower())
    return text[verb.start() :] if verb is not None else ""


_NEAR = 160
_PARTNERS = re.compile(r"(?:chủ\s+động\s+)?[Pp]hối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s+")
_RELATED = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:(?:và|,)?\s*(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bên)?,?\s*(?:có\s+)?liên\s+quan|khác)?"
)


@cache
def _opening() -> re.Pattern[str]:
    """What may stand before the verb of the work: an office, a manner of speaking, a ground."""
    return re.compile(
        spaced(
            r"\s*(?:[,:]|(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|được giao|được phân công|chủ trì|"
            r"khẩn trương|tập trung|tiến hành|phải|cần|sẽ|và|trực tiếp|nghiên cứu)(?!\w)"
            r"|nhiệm vụ(?:, quyền hạn)? được giao(?!\w)|tổ chức (?=(?:thực hiện|triển khai|" + LONG_VERB + r")(?!\w))"
            r"|(?:căn cứ|trên cơ sở|theo|bám sát|giao|yêu cầu|đề nghị) [^,;.:]{3,200},)\s*"
        ),
        re.IGNORECASE,
    )


@cache
def _lasts() -> re.Pattern[str]:
    """One of the verbs of lasting duties, alone or with another before it: «kiểm tra, giám sát …»."""
    verbs = one_of(data_lines(Path(__file__).with_name("verbs_lasting.txt")))
    return re.compile(
        spaced(rf"(?:\w+(?: \w+)?(?:,| và) )?{verbs}(?!\w)|(?:bố trí|cấp)(?: đủ)? (?:kinh phí|ngân sách|nguồn)(?!\w)")
    )


@cache
def _advises() -> re.Pattern[str]:
    return re.compile(spaced(r"tham mưu(?!\w)"), re.IGNORECASE)


@cache
def _manner() -> re.Pattern[str]:
    """A verb with how it is to be done right after it, and not what."""
    return re.compile(
        spaced(
            r"\w+(?: \w+)? (?:theo|đúng|đầy đủ|đủ|tốt|nghiêm|nghiêm túc|có hiệu quả|hiệu quả|chặt chẽ|chính xác)(?!\w)"
        )
    )


# To advise ends where it makes a paper that somebody else signs.
_DRAFTS = re.compile(spaced(r"ban hành|trình|xây dựng|phê duyệt|thành lập|kiện toàn|sửa đổi|thay thế|dự thảo"))
# «Xây dựng lịch họp khoa học, hợp lý» tells how papers are to be, not to make one.
_QUALITY = re.compile(
    spaced(r"(?<!\w)(?:khoa học, |hợp lý|hiệu quả|phù hợp|thiết thực|nghiêm túc|chặt chẽ|chất lượng, )(?!\w)")
)
