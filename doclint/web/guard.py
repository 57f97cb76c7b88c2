"""What stands before every page: who may ask, from which page, how long; what browsers may do with the answer."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import time
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doclint.web.faults import INTERNAL, Fault, respond
from doclint.web.limits import Limits
from doclint.web.templating import inner_path, root

COOKIE = "doclint"
SIGN_IN = "/dang-nhap"
STATIC = "/static/"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask: with a ``token`` who knows it; ``local_only`` who calls this machine by one of its own names."""

    token: str = ""
    local_only: bool = False

    def is_token(self, told: str) -> bool:
        """Tell whether somebody knows the token, in a time that does not tell how much of it."""
        return hmac.compare_digest(told.encode(), self.token.encode())

    @property
    def cookie(self) -> str:
        """What a browser keeps after the token was told; the token itself it does not."""
        return hmac.new(self.token.encode(), b"doclint page", hashlib.sha256).hexdigest()


class Guard:
    """The middleware; the outermost, so that its headers are on every answer."""

    def __init__(self, app: ASGIApp, access: Access, limits: Limits) -> None:
        self._app, self._access, self._limits = app, access, limits

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
            await send(message)

        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, self._bounded(receive), send_guarded)
        except Exception:
            if started:
                raise
            # Only what went wrong in our code comes here; the log is on the screen of who runs the server.
            logging.getLogger("uvicorn.error").exception("error in %s", request.method)
            await respond(request, INTERNAL)(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if self._access.local_only and not is_this_machine(_without_port(host)):
            return respond(request, Fault(421, "máy chủ này chỉ trả lời cho chính máy nó đang chạy", "mở 127.0.0.1"))
        if request.method not in _READING and not _from_here(request, host):
            return respond(request, Fault(403, "yêu cầu gửi từ trang web khác nên không nhận", "mở lại trang soát"))
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limits.request_bytes:
            return respond(request, self._too_large())
        path = inner_path(request)
        if not self._access.token or path == SIGN_IN or path.startswith(STATIC) or self._is_known(request):
            return None
        if path.startswith("/api/"):
            headers = {"WWW-Authenticate": "Bearer"}
            reason = "thiếu mã truy cập, hoặc mã sai"
            return respond(request, Fault(401, reason, "gửi kèm: Authorization: Bearer MÃ", headers))
        return RedirectResponse(root(request) + SIGN_IN, 303)

    def _is_known(self, request: Request) -> bool:
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._access.is_token(told.strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._access.cookie.encode())

    def _bounded(self, receive: Receive) -> Receive:
        """Return ``receive`` that stops when the body gets too large, or takes too long."""
        end = time.monotonic() + self._limits.upload_seconds
        whole, size = False, 0

        async def receive_bounded() -> Message:
            nonlocal whole, size
            if whole:
                return await receive()  # whether the visitor has gone
            try:
                message = await asyncio.wait_for(receive(), max(0.0, end - time.monotonic()))
            except TimeoutError as error:
                raise Fault(408, "gửi tệp quá lâu nên máy chủ không chờ nữa", "gửi lại khi mạng nhanh hơn") from error
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            size += len(message.get("body", b""))
            if size > self._limits.request_bytes:
                raise self._too_large()
            return message

        return receive_bounded

    def _too_large(self) -> Fault:
        most = self._limits.request_bytes // 2**20
        return Fault(413, f"các tệp gửi một lần quá giới hạn {most} MiB", "gửi ít tệp hơn mỗi lần")


def _from_here(request: Request, host: str) -> bool:
    """Tell whether a browser sends this from a page of ours; programs that are no browsers name no page."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    return site in ("same-origin", "none") and (origin is None or origin.partition("://")[2] == host)


def is_this_machine(name: str) -> bool:
    """Tell whether a name or address is one that only this machine calls itself by."""
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _without_port(host: str) -> str:
    """Return the name in a Host header: another page that calls itself by our address has its own name there."""
    name, _, port = host.rpartition(":")
    name = name if name and port.isdecimal() else host
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


_READING = ("GET", "HEAD", "OPTIONS")
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
    "Cache-Control": "no-store",
}
