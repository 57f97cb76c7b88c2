"""The head of a document in words and capitals: the national name, the motto, the issuing body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.parts import Header
from doclint.anatomy.zones import split_zones
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: the component that is looked at.

    ``short``: short forms that the name of the issuing body may not be written with.
    """

    report: Literal["nation", "motto", "issuer"]
    short: tuple[str, ...] = ()


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report a component that is not worded as the law wants; one that is missing is the business of another kind."""
    if recognised(document):
        return
    header = context.anatomy.header
    if options.report == "nation":
        found = _nation(document, header)
    elif options.report == "motto":
        found = _motto(document, header)
    else:
        found = _issuer(document, header, options.short, context.complete)
    for span, problem in found:
        yield Match(span, {"words": " ".join(document.at(span).split()), "problem": problem})


def recognised(document: Document) -> bool:
    """Tell whether the text is that of a scan, as OCR read it: its letters and marks prove nothing."""
    return any("nhận dạng" in note for note in document.notes)


def in_capitals(document: Document, span: Span) -> bool:
    """Tell whether ``span`` is printed in capitals, be it typed so or made so by its font."""
    if document.at(span).isupper():
        return True
    runs = [run for run in document.runs if run.span.overlaps(span)]
    return bool(runs) and all(run.font.capitals for run in runs)


def _nation(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    span = header.nation
    # Where the line is broken, the end of the name is on the next one.
    if (
        span is None
        or len(span) > 80
        or re.match(r"\s*việt\s+nam\s*$", document.text[span.end : span.end + 20], re.I | re.M)
    ):
        return
    words = " ".join(document.at(span).split())
    # A PDF may lose blanks; what follows the name on its line is not ours to judge.
    if words.replace(" ", "").startswith(tuple(name.replace(" ", "") for name in _NATION_NAMES)):
        return
    if words.upper().startswith(_NATION_NAMES):
        if not in_capitals(document, span):
            yield span, "phải viết bằng chữ in hoa"
    elif fold(words) == fold(_NATION_NAMES[0]):
        yield span, "sai dấu hoặc sai chữ"
    else:
        yield span, "phải viết đủ các chữ, không viết tắt, không thêm chữ"


def _motto(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    piece = header.motto
    if piece is None:
        return
    match = _MOTTO.search(document.folded, piece.start, piece.end)
    if match is None:
        yield piece, "phải đủ ba vế, đúng thứ tự"
        return
    span = Span(match.start(), match.end())
    # Word turns a hyphen between blanks into an en dash by itself: that is let pass.
    words = re.sub("[–—‐‑−]", "-", " ".join(document.at(span).split()))
    if document.format == "pdf":
        words = re.sub(r" ?- ?", " - ", words)
    if re.match(r"\s*[-–,]\s*\w", document.text[span.end : piece.end]):
        yield piece, "chỉ có ba vế, không thêm chữ"
        return
    if words == _MOTTO_WORDS:
        return
    bare, right = (re.sub(r"\W+", " ", text) for text in (words, _MOTTO_WORDS))
    if bare.lower() != right.lower():
        yield span, "sai dấu hoặc sai chữ"
    elif bare != right:
        yield span, "chỉ viết hoa chữ cái đầu của mỗi cụm từ (Độc, Tự, Hạnh)"
    else:
        yield span, "giữa các cụm từ phải có dấu gạch nối, trước và sau dấu gạch nối có khoảng trắng"


def _issuer(document: Document, header: Header, short: Sequence[str], complete: bool) -> Iterator[tuple[Span, str]]:
    if header.nation is None:
        return
    small = list(small_names(document, header))
    if small:
        yield small[0], "phải viết bằng chữ in hoa"
    issuer = header.issuer
    if issuer is None:
        return
    yield from _shortened(document, header, short)
    if small or not complete:
        return
    if _COUNCIL.fullmatch(fold(issuer.name)):
        yield issuer.spans[-1], "thiếu tên đơn vị hành chính (xã, phường, tỉnh…)"
    if header.superior is None and _UNDER_ANOTHER.match(issuer.name):
        yield issuer.spans[0], "thiếu tên cơ quan chủ quản trực tiếp ở dòng trên"


def _shortened(document: Document, header: Header, short: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Yield the short forms in the name of the issuing body, which only the body above it may be written with."""
    symbol = header.number.symbol if header.number is not None else ""
    for line in header.issuer.spans if header.issuer is not None else ():
        for match in re.finditer(r"[\w&]+", document.at(line)):
            # The first line alone may be the body above: then the symbol tells who issues the document.
            sure = header.superior is not None or re.search(rf"(?<!\w){re.escape(match[0])}", symbol) is not None
            if sure and (match[0] in short or re.search(r"\w&\w", match[0])):
                span = Span(line.start + match.start(), line.start + match.end())
                yield span, "tên cơ quan ban hành phải viết đầy đủ, chỉ tên cơ quan chủ quản mới được viết tắt"


def small_names(document: Document, header: Header) -> Iterator[Span]:
    """Yield lines at the top of the head that name the issuing body, or its place, in small letters."""
    unfinished = header.issuer is not None and header.issuer.name.endswith("NHÂN DÂN")
    limit = min((span.start for span in (header.title, header.subject) if span is not None), default=None)
    for piece in split_zones(document).header[:5]:
        text = document.at(piece)
        if (limit is not None and piece.start >= limit) or len(text) > 70 or in_capitals(document, piece):
            continue
        if _BODY.match(text) if header.issuer is None else unfinished and _UNIT.fullmatch(text):
            yield piece


_NATION_NAMES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MOTTO_WORDS = "Độc lập - Tự do - Hạnh phúc"
_MOTTO = re.compile(r"doc\s+lap\W+tu\s+do\W+hanh\s+phuc")
_BODY = re.compile(
    spaced(
        r"(?:[ỦU]y ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Sở [A-ZĐ]|Phòng [A-ZĐ]|Văn phòng |"
        r"Trường [A-ZĐ]|Trung tâm [A-ZĐ]|Ban Quản lý |Chi cục )[^:;.\d]*$"
    )
)
_UNIT = re.compile(r"(?:[Tt]ỉnh|[Tt]hành\s+phố|[Xx]ã|[Pp]hường|[Đđ]ặc\s+khu)(?:\s+[^\W\d_]+){1,4}")
_COUNCIL = re.compile(r"(?:uy ban|hoi dong) nhan dan")
# A division belongs to some other body; the chamber of commerce does not.
_UNDER_ANOTHER = re.compile(r"PHÒNG (?!THƯƠNG MẠI)|CHI CỤC |TRẠM Y TẾ |ĐỘI ")
