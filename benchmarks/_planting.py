"""Drafts of our own with passages of real central documents planted in them, the same for the same seed.

A passage is taken where one source alone has it, its numbers and letters aside, so that its source is certain: «Bổ sung
điểm e vào sau điểm đ khoản 3 như sau» is everybody's. Lists of bodies are not taken. What is planted in the cases of
`dev` comes from other documents than what is planted in those of `test`. All kinds of change but abridging are done to
the same passages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import numpy as np

from benchmarks._plagdet import Match
from doclint.anatomy import dissect
from doclint.anatomy.bodies import find_bodies
from doclint.document import Document, Span
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reuse.tokens import Hashes, shingles, tokenise

LENGTHS = (15, 25, 60, 200)
"""Syllables of a passage in the draft, up to a tenth more: what is abridged to them is longer in the source."""
FIGURES = ("amount", "percent", "date", "period")
CORPORA = Path(__file__).resolve().parents[1] / "corpora"


@dataclass(frozen=True, slots=True)
class Case:
    """A draft and what is planted in it; ``altered`` is the figure that was given another value."""

    host: str
    draft: Document
    planted: tuple[Match, ...]
    altered: Span | None = None


def hosts() -> dict[str, Document]:
    """Return our own drafts by name, one of each: the text alone, in which a passage can be planted."""
    found: dict[str, Document] = {}
    for folder in ("drafts", "specimens", "texts"):
        for path in sorted((CORPORA / folder).glob("*.*")):
            if path.stem not in found:
                found[path.stem] = read_text(read(path).text)
    return found


class Planter:
    """Makes cases out of ``sources`` and drafts of our own."""

    def __init__(self, sources: Mapping[str, Document], seed: str) -> None:
        self.seed = seed
        self.sources = sources
        self.names = list(sources)[seed != "dev" :: 2]
        self.starts = [(name, start) for name in self.names for start in _starts(sources[name].text)]
        self.gaps = {name: (document, _gaps(document)) for name, document in hosts().items()}
        self.gaps = {name: pair for name, pair in self.gaps.items() if len(pair[1]) >= 2}
        self.figures = {
            kind: [(name, figure) for name in self.names for figure in _figures(sources[name].text, kind)]
            for kind in FIGURES
        }
        self.elsewhere = _Elsewhere(sources)

    def cases(self, syllables: int, count: int) -> dict[str, list[Case]]:
        """Return for each kind of change ``count`` drafts with two passages of ``syllables``."""
        made: dict[str, list[Case]] = {kind: [] for kind in KINDS}
        used: set[tuple[str, Span]] = set()
        for number in range(count):
            name = f"{self.seed} {syllables} {number}"
            alike = list(islice(self._passages(Random(name), (syllables, round(1.1 * syllables)), used), 2))
            longer = list(islice(self._passages(Random(name), _before(syllables), used), 2))
            for kind, change in KINDS.items():
                by_chance = Random(f"{name} {kind}")
                passages = longer if kind == "abridged" else alike
                texts = [change(self._text(*passage), by_chance) for passage in passages]
                made[kind].append(self._planted(Random(name), passages, texts))
        return made

    def figure_cases(self, kind: str, count: int) -> Iterator[tuple[Case, Case]]:
        """Yield ``count`` drafts with one passage of which one figure of ``kind`` has another value, and its twin."""
        for number in range(count):
            choice = Random(f"{self.seed} {kind} {number}")
            name, span, figure = self._with_figure(choice, kind)
            text = self._text(name, span)
            value = _other_value(text[figure.start : figure.end], kind, choice)
            state = choice.getstate()
            twin = self._planted(choice, [(name, span)], [text])
            choice.setstate(state)
            changed = text[: figure.start] + value + text[figure.end :]
            case = self._planted(choice, [(name, span)], [changed])
            start = case.planted[0].draft.start + figure.start
            yield Case(case.host, case.draft, case.planted, Span(start, start + len(value))), twin

    def _with_figure(self, choice: Random, kind: str) -> tuple[str, Span, Span]:
        """Return a passage of 40 to 80 syllables and a figure of ``kind`` in it, an offset of the passage."""
        while True:
            name, figure = choice.choice(self.figures[kind])
            text = self.sources[name].text
            near = _starts(text, max(0, figure.start - 300), figure.start)
            span = _fitting(text, choice.choice(near), choice.randint(40, 80)) if near else None
            if span is not None and figure in span and not self.elsewhere(name, text[span.start : span.end]):
                return name, span, Span(figure.start - span.start, figure.end - span.start)

    def _text(self, name: str, span: Span) -> str:
        return self.sources[name].at(span)

    def _passages(
        self, choice: Random, syllables: tuple[int, int], used: set[tuple[str, Span]]
    ) -> Iterator[tuple[str, Span]]:
        """Yield whole sentences of ``syllables``, from so many to so many, in all, none twice."""
        while True:
            name, start = choice.choice(self.starts)
            text = self.sources[name].text
            span = _fitting(text, start, choice.randint(*syllables))
            if span is None or _END.match(text, span.end) is None or (name, span) in used:
                continue
            if not _names_bodies(text[span.start : span.end]) and not self.elsewhere(name, text[span.start : span.end]):
                used.add((name, span))
                yield name, span

    def _planted(self, choice: Random, origins: Sequence[tuple[str, Span]], texts: Sequence[str]) -> Case:
        """Plant ``texts`` as paragraphs of some draft, between paragraphs of its body."""
        host = choice.choice(list(self.gaps))
        document, gaps = self.gaps[host]
        places = sorted(choice.sample(gaps, len(texts)))
        whole, at, planted = "", 0, []
        for place, text, (name, origin) in zip(places, texts, origins, strict=True):
            whole += document.text[at:place] + "\n"
            planted.append(Match(Span(len(whole), len(whole) + len(text)), name, origin))
            whole, at = whole + text + ".", place
        draft = read_text(whole + document.text[at:])
        if any(draft.at(one.draft) != text for one, text in zip(planted, texts, strict=True)):
            raise ValueError(f"{host}: offsets have moved")
        return Case(host, draft, tuple(planted))


class _Elsewhere:
    """Tells whether much of a passage stands in a second place: there its source would be anybody's guess."""

    def __init__(self, sources: Mapping[str, Document]) -> None:
        runs = [_runs(document.text) for document in sources.values()]
        self.numbers = {name: number for number, name in enumerate(sources)}
        keys = np.concatenate(runs)
        order = np.argsort(keys, kind="stable")
        self.keys = keys[order]
        self.documents = np.repeat(np.arange(len(runs)), [len(run) for run in runs])[order]

    def __call__(self, name: str, text: str) -> bool:
        wanted = _runs(text)
        low, high = (np.searchsorted(self.keys, wanted, side=side) for side in ("left", "right"))
        met = [np.unique(self.documents[first:last]) for first, last in zip(low, high, strict=True)]
        counts = np.bincount(np.concatenate(met), minlength=len(self.numbers))
        counts[self.numbers[name]] = np.sum(high - low > [len(found) for found in met])
        return bool(counts.max() > _SHARED * len(wanted))


