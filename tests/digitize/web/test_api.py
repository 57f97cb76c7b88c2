"""The JSON API and IIIF: that answers are as OpenAPI says, whatever is asked, and what they hold."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from PIL import Image
from schemathesis import checks
from starlette.testclient import TestClient

from digitize.archive import Archive
from digitize.describe.catalogue import open_catalogue
from digitize.gzip_members import member
from digitize.web.app import create_app
from digitize.web.context import SignIn, open_context
from digitize.web.images import MOST_WIDTH
from digitize.words_file import packed_pages
from tests.digitize.index_specimens import Paper, make_archive
from tests.digitize.web.conftest import Kho, Office, csrf

LOCAL = "http://127.0.0.1:8765"
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture(scope="module")
def local(made: Kho, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The one person at his machine, on a copy of the archive."""
    root = tmp_path_factory.mktemp("rieng") / "kho"
    shutil.copytree(made.archive.root, root)
    app = create_app(open_context(Archive(root), SignIn()))
    with TestClient(app, base_url=LOCAL, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def test_every_answer_is_as_described(made: Kho, local: TestClient) -> None:
    schema = schemathesis.openapi.from_dict(local.get("/api/openapi.json").json())
    schema.app = local.app
    header = csrf(local)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 14
    for operation in operations:
        for mode in schemathesis.GenerationMode:

            @FEW
            @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
            def asked(case: schemathesis.Case, known: bool) -> None:
                if known and "sha256" in (case.path_parameters or {}):
                    case.path_parameters["sha256"] = made.public
                answer = case.call(base_url=LOCAL, headers=header if case.method == "POST" else {})
                case.validate_response(answer, checks=CHECKS)

            # What has no parameter cannot be asked wrongly.
            with suppress(*([Unsatisfiable] if mode.is_negative else [])):
                asked()


CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]


def test_document_and_page_say_what_is_known(kho: Kho, office: Office) -> None:
    client = office("reader")
    document = client.get(f"/api/documents/{kho.public}").json()
    assert (document["name"], document["access"], document["pages"]) == ("cong-khai.tif", "công khai", 2)
    assert {field["field"] for field in document["fields"]} >= {"type", "number", "access"}
    page = client.get(f"/api/documents/{kho.public}/pages/1").json()
    assert (page["width"], page["height"], page["text"]) == (301, 200, "kế hoạch tiếp công dân của ủy ban")
    assert page["words"][0] == {"text": "kế", "box": [80, 30, 130, 50], "confidence": 90.0}
    assert client.get(f"/api/documents/{kho.public}/pages/1/text").text == page["text"]
    for number in (0, 3, 10**9):
        assert client.get(f"/api/documents/{kho.public}/pages/{number}").status_code in (404, 422)


def test_answer_of_a_search_has_marks_and_hides_where_files_lie(kho: Kho, office: Office) -> None:
    answer = office("reader").get("/api/search", params={"q": "tiep cong dan"})
    (hit,) = answer.json()["hits"]
    (page,) = hit["pages"]
    assert [page["snippet"][start:end] for start, end in page["marks"]] == ["tiếp", "công", "dân"]
    assert hit["name"] == "cong-khai.tif" and "/quet/" not in answer.text
    wrong = office("reader").get("/api/search", params={"q": '"'})
    assert (wrong.status_code, set(wrong.json())) == (422, {"error", "hint"})


