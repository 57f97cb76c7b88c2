"""A report and its Word file → the file with a comment at every finding."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from pathlib import Path

from doclint.api import Report
from doclint.document import Document, DocxPlace, RunRange, Span
from doclint.finding import Finding
from doclint.readers.word.package import open_package
from doclint.reporters.word.anchors import Anchor, Part, mark
from doclint.reporters.word.comments import add_comments, free_ids
from doclint.reporters.word.package import Rewriting, comments_part, plan, written
from doclint.reporters.word.remarks import Remark, finding_remark, verdict_remark


def comment_docx(content: bytes, report: Report, document: Document, path: Path) -> bytes:
    """Return the .docx in ``content`` with the comments; the places of ``document`` are those of ``content``.

    Raises UnreadableDocument for a file that cannot be read, IndexError when it is not the one that was read.
    """
    package = open_package(content, path)
    rewriting = plan(package)
    root = package.xml(package.main)
    rewriting.changed[package.main] = root
    part = Part(root)
    home = _home(part, document)
    remarks: list[tuple[Remark, Anchor | None]] = [(verdict_remark(report, tuple(_caveats(rewriting))), home)]
    cited: set[str] = set()
    remarks += [_placed(part, finding, report, document, home, cited) for finding in report.findings]
    comments = comments_part(rewriting)
    ids = free_ids(root, comments)
    numbered = [(next(ids), remark, anchor) for remark, anchor in remarks]
    mark(part, [(id_, anchor) for id_, _, anchor in numbered])
    add_comments(comments, [(id_, remark) for id_, remark, _ in numbered], datetime.datetime.now())
    return written(rewriting)


def _placed(
    part: Part, finding: Finding, report: Report, document: Document, home: Anchor | None, cited: set[str]
) -> tuple[Remark, Anchor | None]:
    """Return the remark on ``finding`` and where it stands; elsewhere than the finding it says where that is."""
    kind = _kind(document, finding.span)
    anchor = part.anchor(_runs(document, finding.span)) if kind == "body" else home
    where = _WHERE[kind] if anchor is None or not anchor.exact or kind != "body" else ""
    return finding_remark(finding, report, cited, where), anchor if anchor is not None else home


def _home(part: Part, document: Document) -> Anchor | None:
    """Return the first word of the body: so short that no other comment ends before it."""
    for block in document.blocks:
        if block.part == "body":
            word = document.at(block.span).split(maxsplit=1)[0]
            return part.anchor(_runs(document, Span(block.span.start, block.span.start + len(word))))
    return None


def _runs(document: Document, span: Span) -> tuple[RunRange, ...]:
    place = document.place(span)
    assert isinstance(place, DocxPlace)
    return place.runs


def _kind(document: Document, span: Span) -> str:
    """Return the part of the block that ``span`` begins in."""
    number = bisect_right(document.blocks, span.start, key=lambda block: block.span.start)
    return document.blocks[max(0, number - 1)].part


def _caveats(rewriting: Rewriting) -> list[str]:
    caveats = []
    if rewriting.signed:
        caveats.append("bản nhận xét này không có chữ ký số; bản có chữ ký là tệp gốc.")
    if rewriting.macros:
        caveats.append("bản nhận xét này đã bỏ macro của tệp gốc.")
    return caveats


_WHERE = {
    "body": "Chỗ bị báo",
    "header": "Ở đầu trang (header)",
    "footer": "Ở cuối trang (footer)",
    "footnote": "Ở chú thích",
}