def _runs(text: str) -> Hashes:
    """Return the runs of the syllables of ``text``; numbers and letters, by which formulae differ, are left out."""
    return shingles(tokenise(_LABEL.sub(" ", text)).ids, _RUN)


def _gaps(document: Document) -> list[int]:
    """Return the ends of the paragraphs of the body that another paragraph of it follows."""
    ends = [node.head.end for node in dissect(document).body.nodes]
    return [end for end in ends if document.text[end : end + 1] == "\n"]


def _starts(text: str, first: int = 0, last: int = sys.maxsize) -> list[int]:
    """Return where sentences begin, after the number of their paragraph, without the head and the end of a text."""
    first, last = max(first, int(len(text) * 0.12)), min(last, int(len(text) * 0.9))
    return [match.end() for match in _START.finditer(text, first, last) if text[match.end()].isupper()]


def _fitting(text: str, start: int, syllables: int) -> Span | None:
    """Return the ``syllables`` from ``start``, None when they are no running text or name a document's number."""
    words = list(islice(_WORD.finditer(text, start, int(len(text) * 0.9)), syllables))
    if len(words) < syllables:
        return None
    passage = text[start : words[-1].end()]
    lines = [line for line in passage.split("\n") if line.strip()]
    digits = sum(word[0].isdigit() for word in words)
    if len(lines) > 1 + syllables // 40 or digits > 0.15 * syllables or any(line.isupper() for line in lines):
        return None
    # Cut inside a date or an amount it would end in another one.
    return None if words[-1][0].isdigit() or _UNFIT.search(passage) else Span(start, words[-1].end())


