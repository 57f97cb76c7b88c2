"""Cut a document into its zones: header, legal bases, body, closing, recipients, signature, appendices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from doclint.anatomy.recipients import KEPT
from doclint.anatomy.signature import NAME, PREFIX, SIGNED, SIGNING, signature_start
from doclint.anatomy.types import COPIES, type_of_title
from doclint.document import Block, Document, Span
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Zones:
    """The paragraphs of each zone, in order. ``closing`` is the paragraph «Trên đây là…» when there is one."""

    header: tuple[Span, ...]
    addressees: tuple[Span, ...]
    bases: tuple[Span, ...]
    body: tuple[Span, ...]
    closing: Span | None
    recipients: tuple[Span, ...]
    signature: tuple[Span, ...]
    appendices: tuple[Span, ...]


def split_zones(document: Document) -> Zones:
    """Assign every paragraph of ``document`` to a zone. Order decides, then wording; layout is not needed."""
    lines = [line for block in document.blocks if block.part == "body" for line in _lines(document, block)]
    texts = [document.at(line) for line in lines]
    tail = _tail_start(texts)
    appendix = next((n for n in range(tail, len(lines)) if _begins_appendix(texts, tail, n)), len(lines))
    body = _body_start(texts[:tail])
    middle = range(body, tail)
    addressees = _addressees(texts, body, tail)
    bases = tuple(lines[n] for n in middle if _is_basis(texts[n]) and not _in_outline(texts, body, n))
    closing = next((lines[n] for n in reversed(middle) if _CLOSING.match(texts[n])), None)
    inner = tuple(lines[n] for n in middle if n not in addressees and lines[n] not in bases and lines[n] != closing)
    recipients, signature = _tail(texts, lines, tail, appendix)
    header = lines[:body]
    copy = _copy_block(texts, tail)
    if copy is not None:
        # A certified copy speaks by the block under the original: who copied it, number, date, recipients, signature.
        start, stop = copy
        header = [*lines[start:stop], *(line for line in header if _STATE.match(document.at(line)))]
        recipients, signature = _tail(texts, lines, stop, len(lines))
    return Zones(
        tuple(header),
        tuple(lines[n] for n in sorted(addressees)),
        bases,
        inner,
        closing,
        recipients,
        signature,
        tuple(lines[appendix:]),
    )


def _lines(document: Document, block: Block) -> list[Span]:
    """Cut a short block where columns meet (tabs, wide blanks) and, in a Word file, at its line breaks."""
    text = document.at(block.span)
    gaps = _LINE_GAP if document.format == "docx" else _COLUMN_GAP
    # A basis that ends in no sign takes in the sentence after it, as lines broken by the width of the paper do.
    opening = _OPENING_SENTENCE.search(text) if _BASIS.match(text) else None
    if opening is not None:
        return [
            Span(block.span.start, block.span.start + opening.start()),
            Span(block.span.start + opening.end(), block.span.end),
        ]
    # Most lines have none of these, which is told sooner than by the pattern.
    may = len(text) <= 400 and any(gap in text for gap in ("\t", "\n", "\u00a0", "   "))
    if not may or not gaps.search(text):
        return [block.span]
    spans, start = [], 0
    for gap in gaps.finditer(text):
        before, after = text[start : gap.start()], text[gap.end() :]
        # «1.   Mục đích» is a number and its heading; «Số:      /KH-UBND», «ngày     tháng» wait for a number or day.
        if _MARKER.fullmatch(before) or (_BLANK_BEFORE.search(before) and _BLANK_AFTER.match(after)):
            continue
        spans.append(Span(block.span.start + start, block.span.start + gap.start()))
        start = gap.end()
    spans.append(Span(block.span.start + start, block.span.end))
    return [span for span in spans if span]


def _tail_start(texts: Sequence[str]) -> int:
    """Return where recipients and signature begin: after the last line of the main text, before any appendix."""
    for number, text in enumerate(texts):
        # The heading of a column may be called so too, but no list follows it.
        if _RECIPIENTS.match(text) and (
            ":" in text or any(_ITEM.match(below) for below in texts[number + 1 : number + 4])
        ):
            return signature_start(texts, number)
    for number, text in enumerate(texts):
        if number > 3 and PREFIX.match(text) and text.isupper():
            return number
    for number in range(len(texts) - 1, max(0, len(texts) - 6), -1):
        if SIGNING.match(texts[number]) and texts[number].isupper():
            return number
    return signature_start(texts, len(texts))


def _body_start(texts: Sequence[str]) -> int:
    """Return where the text proper begins: the first basis, addressee, numbered heading or sentence after the head."""
    title = None
    for number, text in enumerate(texts):
        if _BASIS.match(text) or _ADDRESSEE.match(text) or _NUMBERED.match(text):
            return number
        if title is None and text.isupper() and type_of_title(text):
            title = number
        # What stands right under the type is the subject, however much it reads like a sentence, unless a list follows.
        elif (
            title is not None
            and not text.isupper()
            and (number > title + 1 or (len(text) < 120 and text.rstrip().endswith("sau:")))
            and (_OPENING.match(text) or _SENTENCE.search(text))
        ) or (title is None and len(text) > 80 and _SENTENCE.search(text)):
            return number
    return len(texts)


def _copy_block(texts: Sequence[str], tail: int) -> tuple[int, int] | None:
    """Return where the block of a certified copy (SAO Y, SAO LỤC, TRÍCH SAO) begins, and where its recipients do."""
    titles = (n for n in range(tail, len(texts)) if texts[n].isupper() and type_of_title(texts[n]) in COPIES.values())
    title = next(titles, None)
    if title is None:
        return None
    start = title
    while (
        start > tail
        and not SIGNING.match(texts[start - 1])
        and (texts[start - 1].isupper() or _NUMBER.match(texts[start - 1]) or _DATELINE.match(texts[start - 1]))
    ):
        start -= 1
    stop = next(
        (n for n in range(title, len(texts)) if _RECIPIENTS.match(texts[n]) or SIGNING.match(texts[n])), len(texts)
    )
    return start, stop


def _is_basis(text: str) -> bool:
    """Tell a legal basis from a sentence that begins like one: «Căn cứ Thông tư…, Sở Nội vụ hướng dẫn như sau:»."""
    if _BASIS.match(text) is None:
        return False
    end = text.rstrip()[-1:]
    return end == ";" or (end != ":" and _MAIN_CLAUSE.search(text) is None)


def _begins_appendix(texts: Sequence[str], tail: int, number: int) -> bool:
    """An appendix says so; a regulation or plan issued by a decision follows its signature under its own type."""
    text = texts[number]
    annexed = number > tail + 2 and text.isupper() and type_of_title(text) not in ("", *COPIES.values())
    return _APPENDIX.match(text) is not None or annexed


def _addressees(texts: Sequence[str], body: int, tail: int) -> set[int]:
    for number in range(body, min(tail, body + 8)):
        if _ADDRESSEE.match(texts[number]):
            found = {number}
            follows = number + 1
            while follows < tail and re.match(r"[-+•–]\s", texts[follows]):
                found.add(follows)
                follows += 1
            return found
    return set()


def _in_outline(texts: Sequence[str], body: int, number: int) -> bool:
    """Tell whether a numbered unit stands before ``number``: then «Căn cứ…» is a sentence, not a legal basis."""
    return any(_NUMBERED.match(text) for text in texts[body:number])


def _tail(
    texts: Sequence[str], lines: Sequence[Span], start: int, stop: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Part the lines of the tail: list items and what goes on with them from capitals and a name, the signature."""
    recipients: list[Span] = []
    signature: list[Span] = []
    listing = signed = False
    for number in range(start, stop):
        text = texts[number]
        if _RECIPIENTS.match(text):
            listing = True
            recipients.append(lines[number])
        # A list of recipients is not written in capitals; what stands so beside it is who signs.
        elif text.isupper() and (SIGNING.match(text) or _TITLE.fullmatch(text)):
            signature.append(lines[number])
            signed = True
        elif SIGNED.match(text):
            continue
        elif re.match(r"[-+•–*]\s*\S|\(|Như\s", text) or KEPT.match(fold(text)):
            (recipients if listing else signature).append(lines[number])
        elif signed and NAME.fullmatch(text):
            signature.append(lines[number])
        elif listing:
            recipients.append(lines[number])
        else:
            signature.append(lines[number])
    return tuple(recipients), tuple(signature)


