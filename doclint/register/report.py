"""The half-year and the yearly report on the targets, as a Word document ready to be edited and signed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from doclint.office import Office
from doclint.register.entry import CLASSES, FORMS, NEEDLESS, SCOPES
from doclint.register.figures import COMMUNE_WIDE, PROVINCE_WIDE, Figures
from doclint.register.lines import Line, lines_of
from doclint.register.measures import ranges
from doclint.register.paper import BODY, add_foot, add_grid, add_head, add_text, add_title, new_paper, paragraph
from vanthu.errors import dotted
from vanthu.files import atomic_path

BLANK = "……"
"""What no register tells: the clerk writes it."""


def deadline(year: int, *, half: bool) -> datetime.date:
    """Return the day before which the report is to be sent (Kế hoạch, III.1)."""
    return datetime.date(year, 6, 7) if half else datetime.date(year, 12, 7)


def write_report(figures: Figures, due: datetime.date, office: Office, path: Path) -> None:
    """Write the report of ``figures``, dated the day before ``due``, to ``path``. Raises OSError.

    Behind each figure stands the line of the appendix that names the rows it was counted from.
    """
    lines = tuple(lines_of(figures))
    issuer = office.name or _usual_issuer(figures) or "Tên cơ quan"
    document = new_paper()
    day = due - datetime.timedelta(days=1)
    place_date = f"{_place(issuer)}, ngày {day:%d} tháng {day.month} năm {day.year}"
    add_head(document, "", _wrapped(issuer.upper()), "Số:        /BC-", place_date)
    period = "6 tháng đầu năm" if due.month == _HALF else "năm"
    add_title(document, "BÁO CÁO", f"Kết quả giảm văn bản hành chính và hội nghị {period} {figures.period.year}")
    paragraph(document, "Kính gửi: Sở Nội vụ", before=14, after=10)
    for text in _body(_Told(figures, lines), issuer):
        add_text(document, text.removeprefix("# "), bold=text.startswith("# "))
    add_foot(document, ("- Như trên;", f"- {BLANK}", "- Lưu: VT."), _titles(issuer), "")
    _appendix(document, figures, lines)
    with atomic_path(path) as temporary:
        document.save(str(temporary))


@dataclass(frozen=True)
class _Told:
    """The figures in the words of a report, each with the number of its line in the appendix."""

    figures: Figures
    lines: Sequence[Line]

    def line(self, key: str, name: str = "") -> Line:
        """Return the figure of this key, and of this name where a key has several."""
        return next(line for line in self.lines if line.key == key and (not name or line.name == name))

    def counted(self, line: Line, thing: str = "") -> str:
        """Return «214 văn bản (dòng 3)»."""
        return f"{dotted(len(line.now))}{thing and ' '}{thing} (dòng {self.lines.index(line) + 1})"

    def compared(self, key: str, thing: str, parts: str = "") -> str:
        """Return how a figure compares with that of the year before, and whether the target is reached."""
        line = self.line(key)
        judged = f", {line.judgement}" if line.judgement else ""
        now, before = self.counted(line, thing), dotted(len(line.before))
        return f"{now}{parts}; cùng kỳ năm trước {before}; {line.words}{judged}"


def _body(told: _Told, issuer: str) -> Iterator[str]:
    """Yield the paragraphs; headings begin with «# »."""
    figures = told.figures
    period = figures.period
    yield (
        "Thực hiện Kế hoạch số ……/KH-UBND ngày …… của Ủy ban nhân dân tỉnh về chấn chỉnh lề lối làm việc, "
        "nâng cao hiệu quả hoạt động của "
        f"hệ thống chính trị, {issuer} báo cáo số liệu từ ngày 01/01/{period.year} đến ngày {period.until:%d/%m/%Y}, "
        f"so với cùng kỳ năm {period.year - 1}. Phụ lục ghi rõ mỗi số liệu đếm từ dòng nào của sổ đăng ký văn bản đi."
    )
    yield "# I. LÃNH ĐẠO, CHỈ ĐẠO THỰC HIỆN"
    yield BLANK
    yield "# II. KẾT QUẢ"
    yield "# 1. Văn bản"
    yield f"Đã ban hành {told.compared('administrative', 'văn bản hành chính')}."
    yield f"Trong đó có {told.compared('needless', 'văn bản không cần thiết', _classes(told))}."
    apart = [line for line in told.lines if line.key == "apart" and line.now]
    if apart:
        listed = ", ".join(f"{line.name[0].lower()}{line.name[1:]} {told.counted(line)}" for line in apart)
        yield f"Tính riêng, không phải văn bản hành chính: {listed}."
    yield "# 2. Hội nghị"
    yield from _conferences(told)
    yield "# 3. Ứng dụng công nghệ thông tin, chuyển đổi số"
    yield BLANK
    yield "# III. HẠN CHẾ, NGUYÊN NHÂN"
    yield BLANK
    yield "# IV. NHIỆM VỤ THỜI GIAN TỚI"
    yield BLANK
    yield f"Trên đây là báo cáo của {issuer}, gửi Sở Nội vụ tổng hợp./."


def _classes(told: _Told) -> str:
    names = [CLASSES[cls] for cls in NEEDLESS]
    lines = [line for line in told.lines if line.key == "class" and line.name in names and line.now]
    return f", gồm {', '.join(f'{line.name} {told.counted(line)}' for line in lines)}" if lines else ""


