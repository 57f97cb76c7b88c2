"""Names of bodies and of groups of bodies in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from doclint.anatomy.gazetteer import key, known
from doclint.anatomy.names import ACTOR, marked, one_blank, role
from doclint.anatomy.parts import Actor
from doclint.document import Span
from doclint.vietnamese.letters import LOWER, UPPER


def find_bodies(text: str, offset: int = 0) -> Iterator[Actor]:
    """Yield the bodies and groups named in ``text``, in order; ``offset`` is added to every span."""
    flat, places = one_blank(text)
    for match in ACTOR.finditer(marked(flat)):
        yield shifted(_placed([_actor(flat, match)], text, places), offset)[0]


def _actor(text: str, match: re.Match[str]) -> Actor:
    name = text[match.start() : match.end()].rstrip(" ,;:-")
    return Actor(Span(match.start(), match.start() + len(name)), name, group_of(name))


def group_of(name: str) -> str:
    """Return the kind of group that a name stands for, empty when it names one body.

    ``cells`` (các chi bộ), ``departments`` (các sở, ban, ngành), ``communes``,
    ``units`` (public service units), ``central`` (central bodies in
    the province), ``ministries``, ``divisions`` (các phòng, ban), ``associations``, ``all`` (các cơ quan, đơn vị).
    """
    if _NAMED_ONE_BY_ONE.search(name):
        return ""
    head, bare, nouns = _group_patterns()
    words = " ".join(name.lower().replace("uỷ", "ủy").split())
    lead = head.match(words)
    if lead is None:
        return ""
    rest = words[lead.end() :]
    if not (lead["many"] or bare.match(rest)):
        return ""
    group = next((group for group, pattern in nouns if pattern.match(rest)), "")
    if lead["council"]:
        return group if group == "communes" else ""
    return "cells" if lead["party"] and group == "communes" else group


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
    # A paragraph is asked once for each of its clauses: reading on to its end each time would take its square.
    text = text[:_LONGEST_LIST]
    flat, places = one_blank(text)
    return _placed(_leading(flat, marked(flat), learned, _DEEPEST), text, places)


def _leading(text: str, marks: str, learned: Sequence[str], deep: int) -> list[Actor]:
    """Do what ``leading_bodies`` does; ``deep`` is how often bodies may yet tell others, or roles be joined.

    ``marks`` is the marked text, and neither has two blanks in a row.
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
    by_role = role().match(marks, end) if not found else None
    if by_role is not None:
        found = [Actor(Span(*by_role.span()), text[by_role.start() : by_role.end()], "")]
        end = by_role.end()
        joint = _JOINT.match(text, end)
        if joint is not None and deep:
            found += shifted(_leading(text[joint.end() :], marks[joint.end() :], learned, deep - 1), joint.end())
            end = found[-1].span.end
    # «Chủ tịch UBND tỉnh giao Sở Y tế …» tells the second one.
    tells = _TELLS.match(text, end) if found and deep else None
    told = _leading(text[tells.end() :], marks[tells.end() :], learned, deep - 1) if tells is not None else []
    return shifted(told, tells.end()) if told and tells is not None else found


def _placed(actors: list[Actor], text: str, places: Sequence[int] | None) -> list[Actor]:
    """Return ``actors``, found in ``text`` with one blank for each run of them, as they stand in ``text``."""
    if places is None:
        return actors
    spans = [Span(places[actor.span.start], places[actor.span.end - 1] + 1) for actor in actors]
    return [
        replace(actor, span=span, name=text[span.start : span.end]) for actor, span in zip(actors, spans, strict=True)
    ]


def shifted(actors: Sequence[Actor], by: int) -> list[Actor]:
    """Return ``actors`` with their spans moved on."""
    return [replace(actor, span=Span(actor.span.start + by, actor.span.end + by)) for actor in actors]


# «Các Sở: Xây dựng, Tài chính», «UBND các xã Trà Linh, Hòa An» name their bodies one by one.
_NAMED_ONE_BY_ONE = re.compile(
    rf":\s*[{UPPER}]|[Cc]ác\s+(?:[Ss]ở|[Pp]hòng|[Bb]ộ|[Bb]an|xã|phường|tỉnh|thôn|bản|khoa)"
    rf"(?:,\s+(?:phường|xã))?\s+(?!Đảng|Trung)[{UPPER}][{LOWER}]"
)
_LEVELS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        ("unit", r"^(?:trung tam|truong|benh vien|vien|ban quan ly|bao|dai)\b"),
        ("commune", r"\b(?:xa|phuong|dac khu|thi tran)\s(?!hoi)|^phong\b|^tram\b"),
        ("department", r"^(?:so|chi cuc|cong an|thanh tra|cuc|bo (?:chi huy|tu lenh))\b"),
        (
            "central",
            r"^(?:bo (?!phan|mon)|(?:tong cuc|chinh phu|quoc hoi|thu tuong|ban bi thu|ban chap hanh trung uong)\b)",
        ),
        ("province", r"\b(?:tinh|thanh pho)\s|^(?:tinh|thanh) uy\b"),
    )
)


