"""Reports → the screen or files, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.errors import VanthuError
from vanthu.files import write_atomic

if TYPE_CHECKING:
    from doclint.api import Report


def prepare(files: Sequence[Path], form: str, output: Path | None) -> None:
    """Raise VanthuError before the work when its reports cannot go to ``output``; make the folder for commented copies.

    A report must not be written over a draft.
    """
    if output is None:
        return
    if any(path.exists() and output.exists() and path.samefile(output) for path in files):
        raise VanthuError("báo cáo sẽ ghi đè lên dự thảo", path=output, hint="chọn tên tệp khác cho --output")
    if form == "word":
        from doclint.reporters.word.targets import make_folder

        if len(files) > 1:
            make_folder(output)
    elif output.is_dir():
        raise VanthuError("là thư mục, báo cáo phải là một tệp", path=output, hint="ghi cả tên tệp sau --output")


def deliver(
    coming: Iterable[Report], form: str, output: Path | None, *, tasks: bool, with_text: bool
) -> tuple[list[Report], bool]:
    """Print or write the reports that are ``coming``; return them, and whether all of them are there.

    Raises VanthuError when a report cannot be written.
    """
    if form == "terminal":
        return _terminal(coming, output, tasks=tasks), True
    reports = list(coming)
    if form == "word":
        from rich.console import Console

        from doclint.reporters import word

        return reports, word.write(reports, output, Console(highlight=False))
    if form == "json":
        from doclint.reporters import json

        _emit(json.render(reports, with_text=with_text), output)
    elif form == "html":
        from doclint.reporters import html

        _emit(html.render(reports), output)
    else:
        from doclint.reporters import sarif

        _emit(sarif.render(reports), output)
    return reports, True


def _terminal(coming: Iterable[Report], output: Path | None, *, tasks: bool) -> list[Report]:
    from rich.console import Console

    from doclint.reporters import terminal

    # Put into words while other processes check what is still to come, and shown when the bar of progress is gone.
    buffer = StringIO()
    screen = Console(highlight=False)
    here = output is None
    console = Console(
        file=buffer, highlight=False, width=screen.width if here else 100, force_terminal=here and screen.is_terminal
    )
    reports = terminal.render(coming, console, tasks=tasks)
    if output is None:
        click.echo(buffer.getvalue(), nl=False)
    else:
        _emit(buffer.getvalue().lstrip("\n"), output)
    return reports


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_atomic(output, text.encode())
    except OSError as error:
        raise VanthuError("không ghi được báo cáo", path=output, hint="chọn thư mục khác ghi được") from error