def _names_bodies(text: str) -> bool:
    """Tell whether half of a passage or more is names of bodies, which nobody can say in other words."""
    named = sum(len(_WORD.findall(body.name)) for body in find_bodies(text))
    return 2 * named >= len(_WORD.findall(text))


def _verbatim(text: str, choice: Random) -> str:
    return text


def _light(text: str, choice: Random) -> str:
    """Change 6 to 10 syllables in a hundred as a clerk does: another word, one more, one less, another figure."""
    for _ in range(max(1, round(len(_WORD.findall(text)) * choice.uniform(0.06, 0.10)))):
        how = choice.random()
        words, swaps = list(_WORD.finditer(text)), list(_SWAP.finditer(text))
        numbers = [word for word in words if word[0].isdigit()]
        if how < 0.6 and swaps:
            at = choice.choice(swaps)
            new = _cased(SWAPS[at[0].lower()], at[0])
        elif how < 0.7 and numbers:
            at = choice.choice(numbers)
            new = str(int(at[0]) + choice.randint(1, 9))
        elif how < 0.85:
            at = choice.choice(words)
            new = f"{at[0]} {choice.choice(FILLERS)}"
        else:
            at, new = choice.choice(words[1:-1]), ""
        text = text[: at.start()] + new + (text[at.end() :] if new else text[at.end() :].removeprefix(" "))
    return text


def _cased(words: str, like: str) -> str:
    return words[0].upper() + words[1:] if like[0].isupper() else words


def _noise(rate: float) -> Callable[[str, Random], str]:
    def change(text: str, choice: Random) -> str:
        """Misread characters: mostly the marks of a vowel, else a letter that looks like it, none, or a blank."""
        read: list[str] = []
        mark_due = False
        for char in text:
            wrong = choice.random() < rate
            mark_due |= wrong and choice.random() < _MARKS
            family = _FAMILY.get(char)
            if mark_due and family is not None:
                read.append(choice.choice([other for other in family if other != char]))
                mark_due = False
            elif wrong and not mark_due:
                read.append(_misread(char, choice))
            else:
                read.append(char)
        return "".join(read).strip()

    return change


def _misread(char: str, choice: Random) -> str:
    if char.isspace():
        return ""
    return choice.choice([_ALIKE.get(char, ""), "", f"{char} "])


def _before(syllables: int) -> tuple[int, int]:
    """Return from how many to how many syllables are abridged to about ``syllables``."""
    return round(syllables / (_KEPT + _ABOUT)), round(syllables / (_KEPT - _ABOUT))


def _abridged(text: str, choice: Random) -> str:
    """Keep about ``_KEPT`` of the syllables: whole clauses are left out, or short stretches; the two ends stay."""
    while True:
        parts = choice.choice((_clauses, _stretches))(text, choice)
        weights = [len(_WORD.findall(part)) for part in parts]
        inner = range(1, len(parts) - 1)
        kept = set(range(len(parts)))
        for dropped in choice.sample(inner, len(inner)):
            if sum(weights[part] for part in kept) <= (_KEPT + _ABOUT) * sum(weights):
                break
            kept.remove(dropped)
        if abs(sum(weights[part] for part in kept) / sum(weights) - _KEPT) <= _ABOUT:
            return "".join(parts[part] for part in sorted(kept))


def _clauses(text: str, choice: Random) -> list[str]:
    return re.findall(r"[^,;]+[,;]?", text)


def _stretches(text: str, choice: Random) -> list[str]:
    words = [match.start() for match in _WORD.finditer(text)]
    cuts = [0]
    while cuts[-1] < len(words):
        cuts.append(cuts[-1] + choice.randint(3, 8))
    bounds = [*(words[cut] for cut in cuts[:-1]), len(text)]
    return [text[first:last] for first, last in pairwise(bounds)]


def _figures(text: str, kind: str) -> list[Span]:
    return [Span(*match.span(kind)) for match in _FIGURE.finditer(text) if match[kind] is not None]


