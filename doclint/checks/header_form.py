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
    span = nation_line(document, header)
    if span is None or len(span) > 80:
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
    piece = motto_line(document, header)
    match = _MOTTO.search(document.folded, piece.start, piece.end) if piece is not None else None
    if match is None:
        return
    span = Span(match.start(), match.end())
    # Word turns a hyphen between blanks into an en dash by itself: that is let pass.
    words = re.sub("[–—‐‑−]", "-", " ".join(document.at(span).split()))
    if document.format == "pdf":
        words = re.sub(r" ?- ?", " - ", words)
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
    if header.issuer is None:
        return
    symbol = header.number.symbol if header.number is not None else ""
    for line in header.issuer.spans:
        for match in re.finditer(r"\w+", document.at(line)):
            # The symbol tells that this body, and not one under it, issues the document.
            if match[0] in short and re.search(rf"(?<!\w){match[0]}(?!\w)", symbol):
                span = Span(line.start + match.start(), line.start + match.end())
                yield span, "tên cơ quan ban hành phải viết đầy đủ, chỉ tên cơ quan chủ quản mới được viết tắt"
    if header.superior is None and not small and complete and _UNDER_ANOTHER.match(header.issuer.name):
        yield header.issuer.spans[0], "thiếu tên cơ quan chủ quản trực tiếp ở dòng trên"


def nation_line(document: Document, header: Header) -> Span | None:
    """Return where the national name is printed, however it is written; None where it is not."""
    return header.nation or _piece(document, _NATION)


def motto_line(document: Document, header: Header) -> Span | None:
    """Return where the motto is printed, however it is written; None where it is not."""
    return header.motto or _piece(document, _MOTTO)


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


def _piece(document: Document, pattern: re.Pattern[str]) -> Span | None:
    """Return the piece of the head whose folded text ``pattern`` matches."""
    pieces = split_zones(document).header
    return next((p for p in pieces if pattern.fullmatch(document.folded[p.start : p.end].strip())), None)


_NATION_NAMES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_NATION = re.compile(spaced(r"(?:nuoc )?(?:cong hoa x|chxhcn|ch xhcn)[\w\s.]{0,40}viet nam"))
_MOTTO_WORDS = "Độc lập - Tự do - Hạnh phúc"
_MOTTO = re.compile(r"doc\s+lap\W+tu\s+do\W+hanh\s+phuc")
_BODY = re.compile(
    spaced(
        r"(?:[ỦU]y ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Sở [A-ZĐ]|Phòng [A-ZĐ]|Văn phòng |"
        r"Trường [A-ZĐ]|Trung tâm [A-ZĐ]|Ban Quản lý |Chi cục )[^:;.\d]*$"
    )
)
_UNIT = re.compile(r"(?:[Tt]ỉnh|[Tt]hành\s+phố|[Xx]ã|[Pp]hường|[Đđ]ặc\s+khu)(?:\s+[^\W\d_]+){1,4}")
# A division belongs to some other body; the chamber of commerce does not.
_UNDER_ANOTHER = re.compile(r"PHÒNG (?!THƯƠNG MẠI)")
