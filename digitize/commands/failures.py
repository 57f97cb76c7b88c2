"""The command ``digitize failures``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize import limits
from digitize.commands.options import ARCHIVE, PROFILE
from vanthu.exit_codes import DigitizeExit
from vanthu.files import exact, near, write_atomic
from vanthu.spreadsheet import inert

if TYPE_CHECKING:
    from digitize.account import Trouble

_NAMES = {
    "quarantined": "cách ly",
    "failed": "hỏng",
    "no_text": "trang không đọc được",
    "done": "độ tin cậy thấp",
    "short": "dưới yêu cầu",
}


@click.command(
    help="Liệt kê mọi tài liệu hỏng hay bị cách ly, trang không đọc được, trang đọc với độ tin cậy thấp"
    " hay quét dưới yêu cầu."
)
@ARCHIVE
@click.option(
    "--csv",
    "target",
    is_flag=False,
    flag_value="-",
    metavar="[TỆP]",
    help="Bảng CSV mở được bằng Excel, ghi vào TỆP; không nêu tệp thì in ra màn hình.",
)
@click.option(
    "--below",
    type=click.FloatRange(0, 100),
    default=limits.LOW_CONFIDENCE,
    show_default=True,
    metavar="SỐ",
    help="Kể cả trang có độ tin cậy dưới mức này (0–100).",
)
@PROFILE
def failures(folder: Path, target: str | None, below: float, profile: str) -> int:
    """Print what a person should look at."""
    from digitize.account import shortcomings, troubles
    from digitize.archive import open_archive
    from digitize.balance import UNCHECKED
    from digitize.gate import Gate
    from digitize.ledger import Ledger
    from digitize.profiles import profile as profile_named

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        gate = Gate(archive, ledger)
        listed = [*troubles(ledger, below=below), *shortcomings(ledger, profile_named(profile))]
        found = [gate.shown(one) for one in listed if one.state != "excluded"]
    if target is None:
        for one in found:
            click.echo(_line(one))
        if any(one.state == "no_text" for one in found):
            click.echo(UNCHECKED)
        click.echo(f"Có {len(found)} mục cần xem." if found else "Không có mục nào cần xem.")
    elif target == "-":
        click.echo(_table(found), nl=False)
    else:
        write_atomic(Path(target), _table(found))
        click.echo(f"Đã ghi {len(found)} mục vào {near(target)}.")
    return DigitizeExit.DONE


def _line(trouble: Trouble) -> str:
    page = "" if trouble.page is None else f", trang {trouble.page}"
    why = trouble.reason if trouble.confidence is None or trouble.state != "done" else f"{trouble.confidence:.0f}"
    return f"{_NAMES[trouble.state]}: {near(trouble.path)}{page}: {why}"


def _table(found: Iterable[Trouble]) -> bytes:
    """Return a CSV as Excel reads it: UTF-8 with a mark at the start, lines ended as Windows does."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["loại", "tệp", "trang", "lý do", "độ tin cậy", "số lần thử", "mã tài liệu"])
    for one in found:
        sure = "" if one.confidence is None else str(one.confidence).replace(".", ",")
        row = [_NAMES[one.state], exact(one.path), one.page or "", one.reason, sure, one.attempts or "", one.sha256]
        table.writerow([inert(str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")
