"""Legal bases that do not end as they must: each line in a semicolon, the last one in a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"shown", "fault"})


@dataclass(frozen=True, slots=True)
class Options:
    """``words``: how many words before the end are shown."""

    words: int = 7


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the end of each basis with another sign than it must have.

    A last basis before «Theo đề nghị của…» may end either way, and one that goes on as a sentence is none.
    """
    bases = [whole(document, basis) for basis in context.anatomy.bases]
    for basis, follows in zip(bases, [*bases[1:], None], strict=False):
        sign = document.at(basis).rstrip()[-1:]
        wanted = wanted_sign(document, basis, follows, sign)
        if wanted and sign != wanted:
            span = end_of(document, basis, options.words)
            yield Match(span, {"shown": " ".join(document.at(span).split()), "fault": _fault(wanted, sign)})


def wanted_sign(document: Document, basis: Span, follows: Span | None, sign: str) -> str:
    """Return the sign that the basis must end in, empty where it may be any."""
    if sign == ":":
        return ""
    if follows is None:
        return "" if _goes_on(document, basis) else "."
    # Where lines of another wording stand between two bases, nobody can tell what is a line of the block.
    if document.text[basis.end : follows.start].strip():
        return ""
    before_proposal = _proposal().match(document.at(follows)) and not _proposal().match(document.at(basis))
    return "" if before_proposal and sign == "." else ";"


def whole(document: Document, basis: Span) -> Span:
    """Return the basis with the lines it was broken over: it goes on in small letters while it has no end."""
    end = basis.end
    while not document.text[basis.start : end].rstrip().endswith((";", ".", ":", ",")):
        more = _continued().match(document.text, end)
        if more is None:
            break
        end = more.end()
    return Span(basis.start, end)


def _goes_on(document: Document, basis: Span) -> bool:
    """Tell whether lines of another wording follow the last basis, which may be bases too."""
    after = document.text[basis.end :].lstrip()
    line = after.split("\n", 1)[0].rstrip()
    # «Thực hiện Kế hoạch số …» may be the last line of the block.
    if line.endswith(".") and _basis_of_work().match(line):
        return True
    return (line.endswith(";") and not _numbered().match(line)) or _resolved().match(after) is not None


def _fault(wanted: str, sign: str) -> str:
    rule = "mỗi căn cứ kết thúc bằng dấu chấm phẩy" if wanted == ";" else "căn cứ cuối cùng kết thúc bằng dấu chấm"
    return f"{rule}, chỗ này {'không có dấu' if sign.isalnum() else f'là dấu «{sign}»'}"


def end_of(document: Document, basis: Span, words: int) -> Span:
    """Return the last words of a basis."""
    text = document.at(basis).rstrip()
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    return Span(basis.start + starts[-min(words, len(starts))], basis.start + len(text))


@cache
def _proposal() -> re.Pattern[str]:
    return re.compile(spaced(r"(?:- )?(?:Theo đề nghị|Xét ) ?"), re.IGNORECASE)


@cache
def _continued() -> re.Pattern[str]:
    return re.compile(r"[ \t]*\n\s*(?=[^\W\d_A-ZĐÀ-Ý]|\d)[^\n]*")


@cache
def _basis_of_work() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?:- )?(?:Thực hiện|Trên cơ sở|Theo) (?:[^,;]|,(?! [^,]+ (?:ban hành|xây dựng|tổ chức) ))*$")
    )


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]|Điều\s|[-+•]")


@cache
def _resolved() -> re.Pattern[str]:
    """«Hội đồng nhân dân xã thảo luận và thống nhất.» before QUYẾT NGHỊ is the last line of the block."""
    return re.compile(r"[^\n]+\.\s*\n\s*QUYẾT\s+(?:NGHỊ|ĐỊNH)")
