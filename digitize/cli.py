"""The command ``digitize``: one module a command in ``commands``."""

from __future__ import annotations

from typing import NoReturn

import click

from digitize.commands.lm import lm
from digitize.commands.run import run
from digitize.commands.search import index, search
from vanthu.command import run as run_command
from vanthu.exit_codes import DigitizeExit


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


for _command in (run, index, search, lm):
    cli.add_command(_command)
