"""The grammar of names: what a body, a group of bodies, a person or a role is called, as patterns.

A name in small letters ends where a verb begins. So verbs are looked for once, and the blank before each is replaced
by another character that is a blank too: ``marked``. The patterns are for marked text, whose offsets are the same.
A blank of theirs is one blank, for a thousand times «one or more» would take as long to compile as all the rest: runs
of blanks are made one before, ``one_blank``.
"""

from __future__ import annotations

import re
from functools import cache

from doclint.anatomy.actions import DUTY, LONG_VERB, SHORT_VERB
from doclint.anatomy.gazetteer import bodies
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.patterns import one_of, spaced

_ACT, _SHORT_ACT, _STOP = "\x1c", "\x1d", "\x1e"
"""Blanks before a verb or duty; before one that may also be the second half of a word of a name; before another
syllable that no name goes on with."""
_UP = rf"(?:[{UPPER}][^\W\d_]*)"
_HEADS = (
    r"Sở|Bộ|Ban|Cục|Chi cục|Tổng cục|Vụ|Phòng|Văn phòng|Thanh tra|Công an|Trung tâm|Viện|Trường|Hội|Đài|Báo|"
    r"Bảo hiểm xã hội|Bảo hiểm Xã hội|Kho bạc Nhà nước|Thuế|Ủy ban|Uỷ ban|UBND|HĐND|UBMTTQ|Hội đồng nhân dân|"
    r"Bộ Chỉ huy|Bộ Tư lệnh|Quỹ|Ngân hàng|Liên đoàn|Đoàn|Đảng ủy|Đảng uỷ|Đảng bộ|"
    r"Chi bộ|Tỉnh ủy|Thành ủy|Mặt trận Tổ quốc|Kiểm toán|Tòa án|Toà án|Viện kiểm sát|Trạm|"
    r"Thư viện|Bảo tàng|Bưu điện|Đội|Tổ|Khoa|Bộ phận|Hạt|Bệnh viện|"
    r"Công ty|Xí nghiệp|Hợp tác xã|Cấp ủy|Ủy ban nhân dân|Uỷ ban nhân dân"
)
# The first syllable of a verb that follows a name of two capitals: «Sở Công Thương chủ trì».
_STOPS = (
    r"chủ|phối|tham|có|thực|theo|tổ|tiếp|tăng|rà|xây|báo|đôn|hướng|kiểm|triển|và|các|là|"
    r"được|cùng|đồng|khẩn|nghiên|quản|trình|đề|tổng|thông|cung|ban|lập|bố|thẩm|căn|chịu|chỉ|"
    r"giúp|cử|gửi|hoàn|kịp|thường|đẩy|làm|phải|cần|sẽ|đã|đang|để|về|tại|trong|trước|với|cho|"
    r"từ|đến|khi|nếu|do|bảo|đảm|phân|giao|yêu|tuyên|công|thuộc|mở|lắp|in|cấp|đào|mua|sửa|"
    r"nhập|chuyển|tách|tu|dán|đọc|soát|kê|quét|họp|trả|nộp|vận|hỗ|thu|giám|khảo|đánh|thống|"
    r"tuyển|treo|phát|ký|lưu|giữ|nghiêm|quán|chấp|khắc|tích|bàn|sớm|xem|góp|tự|chuẩn|cập|rút|"
    r"nâng|lấy|giải|xử|mỗi|hằng|định|nhận|huy"
)
# Words of names whose second syllable begins a verb elsewhere.
_PAIRS = (
    r"[Bb]ảo quản|[Bb]ảo hiểm|[Kk]iểm soát|[Tt]iêu chuẩn|[Cc]ông báo|[Tt]ruyền thông|[Gg]iao thông|[Vv]iễn thông|"
    r"[Dd]ân vận|[Hh]ậu cần|[Qq]uản trị|[Tt]iếp công dân|[Tt]hi hành án|[Đđ]ào tạo|[Kk]ế hoạch|[Tt]rật tự|"
    r"[Cc]án bộ|[Pp]hổ thông|(?:Nội|Ngoại) tổng hợp|Tổ chức đảng, đảng viên"
)
_ACTS = rf"(?=\s*[{_ACT}{_SHORT_ACT}])"
_NO_ACT = rf"(?<![{_ACT}{_SHORT_ACT}])"
_SMALL = rf"(?:{_PAIRS}|(?<![{_ACT}{_SHORT_ACT}{_STOP}])[{LOWER}][^\W\d_]*(?!\w))"
_SECOND = rf"(?<![{_ACT}{_STOP}])[{LOWER}][^\W\d_]*(?!\w)"
_WORD = rf"(?:{_PAIRS}|{_UP}(?: {_SECOND})?)"
_LEVEL = (
    rf"(?: (?:tỉnh|thành phố|Thành phố|xã|phường|đặc khu|huyện|thị xã|thị trấn|cấp tỉnh|cấp xã)\b(?: {_UP}){{0,4}})"
)
_TITLES = (
    r"(?:Phó )?(?:Tổng )?Giám đốc|(?:Phó )?Chánh|(?:Phó )?Trưởng|Thủ trưởng|(?:Phó )?Chủ tịch|(?:Phó )?Chủ nhiệm|"
    r"(?:Phó )?Cục trưởng|Chi cục trưởng|Viện trưởng|(?:Phó )?Hiệu trưởng|(?:Phó )?Bí thư|Tổ trưởng|Đội trưởng|"
    r"(?:Phó )?Chỉ huy trưởng|Trạm trưởng|Hạt trưởng|Trưởng ban|Lãnh đạo|Người đứng đầu|Bộ trưởng|Thứ trưởng"
)
_TITLE = rf"(?:(?:{_TITLES}) )?"
_COUNCIL = r"(?: (?:HĐND và UBND|UBND|HĐND|Hội đồng nhân dân và Ủy ban nhân dân|Ủy ban nhân dân))?"
# Units inside an office have long names in small letters: «Phòng Quản lý ngân sách».
_INNER = (
    rf"{_TITLE}(?:Phòng|Ban Quản lý|Trung tâm|Chi cục|Cục|Vụ|Trường|Bệnh viện|Ban|Đội|Tổ|Khoa|Hạt|Trạm|Viện|Hội đồng|"
    rf"Công ty|Xí nghiệp) (?:{_PAIRS}|{_UP}(?: {_SECOND}))(?: {_SMALL}){{0,5}}"
    rf"(?:(?: và| -|,)? (?!(?:{_HEADS})\b){_WORD}(?: {_SMALL}){{0,3}}){{0,4}}(?: số \d+)?{_LEVEL}?"
)
_PERSON = rf"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|(?:[Mm]ỗi |[Tt]ừng )?[Đđ]ồng chí|{_TITLES}) {_UP}(?: {_UP}){{1,4}}"
_OWN_NAME = rf"(?: {_WORD})(?:(?: và|,| -|) (?!(?:{_HEADS})\b){_WORD}){{0,6}}(?: hành chính công)?"
_NAMED = rf"{_TITLE}(?:HĐND và UBND|{_HEADS})\b{_COUNCIL}(?:{_LEVEL}|{_OWN_NAME}(?: số \d+)?{_LEVEL}?| cơ sở(?: \d+)?)"
_PROPER = rf"(?!(?:{_HEADS}|{_TITLES})\b){_WORD}(?: {_UP}){{0,2}}"
_LISTED = rf"(?:\s*:)? {_PROPER}(?:(?:,| và|, và) {_PROPER})*"
_GROUPED = (
    rf"(?:(?:(?:(?:{_TITLES}|Cấp ủy) )?[Cc]ác|(?:{_TITLES}|Cấp ủy) \d{{1,3}}|[Cc]ả hai) "
    r"(?:cơ quan|đơn vị|địa phương|sở|Sở|ban,|Ban(?!\w)|Phòng(?!\w)|Khoa(?!\w)|bộ(?! phận)|Bộ|ngành|phòng|xã|"
    r"phường|tổ chức|đoàn thể|thôn|chi bộ|chi, đảng bộ|đảng ủy|ĐVSN\w*|"
    r"buôn|bản(?! (?:sao|chính|vẽ|án|đồ|tin|thảo|cam|kê|gốc))|ấp|khu phố|khối phố|tổ dân phố|hội|trường|nhà trường|"
    r"khoa|bộ phận|bộ môn|tổ|đội|trạm|trung tâm|bệnh viện|doanh nghiệp|công ty|hợp tác xã|phân xưởng|nhà thầu|"
    r"cơ sở (?:giáo dục|y tế|đào tạo)|"
    r"[Bb]an(?= của)|đại biểu|Thuế cơ sở|bên)"
    rf"|{_TITLE}(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) (?:các|cấp|từng|hai|ba|\d{{1,3}}) "
    r"(?:xã|phường|huyện|đặc khu|tỉnh|thành phố)\b)"
    # A noun goes on with the list only after a comma or «và»: in «các đơn vị tổ chức …» the word is a verb.
    r"(?:(?:,\s*(?:và )?| và )(?:các )?(?:sở|ban|ngành|phường|xã|đơn vị|địa phương|đặc khu|cơ quan|đoàn thể|"
    r"tổ chức|thị trấn|hội|ấp|buôn|tổ dân phố|trường học|doanh nghiệp|phòng|khoa|trạm|bộ phận|nhà trường|thành phố|"
    r"đội|phân xưởng|bệnh viện|trung tâm|hợp tác xã|công ty|bộ môn)\b"
    r"| (?:chuyên môn|trực thuộc|sự nghiệp|công lập|có liên quan|liên quan|cấp tỉnh|ở cấp tỉnh|ngành dọc|TW|còn lại|"
    r"của (?:Hội đồng nhân dân|HĐND|Đảng)(?: (?:tỉnh|xã|phường))?|nêu trên|trên địa bàn (?:tỉnh|xã|phường)|"
    r"thuộc (?:UBND|Ủy ban nhân dân|Sở|Bộ)(?: (?:tỉnh|xã|phường))?)\b)*"
    # «UBND các xã: Trà Linh, Hòa An»; «các trường trung học phổ thông báo cáo», «các xã có dịch lập chốt».
    rf"(?:{_LISTED}|(?: {_NO_ACT}(?:{_SMALL}|của|chịu|có|chưa|{_UP})){{1,6}}(?:{_ACTS}|(?=\s*:)))?"
)
_COMMITTEE = (
    r"(?:Ban Thường vụ|Ban Thường trực|Thường trực|Văn phòng|Ủy ban Kiểm tra|Ban Xây dựng Đảng)"
    r"(?: của)? (?:[Đđ]ảng ủy|Đảng uỷ|Ủy ban MTTQ Việt Nam|Ủy ban Mặt trận Tổ quốc Việt Nam)"
    r"(?: (?:UBND|Ủy ban nhân dân|các cơ quan Đảng)\b)?(?: (?:tỉnh|xã, phường|xã|phường)\b)?"
)
# Units whose name says what they do: the verb belongs to it.
_AT_WORK = (
    r"(?:[Tt]ổ|[Đđ]oàn|[Hh]ội đồng|[Bb]an|[Bb]ộ phận|[Đđ]ội|[Nn]hóm) (?:công tác|đối chiếu|vận hành|kiểm tra|"
    r"giám sát|thẩm định|nghiệm thu|tiếp nhận|giúp việc|soạn thảo|biên tập|kiểm kê|tiêu hủy|xác minh|thẩm tra|"
    r"thanh tra|khảo sát|kiểm phiếu|bầu cử|quản lý(?: dự án| chợ| rừng)?|điều phối|ứng cứu|xét duyệt|chấm thi|coi thi|"
    r"xung kích|chỉ huy|chỉ đạo|tư vấn|thường trực|cứu hộ)(?!\w)(?: (?:của|tại) (?:xã|phường|thôn|cơ quan|đơn vị|"
    r"nhà trường|tỉnh|sở|bệnh viện|công ty))?"
    r"|(?:[Kk]hoa|[Đđ]ơn vị|[Cc]ơ quan|[Hh]ộ|[Nn]gười) sử dụng(?: (?:lao động|ngân sách|đất|nước|thiết bị|dịch vụ|"
    r"điện|tài sản))?"
)
_COMPANY = (
    rf"(?:Công ty|Tổng công ty|Xí nghiệp|Hợp tác xã)(?: {_NO_ACT}(?!(?:và|đã|do)\b)[^\s,.;:]+){{1,14}}?"
    rf"(?:{_ACTS}|(?=\s*[:,.;(]|\s*$))"
)
# Inside an office its own units go by one word.
_BARE = (
    r"(?:Văn phòng|Chánh Văn phòng|Văn thư|Công an|Thanh tra|Kế toán|Kế toán trưởng|Ban Chỉ huy|Ban Chỉ đạo|"
    r"Ban Tổ chức|Hiệu trưởng|Trưởng thôn|Bộ phận Một cửa|Tổ công tác|Hội đồng|Hai bên|"
    r"Bên (?:[A-D]|giao|nhận|thuê|mua|bán)|(?:Đơn vị|Cơ quan) (?:dự toán|tài chính|chuyên môn|tư vấn)|Chủ đầu tư|"
    r"Đảng ủy|Chi bộ|Đảng bộ|[Đđ]ại biểu (?:Quốc hội|Hội đồng nhân dân|HĐND)(?: tỉnh| xã| phường)?|"
    r"[Tt]ổ chức, cá nhân)\b"
)


