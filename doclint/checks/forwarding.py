"""Notes that only pass a document on: nobody is told to do anything that the document itself does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.deadlines import find_deadline
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import cited_words
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.syllables import tokens

PLACEHOLDERS = frozenset({"forwarded"})


@dataclass(frozen=True, slots=True)
class Options:
    """``max_own_syllables``: how long a sentence without stock wording may be before it counts as own content."""

    max_own_syllables: int = 14


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the sentence that forwards, when every other sentence of the body is stock wording."""
    anatomy = context.anatomy
    heads = [node.head for node in anatomy.body.nodes]
    sentences = [sentence for head in heads for sentence in _sentences(document, head)]
    forwarding = [sentence for sentence in sentences if _forwards(document.at(sentence))]
    rest = [sentence for sentence in sentences if sentence not in forwarding]
    cited_spans = cited_words(anatomy)
    if any(_has_content(document, sentence, cited_spans, options) for sentence in rest):
        return
    if not forwarding:
        # Some never say «gửi»: they received it, and tell others to carry it out.
        cited = any(citation.number for citation in anatomy.citations)
        forwarding = [sentence for sentence in rest if cited and _passes_on(document.at(sentence))][-1:]
    if not forwarding:
        return
    if any(_has_task(document.at(sentence)) for sentence in forwarding):
        return
    yield Match(forwarding[0], {"forwarded": _forwarded(context, sentences)})


def _forwarded(context: Context, sentences: list[Span]) -> str:
    """Return the document that is passed on as the text names it, from whichever sentence names one."""
    for citation in context.anatomy.citations:
        if citation.number and any(citation.number_span in sentence for sentence in sentences):
            return f"{citation.word} số {citation.number}"
    return "văn bản khác"


def _sentences(document: Document, paragraph: Span) -> Iterator[Span]:
    text = document.at(paragraph)
    start = 0
    for end in (*(match.end() for match in re.finditer(rf"[.;](?=\s+[{UPPER}-])", text)), len(text)):
        piece = text[start:end]
        stripped = piece.strip()
        stripped = stripped.removesuffix("./.").rstrip(" .;")
        if stripped:
            begin = paragraph.start + start + piece.index(stripped)
            yield Span(begin, begin + len(stripped))
        start = end


def _forwards(sentence: str) -> bool:
    folded = " ".join(fold(sentence).split())
    return _FORWARD.search(folded) is not None and _STOCK_END.search(folded) is not None


def _passes_on(sentence: str) -> bool:
    folded = " ".join(fold(sentence).split())
    return _TOLD.search(folded) is not None and _STOCK_END.search(folded) is not None


def _has_content(document: Document, sentence: Span, cited: Sequence[Span], options: Options) -> bool:
    """Tell whether a sentence says more than stock wording; the names of the documents it cites say nothing."""
    text = document.at(sentence)
    folded = " ".join(fold(text).split())
    if _has_task(text):
        return True
    if any(pattern.search(folded) for pattern in _stock()):
        return False
    words = [token for token in tokens(text) if token.text[0].isalnum()]
    own = [word for word in words if not any(span.start <= sentence.start + word.start < span.end for span in cited)]
    return len(own) > options.max_own_syllables


def _has_task(sentence: str) -> bool:
    """A date or period to keep, a lead body, or a report asked for makes a sentence more than stock."""
    if find_deadline(_CITED_DATE.sub("", sentence)).kind in ("date", "period", "recurring"):
        return True
    return _OWN_WORK.search(" ".join(fold(sentence).split())) is not None


