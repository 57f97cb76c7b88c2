"""Tell what a document is from the words of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.describe.bodies import issuing_bodies
from digitize.describe.day import date_field, dateline
from digitize.describe.handwriting import handwriting_field
from digitize.describe.head import Head, find_head
from digitize.describe.kind import by_symbol, type_field
from digitize.describe.language import language_field
from digitize.describe.marks import secrecy_field, urgency_field
from digitize.describe.number import number_field, symbol_field
from digitize.describe.people import people_fields
from digitize.describe.pieces import Piece, pieces
from digitize.describe.places import spelt_as_elsewhere
from digitize.describe.subject import subject_field
from digitize.describe.values import BY_PERSON, UNSAID, Description, Field, ReadPage, absent


def describe(pages: Sequence[ReadPage]) -> Description:
    """Describe a document from its pages in order. What cannot be told is absent or for review; nothing is guessed."""
    read = [pieces(page) for page in pages]
    first = next((number for number, found in enumerate(read) if found), 0)
    found = read[first] if read else []
    width = pages[first].width if pages else 0
    head = find_head(found, width)
    whole = [piece for page in read for piece in page]
    type_code = head.title.code if head.title is not None else ""
    symbol = symbol_field(head.numbering, type_code)
    signer, signer_title, recipients = people_fields(whole)
    issuer, superior = (spelt_as_elsewhere(body, pages) for body in issuing_bodies(head.column))
    described = Description(
        type=type_field(head.title, by_symbol(symbol.value), symbol.value, head.about, head.addressed),
        number=number_field(head.numbering),
        symbol=symbol,
        date=_date(head, whole),
        issuer=issuer,
        superior=superior,
        subject=subject_field(head, found, width),
        signer=signer,
        signer_title=signer_title,
        recipients=recipients,
        secrecy=secrecy_field(pages),
        urgency=urgency_field(head),
        language=language_field(whole),
        pages=Field(str(len(pages)), "sure", 1.0, "số trang của tệp"),
        sheets=_sheets(len(pages)),
        handwriting=handwriting_field(pages, head),
        **{name: absent(UNSAID) for name in BY_PERSON},
    )
    if head.nation is not None or head.numbering is not None:
        described = _with_gaps_for_review(described)
    return _with_sources(described, pages)


def _with_sources(described: Description, pages: Sequence[ReadPage]) -> Description:
    """Return the description with what was read at every place."""
    placed = {name: field for name, field in described.items() if field.place is not None}
    return replace(described, **{name: replace(field, source=_read_at(field, pages)) for name, field in placed.items()})


def _read_at(field: Field, pages: Sequence[ReadPage]) -> str:
    assert field.place is not None
    left, top, right, bottom = field.place.box
    words = next(page.words for page in pages if page.number == field.place.page)
    return " ".join(
        word.text for word in words if left <= word.x0 and word.x1 <= right and top <= word.y0 and word.y1 <= bottom
    )


def _with_gaps_for_review(described: Description) -> Description:
    """Return the description of what looks like an administrative document: what each has is sought by a person."""
    gaps = {name: field for name, field in described.items() if name in _EXPECTED and field.status == "absent"}
    return replace(described, **{name: replace(field, status="review", confidence=0.0) for name, field in gaps.items()})


def _date(head: Head, whole: Sequence[Piece]) -> Field:
    by_hand = head.numbering is not None and head.numbering.by_hand
    if head.dateline is not None:
        return date_field(head.dateline, by_hand=by_hand, how="dòng địa danh, ngày tháng")
    for piece in whole:
        day = dateline(piece) if _is_adoption(piece) else None
        if day is not None:
            return date_field(day, by_hand=True, how="câu có ngày")
    return absent("không thấy dòng ngày tháng ở đầu văn bản", confidence=0.6)


def _is_adoption(piece: Piece) -> bool:
    """Tell the sentence of the minutes, or under a law, that names its day."""
    return piece.text.startswith("Hôm nay") or "thông qua ngày" in piece.text


def _sheets(pages: int) -> Field:
    if pages == 1:
        return Field("1", "sure", 1.0, "văn bản một trang")
    return absent(f"không biết tờ in một hay hai mặt: từ {(pages + 1) // 2} đến {pages} tờ", confidence=0.0)


_EXPECTED = ("type", "number", "symbol", "date", "issuer", "subject")
