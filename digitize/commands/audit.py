"""The commands ``digitize audit …``: the journal of who saw and changed what."""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError, dotted
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from digitize.audit.journal import End

_LINES = 50
_HEADS = ("Số", "Lúc", "Việc", "Người", "Địa chỉ", "Chi tiết")


@click.group(
    help="Nhật ký của kho: ai tìm gì, xem gì, xuất gì, đăng nhập, đổi tài khoản; chỉ ghi thêm, không sửa được."
)
def audit() -> None:
    """Hold the commands."""


@audit.command(help="Kiểm nhật ký có bị sửa, bị chèn, bị xóa hay bị cắt cuối không; in mã chốt để ghi vào sổ giấy.")
@ARCHIVE
@click.option(
    "--expect", metavar="MÃ_CHỐT", default="", help="Mã chốt đã ghi lại lần trước; nhật ký phải còn đúng dòng ấy."
)
def verify(folder: Path, expect: str) -> int:
    """Verify the journal of an archive."""
    from digitize.archive import open_archive
    from digitize.audit.verify import verify as verified

    verdict = verified(open_archive(folder).root, _end(expect) if expect else None)
    for fault in verdict.faults[:_LINES]:
        click.echo(f"✗ {fault}")
    if len(verdict.faults) > _LINES:
        click.echo(f"… và {len(verdict.faults) - _LINES} chỗ nữa")
    if verdict.faults:
        click.echo("Nhật ký KHÔNG nguyên vẹn: giữ nguyên kho, so với bản sao lưu, báo người phụ trách.")
        return DigitizeExit.SOME_FAILED
    click.echo(f"Nhật ký nguyên vẹn: {dotted(verdict.end.lines)} dòng.")
    click.echo(f"Mã chốt: {verdict.end.lines}:{verdict.end.hash}")
    click.echo("Ghi mã chốt ở nơi khác (sổ giấy, biên bản); lần sau: digitize audit verify --expect MÃ_CHỐT.")
    return DigitizeExit.DONE


@audit.command(help=f"Xem nhật ký; trên màn hình là {_LINES} dòng cuối, csv và json là tất cả.")
@ARCHIVE
@format_option("csv")
def show(folder: Path, form: str) -> int:
    """Print the journal of an archive."""
    from digitize.archive import open_archive
    from digitize.audit.verify import entries

    found = entries(open_archive(folder).root)
    if form == "csv":
        _print_csv(found)
    elif form == "json":
        for entry in found:
            click.echo(json.dumps(entry, ensure_ascii=False))
    else:
        last = deque(found, maxlen=_LINES)
        click.echo("\n".join(map(_as_line, last)) or "Nhật ký chưa có gì.")
    return DigitizeExit.DONE


def _print_csv(found: Iterator[dict[str, Any]]) -> None:
    from digitize.audit.wording import details, event_name
    from vanthu.spreadsheet import inert

    click.echo("\ufeff" + _row(_HEADS), nl=False)  # with the mark by which Excel knows UTF-8
    for entry in found:
        cells = (entry["number"], entry["at"], event_name(entry), entry["who"], entry["address"], details(entry))
        click.echo(_row(inert(str(cell)) for cell in cells), nl=False)


def _row(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue()


def _as_line(entry: dict[str, Any]) -> str:
    from digitize.audit.wording import details, event_name

    when = datetime.fromisoformat(entry["at"])
    where = f" từ {entry['address']}" if entry["address"] else ""
    return (
        f"{entry['number']:>6}  {when:%d/%m/%Y %H:%M:%S}  {event_name(entry)}: {entry['who']}{where}  {details(entry)}"
    )


def _end(expect: str) -> End:
    from digitize.audit.journal import End

    lines, _, digest = expect.strip().partition(":")
    if not lines.isdecimal() or len(digest) != 64:
        raise VanthuError(f"mã chốt «{expect}» sai khuôn dạng", hint="chép nguyên dòng «Mã chốt» đã in, số:mã")
    return End(int(lines), digest)
