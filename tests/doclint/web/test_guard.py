"""Who may ask and from where; the headers of every answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from doclint.web.app import create_app
from doclint.web.checker import Checker
from doclint.web.guard import Access
from tests.doclint.web.drafts import CLEAN, COPY, sent
from vanthu.web.border import HEADERS as ALWAYS
from vanthu.web.border import NO_STORE

HEADERS = {**ALWAYS, "Cache-Control": NO_STORE}

TOKEN = "khoa-dung-de-thu-0123456789"


@pytest.fixture(scope="module")
def locked(checks: Checker) -> Iterator[TestClient]:
    with TestClient(create_app(checks, Access(TOKEN)), base_url="http://van-phong:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/static/web.js", 200),
        ("GET", "/static/app.py", 404),
        ("GET", "/static/..%2fapp.py", 404),
        ("GET", "/api/rules", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/docs", 404),
        ("GET", "/so-dang-ky?nam=abc", 422),
        ("GET", "/so-dang-ky?nam=2199", 404),
        ("GET", "/soat", 303),
        ("POST", "/soat", 422),
        ("DELETE", "/", 405),
    ],
)
def test_every_answer_has_the_headers(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_fault_of_ours_is_told_without_details(checks: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("mật khẩu")

    monkeypatch.setattr("doclint.web.pages.rule_lines", broken)
    with TestClient(create_app(checks), raise_server_exceptions=False) as client:
        answer = client.get("/quy-tac")
    assert (answer.status_code, "Máy chủ gặp lỗi" in answer.text, "mật khẩu" in answer.text) == (500, True, False)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["doi-thu.example", "doi-thu.example:8000", "127.0.0.1.doi-thu.example", "", "10.0.0.7"]
)
def test_other_names_for_this_machine_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.post("/api/check", headers={"host": host}, files=sent(CLEAN)).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "127.0.0.2"])
def test_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://doi-thu.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8000"},
    ],
)
@pytest.mark.parametrize("path", ["/soat", "/api/check", "/dang-nhap"])
def test_other_pages_may_not_post(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, headers=headers, files=sent(CLEAN))
    assert (answer.status_code, "trang web khác" in answer.text) == (403, True)


def test_own_pages_and_programs_may_post(client: TestClient) -> None:
    for headers in ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, {}):
        assert client.post("/api/check", headers=headers, files=sent(CLEAN)).status_code == 200


@pytest.mark.parametrize("told", ["", "Bearer", "Bearer sai", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ệ"])
def test_program_without_the_token_gets_nothing(locked: TestClient, told: str) -> None:
    headers = {"authorization": told.encode()} if told else {}
    for answer in (
        locked.get("/api/rules", headers=headers),
        locked.post("/api/check", headers=headers, files=sent(CLEAN)),
    ):
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "mã truy cập" in answer.json()["error"]


def test_program_with_the_token_is_answered(locked: TestClient) -> None:
    answer = locked.post("/api/check", headers={"authorization": f"Bearer {TOKEN}"}, files=sent(CLEAN))
    assert answer.json()["documents"][0]["verdict"] == "pass"


def test_person_tells_the_token_once(checks: Checker) -> None:
    with TestClient(create_app(checks, Access(TOKEN)), base_url="http://van-phong:8000") as client:
        assert client.get("/quy-tac").url.path == "/dang-nhap"
        assert client.post("/soat", files=sent(CLEAN)).url.path == "/dang-nhap"
        assert client.post("/dang-nhap", data={"ma": "sai"}).status_code == 401
        assert not client.cookies
        answer = client.post("/dang-nhap", data={"ma": f" {TOKEN} "})
        assert (answer.status_code, answer.url.path) == (200, "/")
        (cookie,) = client.cookies.jar
        assert cookie.has_nonstandard_attr("HttpOnly") and cookie.value and TOKEN not in cookie.value
        assert "Tải bản PDF" in client.post("/soat", files=sent(CLEAN)).text
        assert client.get("/api/rules").status_code == 200
    with TestClient(create_app(checks, Access(TOKEN + "moi")), base_url="http://van-phong:8000") as client:
        client.cookies.set("doclint", cookie.value)
        assert client.get("/").url.path == "/dang-nhap"  # another token, and the old cookies are void


def test_application_works_where_it_is_mounted(checks: Checker) -> None:
    whole = Starlette(routes=[Mount("/soat-van-ban", create_app(checks, Access(TOKEN)))])
    with TestClient(whole, base_url="http://van-phong") as client:
        assert client.get("/soat-van-ban/quy-tac").url.path == "/soat-van-ban/dang-nhap"
        assert client.get("/soat-van-ban/static/web.css").status_code == 200
        assert client.get("/soat-van-ban/api/rules").json()["error"]
        page = client.post("/soat-van-ban/dang-nhap", data={"ma": TOKEN})
        assert page.url.path == "/soat-van-ban/"
        assert 'action="/soat-van-ban/soat"' in page.text and 'href="/' not in page.text.replace(
            'href="/soat-van-ban/', ""
        )
        assert "Tải bản Word" in client.post("/soat-van-ban/soat", files=sent(COPY)).text
        assert client.get("/soat-van-ban/api/rules").status_code == 200
        assert 'aria-current="page">Quy tắc' in client.get("/soat-van-ban/quy-tac").text
