"""Who asks: by the session of his browser, by the word of a proxy of the office, or the one person at this machine."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from starlette.requests import Request

from digitize.accounts.roles import ROLE_NAMES, Right, Role, allows, levels
from digitize.accounts.sessions import Sessions
from digitize.web.context import Context
from digitize.web.faults import Fault
from vanthu.system_user import system_user

COOKIE, SECURE_COOKIE = "vanthu", "__Host-vanthu"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``csrf`` is what his forms carry; ``signed_in`` by a session that he can end."""

    name: str
    role: Role
    csrf: str
    signed_in: bool

    @property
    def role_name(self) -> str:
        """The role as it is shown."""
        return ROLE_NAMES[self.role]

    @property
    def access(self) -> frozenset[str] | None:
        """The levels of access that he may see, None for all."""
        return levels(self.role)

    def may(self, right: Right) -> bool:
        """Tell whether he has a right."""
        return allows(self.role, right)


def person(request: Request) -> Person:
    """Return who asks, whom the guard has let in."""
    who = visitor(request)
    if who is None:
        raise Fault(401, "chưa đăng nhập", "đăng nhập rồi làm lại")
    return who


def visitor(request: Request) -> Person | None:
    """Return who asks, None on a page that is there for everybody."""
    return getattr(request.state, "person", None)


def identify(request: Request, context: Context) -> Person | None:
    """Return who asks, None when he is not signed in. Raises Fault for one whom the proxy knows and nobody else."""
    if not context.sign_in.required:
        return Person(system_user(), "admin", csrf_token(context.secret, "local"), signed_in=False)
    header = context.sign_in.header
    if header and context.sign_in.is_proxy(_peer(request)) and (name := request.headers.get(header)):
        if len(request.headers.getlist(header)) > 1:
            raise Fault(400, "yêu cầu hỏng: tên người dùng được gửi hai lần", "báo người quản trị")
        with context.accounts() as accounts:
            account = accounts.find(name)
        if account is None or account.disabled:
            raise Fault(403, "tài khoản này chưa được dùng kho", "nhờ người quản trị: digitize users add")
        return Person(account.name, account.role, csrf_token(context.secret, account.name), signed_in=False)
    token = request.cookies.get(cookie_name(request, context))
    if not token:
        return None
    with context.accounts() as accounts:
        account = Sessions(accounts).whose(token, context.clock())
    return Person(account.name, account.role, csrf_token(token.encode(), ""), signed_in=True) if account else None


def csrf_token(key: bytes, subject: str) -> str:
    """Return what a form must carry to be of somebody who was shown it."""
    return hmac.new(key, f"form {subject}".encode(), hashlib.sha256).hexdigest()


def address(request: Request, context: Context) -> str:
    """Return where a request comes from; what a proxy of the office says of it is believed, of others it is not."""
    told = _peer(request)
    for hop in reversed(",".join(request.headers.getlist("x-forwarded-for")).split(",")):
        if not context.sign_in.is_proxy(told) or not hop.strip():
            break
        told = hop.strip()
    return told


def is_secure(request: Request, context: Context) -> bool:
    """Tell whether the browser speaks to us, or to the proxy of the office, by HTTPS."""
    if context.sign_in.is_proxy(_peer(request)):
        return request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
    return request.url.scheme == "https"


def cookie_name(request: Request, context: Context) -> str:
    """Return the name of the cookie; with __Host- a browser takes it from no other page and sends it by HTTPS only."""
    return SECURE_COOKIE if is_secure(request, context) else COOKIE


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""
