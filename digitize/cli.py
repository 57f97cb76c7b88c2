"""The command ``digitize``: run, index, search."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from digitize.commands.lm import lm
from vanthu.command import run as run_command
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit
from vanthu.files import near, shown

if TYPE_CHECKING:
    from digitize.index.search import Answer, Hit

_ARCHIVE = click.option(
    "--archive", "folder", required=True, metavar="KHO", type=click.Path(path_type=Path), help="Thư mục kho số hóa."
)


def main() -> NoReturn:
    """Run the command line and exit with the codes of vanthu.exit_codes."""
    run_command(cli, program="digitize", usage_error=DigitizeExit.USAGE, stopped=DigitizeExit.STOPPED)


@click.group(
    help="Số hóa tài liệu lưu trữ: ảnh quét thành PDF tìm được chữ, không mất trang nào.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="vanthu", prog_name="digitize")
def cli() -> None:
    """Hold the commands."""


cli.add_command(lm)


@cli.command(
    help="Số hóa mọi ảnh (PNG, JPEG, TIFF) và PDF trong THƯ_MỤC vào kho. Chạy lại lệnh cũ để làm tiếp việc dở."
)
@click.argument("sources", nargs=-1, required=True, metavar="THƯ_MỤC…", type=click.Path(path_type=Path))
@_ARCHIVE
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Số trang đọc cùng lúc. Mặc định: số nhân của máy."
)
@click.option(
    "--language", default="vie", show_default=True, metavar="MÃ", help="Ngôn ngữ của Tesseract, ví dụ vie hoặc vie+eng."
)
def run(sources: tuple[Path, ...], folder: Path, jobs: int | None, language: str) -> int:
    """Digitize folders and print the account of it."""
    tesseract = _check_tesseract(language)
    _check_places(sources, folder)
    from digitize import batch
    from digitize.archive import create_archive, locked
    from digitize.index.build import update_index
    from digitize.ledger import Ledger
    from digitize.lm.choose import key_for
    from digitize.pipeline import Settings
    from digitize.progress import meter

    archive = create_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        with meter() as bars:
            settings = Settings(language, key_for(archive, language))
            workers = jobs or len(os.sched_getaffinity(0))
            balance = batch.run(archive, ledger, sources, settings, _versions(tesseract), workers, bars)
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


@cli.command(help="Dựng lại chỉ mục tìm kiếm từ các tài liệu trong kho.")
@_ARCHIVE
def index(folder: Path) -> int:
    """Rebuild the index of an archive."""
    from digitize.archive import locked, open_archive
    from digitize.index.build import rebuild_index
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        rebuild_index(archive, ledger)
        click.echo(f"Đã lập chỉ mục {len(ledger.done())} tài liệu.")
    return DigitizeExit.DONE


@cli.command(help='Tìm các trang có đủ mọi từ trong CÂU_TÌM; gõ có dấu hay không dấu; "…" là cả cụm.')
@click.argument("query", nargs=-1, required=True, metavar="CÂU_TÌM")
@_ARCHIVE
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Số trang in ra.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="Dạng kết quả.",
)
def search(query: tuple[str, ...], folder: Path, limit: int, form: str) -> int:
    """Print the pages that answer a query."""
    from digitize.archive import open_archive
    from digitize.index.search import search as answer_query
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        answer = answer_query(archive, ledger, " ".join(query), limit)
    click.echo(_as_json(answer) if form == "json" else _as_text(answer))
    return DigitizeExit.DONE


def _check_tesseract(language: str) -> str:
    """Return the version of Tesseract. Raises VanthuError when it or its language data is not installed."""
    if not shutil.which("tesseract"):
        raise VanthuError("máy chưa có Tesseract", hint="sudo apt-get install tesseract-ocr tesseract-ocr-vie")
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )[1:]
    missing = [code for code in language.split("+") if code not in listed]
    if missing:
        packages = " ".join(f"tesseract-ocr-{code.replace('_', '-')}" for code in missing if code)
        raise VanthuError(f"Tesseract chưa có dữ liệu ngôn ngữ «{language}»", hint=f"sudo apt-get install {packages}")
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False).stdout
    return version.split("\n")[0].removeprefix("tesseract ")


def _versions(tesseract: str) -> str:
    """Return what reads the pages, as the ledger keeps it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        own = version("vanthu")
    except PackageNotFoundError:  # run from a checkout
        own = ""
    return json.dumps({"vanthu": own, "tesseract": tesseract})


def _check_places(sources: tuple[Path, ...], folder: Path) -> None:
    """Raise VanthuError for an input that is not there, or that is the archive itself."""
    for source in sources:
        if not os.path.lexists(source):
            raise VanthuError("không có tệp hay thư mục này", path=source)
        if source.resolve().is_relative_to(folder.resolve()):
            raise VanthuError("đầu vào nằm trong kho", path=source, hint="chọn --archive là một thư mục khác")


def _as_json(answer: Answer) -> str:
    hits = [
        {
            "path": _exact(hit.path),
            "sha256": hit.sha256,
            "page": hit.page,
            "score": round(hit.score, 4),
            "snippet": hit.snippet.text,
            "marks": hit.snippet.marks,
            "pdf": _exact(str(hit.pdf)),
        }
        for hit in answer.hits
    ]
    return json.dumps(
        {"version": 1, "query": answer.query, "total": answer.total, "hits": hits}, ensure_ascii=False, indent=2
    )


def _as_text(answer: Answer) -> str:
    if not answer.total:
        return f"Không thấy trang nào có «{answer.query}»."
    more = f", in {len(answer.hits)} trang đầu" if len(answer.hits) < answer.total else ""
    blocks = [f"{answer.total} trang có «{answer.query}»{more}:"]
    for number, hit in enumerate(answer.hits, start=1):
        blocks.append(f"{number}. {_original(hit)}, trang {hit.page}\n   {_marked(hit)}\n   {near(hit.pdf)}")
    return "\n\n".join(blocks)


def _original(hit: Hit) -> str:
    return near(hit.path) if hit.path else "(bản gốc không còn ở chỗ cũ)"


def _marked(hit: Hit) -> str:
    """Return the snippet with its words in bold, blanks drawn together."""
    pieces, position = [], 0
    for start, end in hit.snippet.marks:
        pieces += [hit.snippet.text[position:start], click.style(hit.snippet.text[start:end], bold=True)]
        position = end
    return " ".join("".join([*pieces, hit.snippet.text[position:]]).split())


def _exact(path: str) -> str:
    """Return a path for a program: as it is, save bytes that are not UTF-8, which JSON cannot hold."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
