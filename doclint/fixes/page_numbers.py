"""The number of the page: in the middle of the head, on every page but the first."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from doclint.checks.page_numbers import (
    IN_FOOT,
    MISSING,
    OFF_CENTRE,
    ON_FIRST,
    Options,
    faulty_looks,
    is_number,
    word_faults,
)
from doclint.document import Span
from doclint.fixes.draft import Change, Draft, Left, nearest
from doclint.fixes.properties import ensured, paragraph_properties, run_properties, set_size, set_value
from doclint.looks import number_words, opening, print_of, runs_in
from doclint.readers.word.fields import has_page_number
from doclint.readers.word.names import TEXT, TYPE, Element, R, W, is_on
from doclint.reporters.word.package import CONTENT_TYPES, RELATIONS, content_types, main_relation, relations_of


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Add or move the number where heads and feet hold nothing else; set size and place of one that is there."""
    document = draft.document
    numbers = [block for block in document.blocks if is_number(document, block)]
    faults = [*word_faults(document, options), *faulty_looks(document, numbers, options)]
    shown = opening(document, numbers[0].span if numbers else document.blocks[0].span)
    if MISSING in faults or IN_FOOT in faults:
        yield _moved(draft, shown, options) if (why := _obstacle(draft)) is None else Left(shown, why)
        return
    if ON_FIRST in faults:
        yield _hidden_on_first(draft, shown)
    least, greatest = options.sizes
    for block in numbers:
        size = print_of(document, [block.span]).size
        if size is not None and not least <= size <= greatest:
            wanted = nearest(size, options.sizes)
            for run in (run for one in runs_in(document, block.span) for run in draft.runs(one.span)):
                set_size(run_properties(run), wanted)
            yield Change(shown, f"số trang: cỡ {number_words(size)} → {number_words(wanted)}")
        if OFF_CENTRE in faults and block.format is not None and block.format.alignment == "right":
            set_value(paragraph_properties(draft.paragraph(block)), "jc", "center")
            yield Change(shown, "số trang: bên phải → giữa")


def _obstacle(draft: Draft) -> str | None:
    """Return why the number cannot be put into a head of its own, None when it can."""
    if _even_pages_differ(draft):
        return "trang chẵn, trang lẻ có đầu trang khác nhau: đặt số trang trong Word"
    for name in _furniture(draft).values():
        root = draft.package.xml(name)
        if root is not None and not _is_bare(root):
            return "đầu trang hoặc chân trang còn chữ hay hình khác: đặt số trang trong Word"
    return None


def _moved(draft: Draft, shown: Span, options: Options) -> Change:
    """Take all heads and feet away, which hold no more than numbers, and put a new head into the first section."""
    sections = draft.sections()
    was_in_foot = any(section.page_number == "footer" for section in draft.document.sections)
    gone = sorted(line for name in _furniture(draft).values() for line in draft.text_lines(_stem(name)))
    for line in reversed(gone):
        draft.expected = draft.expected[: line.start] + draft.expected[line.end :]
    # Heads come right after the body; the new one has a line without letters.
    end = draft.document.sections[-1].span.end
    draft.expected = f"{draft.expected[:end]}\n{draft.expected[end:]}"
    for section in sections:
        for reference in section.findall(W + "headerReference") + section.findall(W + "footerReference"):
            section.remove(reference)
    reference = etree.Element(W + "headerReference", {TYPE: "default", R + "id": _added_header(draft, options)})
    sections[0].insert(0, reference)
    _differ_on_first(sections[0])
    return Change(shown, f"số trang: {'chân trang' if was_in_foot else 'không có'} → giữa đầu trang, trừ trang đầu")


