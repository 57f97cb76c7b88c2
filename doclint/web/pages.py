"""The pages of the clerk."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from doclint.reporters import html
from doclint.reporters.html.view import FAMILIES, summary
from doclint.reporters.words import LEVEL_NAMES
from doclint.rulebook import load
from doclint.web.checker import Checker
from doclint.web.guard import COOKIE, SIGN_IN, STATIC, Access
from doclint.web.register_view import register_view
from doclint.web.rules import RuleLine, rule_detail, rule_lines
from doclint.web.templating import FOLDER, page
from vanthu.errors import VanthuError
from vanthu.web.border import root
from vanthu.web.faults import Fault

Year = Annotated[int | None, Query(alias="nam", ge=1945, le=2200)]


def pages(checker: Checker, access: Access) -> APIRouter:
    """Return the routes of the pages, which check with ``checker``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start(request: Request) -> Response:
        return page(request, "start.html", limits=checker.limits, office=checker.settings.office)

    @router.post("/soat")
    async def check(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
        answers = await checker.check("page", files)
        views = [answer.view for answer in answers if answer.view is not None]
        return page(
            request,
            "results.html",
            results=[(answer, answer.body.decode()) for answer in answers],
            views=views,
            total=summary([view.report for view in views]),
            limits=checker.limits,
            office=checker.settings.office,
        )

    @router.get("/soat")
    def check_again(request: Request) -> Response:
        return RedirectResponse(root(request) + "/", 303)  # nothing was kept that could be shown again

    @router.get("/quy-tac")
    def rules(request: Request) -> Response:
        lines = rule_lines(checker.settings)
        families = [(name, [line for line in lines if line.family == family]) for family, name in _families(lines)]
        return page(request, "rules.html", families=families, levels=LEVEL_NAMES, count=len(lines))

    @router.get("/quy-tac/{name}")
    def rule(request: Request, name: str) -> Response:
        try:
            detail = rule_detail(checker.settings, load(), name)
        except VanthuError as error:
            raise Fault(404, error.reason, error.hint) from error
        return page(request, "rule.html", detail=detail, levels=LEVEL_NAMES, families=FAMILIES)

    @router.get("/so-dang-ky")
    def register(
        request: Request, year: Annotated[int | None, Query(alias="nam", ge=1945, le=2200)] = None
    ) -> Response:
        try:
            view = register_view(year, datetime.date.today())
        except ValueError as error:
            raise Fault(404, f"năm {year} chưa đến", "chọn năm khác") from error
        except VanthuError as error:
            raise Fault(500, error.reason, error.hint) from error
        return page(request, "register.html", view=view)

    @router.get(SIGN_IN)
    def sign_in(request: Request) -> Response:
        return page(request, "sign-in.html", wrong=False)

    @router.post(SIGN_IN)
    def signed_in(request: Request, token: Annotated[str, Form(alias="ma")] = "") -> Response:
        if not access.token or not access.is_token(token.strip()):
            return page(request, "sign-in.html", status=401, wrong=True)
        answer = RedirectResponse(root(request) + "/", 303)
        answer.set_cookie(
            COOKIE,
            access.cookie,
            path=root(request) or "/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    @router.get(STATIC + "{name}")
    def static(name: str) -> Response:
        if name not in _STATIC:
            raise Fault(404, "không có tệp này")
        ours = FOLDER / "static" / name
        return Response(ours.read_bytes() if ours.is_file() else html.asset(name), media_type=_STATIC[name])

    return router


def _families(lines: Sequence[RuleLine]) -> list[tuple[str, str]]:
    """Return the families of rules with their names, in the order in which a clerk should read them."""
    known = dict.fromkeys([*FAMILIES, *(line.family for line in lines)])
    return [(family, FAMILIES.get(family, family)) for family in known]


_STATIC = {
    "report.css": "text/css",
    "report.js": "text/javascript",
    "web.css": "text/css",
    "web.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
