"""The HTTP API: the same report as the command, hostile files told apart, and errors that a program can read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from doclint.api import check
from doclint.readers import read
from doclint.reporters.json import SCHEMA, render
from doclint.reuse.packs.library import library
from doclint.rulebook import load
from tests.doclint.hostile import FILES
from tests.doclint.web.drafts import CLEAN, COPY, SECRET, sent

SHEET = json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_reports_are_those_of_the_command(client: TestClient) -> None:
    answer = client.post("/api/check", files=sent(COPY, CLEAN))
    jsonschema.Draft202012Validator(SHEET).validate(answer.json())
    with library() as packs:
        reports = [check(path, library=packs) for path in (COPY, CLEAN)]
    expected = json.loads(render(reports))
    for document, path in zip(expected["documents"], (COPY, CLEAN), strict=True):
        document["path"] = path.name
    assert (answer.status_code, answer.json()) == (200, expected)


def test_hostile_files_are_told_and_the_others_are_checked(client: TestClient, tmp_path: Path) -> None:
    files, reasons = sent(COPY), [""]
    for name, (make, reason) in FILES.items():
        path = tmp_path / name
        make(path)
        if path.is_file() and path.stat().st_size <= 2**20:
            files += sent(path)
            reasons.append(reason)
    assert len(files) > 15
    for start in range(0, len(files), 20):
        documents = client.post("/api/check", files=files[start : start + 20]).json()["documents"]
        for document, reason in zip(documents, reasons[start : start + 20], strict=True):
            assert document["status"] == ("failed" if reason else "checked"), document["path"]
            assert reason in (document["error"] or "")


def test_word_copy_has_the_comments(client: TestClient, tmp_path: Path) -> None:
    answer = client.post("/api/check/word", files=sent(COPY))
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ke-hoach-sao-chep.soat.docx"
    copy = tmp_path / "copy.docx"
    copy.write_bytes(answer.content)
    assert read(copy).text == read(COPY).text
    assert len(read(copy).comments) > 10


def test_copy_of_a_pdf_is_a_pdf(client: TestClient) -> None:
    import pikepdf

    answer = client.post("/api/check/word", files=sent(CLEAN))
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as copy:
        assert len(copy.pages) > 0


def test_page_to_keep_needs_nothing(client: TestClient) -> None:
    answer = client.post("/api/check/html", files=sent(COPY))
    assert answer.headers["content-disposition"].endswith("ke-hoach-sao-chep.soat.html")
    assert "<script src" not in answer.text and "Báo cáo soát: ke-hoach-sao-chep.docx" in answer.text


def test_secret_document_shows_its_marks_and_has_no_copy(client: TestClient) -> None:
    (document,) = client.post("/api/check", files=sent(SECRET)).json()["documents"]
    assert (document["status"], document["tasks"], [one["excerpt"] for one in document["findings"]]) == (
        "failed",
        [],
        ["MẬT"],
    )
    answer = client.post("/api/check/word", files=sent(SECRET))
    assert (answer.status_code, "dấu chỉ độ mật" in answer.json()["error"]) == (422, True)


def test_unreadable_file_has_no_copy(client: TestClient) -> None:
    answer = client.post("/api/check/word", files=[("files", ("rác.docx", b"PK\x03\x04"))])
    assert (answer.status_code, "hỏng" in answer.json()["error"]) == (422, True)


def test_rules_are_those_of_the_rulebook(client: TestClient) -> None:
    listed = client.get("/api/rules").json()
    assert {rule["id"]: rule["level"] for rule in listed} == {id: rule.level for id, rule in load().rules.items()}
    for rule in listed:
        by_code, by_id = client.get(f"/api/rules/{rule['code']}"), client.get(f"/api/rules/{rule['id']}")
        assert by_code.json() == by_id.json()
        assert by_code.json()["rule"] == rule and by_code.json()["basis"]
    assert client.get("/api/rules/TL99").json()["error"] == "không có quy tắc «TL99»"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "reason"),
    [
        ("POST", "/api/check", {"data": {"a": "b"}}, 422, "chưa có tệp nào"),
        ("POST", "/api/check", {"content": b"abc", "headers": {"content-type": "multipart/form-data"}}, 400, "hỏng"),
        ("POST", "/api/check", {"json": {"files": "x"}}, 422, "chưa có tệp nào"),
        ("GET", "/api/check", {}, 405, "không nhận cách gửi"),
        ("GET", "/api/khong-co", {}, 404, "không có trang này"),
        ("GET", "/api/rules/", {}, 404, "không có"),
    ],
)  # fmt: skip
def test_errors_are_vietnamese_json(
    client: TestClient, method: str, path: str, body: dict[str, object], status: int, reason: str
) -> None:
    answer = client.request(method, path, **body)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "hint"} and reason in answer.json()["error"]


def test_openapi_describes_every_route(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/check",
        "/api/check/word",
        "/api/check/html",
        "/api/rules",
        "/api/rules/{name}",
    }
    checking = described["paths"]["/api/check"]["post"]
    reference = checking["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert client.get(f"/api/{reference}").json() == SHEET
    assert all("HTTPValidationError" not in json.dumps(path) for path in described["paths"].values())