_COLUMN_GAP = re.compile(r"[ \u00a0]*\t\s*|[ \u00a0]{3,}")
_LINE_GAP = re.compile(r"[ \u00a0]*[\t\n]\s*|[ \u00a0]{3,}")
_OPENING_SENTENCE = re.compile(rf"\s*\n\s*(?=[{UPPER}][^\n,;]{{2,100}}sau\s*:\s*$)")
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d+)*|[a-zđ]|[IVXL]+)[.)]|[-+•*–]")
_BLANK_BEFORE = re.compile(r"(?:^Số\s*:?\s*\d*|ngày|tháng|năm)$", re.IGNORECASE)
_BLANK_AFTER = re.compile(r"[/-]|tháng|năm|$", re.IGNORECASE)
_ITEM = re.compile(r"[-+•–*]\s*\S|Như\s|[Ll]ưu\s*:")
_RECIPIENTS = re.compile(r"N[ơƠ]i\s+nh[ậẬ]n\s*:?\s*$|NƠI NHẬN\s*:?\s*$", re.IGNORECASE)
# A telegram is addressed by «… điện:», or by «CHỦ TỊCH … điện»; «mua máy phát điện» is a subject.
_ADDRESSEE = re.compile(
    rf"Kính\s+gửi|.{{5,90}}\sđiện\s*:\s*$|(?-i:[^{LOWER}]{{5,90}}\s(?:điện|ĐIỆN))\s*$", re.IGNORECASE
)
_BASIS = re.compile(r"(?:-\s+)?(?:Căn\s+cứ|Theo\s+đề\s+nghị|Xét\s+đề\s+nghị|Xét\s+tờ\s+trình)\s", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:Thực\s+hiện|Ngày\s+\d|Thi\s+hành|Triển\s+khai\s+thực\s+hiện|Tiếp\s+theo|Nhằm|Nhân\s+dịp|Trong\s+thời\s+gian)\s.{60}"
    r"|.{0,80}\btrân\s+trọng\s+(?:kính\s+mời|giới\s+thiệu)",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2})\.\s|Điều\s+1\b|Chương\s+I\b|Phần\s+(?:I\b|thứ)")
