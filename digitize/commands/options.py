"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

ARCHIVE = click.option(
    "--archive", "folder", required=True, metavar="KHO", type=click.Path(path_type=Path), help="Thư mục kho số hóa."
)
