"""The accounts as a page: who may come in, added, changed and shut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from digitize.accounts.managing import Managing
from digitize.accounts.passwords import FEWEST, Passwords, fit
from digitize.accounts.roles import ROLE_NAMES, Role
from digitize.accounts.store import free_name
from digitize.web.context import Context
from digitize.web.identity import person
from digitize.web.permissions import needs
from digitize.web.recording import write
from digitize.web.templating import page, root
from vanthu.errors import VanthuError

Password = Annotated[str, Form(alias="mat_khau", max_length=5000)]


def routes(context: Context) -> APIRouter:
    """Return the routes of the accounts."""
    router = APIRouter(dependencies=[needs("accounts")])

    @router.get("/nguoi-dung")
    def accounts(request: Request) -> Response:
        return _page(request, context)

    @router.post("/nguoi-dung")
    def add(
        request: Request,
        name: Annotated[str, Form(alias="ten", max_length=200)],
        role: Annotated[Role, Form(alias="vai_tro")],
        password: Password = "",
        sign_on: Annotated[bool, Form(alias="khong_mat_khau")] = False,
    ) -> Response:
        name = name.strip()

        def change(managing: Managing) -> None:
            free_name(managing.accounts, name)
            managing.add(name, role, None if sign_on else _hashed(context, password, name))

        return _changed(request, context, change, typed=name, role=role)

    @router.post("/nguoi-dung/{name}")
    def change(
        request: Request,
        name: str,
        what: Annotated[Literal["role", "password", "disable", "enable"], Form(alias="viec")],
        role: Annotated[Role, Form(alias="vai_tro")] = "reader",
        password: Password = "",
    ) -> Response:
        def change(managing: Managing) -> None:
            known = managing.accounts.known(name).name
            if what == "role":
                managing.set_role(known, role)
            elif what == "password":
                managing.set_hash(known, _hashed(context, password, known))
            else:
                managing.set_disabled(known, what == "disable")

        return _changed(request, context, change)

    return router


def _changed(
    request: Request, context: Context, change: Callable[[Managing], None], typed: str = "", role: Role = "reader"
) -> Response:
    """Return the page after a change, or why it was not done beside what was ``typed``."""
    try:
        with _managing(request, context) as managing:
            change(managing)
    except VanthuError as error:
        return _page(request, context, fault=error.advice, typed=typed, role=role)
    return RedirectResponse(f"{root(request)}/nguoi-dung", 303)


@contextmanager
def _managing(request: Request, context: Context) -> Iterator[Managing]:
    who = person(request).name

    def write_down(name: str, change: str) -> None:
        write(request, context, "account", who, {"account": name, "change": change})

    with context.accounts() as accounts:
        yield Managing(accounts, write_down)


def _hashed(context: Context, password: str, name: str) -> str:
    fitting = fit(password, name)
    return (context.passwords or Passwords()).hashed(fitting)


def _page(request: Request, context: Context, fault: str = "", typed: str = "", role: Role = "reader") -> Response:
    with context.accounts() as accounts:
        known = accounts.all()
    return page(
        request,
        "accounts.html",
        status=422 if fault else 200,
        accounts=known,
        roles=ROLE_NAMES,
        fewest=FEWEST,
        fault=fault,
        typed=typed,
        role=role,
        alone=not context.sign_in.required,
    )
