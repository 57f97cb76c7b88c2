"""Names of bodies and of groups of bodies in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.gazetteer import bodies, key, known
from doclint.anatomy.parts import Actor
from doclint.document import Span
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import fold


def find_bodies(text: str, offset: int = 0) -> Iterator[Actor]:
    """Yield the bodies and groups named in ``text``, in order; ``offset`` is added to every span."""
    for match in _ACTOR.finditer(text):
        name = match[0].rstrip(" ,;:-")
        yield Actor(Span(offset + match.start(), offset + match.start() + len(name)), name, group_of(name))


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
    found: list[Actor] = []
    end = 0
    lead = _LEAD_IN.match(text)
    if lead is not None:
        end = lead.end()
    short = next((name for name in learned if re.compile(rf"{re.escape(name)}(?!\w)").match(text, end)), "")
    if short:
        return [Actor(Span(end, end + len(short)), short, group_of(short))]
    for actor in find_bodies(text):
        if not _JOINT.fullmatch(text[end : actor.span.start]) and not (
            not found and text[end : actor.span.start].strip() == ""
        ):
            break
        found.append(actor)
        end = actor.span.end
    return found


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

_UP = rf"(?:[{UPPER}][^\W\d_]*)"
_HEADS = (
    r"Sở|Bộ|Ban|Cục|Chi cục|Tổng cục|Vụ|Phòng|Văn phòng|Thanh tra|Công an|Trung tâm|Viện|Trường|Hội|Đài|Báo|"
    r"Bảo hiểm xã hội|Bảo hiểm Xã hội|Kho bạc Nhà nước|Thuế|Ủy ban|Uỷ ban|UBND|HĐND|UBMTTQ|Hội đồng nhân dân|"
    r"Bộ Chỉ huy|Bộ Tư lệnh|Quỹ|Ngân hàng|Liên đoàn|Đoàn|Đảng ủy|Đảng uỷ|Đảng bộ|"
    r"Chi bộ|Tỉnh ủy|Thành ủy|Mặt trận Tổ quốc|Kiểm toán|Tòa án|Toà án|Viện kiểm sát|Trạm|"
    r"Đội|Ủy ban nhân dân|Uỷ ban nhân dân"
)
# The first syllable of a verb that follows a name of two capitals: «Sở Công Thương chủ trì».
_VERBS = (
    r"chủ|phối|tham|có|thực|theo|tổ|tiếp|tăng|rà|xây|báo|đôn|hướng|kiểm|triển|và|các|là|được|cùng|đồng|khẩn|nghiên|quản|trình|"
    r"đề|tổng|thông|cung|ban|lập|bố|thẩm|căn|chịu|chỉ|giúp|cử|gửi|hoàn|kịp|thường|đẩy|làm|phải|cần|sẽ|đã|đang|để|về|tại|trong|"
    r"trước|với|cho|từ|đến|khi|nếu|do|bảo|đảm|phân|giao|yêu|đề|tuyên|công|thuộc|mở|lắp|in|cấp|đào|mua|sửa|nhập|chuyển|tách|tu|dán|đọc|soát|kê|quét|họp|trả|nộp|vận|hỗ|thu|giám|khảo|đánh|thống|tuyển|treo|phát|ký|lưu|giữ|nghiêm|quán|kịp|chấp|khắc|tích|tiếp|bàn|sớm|xem|góp|tự|chuẩn|cập|rút|nâng|số\s+h|lấy|giải|xử"
)
_WORD = rf"(?:{_UP}(?:\s+(?!(?:{_VERBS})\b)[{LOWER}][^\W\d_]*(?!\w))?)"
_LEVEL = (
    rf"(?:\s+(?:tỉnh|thành phố|Thành phố|xã|phường|đặc khu|huyện|thị xã|thị trấn|cấp tỉnh|cấp xã)\b(?:\s+{_UP}){{0,4}})"
)
_TITLE = r"(?:(?:Giám đốc|Chánh|Trưởng|Thủ trưởng|Chủ tịch|Cục trưởng)\s+)?"
_COUNCIL = r"(?:\s+(?:HĐND\s+và\s+UBND|UBND|HĐND|Hội đồng nhân dân\s+và\s+Ủy ban nhân dân|Ủy ban nhân dân))?"
# Units inside an office have long names in small letters: «Phòng Quản lý ngân sách».
_INNER = (
    rf"(?:Phòng|Ban Quản lý|Trung tâm|Chi cục|Cục|Vụ|Trường|Bệnh viện|Ban)\s+{_UP}"
    rf"(?:\s+(?!(?:{_VERBS})\b)[{LOWER}][^\W\d_]*){{1,6}}"
    rf"(?:(?:\s+và|\s+-)?\s+{_UP}(?:\s+(?!(?:{_VERBS})\b)[{LOWER}][^\W\d_]*){{0,3}}){{0,4}}{_LEVEL}?"
)
_PERSON = rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\s+{_UP}(?:\s+{_UP}){{1,4}}"
_OWN_NAME = rf"(?:\s+{_WORD})(?:(?:\s+và|,|\s+-|)\s+(?!(?:{_HEADS})\b){_WORD}){{0,6}}(?:\s+hành chính công)?"
_NAMED = rf"{_TITLE}(?:HĐND\s+và\s+UBND|{_HEADS})\b{_COUNCIL}(?:{_LEVEL}|{_OWN_NAME}{_LEVEL}?)"
_GROUPED = (
    r"(?:Thủ trưởng\s+|Người đứng đầu\s+|Lãnh đạo\s+|Giám đốc\s+|Trưởng\s+)?"
    r"(?:[Cc]ác\s+(?:cơ quan|đơn vị|địa phương|sở|Sở|ban,|bộ|Bộ|ngành|phòng|xã|phường|tổ chức|đoàn thể|thôn|"
    r"chi bộ|chi, đảng bộ|đảng ủy|ĐVSN\w*|"
    r"buôn|ấp|tổ dân phố|hội)"
    r"|(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:các|cấp|từng)\s+(?:xã|phường|huyện|đặc khu))"
    # A noun goes on with the list only after a comma or «và»: in «các đơn vị tổ chức …» the word is a verb.
    r"(?:(?:,\s*(?:và\s+)?|\s+và\s+)(?:các\s+)?(?:sở|ban|ngành|phường|xã|đơn vị|địa phương|đặc khu|cơ quan|đoàn thể|"
    r"tổ chức|thị trấn|hội|ấp|buôn|tổ dân phố|trường học|doanh nghiệp)\b"
    r"|\s+(?:chuyên môn|trực thuộc|sự nghiệp|công lập|có liên quan|liên quan|cấp tỉnh|ở cấp tỉnh|ngành dọc|TW|"
    r"trên địa bàn\s+(?:tỉnh|xã|phường)|thuộc\s+(?:UBND|Sở)\s+(?:tỉnh|xã|phường))\b)*"
)
# Inside an office its own units go by one word.
_BARE = (
    r"(?:Văn phòng|Chánh Văn phòng|Văn thư|Công an|Thanh tra|Kế toán|Kế toán trưởng|Ban Chỉ huy|Ban Chỉ đạo|"
    r"Ban Tổ chức|Hiệu trưởng|Trưởng thôn|Bộ phận Một cửa|Tổ công tác|Hội đồng|Hai bên|"
    r"Bên\s+(?:[A-D]|giao|nhận|thuê|mua|bán)|"
    r"(?:Đơn vị|Cơ quan)\s+(?:sử dụng ngân sách|dự toán|tài chính|chuyên môn|tư vấn)|Chủ đầu tư|Đảng ủy|Chi bộ|Đảng bộ|"
    r"(?:Ban Thường vụ|Thường trực|Văn phòng|Ủy ban Kiểm tra|Ban Xây dựng Đảng)\s+Đảng ủy)\b"
)


def _gazetteer() -> str:
    """Return the known names as one pattern, the longest first; short forms count only where they hold a blank."""
    names = {name for body in bodies() for name in (body.name, *body.aliases) if " " in name}
    return "|".join(_spellings(re.escape(name)) for name in sorted(names, key=len, reverse=True))


def _spellings(name: str) -> str:
    return name.replace("Ủy", "(?:Ủy|Uỷ)").replace("hóa", "(?:hóa|hoá)").replace(r"\ ", r"\s+")


# «Công an tỉnh» may go on with the name of the province, «Sở Nội vụ» with «tỉnh» and the name.
_PLACE = rf"(?:{_LEVEL}|(?:(?<=tỉnh)|(?<=xã)|(?<=phường))(?:\s+{_UP}){{1,3}})?"
_ACTOR = re.compile(
    rf"(?<!\w)(?:{_GROUPED}|{_TITLE}(?:{_gazetteer()})(?!\w){_PLACE}|{_INNER}|{_NAMED}|{_BARE}|{_PERSON})".replace(
        " ", r"\s+"
    )
)
_LEAD_IN = re.compile(
    r"\s*(?:(?:Giao|Yêu\s+cầu|Đề\s+nghị|Phân\s+công|giao|yêu\s+cầu|đề\s+nghị)\s+(?:cho\s+)?|(?:UBND|Ủy\s+ban\s+nhân\s+dân)[^.;:]{0,60}?(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)\s+)?"
)
_JOINT = re.compile(r"\s*(?:,|;|\s+và|,\s*và|\s+cùng(?:\s+với)?)\s*")
