"""The pages: what stands on them, and that what visitors send stays text."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from doclint.register.entry import Entry, Meeting
from doclint.register.store import writing
from doclint.rulebook import load
from doclint.web.names import MAX_CHARACTERS, UNNAMED, attachment, copy_name, file_name
from tests.doclint.reporters.hostile_text import HOSTILE
from tests.doclint.web.drafts import CLEAN, COPY, SECRET, sent
from vanthu.home import HOME


def test_one_file_has_its_report_and_its_downloads(client: TestClient) -> None:
    page = html.document_fromstring(client.post("/soat", files=sent(COPY)).text)
    assert [one.text_content() for one in page.iter("h2")] == ["ke-hoach-sao-chep.docx"]
    assert [one.get("data-get") for one in page.iter("button") if one.get("data-get")] == [
        "/api/check/word",
        "/api/check/html",
        "/api/check",
    ]


def test_several_files_have_a_summary_that_leads_to_each(client: TestClient) -> None:
    rubbish = [("files", ("rác.docx", b"PK\x03\x04"))]
    page = html.document_fromstring(client.post("/soat", files=sent(COPY, CLEAN, SECRET) + rubbish).text)
    (summary,) = page.find_class("summary")
    assert "4 tệp: 1 cần sửa trước khi ban hành, 1 đạt, 2 CHƯA KIỂM TRA ĐƯỢC." in summary.text_content()
    links = [link.get("href") for link in summary.iter("a")]
    assert links == ["#r1", "#r2", "#r3", "#r4"]
    names = [page.get_element_by_id(link[1:]).find(".//h2").text_content() for link in links]
    assert names == [COPY.name, CLEAN.name, SECRET.name, "rác.docx"]
    assert len({one.get("id") for one in page.xpath("//*[@id]")}) == len(page.xpath("//*[@id]"))


def test_secret_document_cannot_be_downloaded(client: TestClient) -> None:
    page = html.document_fromstring(client.post("/soat", files=sent(SECRET)).text)
    assert "CHƯA KIỂM TRA ĐƯỢC" in page.text_content()
    assert "diễn tập" not in page.get_element_by_id("results").text_content()
    assert not [one for one in page.iter("button") if one.get("data-get")]


def test_form_without_a_file_is_told(client: TestClient) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--x--\r\n'
    answer = client.post("/soat", content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    assert (answer.status_code, "Chưa có tệp nào" in answer.text) == (422, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_text(client: TestClient, text: str) -> None:
    plain = "văn bản thử".encode()
    page = html.document_fromstring(client.post("/soat", files=[("files", (f"a{text}.txt", plain))]).text)
    assert [script.get("src") for script in page.iter("script")] == ["/static/report.js", "/static/web.js"]
    assert not [one for one in page.iter() if any(name.startswith("on") or name == "style" for name in one.attrib)]
    assert not page.xpath("//img | //svg | //base | //style")


def test_every_rule_has_its_page(client: TestClient) -> None:
    listed = html.document_fromstring(client.get("/quy-tac").text)
    links = [str(link.get("href")) for link in listed.xpath("//ul[@class='rules']//a")]
    assert sorted(links) == sorted(f"/quy-tac/{id}" for id in load().rules)
    for link in links:
        rule = load().rules[link.rpartition("/")[2]]
        page = html.document_fromstring(client.get(link).text)
        text = page.text_content()
        assert rule.code in text and rule.title in text and "Căn cứ" in text
        marked = [mark.text_content() for mark in page.iter("mark")]
        flagged = [example.text[span.start : span.end] for example in rule.examples for span in example.marks]
        assert [mark.strip() for mark in sorted(marked)] == [mark.strip() for mark in sorted(flagged)]


def test_rule_that_is_not_there_names_the_nearest(client: TestClient) -> None:
    answer = client.get("/quy-tac/TL0")
    assert (answer.status_code, "Không có quy tắc «TL0»" in answer.text) == (404, True)


@settings(max_examples=300)
@given(st.one_of(st.none(), st.text(), st.text("/\\. a\u202e\x00é\u0301", max_size=12), st.text(min_size=200)))
def test_no_name_is_a_path(sent_name: str | None) -> None:
    name = file_name(sent_name)
    assert name and name.isprintable() and len(name) <= MAX_CHARACTERS
    assert "/" not in name and "\\" not in name and Path(name).name == name and name not in (".", "..")
    assert file_name(name) == name
    for made in (name, copy_name(name, ".docx")):
        attachment(made).encode("ascii")
        assert not set(attachment(made)) & set('"\r\n')


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("C:\\Users\\lan\\Tờ trình.docx", "Tờ trình.docx"),
        ("../../etc/passwd", "passwd"),
        ("..", UNNAMED),
        ("", UNNAMED),
        (None, UNNAMED),
        ("To\u031b\u0300 tri\u0300nh.docx", "Tờ trình.docx"),
        ("a" * 300 + ".docx", "a" * (MAX_CHARACTERS - 6) + "….docx"),
    ],
)
def test_names_are_as_people_know_them(told: str | None, name: str) -> None:
    assert file_name(told) == name


def test_register_shows_figures_and_bars(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    assert "Sổ chưa có dòng nào" in client.get("/so-dang-ky").text
    year = datetime.date.today().year
    with writing() as register:
        for number in range(1, 31):
            when = datetime.date(year - (number > 10), 1, 1)
            register.add(Entry(f"{number}", "KH-UBND", when, f"Việc {number}", cls="can-thiet", unit="<b>VP</b>"))
        register.add_meeting(Meeting(datetime.date(year, 1, 1), "Họp", "truc-tuyen", "khac"))
    page = html.document_fromstring(client.get(f"/so-dang-ky?nam={year}").text)
    rows = [[cell.text_content().strip() for cell in row.iter("th", "td")] for row in page.iter("tr")]
    assert ["Văn bản hành chính", "10", "20", "Giảm 50%; đạt mục tiêu giảm 15%"] in rows
    assert ["Hội nghị trực tuyến", "1", "—", "1 trên 1 hội nghị; dưới 5 nên không tính tỷ lệ"] in rows
    assert ["<b>VP</b>", "10", "20", ""] in rows
    bars = [(bar.get("class"), bar.get("width")) for bar in page.xpath("//td[@class='bars']//rect")]
    assert ("now", "50.0%") in bars and ("before", "100.0%") in bars
    earlier = html.document_fromstring(client.get(f"/so-dang-ky?nam={year - 1}").text)
    assert earlier.xpath("string(//option[@selected])") == str(year - 1)
