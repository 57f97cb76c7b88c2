"""The labels of the specimens quote what stands in them, and the set is as wide as the benchmark needs."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import yaml
from lxml import etree

CORPORA = Path(__file__).parents[2] / "corpora"
FILES = {entry["path"]: entry for entry in yaml.safe_load((CORPORA / "manifest.yaml").read_text("utf-8"))["files"]}
SPECIMENS = [entry for entry in FILES.values() if entry["kind"] == "specimen"]
LABELS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((CORPORA / "labels").glob("*.yaml"))}
KEYS = {"files", "set", "type", "regime", "level", "superior", "issuer", "number", "place", "date", "subject", "marks",
        "bases", "addressees", "tasks", "resources", "citations", "quotations", "recipients", "archive", "signer",
        "appendices", "abbreviations"}  # fmt: skip
SOMETIMES = {"left_signer", "enclosed", "original"}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def source(path: str) -> str:
    """The words of the source, lists of the front matter joined as the lines of the head are."""
    if "text" not in FILES[path]:
        return squeezed((CORPORA / path).read_text("utf-8"))
    _, front, body = (CORPORA / FILES[path]["text"]).read_text("utf-8").split("---\n", 2)
    return squeezed("\n".join([*flat(yaml.safe_load(front)), body]))


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from flat(part)
    elif isinstance(value, list):
        yield " ".join(value)
    elif isinstance(value, str):
        yield value


@cache
def printed(path: str) -> str:
    """All letters of the built file, without blanks."""
    file = CORPORA / path
    if file.suffix == ".pdf":
        with pdfplumber.open(file) as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
    elif file.suffix == ".docx":
        with zipfile.ZipFile(file) as package:
            root = etree.fromstring(package.read("word/document.xml"))
        text = "".join(part.text or "" for part in root.iter(f"{WORD}t"))
    else:
        text = file.read_text("utf-8")
    return re.sub(r"\s", "", text)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def quotes(label: dict[str, Any]) -> Iterator[str]:
    """Every string of a label that must stand in the document word for word."""
    for task in label["tasks"]:
        yield from [task["what"], *task["lead"], *task["partners"]]
        yield from [task["deadline"]["text"], task["product"], task["resources"]]
    for citation in label["citations"] + label["bases"]:
        yield citation.get("number") or citation["name"]
    for recipient in label["recipients"]:
        yield from [recipient["name"], recipient["purpose"]]
    for quotation in label["quotations"]:
        yield from [quotation["text"], quotation["source"]]
    yield from [*label["addressees"], *label["resources"], *label["appendices"], *label["marks"].values()]
    yield from [*label["abbreviations"], *label["abbreviations"].values(), label["place"], label["subject"]]
    for signer in (label["signer"], label.get("left_signer")):
        yield from [*signer["title"], signer["name"]] if signer else []
    yield from (label["archive"] or {}).values()


@pytest.mark.parametrize("name", LABELS)
def test_label_is_complete(name: str) -> None:
    label = LABELS[name]
    assert label.keys() - SOMETIMES == KEYS
    assert label["set"] in {"dev", "test"}
    assert label["regime"] in {"state", "party", "legal-normative"}
    assert label["level"] in {"central", "province", "department", "commune", "unit"}
    assert label["marks"].keys() <= {"secrecy", "urgency", "circulation"}
    for task in label["tasks"]:
        kind, text = task["deadline"]["kind"], task["deadline"]["text"]
        assert kind in {"date", "period", "recurring", "event", "vague", "none"}
        assert (kind == "none") == (text is None)
        assert len(task["what"].split()) >= 2
    assert all(isinstance(value, str) for value in (label["archive"] or {}).values() if value is not None)


@pytest.mark.parametrize("name", LABELS)
def test_label_quotes_the_document(name: str) -> None:
    label = LABELS[name]
    text = source(label["files"][0]).lower()
    assert [quote for quote in quotes(label) if quote and squeezed(quote).lower() not in text] == []
    for body in (label["issuer"], label["superior"] or ""):
        assert [word for word in body.lower().split() if word not in text] == []
    if label["number"]:
        assert re.search(rf"{label['number']['digits']}\s*[/-]{re.escape(label['number']['symbol'].lower())}", text)
    if label["date"]:
        assert re.search(rf"ngày {label['date']:%d} tháng 0?{label['date'].month} năm {label['date'].year}", text)


@pytest.mark.parametrize("name", LABELS)
def test_label_counts_its_citations(name: str) -> None:
    text = source(LABELS[name]["files"][0])
    for citation in LABELS[name]["citations"]:
        if "number" in citation:
            assert len(re.findall(rf"(?<!\d){re.escape(citation['number'])}(?![\w/-])", text)) == citation["times"]


@pytest.mark.parametrize("entry", SPECIMENS, ids=lambda entry: entry["path"])
def test_specimen_says_what_its_source_says(entry: dict[str, Any]) -> None:
    said = [re.sub(r"[~|]", " ", source(entry["path"]))]
    if entry.get("lists") == "word":  # Word draws the labels
        lines = (CORPORA / entry["text"]).read_text("utf-8").split("---\n", 2)[2].splitlines()
        said = [re.sub(r"^(?:[IVX]+\.|\d+\.|[a-zđ]\)|-) ", "", line).replace("|", " ") for line in lines]
    text = printed(entry["path"])
    assert [word for words in said for word in words.split() if word not in text] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("specimens/") and path.endswith(".pdf")])
def test_pdf_is_set_in_one_family(path: str) -> None:
    with pdfplumber.open(CORPORA / path) as pdf:
        fonts = {char["fontname"].split("+")[-1].split("-")[0] for page in pdf.pages for char in page.chars}
    assert fonts == {"LiberationSerif"}, "phông thiếu chữ Việt đã bị thay giữa chừng"


def test_every_specimen_is_labelled_once_and_as_the_manifest_says() -> None:
    labelled = Counter(path for label in LABELS.values() for path in label["files"])
    assert labelled.keys() <= FILES.keys()
    assert max(labelled.values()) == 1
    assert {entry["path"] for entry in SPECIMENS} <= labelled.keys()
    assert all(FILES[path]["regime"] == label["regime"] for label in LABELS.values() for path in label["files"])


def test_the_set_is_wide() -> None:
    formats = Counter(path.rsplit(".", 1)[1] for label in LABELS.values() for path in label["files"])
    assert len(LABELS) >= 44
    assert len({label["type"] for label in LABELS.values()}) >= 14
    assert {label["level"] for label in LABELS.values()} == {"central", "province", "department", "commune", "unit"}
    assert min(formats[suffix] for suffix in ("docx", "pdf", "txt")) >= 12
    assert 0.15 < sum(label["set"] == "test" for label in LABELS.values()) / len(LABELS) < 0.45
    assert {entry.get("header") for entry in SPECIMENS} >= {"tab", "blocks", "interleaved", "padded"}
    assert sum((CORPORA / entry["path"]).stat().st_size for entry in SPECIMENS) < 3_000_000


def test_dev_and_test_share_no_document() -> None:
    numbers = Counter(
        (label["issuer"], label["number"]["digits"], label["number"]["symbol"])
        for label in LABELS.values()
        if label["number"] and label["number"]["digits"]
    )
    assert [number for number, times in numbers.items() if times > 1] == []
