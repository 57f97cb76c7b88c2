"""The command ``doclint serve``: the clerk's page and the HTTP API, on this machine or in the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    import socket

    from doclint.web.guard import Access


@click.command()
@click.option("--host", metavar="ĐỊA-CHỈ", default="127.0.0.1", help="Địa chỉ của máy này.  [127.0.0.1]")
@click.option("--port", metavar="CỔNG", type=click.IntRange(0, 65535), default=8000, help="Cổng.  [8000]")
@click.option(
    "--token-file",
    metavar="TỆP",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp chứa mã truy cập; phải có khi --host không phải địa chỉ của riêng máy này.",
)
def serve(host: str, port: int, token_file: Path | None) -> int:
    """Mở trang web để soát dự thảo bằng trình duyệt, và API cho phần mềm văn phòng điện tử."""
    from vanthu.web.serving import listening

    access = _access(host, token_file)
    with listening(host, port, "--host, --port") as waiting:
        _serve(waiting, host, access)
    return DoclintExit.CLEAN


def _serve(waiting: socket.socket, host: str, access: Access) -> None:
    import os

    from doclint.config import settings_for
    from doclint.rulebook import load
    from doclint.web.app import create_app
    from doclint.web.checker import checker
    from doclint.web.limits import Limits
    from vanthu.web.border import is_this_machine
    from vanthu.web.serving import link, serve

    settings = settings_for(Path.cwd(), load())
    click.echo("Đang khởi động…")
    with checker(settings, limits=Limits(), processes=min(os.cpu_count() or 1, _MOST_PROCESSES)) as checks:
        click.echo(f"Mở trình duyệt tại {link(waiting, host)} (dừng: Ctrl-C)")
        if not access.local_only and not is_this_machine(host):
            click.echo("Lưu ý: trang này không mã hóa đường truyền; đặt sau máy chủ HTTPS của cơ quan.", err=True)
        serve(create_app(checks, access), waiting)
    click.echo("Đã dừng; không có gì được lưu lại.")


def _access(host: str, token_file: Path | None) -> Access:
    """Return who may ask. Raises VanthuError when others could reach the page and no token keeps them out."""
    from doclint.web.guard import Access
    from vanthu.errors import VanthuError
    from vanthu.web.border import is_this_machine

    if token_file is not None:
        return Access(_token(token_file))
    if not is_this_machine(host):
        raise VanthuError(
            f"địa chỉ {host} mở cho máy khác trong mạng, nên phải có mã truy cập",
            hint="ghi mã vào một tệp (tạo mã: openssl rand -hex 20) rồi thêm --token-file TỆP",
        )
    return Access(local_only=True)


def _token(path: Path) -> str:
    from vanthu.errors import VanthuError, os_reason

    try:
        token = path.read_bytes()[:_MOST_BYTES].decode("ascii").strip()
    except OSError as error:
        raise VanthuError(f"không đọc được tệp mã truy cập ({os_reason(error)})", path=path) from error
    except UnicodeDecodeError:
        token = ""
    if len(token) < _FEWEST or not token.isprintable() or " " in token:
        reason = f"mã truy cập phải có từ {_FEWEST} chữ cái không dấu và số trở lên, viết liền trên một dòng"
        raise VanthuError(reason, path=path, hint="tạo mã: openssl rand -hex 20")
    return token


_MOST_PROCESSES = 4
"""Each has a few hundred MiB; more visitors than that do not press the button in one second."""
_FEWEST, _MOST_BYTES = 20, 4096
