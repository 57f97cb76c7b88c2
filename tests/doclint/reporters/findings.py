"""Reports made by hand: findings wherever a test wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from doclint.anatomy import dissect
from doclint.api import Report, check
from doclint.document import Document, Span
from doclint.finding import Finding

ROOT = Path(__file__).parents[3]
DRAFTS = [*sorted((ROOT / "corpora/drafts").glob("*.docx")), *sorted((ROOT / "corpora/specimens").glob("*.docx"))]


def report_of(document: Document, spans: Iterable[Span], path: Path = Path("du-thao.docx")) -> Report:
    """Return a report with a finding at each of ``spans``, numbered so that comments can be told apart."""
    findings = [
        replace(_any_finding(), level="error", span=span, excerpt=document.at(span), message=f"số {number}")
        for number, span in enumerate(spans)
    ]
    return Report(path, document=document, anatomy=dissect(document), findings=tuple(findings), applied=1)


@cache
def _any_finding() -> Finding:
    return check(ROOT / "corpora/drafts/quyet-dinh-sai-the-thuc.docx").findings[0]
