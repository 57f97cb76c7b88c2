"""The head of a document: each printed piece is known by its wording, so the order of the two columns is no matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.bodies import level_of
from doclint.anatomy.marks import find_marks, mark_kind
from doclint.anatomy.parts import Header, Number, PrintedName
from doclint.anatomy.types import TYPE_NAMES, type_of_title
from doclint.document import Document, Span
from doclint.vietnamese.dates import dates
from doclint.vietnamese.normalise import fold


def parse_header(document: Document, pieces: Sequence[Span]) -> Header:
    """Classify the ``pieces`` of the head: lines, already cut at the gap between the columns."""
    nation = motto = place_date = title = None
    number: Number | None = None
    bodies: list[Span] = []
    subject: list[Span] = []
    code = ""
    for piece in _parted(document, pieces):
        text = document.at(piece)
        folded = " ".join(fold(text).split())
        if nation is None and _is_nation(folded):
            nation = piece
        elif motto is None and _is_motto(folded):
            motto = piece
        elif number is None and (found := parse_number(document, piece)) is not None:
            number = found
        elif place_date is None and _PLACE_DATE.match(folded):
            place_date = piece
        elif title is None and text.isupper() and type_of_title(text):
            title, code = piece, type_of_title(text)
        elif _V_V.match(folded):
            subject = [piece]
            code = code or "CV"
        elif (subject or title is not None) and (not text.isupper() or _goes_on_in_capitals(document, subject)):
            subject.append(piece)
        elif title is None and text.isupper() and mark_kind(text) is None and not _REST_OF_NATION.match(folded):
            bodies.append(piece)
    if nation is not None and not code and number is not None and _is_letter(number):
        code = "CV"
    names = _whole_names(document, bodies)
    issuer = _printed(document, [line for name in names[1:] or names for line in name])
    day = next(dates(document.at(place_date)), None) if place_date is not None else None
    return Header(
        nation=nation,
        motto=motto,
        superior=_printed(document, names[0]) if len(names) > 1 else None,
        issuer=issuer,
        number=number,
        place_date=place_date,
        place=_place(document, place_date),
        date=day.day if day is not None else None,
        type=code,
        title=title,
        subject=_joined(subject),
        party=nation is not None and fold(document.at(nation)).startswith("dang"),
        marks=find_marks(document, tuple(pieces)),
        level=level_of(issuer.name) if issuer is not None else "",
    )


def parse_number(document: Document, piece: Span) -> Number | None:
    """Return the number of the line ``Số: 12/KH-UBND``, digits empty where it is still blank; None for another line."""
    match = _NUMBER.match(document.at(piece))
    if match is None:
        return None
    span = Span(piece.start + match.start("number"), piece.start + match.end("number"))
    return Number(span if span else piece, match["digits"] or "", (match["symbol"] or "").strip())


def _parted(document: Document, pieces: Sequence[Span]) -> Iterator[Span]:
    """Yield the pieces, a number and the subject of a letter that were typed on one line as two."""
    for piece in pieces:
        match = _NUMBER_AND_SUBJECT.match(document.at(piece))
        if match is None:
            yield piece
        else:
            yield Span(piece.start, piece.start + match.end("number"))
            yield Span(piece.start + match.start("subject"), piece.end)


def _is_nation(folded: str) -> bool:
    """Tell whether a line is the national name or that of the Party, be it shortened or spelt wrongly."""
    letters = re.sub(r"\W", "", folded)
    return letters.startswith(("conghoaxahoichunghia", "dangcongsanvietnam")) or _NATION.fullmatch(letters) is not None


def _is_motto(folded: str) -> bool:
    """Tell whether a line is the motto, also where a third of it is missing or its parts have changed places."""
    return _MOTTO.match(folded) is not None or (
        len(folded) <= 45 and sum(part in folded for part in ("doc lap", "tu do", "hanh phuc")) >= 2
    )


def _goes_on_in_capitals(document: Document, subject: Sequence[Span]) -> bool:
    """Tell whether a subject that began with «V/v» in capitals goes on with more of them."""
    return bool(subject) and _V_V.sub("", document.at(subject[0])).isupper()


def _is_letter(number: Number) -> bool:
    """A letter (công văn) has no type in its symbol: ``12/UBND-VX``."""
    return re.split("[-/]", number.symbol)[0] not in TYPE_NAMES.values()


def _place(document: Document, place_date: Span | None) -> Span | None:
    if place_date is None:
        return None
    comma = document.at(place_date).find(",")
    return Span(place_date.start, place_date.start + comma) if comma > 0 else None


def _whole_names(document: Document, lines: Sequence[Span]) -> list[list[Span]]:
    """Gather the lines of a name: «ỦY BAN NHÂN DÂN» over «TỈNH …» is one body."""
    names: list[list[Span]] = []
    for line in lines:
        if names and _NAME_GOES_ON.match(document.at(line)):
            names[-1].append(line)
        else:
            names.append([line])
    return names


def _printed(document: Document, lines: Sequence[Span]) -> PrintedName | None:
    return PrintedName(tuple(lines), " ".join(" ".join(map(document.at, lines)).split())) if lines else None


def _joined(pieces: Sequence[Span]) -> Span | None:
    return Span(pieces[0].start, pieces[-1].end) if pieces else None


_MOTTO = re.compile(r"doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc")
_PLACE_DATE = re.compile(r"[^,;:]{2,60},\s*ngay\b.{0,20}(?:\bthang\b|[/.-] ?\d)")
_NATION = re.compile(r"(?:nuoc)?(?:conghoax|chxhcn)\w{0,30}(?:vietnam|vn)")
_REST_OF_NATION = re.compile(r"viet nam$")
_V_V = re.compile(r"v/v\s*:?\s", re.IGNORECASE)
_NUMBER_AND_SUBJECT = re.compile(
    r"(?P<number>Số\s*:?[^\n]{2,40}?)[\s,.;]+(?P<subject>V/v\s*:?\s.*)", re.IGNORECASE | re.DOTALL
)
# A blank number is left as blanks or dots; the first stroke after it belongs to neither digits nor symbol.
_NUMBER = re.compile(
    r"(?:(?:Nghị\s+quyết|Luật|Bộ\s+luật|Pháp\s+lệnh|Lệnh)\s+)?"
    r"Số\s*(?:[:.]|(?=[\d/…]))\s*(?P<number>(?P<digits>\d+(?:\.\d+(?=/))?[a-zđ]?)?[\s.…_]*[/-]?\s*(?P<symbol>[^\s].{0,40})?)$",
    re.IGNORECASE,
)
_NAME_GOES_ON = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|VÀ|QUỐC HỘI)(?:\s|$)")
