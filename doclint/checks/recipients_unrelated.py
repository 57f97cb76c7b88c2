"""Recipients that nothing in the document has to do with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Actor, Anatomy, Recipient
from doclint.checks import Context, opinions
from doclint.checks.recipients_related import MEMBERS, institution, own_words
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"body"})


@dataclass(frozen=True, slots=True)
class Options:
    """``most``: how many bodies a list names at most; a longer one is a mailing list, which another rule judges."""

    most: int = 8
    min_syllables: int = 20
    """How much a document says at least before it is judged."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each named recipient without a purpose whose name and field of work the document does not touch."""
    anatomy = context.anatomy
    recipients = anatomy.recipients
    if not context.complete or recipients is None or _AS_LISTED.search(document.folded):
        return
    words = _content(document, anatomy)
    content = key(words)
    # Who is asked for an opinion on what is nothing of his is named for no other reason.
    in_vain = bool(opinions.asked_in_vain(document, anatomy, _GROUPS))
    listed = (*(anatomy.addressees if in_vain else ()), *recipients.items)
    candidates = [item for item in listed if _may_be_unrelated(item, anatomy, context.office.recipients)]
    if len(candidates) > options.most or len(content.split()) < options.min_syllables:
        return
    groups = [actor for actor in anatomy.named if actor.group and not in_vain]
    groups += [actor for task in anatomy.tasks for actor in (*task.lead, *task.partners) if actor.group]
    reported: set[str] = set()
    for item in candidates:
        name = institution(item.name)
        own = own_words(name)
        covered = any(_covers(group, name, anatomy.header.level) for group in groups)
        if own and name not in reported and not covered and not (_touches(content, own) or _in_field(words, own)):
            reported.add(name)
            yield Match(item.span, {"body": " ".join(item.name.split())})


def _content(document: Document, anatomy: Anatomy) -> str:
    """Return all that the document says but to whom it goes, in small letters.

    The name of the State and its motto are left out: «xã hội» and «tự do» there are no content.
    """
    header, recipients = anatomy.header, anatomy.recipients
    left_out = [span for span in (header.nation, header.motto) if span is not None]
    left_out += [one.span for one in anatomy.addressees]
    if recipients is not None:
        left_out += [recipients.heading, *(item.span for item in recipients.items)]
    text = document.text
    for span in sorted(left_out, key=lambda span: span.start, reverse=True):
        text = text[: span.start] + "\n" + text[span.end :]
    return " ".join(text.lower().split())


def _may_be_unrelated(item: Recipient, anatomy: Anatomy, always: tuple[str, ...]) -> bool:
    """Tell whether a recipient is a plain body beside or under the issuer, which has to be named somewhere."""
    name = institution(item.name)
    if item.group or item.archive or item.purpose:
        return False
    if re.search(r"[,;:]", name) or len(name.split()) < 3 or any(key(one) in key(item.name) for one in always if one):
        return False
    issuers = " ".join(key(p.name) for p in (anatomy.header.superior, anatomy.header.issuer) if p is not None)
    beside = _BESIDE.get(anatomy.header.level)
    return beside is not None and beside.match(name) is not None and own_words(name) not in issuers


def _covers(group: Actor, name: str, level: str) -> bool:
    """Tell whether a group that has a part in the content may hold the body. Whatever is in doubt, it does."""
    if group.group == "all":
        # «Các đơn vị» of a department or a school are its own, unless it says «liên quan».
        outside = re.search(r"lien quan|dia phuong|tren dia ban", key(group.name)) is not None
        return level not in ("department", "unit") or outside or _OUTSIDE.match(name) is None
    return group.group in MEMBERS and MEMBERS[group.group].match(name) is not None


def _touches(content: str, own: str) -> bool:
    """Tell whether two words of the name that say something, or its short form, stand in the content."""
    words = [word for word in re.split(r"[\s,-]+", own) if word and word != "va"]
    pairs = [pair for pair in (" ".join(two) for two in pairwise(words)) if pair not in _GENERAL] or words
    short = "".join(word[0] for word in words)
    return any(re.search(rf"\b{re.escape(pair)}\b", content) for pair in pairs) or (
        len(words) > 1 and re.search(rf"\bs?{re.escape(short)}\b", content) is not None
    )


def _in_field(content: str, own: str) -> bool:
    """Tell whether the content speaks of what falls to a body of that name."""
    return any(re.search(field, own) and re.search(rf"\b(?:{words})\b", content) for field, words in _FIELDS.items())


