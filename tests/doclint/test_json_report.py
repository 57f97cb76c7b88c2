"""The report for programs fits its schema, and its numbers lead to the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from doclint.api import Report, check
from doclint.reporters.json import SCHEMA, render
from tests.doclint.hostile import FILES

DRAFTS = Path(__file__).parents[2] / "corpora/drafts"
SHEET = json.loads(SCHEMA.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    folder = tmp_path_factory.mktemp("xau")
    bad = ["rong.docx", "hai\ndòng.docx", "khong-co.docx"]
    for name in bad:
        FILES[name][0](folder / name)
    good = [path for path in sorted(DRAFTS.iterdir()) if path.suffix in (".docx", ".txt", ".pdf")]
    return [check(path) for path in [*good, *(folder / name for name in bad)]]


def written(reports: list[Report], *, with_text: bool = False) -> list[dict[str, Any]]:
    report = json.loads(render(reports, with_text=with_text))
    jsonschema.Draft202012Validator(SHEET).validate(report)
    documents: list[dict[str, Any]] = report["documents"]
    return documents


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SHEET)


def test_reports_of_all_formats_fit(reports: list[Report]) -> None:
    documents = written(reports)
    assert {document["status"] for document in documents} == {"checked", "failed"}
    kinds = {finding["place"]["kind"] for document in documents for finding in document["findings"]}
    assert kinds >= {"docx", "text"}
    assert all("text" not in document for document in documents)


def test_offsets_lead_to_the_excerpt(reports: list[Report]) -> None:
    documents = written(reports, with_text=True)
    findings = 0
    for document in documents:
        for finding in document["findings"]:
            assert document["text"][finding["start"] : finding["end"]] == finding["excerpt"]
            findings += 1
        if document["status"] == "failed":
            assert document["text"] is None
    assert findings > 5


def test_fingerprints_are_unlike_and_stay(reports: list[Report]) -> None:
    for report in reports:
        names = [finding.fingerprint for finding in report.findings]
        assert len(set(names)) == len(names)
    again = [check(report.path) for report in reports]
    assert render(again) == render(reports)


def test_place_of_a_pdf_is_its_boxes(tmp_path: Path) -> None:
    from tests.doclint.pdf import pdf

    path = tmp_path / "thu.pdf"
    path.write_bytes(pdf([(80, 80, "KE HOACH"), (80, 120, "Quyet dinh so 12 /QD-UBND")]))
    (document,) = written([check(path)])
    boxes = [finding["place"]["boxes"] for finding in document["findings"]]
    assert boxes
    assert all(box["page"] == 1 and 0 < box["x0"] < box["x1"] < 595 for found in boxes for box in found)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda report: report.update(version=2),
        lambda report: report["documents"][0].update(status="checked", error="hỏng"),
        lambda report: report["documents"][0].pop("findings"),
        lambda report: report["documents"][0].update(them=1),
    ],
)
def test_schema_refuses_what_is_no_report(tmp_path: Path, spoil: Any) -> None:
    report = json.loads(render([check(tmp_path / "khong-co.txt")]))
    spoil(report)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, SHEET)
