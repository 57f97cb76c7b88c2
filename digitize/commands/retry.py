"""The command ``digitize retry``."""

from __future__ import annotations

from pathlib import Path

import click

from digitize.commands.options import ARCHIVE
from vanthu.exit_codes import DigitizeExit


@click.command(
    help="Xếp lại hàng chờ những gì chưa đọc được: mọi thứ, hay chỉ các tài liệu nêu tên. Sau đó chạy digitize run."
)
@click.argument("names", nargs=-1, metavar="[TỆP|MÃ…]")
@ARCHIVE
@click.option("--failed", is_flag=True, help="Chỉ tài liệu hỏng hay bị cách ly vì không đọc được.")
@click.option("--no-text", is_flag=True, help="Chỉ trang không đọc được của tài liệu đã xong.")
def retry(names: tuple[str, ...], folder: Path, failed: bool, no_text: bool) -> int:
    """Queue documents and pages again."""
    from digitize.archive import locked, open_archive
    from digitize.find import find_document
    from digitize.ledger import Ledger
    from digitize.retrying import queue_again

    archive = open_archive(folder)
    everything = failed == no_text
    with locked(archive), Ledger(archive.ledger) as ledger:
        wanted = {find_document(ledger, name) for name in names} if names else None
        documents, pages = queue_again(
            archive, ledger, wanted, failed=failed or everything, no_text=no_text or everything
        )
    click.echo(f"Xếp lại {documents} tài liệu, {pages} trang.")
    if documents or pages:
        click.echo("Chạy digitize run với thư mục gốc của chúng để đọc lại.")
    return DigitizeExit.DONE
