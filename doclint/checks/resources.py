"""Plans that say nothing of what they are carried out with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.six_clear import assigned_elsewhere
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"kind"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the subject of a plan whose paragraphs name no money, people or means; a law that is cited names none."""
    anatomy = context.anatomy
    anchor = anatomy.header.subject or anatomy.header.title
    if anchor is None or not context.complete or assigned_elsewhere(document) or not anatomy.body.nodes:
        return
    cited = [citation.span for citation in anatomy.citations]
    headings = [node.head for node in anatomy.body.nodes if node.label and _HEADING.match(document.at(node.head))]
    if headings:
        return
    for paragraph in operative(anatomy):
        for match in _means().finditer(document.text, paragraph.start, paragraph.end):
            if not any(span.start <= match.start() < span.end for span in cited):
                return
    title = anatomy.header.title
    yield Match(anchor, {"kind": " ".join(document.at(title).lower().split()) if title is not None else "kế hoạch"})


@cache
def _means() -> re.Pattern[str]:
    """Money with where it comes from or how much it is, people and things that are set to the work.

    «Cử 03 bác sĩ đứng lớp» is work itself; «kiểm tra dự toán», «người điều khiển phương tiện», «khơi dậy mọi nguồn
    lực» give nothing to work with.
    """
    money = r"(?:kinh phí|ngân sách|dự toán|nguồn vốn|vốn|quỹ|nguồn (?:thu|chi|tài chính|lực))"
    people = (
        r"(?:người|cán bộ|công chức|viên chức|nhân viên|giáo viên|bác sĩ|y sĩ|điều dưỡng|kỹ sư|chiến sĩ|dân quân|"
        r"công an|đoàn viên|hội viên|tình nguyện viên|cộng tác viên|lao động|chuyên gia|kíp|xe|ca nô|xuồng|thuyền|tàu)"
    )
    return re.compile(
        spaced(
            rf"(?<!\w)(?:(?:triệu|tỷ|tỉ|nghìn|ngàn) đồng|\d đồng|đồng/\w+"
            rf"|(?:kinh phí|chi phí|nhân lực|nguồn lực|vật tư|phương tiện|lực lượng|cơ sở vật chất)[^.;:]{{0,40}}:"
            rf"|(?:kinh phí|chi phí|nguồn lực) [^.;]{{0,60}}?(?:từ|do|lấy|bố trí|sử dụng|trích|cân đối|bảo đảm|đảm bảo|"
            rf"chi|dự kiến|khoảng|theo quy định|tự)(?!\w)"
            rf"|(?:bố trí|bảo đảm|đảm bảo|cân đối|trích|dành|cấp|phát sinh|cần|lồng ghép|quyết toán|thanh toán) "
            rf"(?:\w+ ){{0,3}}?{money}(?!\w)"
            rf"|{money} (?:\w+ ){{0,3}}?(?:cấp|hỗ trợ|bảo đảm|đảm bảo|chi trả)(?!\w)|không (?:tăng|thêm) chi"
            rf"|(?:từ|bằng|trong|sử dụng|dùng) (?:\w+ ){{0,2}}?{money}(?!\w)|xã hội hóa|tài trợ|đóng góp|kinh phí"
            rf"(?= (?:thực hiện|tổ chức|hoạt động))"
            rf"|(?:bố trí|huy động|điều động|sử dụng|dùng|thuê|mượn|tăng cường|lực lượng)"
            rf"(?:[^.;\d]{{0,40}}?) "
            rf"(?:\d[\d.]*|một|hai|ba|mỗi|các|toàn bộ) (?:\w+ )?{people}(?!\w)"
            rf"|(?:sử dụng|dùng|tận dụng|bố trí) [^.;]{{3,60}}?(?:hiện có|sẵn có|được giao|tại chỗ)"
            rf"|trong định mức)(?!\w)"
        ),
        re.IGNORECASE,
    )


_HEADING = re.compile(
    spaced(
        r"\S+ (?:về )?(?:[^.;:]{0,30}(?:, | và ))?(?:kinh phí|nguồn (?:lực|vốn|kinh phí)|nhân lực|tài chính|hậu cần|"
        r"lực lượng|phương tiện|cơ sở vật chất|dự toán|điều kiện (?:bảo đảm|đảm bảo|thực hiện))(?!\w)[^.;]{0,60}:?$"
    ),
    re.IGNORECASE,
)
