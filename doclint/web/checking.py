"""One upload → what the visitor asked for, in a process of its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from doclint.api import Report, check
from doclint.config import Settings
from doclint.document import Document, Place, Span
from doclint.reporters import html
from doclint.reporters import json as json_report
from doclint.reporters.html.view import View, view
from doclint.reporters.word import commented, suffix_of
from doclint.reuse.packs.library import Library, library
from vanthu.data import data_folder
from vanthu.errors import VanthuError

Form = Literal["page", "json", "html", "word"]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be checked and what is to become of it; ``id`` begins the ids of its part of a page."""

    form: Form
    name: str
    content: bytes
    id: str = "r1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: ``body`` is a piece of a page, a document of the JSON report, a page or a file.

    ``view`` is what the summary of a page shows; ``copy`` the suffix of the commented copy, empty where there is none;
    ``error`` says why there is no ``body``.
    """

    name: str
    body: bytes = b""
    view: View | None = None
    copy: str = ""
    error: VanthuError | None = None


def setup(settings: Settings) -> Callable[[Job], Answer]:
    """Open the packs and make the process warm; return what does its jobs. Raises VanthuError for a bad pack."""
    opened = _STACK.enter_context(library())
    do = partial(answer, settings=settings, opened=opened)
    for path in map((data_folder("corpora") / "drafts").joinpath, _WARMING):
        for form in _FORMS:
            do(Job(form, path.name, path.read_bytes()))
    return do


def answer(job: Job, *, settings: Settings, opened: Library) -> Answer:
    """Check the file of ``job`` and return what was asked for."""
    # A folder of its own and a name of ours: nothing beside it is taken for its settings, and no name is a path.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "van-ban"
        path.write_bytes(job.content)
        report = check(path, settings=settings, library=opened)
    return rendered(job, replace(report, path=Path(job.name)))


def rendered(job: Job, report: Report) -> Answer:
    """Return ``report`` as ``job`` wants it."""
    if job.form == "json":
        (document,) = json.loads(json_report.render([report]))["documents"]
        return Answer(job.name, json.dumps(document, ensure_ascii=False).encode())
    if job.form == "html":
        return Answer(job.name, html.render([report]).encode())
    if job.form == "word":
        return _copy(job, report)
    whole = view(report, job.id)
    body = html.environment().get_template("report.html").render(view=whole)
    return Answer(job.name, body.encode(), _summarised(whole), _copy_suffix(report))


def _copy(job: Job, report: Report) -> Answer:
    """Return the commented copy; where there is none, why."""
    if report.document is None or report.secret:
        return Answer(job.name, error=report.error)
    try:
        return Answer(job.name, commented(report, job.content), copy=_copy_suffix(report))
    except VanthuError as error:
        return Answer(job.name, error=error)
    except Exception as error:
        # The border of one file, as in checking.
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        reason = f"chương trình gặp lỗi khi ghi nhận xét ({cause})"
        return Answer(job.name, error=VanthuError(reason, hint="gửi tệp cho nhóm phát triển"))


def _copy_suffix(report: Report) -> str:
    return suffix_of(report.document) if report.document is not None and not report.secret else ""


def _summarised(whole: View) -> View:
    """Return of ``whole`` what a summary shows: the text of a draft need not go from process to process."""
    report = whole.report
    told = replace(
        report, document=_SOME if report.document is not None else None, anatomy=None, reuse=None, waived=(), idle=()
    )
    return replace(whole, report=told, cards=(), draft=(), tasks=(), copies=(), fresh=())


def _nowhere(span: Span) -> Place:
    raise ValueError("no places in a summary")


_SOME = Document("", (), "", _nowhere)
_STACK = ExitStack()
_WARMING = ("ke-hoach-sao-chep.docx", "ke-hoach-sach.pdf")
_FORMS: tuple[Form, ...] = ("page", "json", "html", "word")
