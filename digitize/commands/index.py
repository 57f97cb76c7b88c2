"""The commands ``digitize index`` and ``digitize reindex``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE
from vanthu.errors import VanthuError, dotted
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from digitize.archive import Archive
    from digitize.index.build import Progress

_ENGINE = click.option(
    "--engine",
    type=click.Choice(["whoosh", "tantivy"]),
    help="Máy tìm: whoosh (mặc định), hoặc tantivy cho kho trên 200.000 trang (cài thêm vanthu[tantivy]). "
    "Không nêu thì giữ máy tìm đang dùng; đổi thì dựng lại cả chỉ mục.",
)


@click.command(
    help="Đưa vào chỉ mục tìm kiếm những tài liệu mới, đọc lại hay vừa sửa mô tả; lần trước dở thì làm tiếp."
)
@ARCHIVE
@_ENGINE
@click.option("--verify", is_flag=True, help="Không ghi gì, chỉ đọc lại từng tệp của chỉ mục xem có còn như lúc ghi.")
def index(folder: Path, engine: str | None, verify: bool) -> int:
    """Bring the index of an archive up to date, or verify it."""
    from digitize.archive import locked, open_archive
    from digitize.index.build import update_index, waiting
    from digitize.index.generation import verified
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    if verify:
        count = verified(archive.index, lambda: click.echo("Chỉ mục đang được ghi, chờ ghi xong…", err=True))
        click.echo(f"Chỉ mục còn nguyên: {dotted(count)} tệp.")
        return DigitizeExit.DONE
    with locked(archive), Ledger(archive.ledger) as ledger, _bar(waiting(archive, ledger, engine)) as progress:
        update_index(archive, ledger, engine, progress)
        count = len(ledger.done())
    click.echo(f"Chỉ mục có đủ {dotted(count)} tài liệu.")
    return DigitizeExit.DONE


@click.command(
    help="Dựng lại cả chỉ mục tìm kiếm từ các tài liệu trong kho; trong lúc dựng vẫn tìm được bằng chỉ mục cũ."
)
@ARCHIVE
@_ENGINE
def reindex(folder: Path, engine: str | None) -> int:
    """Rebuild the index of an archive."""
    from digitize.archive import locked, open_archive
    from digitize.index.build import rebuild_index
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        count = len(ledger.done())
        with _bar(count) as progress:
            rebuild_index(archive, ledger, engine, progress)
    click.echo(f"Đã lập chỉ mục {dotted(count)} tài liệu.")
    return DigitizeExit.DONE


def refresh(archive: Archive) -> None:
    """Bring the index up after the catalogue has changed; where that cannot be now, say when it will be."""
    from digitize.archive import lock_holder, locked
    from digitize.index.build import update_fields, update_index, waiting
    from digitize.ledger import Ledger

    try:
        with Ledger(archive.ledger) as ledger:
            # A batch that is at work sees to what it stores; what people say of the rest need not wait for its end.
            if lock_holder(archive) and update_fields(archive, ledger, sys.maxsize):
                return
            with locked(archive), _bar(waiting(archive, ledger)) as progress:
                update_index(archive, ledger, progress=progress)
    except (VanthuError, OSError) as error:
        reason = error.advice if isinstance(error, VanthuError) else "lỗi đĩa"
        click.echo(f"Cảnh báo: danh mục đã ghi, chỉ mục chưa theo kịp: {reason}; sau đó chạy digitize index", err=True)


@contextmanager
def _bar(expected: int) -> Iterator[Progress]:
    """Yield what moves a progress bar on; on the error stream, and only where somebody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("Lập chỉ mục"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task("", total=expected)
        yield lambda count: bars.advance(task, count)
