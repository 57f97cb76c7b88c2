"""The border between a command and its user: click's messages in Vietnamese, errors as one line, exit codes."""

from __future__ import annotations

import gettext
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

from vanthu.errors import VanthuError, os_reason
from vanthu.files import shown


def run(command: click.Command, *, program: str, usage_error: int, stopped: int) -> NoReturn:
    """Run ``command`` with the arguments of the process and exit with its code.

    A wrong command line, a VanthuError and an OSError that nobody foresaw end with ``usage_error``, Ctrl-C with
    ``stopped``; each prints one line. When the reader of the output has gone (``| head``), click ends quietly with 1.
    """
    _name_placeholders(command)
    _write_utf8()
    try:
        result = command.main(prog_name=program, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(usage_error)
    except VanthuError as error:
        click.echo(f"Lỗi: {error}", err=True)
        sys.exit(usage_error)
    except OSError as error:
        where = f"{shown(error.filename)}: " if error.filename is not None else ""
        click.echo(f"Lỗi: {where}{os_reason(error)}", err=True)
        sys.exit(usage_error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng theo yêu cầu.", err=True)
        sys.exit(stopped)
    sys.exit(int(result or 0))


def _write_utf8() -> None:
    """Write Vietnamese as UTF-8 even where the language of the machine has no such letters (LANG=C, ISO-8859-1)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _speak_vietnamese() -> None:
    """Make click's own messages Vietnamese, whatever the language of the machine."""
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain("vanthu", Path(__file__).resolve().parent / "locale")
    gettext.textdomain("vanthu")
    # These words click does not translate.
    click.STRING.name = "chữ"
    click.INT.name = click.IntRange.name = "số nguyên"
    click.FLOAT.name = click.FloatRange.name = "số"


def _name_placeholders(command: click.Command) -> None:
    """Put Vietnamese in the place of click's own words on the usage line, in all subcommands too."""
    if command.options_metavar == "[OPTIONS]":
        command.options_metavar = "[TÙY CHỌN]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "LỆNH [THAM SỐ]..."
        for subcommand in command.commands.values():
            _name_placeholders(subcommand)


# When this module is imported, not in run(): click translates some texts while commands are declared.
_speak_vietnamese()
