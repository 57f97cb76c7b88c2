"""The review queue: sifted, in the order that is wanted, counted right while several people decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from digitize.archive import Archive, create_archive
from digitize.describe.catalogue import open_catalogue
from digitize.describe.values import Description, Field, absent
from digitize.intake import Source
from digitize.ledger import Ledger
from digitize.web.app import create_app
from digitize.web.context import SignIn, open_context
from digitize.web.kept_queue import prepared
from digitize.web.pages.sifting import link
from digitize.web.places import Order, Places
from digitize.web.queue import Ordered, Sift, brought_up, ordered
from tests.digitize.web.conftest import Clock, hidden


@dataclass(frozen=True)
class Paper:
    """A document: its file, what waits with how sure, what a person said."""

    path: str
    waiting: dict[str, tuple[str, float]]
    said: dict[str, str]

    @property
    def sha256(self) -> str:
        import hashlib

        return hashlib.sha256(self.path.encode()).hexdigest()


PAPERS = [
    Paper(
        "quet/hs 10/tep 2.pdf", {"number": ("12", 0.3), "date": ("2001-05-03", 0.6)}, {"fonds": "A", "file": "Hồ sơ 2"}
    ),
    Paper("quet/hs 2/tep 10.pdf", {"number": ("", 0.1)}, {"fonds": "A", "file": "Hồ sơ 10", "type": "Công văn"}),
    Paper("quet/hs 2/tep 9.pdf", {"subject": ("Sửa chữa kho", 0.5)}, {"fonds": "A", "file": "Hồ sơ 10"}),
    Paper("quet/le.pdf", {"date": ("1999", 0.2)}, {"type": "Quyết định"}),
    Paper("quet/xong.pdf", {}, {"fonds": "A"}),
]
EVERY = Sift("date", "Công văn", "A", "Hồ sơ", "chữ", 50, "doubt")
FIRST, TENTH, NINTH, LOOSE, _ = (paper.sha256 for paper in PAPERS)


def described(paper: Paper) -> Description:
    fields = {
        name: Field(*paper.waiting[name][:1], "review", paper.waiting[name][1], "vì sao")  # type: ignore[arg-type]
        if name in paper.waiting
        else absent("không thấy")
        for name in Description.__slots__
    }
    return Description(**fields)


def put(archive: Archive, paper: Paper) -> None:
    with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as catalogue:
        ledger.register(ledger.begin_run(), Source("/" + paper.path, paper.sha256, "pdf", 1, "s"))
        ledger.finish(paper.sha256, "done", pages=1)
        catalogue.describe(paper.sha256, "reading", described(paper))
        for name, value in paper.said.items():
            catalogue.correct(paper.sha256, name, value, who="An")
    archive.document(paper.sha256).mkdir(parents=True, exist_ok=True)
    archive.pdf(paper.sha256).write_bytes(b"%PDF-1.7")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = create_archive(tmp_path / "kho")
    for paper in PAPERS:
        put(made, paper)
    return made


def asked(archive: Archive, sift: Sift, now: float = 0.0) -> Ordered:
    with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as catalogue:
        return ordered(catalogue, ledger, Places(), sift, now)


@pytest.mark.parametrize(
    ("sift", "wanted"),
    [
        (Sift(), {LOOSE: 1, FIRST: 2, NINTH: 1, TENTH: 1}),
        (Sift(order="doubt"), {TENTH: 1, LOOSE: 1, FIRST: 2, NINTH: 1}),
        (Sift(field="date"), {LOOSE: 1, FIRST: 1}),
        (Sift(field="date", order="doubt"), {LOOSE: 1, FIRST: 1}),
        (Sift(type="Công văn"), {TENTH: 1}),
        (Sift(fonds="A", below=40), {FIRST: 1, TENTH: 1}),
        (Sift(file="ho so 10"), {NINTH: 1, TENTH: 1}),
        (Sift(text="SUA CHUA"), {NINTH: 1}),
        (Sift(text="hs 2"), {NINTH: 1, TENTH: 1}),
        (Sift(text="không có ở đâu"), {}),
        (Sift(fonds="B"), {}),
        (Sift(below=60, field="date"), {LOOSE: 1}),
    ],
)
def test_queue_is_sifted_and_ordered(archive: Archive, sift: Sift, wanted: dict[str, int]) -> None:
    assert list(asked(archive, sift).documents.items()) == list(wanted.items())


def test_values_to_choose_from_are_those_that_wait(archive: Archive) -> None:
    queue = asked(archive, Sift(type="Công văn"))
    assert (queue.types, queue.fonds, queue.files) == (("Công văn", "Quyết định"), ("A",), ("Hồ sơ 10", "Hồ sơ 2"))


def test_places_that_are_kept_are_those_that_are_found_anew(archive: Archive) -> None:
    kept = Places()

    def orders() -> list[Order]:
        with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as catalogue:
            return [places.known(catalogue, ledger, 0.0) for places in (kept, Places())]

    orders()
    with open_catalogue(archive.root) as catalogue:
        catalogue.correct(LOOSE, "fonds", "A", who="An")
        catalogue.correct(LOOSE, "file", "Hồ sơ 9", who="An")
        catalogue.correct(TENTH, "type", "Báo cáo", who="An")
    put(archive, Paper("quet/hs 2/tep 009b.pdf", {"number": ("5", 0.5)}, {"fonds": "A", "file": "Hồ sơ 10"}))
    now, anew = orders()
    assert (now.places, now.numbers) == (anew.places, anew.numbers)
    with open_catalogue(archive.root) as catalogue:
        catalogue.accept(NINTH, "subject", who="An")  # it stays where it is
    after, _ = orders()
    assert after.change > now.change and after.places is now.places
    assert list(asked(archive, Sift()).documents)[1] == LOOSE


def test_queue_is_there_before_anybody_opens_it(archive: Archive, clock: Clock) -> None:
    context = open_context(archive, SignIn(), clock)
    with prepared(context):
        pass
    made = context.queues.peek(Sift())
    assert made is not None and made.documents == asked(archive, Sift()).documents
    (archive.root / "catalogue.sqlite").write_bytes(b"not a database" * 100)
    with prepared(open_context(archive, SignIn(), clock)):  # whoever opens the queue is told
        pass


@pytest.mark.parametrize(
    "wanted", [{}, {"xep": "doubt"}, {"phong": "A", "duoi": "55"}, {"hoso": "ho so 10"}, {"chi": "date"}]
)
def test_programs_get_the_queue_that_the_page_shows(archive: Archive, clock: Clock, wanted: dict[str, str]) -> None:
    from starlette.testclient import TestClient

    app = create_app(open_context(archive, SignIn(), clock))
    client = TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)
    # The page goes from one document to the next.
    shown: list[str] = []
    while (answer := client.get("/duyet", params={**wanted, "sau": shown[-1] if shown else ""})).status_code == 303:
        shown.append(urlsplit(answer.headers["location"]).path.removeprefix("/duyet/"))
    told = client.get("/api/review", params=wanted).json()
    assert list(dict.fromkeys(one["sha256"] for one in told)) == shown != []
    steps, after = [], ""
    while answer := client.get("/api/review", params={**wanted, "limit": 1, "after": after}).json():
        steps += answer
        after = f"{answer[0]['sha256']}.{answer[0]['field']['field']}"
    assert steps == told
    described = app.openapi()["paths"]["/api/review"]["get"]["parameters"]
    named = {one["name"] for one in described if one.get("description")}
    assert named >= {*parse_qs(urlsplit(link("", "", EVERY)).query)} and len(named) == 8


def test_decisions_are_taken_off_and_newcomers_wait_a_minute(archive: Archive) -> None:
    kept = asked(archive, Sift(), now=100.0)
    with open_catalogue(archive.root) as catalogue:
        assert brought_up(kept, catalogue, Sift(), 101.0) == kept
        catalogue.accept(FIRST, "date", who="Bình")
        catalogue.correct(TENTH, "number", "7", who="Bình")
        catalogue.correct(LOOSE, "fonds", "B", who="Bình")
        catalogue.correct(TENTH, "fonds", "C", who="Bình")  # of which nothing waits any more
    now = 102.0
    with open_catalogue(archive.root) as catalogue:
        queue = brought_up(kept, catalogue, Sift(), now)
        assert queue is not None
        assert list(queue.documents.items()) == [(LOOSE, 1), (FIRST, 1), (NINTH, 1), (TENTH, 0)]
        assert list(queue.behind(FIRST)) == [NINTH, TENTH]
        assert queue.fonds == ("A", "B")
    late = Paper("quet/a-moi.pdf", {"number": ("5", 0.5)}, {})
    put(archive, late)
    with open_catalogue(archive.root) as catalogue:
        still = brought_up(queue, catalogue, Sift(), now)
        assert still is not None and late.sha256 not in still.documents
        catalogue.accept(NINTH, "subject", who="Bình")
        still = brought_up(still, catalogue, Sift(), now)
        assert still is not None and still.documents[NINTH] == 0
        assert brought_up(still, catalogue, Sift(), now + 60) is None
        assert brought_up(still, catalogue, Sift(field="date"), now + 60) is not None, "it has no date that waits"
        assert brought_up(still, catalogue, Sift(), now - 10) is None, "the clock went back"
    assert list(asked(archive, Sift()).documents) == [late.sha256, FIRST, LOOSE]


def test_page_goes_through_what_is_sifted_and_tells_its_count(archive: Archive, clock: Clock) -> None:
    from starlette.testclient import TestClient

    app = create_app(open_context(archive, SignIn(), clock))
    client = TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)
    for sha256 in (FIRST, LOOSE):
        write_words(archive, sha256)
    wanted = {"chi": "date", "xep": "doubt"}
    where = client.get("/duyet", params=wanted).headers["location"]
    assert urlsplit(where).path == f"/duyet/{LOOSE}" and parse_qs(urlsplit(where).query) == {
        name: [value] for name, value in wanted.items()
    }
    shown = client.get(where).text
    assert "<strong>2</strong> chỗ trong <strong>2</strong> tài liệu" in shown
    assert "cả thảy 5 chỗ trong 4 tài liệu" in shown and "trường: Ngày ban hành" in shown
    action = f"/duyet/{LOOSE}/date?{urlsplit(where).query}"
    assert action.replace("&", "&amp;") in shown
    form = {"csrf": hidden(shown), "value": "31/02/1999", "before": "1999"}
    wrong = client.post(action, data=form)
    assert wrong.status_code == 422 and "không có thật" in wrong.text
    gone = client.post(action, data={**form, "value": "1999"}).headers["location"]
    assert urlsplit(gone).path == f"/duyet/{FIRST}"
    assert parse_qs(urlsplit(gone).query) == {"vua": [f"{LOOSE}.date"], "chi": ["date"], "xep": ["doubt"]}
    shown = client.get(gone).text
    assert "Đã nhận Ngày ban hành" in shown and "<strong>1</strong> chỗ" in shown
    assert shown.index('id="f-date"') and "data-first autofocus" in shown.split('id="f-date"')[1].split(">")[0]
    assert "Phông A, Hồ sơ 2" in shown
    skipped = client.get("/duyet", params={**wanted, "sau": FIRST})
    assert skipped.status_code == 200 and "Đã hết lượt" in skipped.text
    form = {"csrf": hidden(shown), "value": "2001-05-03", "before": "2001-05-03"}
    ended = client.post(f"/duyet/{FIRST}/date?{urlsplit(where).query}", data=form).headers["location"]
    assert "het=1" in ended
    shown = client.get(ended).text
    assert "Không còn gì khớp bộ lọc" in shown and "cả thảy 3 chỗ" in shown
    assert client.get("/duyet", params={"duoi": "abc"}).status_code == 422
    assert client.get("/duyet", params={"chi": "khong-co"}).status_code == 303


def write_words(archive: Archive, sha256: str) -> None:
    """Give a document one page of no words; its picture cannot be drawn, which the page says."""
    import gzip
    import json

    page = {"number": 1, "width": 100, "height": 100, "dpi": 200, "words": []}
    (archive.document(sha256) / "words.json.gz").write_bytes(gzip.compress(json.dumps({"pages": [page]}).encode()))
    (archive.document(sha256) / "text.txt").write_text("")
