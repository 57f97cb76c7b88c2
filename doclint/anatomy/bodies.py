"""Names of bodies and of groups of bodies in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doclint.anatomy.gazetteer import key, known
from doclint.anatomy.names import ACTOR, ROLE, marked
from doclint.anatomy.parts import Actor
from doclint.document import Span
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold


def find_bodies(text: str, offset: int = 0) -> Iterator[Actor]:
    """Yield the bodies and groups named in ``text``, in order; ``offset`` is added to every span."""
    for match in ACTOR.finditer(marked(text)):
        yield shifted([_actor(text, match)], offset)[0]


def _actor(text: str, match: re.Match[str]) -> Actor:
    name = text[match.start() : match.end()].rstrip(" ,;:-")
    return Actor(Span(match.start(), match.start() + len(name)), name, group_of(name))


def group_of(name: str) -> str:
    """Return the kind of group that a name stands for, empty when it names one body.

    ``cells`` (các chi bộ), ``departments`` (các sở, ban, ngành), ``communes``,
    ``units`` (public service units), ``central`` (central bodies in
    the province), ``ministries``, ``divisions`` (các phòng, ban), ``associations``, ``all`` (các cơ quan, đơn vị).
    """
    folded = " ".join(fold(name).split())
    if _NAMED_ONE_BY_ONE.search(name):
        return ""
    return next((group for group, pattern in _GROUPS if pattern.search(folded)), "")


def level_of(name: str) -> str:
    """Return the level that the name of a body shows: central, province, department, commune, unit, or empty."""
    folded = f"{key(name)} "
    body = known(name)
    if body is not None:
        return body.level
    return next((level for level, pattern in _LEVELS if pattern.search(folded)), "")


def in_sentence(name: str) -> str:
    """Return the name of a body as it stands inside a sentence: «các cơ quan, đơn vị», but «Sở Nội vụ»."""
    return name[0].lower() + name[1:] if group_of(name) and name.startswith("Các ") else name


def leading_bodies(text: str, learned: Sequence[str] = ()) -> list[Actor]:
    """Return the bodies that a sentence begins with, joined by commas or «và», offsets in ``text``.

    ``learned`` are short forms that the document itself introduced for bodies.
    """
    return _leading(text, marked(text), learned, _DEEPEST)


def _leading(text: str, marks: str, learned: Sequence[str], deep: int) -> list[Actor]:
    """Do what ``leading_bodies`` does; ``deep`` is how often bodies may yet tell others, or roles be joined.

    ``marks`` is the marked text.
    """
    found: list[Actor] = []
    end = 0
    lead = _LEAD_IN.match(text)
    if lead is not None:
        end = lead.end()
    short = next((name for name in learned if re.compile(rf"{re.escape(name)}(?!\w)").match(text, end)), "")
    if short:
        return [Actor(Span(end, end + len(short)), short, group_of(short))]
    match = ACTOR.match(marks, end)
    while match is not None:
        found.append(_actor(text, match))
        end = found[-1].span.end
        joint = _JOINT.match(text, end)
        match = ACTOR.match(marks, joint.end()) if joint is not None else None
    role = ROLE.match(marks, end) if not found else None
    if role is not None:
        found = [Actor(Span(role.start(), role.end()), text[role.start() : role.end()], "")]
        end = role.end()
        joint = _JOINT.match(text, end)
        if joint is not None and deep:
            found += shifted(_leading(text[joint.end() :], marks[joint.end() :], learned, deep - 1), joint.end())
            end = found[-1].span.end
    # «Chủ tịch UBND tỉnh giao Sở Y tế …» tells the second one.
    tells = _TELLS.match(text, end) if found and deep else None
    told = _leading(text[tells.end() :], marks[tells.end() :], learned, deep - 1) if tells is not None else []
    return shifted(told, tells.end()) if told and tells is not None else found


def shifted(actors: Sequence[Actor], by: int) -> list[Actor]:
    """Return ``actors`` with their spans moved on."""
    return [replace(actor, span=Span(actor.span.start + by, actor.span.end + by)) for actor in actors]


# «Các Sở: Xây dựng, Tài chính», «UBND các xã Trà Linh, Hòa An» name their bodies one by one.
_NAMED_ONE_BY_ONE = re.compile(
    rf"^(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Giám đốc|Trưởng|Chủ tịch UBND)\s+)?"
    rf"[Cc]ác\s+(?:[Ss]ở|[Pp]hòng|[Bb]ộ|[Bb]an|xã|phường|tỉnh)"
    rf"(?:,\s+(?:phường|xã))?(?:\s*:\s*|\s+)[{UPPER}]"
)
_LEVELS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        ("unit", r"^(?:trung tam|truong|benh vien|vien|ban quan ly|bao|dai)\b"),
        ("commune", r"\b(?:xa|phuong|dac khu|thi tran)\s(?!hoi)|^phong\b|^tram\b"),
        ("department", r"^(?:so|chi cuc|cong an|thanh tra|cuc)\b"),
        ("central", r"^(?:bo|tong cuc|chinh phu|quoc hoi|thu tuong|ban bi thu|ban chap hanh trung uong)\b"),
        ("province", r"\b(?:tinh|thanh pho)\s|^(?:tinh|thanh) uy\b"),
    )
)
_GROUPS = tuple(
    (group, re.compile(pattern))
    for group, pattern in (
        ("central", r"(?:tw|trung uong).{0,25}(?:nganh doc|dong tai|dong tren)|nganh doc"),
        ("ministries", r"^(?:thu truong )?cac bo\b"),
        ("units", r"^(?:thu truong )?(?:cac )?(?:dvsn\w*|don vi su nghiep|don vi truc thuoc)"),
        (
            "departments",
            r"^(?:thu truong |giam doc |lanh dao )?(?:cac )?(?:so,? ban,? nganh|so,? nganh)"
            r"|^(?:thu truong |giam doc )?cac so\b|^cac ban,? nganh",
        ),
        (
            "communes",
            r"^(?:dang uy,? |hdnd,? |hdnd va |chu tich |lanh dao )*(?:ubnd|uy ban nhan dan)\s+(?:cac|cap|tung)\s+"
            r"(?:xa|phuong|dac khu|huyen)|^cac (?:xa|phuong)\b|^cap xa",
        ),
        (
            "divisions",
            r"^(?:truong )?cac phong\b|^cac (?:ban|to) (?:chuyen mon|cong tac)|^(?:truong )?cac thon\b"
            r"|^cac (?:ap|buon|khoi pho|to dan pho)",
        ),
        ("cells", r"^(?:bi thu )?cac (?:chi bo|chi,? dang bo|dang bo|dang uy)\b"),
        ("associations", r"^cac (?:to chuc|doan the|hoi)\b|^mttq va cac|^cac ban dang\b"),
        (
            "all",
            r"^(?:thu truong |nguoi dung dau )?(?:cac )?(?:co quan|don vi|dia phuong|to chuc)"
            r"(?:,|\s+(?:va|lien quan|tren dia ban|co lien quan)|$)",
        ),
    )
)

_LEAD_IN = re.compile(
    r"\s*(?:(?:(?:Rất\s+)?(?:[Mm]ong|[Kk]ính\s+đề\s+nghị)|[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|"
    r"[Pp]hân\s+công)\s+(?:cho\s+)?|(?:UBND|Ủy\s+ban\s+nhân\s+dân)[^.;:]{0,60}?\s(?<!bàn\s)(?:giao|yêu\s+cầu|đề\s+nghị|"
    r"phân\s+công)\s+"
    r"|(?:Công\s+ty|Bệnh\s+viện|Nhà\s+trường|Sở|Bộ|Cục|Trung\s+tâm|Tỉnh|Xã)\s+(?:đã\s+)?(?:giao|yêu\s+cầu|"
    r"phân\s+công)\s+(?:cho\s+)?)?"
)
_TELLS = re.compile(r"\s+(?:đã\s+)?(?:giao|yêu\s+cầu|(?:kính\s+)?đề\s+nghị|phân\s+công|chỉ\s+đạo)\s+(?:cho\s+)?")
_DEEPEST = 4
_JOINT = re.compile(r"\s*(?:,|;|\s+và|,\s*và|\s+cùng(?:\s+với)?)\s*")
