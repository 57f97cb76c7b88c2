"""Who gets the document: Kính gửi and Nơi nhận."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.anatomy.bodies import group_of
from doclint.anatomy.parts import FileCopy, Recipient, Recipients
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold


def parse_recipients(document: Document, lines: Sequence[Span]) -> Recipients | None:
    """Read the list of recipients, the heading first; a line without a dash goes on with the one before."""
    if not lines:
        return None
    items: list[Span] = []
    for line in lines[1:]:
        text = document.at(line)
        if items and (_PURPOSE_LINE.match(text) or not _DASH.match(text)):
            items[-1] = Span(items[-1].start, line.end)
        else:
            items.append(line)
    recipients = tuple(_recipient(document, item) for item in items if _says_something(document, item))
    kept = next((recipient for recipient in recipients if recipient.archive), None)
    return Recipients(lines[0], recipients, _file_copy(document, kept) if kept is not None else None)


def parse_addressees(document: Document, lines: Sequence[Span]) -> tuple[Recipient, ...]:
    """Read the addressees of a letter: the rest of the line «Kính gửi:» and the dashes under it."""
    items = []
    for line in lines:
        # «Chủ tịch UBND tỉnh điện:», but «- Công ty Thủy điện Nậm Lúc» is one of those it goes to.
        lead = re.match(r"Kính\s+gửi\s*:?\s*|[^\W\d_].{4,90}?\sđiện(?:\s*:\s*|\s*$)", document.at(line), re.IGNORECASE)
        start = line.start + (lead.end() if lead is not None else 0)
        if _says_something(document, Span(start, line.end)):
            items.append(_recipient(document, Span(start, line.end)))
    return tuple(items)


def _file_copy(document: Document, line: Recipient) -> FileCopy:
    text = document.at(line.span)
    match = _LUU.match(text)
    inner = match["drafter"] or "" if match is not None else ""
    listed = match["units"] if match is not None else ""
    copies = _COPIES.search(inner) or _COPIES.search(listed)
    units = tuple(unit for part in listed.split(",") if (unit := part.strip(" .;")) and not _COPIES.fullmatch(unit))
    drafter = _COPIES.sub("", inner).strip(" .,;-")
    return FileCopy(line.span, units, drafter, int(copies[1]) if copies is not None else None)


def _says_something(document: Document, line: Span) -> bool:
    return any(char.isalnum() for char in document.at(line))


def _recipient(document: Document, line: Span) -> Recipient:
    text = document.at(line)
    lead = _DASH.match(text)
    start = lead.end() if lead is not None else 0
    end = len(text.rstrip(" ;.,*"))
    name = text[start:end]
    purpose = _PURPOSE.search(name)
    plain = name[: purpose.start()].strip(" ;,\n-") if purpose is not None else name.strip()
    return Recipient(
        span=Span(line.start + start, line.start + end),
        name=plain,
        purpose=purpose[1].strip() if purpose is not None else "",
        group=group_of(plain),
        archive=KEPT.match(fold(plain)) is not None,
    )


KEPT = re.compile(r"luu\s*(?::|vt\b|ho so|$)")
"""What begins the line of the copies that are kept, folded; «Lưu trữ lịch sử tỉnh» is a recipient."""
_LUU = re.compile(r"[Ll]ưu\s*:?\s*(?P<units>[^(]*)(?:\((?P<drafter>[^)]*)\)?)?")
# «(300)», «05b», «3 bản»: how many copies were made.
_COPIES = re.compile(r"(?<![^\W_])(\d{1,4})\s*(?:b|bản)?$")
_DASH = re.compile(r"[-+•–—*]\s*")
_PURPOSE = re.compile(r"\(([^()]*)\)?\s*$")
_PURPOSE_LINE = re.compile(r"[-+•–—*]?\s*\(")
