"""The command ``digitize status``."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize import limits
from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import dotted
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from digitize.standing import Standing

_FOLLOW_SECONDS = 2.0
_STATES = {
    "done": "xong",
    "running": "đang làm",
    "queued": "chờ",
    "failed": "hỏng",
    "quarantined": "cách ly",
    "no_text": "không đọc được",
}


@click.command(help="Cho biết kho đang ra sao, kể cả khi digitize run đang chạy: xong bao nhiêu, tốc độ, còn bao lâu.")
@ARCHIVE
@click.option("--follow", is_flag=True, help="In lại vài giây một lần, đến khi không còn lệnh nào ghi vào kho.")
@format_option(note="; json cùng --follow thì mỗi lần một dòng")
def status(folder: Path, follow: bool, form: str) -> int:
    """Print how an archive stands."""
    from digitize.archive import open_archive
    from digitize.ledger import Ledger
    from digitize.standing import standing

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        while True:
            now = standing(archive, ledger)
            if form == "json":
                click.echo(json.dumps(asdict(now), ensure_ascii=False, indent=None if follow else 2))
            else:
                click.echo(_as_text(now) + ("\n" if follow else ""))
            if not follow or not now.writer:
                return DigitizeExit.DONE
            time.sleep(_FOLLOW_SECONDS)


def _as_text(now: Standing) -> str:
    from digitize.disk import gigabytes
    from digitize.standing import duration

    lines = [f"Tài liệu: {_counts(now.documents)}", f"Trang: {_counts(now.pages)}"]
    if now.confidence is not None:
        lines.append(
            f"Độ tin cậy trung bình: {now.confidence:.0f}; {dotted(now.low)} trang dưới {limits.LOW_CONFIDENCE}"
        )
    if now.writer:
        lines.append(f"Đang ghi: {now.writer}")
        pace = f"{now.pages_per_second:.2f} trang/giây".replace(".", ",")
        left = "chưa tính được" if now.seconds_left is None else f"khoảng {duration(now.seconds_left)}"
        lines.append(f"Tốc độ: {pace}; còn lại: {left}")
    else:
        lines.append("Không có lệnh nào đang ghi vào kho")
    low = ", SẮP HẾT" if now.free < limits.FREE_DISK_BYTES else ""
    lines.append(f"Đĩa còn: {gigabytes(now.free)}{low}")
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    told = [f"{name} {dotted(counts[state])}" for state, name in _STATES.items() if counts.get(state)]
    return ", ".join(told) or "chưa có"
