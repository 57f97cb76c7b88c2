"""The command ``digitize``: one module a command in ``commands``."""

from __future__ import annotations

from typing import NoReturn

import click

from digitize.commands.audit import audit
from digitize.commands.describe import catalogue, describe
from digitize.commands.explain import explain
from digitize.commands.export import export
from digitize.commands.failures import failures
from digitize.commands.index import index, reindex
from digitize.commands.lm import lm
from digitize.commands.retry import retry
from digitize.commands.run import run
from digitize.commands.search import search
from digitize.commands.secrets import secrets
from digitize.commands.serve import serve
from digitize.commands.show import show
from digitize.commands.status import status
from digitize.commands.users import users
from digitize.commands.watch import watch
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


for _command in (
    run,
    watch,
    status,
    failures,
    retry,
    show,
    explain,
    export,
    index,
    reindex,
    search,
    describe,
    catalogue,
    secrets,
    serve,
    users,
    audit,
    lm,
):
    cli.add_command(_command)