def _gazetteer() -> str:
    """Return the known names as one pattern, the longest first; short forms count only where they hold a blank."""
    names = {name for body in bodies() for name in (body.name, *body.aliases) if " " in name}
    return "|".join(_spellings(re.escape(name)) for name in sorted(names, key=len, reverse=True))


def _spellings(name: str) -> str:
    return name.replace("Ủy", "(?:Ủy|Uỷ)").replace("hóa", "(?:hóa|hoá)").replace(r"\ ", " ")


def _one_spaced(pattern: str) -> str:
    """Return ``pattern`` with each blank in it standing for one blank of any kind."""
    return pattern.replace(" ", r"\s")


# «Công an tỉnh» may go on with the name of the province, «Sở Nội vụ» with «tỉnh» and the name.
_PLACE = (
    rf"(?:{_LEVEL}|(?:(?<=tỉnh)|(?<=xã)|(?<=phường))(?: {_UP}){{1,3}}"
    rf"| các tỉnh(?:, thành phố)?(?: (?:có|ven|phía|vùng)(?: {_SMALL}){{1,5}})?)?"
)
_KNOWN = rf"{_TITLE}(?:{_gazetteer()})(?!\w| [-–] [{UPPER}]){_PLACE}"

# What every name begins with: most words of a text do not, and need no second look.
_FIRST = (
    rf"(?=[{UPPER}]|(?:các|cả|tổ|đoàn|hội|ban|bộ|đội|nhóm|khoa|đơn|cơ|hộ|người|ông|bà|anh|chị|đồng|mỗi|từng|đại)(?!\w))"
)
ACTOR = re.compile(
    _one_spaced(
        rf"(?<!\w){_FIRST}"
        rf"(?:{_GROUPED}|{_KNOWN}|{_COMMITTEE}|{_AT_WORK}|{_COMPANY}|{_INNER}|{_NAMED}|{_BARE}|{_PERSON})"
    )
)
"""Pattern of a body, a group or a person in marked text."""

