"""The command ``digitize watch``."""

from __future__ import annotations

from pathlib import Path

import click

from digitize.commands.options import ARCHIVE
from digitize.commands.work import (
    check_places,
    check_tesseract,
    conduct_for,
    reading_options,
    waiting,
    work,
)
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit


@click.command(
    help="Canh THƯ_MỤC: tệp mới quét xong (không còn lớn lên) thì số hóa vào kho ngay. Ctrl-C để thôi canh.",
)
@click.argument("sources", nargs=-1, required=True, metavar="THƯ_MỤC…", type=click.Path(path_type=Path))
@ARCHIVE
@reading_options
@click.option(
    "--settle",
    type=click.FloatRange(min=1),
    default=10,
    show_default=True,
    metavar="GIÂY",
    help="Tệp không đổi trong ngần ấy giây thì coi là đã ghi xong.",
)
def watch(
    sources: tuple[Path, ...], folder: Path, jobs: int | None, language: str, engine: str, profile: str, settle: float
) -> int:
    """Digitize what comes into folders until Ctrl-C."""
    check_places(sources, folder)
    for source in sources:
        if not source.is_dir():
            raise VanthuError("chỉ canh được thư mục", path=source)
    check_tesseract(language)
    from digitize.archive import create_archive, locked
    from digitize.incoming import Incoming

    archive = create_archive(folder)
    incoming = Incoming(sources, archive.root, settle)
    click.echo(f"Đang canh {len(sources)} thư mục; Ctrl-C để thôi.", err=True)
    try:
        while True:
            ready = incoming.wait()
            # Only for as long as there is work: other commands may write to the archive in between.
            with locked(archive, waiting):
                balance, _ = work(archive, ready, conduct_for(archive, jobs, language, engine, profile, patient=True))
            if balance.stopped:
                break
    except KeyboardInterrupt:
        pass
    click.echo("Thôi canh. Chạy lại đúng lệnh này để canh tiếp; việc dở được làm nốt.", err=True)
    return DigitizeExit.DONE
