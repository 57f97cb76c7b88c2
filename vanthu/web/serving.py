"""Listen at an address and answer there until Ctrl-C or SIGTERM. This imports no server before it is wanted."""

from __future__ import annotations

import errno
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from vanthu.errors import VanthuError, os_reason

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def listening(host: str, port: int, option: str) -> socket.socket:
    """Return a socket that waits for visitors. Raises VanthuError, which names ``option``, when there can be none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except socket.gaierror as error:
        raise VanthuError(f"không có địa chỉ «{host}»", hint=f"xem lại {option}") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason, hint = f"cổng {port} đang được chương trình khác dùng", "chọn cổng khác"
        elif error.errno == errno.EADDRNOTAVAIL:
            reason, hint = f"máy này không có địa chỉ {host}", f"xem lại {option}"
        else:
            reason, hint = f"không mở được cổng {port} ({os_reason(error)})", "chọn cổng từ 1024 trở lên"
        raise VanthuError(reason, hint=hint) from error


def link(waiting: socket.socket, host: str) -> str:
    """Return what a browser opens to reach this machine, when it listens on ``host``."""
    name = host
    if host in ("0.0.0.0", "::"):
        name = socket.gethostname()
    elif ":" in host:
        name = f"[{host}]"
    return f"http://{name}:{waiting.getsockname()[1]}"


def serve(app: ASGIApp, waiting: socket.socket) -> None:
    """Answer until the process is told to stop."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who may say where a request comes from is for the application to know
        timeout_graceful_shutdown=5,
    )
    # The server raises again, once it has ended, the signal that ended it: here it must not end us as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[waiting])
