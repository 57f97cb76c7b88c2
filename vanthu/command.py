"""The border between a command and its user: click's messages in Vietnamese, errors as one line, exit codes."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from vanthu.errors import VanthuError


def run(command: click.Command, *, program: str, usage_error: int, stopped: int) -> NoReturn:
    """Run ``command`` with the arguments of the process and exit with its code.

    A wrong command line and a VanthuError end with ``usage_error``, Ctrl-C with ``stopped``; each prints one line.
    """
    speak_vietnamese()
    try:
        result = command.main(prog_name=program, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(usage_error)
    except VanthuError as error:
        click.echo(f"Lỗi: {error}", err=True)
        sys.exit(usage_error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng theo yêu cầu.", err=True)
        sys.exit(stopped)
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing to tell it; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(usage_error)
    sys.exit(int(result or 0))


def speak_vietnamese() -> None:
    """Make click's own messages Vietnamese, whatever the language of the machine."""
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain("vanthu", Path(__file__).resolve().parent / "locale")
    gettext.textdomain("vanthu")
