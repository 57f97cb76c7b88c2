"""The border of the pages: nobody gets past it who has not said who he is, but to the page where he can."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from digitize.web.context import Context
from digitize.web.faults import Fault, respond
from digitize.web.identity import csrf_token, identify, visitor
from vanthu.web.border import READING, Border, called_locally, inner_path, root

SIGN_IN = "/dang-nhap"
LINT = "/soat"
PUBLIC = ("/static/", f"{LINT}/static/")
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf"
BEFORE_COOKIE = "vanthu-truoc"


class Guard(Border):
    """The border with the accounts of an archive; drafts may be large, nothing else is."""

    def __init__(self, app: ASGIApp, context: Context, draft_bytes: int) -> None:
        self._context = context

        def most_bytes(request: Request) -> int:
            return draft_bytes if inner_path(request).startswith(f"{LINT}/") else _MOST_BYTES

        super().__init__(app, self._stopped, respond, most_bytes, _SECONDS)

    async def _stopped(self, request: Request) -> Response | None:
        if not self._context.sign_in.required:
            _only_this_machine(request)
        request.state.person, request.state.csrf = None, ""
        request.state.home = f"{root(request)}/"
        path = inner_path(request)
        if path.startswith(PUBLIC):
            return None
        who = request.state.person = await run_in_threadpool(identify, request, self._context)
        if who is not None:
            request.state.csrf = who.csrf  # for the pages of doclint, which know nobody
        if who is not None or path == SIGN_IN:
            return None
        if path.startswith(("/api/", "/iiif/", f"{LINT}/api/")) or request.method not in READING:
            raise Fault(401, "chưa đăng nhập, hoặc phiên làm việc đã hết", f"đăng nhập ở {SIGN_IN}")
        back = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{root(request)}{SIGN_IN}?ve={quote(back)}", 303)


async def csrf_checked(request: Request) -> None:
    """Refuse what was not sent from a form or a script of ours that this very person was shown."""
    if request.method in READING:
        return
    who = visitor(request)
    if who is not None:
        wanted = who.csrf
    else:
        wanted = csrf_token(request.cookies.get(BEFORE_COOKIE, "").encode() or b"-", SIGN_IN)
    told = request.headers.get(CSRF_HEADER)
    if told is None and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(CSRF_FIELD)
        told = field if isinstance(field, str) else None
    if told is None or not _same(told, wanted):
        raise Fault(403, "trang này mở đã lâu, hoặc yêu cầu không gửi từ trang của kho", "tải lại trang rồi làm lại")


def _only_this_machine(request: Request) -> None:
    if not called_locally(request):
        raise Fault(421, "máy chủ này chỉ trả lời cho chính máy nó đang chạy", "mở 127.0.0.1")
    if any(name in request.headers for name in _FORWARDED):
        raise Fault(421, "yêu cầu đến qua máy chủ trung gian, mà kho đang mở không cần đăng nhập", "--trusted-proxy")


def _same(told: str, wanted: str) -> bool:
    import hmac

    return hmac.compare_digest(told.encode("utf-8", "replace"), wanted.encode())


_MOST_BYTES = 2**20
_SECONDS = 120.0
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
