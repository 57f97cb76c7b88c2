"""Accounts by the command, signing in by the form: what lets in, what does not, and what a browser keeps of it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import unicodedata
from contextlib import closing
from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digitize.accounts.passwords import FEWEST
from digitize.accounts.sessions import IDLE_SECONDS, LONGEST_SECONDS
from digitize.accounts.signing_in import MOST_BY_ACCOUNT, MOST_BY_ADDRESS, WINDOW_SECONDS
from digitize.accounts.store import open_accounts
from digitize.audit.verify import entries
from digitize.web.context import SignIn
from doclint.web.checker import Checker
from tests.digitize.conftest import REPOSITORY, command
from tests.digitize.web.conftest import HOST, PASSWORD, Clock, Kho, Office, csrf, hidden, opened, signed_in

PROXY = ("10.0.0.9", 4000)
BEHIND = SignIn(required=True, header="X-Remote-User", proxies=(ip_network("10.0.0.9"),))


def digitize(*arguments: str | Path, told: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), input=told, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60
    )


def test_accounts_are_looked_after_by_the_command(kho: Kho) -> None:
    here = ("--archive", kho.archive.root)
    added = digitize("users", "add", "Lan.Nguyen", "--role", "staff", *here, told="mật khẩu của Lan\n")
    assert (added.returncode, added.stdout) == (0, "Đã thêm Lan.Nguyen, vai trò cán bộ cơ quan.\n")
    again = digitize("users", "add", "lan.nguyen", "--role", "admin", *here, told="mật khẩu của Lan\n")
    assert (again.returncode, "đã có tài khoản" in again.stderr) == (2, True)
    assert digitize("users", "add", "sso", "--role", "reader", "--sign-on", *here).returncode == 0
    assert digitize("users", "role", "LAN.nguyen", "archivist", *here).returncode == 0
    assert digitize("users", "disable", "lan.nguyen", *here).returncode == 0
    listed = json.loads(digitize("users", "list", "--format", "json", *here).stdout)["accounts"]
    lan = next(one for one in listed if one["name"] == "Lan.Nguyen")
    assert (lan["role"], lan["disabled"], lan["password"]) == ("archivist", True, True)
    assert digitize("users", "enable", "lan.nguyen", *here).returncode == 0
    assert "mật khẩu" not in (kho.archive.root / "accounts.sqlite").read_bytes().decode("utf-8", "replace")
    assert (kho.archive.root / "accounts.sqlite").stat().st_mode & 0o077 == 0
    changes = [entry["details"]["change"] for entry in entries(kho.archive.root) if entry["event"] == "account"]
    assert changes == ["add staff", "add reader", "role archivist", "disable", "enable"]


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("lan", "ngắn", f"từ {FEWEST} ký tự"),
        ("lan", "aaaaaaaaaaaa", "dễ đoán"),
        ("nguyenvanlan", "NguyenVanLan", "dễ đoán"),
        ("lan", "", "chưa có mật khẩu"),
        ("lan", "x" * 2000, "quá dài"),
        ("lan nguyễn", "mật khẩu của Lan", "tên tài khoản"),
        ("../etc", "mật khẩu của Lan", "tên tài khoản"),
    ],
)
def test_account_that_cannot_be(kho: Kho, name: str, password: str, why: str) -> None:
    told = digitize("users", "add", name, "--role", "reader", "--archive", kho.archive.root, told=password + "\n")
    assert (told.returncode, why in told.stderr) == (2, True), told.stderr


def test_last_administrator_stays(kho: Kho) -> None:
    for arguments in (("disable", "admin"), ("role", "admin", "reader")):
        told = digitize("users", *arguments, "--archive", kho.archive.root)
        assert (told.returncode, "người quản trị cuối cùng" in told.stderr) == (2, True)


def test_sign_in_gives_a_new_session_that_scripts_cannot_read(office: Office) -> None:
    client = office()
    planted = "phien-do-ke-khac-dat-san"
    client.cookies.set("vanthu", planted, domain="kho.example")
    answer = signed_in(client, "reader", PASSWORD)
    (cookie,) = (line for line in answer.headers.get_list("set-cookie") if line.startswith("vanthu="))
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={LONGEST_SECONDS}"} <= parts and "secure" not in parts
    assert planted not in cookie
    assert client.get("/api/me").json()["role"] == "reader"


def test_session_is_kept_as_a_digest_and_ends_with_signing_out(kho: Kho, office: Office) -> None:
    client = office("staff")
    token = client.cookies["vanthu"]
    with closing(sqlite3.connect(kho.archive.root / "accounts.sqlite")) as database:
        assert token not in str(database.execute("SELECT * FROM sessions").fetchall())
    assert client.post("/dang-xuat", headers=csrf(client)).headers["location"] == "/dang-nhap"
    client.cookies.set("vanthu", token, domain="kho.example")
    assert client.get("/api/me").status_code == 401


def test_signing_in_again_ends_the_session_before(office: Office) -> None:
    client = office("staff")
    before = client.cookies["vanthu"]
    client.cookies.delete("vanthu")
    client.cookies.set("vanthu", before, domain="kho.example")
    page = client.get("/dang-nhap")
    assert page.headers["location"] == "/"
    other = office("staff")
    assert other.cookies["vanthu"] != before


def test_session_runs_out(office: Office, clock: Clock) -> None:
    client = office("reader")
    clock.now += IDLE_SECONDS - 10
    assert client.get("/api/me").status_code == 200
    clock.now += IDLE_SECONDS - 10
    assert client.get("/api/me").status_code == 200
    clock.now += IDLE_SECONDS + 10
    assert client.get("/api/me").status_code == 401
    client = office("reader")
    for _ in range(int(LONGEST_SECONDS / IDLE_SECONDS * 2)):
        clock.now += IDLE_SECONDS / 2
        client.get("/api/me")
    clock.now += 1
    assert client.get("/api/me").status_code == 401


def test_role_that_is_taken_away_is_gone_at_once(kho: Kho, office: Office) -> None:
    client = office("archivist")
    with open_accounts(kho.archive.root) as accounts:
        accounts.set_disabled("archivist", True)
    assert client.get("/api/me").status_code == 401
    assert signed_in(client, "archivist", PASSWORD).status_code == 401


def test_wrong_and_unknown_names_are_told_alike(kho: Kho, office: Office) -> None:
    wrong = signed_in(office(), "reader", "không phải mật khẩu này")
    unknown = signed_in(office(), "khong-co-ai", "không phải mật khẩu này")
    assert wrong.status_code == unknown.status_code == 401
    blank = [page.text.replace(hidden(page.text), "") for page in (wrong, unknown)]
    assert blank[0] == blank[1]
    who = [entry["who"] for entry in entries(kho.archive.root) if entry["event"] == "refused"]
    assert who == ["reader", "(không có tài khoản này)"]


def test_password_is_the_same_however_it_was_typed(office: Office) -> None:
    assert signed_in(office(), "Reader", unicodedata.normalize("NFD", PASSWORD)).status_code == 303
    for hostile in ("", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x" * 4000):
        assert signed_in(office(), "reader", hostile).status_code == 401


def test_guessing_is_braked_by_account_over_a_restart(kho: Kho, lint: Checker, clock: Clock, office: Office) -> None:
    for _ in range(MOST_BY_ACCOUNT):
        assert signed_in(office(), "reader", "không phải mật khẩu này").status_code == 401
    answer = signed_in(office(), "READER", PASSWORD)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, str(WINDOW_SECONDS))
    with opened(kho.archive, lint, clock) as anew:
        assert signed_in(anew(), "reader", PASSWORD).status_code == 429
        assert signed_in(anew(), "staff", PASSWORD).status_code == 303
        clock.now += WINDOW_SECONDS
        assert signed_in(anew(), "reader", PASSWORD).status_code == 303


def test_guessing_is_braked_by_address(kho: Kho, office: Office, clock: Clock) -> None:
    with open_accounts(kho.archive.root) as accounts:  # as if others had been tried, without the time that it takes
        office(client=("10.0.0.5", 1))
        signed_in(office(client=("10.0.0.5", 1)), "khong-co-ai", "không phải mật khẩu này")
        rows = accounts.database.execute("SELECT key, at, count(*) FROM failures GROUP BY key").fetchall()
        key = next(key for key, _, _ in rows if key != _account_key("khong-co-ai"))
        accounts.database.executemany("INSERT INTO failures VALUES (?, ?)", [(key, clock.now)] * (MOST_BY_ADDRESS - 1))
    assert signed_in(office(client=("10.0.0.5", 2)), "staff", PASSWORD).status_code == 429
    assert signed_in(office(client=("10.0.0.6", 2)), "staff", PASSWORD).status_code == 303


def _account_key(name: str) -> str:
    import hashlib

    return hashlib.sha256(f"account:{name}".encode()).hexdigest()


def test_form_of_signing_in_is_only_good_with_its_cookie(office: Office) -> None:
    client = office()
    data = {"ten": "reader", "mat_khau": PASSWORD, "csrf": hidden(office().get("/dang-nhap").text)}
    assert client.post("/dang-nhap", data=data).status_code == 403
    assert signed_in(client, "reader", PASSWORD).status_code == 303


@pytest.mark.parametrize("back", ["//doi-thu.example", "https://doi-thu.example", "/\\doi-thu.example", "/\t/doi-thu"])
def test_sign_in_leads_nowhere_else(office: Office, back: str) -> None:
    client = office()
    page = client.get("/dang-nhap", params={"ve": back})
    data = {"ten": "reader", "mat_khau": PASSWORD, "csrf": hidden(page.text), "ve": back}
    assert client.post("/dang-nhap", data=data).headers["location"] == "/"


def test_header_of_the_proxy_signs_in_and_of_others_does_not(kho: Kho, lint: Checker, clock: Clock) -> None:
    with open_accounts(kho.archive.root) as accounts:
        accounts.add("sso", "staff", None)
    with opened(kho.archive, lint, clock, BEHIND) as office:
        behind, outside = office(client=PROXY), office(client=("10.0.0.8", 1))
        named = {"X-Remote-User": "sso"}
        assert behind.get("/api/me", headers=named).json()["role"] == "staff"
        for told in (named, {**named, "X-Forwarded-For": "10.0.0.9"}):
            assert outside.get("/api/me", headers=told).status_code == 401
        assert behind.get("/api/me").status_code == 401
        assert behind.get("/api/me", headers={"X-Remote-User": "khong-co"}).status_code == 403
        assert signed_in(outside, "sso", "").status_code == 401
        with open_accounts(kho.archive.root) as accounts:
            accounts.set_disabled("sso", True)
        assert behind.get("/api/me", headers=named).status_code == 403


def test_proxy_tells_https_and_where_people_come_from(kho: Kho, lint: Checker, clock: Clock) -> None:
    secure = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4, 10.1.1.1"}
    with opened(kho.archive, lint, clock, BEHIND) as office:
        answer = signed_in(office(client=PROXY, base="https://kho.example"), "reader", PASSWORD, headers=secure)
        cookies = [line for line in answer.headers.get_list("set-cookie") if line.startswith("__Host-vanthu=")]
        assert len(cookies) == 1 and "; Secure" in cookies[0]
        outside = signed_in(office(client=("10.0.0.8", 1)), "reader", PASSWORD, headers=secure)
        assert all("; Secure" not in line for line in outside.headers.get_list("set-cookie"))
    where = [entry["address"] for entry in entries(kho.archive.root) if entry["event"] == "sign-in"]
    assert where == ["10.1.1.1", "10.0.0.8"]


def test_one_person_at_his_machine_needs_no_account(kho: Kho, lint: Checker, clock: Clock) -> None:
    with opened(kho.archive, lint, clock, SignIn()) as office:
        app = office().app
    here = TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)
    assert here.get("/api/me").json()["role"] == "admin"
    assert here.get(f"/api/documents/{kho.restricted}").status_code == 200
    assert here.get(f"/api/documents/{kho.held}").status_code == 404
    assert here.get("/api/me", headers={"host": HOST.removeprefix("http://")}).status_code == 421
    assert here.get("/api/me", headers={"host": "127.0.0.1.doi-thu.example"}).status_code == 421
    assert here.get("/api/me", headers={"x-forwarded-for": "10.0.0.7"}).status_code == 421
    assert here.post("/dang-xuat").status_code == 403


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--address", "0.0.0.0:0"), "digitize users add TÊN --role admin"),
        (("--address", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1"), "digitize users add TÊN --role admin"),
        (("--trust-header", "X-Remote-User"), "--trusted-proxy"),
        (("--address", "khong-co-cong"), "sai khuôn dạng"),
        (("--trusted-proxy", "proxy.example"), "không phải địa chỉ IP"),
    ],
)
def test_server_does_not_start_open_to_others(kho: Kho, arguments: tuple[str, ...], why: str) -> None:
    (kho.archive.root / "accounts.sqlite").unlink()
    told = digitize("serve", "--archive", kho.archive.root, *arguments)
    assert (told.returncode, why in told.stderr) == (2, True), told.stderr
