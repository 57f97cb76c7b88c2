"""Plain text, with what is left of Markdown when it was made by an OCR or a converter."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from doclint.document import Block, Document, Span, TextPlace
from doclint.readers.fonts import converted
from doclint.readers.limits import RESAVE, UnreadableDocument, require_text
from doclint.readers.paragraphs import join_lines
from doclint.vietnamese.legacy import Encoding, decode, detect
from doclint.vietnamese.normalise import composed, nfc_with_offsets


def read_text_file(content: bytes, path: Path) -> Document:
    """Read the bytes of a text file. Raises UnreadableDocument when they are no text."""
    document = read_text(_decode(content, path))
    require_text(document.text, path)
    return document


def read_text(raw: str) -> Document:
    """Make a Document of ``raw``; places count the lines and columns of ``raw``."""
    # The line end of old Macs, one for one.
    raw = re.sub("\r(?!\n)", "\n", raw)
    kept = _without_markup(raw)
    encoding = detect(raw)
    text, offsets = _compose(raw, kept, encoding)
    blocks = tuple(Block(span) for span in join_lines(text))
    notes = ["bỏ qua dấu định dạng Markdown (#, **)"] if kept is not None and kept.markdown else []
    notes += converted([encoding] if encoding is not None else [])
    apart = _decomposed(text, raw, offsets) if encoding is None else ()
    return Document(text, blocks, "txt", TextPlaces(raw, offsets), tuple(notes), decomposed=apart)


@dataclass(frozen=True)
class TextPlaces:
    """The way back from the document's text to lines and columns of the raw text."""

    raw: str
    offsets: tuple[int, ...] | None

    def __call__(self, span: Span) -> TextPlace:
        """Return the line and column where the first and the last character of ``span`` begin."""
        first, last = self._raw(span.start), self._raw(max(span.start, span.end - 1))
        line, end_line = bisect_right(self._starts, first), bisect_right(self._starts, last)
        return TextPlace(line, first - self._starts[line - 1] + 1, end_line, last - self._starts[end_line - 1] + 1)

    def _raw(self, offset: int) -> int:
        return offset if self.offsets is None else self.offsets[offset]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.raw))]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Which stretches of the raw text are text."""

    spans: tuple[tuple[int, int], ...]
    markdown: bool


def _decode(content: bytes, path: Path) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        text = "" if b"\x00" in content else "".join(map(_WINDOWS.__getitem__, content))
        if detect(text) is None:
            raise UnreadableDocument(
                "không phải văn bản Unicode, TCVN3, VNI, VPS, PDF hay Word",
                RESAVE,
                path=path,
            ) from error
        return text
    if "\x00" in text or len(_CONTROL.findall(text)) > 0.01 * len(text):
        raise UnreadableDocument("tệp nhị phân, không phải văn bản", "chọn tệp .docx, .pdf hoặc .txt", path=path)
    return text


def _without_markup(raw: str) -> _Kept | None:
    """Return what to keep of ``raw``, or None for all of it."""
    markdown = ("#" in raw or "**" in raw) and _MARKDOWN.search(raw) is not None
    dropped = [match.span() for match in re.finditer("\r(?=\n)", raw)]
    if markdown:
        for match in _HEADING.finditer(raw):
            dropped.append(match.span())
        for match in _BOLD.finditer(raw):
            dropped += [(match.start(), match.start() + 2), (match.end() - 2, match.end())]
        for match in _ESCAPE.finditer(raw):
            dropped.append((match.start(), match.start() + 1))
    if not dropped:
        return None
    kept, position = [], 0
    for start, end in sorted(dropped):
        if start > position:
            kept.append((position, start))
        position = max(position, end)
    kept.append((position, len(raw)))
    return _Kept(tuple(kept), markdown)


def _compose(raw: str, kept: _Kept | None, encoding: Encoding | None) -> tuple[str, tuple[int, ...] | None]:
    """Return the kept text in NFC and the raw offset of each of its characters, None when both are the same."""
    if kept is None:
        return _normal(raw, encoding)
    pieces = [raw[start:end] for start, end in kept.spans]
    sources = [offset for start, end in kept.spans for offset in range(start, end)] + [len(raw)]
    text, offsets = _normal("".join(pieces), encoding)
    return text, tuple(sources) if offsets is None else tuple(sources[offset] for offset in offsets)


def _decomposed(text: str, raw: str, offsets: tuple[int, ...] | None) -> tuple[int, ...]:
    # Markup that was left out stands between letters too: only a mark makes a letter of two.
    return tuple(place for place in composed(text, offsets) if offsets and _MARK.match(raw, offsets[place] + 1))


def _normal(text: str, encoding: Encoding | None) -> tuple[str, tuple[int, ...] | None]:
    return nfc_with_offsets(text) if encoding is None else decode(text, encoding)


_WINDOWS = tuple(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
"""What Windows shows for each byte where it knows no Vietnamese."""
_MARKDOWN = re.compile(r"^#{1,6} \S|\*\*\S(?:[^*\n]|\n(?!\n))*\S\*\*", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)(?:[^*\n]|\n(?!\n)){1,400}?(?<=\S)\*\*")
_ESCAPE = re.compile(r"\\(?=[_*#.\-\[\]()])")
_MARK = re.compile("[\u0300-\u036f]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
