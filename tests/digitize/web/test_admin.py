"""The pages of the administrator: accounts and journal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from digitize.accounts.store import open_accounts
from digitize.audit.journal import FOLDER, Journal
from digitize.audit.verify import entries, verify
from digitize.web.pages.journal import PER_PAGE
from tests.digitize.web.conftest import PASSWORD, Kho, Office, csrf, signed_in


def changes(root: Path) -> list[tuple[str, str, str]]:
    return [
        (entry["who"], entry["details"]["account"], entry["details"]["change"])
        for entry in entries(root)
        if entry["event"] == "account"
    ]


def test_account_is_added_changed_and_shut(kho: Kho, office: Office) -> None:
    admin = office("admin")
    header = csrf(admin)
    new = {"ten": " Lan.Nguyen ", "vai_tro": "staff", "mat_khau": "bốn từ của Lan"}
    assert admin.post("/nguoi-dung", data=new, headers=header).headers["location"] == "/nguoi-dung"
    shown = admin.get("/nguoi-dung").text
    assert "Lan.Nguyen" in shown and "bốn từ của Lan" not in shown
    lan = office()
    assert signed_in(lan, "lan.nguyen", "bốn từ của Lan").status_code == 303
    assert lan.get("/nguoi-dung").status_code == 403

    def change(**data: str) -> int:
        return admin.post("/nguoi-dung/lan.nguyen", data=data, headers=header).status_code

    assert change(viec="role", vai_tro="archivist") == 303
    assert lan.get("/api/me").status_code == 401, "the session ended"
    assert change(viec="password", mat_khau="ngắn") == 422
    assert change(viec="password", mat_khau="một mật khẩu mới") == 303
    assert signed_in(lan, "lan.nguyen", "bốn từ của Lan").status_code == 401
    assert signed_in(lan, "lan.nguyen", "một mật khẩu mới").status_code == 303
    assert lan.get("/api/me").json()["role"] == "archivist"
    assert change(viec="disable") == 303
    assert lan.get("/api/me").status_code == 401
    assert change(viec="enable") == 303
    assert change(viec="xoa") == 422
    told = ["add staff", "role archivist", "passwd", "disable", "enable"]
    assert changes(kho.archive.root) == [("admin", "Lan.Nguyen", change) for change in told]


def test_what_cannot_be_is_told_and_not_done(kho: Kho, office: Office) -> None:
    admin = office("admin")
    header = csrf(admin)
    for data, why in (
        ({"ten": "reader", "vai_tro": "staff", "mat_khau": PASSWORD}, "đã có tài khoản"),
        ({"ten": "lan nguyễn", "vai_tro": "staff", "mat_khau": PASSWORD}, "không dùng được"),
        ({"ten": "lan", "vai_tro": "staff", "mat_khau": ""}, "chỉ có 0 ký tự"),
        ({"ten": "lan", "vai_tro": "vua", "mat_khau": PASSWORD}, "giá trị không đúng"),
        ({"ten": "<b>lan", "vai_tro": "staff", "mat_khau": PASSWORD}, "&lt;b&gt;lan"),
    ):
        answer = admin.post("/nguoi-dung", data=data, headers=header)
        assert (answer.status_code, why in answer.text.lower()) == (422, True), data
    for data in ({"viec": "disable"}, {"viec": "role", "vai_tro": "reader"}):
        answer = admin.post("/nguoi-dung/admin", data=data, headers=header)
        assert (answer.status_code, "người quản trị cuối cùng" in answer.text) == (422, True)
    assert admin.post("/nguoi-dung/khong-co", data={"viec": "disable"}, headers=header).status_code == 422
    assert changes(kho.archive.root) == []


def test_account_without_a_password_is_let_in_by_the_proxy_alone(kho: Kho, office: Office) -> None:
    admin = office("admin")
    data = {"ten": "sso", "vai_tro": "staff", "khong_mat_khau": "1"}
    assert admin.post("/nguoi-dung", data=data, headers=csrf(admin)).status_code == 303
    assert signed_in(office(), "sso", "").status_code == 401
    with open_accounts(kho.archive.root) as accounts:
        assert accounts.known("sso").hash is None


def test_what_is_not_in_the_journal_is_not_done(kho: Kho, office: Office) -> None:
    admin = office("admin")
    header = csrf(admin)
    folder = kho.archive.root / FOLDER
    shutil.rmtree(folder)
    folder.write_text("", encoding="utf-8")  # in the way
    assert admin.post("/nguoi-dung/staff", data={"viec": "disable"}, headers=header).status_code == 503
    with open_accounts(kho.archive.root) as accounts:
        assert not accounts.known("staff").disabled


def test_journal_is_read_by_month_event_and_person(kho: Kho, office: Office) -> None:
    root = kho.archive.root
    journal = Journal(root)
    for number in range(PER_PAGE + 5):
        journal.append("search", "lan", {"query": f"<i>câu {number}"}, address="10.0.0.7")
    journal.append("view", "mai", {"sha256": kho.public, "page": 2, "what": "page"})
    admin = office("admin")
    shown = admin.get("/nhat-ky", params={"nguoi": "LAN"}).text
    assert shown.count("10.0.0.7") == PER_PAGE
    assert f"&lt;i&gt;câu {PER_PAGE + 4}" in shown and "&lt;i&gt;câu 4<" not in shown
    older = re.search(r'href="(/nhat-ky\?[^"]*)"', shown)
    assert older is not None
    assert admin.get(older[1].replace("&amp;", "&")).text.count("10.0.0.7") == 5
    shown = admin.get("/nhat-ky", params={"viec": "view", "nguoi": "mai"}).text
    assert f'href="/tai-lieu/{kho.public}/2"' in shown and "câu" not in shown
    assert "Không có dòng nào" in admin.get("/nhat-ky", params={"nguoi": "khong-co"}).text
    for wrong in ({"thang": "../../etc"}, {"truoc": "0"}):
        assert admin.get("/nhat-ky", params=wrong).status_code == 422
    assert admin.get("/nhat-ky", params={"thang": "1999-01"}).status_code == 200
    assert not verify(root).faults
    assert [entry["details"] for entry in entries(root) if entry["event"] == "view" and entry["who"] == "admin"] == [
        {"what": "journal"}
    ]
