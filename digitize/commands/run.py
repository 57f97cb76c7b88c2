"""The command ``digitize run``."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit
from vanthu.files import shown

if TYPE_CHECKING:
    from digitize.settings import Settings


@click.command(
    help="Số hóa mọi ảnh (PNG, JPEG, TIFF) và PDF trong THƯ_MỤC vào kho. Chạy lại lệnh cũ để làm tiếp việc dở."
)
@click.argument("sources", nargs=-1, required=True, metavar="THƯ_MỤC…", type=click.Path(path_type=Path))
@ARCHIVE
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Số trang đọc cùng lúc. Mặc định: số nhân của máy."
)
@click.option(
    "--language", default="vie", show_default=True, metavar="MÃ", help="Ngôn ngữ của Tesseract, ví dụ vie hoặc vie+eng."
)
@click.option(
    "--engine",
    default="auto",
    show_default=True,
    metavar="TÊN",
    help="Bộ đọc chữ: tesseract, trueocr, merge (cả hai) hoặc auto (bộ tốt nhất máy có).",
)
def run(sources: tuple[Path, ...], folder: Path, jobs: int | None, language: str, engine: str) -> int:
    """Digitize folders and print the account of it."""
    _check_places(sources, folder)
    from digitize import batch
    from digitize.archive import create_archive, locked
    from digitize.engines.choose import resolve
    from digitize.index.build import update_index
    from digitize.ledger import Ledger
    from digitize.lm.choose import key_for
    from digitize.progress import meter
    from digitize.settings import Settings

    _check_tesseract(language)
    archive = create_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        with meter() as bars:
            settings = Settings(language, resolve(engine, language), key_for(archive, language))
            workers = jobs or len(os.sched_getaffinity(0))
            balance = batch.run(archive, ledger, sources, settings, _versions(settings), workers, bars)
        indexed = True
        if not balance.stopped:
            try:
                update_index(archive, ledger)
            except (VanthuError, OSError, sqlite3.Error) as error:
                indexed = False
                reason = error if isinstance(error, VanthuError) else "lỗi đĩa → chạy digitize index"
                click.echo(f"Cảnh báo: tài liệu đã lưu đủ nhưng chưa vào chỉ mục: {reason}", err=True)
    for line in balance.trouble_lines():
        click.echo(line, err=True)
    for line in balance.layer_lines():
        click.echo(line)
    click.echo(balance.line)
    if not balance.holds:
        click.echo("Lỗi: sổ cái không khớp với số tệp tìm thấy; hãy giữ nguyên kho và báo lỗi.", err=True)
    if balance.stopped:
        click.echo(
            f"Dừng giữa chừng: {balance.stopped}. Những gì đã làm được giữ nguyên; chạy lại đúng lệnh này để làm tiếp."
        )
    elif balance.totals.get("done") or balance.totals.get("alias"):
        click.echo(f'Tìm thử: digitize search "quyết định" --archive {shown(folder)}')
    return balance.exit_code if indexed or balance.exit_code else DigitizeExit.SOME_FAILED


def _check_tesseract(language: str) -> None:
    """Raise VanthuError when Tesseract or its language data is not installed."""
    if not shutil.which("tesseract"):
        raise VanthuError("máy chưa có Tesseract", hint="sudo apt-get install tesseract-ocr tesseract-ocr-vie")
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )[1:]
    missing = [code for code in language.split("+") if code not in listed]
    if missing:
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in missing if code)
        raise VanthuError(f"Tesseract chưa có dữ liệu ngôn ngữ «{language}»", hint=f"sudo apt-get install {packages}")


def _versions(settings: Settings) -> str:
    """Return what reads the pages, as the ledger keeps it."""
    from importlib.metadata import PackageNotFoundError, version

    from digitize.engines.choose import load

    try:
        own = version("vanthu")
    except PackageNotFoundError:  # run from a checkout
        own = ""
    return json.dumps({"vanthu": own, settings.engine: load(settings.engine, settings.language, None).version})


def _check_places(sources: tuple[Path, ...], folder: Path) -> None:
    """Raise VanthuError for an input that is not there, or that is the archive itself."""
    for source in sources:
        if not os.path.lexists(source):
            raise VanthuError("không có tệp hay thư mục này", path=source)
        if source.resolve().is_relative_to(folder.resolve()):
            raise VanthuError("đầu vào nằm trong kho", path=source, hint="chọn --archive là một thư mục khác")
