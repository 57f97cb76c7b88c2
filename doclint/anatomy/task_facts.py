"""What a task yields, what it costs and who decides on it, where no label says so."""

from __future__ import annotations

import re

from doclint.document import Span
from doclint.vietnamese.normalise import lowered
from doclint.vietnamese.patterns import spaced


def product_in(clause: str, offset: int) -> Span | None:
    """Return the thing that a task makes or hands over: «lập danh mục …», «có biên bản …»; ``offset`` is added."""
    # A verb begins with a capital only where the clause does: ignoring case everywhere takes twice as long.
    match = _PRODUCT.search(lowered(clause[:1]) + clause[1:])
    return Span(*(offset + place for place in match.span(match.lastgroup or 0))) if match is not None else None


def resources_in(clause: str, offset: int) -> Span | None:
    """Return what a clause says of money."""
    return _it(_RESOURCES, clause, offset)


def authority_in(clause: str, offset: int) -> Span | None:
    """Return who decides on the result: «trình … phê duyệt»."""
    return _it(_AUTHORITY, clause, offset)


def _it(pattern: re.Pattern[str], clause: str, offset: int) -> Span | None:
    match = pattern.search(clause)
    return Span(offset + match.start(), offset + match.end()) if match is not None else None


_WRITES = (
    r"(?:xây dựng|lập|ban hành|hoàn thiện|hoàn chỉnh|soạn thảo|soạn|biên soạn|tham mưu|dự thảo|viết|in|thiết kế|"
    r"phát hành|công bố|sớm có|làm|đề xuất|chốt|dựng|lên|đưa ra|phải có|thành(?! phần)|bằng|chuẩn bị)"
)
_SENDS = r"(?:trình|gửi|nộp|giao nộp|bàn giao|giao|trả(?! lời)|phát|bổ sung|cung cấp|kèm(?: theo)?|ký|có)"
# «việc lập …», «đăng ký» make nothing, nor does the second half of «chương trình».
_NOT_NOUN = r"(?<!nội\sdung\s)(?<!việc\s)(?<!công\stác\s)(?<!đăng\s)(?<!chương\s)(?<!quá\s)(?<!quy\s)\b"
_PAPER = (
    r"(?:kế hoạch|danh mục|danh sách|dự toán|phương án|quy chế|quy trình|quy định|đề án|tờ trình|biên bản|"
    r"chương trình|cơ sở dữ liệu|bộ (?:tiêu chí|chỉ số|dữ liệu|câu hỏi|tài liệu)|mục lục|bảng \w+|"
    r"(?<!văn\s)bản (?!thân|đồ)\w+|phiếu \w+|sổ (?!lượng)\w+|sơ đồ|bản đồ|đề cương|định mức|lịch \w+|nghị quyết|"
    r"hợp đồng|biểu mẫu|tệp|chuyên mục|giấy \w+|nội quy|ứng dụng (?=[A-ZĐ])\w+|"
    r"công văn|cẩm nang|tờ \w+|(?<!bí\s)thư (?!điện)\w+|nhật ký|dữ liệu \w+|văn bản (?!điện|đến|hỏa|đi)\w+|"
    r"báo cáo (?:quý|tháng|năm|nhanh|chuyên|tổng|đánh|hiện|quyết|kết))"
)
_RECORDS = r"(?:hồ sơ|tài liệu|văn bản|dữ liệu|số liệu)"
# These are verbs as often: only right after the verb that makes them are they things.
_EITHER = r"(?:báo cáo|hướng dẫn|quyết định|thông báo|thống kê|thiết kế)(?! [A-ZĐÔỦƯẤ])"
_COUNTED = r"(?:(?:các|những|một|\d+|bản|dự thảo|xong|kịp thời|đầy đủ|đủ) )*"
_BETWEEN = r"(?:(?!(?:vào|theo|của|trong|từ|để|với|trên|thực hiện|bằng|số|việc|sai|đúng|phải)\b)[\w.]+ ){0,9}?"
_NAME = r"(?!\w)(?! (?:này|số \d))[^,;.(/]{0,120}?"
_ENDS = (
    r"(?=\s*(?:[,;.(/]|$)| (?:trước|chậm nhất|trong(?= (?:\d|tháng|quý|vòng|thời|tuần))|về(?= [A-ZĐỦ])|cho|tới|"
    r"đến|gửi|trình|để|qua|tại|theo|vào|bằng|xong|hằng|định kỳ|khi|hoàn thành|không quá)(?!\w))"
)
_GOES = r"(?= (?:gửi|nộp|trình|chuyển|dán|làm |được|phải|lưu|giao|đưa)(?!\w))"
_PRODUCT = re.compile(
    spaced(
        rf"(?:[Ss]ản phẩm|[Kk]ết quả|[Đđ]ầu ra)(?: (?:là|gồm|bàn giao là)|:) (?P<said>[^,;.]{{3,100}}?){_ENDS}"
        rf"|{_NOT_NOUN}(?:{_WRITES}|{_SENDS}) {_COUNTED}(?P<act>{_EITHER}{_NAME}){_ENDS}"
        rf"|(?<!quy\sđịnh)[;,] (?P<own>{_PAPER}{_NAME}){_GOES}"
        rf"|{_NOT_NOUN}(?:{_WRITES} {_BETWEEN}(?P<written>(?:{_PAPER}|{_RECORDS}){_NAME})"
        rf"|{_SENDS} {_BETWEEN}(?P<sent>{_PAPER}{_NAME})){_ENDS}"
    )
)
_RESOURCES = re.compile(spaced(r"(?:kinh phí|nguồn (?:vốn|lực)|từ ngân sách)[^;.]{3,120}"), re.IGNORECASE)
_AUTHORITY = re.compile(
    spaced(
        r"(?<!quá\s)(?<!quy\s)(?<!chương\s)(?<!lộ\s)(?<!tờ\s)\b(?:trình|báo cáo|tham mưu) [^;.]{3,80}?"
        r"(?:quyết định|phê duyệt|ban hành|xem xét(?:, (?:quyết định|giải quyết|cho ý kiến|phê duyệt))?)"
        r"|theo thẩm quyền"
    ),
    re.IGNORECASE,
)