@cache
def _group_patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return what a group begins with, the lists that need no «các», and by the kind of group its first members."""
    head = (
        r"(?:(?:thủ trưởng|(?:phó )?giám đốc|trưởng(?: thôn| ban)?|chủ tịch|bí thư|hiệu trưởng|tổ trưởng|đội trưởng|"
        r"cục trưởng|viện trưởng|lãnh đạo|người đứng đầu|đại diện|toàn thể|tất cả|văn phòng|thường trực|tt)"
        r"(?:, | và | ))*"
        r"(?:(?P<party>đảng ủy)(?:, | và | ))?"
        r"(?P<council>(?:(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân)(?:, | và | ))+)?"
        r"(?:(?:ủy ban (?:mttq|mặt trận)|ubmttq|mttq|mặt trận)[^,;]*? và )?"
        r"(?P<many>(?:các|mọi|từng|cả|hai|ba|\d+) )?"
    )
    bare = (
        r"(?:sở|ban|ngành|xã|phường|thôn|phòng|khoa|cơ quan|đơn vị|tổ chức), |cấp xã|địa phương|đvsn|đoàn thể|"
        r"sở,? ban|đơn vị (?:sự nghiệp|trực thuộc)|(?:cơ quan|đơn vị)(?:$| (?:và|có liên quan|liên quan|trên địa bàn))"
    )
    nouns = (
        ("cells", r"(?:chi|đảng) bộ|chi, đảng bộ|đảng ủy|tổ chức (?:cơ sở )?đảng"),
        ("ministries", r"bộ(?:$|,| và | ngành| có | liên quan)"),
        ("central", r"[^,;]{0,40}\b(?:trung ương|tw)\b|(?:cơ quan |đơn vị )?ngành dọc"),
        ("divisions", r"(?:cơ quan|phòng) chuyên môn.*\b(?:xã|phường)\b"),
        ("departments", r"sở\b|ngành(?! nghề)|ban, (?:sở|ngành)|cơ quan chuyên môn"),
        (
            "associations",
            r"đoàn thể|hội(?! nghị| thảo| thi| đồng| viên)\b|"
            r"tổ chức (?:chính trị|ct|đoàn thể|hội)|ban (?:của )?đảng",
        ),
        ("communes", r"(?:xã|phường|đặc khu|huyện|thị trấn|cấp (?:xã|huyện))\b|địa phương(?!,)"),
        (
            "units",
            r"đvsn|đơn vị (?:sự nghiệp|trực thuộc)|trường(?! hợp)\b|nhà trường|bệnh viện|trung tâm|trạm|viện|hạt|"
            r"chi cục|cơ sở (?:giáo dục|y tế|khám|đào tạo)",
        ),
        (
            "divisions",
            r"phòng(?! học| họp| đọc| bệnh)\b|ban(?:, | chuyên môn| công tác)|tổ(?! chức)\b|khoa|bộ phận|bộ môn|thôn|"
            r"ấp\b|buôn|bản(?! sao| chính| vẽ| án| đồ| tin| thảo| cam| kê| gốc)\b|khối phố|khu phố|"
            r"vụ\b|cục\b|đội(?! ngũ)|phân xưởng",
        ),
        (
            "all",
            r"cơ quan(?! báo| thông| truyền)|đơn vị|tổ chức|doanh nghiệp|công ty|hợp tác xã|"
            r"cơ sở (?:sản|kinh|dịch|chế)|"
            r"địa phương",
        ),
    )
    return re.compile(head), re.compile(bare), tuple((group, re.compile(pattern)) for group, pattern in nouns)


_LEAD_IN = re.compile(
    r"\s*(?:(?:(?:Rất\s+)?(?:[Mm]ong|[Kk]ính\s+đề\s+nghị)|[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|"
    r"[Pp]hân\s+công)\s+(?:cho\s+)?|(?:UBND|Ủy\s+ban\s+nhân\s+dân)[^.;:]{0,60}?\s(?<!bàn\s)(?:giao|yêu\s+cầu|đề\s+nghị|"
    r"phân\s+công)\s+"
    r"|(?:Công\s+ty|Bệnh\s+viện|Nhà\s+trường|Sở|Bộ|Cục|Trung\s+tâm|Tỉnh|Xã)\s+(?:đã\s+)?(?:giao|yêu\s+cầu|"
    r"phân\s+công)\s+(?:cho\s+)?)?"
)
_TELLS = re.compile(r"\s+(?:đã\s+)?(?:giao|yêu\s+cầu|(?:kính\s+)?đề\s+nghị|phân\s+công|chỉ\s+đạo)\s+(?:cho\s+)?")
_DEEPEST = 4
_LONGEST_LIST = 1500
"""Characters that a sentence may begin with bodies for."""
_JOINT = re.compile(r"\s*(?:,|;|\s+và|,\s*và|\s+cùng(?:\s+với)?)\s*")
