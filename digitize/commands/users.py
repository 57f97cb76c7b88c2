"""The commands ``digitize users …``: who may use the pages of an archive."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.accounts.roles import ROLE_NAMES, ROLES, Role
from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from digitize.accounts.managing import Managing
    from digitize.accounts.store import Account

_NAME = click.argument("name", metavar="TÊN")
_ROLE_HELP = "; ".join(f"{role}: {ROLE_NAMES[role]}" for role in ROLES)


@click.group(help="Tài khoản dùng trang web của kho; mật khẩu hỏi trên màn hình, hoặc một dòng ở đầu vào chuẩn.")
def users() -> None:
    """Hold the commands."""


@users.command(help="Thêm tài khoản.")
@_NAME
@ARCHIVE
@click.option("--role", type=click.Choice(ROLES), required=True, help=f"Vai trò. {_ROLE_HELP}.")
@click.option("--sign-on", is_flag=True, help="Không có mật khẩu: chỉ vào qua máy chủ đăng nhập của cơ quan.")
def add(name: str, folder: Path, role: Role, sign_on: bool) -> int:
    """Add an account."""
    from digitize.accounts.passwords import Passwords, fit
    from digitize.accounts.store import free_name

    with _managing(folder) as managing:
        free_name(managing.accounts, name)  # before somebody types a password for nothing
        managing.add(name, role, None if sign_on else Passwords().hashed(fit(_password(), name)))
    click.echo(f"Đã thêm {name}, vai trò {ROLE_NAMES[role]}.")
    return DigitizeExit.DONE


@users.command("list", help="Liệt kê các tài khoản.")
@ARCHIVE
@format_option()
def list_accounts(folder: Path, form: str) -> int:
    """Print the accounts."""
    from digitize.accounts.store import exist, open_accounts
    from digitize.archive import open_archive

    root = open_archive(folder).root
    found: list[Account] = []
    if exist(root):
        with open_accounts(root) as accounts:
            found = accounts.all()
    click.echo(_as_json(found) if form == "json" else _as_text(found))
    return DigitizeExit.DONE


@users.command(help="Đổi mật khẩu; các phiên đang mở của tài khoản ấy phải đăng nhập lại.")
@_NAME
@ARCHIVE
def passwd(name: str, folder: Path) -> int:
    """Give an account another password."""
    from digitize.accounts.passwords import Passwords, fit

    with _managing(folder) as managing:
        known = managing.accounts.known(name).name
        managing.set_hash(known, Passwords().hashed(fit(_password(), known)))
    click.echo(f"Đã đổi mật khẩu của {known}.")
    return DigitizeExit.DONE


@users.command(help="Đổi vai trò.")
@_NAME
@click.argument("new", metavar="VAI_TRÒ", type=click.Choice(ROLES))
@ARCHIVE
def role(name: str, new: Role, folder: Path) -> int:
    """Give an account another role."""
    with _managing(folder) as managing:
        known = managing.accounts.known(name).name
        managing.set_role(known, new)
    click.echo(f"{known} nay là {ROLE_NAMES[new]}.")
    return DigitizeExit.DONE


@users.command(help="Khóa tài khoản: không vào được nữa, các phiên đang mở bị ngắt; sổ sách về người ấy vẫn còn.")
@_NAME
@ARCHIVE
def disable(name: str, folder: Path) -> int:
    """Shut an account."""
    return _set_disabled(folder, name, True)


@users.command(help="Mở lại tài khoản đã khóa.")
@_NAME
@ARCHIVE
def enable(name: str, folder: Path) -> int:
    """Open an account again."""
    return _set_disabled(folder, name, False)


def _set_disabled(folder: Path, name: str, disabled: bool) -> int:
    with _managing(folder) as managing:
        known = managing.accounts.known(name).name
        managing.set_disabled(known, disabled)
    click.echo(f"Đã {'khóa' if disabled else 'mở lại'} {known}.")
    return DigitizeExit.DONE


def _password() -> str:
    """Return the password that a person types twice, or the first line of what is piped in."""
    if sys.stdin.isatty():
        told: str = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Gõ lại mật khẩu")
        return told
    line = sys.stdin.readline()
    if not line.strip():
        raise VanthuError("chưa có mật khẩu", hint="gõ lệnh này trên màn hình, hoặc đưa mật khẩu vào đầu vào chuẩn")
    return line.rstrip("\r\n")


@contextmanager
def _managing(folder: Path) -> Iterator[Managing]:
    """Yield what changes the accounts of an archive, in the name of who gives the command."""
    from digitize.accounts.managing import Managing
    from digitize.accounts.store import open_accounts
    from digitize.archive import open_archive
    from digitize.audit.journal import Journal
    from vanthu.system_user import system_user

    root = open_archive(folder).root

    def write_down(name: str, change: str) -> None:
        Journal(root).append("account", system_user(), {"account": name, "change": change})

    with open_accounts(root) as accounts:
        yield Managing(accounts, write_down)


def _as_text(found: list[Account]) -> str:
    if not found:
        return "Chưa có tài khoản nào; thêm người quản trị: digitize users add TÊN --role admin --archive KHO"
    width = max(len(account.name) for account in found)
    return "\n".join(
        f"{account.name:{width}}  {account.role:9}  {'đã khóa' if account.disabled else 'mở':7}"
        f"  từ {datetime.fromtimestamp(account.at):%d/%m/%Y}" + ("" if account.hash else "  không mật khẩu")
        for account in found
    )


def _as_json(found: list[Account]) -> str:
    rows = [
        {
            "name": account.name,
            "role": account.role,
            "disabled": account.disabled,
            "password": account.hash is not None,
            "since": datetime.fromtimestamp(account.at).astimezone().isoformat(timespec="seconds"),
        }
        for account in found
    ]
    return json.dumps({"version": 1, "accounts": rows}, ensure_ascii=False, indent=2)
