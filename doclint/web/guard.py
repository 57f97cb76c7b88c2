"""Who may ask: everybody, who knows the token, or this machine alone."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from doclint.web.faults import respond
from doclint.web.limits import Limits
from vanthu.web.border import Border, called_locally, inner_path, root
from vanthu.web.faults import Fault

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


class Guard(Border):
    """The border with the access that was asked for."""

    def __init__(self, app: ASGIApp, access: Access, limits: Limits) -> None:
        self._access = access
        super().__init__(app, self._stopped, respond, lambda _: limits.request_bytes, limits.upload_seconds)

    async def _stopped(self, request: Request) -> Response | None:
        if self._access.local_only and not called_locally(request):
            raise Fault(421, "máy chủ này chỉ trả lời cho chính máy nó đang chạy", "mở 127.0.0.1")
        path = inner_path(request)
        if not self._access.token or path == SIGN_IN or path.startswith(STATIC) or self._is_known(request):
            return None
        if path.startswith("/api/"):
            headers = {"WWW-Authenticate": "Bearer"}
            raise Fault(401, "thiếu mã truy cập, hoặc mã sai", "gửi kèm: Authorization: Bearer MÃ", headers)
        return RedirectResponse(root(request) + SIGN_IN, 303)

    def _is_known(self, request: Request) -> bool:
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._access.is_token(told.strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._access.cookie.encode())
