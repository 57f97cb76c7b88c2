"""What stands before every page: who may ask, from which page, how much; what browsers may do with the answer."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vanthu.web.faults import INTERNAL, Fault


class Border:
    """The middleware; the outermost, so that its headers are on every answer.

    ``refusal`` returns the answer to who is not let in, None for the others; it may raise Fault. ``respond`` makes an
    answer of a fault; ``most_bytes`` says how large the body of a request may be, which must be there after
    ``seconds``.
    """

    def __init__(
        self,
        app: ASGIApp,
        refusal: Callable[[Request], Awaitable[Response | None]],
        respond: Callable[[Request, Fault], Response],
        most_bytes: Callable[[Request], int],
        seconds: float,
    ) -> None:
        self._app, self._refusal, self._respond = app, refusal, respond
        self._most_bytes, self._seconds = most_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", NO_STORE)
            await send(message)

        request = Request(scope)
        try:
            refusal = await self._refused(request)
            if refusal is not None:
                await refusal(scope, receive, send_guarded)
                return
            await self._app(scope, self._bounded(request, receive), send_guarded)
        except Exception:
            if started:
                raise
            # Only what went wrong in our code comes here; the log is on the screen of who runs the server.
            logging.getLogger("uvicorn.error").exception("error in %s", request.method)
            await self._respond(request, INTERNAL)(scope, receive, send_guarded)

    async def _refused(self, request: Request) -> Response | None:
        try:
            length = request.headers.get("content-length", "")
            if request.method not in READING and not from_here(request):
                raise Fault(403, "yêu cầu gửi từ trang web khác nên không nhận", "mở lại trang rồi làm lại")
            if length.isdecimal() and int(length) > self._most_bytes(request):
                raise self._too_large(request)
            return await self._refusal(request)
        except Fault as fault:
            return self._respond(request, fault)

    def _bounded(self, request: Request, receive: Receive) -> Receive:
        """Return ``receive`` that stops when the body gets too large, or takes too long."""
        end = time.monotonic() + self._seconds
        whole, size = False, 0

        async def receive_bounded() -> Message:
            nonlocal whole, size
            if whole:
                return await receive()  # whether the visitor has gone
            try:
                message = await asyncio.wait_for(receive(), max(0.0, end - time.monotonic()))
            except TimeoutError as error:
                raise Fault(408, "gửi quá lâu nên máy chủ không chờ nữa", "gửi lại khi mạng nhanh hơn") from error
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > self._most_bytes(request):
                raise self._too_large(request)
            return message

        return receive_bounded

    def _too_large(self, request: Request) -> Fault:
        most = self._most_bytes(request) // 2**20
        return Fault(413, f"các tệp gửi một lần quá giới hạn {most} MiB", "gửi ít tệp hơn mỗi lần")


def called_locally(request: Request) -> bool:
    """Tell whether this machine is called by one of its own names; of another page that points here it is not."""
    return is_this_machine(_without_port(request.headers.get("host", "")))


def is_this_machine(name: str) -> bool:
    """Tell whether a name or address is one that only this machine calls itself by."""
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def from_here(request: Request) -> bool:
    """Tell whether a browser sends this from a page of ours; programs that are no browsers name no page."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    return site in ("same-origin", "none") and (
        origin is None or origin.partition("://")[2] == request.headers.get("host", "")
    )


def root(request: Request) -> str:
    """Return the path at which the application is mounted, without a stroke at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def inner_path(request: Request) -> str:
    """Return the path inside the application, whether the server tells it with the mount or without."""
    return str(request.scope["path"]).removeprefix(root(request)) or "/"


def _without_port(host: str) -> str:
    """Return the name in a Host header: another page that calls itself by our address has its own name there."""
    name, _, port = host.rpartition(":")
    name = name if name and port.isdecimal() else host
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


READING = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not «no-referrer»: with that a browser hides the origin of a form, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_STORE = "no-store"
"""What a cache may do with an answer that does not say it itself."""
