"""Reports → copies of the checked files with a comment at every finding, for a clerk with Word or a PDF viewer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.api import Report
from doclint.document import Document
from doclint.reporters.word.remarks import NO_RULES
from doclint.reporters.word.targets import target
from doclint.reporters.words import VERDICTS, counts, failure
from vanthu.errors import VanthuError, os_reason
from vanthu.files import near, write_atomic

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["commented", "suffix_of", "write"]


def write(reports: Sequence[Report], output: Path | None, console: Console) -> bool:
    """Write the copy of each report and print its advice and where that is; tell whether all that was read has one.

    They go to the folder ``output``, or the only one to the file of that name, or each beside its draft.
    """
    from doclint.reporters.terminal import put_total

    folder, named = (output, None) if output is not None and output.is_dir() else (None, output)
    taken = [report.path for report in reports]
    complete = True
    for report in reports:
        _put_advice(report, console)
        if report.document is None or report.secret:
            continue
        try:
            path = _written(report, named or target(report.path, suffix_of(report.document), folder, taken))
        except VanthuError as error:
            complete = False
            console.print(f"Lỗi: {error}", style="bold red", markup=False, soft_wrap=True)
        else:
            taken.append(path)
            console.print(f"  Bản nhận xét: {near(path)}", markup=False, soft_wrap=True)
    if len(reports) > 1:
        put_total(reports, console)
    return complete


def _put_advice(report: Report, console: Console) -> None:
    """Print in a line or two what came out for a file; where it could not be read, why."""
    if report.error is not None:
        console.print(failure(report), style="bold red", markup=False, soft_wrap=True)
    if report.document is None or report.secret:
        return
    if report.error is not None:
        advice = f"  Phần đọc được: {counts(report.findings)}"
    elif report.verdict is None:
        advice = f"{near(report.path)}: {NO_RULES}"
    else:
        advice = f"{near(report.path)}: {VERDICTS[report.verdict]} — {counts(report.findings)}"
    console.print(advice, markup=False, soft_wrap=True)


def suffix_of(document: Document) -> str:
    """Return the suffix of the commented copy of ``document``: a PDF stays one, all else becomes a Word file."""
    return ".pdf" if document.format == "pdf" else ".docx"


def commented(report: Report, content: bytes) -> bytes:
    """Return the commented copy of the checked file, whose bytes are ``content``.

    Raises VanthuError when there is nothing to comment (not read, or secret), when the file cannot be written anew, and
    when ``content`` is not what was checked.
    """
    document, path = report.document, report.path
    if document is None or report.secret:
        raise VanthuError("không có gì để nhận xét", path=path)
    try:
        if document.format == "pdf":
            from doclint.reporters.word.highlights import highlight_pdf

            return highlight_pdf(content, report, document, path)
        from doclint.reporters.word.docx import comment_docx

        if document.format == "txt":
            from doclint.reporters.word.plain import plain_docx

            made, placed = plain_docx(document)
            return comment_docx(made, report, placed, path)
        copy = comment_docx(_docx(content, document, path), report, document, path)
    except IndexError as error:
        raise _changed(path) from error
    _require_same_text(copy, document, path)
    return copy


def _written(report: Report, path: Path) -> Path:
    assert report.document is not None
    suffix = suffix_of(report.document)
    if path.suffix.lower() != suffix:
        raise VanthuError(
            f"bản nhận xét của {near(report.path)} là tệp {suffix}", path=path, hint=f"đặt tên có đuôi {suffix}"
        )
    try:
        content = report.path.read_bytes()
    except OSError as error:
        raise VanthuError(f"không mở lại được tệp ({os_reason(error)})", path=report.path) from error
    try:
        copy = commented(report, content)
    except VanthuError:
        raise
    except Exception as error:
        # The border of one file, as in checking: the others get their copies.
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise VanthuError(
            f"chương trình gặp lỗi khi ghi nhận xét ({cause})", path=report.path, hint="gửi tệp cho nhóm phát triển"
        ) from error
    try:
        write_atomic(path, copy)
    except OSError as error:
        raise VanthuError(
            f"không ghi được bản nhận xét ({os_reason(error)})", path=path, hint="chọn nơi khác bằng --output"
        ) from error
    return path


def _docx(content: bytes, document: Document, path: Path) -> bytes:
    """Return the Word file that ``document`` was read from: ``content``, or what LibreOffice makes of it."""
    if document.format == "docx":
        return content
    from doclint.readers.libreoffice import convert_to_docx
    from doclint.readers.office import office_format

    kind = office_format(content, path)
    if kind is None:
        raise _changed(path)
    return convert_to_docx(content, kind.name, kind.filter, path)


def _require_same_text(copy: bytes, document: Document, path: Path) -> None:
    """Raise VanthuError when the copy does not say what was checked: its comments would stand at the wrong places."""
    from doclint.readers.word import read_docx

    if read_docx(copy, path).text != document.text:
        raise _changed(path)


def _changed(path: Path) -> VanthuError:
    return VanthuError("tệp đã đổi sau khi soát nên chưa ghi được bản nhận xét", path=path, hint="soát lại tệp này")
