"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

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
