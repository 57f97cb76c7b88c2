"""What ``run`` and ``watch`` share: the options of reading, one run with its index, and the account of it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.options import PROFILE
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from digitize.archive import Archive
    from digitize.balance import Balance
    from digitize.batch import Conduct
    from digitize.ledger import Ledger
    from digitize.settings import Settings


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command the options that say how pages are read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="Số trang đọc cùng lúc. Mặc định: số nhân của máy."
    ),
    click.option(
        "--language",
        default="vie",
        show_default=True,
        metavar="MÃ",
        help="Ngôn ngữ của Tesseract, ví dụ vie hoặc vie+eng.",
    ),
    click.option(
        "--engine",
        default="auto",
        show_default=True,
        metavar="TÊN",
        help="Bộ đọc chữ: tesseract, trueocr, merge (cả hai) hoặc auto (bộ tốt nhất máy có).",
    ),
    PROFILE,
)


def conduct_for(
    archive: Archive, jobs: int | None, language: str, engine: str, profile: str, *, patient: bool
) -> Conduct:
    """Return how to read, as the options say. Raises VanthuError when something for it is not installed."""
    from digitize.batch import Conduct
    from digitize.engines.choose import resolve
    from digitize.lm.choose import key_for
    from digitize.profiles import profile as profile_named
    from digitize.settings import Settings

    settings = Settings(language, resolve(engine, language), key_for(archive, language))
    return Conduct(settings, _versions(settings), jobs or len(os.sched_getaffinity(0)), profile_named(profile), patient)


def work(archive: Archive, sources: Iterable[Path], conduct: Conduct) -> tuple[Balance, bool]:
    """Digitize what is under ``sources`` into an archive that is locked; return the account, and whether it is indexed.

    What is new is described first, so that it is found by number, day and body too.

    What could not be read is named on the error stream.
    """
    from digitize import batch
    from digitize.index.build import update_index
    from digitize.ledger import Ledger
    from digitize.progress import meter

    with Ledger(archive.ledger) as ledger:
        with meter() as bars:
            balance = batch.run(archive, ledger, sources, conduct, bars)
        indexed = True
        if not balance.stopped:
            try:
                _describe_new(archive, ledger)
                update_index(archive, ledger)
            except (VanthuError, OSError, sqlite3.Error) as error:
                indexed = False
                reason = error if isinstance(error, VanthuError) else "lỗi đĩa → chạy digitize index"
                click.echo(f"Cảnh báo: tài liệu đã lưu đủ nhưng chưa vào chỉ mục: {reason}", err=True)
    for line in balance.trouble_lines():
        click.echo(line, err=True)
    for line in (*balance.layer_lines(), *balance.claim_lines()):
        click.echo(line)
    click.echo(balance.line)
    if not balance.holds:
        click.echo("Lỗi: sổ cái không khớp với số tệp tìm thấy; hãy giữ nguyên kho và báo lỗi.", err=True)
    return balance, indexed


def _describe_new(archive: Archive, ledger: Ledger) -> None:
    from digitize.describe.archive import describe_documents
    from digitize.describe.catalogue import open_catalogue

    new = [sha256 for sha256, there in ledger.outdated_in_index() if there]
    with open_catalogue(archive.root) as catalogue:
        for fault in describe_documents(archive, catalogue, new).faults:
            click.echo(f"Cảnh báo: chưa mô tả được một tài liệu: {fault}", err=True)


def exit_code(balance: Balance, indexed: bool) -> int:
    """Return what the process answers."""
    return balance.exit_code if indexed or balance.exit_code else DigitizeExit.SOME_FAILED


def check_places(sources: Iterable[Path], folder: Path) -> None:
    """Raise VanthuError for an input that is not there, or that is the archive itself."""
    for source in sources:
        if not os.path.lexists(source):
            raise VanthuError("không có tệp hay thư mục này", path=source)
        if source.resolve().is_relative_to(folder.resolve()):
            raise VanthuError("đầu vào nằm trong kho", path=source, hint="chọn --archive là một thư mục khác")


def check_tesseract(language: str) -> None:
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


def waiting(holder: str) -> None:
    """Say that another command holds the archive, and that this one waits."""
    click.echo(f"Chờ: kho đang được một lệnh digitize khác ghi ({holder}).", err=True)


def _versions(settings: Settings) -> str:
    """Return what reads the pages, as the ledger keeps it."""
    from importlib.metadata import PackageNotFoundError, version

    from digitize.engines.choose import load

    try:
        own = version("vanthu")
    except PackageNotFoundError:  # run from a checkout
        own = ""
    return json.dumps({"vanthu": own, settings.engine: load(settings.engine, settings.language, None).version})