# Who has a duty in a regulation or contract, by his role, up to the verb or the end of a heading.
_PEOPLE = (
    r"Đơn vị|Cơ quan|[Bb]ộ phận|Người|Công chức|Viên chức|Cán bộ|Nhân viên|Thành viên|Doanh nghiệp|"
    r"Cá nhân|[Tt]ổ(?! chức| hợp)|[Kk]hoa(?! học)|[Đđ]ội(?! ngũ)|BHXH|[Hh]ộ"
)
_ROLES = (
    r"[Gg]iáo viên|[Nn]hà thầu|[Tt]hủ trưởng|[Hh]iệu trưởng|[Tt]rưởng phòng|[Tt]rưởng khoa|[Tt]rưởng thôn|"
    r"[Tt]ổ trưởng|[Đđ]ội trưởng|[Bb]í thư|[Cc]ấp ủy|[Bb]ảo vệ|[Cc]huyên viên|[Vv]ăn thư|[Tt]hủ kho|[Tt]hủ quỹ|"
    r"[Tt]hư ký|[Kk]ế toán|[Ll]ãnh đạo|[Cc]hủ hộ|[Nn]hà trường|[Đđ]iều dưỡng|[Bb]ác sĩ|[Cc]hủ đầu tư|"
    r"[Cc]hi ủy(?: viên)?|Đảng viên|Công đoàn|"
    r"(?:Phó )?Trưởng [Bb]an(?: Thường trực)?|(?:Phó )?Trưởng [Đđ]oàn|Ban Giám hiệu|[Đđ]oàn viên|[Hh]ội viên|"
    r"Đoàn Thanh niên"
)
_MORE = (
    rf"(?:,? {_NO_ACT}(?!(?:nào|mà|không|chưa|bị|được|đã|đang|là|để|theo|khi|nếu|trong|trước|và|chức|kịp)(?!\w))"
    rf"(?:[^\W\d_]+|\d{{1,3}}))"
)
_EACH = r"(?:[Mm]ỗi|[Tt]ừng) (?:đồng chí )?(?:chi ủy viên|đảng viên|cán bộ|công chức|giáo viên)"