def _conferences(told: _Told) -> Iterator[str]:
    total = told.line("conferences")
    if not total.now and not total.before:
        yield f"Sổ không ghi hội nghị nào trong kỳ này và cùng kỳ năm trước (dòng {told.lines.index(total) + 1})."
        return
    yield f"Đã tổ chức {told.compared('conferences', 'hội nghị')}."
    if total.now:
        shares = (told.line("online"), told.line("online-or-both"))
        listed = "; ".join(
            f"{line.name[0].lower()}{line.name[1:]} {told.counted(line)}, {line.words}"
            + (f", {line.judgement}" if line.judgement else "")
            for line in shares
        )
        yield f"Trong đó: {listed}."
    wide = ((told.line("province-wide"), PROVINCE_WIDE), (told.line("commune-wide"), COMMUNE_WIDE))
    listed = ", ".join(
        f"{line.name[0].lower()}{line.name[1:]} {told.counted(line)}, mỗi năm không quá {most}" for line, most in wide
    )
    yield f"Về quy mô: {listed}."


def _appendix(document: Any, figures: Figures, lines: Sequence[Line]) -> None:
    """Add the lines with their rows, then the documents and conferences that a reader will ask after."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    section._sectPr.append(number)
    paragraph(document, "Phụ lục", bold=True)
    paragraph(document, "SỐ LIỆU VÀ CÁC DÒNG CỦA SỔ", bold=True, size=BODY, after=6)
    year = figures.period.year
    head = ("Dòng", "Số liệu", str(year), str(year - 1), "Mã trong sổ")
    rows = [
        (
            str(number),
            f"{line.section}: {line.name[0].lower()}{line.name[1:]}",
            dotted(len(line.now)),
            dotted(len(line.before)),
            _rows(line, year),
        )
        for number, line in enumerate(lines, start=1)
    ]
    add_grid(document, (14, 56, 17, 17, 56), (head, *rows))
    _needless(document, figures)
    _meetings(document, figures)


def _rows(line: Line, year: int) -> str:
    both = ((year, ranges(line.now)), (year - 1, ranges(line.before)))
    return "; ".join(f"năm {one}: {listed}" for one, listed in both if listed) or "không có"


def _needless(document: Any, figures: Figures) -> None:
    wanted = set(figures.needless.now)
    chosen = [entry for entry in figures.entries if entry.id in wanted]
    if not chosen:
        return
    paragraph(document, "Văn bản không cần thiết trong kỳ", bold=True, before=12, after=6)
    head = ("Mã", "Số, ký hiệu", "Ngày", "Trích yếu", "Phân loại")
    rows = [(str(one.id), one.code, f"{one.date:%d/%m/%Y}", one.subject, CLASSES[one.cls]) for one in chosen[:_LISTED]]
    add_grid(document, (14, 34, 25, 57, 30), (head, *rows))
    _cut(document, len(chosen))


def _meetings(document: Any, figures: Figures) -> None:
    chosen = [one for one in figures.meetings if one.date.year == figures.period.year]
    if not chosen:
        return
    paragraph(document, "Hội nghị trong kỳ", bold=True, before=12, after=6)
    head = ("Mã", "Ngày", "Nội dung", "Hình thức", "Phạm vi")
    rows = [
        (str(one.id), f"{one.date:%d/%m/%Y}", one.subject, FORMS[one.form], SCOPES[one.scope])
        for one in chosen[:_LISTED]
    ]
    add_grid(document, (14, 25, 65, 33, 23), (head, *rows))
    _cut(document, len(chosen))


def _cut(document: Any, total: int) -> None:
    if total > _LISTED:
        text = f"Còn {dotted(total - _LISTED)} dòng nữa, xem bảng Excel: doclint register stats --format xlsx"
        paragraph(document, text, size=12, italic=True, before=4)


def _titles(issuer: str) -> Sequence[str]:
    """Return who signs: a committee by its chairman, an agency by its head."""
    if issuer.casefold().startswith("ủy ban nhân dân"):
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return ("THỦ TRƯỞNG CƠ QUAN",)


def _usual_issuer(figures: Figures) -> str:
    counted = Counter(entry.issuer for entry in figures.entries if entry.issuer)
    return _cased(counted.most_common(1)[0][0]) if counted else ""


def _cased(name: str) -> str:
    """Return a name in capitals as a sentence has it: «Ủy ban nhân dân xã Vĩnh Trầm»."""
    if not name.isupper():
        return name
    words = name.lower()
    for kind in _KINDS:
        before, found, place = words.partition(f" {kind} ")
        if found:
            return f"{before[0].upper()}{before[1:]} {kind} {place.title()}"
    return words[0].upper() + words[1:]


def _place(issuer: str) -> str:
    """Return the place name of an issuer that carries one, else a blank."""
    for kind in _KINDS:
        _, found, place = issuer.partition(f" {kind} ")
        if found:
            return place
    return BLANK


def _wrapped(name: str) -> Sequence[str]:
    """Return the name of the issuer on two lines where it carries a place: «… / XÃ VĨNH TRẦM»."""
    for kind in _KINDS:
        before, found, place = name.partition(f" {kind.upper()} ")
        if found:
            return (before, f"{kind.upper()} {place}")
    return (name,)


_KINDS: Sequence[str] = ("xã", "phường", "đặc khu", "tỉnh", "thành phố")
_HALF = 6
_LISTED = 200
"""Rows that a person may want to leaf through on paper."""
