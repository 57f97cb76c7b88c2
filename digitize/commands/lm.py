"""The commands ``digitize lm …``: the language model that corrects what is read."""

from __future__ import annotations

from pathlib import Path

import click

from vanthu.exit_codes import DigitizeExit
from vanthu.files import near


@click.group(help="Mô hình ngôn ngữ dùng để sửa chữ máy đọc sai dấu.")
def lm() -> None:
    """Hold the commands."""


@lm.command(
    help="Lập mô hình từ các tệp .txt trong THƯ_MỤC. Đặt tên model.lm trong thư mục kho thì kho dùng mô hình ấy.",
)
@click.argument("folders", nargs=-1, required=True, metavar="THƯ_MỤC…", type=click.Path(path_type=Path))
@click.option(
    "--output",
    required=True,
    metavar="TỆP",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp mô hình, ví dụ KHO/model.lm.",
)
def build(folders: tuple[Path, ...], output: Path) -> int:
    """Build a model and say what went into it."""
    from digitize.lm.build import build as build_model

    built = build_model(folders, output)
    click.echo(
        f"Đã lập {near(output)} từ {built.files} tệp: {built.words} tiếng khác nhau, {built.size // 1024} KB. "
        "Mô hình chỉ giữ số đếm, không giữ câu nào."
    )
    return DigitizeExit.DONE
