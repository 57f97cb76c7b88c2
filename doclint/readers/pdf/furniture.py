"""Know the lines that belong to the page, not to the text: page numbers, running heads, captions, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from doclint.readers.pdf.lines import Page, PrintedLine
from doclint.vietnamese.normalise import fold


def mark_furniture(pages: Sequence[Page]) -> float:
    """Set ``part`` of the lines that are not body text. Returns the font size of the body, 0 when there is no text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for page in pages:
        _mark_page(page, body)
    _mark_repeated(pages)
    return body


def body_lines(page: Page) -> list[PrintedLine]:
    """Return the lines of the text proper."""
    return [line for line in page.lines if line.part == "body"]


def _mark_page(page: Page, body: float) -> None:
    caption: PrintedLine | None = None
    for line in page.lines:
        edge = _edge(line, page)
        folded = fold(line.text)
        if caption is not None and _goes_on(line, caption, body):
            line.part = caption.part
            caption = line
            continue
        caption = None
        if _GAZETTE.match(folded) and (edge or line.part == "margin"):
            line.part = edge or "header"
        elif _PAGE_NUMBER.fullmatch(folded) and line.cell is None and (edge or line.part == "margin"):
            line.part = "page-number"
        elif _SIGNED.match(folded):
            line.part = "header" if line.top < page.frame[1] / 2 else "footer"
            caption = line
        elif line.part == "body" and line.size > 36 and body and line.size > 2 * body:
            line.part = "watermark"
    for line in _footnotes(page, body):
        line.part = "footnote"


def _goes_on(line: PrintedLine, caption: PrintedLine, body: float) -> bool:
    """Tell whether ``line`` is a further line of the caption of a digital signature."""
    if _CAPTION.match(fold(line.text)):
        return True
    near = -1 < line.top - caption.bottom < 0.6 * caption.height
    return near and abs(line.size - caption.size) < 0.3 and caption.size < 0.85 * body


def _edge(line: PrintedLine, page: Page) -> str:
    """Return in which margin of the page a line stands, if in one."""
    if line.bottom < _MARGIN * page.frame[1]:
        return "header"
    return "footer" if line.top > (1 - _MARGIN) * page.frame[1] else ""


def _mark_repeated(pages: Sequence[Page]) -> None:
    """Mark what stands at the same place of the margin on three pages or more, but for its digits."""
    alike: defaultdict[tuple[str, str, int], list[PrintedLine]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            edge = _edge(line, page)
            if edge and line.cell is None and line.part in ("body", "margin"):
                alike[edge, _DIGITS.sub("#", fold(line.text)), round(line.top / 4)].append(line)
    for (edge, _, _), lines in alike.items():
        if len({line.page for line in lines}) >= _REPEATS:
            for line in lines:
                line.part = edge


def _footnotes(page: Page, body: float) -> Iterator[PrintedLine]:
    """Yield the lines in small print at the foot of the page, under a short rule."""
    width, height = page.frame
    rules = [
        rule[1] for rule in page.rules
        if rule[2] - rule[0] > 3 * (rule[3] - rule[1]) and 0.1 * width < rule[2] - rule[0] < 0.5 * width
        and rule[1] > 0.3 * height and rule[0] < 0.3 * width
    ]  # fmt: skip
    for rule in sorted(rules):
        below = [line for line in page.lines if line.part == "body" and line.top > rule - 2]
        if below and all(line.size < 0.93 * body and line.cell is None for line in below):
            yield from below
            return


_MARGIN = 0.1
_REPEATS = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:trang\s*|page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|tren|of)\s*\d{1,4})?")
_GAZETTE = re.compile(r"(?:\d+\s+)?cong bao\s*/\s*so\b.*ngay")
_SIGNED = re.compile(r"(?:nguoi ky|ky boi|ky so boi|duoc ky boi|thoi gian ky|ngay ky|digitally signed by)\b")
_CAPTION = re.compile(
    rf"{_SIGNED.pattern}|(?:email|co quan|to chuc|don vi|chuc vu|ngay ky|date|reason|location|ly do|dia diem)\s*:"
)
