"""Who signs: the abbreviated authority and title, and the name under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.parts import Anatomy, Signature
from doclint.anatomy.signature import HONOURS
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``authority`` for prefixes and titles, ``signer`` for the name."""

    report: Literal["authority", "signer"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report lines of the signature that are not written as the law wants."""
    anatomy = context.anatomy
    if recognised(document):
        return
    reports = (_signer,) if options.report == "signer" else (_prefixes, _titles)
    for span, problem in (found for report in reports for found in report(document, anatomy)):
        yield Match(span, {"words": " ".join(document.at(span).split()), "problem": problem})


def _prefixes(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    """Yield each prefix at the foot of the document that is not written as the law writes it."""
    tail = [part.start for part in (anatomy.recipients and anatomy.recipients.heading, _authority(anatomy)) if part]
    if not tail:
        return
    stop = anatomy.annexed[0].start if anatomy.annexed else len(document.text)
    for match in _PREFIX.finditer(document.text, min(tail), max(stop, min(tail))):
        letters = re.sub(r"\W", "", match["prefix"])
        title = match["title"]
        if match["prefix"] + match["dot"] == f"{letters}." or not title.isupper() or _PARTY_BODY.match(title):
            continue
        yield Span(match.start("prefix"), match.end("title")), f"chữ viết tắt phải là «{letters}.»"


def _titles(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    signature = anatomy.signature
    if signature is None:
        return
    lines = [(span, *_split(document.at(span))) for span in signature.lines]
    first = next(iter(lines), None)
    if first is not None and first[1] in ("", "KT") and first[2] == "CHỦ TỊCH" and _is_collective(document, anatomy):
        yield first[0], "Ủy ban nhân dân trình Hội đồng nhân dân với tư cách tập thể, thiếu dòng «TM. ỦY BAN NHÂN DÂN»"
    for number, (span, prefix, title) in enumerate(lines):
        before = [earlier for _, earlier, _ in lines[:number] if earlier]
        follows = lines[number + 1] if number + 1 < len(lines) else None
        if prefix == "TM" and _HEAD.match(title):
            yield span, "chữ «TM.» đứng trước tên tập thể lãnh đạo hoặc tên cơ quan, không đứng trước chức vụ"
        elif prefix == "KT" and _COLLECTIVE.match(title):
            yield span, "chữ «KT.» đứng trước chức vụ của người đứng đầu, không đứng trước tên cơ quan"
        elif prefix == "KT" and follows is not None and not follows[1] and follows[2] == title:
            yield follows[0], "sau dòng «KT.» phải là chức vụ của cấp phó, người trực tiếp ký"
        elif prefix == "KT" and not any(_DEPUTY.match(later) for _, _, later in lines[number + 1 :]):
            yield span, "sau dòng «KT.» phải là chức vụ của cấp phó, người trực tiếp ký"
        elif not prefix and title.startswith("PHÓ ") and "KT" not in before and "TUQ" not in before:
            if _needs_deputising(lines, anatomy):
                yield span, "cấp phó ký thay thì trên dòng này phải có dòng «KT.» và chức vụ của người đứng đầu"
            return


def _is_collective(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether a people's committee proposes to its council, which by law it does as a body."""
    issuer = anatomy.header.issuer
    return (
        anatomy.type == "TTr"
        and issuer is not None
        and re.match(r"uy ban nhan dan\b|ubnd\b", fold(issuer.name)) is not None
        and re.search(r"\buy\s+ban\s+nhan\s+dan[^.;:]{0,60}?\btrinh\s+hoi\s+dong", document.folded) is not None
    )


def _needs_deputising(lines: list[tuple[Span, str, str]], anatomy: Anatomy) -> bool:
    """Tell whether a deputy can sign only in place of the head: councils and associations have their own ways."""
    if anatomy.type in _SEVERAL_SIGN:
        return False
    prefix, title = next(((prefix, title) for _, prefix, title in lines if prefix), ("", ""))
    if prefix == "TM":
        return re.match(r"(?:[ỦU]Y|UỶ) BAN NHÂN DÂN|UBND", title) is not None
    issuer = anatomy.header.issuer
    return prefix in ("", "TL") and issuer is not None and _ASSOCIATION.search(issuer.name) is None


def _signer(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    signature, issuer = anatomy.signature, anatomy.header.issuer
    if signature is None:
        return
    if signature.name is None:
        last = name_in_capitals(document, signature)
        if last is not None:
            yield last, "họ tên người ký viết bằng chữ in thường, chỉ viết hoa chữ cái đầu"
        return
    degree = _DEGREE.match(document.at(signature.name))
    names = " ".join(name.name for name in (anatomy.header.superior, issuer) if name is not None)
    if degree is not None and issuer is not None and not _LEARNED.search(fold(names)):
        yield signature.name, f"trước họ tên không ghi học hàm, học vị, danh hiệu («{degree[0].strip(' ,')}»)"


def name_in_capitals(document: Document, signature: Signature) -> Span | None:
    """Return the last line of the signature if it is the name of a person."""
    if len(signature.lines) < 2:
        return None
    last = signature.lines[-1]
    words = document.at(last).split()
    if 2 <= len(words) <= 5 and _SURNAME.fullmatch(words[0]) and not _HEAD.match(document.at(last)):
        return last
    return None


def _authority(anatomy: Anatomy) -> Span | None:
    return anatomy.signature.authority if anatomy.signature is not None else None


def _split(line: str) -> tuple[str, str]:
    """Return the letters of the prefix of a line, empty where it has none, and the title."""
    match = re.match(r"(T/?M|K/?T|T/?L|T/?UQ|Q)(?:\s?[./,:]\s*|\s+)", line)
    title = " ".join(line[match.end() if match is not None else 0 :].split())
    return (match[1].replace("/", "") if match is not None else "", title)


_PREFIX = re.compile(
    r"(?:^|\t|[ \u00a0]{3,})[ \u00a0]*(?P<prefix>T/M|K/T|T/L|T/UQ|T\.M|K\.T|T\.L|T\.UQ|T\.U\.Q|TM|KT|TL|TUQ)"
    r"(?P<dot>[.,:]?)[ \u00a0]+(?P<title>[^\W\d_]{2,}(?: [^\W\d_]+)+)",
    re.MULTILINE,
)
# The standing bodies of associations sign as those of the Party do.
_PARTY_BODY = re.compile(r"BAN (?:THƯỜNG VỤ|CHẤP HÀNH)|ĐẢNG|CHI BỘ|(?:TỈNH|THÀNH) [ỦU]")
_HEAD = re.compile(
    r"(?:PHÓ )?(?:CHỦ TỊCH(?! ĐOÀN)|(?:TỔNG )?GIÁM ĐỐC|CHÁNH |HIỆU TRƯỞNG|BỘ TRƯỞNG|(?:CHI )?CỤC TRƯỞNG|VIỆN TRƯỞNG|"
    r"TRƯỞNG (?:PHÒNG|BAN|CÔNG AN|TRẠM|THUẾ))"
)
_DEPUTY = re.compile(r"PHÓ |THỨ |(?:Ủ|U)Y VIÊN|UỶ VIÊN")
_COLLECTIVE = re.compile(r"(?:ỦY|UỶ) BAN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|THƯỜNG TRỰC")
_SEVERAL_SIGN = ("BB", "HĐ", "BGN", "BTT", "NQLT", "CTr")
_ASSOCIATION = re.compile(
    r"MTTQ|MẶT TRẬN|(?<!\w)HỘI (?!ĐỒNG NHÂN DÂN)|LIÊN ĐOÀN|CÔNG ĐOÀN|(?<!\w)ĐOÀN |LIÊN HIỆP|CÔNG TY"
)
_DEGREE = re.compile(rf"(?:{HONOURS}(?:[.,]\s*|\s+))+")
# Health, education, science and the armed forces keep titles before the name.
_LEARNED = re.compile(
    r"(?<!moi )\btruong\b|benh vien|\by te\b|giao duc|dai hoc|cao dang|hoc vien|\bvien\b|khoa hoc|quan su|cong an|"
    r"bo chi huy|bo tu lenh|quoc phong|kiem soat benh tat|bao hiem"
)
_SURNAME = re.compile(
    r"NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐÀO|ĐINH|ĐOÀN|TRỊNH|TRƯƠNG|LÂM|MAI|HÀ|TÔ|"
    r"CAO|NÔNG|LƯƠNG|LÒ|CHU|TẠ|PHÙNG|VI|QUÁCH|TRIỆU|LƯỜNG|SẦM|THÁI|KIỀU|MA|HỨA|BẾ|GIÀNG"
)
