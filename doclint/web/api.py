"""The HTTP API, for e-office systems."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from starlette.responses import FileResponse, Response

from doclint.reporters.json import SCHEMA, VERSION
from doclint.rulebook import load
from doclint.web.checker import Checker
from doclint.web.checking import Answer
from doclint.web.names import attachment, copy_name
from doclint.web.rules import RuleDetail, RuleLine, rule_detail, rule_lines
from vanthu.errors import VanthuError
from vanthu.web.faults import Fault

Uploads = Annotated[list[UploadFile], File(description="Tệp .docx, .doc, .rtf, .odt, .pdf hoặc .txt")]
Upload = Annotated[UploadFile, File(description="Một tệp .docx, .doc, .rtf, .odt, .pdf hoặc .txt")]


def api(checker: Checker) -> APIRouter:
    """Return the routes of the API, which check with ``checker``."""
    router = APIRouter(prefix="/api", responses=_refusals(401, 403, 404, 408, 413, 422, 503))

    @router.post("/check", response_class=Response, responses={200: _REPORT})
    async def check(files: Uploads) -> Response:
        """Soát các tệp; trả báo cáo JSON như `doclint check --format json`. Tệp không đọc được có `status: failed`."""
        documents = [answer.body for answer in await checker.check("json", files)]
        body = b'{"version": %d, "documents": [%s]}' % (VERSION, b", ".join(documents))
        return Response(body, media_type="application/json")

    @router.post("/check/word", response_class=Response, responses={200: _file(*_COPIES.values())})
    async def check_word(files: Upload) -> Response:
        """Soát một tệp; trả bản sao có nhận xét tại chỗ: .docx, hay .pdf nếu tệp gửi là PDF."""
        (answer,) = await checker.check("word", [files])
        if answer.error is not None:
            raise Fault(422, answer.error.reason, answer.error.hint)
        return _download(answer, answer.copy, _COPIES[answer.copy])

    @router.post("/check/html", response_class=Response, responses={200: _file("text/html")})
    async def check_html(files: Upload) -> Response:
        """Soát một tệp; trả báo cáo là một trang HTML mở được không cần mạng."""
        (answer,) = await checker.check("html", [files])
        return _download(answer, ".html", "text/html; charset=utf-8")

    @router.get("/rules")
    def rules() -> list[RuleLine]:
        """Liệt kê các quy tắc và cách cơ quan này đặt chúng."""
        return rule_lines(checker.settings)

    @router.get("/rules/{name}")
    def rule(name: str) -> RuleDetail:
        """Giải thích một quy tắc, gọi theo tên hay mã: vì sao, theo điều khoản nào, ví dụ."""
        try:
            return rule_detail(checker.settings, load(), name)
        except VanthuError as error:
            raise Fault(404, error.reason, error.hint) from error

    @router.get(f"/{SCHEMA.name}", response_class=FileResponse, include_in_schema=False)
    def schema() -> FileResponse:
        return FileResponse(SCHEMA, media_type="application/schema+json")

    return router


def _download(answer: Answer, suffix: str, media_type: str) -> Response:
    headers = {"Content-Disposition": attachment(copy_name(answer.name, suffix))}
    return Response(answer.body, media_type=media_type, headers=headers)


def _file(*media_types: str) -> dict[str, object]:
    schema = {"type": "string", "format": "binary"}
    return {"description": "Tệp để lưu", "content": {one: {"schema": schema} for one in media_types}}


def _refusals(*numbers: int) -> dict[int | str, dict[str, object]]:
    schema = {
        "type": "object",
        "required": ["error", "hint"],
        "properties": {"error": {"type": "string"}, "hint": {"type": ["string", "null"]}},
    }
    return {
        number: {"description": _WHEN[number], "content": {"application/json": {"schema": schema}}}
        for number in numbers
    }


_COPIES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
# Relative to /api/openapi.json: the schema is a resource of its own, as programs know it from --format json.
_REPORT = {"description": "Báo cáo", "content": {"application/json": {"schema": {"$ref": f"./{SCHEMA.name}"}}}}
_WHEN = {
    401: "Thiếu mã truy cập hoặc mã sai",
    403: "Gửi từ trang web khác",
    404: "Không có",
    408: "Gửi quá lâu",
    413: "Quá lớn hoặc quá nhiều tệp",
    422: "Thiếu tệp, hoặc tệp không làm được việc ấy",
    503: "Máy chủ đang bận",
}
