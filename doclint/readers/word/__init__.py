"""Word files (.docx, .docm), read from their XML as they are printed when every change is accepted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from doclint.document import Document, Section, Span, Unchecked
from doclint.readers.limits import MAX_CHARACTERS, UnreadableDocument, require_text
from doclint.readers.word.comments import read_comments
from doclint.readers.word.compose import Composition, add_paragraph, comment_spans, place_comment
from doclint.readers.word.fields import has_page_number
from doclint.readers.word.inline import runs_of
from doclint.readers.word.legacy import decode_legacy
from doclint.readers.word.names import ENDNOTE_MARK, FOOTNOTE_MARK, ID, SECTION, TYPE, Element, W
from doclint.readers.word.notes import notes
from doclint.readers.word.numbering import Numbering
from doclint.readers.word.package import Package, open_package
from doclint.readers.word.places import DocxPlaces
from doclint.readers.word.reading import Reading, read_paragraphs
from doclint.readers.word.sections import Furniture, read_furniture, read_section
from doclint.readers.word.story import ALT_CHUNKS, PlacedRun, Story, read_story
from doclint.readers.word.styles import Styles, read_styles
from doclint.readers.word.theme import read_theme


def read_docx(content: bytes, path: Path) -> Document:
    """Read the bytes of a .docx. Raises UnreadableDocument for a bomb, a broken package or another kind of zip."""
    package = open_package(content, path)
    main = package.xml(package.main)
    body = main.find(W + "body") if main is not None else None
    if body is None:
        raise UnreadableDocument("tệp Word không có nội dung", "mở bằng Word rồi lưu lại", path=path)
    relations = package.relations(package.main)
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    settings = _part(package, parts, "settings")
    styles = read_styles(_part(package, parts, "styles"), read_theme(_part(package, parts, "theme"), settings))
    roots = {package.main: main}
    tables = count()
    story = read_story(main, [body], "document", "body", tables, path)
    sections = [section for paragraph in story.paragraphs if (section := paragraph.section) is not None]
    sections += body.findall(SECTION)[:1]
    furniture = read_furniture(package, sections, settings)
    stories = [story, *_furniture(package, furniture, roots, tables)]
    stories += _notes(package, parts, list(stories), roots, tables)
    readings = _readings(stories, styles, path)
    encodings = decode_legacy(readings)
    composition, ends = _compose(readings, stories, styles, _part(package, parts, "numbering"))
    text = "".join(composition.pieces)
    require_text(text, path)
    return Document(
        text,
        tuple(composition.blocks),
        "docx",
        DocxPlaces(tuple(composition.lines)),
        tuple(notes(package, roots.values(), stories, readings, encodings)),
        tuple(composition.runs),
        tuple(_sections(zip(sections, ends, furniture, strict=False), roots)),
        read_comments(_part(package, parts, "comments"), comment_spans(composition, text)),
        _whole_files(stories),
        tuple(composition.decomposed),
    )


def _whole_files(stories: list[Story]) -> tuple[Unchecked, ...]:
    """Text of another file put in whole is printed by Word like the rest, so without it the document is not checked."""
    count = sum(story.unread[ALT_CHUNKS] for story in stories)
    reason = f"có {count} {ALT_CHUNKS} không đọc được, hãy mở bằng Word rồi lưu lại"
    return (Unchecked(0, reason),) if count else ()


def _readings(stories: list[Story], styles: Styles, path: Path) -> list[Reading]:
    readings = []
    length = 0
    for story in stories:
        for reading in read_paragraphs(story, styles):
            readings.append(reading)
            length += sum(map(len, reading.texts))
            if length > MAX_CHARACTERS:
                # Here, so that no more is made of a text that will be refused.
                require_text("".join(text for reading in readings for text in reading.texts), path)
    return readings


def _compose(
    readings: list[Reading], stories: list[Story], styles: Styles, numbering: Element | None
) -> tuple[Composition, list[int]]:
    """Put the paragraphs together; return the whole, and where each section ends in the text."""
    composition = Composition(styles, Numbering(numbering, styles))
    ends = []
    end = 0
    for reading in readings:
        add_paragraph(composition, reading)
        if reading.story.kind == "body":
            end = composition.length
            if reading.paragraph.section is not None:
                ends.append(end)
    for mark in (mark for story in stories for mark in story.loose):
        place_comment(composition, mark, end)
    return composition, [*ends, end]


def _part(package: Package, parts: dict[str, str], kind: str) -> Element | None:
    name = parts.get(kind)
    return package.xml(name) if name is not None else None


def _furniture(
    package: Package, furniture: Iterable[Furniture], roots: dict[str, Element], tables: Iterator[int]
) -> Iterator[Story]:
    """Yield each header and footer that is printed, once however many sections have it; add its root to ``roots``."""
    for section in furniture:
        for place, name in section.printed():
            if name not in roots and (root := package.xml(name)) is not None:
                roots[name] = root
                yield read_story(root, [root], _stem(name), place, tables, package.path)


def _notes(
    package: Package, parts: dict[str, str], stories: list[Story], roots: dict[str, Element], tables: Iterator[int]
) -> Iterator[Story]:
    """Yield the footnotes, then the endnotes, that the ``stories`` refer to."""
    marks = [mark for story in stories for paragraph in story.paragraphs for mark in paragraph.content]
    for tag, kind in ((FOOTNOTE_MARK, "footnotes"), (ENDNOTE_MARK, "endnotes")):
        referred = [mark.get(ID) for mark in marks if not isinstance(mark, PlacedRun) and mark.tag == tag]
        root = _part(package, parts, kind) if referred else None
        if root is not None:
            roots[parts[kind]] = root
            # Lines between text and notes are notes of another type.
            known = {note.get(ID): note for note in root if note.get(TYPE, "normal") == "normal"}
            wanted = [known[id_] for id_ in dict.fromkeys(referred) if id_ in known]
            yield read_story(root, wanted, kind, "footnote", tables, package.path)


def _sections(sections: Iterable[tuple[Element, int, Furniture]], roots: dict[str, Element]) -> Iterator[Section]:
    numbered = {name for name, root in roots.items() if has_page_number(root)}
    start = 0
    for section, end, furniture in sections:
        yield read_section(section, Span(start, end), furniture, numbered)
        start = end


def _stem(name: str) -> str:
    return posixpath.splitext(posixpath.basename(name))[0]


__all__ = ["read_docx", "runs_of"]
