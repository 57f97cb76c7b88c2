"""The report for tools that gather findings of many programs: SARIF 2.1.0 (OASIS, 27 March 2020)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from doclint.api import Report
from doclint.document import DocxPlace, Place, TextPlace
from doclint.finding import Finding, Level
from doclint.reporters.words import clause_words, printable
from doclint.rulebook import Rule, Rulebook, load
from doclint.suppress import Leave

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one run of the program.

    Lines and columns are those of a text file, from 1; a Word file or PDF has none, so its places are named in words.
    """
    rulebook = load()
    found = [finding for report in reports for finding in _told(report)]
    used = [rule for rule in rulebook.rules.values() if any(finding.rule == rule.id for finding in found)]
    numbers = {rule.id: number for number, rule in enumerate(used)}
    run = {
        "tool": {
            "driver": {
                "name": "doclint",
                "version": version("vanthu"),
                "language": "vi",
                "rules": [_rule(rule, rulebook) for rule in used],
            }
        },
        "language": "vi",
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                # What could not be checked is never taken for clean.
                "executionSuccessful": all(report.checked for report in reports),
                "toolExecutionNotifications": [
                    note for number, report in enumerate(reports) for note in _notifications(report, number)
                ],
            }
        ],
        "artifacts": [_artifact(report) for report in reports],
        "results": [result for number, report in enumerate(reports) for result in _results(report, number, numbers)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _told(report: Report) -> Iterator[Finding]:
    yield from report.findings
    yield from (one.finding for one in report.waived)


def _rule(rule: Rule, rulebook: Rulebook) -> dict[str, Any]:
    why, fix = (_PLACEHOLDER.sub("…", text) for text in (rule.why, rule.fix))
    basis = "\n".join(f"- {clause_words(one.clause)} {one.citation}: {one.text}" for one in rulebook.legal(rule))
    return {
        "id": rule.id,
        "name": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": why},
        "help": {"text": f"Vì sao: {why}\nCần làm: {fix}\nCăn cứ:\n{basis}"},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.family]},
    }


def _artifact(report: Report) -> dict[str, Any]:
    advice = {
        "verdict": report.verdict,
        "reasons": list(map(printable, report.reasons)),
        "remedy": printable(report.remedy) or None,
        "known": report.known,
    }
    return {"location": {"uri": uri(report.path)}, "roles": ["analysisTarget"], "properties": advice}


def _notifications(report: Report, number: int) -> Iterator[dict[str, Any]]:
    """Yield why a file could not be checked, and what must be known of how it was read."""
    told = [("error", report.error.advice)] if report.error is not None else []
    told += [("note", note) for note in (*report.notes, *report.idle)]
    for level, text in told:
        artifact = {"artifactLocation": {"uri": uri(report.path), "index": number}}
        yield {"level": level, "message": {"text": printable(text)}, "locations": [{"physicalLocation": artifact}]}


def _results(report: Report, number: int, rules: dict[str, int]) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield _result(report, finding, number, rules)
    for one in report.waived:
        yield _result(report, one.finding, number, rules) | {"suppressions": [_suppression(one.leave)]}


def _result(report: Report, finding: Finding, number: int, rules: dict[str, int]) -> dict[str, Any]:
    place = report.document.place(finding.span) if report.document is not None else None
    text = f"{finding.message} «{printable(finding.excerpt)}» ({finding.part}, {finding.place})"
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": printable(text)},
        "locations": [_location(report.path, number, finding, place)],
        "partialFingerprints": {"doclint/v1": finding.fingerprint},
        "properties": {"fix": printable(finding.fix), "start": finding.span.start, "end": finding.span.end}
        | _pages(place),
    }


def _location(path: Path, number: int, finding: Finding, place: Place | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(path), "index": number}}
    if isinstance(place, TextPlace):
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column + 1,
        }
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"name": finding.place, "fullyQualifiedName": f"{finding.part}, {finding.place}"}],
    }


def _pages(place: Place | None) -> dict[str, Any]:
    """Return the pages of a PDF that a finding stands on, from 1."""
    if place is None or isinstance(place, TextPlace | DocxPlace):
        return {}
    return {"pages": sorted({box.page for box in place.boxes})}


def _suppression(leave: Leave) -> dict[str, Any]:
    # A comment stands in the file itself; the file beside the draft and the settings do not. Accepted is what a reader
    # takes it for without a word: that word is "status" in the text of the standard and "state" in its schema.
    kind = "external" if leave.span is None else "inSource"
    return {"kind": kind, "justification": printable(f"{leave.reason} [{leave.origin}]")}


def uri(path: Path) -> str:
    """Return ``path`` as a URI: relative where it lies below the current folder, its bytes percent-encoded."""
    whole = Path(os.path.normpath(Path.cwd() / path))
    if not whole.is_relative_to(Path.cwd()):
        return whole.as_uri()
    return quote_from_bytes(os.fsencode(whole.relative_to(Path.cwd())), safe="/")


_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}
_PLACEHOLDER = re.compile(r"\{\w+\}")
