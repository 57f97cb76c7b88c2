"""Every route with every role, and with nobody: a new route that the table does not know fails here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount
from starlette.testclient import TestClient

from digitize.accounts.roles import ROLES, Role, allows
from tests.digitize.web.conftest import Kho, Office, csrf

TABLE = {
    ("GET", "/static/{name}"): "everybody",
    ("GET", "/dang-nhap"): "everybody",
    ("POST", "/dang-nhap"): "everybody",
    ("POST", "/dang-xuat"): "read",
    ("GET", "/api/openapi.json"): "read",
    ("HEAD", "/api/openapi.json"): "read",
    ("GET", "/api/me"): "read",
    ("GET", "/api/search"): "read",
    ("GET", "/api/search.csv"): "export",
    ("GET", "/api/documents/{sha256}"): "read",
    ("GET", "/api/documents/{sha256}/like"): "read",
    ("GET", "/api/documents/{sha256}/pdf"): "read",
    ("GET", "/api/documents/{sha256}/pages/{number}"): "read",
    ("GET", "/api/documents/{sha256}/pages/{number}/text"): "read",
    ("GET", "/api/documents/{sha256}/pages/{number}/image"): "read",
    ("GET", "/api/status"): "dashboard",
    ("GET", "/api/review"): "review",
    ("POST", "/api/review/{sha256}/{field}"): "review",
    ("GET", "/iiif/{sha256}/manifest"): "read",
    ("GET", "/iiif/{sha256}/search"): "read",
    ("GET", "/"): "read",
    ("POST", "/cau-tim"): "read",
    ("POST", "/cau-tim/xoa"): "read",
    ("GET", "/tai-lieu/{sha256}"): "read",
    ("GET", "/tai-lieu/{sha256}/pdf"): "read",
    ("GET", "/tai-lieu/{sha256}/giong"): "read",
    ("GET", "/tai-lieu/{sha256}/{number}"): "read",
    ("GET", "/tai-lieu/{sha256}/{number}/anh"): "read",
    ("GET", "/tai-lieu/{sha256}/{number}/trich"): "read",
    ("GET", "/tien-do"): "dashboard",
    ("GET", "/duyet"): "review",
    ("GET", "/duyet/{sha256}"): "review",
    ("POST", "/duyet/{sha256}/{field}"): "review",
    ("GET", "/nguoi-dung"): "accounts",
    ("POST", "/nguoi-dung"): "accounts",
    ("POST", "/nguoi-dung/{name}"): "accounts",
    ("GET", "/nhat-ky"): "audit",
    ("GET", "/soat/static/{name}"): "everybody",
    ("GET", "/soat/"): "read",
    ("GET", "/soat/soat"): "read",
    ("POST", "/soat/soat"): "read",
    ("GET", "/soat/quy-tac"): "read",
    ("GET", "/soat/quy-tac/{name}"): "read",
    ("GET", "/soat/so-dang-ky"): "read",
    ("GET", "/soat/dang-nhap"): "read",
    ("POST", "/soat/dang-nhap"): "read",
    ("POST", "/soat/api/check"): "read",
    ("POST", "/soat/api/check/word"): "read",
    ("POST", "/soat/api/check/html"): "read",
    ("GET", "/soat/api/rules"): "read",
    ("GET", "/soat/api/rules/{name}"): "read",
    ("GET", "/soat/api/report.schema.json"): "read",
    ("GET", "/soat/api/openapi.json"): "read",
    ("HEAD", "/soat/api/openapi.json"): "read",
}
QUERY = {"q": "ủy ban", "limit": "5"}
NAMES = {"/static/{name}": "icon.svg", "/soat/static/{name}": "web.css"}
NO_SUCH = "ab" * 32
WITH_DOCUMENT = sorted(key for key in TABLE if "{sha256}" in key[1])
WITHOUT = sorted(key for key in TABLE if "{sha256}" not in key[1])


def test_table_knows_every_route(office: Office) -> None:
    found = set(routes(office().app.routes))  # type: ignore[attr-defined]
    assert found == set(TABLE)


def routes(those: list[object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for route in iter_route_contexts(those):  # type: ignore[arg-type]
        if isinstance(route.original_route, Mount):
            yield from routes(route.original_route.routes, prefix + route.original_route.path)  # type: ignore[arg-type]
            continue
        yield from ((method, prefix + str(route.path)) for method in route.methods or ())


def address(path: str, sha256: str = NO_SUCH) -> str:
    name = NAMES.get(path, "NN01")
    return path.replace("{sha256}", sha256).replace("{number}", "1").replace("{field}", "type").replace("{name}", name)


def ask(client: TestClient, method: str, path: str, sha256: str = NO_SUCH, headers: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    body = {"json": {"value": "Kế hoạch", "before": "khác"}} if (method, path[:5]) == ("POST", "/api/") else {}
    return client.request(method, address(path, sha256), params=QUERY, headers=headers, **body)  # type: ignore[arg-type]


def test_nobody_gets_past_the_door(kho: Kho, office: Office) -> None:
    client = office()
    for (method, path), right in TABLE.items():
        for sha256 in (kho.public, kho.held, NO_SUCH) if "{sha256}" in path else (NO_SUCH,):
            answer = ask(client, method, path, sha256)
            if right == "everybody":
                assert answer.status_code == (403 if method == "POST" else 200), path
            elif method == "POST" or "/api/" in path or "/iiif/" in path:
                assert answer.status_code == 401, path
            else:
                assert answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap?ve="), path
            assert ".tif" not in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_role_reaches_what_it_may(kho: Kho, office: Office, role: Role) -> None:
    client = office(role)
    header = csrf(client)
    for method, path in WITHOUT:
        right = TABLE[method, path]
        if path in ("/dang-xuat", "/dang-nhap", "/soat/dang-nhap"):
            continue
        answer = ask(client, method, path, headers=header)
        if right == "everybody" or allows(role, right):  # type: ignore[arg-type]
            assert answer.status_code < 500 and answer.status_code not in (401, 403, 404), (path, answer.text)
        else:
            assert answer.status_code == 403, path
        assert_nothing_told(kho, role, answer.text)


@pytest.mark.parametrize("role", ROLES)
def test_document_that_is_not_for_a_role_is_not_there(kho: Kho, office: Office, role: Role) -> None:
    client = office(role)
    header = csrf(client)
    visible = {"reader": [kho.public], "staff": [kho.public, kho.internal]}.get(
        role, [kho.public, kho.internal, kho.restricted]
    )
    for method, path in WITH_DOCUMENT:
        nothing = ask(client, method, path, headers=header)
        if not allows(role, TABLE[method, path]):  # type: ignore[arg-type]
            assert nothing.status_code == 403, path
            assert ask(client, method, path, kho.public, header).content == nothing.content
            continue
        assert nothing.status_code == 404, path
        for sha256 in (kho.public, kho.internal, kho.restricted, kho.held):
            answer = ask(client, method, path, sha256, header)
            if sha256 in visible:
                assert answer.status_code in (200, 303, 409, 422), (path, answer.status_code, answer.text)
                assert_nothing_told(kho, role, answer.text)
            else:
                assert (answer.status_code, answer.content) == (404, nothing.content), path


@pytest.mark.parametrize(("method", "path"), [key for key in TABLE if key[0] == "POST"])
def test_form_of_another_page_is_refused(kho: Kho, office: Office, method: str, path: str) -> None:
    client = office("admin")
    for headers in ({}, {"X-CSRF": "sai"}, {"X-CSRF": "ệ".encode("latin-1", "replace").decode()}):
        assert ask(client, method, path, kho.public, headers).status_code == 403
    stolen = csrf(office("archivist"))
    assert ask(client, method, path, kho.public, stolen).status_code == 403
    assert (
        ask(client, method, path, kho.public, {**csrf(client), "Origin": "http://doi-thu.example"}).status_code == 403
    )
    crossed = {**csrf(client), "Sec-Fetch-Site": "cross-site"}
    assert ask(client, method, path, kho.public, crossed).status_code == 403


def test_search_finds_what_a_person_may_see_and_counts_nothing_else(kho: Kho, office: Office) -> None:
    expected = {"reader": {kho.public}, "staff": {kho.public, kho.internal}}
    for role in ROLES:
        answer = office(role).get("/api/search", params={"q": "ủy ban"}).json()
        wanted = expected.get(role, {kho.public, kho.internal, kho.restricted})
        assert {hit["sha256"] for hit in answer["hits"]} == wanted
        assert (answer["documents"], answer["pages"]) == (len(wanted), len(wanted))


def test_level_that_was_raised_holds_before_the_index_knows(kho: Kho, office: Office) -> None:
    from digitize.archive import locked
    from digitize.secrets.quarantine import Quarantine

    client = office("admin")
    assert client.get(f"/api/documents/{kho.public}").status_code == 200
    with locked(kho.archive):
        Quarantine(kho.archive).hold(kho.public, "mat", 1, ["cong-khai.tif"])
    assert client.get(f"/api/documents/{kho.public}").status_code == 404
    assert client.get(f"/api/documents/{kho.public}/pages/1/image").status_code == 404
    found = client.get("/api/search", params={"q": "ủy ban"}).json()
    assert kho.public not in {hit["sha256"] for hit in found["hits"]}


def assert_nothing_told(kho: Kho, role: Role, text: str) -> None:
    hidden = {"reader": ["noi-bo", kho.internal, "han-che", kho.restricted], "staff": ["han-che", kho.restricted]}
    for secret in [*hidden.get(role, []), "bi-giu", kho.held]:
        assert secret not in text