@cache
def role() -> re.Pattern[str]:
    """Return the pattern of who acts by his role, which is known only by the verb that follows, in marked text."""
    return re.compile(
        _one_spaced(
            rf"(?:{_EACH}|(?:[Đđ]ồng chí )?(?:{_ROLES})(?!\w){_MORE}{{0,8}}?|(?:{_PEOPLE})(?!\w){_MORE}{{1,8}}?)"
            rf"(?:{_ACTS}|(?= và (?:{_ROLES}|{_HEADS})(?!\w)|\s*:|\s*\.?\s*$))"
        )
    )


@cache
def heading() -> re.Pattern[str]:
    """Return the pattern of a heading that may be a name, when verbs stand under it."""
    return re.compile(spaced(rf"(?:(?:{_ROLES}|{_PEOPLE}|Hội đồng)(?!\w)|(?:{_HEADS}) (?=[{UPPER}]))[^.;:]{{0,60}}"))


_MARKED = re.compile(
    _one_spaced(
        rf"\s(?=[{LOWER}])(?:(?=(?P<verb>{LONG_VERB}))|(?=(?P<act>{SHORT_VERB}|{DUTY})?)"
        rf"(?=(?P<stop>{one_of(_STOPS.split('|'))}(?!\w)|số (?:h(?!\w)|\d))?))"
    )
)


def one_blank(text: str) -> tuple[str, list[int] | None]:
    """Return ``text`` with each run of blanks as the first of them, and where each character of it stands in ``text``.

    None in place of the latter when nothing changed.
    """
    if _RUN.search(text) is None:
        return text, None
    places = [at for at, char in enumerate(text) if not (at and char.isspace() and text[at - 1].isspace())]
    return "".join(text[at] for at in places), places


_RUN = re.compile(r"\s\s")


def marked(text: str) -> str:
    """Return ``text`` with each blank before a verb, duty or other syllable that ends a name told from other blanks."""
    return _MARKED.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    if match["verb"] is not None:
        return _ACT
    if match["act"] is None:
        return match[0] if match["stop"] is None else _STOP
    return _SHORT_ACT if match["stop"] is None else _ACT