# The dates of the document that is passed on are not deadlines.
_CITED_DATE = re.compile(
    r"\d[\w/&-]*/[\w&-]+\s+ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
_PAPER = r"(?:(?:noi dung )?(?:cong van|chi thi|ke hoach|quyet dinh|van ban|ket luan|thong bao|huong dan|thong tu))"
_FORWARD = re.compile(
    r"\b(?:sao gui|sao luc|sao y|gui kem|chuyen tiep|chuyen (?:den|toi|toan van|nguyen van)|kem theo|gui\b|dang tai|"
    rf"thong bao (?:den|toi)|(?:chuyen|thong bao) {_PAPER})\b"
)
_VERBS = (
    "biet|nghien cuu|thuc hien|trien khai|quan triet|tham khao|to chuc|theo doi|phoi hop|chi dao|ap dung|theo quy dinh|"
    "nghiem tuc|theo tham quyen|theo chuc nang,? nhiem vu|duoc giao|dung quy dinh|xem xet|giai quyet|chu dong|"
    "(?:thong bao|pho bien) (?:den|toi|cho) (?:nhan dan|nguoi dan|moi nguoi)|"
    r"(?:cua|tai) don vi(?: minh)?|(?:theo (?:dung )?)?noi dung|neu tren|"
    rf"theo(?: dung)? (?:noi dung |huong dan |tinh than )*(?:cua |tai )?{_PAPER}?"
    r"(?: nay| tren| neu tren| cua \w+| cua cap tren)?|"
    r"huong dan|van ban|(?:bao dam|dam bao)|nghiem|chat luong|hieu qua|dung tien do|kip thoi|day du|dung thoi gian"
)
_STOCK_END = re.compile(rf"\b(?:{_VERBS})(?:,? (?:va )?(?:{_VERBS}))*$")
_TOLD = re.compile(r"\b(?:yeu cau|de nghi)\b.*\b(?:nghien cuu|trien khai|quan triet|to chuc thuc hien|thuc hien)\b")


@cache
def _stock() -> tuple[re.Pattern[str], ...]:
    """Return what sentences look like that say nothing of their own."""
    return (
        re.compile(r"nhan duoc\b"),
        re.compile(rf"^\S[^,;]{{2,60}}? (?:da )?(?:ban hanh|co) {_PAPER} so\b"),
        # What the document that is passed on says is not what its forwarder says.
        re.compile(
            rf"^{_PAPER}(?: (?:so )?\S*/\S+| nay| (?:neu )?tren| noi tren)?(?: ngay \S+| cua [^,;]{{2,60}})? "
            r"(?:co noi dung|de cap|neu|quy dinh|huong dan|noi (?:ve|den)|gom|"
            r"yeu cau (?!(?:cac )?(?:phong|thon|don vi)))\b"
        ),
        re.compile(r"^(?:theo do|trong do),? (?:so|bo|cuc|tong cuc|uy ban nhan dan tinh|tinh|ban) "),
        re.compile(
            r"^(?:thuc hien|can cu|theo)\b.*\b(?:cong van|chi thi|ke hoach|quyet dinh|van ban|ket luan|thong bao)"
        ),
        re.compile(r"(?:yeu cau|de nghi|giao)\b.*\b(?:nghien cuu|trien khai|to chuc|quan triet|thuc hien|chi dao)\b"),
        re.compile(
            r"(?:noi dung|van ban|toan van|ban sao|cong van).*(?:dang tai|dang tren|kem theo|gui (?:kem|cung|tren))"
        ),
        re.compile(r"\b(?:biet|thuc hien)$"),
        # How much a matter matters tells nobody what to do.
        re.compile(
            r"^(?!.*\d).*\b(?:(?:co )?(?:y nghia|noi dung|vai tro|nhiem vu|vi tri)\b.*"
            r"\b(?:lon|quan trong|trong tam|thiet thuc|sau sac)|lien quan den nhieu|"
            r"can (?:duoc |phai )?(?:quan triet|trien khai|to chuc|nghien cuu))\b"
        ),
        re.compile(r"tran trong|xin cam on|\b(?:rat|kinh) mong\b|^mong "),
        re.compile(r"(?:kho khan|vuong mac).*(?:phan anh|lien he|bao cao|trao doi|thong tin)|^chi tiet xin lien he"),
    )


_OWN_WORK = re.compile(
    r"\bchu tri\b|bao cao (?:ket qua|ve|ubnd)|gui bao cao|dau moi|phan cong|"
    r"bo tri (?:kinh phi|nhan luc)|trach nhiem cua"
)