_CLOSING = re.compile(
    r"Trên\s+đây\s+|Trân\s+trọng|Nhận\s+được\s+(?:văn\s+bản|công\s+văn|kế\s+hoạch)\s+này", re.IGNORECASE
)
_TITLE = re.compile(r"[^\W\d_]+(?:[ ,\u00a0-]+[^\W\d_]+){1,9}")
_APPENDIX = re.compile(r"PHỤ\s+LỤC|Phụ\s+lục(?:\s+(?:số\s+)?(?:[IVX\d]+|[A-Z]))?\s*[.:]?\s*$")
_STATE = re.compile(r"CỘNG\s+H|Độc\s+lập|ĐẢNG\s+CỘNG", re.IGNORECASE)
_NUMBER = re.compile(r"Số\s*:", re.IGNORECASE)
_DATELINE = re.compile(r"[^,;:]{2,40},\s*ngày\b", re.IGNORECASE)
# What follows the comma is who speaks now, not another document, and what he does; or what he asks for.
_MAIN_CLAUSE = re.compile(
    rf",\s+(?:(?!Luật|Bộ\sluật|Pháp\slệnh|Nghị|Thông\stư|Quyết|Kế\shoạch|Chỉ\sthị|Công|Kết\sluận|Chương)[{UPPER}][^,;]{{2,80}}\s"
    r"(?:ban\s+hành|báo\s+cáo|thông\s+báo|trình|xây\s+dựng|tổ\s+chức|hướng\s+dẫn|triển\s+khai|trả\s+lời|có\s+ý\s+kiến|giao|cử"
    r"|đề\s+nghị|yêu\s+cầu)|đề\s+nghị|yêu\s+cầu|kính\s+trình|xin)\s[^;]*$",
    re.DOTALL,
)
_SENTENCE = re.compile(r"^[-+•]\s|.{60}[.;/]\s*$|.{15}:\s*$", re.DOTALL)