_GROUPS = ("departments", "communes", "divisions", "units", "central", "associations", "all")
_AS_LISTED = re.compile(r"noi nhan theo danh sach|co ten trong danh sach")
_LOCAL = (
    r"chi cuc |trung tam (?!phuc vu hanh chinh cong)|ban quan ly |hat kiem lam|bao tang|benh vien |"
    r"bao hiem xa hoi|kho bac|hoi (?!dong (?!y))|lien (?:doan|minh|hiep)|ngan hang|dai khi tuong|vuon quoc gia|"
    r"cau lac bo"
)
_BESIDE = {
    "province": re.compile(rf"so |uy ban nhan dan (?:xa|phuong|dac khu) |truong |{_LOCAL}"),
    "department": re.compile(rf"so |uy ban nhan dan (?:xa|phuong|dac khu) |{_LOCAL}"),
    "commune": re.compile(
        rf"phong |tram y te|ban chi huy quan su|uy ban nhan dan (?:xa|phuong|dac khu) |{_LOCAL}|truong (?!ban|cac|thon)"
    ),
    "unit": re.compile(rf"so |tram y te|ban chi huy quan su|uy ban nhan dan (?:xa|phuong|dac khu) |{_LOCAL}"),
}
"""By the level of the issuer, bodies that do not watch over it: who does is told by right."""
_OUTSIDE = re.compile(r"so |uy ban nhan dan|hat |tram |ban chi huy|bao hiem|kho bac|hoi ")
_GENERAL = frozenset({"quan ly", "du an", "cong trinh", "trinh dan", "dich vu", "phat trien", "su nghiep", "da khoa"})
_FIELDS = {
    "tai chinh|kinh te|kho bac": "kinh phí|ngân sách|dự toán|thanh toán|quyết toán|mua sắm|tài sản|đấu thầu|đầu tư",
    "kinh te|ha tang|xay dung|do thi": "xây|đường|cầu|công trình|giao thông|quy hoạch|đất|chợ|nông nghiệp|vỉa hè|nhà ở",
    "nong nghiep|moi truong": "rừng|đất|(?<!nhà )nước|lúa|cây|trồng|chăn nuôi|thủy|rác|ô nhiễm|khoáng sản|mưa|lũ|"
    "thiên tai|dịch|gia súc|gia cầm|hồ chứa|khí thải|đo đạc",
    "y te|benh|chu thap do": "bệnh|thuốc|sức khỏe|dịch|khám|cấp cứu|sơ cứu|thương tích|an toàn thực phẩm|bếp ăn|"
    "vệ sinh|"
    "vắc xin|tiêm|đuối nước|tai nạn|dân số|ô nhiễm",
    "quan su": "quốc phòng|dân quân|nhập ngũ|nghĩa vụ|cứu nạn|cứu hộ|phòng thủ|mưa|lũ|bão|thiên tai|cháy|bom|"
    "sơ tán|an ninh",
    "kiem lam": "rừng|lâm nghiệp|lâm sản|động vật|cây xanh|gỗ|cháy|đất",
    "du an|cong trinh|dan dung": "dự án|công trình|đầu tư|thi công|mặt bằng|xây (?:mới|nhà|trụ sở|lắp)|sửa chữa|"
    "đấu thầu",
    "van hoa|du lich|the thao|bao tang": "lễ hội|du lịch|di tích|di sản|văn nghệ|thư viện|sách|thể thao|gia đình|"
    "tuyên truyền|hiện vật|truyền thanh",
    "(?<!bao hiem )(?<!chinh sach )xa hoi": "lao động|giáo dục|học|trường|y tế|cán bộ|hộ nghèo|trẻ em|"
    "người cao tuổi|bảo trợ|thi đua|tuyên truyền",
    "giao duc|truong": "trường|học sinh|giáo viên|trẻ em|học|dạy",
    "noi vu": "cán bộ|công chức|viên chức|biên chế|nhân sự|bộ máy|thi đua|khen thưởng|tiền lương|lao động|lưu trữ|"
    "văn thư|cải cách hành chính|thanh niên|người có công|sắp xếp|hồ sơ",
    "tu phap": "pháp luật|pháp chế|quy phạm|hộ tịch|xử phạt|vi phạm|đấu giá|công chứng|chứng thực|khai sinh",
    "cong thuong": "chợ|điện|xăng|dầu|thương mại|kinh doanh|sản xuất|hàng|công nghiệp|xuất khẩu|hóa chất|tiêu thụ",
    "khoa hoc|cong nghe": "chuyển đổi số|phần mềm|dữ liệu|số hóa|mạng|máy tính|viễn thông|điện tử|sáng kiến|trực tuyến",
    "dan toc|ton giao": "tín ngưỡng|chùa|nhà thờ|vùng cao|đồng bào|thiểu số|khó khăn|lễ hội",
    "ngoai vu": "nước ngoài|quốc tế|đối ngoại|biên giới|cửa khẩu|ngoại giao|đoàn vào|đoàn ra",
    "hoi (?:nong dan|cuu chien binh|(?:lien hiep )?phu nu|chu thap do)|^lien ": "hội viên|đoàn thể|mặt trận|nông dân|"
    "hộ|người dân|vận động",
    # Others look after one thing each.
    "nguoi cao tuoi": "cao tuổi|bảo trợ|hưu trí|mừng thọ|người có công",
    "khuyen hoc|cuu giao chuc": "học|trường|giáo dục|giáo viên|dạy",
    "dong y": "y tế|thuốc|khám|bệnh|sức khỏe|dược liệu",
    "luat gia|luat su": "pháp luật|luật|pháp lý",
    "lam vuon|sinh vat canh": "cây|hoa|vườn|trồng|môi trường|lễ hội|tết",
    "van hoc|nghe thuat|nha bao|nha van": "văn nghệ|sáng tác|lễ hội|báo chí|tuyên truyền|triển lãm|thi viết",
    "thanh nien xung phong|da cam|nguoi mu|khuyet tat|mo coi|tre em": "người có công|bảo trợ|trẻ em|khuyết tật|"
    "hộ nghèo|từ thiện|chính sách",
    "hiep hoi|doanh nghiep|doanh nhan": "doanh nghiệp|kinh doanh|đầu tư|sản xuất|thuế|hàng",
    "ngan hang|kho bac|quy ": "vốn|vay|tín dụng|hộ nghèo|tài khoản|tiền|thanh toán",
    "bao hiem": "bảo hiểm|thẻ khám|trợ cấp|tiền lương|hưu trí",
}
"""What falls to a body besides the words of its name; wide on purpose, since a false alarm costs more than a miss.

With accents: «thuốc» is not «thuộc», «chợ» not «cho».
"""