def test_table_of_results_holds_no_formula(kho: Kho, office: Office) -> None:
    with open_catalogue(kho.archive.root) as catalogue:
        catalogue.correct(kho.public, "subject", "=HYPERLINK(1)", who="lưu trữ")
    answer = office("staff").get("/api/search.csv", params={"q": "ủy ban"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[8] for row in rows[1:]} == {"cong-khai.tif", "noi-bo.tif"}
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_image_is_the_page_or_a_piece_of_it(kho: Kho, office: Office) -> None:
    client = office("reader")
    path = f"/api/documents/{kho.public}/pages/1/image"
    whole = picture(client.get(path, params={"width": 602}).content)
    assert whole.width == 602 and abs(whole.height - 400) <= 2
    piece = picture(client.get(path, params={"width": 301, "xywh": "30,50,100,30"}).content)
    assert abs(piece.width - 301) <= 2 and abs(piece.height - 90) <= 3
    # The ink of the sheet stands from (40, 60) on: in the piece ten pixels from its corner, thrice as large.
    assert piece.getpixel((33, 33)) < 90 and piece.getpixel((20, 20)) > 200
    assert client.get(path, params={"xywh": "400,0,10,10"}).status_code == 422
    for wrong in ({"width": 0}, {"width": MOST_WIDTH + 1}, {"xywh": "1,2,3"}, {"xywh": "-1,0,5,5"}, {"width": "1e9"}):
        assert client.get(path, params=wrong).status_code == 422
    assert client.get(path.replace("/1/", "/3/")).status_code == 404


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def test_image_is_not_sent_twice_but_asked_for_each_time_by_whom(kho: Kho, office: Office) -> None:
    client = office("staff")
    path = f"/api/documents/{kho.public}/pages/1/image"
    first = client.get(path)
    tag = {"If-None-Match": first.headers["etag"]}
    assert first.headers["cache-control"].startswith("private")
    assert (client.get(path, headers=tag).status_code, client.get(path, headers=tag).content) == (304, b"")
    assert client.get(path, params={"width": 99}, headers=tag).status_code == 200
    assert office("reader").get(path.replace(kho.public, kho.internal), headers=tag).status_code == 404
    assert client.get("/api/me").headers["cache-control"] == "no-store"


def test_pdf_whole_or_one_page(kho: Kho, office: Office) -> None:
    import pikepdf

    client = office("reader")
    whole = client.get(f"/api/documents/{kho.public}/pdf")
    assert whole.content == kho.archive.pdf(kho.public).read_bytes()
    assert whole.headers["content-disposition"] == "attachment; filename*=UTF-8''cong-khai.pdf"
    part = client.get(f"/api/documents/{kho.public}/pdf", headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    for number, status in ((2, 200), (3, 404), (0, 422)):
        one = client.get(f"/api/documents/{kho.public}/pdf", params={"trang": number})
        assert one.status_code == status
        if status == 200:
            with pikepdf.open(io.BytesIO(one.content)) as pdf:
                assert len(pdf.pages) == 1


def test_damaged_files_are_told_without_a_traceback(kho: Kho, office: Office) -> None:
    client = office("reader")
    (kho.archive.document(kho.public) / "words.json.gz").write_bytes(b"\x1f\x8b hong")
    assert client.get(f"/api/documents/{kho.public}/pages/1").json()["error"] == "tệp của tài liệu trong kho hỏng"
    kho.archive.pdf(kho.public).write_bytes(b"%PDF hong")
    assert client.get(f"/api/documents/{kho.public}/pages/1/image").status_code == 500


def test_review_takes_what_a_person_says_and_nothing_behind_his_back(kho: Kho, office: Office) -> None:
    client = office("archivist")
    header = csrf(client)
    path = f"/api/review/{kho.public}/subject"
    said = client.post(path, json={"value": "Kế hoạch", "before": ""}, headers=header)
    assert (said.status_code, said.json()["value"], said.json()["author"]) == (200, "Kế hoạch", "corrected")
    assert client.post(path, json={"value": "Khác", "before": ""}, headers=header).status_code == 409
    wrong = client.post(f"/api/review/{kho.public}/date", json={"value": "ngày mai", "before": ""}, headers=header)
    assert wrong.status_code == 422
    assert (
        client.post(f"/api/review/{kho.public}/khong-co", json={"value": "", "before": ""}, headers=header).status_code
        == 404
    )
    raised = client.post(
        f"/api/review/{kho.public}/access", json={"value": "hạn chế", "before": "công khai"}, headers=header
    )
    assert raised.status_code == 200
    assert office("staff").get(f"/api/documents/{kho.public}").status_code == 404
    with open_catalogue(kho.archive.root) as catalogue:
        assert [change.who for change in catalogue.changes(kho.public)][-1] == "archivist"


def test_hits_are_annotations_on_the_canvas_of_their_page(kho: Kho, office: Office) -> None:
    client = office("reader")
    manifest = client.get(f"/iiif/{kho.public}/manifest").json()
    assert (manifest["type"], len(manifest["items"])) == ("Manifest", 2)
    canvas = manifest["items"][0]
    assert (canvas["width"], canvas["height"]) == (301, 200)
    answer = client.get(f"/iiif/{kho.public}/search", params={"q": "tiep cong dan"}).json()
    assert answer["type"] == "AnnotationPage"
    targets = [item["target"].split("#xywh=") for item in answer["items"]]
    assert {target for target, _ in targets} == {canvas["id"]}
    assert [place for _, place in targets] == ["200,30,50,20", "260,30,50,20", "320,30,50,20"]
    assert manifest["service"][0]["id"] == f"http://kho.example:8765/iiif/{kho.public}/search"
    image = canvas["items"][0]["items"][0]["body"]["id"].removeprefix("http://kho.example:8765")
    assert client.get(image).headers["content-type"] == "image/jpeg"


def test_hits_of_a_long_document_are_all_told_as_they_are_found(tmp_path: Path) -> None:
    long = Paper("so-cai.pdf", [f"sổ cái trang {number}" for number in range(1, 601)], {"access": "công khai"})
    archive = make_archive(tmp_path / "kho", [long, Paper("khac.pdf", ["sổ cái"])])
    context = open_context(archive, SignIn())
    client = TestClient(create_app(context), base_url=LOCAL)
    address = f"/iiif/{long.sha256}/search"
    answer = client.get(address, params={"q": '"so cai"'}).json()
    assert answer["id"].endswith("search?q=%22so+cai%22") and answer["type"] == "AnnotationPage"
    pages = context.facts.of(long.sha256)
    assert [item["target"].split("/")[-1] for item in answer["items"]] == [
        f"{number}#xywh={x},0,60,20" for number in range(1, len(pages) + 1) for x in (0, 70)
    ]
    assert client.get(address, params={"q": "không có"}).json()["items"] == []
    assert client.get(address, params={"q": "("}).status_code == 422
    words = archive.document(long.sha256) / "words.json.gz"
    *parts, last, end = packed_pages(archive.document(long.sha256))
    words.write_bytes(member(b'{"pages":[') + b"".join(parts) + last[:-1] + bytes([last[-1] ^ 1]) + end + member(b"]}"))
    archive.pdf(long.sha256).write_bytes(b"%PDF-1.7 again")
    assert client.get(address, params={"q": "so cai"}).status_code == 500


def test_rendering_waits_its_turn(kho: Kho, office: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path = f"/api/documents/{kho.public}/pages/1/image"
    with office("reader") as client, ThreadPoolExecutor(8) as threads:  # «with»: one loop for all, as a server has
        answers = list(threads.map(lambda width: client.get(path, params={"width": width}), range(200, 260)))
    assert {answer.status_code for answer in answers} == {200}
    widths = [picture(answer.content).width for answer in answers]
    assert all(abs(width - asked) <= 1 for width, asked in zip(widths, range(200, 260), strict=True))