def _other_value(words: str, kind: str, choice: Random) -> str:
    """Return a figure with one of its numbers changed; a date is still one, «05» has two digits still."""
    numbers = list(re.finditer(r"\d+", words))
    at = choice.randrange(len(numbers)) if kind == "date" else 0
    old = int(numbers[at][0])
    low, high = ((1, 28), (1, 12), (old - 3, old + 3))[at] if kind == "date" else (max(1, old // 2), old * 2 + 2)
    high = min(high, 100) if kind == "percent" else high
    new = choice.choice([value for value in range(low, min(high, low + 1000) + 1) if value != old])
    width = len(numbers[at][0]) if numbers[at][0][0] == "0" else 0
    return f"{words[: numbers[at].start()]}{new:0{width}}{words[numbers[at].end() :]}"


KINDS: dict[str, Callable[[str, Random], str]] = {
    "verbatim": _verbatim,
    "light": _light,
    "noise-2": _noise(0.02),
    "noise-10": _noise(0.10),
    "abridged": _abridged,
}
SWAPS = {
    "bộ trưởng": "giám đốc sở", "bộ": "sở", "chính phủ": "Ủy ban nhân dân tỉnh", "quốc hội": "Hội đồng nhân dân tỉnh",
    "trung ương": "tỉnh", "tỉnh": "xã", "và": "cùng", "hoặc": "hay", "các": "những", "của": "thuộc", "theo": "đúng",
    "tại": "ở", "phải": "cần", "được": "có thể", "bảo đảm": "đảm bảo", "khi": "lúc", "để": "nhằm", "việc": "công tác",
    "từ": "kể từ", "trong": "ở", "đối với": "với", "không": "chưa", "thực hiện": "triển khai", "tổ chức": "tiến hành",
    "gửi": "chuyển", "quy định": "nêu", "như": "giống", "này": "trên", "bao gồm": "gồm", "là": "gồm", "về": "cho",
    "cơ quan": "đơn vị", "trường hợp": "nếu", "hướng dẫn": "chỉ dẫn", "thông báo": "báo", "sử dụng": "dùng",
    "kiểm tra": "giám sát", "xây dựng": "lập", "trách nhiệm": "nhiệm vụ", "yêu cầu": "đề nghị", "hồ sơ": "tài liệu",
}  # fmt: skip
"""Words and what stands for them: another common word, and the body below for the body above."""
FILLERS = ("kịp thời", "đầy đủ", "cụ thể", "nghiêm túc", "cũng", "đã", "thường xuyên", "trên địa bàn")
_RUN, _SHARED = 8, 0.2
"""Syllables of a run, and the share of runs that may stand elsewhere too."""
_LABEL = re.compile(r"(?<!\w)(?:\w|[\d.,]+|[IVXLC]+)(?!\w)")
_KEPT, _ABOUT = 0.65, 0.1
_MARKS = 0.7
_FAMILIES = ("aáàảãạăắằẳẵặâấầẩẫậ", "eéèẻẽẹêếềểễệ", "iíìỉĩị", "oóòỏõọôốồổỗộơớờởỡợ", "uúùủũụưứừửữự", "yýỳỷỹỵ")
_FAMILY = {char: family for small in _FAMILIES for family in (small, small.upper()) for char in family}
_ALIKE = {
    "o": "0",
    "0": "o",
    "l": "1",
    "1": "l",
    "m": "rn",
    "c": "e",
    "e": "c",
    "O": "0",
    "n": "ri",
    "5": "S",
    "h": "b",
}
_WORD = re.compile(r"[^\W_]+")
_SWAP = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(SWAPS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_START = re.compile(r"(?m)(?:^\s*(?:(?:Điều \d+\w*|\d+(?:\.\d+)*)\.|[a-zđ]{1,2}\)|[-–+])?\s*|(?<=[.;:]) )(?=\w)")
_END = re.compile(r"\W?[.;:](?=\s)|\s*\n")
_UNFIT = re.compile(r"\d+[/-](?:\d{4}[/-])?[A-ZĐ]|\t|\||\.{3}|…|[_=*]{2}")
"""The number of another document, which is rightly set aside; a row of a table; a line to fill in."""
_FIGURE = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|số|quý)\s[\d.,]+"
    r"|(?P<date>ngày \d{1,2} tháng \d{1,2} năm \d{4}|\b\d{1,2}/\d{1,2}/\d{4})"
    r"|(?P<percent>\b\d+(?:,\d+)?\s?%)"
    r"|(?P<period>\b\d+ (?:ngày làm việc|ngày|tháng|năm|giờ|tuần)(?!\s?\d|\w))"
    r"|(?P<amount>(?<![\w/.,])\d+(?:\.\d{3})*(?:,\d+)? (?:đồng(?: chí)?|(?:nghìn|triệu|tỷ)(?: đồng)?|người|thành viên"
    r"|bản|bộ hồ sơ|km|ha|m2|kg|tấn)(?!\w))",
    re.IGNORECASE,
)
