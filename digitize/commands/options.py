"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

ARCHIVE = click.option(
    "--archive", "folder", required=True, metavar="KHO", type=click.Path(path_type=Path), help="Thư mục kho số hóa."
)
PROFILE = click.option(
    "--profile",
    default="tt05",
    show_default=True,
    metavar="TÊN",
    help="Yêu cầu với bản quét: tt05 (tài liệu giấy) hoặc ban-do. Trang dưới yêu cầu vẫn được nhận, và được nêu tên.",
)


def format_option(*more: str, note: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--format``, parameter ``form``: terminal, json or one ``more``; ``note`` ends its help."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["terminal", "json", *more]),
        default="terminal",
        show_default=True,
        help=f"Dạng kết quả{note}.",
    )
