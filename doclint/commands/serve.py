"""The command ``doclint serve``: the clerk's page and the HTTP API, on this machine or in the office."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
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
    access = _access(host, token_file)
    listening = _listening(host, port)
    with listening:
        _serve(listening, host, access)
    return DoclintExit.CLEAN


def _serve(listening: socket.socket, host: str, access: Access) -> None:
    import os

    import uvicorn

    from doclint.config import settings_for
    from doclint.rulebook import load
    from doclint.web.app import create_app
    from doclint.web.checker import checker
    from doclint.web.guard import is_this_machine
    from doclint.web.limits import Limits

    settings = settings_for(Path.cwd(), load())
    click.echo("Đang khởi động…")
    with checker(settings, limits=Limits(), processes=min(os.cpu_count() or 1, _MOST_PROCESSES)) as checks:
        click.echo(f"Mở trình duyệt tại http://{_name(host)}:{listening.getsockname()[1]} (dừng: Ctrl-C)")
        if not access.local_only and not is_this_machine(host):
            click.echo("Lưu ý: trang này không mã hóa đường truyền; đặt sau máy chủ HTTPS của cơ quan.", err=True)
        config = uvicorn.Config(
            create_app(checks, access),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        # The server raises again, once it has ended, the signal that ended it: here it must not end us as well.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    click.echo("Đã dừng; không có gì được lưu lại.")


def _name(host: str) -> str:
    """Return what a browser calls this machine by, when it listens on ``host``."""
    if host in ("0.0.0.0", "::"):
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _access(host: str, token_file: Path | None) -> Access:
    """Return who may ask. Raises VanthuError when others could reach the page and no token keeps them out."""
    from doclint.web.guard import Access, is_this_machine
    from vanthu.errors import VanthuError

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


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that waits for visitors. Raises VanthuError when there can be none."""
    import errno

    from vanthu.errors import VanthuError, os_reason

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except socket.gaierror as error:
        raise VanthuError(f"không có địa chỉ «{host}»", hint="xem lại --host") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason, hint = f"cổng {port} đang được chương trình khác dùng", "chọn cổng khác bằng --port"
        elif error.errno == errno.EADDRNOTAVAIL:
            reason, hint = f"máy này không có địa chỉ {host}", "xem lại --host"
        else:
            reason, hint = f"không mở được cổng {port} ({os_reason(error)})", "chọn cổng từ 1024 trở lên"
        raise VanthuError(reason, hint=hint) from error


_MOST_PROCESSES = 4
"""Each has a few hundred MiB; more visitors than that do not press the button in one second."""
_FEWEST, _MOST_BYTES = 20, 4096