def _hidden_on_first(draft: Draft, shown: Span) -> Change | Left:
    parts = _furniture(draft)
    others = [name for name in parts.values() if (root := draft.package.xml(name)) is not None and not _is_bare(root)]
    section = draft.sections()[0]
    own = section.findall(W + "headerReference") + section.findall(W + "footerReference")
    if others or any(reference.get(TYPE) == "first" for reference in own):
        return Left(shown, "đầu trang hoặc chân trang còn chữ hay hình khác: chọn «Trang đầu khác» trong Word")
    _differ_on_first(section)
    return Change(shown, "số trang ở trang đầu → không hiện")


def _furniture(draft: Draft) -> dict[str, str]:
    """Return the parts that are heads and feet of some section, by the id of their relationship."""
    wanted = {
        reference.get(R + "id", "")
        for section in draft.sections()
        for reference in section.iterchildren(W + "headerReference", W + "footerReference")
    }
    relations = draft.package.relations(draft.package.main)
    return {id_: one.target for id_, one in relations.items() if id_ in wanted and not one.external}


def _is_bare(root: Element) -> bool:
    """Tell whether a head or foot holds nothing but the number of the page, or nothing at all."""
    text = "".join(element.text or "" for element in root.iter(TEXT)).strip()
    pictures = next(root.iter(W + "drawing", W + "pict", W + "object", W + "tbl"), None) is not None
    return not pictures and (not text or (has_page_number(root) and not any(map(str.isalpha, text))))


def _even_pages_differ(draft: Draft) -> bool:
    relations = draft.package.relations(draft.package.main).values()
    name = next((one.target for one in relations if one.kind == "settings" and not one.external), None)
    root = draft.package.xml(name) if name is not None else None
    even = root.find(W + "evenAndOddHeaders") if root is not None else None
    return even is not None and is_on(even)


def _differ_on_first(section: Element) -> None:
    ensured(section, "titlePg").attrib.pop(W + "val", None)


def _added_header(draft: Draft, options: Options) -> str:
    """Add the part of a head with the number in the middle; return the id of the relationship to it."""
    package, rewriting = draft.package, draft.rewriting
    folder = posixpath.dirname(package.main)
    names = (f"header{number}.xml" for number in range(1, len(package.names) + 2))
    name = next(name for name in names if f"{folder}/{name}".lower() not in package.names)
    relations = relations_of(rewriting, package.main)
    used = {relation.get("Id") for relation in relations}
    free = next(id_ for number in range(len(used) + 1) if (id_ := f"rIdSoTrang{number}") not in used)
    kind = posixpath.dirname(main_relation(package)) + "/header"
    etree.SubElement(relations, f"{RELATIONS}Relationship", Id=free, Type=kind, Target=name)
    override = {"PartName": f"/{folder}/{name}", "ContentType": _HEADER_TYPE}
    etree.SubElement(content_types(rewriting), f"{CONTENT_TYPES}Override", override)
    rewriting.changed[f"{folder}/{name}"] = _header(options)
    return free


def _header(options: Options) -> Element:
    """Return the root of the part. The number itself is not in the file: programs put it in when they set pages."""
    root = etree.Element(W + "hdr", nsmap={"w": W[1:-1]})
    paragraph = etree.SubElement(root, W + "p")
    properties = paragraph_properties(paragraph)
    spacing = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
    ensured(properties, "spacing").attrib.update({W + key: value for key, value in spacing.items()})
    ensured(properties, "ind").attrib.update({W + side: "0" for side in ("left", "right", "firstLine")})
    set_value(properties, "jc", "center")
    for tag, attributes, text in (
        ("fldChar", {W + "fldCharType": "begin"}, None),
        ("instrText", {}, "PAGE"),
        ("fldChar", {W + "fldCharType": "end"}, None),
    ):
        run = etree.SubElement(paragraph, W + "r")
        own = run_properties(run)
        fonts = {W + script: "Times New Roman" for script in ("ascii", "hAnsi", "cs")}
        ensured(own, "rFonts").attrib.update(fonts)
        set_size(own, max(options.sizes))
        etree.SubElement(run, W + tag, attributes).text = text
    return root


def _stem(name: str) -> str:
    return posixpath.splitext(posixpath.basename(name))[0]


_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
