"""ALTO: no package holds its schema, so what version 4.4 demands of the elements we write is put down here."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from digitize.outputs.alto import alto
from digitize.outputs.stored import StoredDocument, StoredPage
from digitize.words import Word

NS = "{http://www.loc.gov/standards/alto/ns-v4#}"
NUMBER = re.compile(r"-?\d+(\.\d+)?")
SHARE = re.compile(r"0(\.\d+)?|1(\.0+)?")
NAME = re.compile(r"[A-Za-z_][\w.-]*")
ANY = re.compile(r".*", re.DOTALL)
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
PLACE = {"HPOS": NUMBER, "VPOS": NUMBER, "WIDTH": NUMBER, "HEIGHT": NUMBER}

# Of each element: its children in their order, as a regular expression over their names; the attributes it must have;
# those it may have. From alto-4-4.xsd, as far as we write it.
SCHEMA: dict[str, tuple[str, dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]] = {
    "alto": (r"(Description )?(Styles )?(Tags )?(ReadingOrder )?Layout ", {}, {"SCHEMAVERSION": ANY}),
    "Description": (r"MeasurementUnit (sourceImageInformation )?(OCRProcessing )*(Processing )*", {}, {}),
    "MeasurementUnit": ("", {}, {}),
    "sourceImageInformation": (r"(fileName )?(fileIdentifier )*(documentIdentifier )*", {}, {}),
    "fileName": ("", {}, {}),
    "fileIdentifier": ("", {}, {"fileIdentifierLocation": ANY}),
    "Processing": (
        r"(processingCategory )?(processingDateTime )?(processingAgency )?(processingStepDescription )*"
        r"(processingStepSettings )?(processingSoftware )?",
        {"ID": NAME},
        {},
    ),
    "processingCategory": ("", {}, {}),
    "processingStepDescription": ("", {}, {}),
    "processingStepSettings": ("", {}, {}),
    "processingSoftware": (
        r"(softwareCreator )?(softwareName )?(softwareVersion )?(applicationDescription )?",
        {},
        {},
    ),
    "softwareName": ("", {}, {}),
    "softwareVersion": ("", {}, {}),
    "applicationDescription": ("", {}, {}),
    "Layout": (r"(Page )+", {}, {}),
    "Page": (
        r"(TopMargin )?(LeftMargin )?(RightMargin )?(BottomMargin )?(PrintSpace )?",
        {"ID": NAME, "PHYSICAL_IMG_NR": NUMBER},
        {"WIDTH": NUMBER, "HEIGHT": NUMBER, "PC": SHARE, "LANG": LANGUAGE, "PROCESSINGREFS": NAME},
    ),
    "PrintSpace": (r"(Shape )?(TextBlock )*", {}, PLACE),
    "TextBlock": (r"(Shape )?(TextLine )*", {"ID": NAME}, PLACE),
    "TextLine": (r"(Shape )?(String (SP )?)+(HYP )?", {}, {"ID": NAME, **PLACE}),
    "String": (r"(Shape )?(ALTERNATIVE )*(Glyph )*", {"CONTENT": ANY}, {"ID": NAME, "WC": SHARE, **PLACE}),
    "ALTERNATIVE": ("", {}, {"PURPOSE": ANY}),
    "SP": ("", {}, {"ID": NAME, **PLACE}),
}


def assert_alto(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    names = [node.get("ID") for node in root.iter() if node.get("ID")]
    assert len(names) == len(set(names))
    for node in root.iter():
        kind = str(node.tag).removeprefix(NS)
        children, needed, allowed = SCHEMA[kind]
        order = "".join(str(child.tag).removeprefix(NS) + " " for child in node)
        assert re.fullmatch(children, order), (kind, order)
        if children:
            assert not (node.text or "").strip(), kind
        attributes = {str(name): str(value) for name, value in node.attrib.items() if "schemaLocation" not in str(name)}
        assert set(needed) <= set(attributes) <= set(needed) | set(allowed), (kind, attributes)
        for name, value in attributes.items():
            assert {**needed, **allowed}[name].fullmatch(value), (kind, name, value)
        for name in node.get("PROCESSINGREFS", "").split():
            assert root.find(f".//{NS}Processing[@ID='{name}']") is not None
    assert root.findtext(f".//{NS}MeasurementUnit") in ("pixel", "mm10", "inch1200")
    categories = {node.text for node in root.iter(f"{NS}processingCategory")}
    assert categories <= {"contentGeneration", "contentModification", "preOperation", "postOperation", "other"}
    return root


def page(number: int, *words: Word, engine: str = "tesseract", confidence: float | None = 90.0) -> StoredPage:
    return StoredPage(number, 1000, 1400, 200.0, engine, "5.3.0", confidence if words else None, words)


def document(*pages: StoredPage, name: str = "a.pdf", language: str = "vi") -> StoredDocument:
    return StoredDocument("ab" * 32, name, pages, '{"language": "vie"}', language)


def words_of(*texts: str, block: int = 1, paragraph: int = 1, line: int = 1, y: int = 10) -> tuple[Word, ...]:
    return tuple(
        Word(text, 100 * number, y, 100 * number + 80, y + 30, 90, block, paragraph, line)
        for number, text in enumerate(texts, start=1)
    )


def test_lines_blocks_places_and_confidence() -> None:
    lines = (
        *words_of("QUYẾT", "ĐỊNH"),
        *words_of("Về", "việc", line=2, y=60),
        *words_of("Điều", "1.", paragraph=2, line=3, y=110),
    )
    root = assert_alto(alto(document(page(1, *lines))))
    assert len(root.findall(f".//{NS}TextBlock")) == 2
    rows = [[str(word.get("CONTENT")) for word in row.iter(f"{NS}String")] for row in root.iter(f"{NS}TextLine")]
    assert rows == [["QUYẾT", "ĐỊNH"], ["Về", "việc"], ["Điều", "1."]]
    second = root.findall(f".//{NS}String")[1]
    assert [second.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT", "WC")] == [
        "200",
        "10",
        "80",
        "30",
        "0.900",
    ]
    assert root.find(f".//{NS}SP").attrib == {"WIDTH": "20", "HPOS": "180", "VPOS": "10"}


def test_what_read_each_page_is_told_and_what_it_read_before_correction() -> None:
    corrected = Word("định", 0, 0, 9, 9, 70, 1, 1, 1, raw="đinh")
    pages = (page(1, corrected), page(2, *words_of("a"), engine="trueocr"), page(3, *words_of("giữ"), engine=""))
    root = assert_alto(alto(document(*pages)))
    assert [node.text for node in root.iter(f"{NS}softwareName")] == ["tesseract", "trueocr"]
    assert [node.get("PROCESSINGREFS") for node in root.iter(f"{NS}Page")] == ["PROCESSING_1", "PROCESSING_2", None]
    alternative = root.find(f".//{NS}ALTERNATIVE")
    assert (alternative.text, alternative.get("PURPOSE")) == ("đinh", "OCR")


def test_a_page_that_was_not_read_is_there_without_words() -> None:
    empty = StoredPage(2, None, None, None, "", "", None, ())
    root = assert_alto(alto(document(page(1, *words_of("a")), empty)))
    assert [node.get("PHYSICAL_IMG_NR") for node in root.iter(f"{NS}Page")] == ["1", "2"]


WORDS = st.lists(
    st.builds(
        Word,
        st.text(min_size=1, max_size=12),
        *[st.integers(-5, 2000)] * 4,
        st.floats(-1, 101),
        *[st.integers(1, 3)] * 3,
        raw=st.text(max_size=5),
    ),
    max_size=12,
)


@given(WORDS, st.text(max_size=20))
def test_whatever_was_read(words: list[Word], name: str) -> None:
    root = assert_alto(alto(document(page(1, *words), name=name, language="")))
    assert len(root.findall(f".//{NS}String")) == len(words)
