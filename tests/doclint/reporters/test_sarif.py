"""The SARIF report fits the standard, and leads other tools to the place of each finding."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from doclint.api import Report, check
from doclint.reporters.sarif import render, uri
from doclint.rulebook import load
from doclint.suppress import Leave, Waived
from tests.doclint.hostile import FILES
from tests.doclint.reporters.hostile_text import HOSTILE

DRAFTS = Path(__file__).parents[3] / "corpora/drafts"
SPECIMENS = DRAFTS.with_name("specimens")
NAMES = ("ke-hoach-sao-chep.docx", "don-doc-hinh-thuc.txt", "ke-hoach-sai-trinh-bay.docx", "bao-cao-quy-iii.docx")
PAGES = SPECIMENS / "ke-hoach-nen-tang-so.pdf"
SECRET = SPECIMENS / "cong-van-mat-dien-tap.txt"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    folder = tmp_path_factory.mktemp("xau")
    bad = ("rong.docx", "hai\ndòng.docx", "đảo\u202echữ.txt", "khong-co.docx")
    for name in bad:
        FILES[name][0](folder / name)
    return [
        check(path) for path in [*(DRAFTS / name for name in NAMES), PAGES, SECRET, *(folder / name for name in bad)]
    ]


def run_of(*reports: Report) -> dict[str, Any]:
    """Return the one run of the report, which has to fit the models that are made of the standard's schema."""
    from fluidattacks_core.sarif import SarifLog

    text = render(reports)
    SarifLog.model_validate_json(text)
    (run,) = json.loads(text)["runs"]
    return dict(run)


def test_reports_of_all_kinds_fit_the_standard(reports: list[Report]) -> None:
    run = run_of(*reports)
    assert len(run["results"]) == sum(len(report.findings) for report in reports) > 20
    assert run_of()["results"] == []


def test_models_know_what_does_not_fit(reports: list[Report]) -> None:
    from fluidattacks_core.sarif import SarifLog

    log = json.loads(render(reports))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"] = {"startLine": 0}
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        SarifLog.model_validate_json(json.dumps(log))


def test_rule_of_a_result_is_the_one_it_names(reports: list[Report]) -> None:
    run = run_of(*reports)
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in run["results"]}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    for rule in rules:
        known = load().rules[rule["id"]]
        assert rule["defaultConfiguration"]["level"] == {"info": "note"}.get(known.level, known.level)
        assert all(legal.citation in rule["help"]["text"] for legal in load().legal(known))
        assert "{" not in rule["fullDescription"]["text"] + rule["help"]["text"]


def test_region_of_a_text_file_holds_the_excerpt(reports: list[Report]) -> None:
    report = reports[1]
    lines = report.path.read_text(encoding="utf-8").split("\n")
    results = run_of(report)["results"]
    assert results
    for result, finding in zip(results, report.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        inside = lines[region["startLine"] - 1 : region["endLine"]]
        inside[-1] = inside[-1][: region["endColumn"] - 1]
        inside[0] = inside[0][region["startColumn"] - 1 :]
        assert "\n".join(inside) == finding.excerpt


def test_place_in_word_and_pdf_is_told_in_words(reports: list[Report]) -> None:
    run = run_of(*reports)
    for result in run["results"]:
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        report = reports[physical["artifactLocation"]["index"]]
        assert ("region" in physical) == (report.path.suffix == ".txt")
        assert location["logicalLocations"][0]["name"] in result["message"]["text"]
        assert ("pages" in result["properties"]) == (report.path.suffix == ".pdf")


def test_fingerprints_are_those_of_the_other_reports(reports: list[Report]) -> None:
    results = run_of(reports[0])["results"]
    names = [result["partialFingerprints"]["doclint/v1"] for result in results]
    assert names == [finding.fingerprint for finding in reports[0].findings]


def test_what_could_not_be_checked_is_an_error_and_no_success(reports: list[Report]) -> None:
    run = run_of(*reports)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    errors = [note for note in invocation["toolExecutionNotifications"] if note["level"] == "error"]
    places = [note["locations"][0]["physicalLocation"]["artifactLocation"]["index"] for note in errors]
    assert places == [number for number, report in enumerate(reports) if not report.checked]
    assert run_of(reports[0])["invocations"][0]["executionSuccessful"] is True


def test_what_was_let_be_is_suppressed(reports: list[Report]) -> None:
    first, second, *rest = reports[0].findings
    leaves = (
        Waived(first, Leave(first.rule, "đã thống nhất", "nhận xét của A trong tệp", span=first.span)),
        Waived(second, Leave(second.rule, "có lý do", "tệp x.toml")),
    )
    run = run_of(replace(reports[0], findings=tuple(rest), waived=leaves))
    suppressed = [result["suppressions"][0] for result in run["results"] if "suppressions" in result]
    assert [one["kind"] for one in suppressed] == ["inSource", "external"]
    assert [one["justification"] for one in suppressed] == [
        "đã thống nhất [nhận xét của A trong tệp]",
        "có lý do [tệp x.toml]",
    ]


def test_of_a_secret_document_only_the_marks_are_told(reports: list[Report]) -> None:
    report = next(report for report in reports if report.secret)
    assert report.document is not None
    marks = " ".join(finding.excerpt for finding in report.findings)
    lines = [line.strip() for line in report.document.text.splitlines() if len(line.strip()) > 8]
    text = render([report])
    assert [line for line in lines if line not in marks and line in text] == []


def test_hostile_text_stays_inside(reports: list[Report]) -> None:
    wild = " ".join(HOSTILE) + "\ud800"
    findings = tuple(replace(one, message=wild, fix=wild, excerpt=wild) for one in reports[0].findings)
    text = render([replace(reports[0], findings=findings, idle=(wild,))])
    text.encode()
    assert not set(text) & set("\u202e\u2066\x07\x1b\x00")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("dự thảo/kế hoạch 1.docx", "d%E1%BB%B1%20th%E1%BA%A3o/k%E1%BA%BF%20ho%E1%BA%A1ch%201.docx"),
        ("a:b#c?d%e.txt", "a%3Ab%23c%3Fd%25e.txt"),
        ("./x/../y.txt", "y.txt"),
        ("../y.txt", "file:///y.txt"),
        ("/nơi/khác.txt", "file:///n%C6%A1i/kh%C3%A1c.txt"),
    ],
)
def test_names_of_files_are_encoded(path: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/tmp")
    assert uri(Path(path)) == expected
    assert unquote_to_bytes(uri(Path("a/\udcff.txt"))) == b"a/\xff.txt"
