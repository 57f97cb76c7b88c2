"""Signing in and out."""

from __future__ import annotations

import math
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from digitize.accounts.sessions import LONGEST_SECONDS, Sessions
from digitize.accounts.signing_in import Refused, sign_in
from digitize.web.context import Context
from digitize.web.guard import BEFORE_COOKIE, SIGN_IN
from digitize.web.identity import address, cookie_name, csrf_token, is_secure, person, visitor
from digitize.web.recording import write
from digitize.web.templating import page, root

Back = Annotated[str, Query(alias="ve", max_length=2000)]


def routes(context: Context) -> APIRouter:
    """Return the routes of the session."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    def form(request: Request, back: Back = "/") -> Response:
        if visitor(request) is not None:
            return RedirectResponse(root(request) + _inside(back), 303)
        return _form(request, context, back)

    @router.post(SIGN_IN)
    def signed_in(
        request: Request,
        name: Annotated[str, Form(alias="ten", max_length=200)] = "",
        password: Annotated[str, Form(alias="mat_khau", max_length=5000)] = "",
        back: Annotated[str, Form(alias="ve", max_length=2000)] = "/",
    ) -> Response:
        if context.passwords is None:  # one person at this machine
            return RedirectResponse(root(request) + _inside(back), 303)
        name, old = name.strip(), request.cookies.get(cookie_name(request, context))
        with context.accounts() as accounts:
            known = accounts.find(name)
            opened = sign_in(accounts, context.passwords, name, password, address(request, context), context.clock())
            # A name that nobody has may be a password in the wrong place.
            who = known.name if known else "(không có tài khoản này)"
            if isinstance(opened, Refused):
                write(request, context, "refused", who, {"wait": math.ceil(opened.wait)})
                return _form(request, context, back, opened)
            write(request, context, "sign-in", opened.name, {})
            sessions = Sessions(accounts)
            if old:
                sessions.end(old)
            token = sessions.begin(opened.name, context.clock())
        answer = RedirectResponse(root(request) + _inside(back), 303)
        # A session is always a new one, whatever the browser brought. Lax, so that a link in a letter opens its page.
        answer.set_cookie(
            cookie_name(request, context),
            token,
            max_age=LONGEST_SECONDS,
            path="/",
            httponly=True,
            samesite="lax",
            secure=is_secure(request, context),
        )
        answer.delete_cookie(BEFORE_COOKIE, path="/")
        return answer

    @router.post("/dang-xuat")
    def sign_out(request: Request) -> Response:
        who = person(request)
        answer = RedirectResponse(root(request) + (SIGN_IN if who.signed_in else "/"), 303)
        if who.signed_in:
            with context.accounts() as accounts:
                Sessions(accounts).end(request.cookies[cookie_name(request, context)])
            write(request, context, "sign-out", who.name, {})
            answer.delete_cookie(
                cookie_name(request, context), path="/", httponly=True, secure=is_secure(request, context)
            )
        return answer

    return router


def _form(request: Request, context: Context, back: str, refused: Refused | None = None) -> Response:
    before = request.cookies.get(BEFORE_COOKIE) or secrets.token_urlsafe(32)
    status, wrong, headers = 200, "", {}
    if refused and refused.wait:
        minutes = math.ceil(refused.wait / 60)
        status, wrong = 429, f"Đã thử sai quá nhiều lần. Chờ {minutes} phút rồi thử lại."
        headers = {"Retry-After": str(math.ceil(refused.wait))}
    elif refused:
        status, wrong = 401, "Tên hoặc mật khẩu không đúng. Quên mật khẩu thì hỏi người quản trị."
    told = {"wrong": wrong, "back": _inside(back), "csrf": csrf_token(before.encode(), SIGN_IN)}
    answer = page(request, "sign-in.html", status=status, headers=headers, **told)
    answer.set_cookie(
        BEFORE_COOKIE, before, path="/", httponly=True, samesite="strict", secure=is_secure(request, context)
    )
    return answer


def _inside(back: str) -> str:
    """Return the page to go to when it is one of ours: ``//elsewhere`` and ``\\elsewhere`` are not."""
    plain = back.isprintable() and "\\" not in back
    return back if plain and back.startswith("/") and not back.startswith("//") else "/"
