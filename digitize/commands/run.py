"""The command ``digitize run``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digitize.commands.options import ARCHIVE
from digitize.commands.work import (
    check_places,
    check_tesseract,
    conduct_for,
    exit_code,
    reading_options,
    waiting,
    work,
)
from vanthu.files import shown


@click.command(help="Số hóa mọi ảnh và PDF trong THƯ_MỤC vào kho. Chạy lại lệnh cũ để làm tiếp việc dở.")
@click.argument("sources", nargs=-1, required=True, metavar="THƯ_MỤC…", type=click.Path(path_type=Path))
@ARCHIVE
@reading_options
@click.option(
    "--wait", is_flag=True, help="Kho đang bận hay đĩa gần đầy thì chờ, không dừng. Trên màn hình, đĩa đầy luôn chờ."
)
def run(
    sources: tuple[Path, ...], folder: Path, jobs: int | None, language: str, engine: str, profile: str, wait: bool
) -> int:
    """Digitize folders and print the account of it."""
    check_places(sources, folder)
    from digitize.archive import create_archive, locked

    check_tesseract(language)
    archive = create_archive(folder)
    with locked(archive, waiting if wait else None):
        # On a terminal a person sees the message and can make room; a program that started this wants an answer.
        conduct = conduct_for(archive, jobs, language, engine, profile, patient=wait or sys.stderr.isatty())
        balance, indexed = work(archive, sources, conduct)
    if balance.stopped:
        click.echo(
            f"Dừng giữa chừng: {balance.stopped}. Những gì đã làm được giữ nguyên; chạy lại đúng lệnh này để làm tiếp."
        )
    elif balance.totals.get("done") or balance.totals.get("alias"):
        click.echo(f'Tìm thử: digitize search "quyết định" --archive {shown(folder)}')
    return exit_code(balance, indexed)
