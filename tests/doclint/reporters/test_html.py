"""The web page of a report: the draft to the letter, every finding at its place, nothing that runs or is fetched."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from doclint.api import Report, check, check_document
from doclint.document import Document, Span
from doclint.finding import LEVELS, Finding
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reporters.html import TEMPLATES, render
from doclint.reporters.html.view import FAMILIES, visible
from doclint.reuse.packs.library import library
from tests.doclint.hostile import FILES
from tests.doclint.reporters.hostile_text import HOSTILE
from vanthu.data import data_folder

ROOT = Path(__file__).parents[3]
DRAFTS = ROOT / "corpora/drafts"
SPECIMENS = ROOT / "corpora/specimens"
COPY = DRAFTS / "ke-hoach-sao-chep.docx"
SECRET = SPECIMENS / "cong-van-mat-dien-tap.txt"


def page(*reports: Report) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(reports))


def found(*spans: tuple[Span, str], text: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "r",
            "XX01",
            "Tên",
            "hop",
            level,
            span,
            text[span.start : span.end],
            "Nội dung",
            "dòng 1",
            "Báo",
            "Vì",
            "Sửa",
            (),
            f"{n}",
        )
        for n, (span, level) in enumerate(sorted(spans))
    )


def shown_text(tree: lxml_html.HtmlElement) -> str:
    """Return the draft as the page has it, without what the page adds."""
    (paper,) = tree.find_class("paper") or [lxml_html.fromstring("<p></p>")]
    added = [one for name in ("number", "part", "page-start") for one in paper.find_class(name)]
    for one in added:
        one.drop_tree()
    return "".join("".join(paragraph.itertext()) for paragraph in paper.iter("p"))


def as_read(document: Document, spans: Sequence[Span] = ()) -> str:
    """Return what of the draft has to be there: all but page numbers, unless there is something about one."""
    blocks = [
        block
        for block in document.blocks
        if block.part != "page-number" or any(span.overlaps(block.span) for span in spans)
    ]
    return "".join(str(visible(document.at(block.span))) for block in blocks)


@st.composite
def marked(draw: st.DrawFn) -> Report:
    lines = draw(st.lists(st.text(max_size=30) | st.sampled_from(HOSTILE), min_size=1, max_size=6))
    document = read_text("\n\n".join(lines))
    places = st.integers(0, max(1, len(document.text)))
    pairs = draw(st.lists(st.tuples(places, places, st.sampled_from(LEVELS)), max_size=8))
    spans = [(Span(min(a, b), max(a, b)), level) for a, b, level in pairs if a != b and document.text]
    report = check_document(read_text("Nội dung"), Path("thu.txt"))
    return replace(report, document=document, findings=found(*spans, text=document.text), waived=(), reuse=None)


@given(marked())
def test_draft_stands_there_to_the_letter_under_any_marks(report: Report) -> None:
    assert report.document is not None
    tree = page(report)
    for number, finding in enumerate(report.findings, 1):
        hits = [one for one in tree.find_class("hit") if str(number) in one.get("data-findings").split()]
        text = "".join("".join(one.itertext()) for one in hits)
        parts = [block.span for block in report.document.blocks if block.span.overlaps(finding.span)]
        inside = [Span(max(part.start, finding.span.start), min(part.end, finding.span.end)) for part in parts]
        expected = "".join(str(visible(report.document.at(span))) for span in inside)
        assert re.sub(r"\[Phát hiện (\d+), [^\]]+\]", "", text) == expected
    assert shown_text(tree) == as_read(report.document)
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= TAGS


@pytest.mark.parametrize("path", sorted([*DRAFTS.glob("*.*"), *SPECIMENS.glob("*.*")]), ids=lambda path: path.name)
def test_every_specimen_is_shown_whole(path: Path) -> None:
    document = read(path)
    report = check_document(document, path)
    tree = page(report)
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(set(ids)) == len(ids)
    assert {one.get("href").removeprefix("#") for one in tree.iter("a")} <= set(ids)
    if report.secret:
        return
    spans = [finding.span for finding in report.findings]
    assert shown_text(page(report)) == as_read(document, spans)
    for number in range(1, len(report.findings) + 1):
        (link,) = tree.xpath(f"//li[@data-card='{number}']//a[@class='to-draft']")
        (hit,) = tree.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert str(number) in hit.get("data-findings").split()


def test_nothing_is_fetched_and_only_its_own_script_may_run() -> None:
    text = render([check(COPY)])
    tree = lxml_html.document_fromstring(text)
    assert not tree.xpath("//@src | //link | //iframe | //img | //@style | //@*[starts-with(name(), 'on')]")
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for name in ("script", "style"):
        (body,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_card_tells_all_that_is_known_of_a_finding() -> None:
    report = check(COPY)
    tree = page(report)
    cards = [" ".join(card.text_content().split()) for card in tree.find_class("card")]
    assert len(cards) == len(report.findings) > 5
    for card, finding in zip(cards, report.findings, strict=True):
        told = (finding.code, finding.title, finding.place, finding.message, finding.why, finding.fix)
        assert all(" ".join(words.split()) in card for words in told)
        assert all(legal.citation in card and " ".join(legal.text.split()) in card for legal in finding.basis)
    (verdict,) = tree.xpath("//div[contains(@class, 'box')]")
    assert all(
        words in verdict.text_content() for words in (*report.reasons, report.remedy, "người có thẩm quyền quyết định")
    )


def test_copies_stand_beside_their_source() -> None:
    with library() as packs:
        report = check(COPY, library=packs)
    assert report.reuse is not None and report.document is not None
    tree = page(report)
    copies = tree.find_class("copy")
    assert len(copies) == len(report.reuse.found) > 0
    for copy, found in zip(copies, report.reuse.found, strict=True):
        draft, source = (side.find("p") for side in copy.find_class("side"))
        for side, words, tag in ((draft, "draft", "ins"), (source, "source", "del")):
            edits = [edit for edit in found.copy.edits if getattr(edit, words)]
            assert side.text_content().split() == " ".join(getattr(edit, words) for edit in edits).split()
            assert [one.text for one in side.iter(tag)] == [getattr(edit, words) for edit in edits if not edit.same]
        for change in found.copy.changes:
            assert report.document.at(change.draft.span) in "".join(
                one.text_content() for one in copy.find_class("figures")
            )
    links = tree.xpath("//article[contains(@class, 'card')]//a[starts-with(@href, '#r1-c')]")
    assert len(links) >= len(copies)


def test_table_of_six_clear_things_names_what_is_missing() -> None:
    tree = page(check(COPY))
    (table,) = tree.find_class("tasks")
    assert [head.text for head in table.iter("th")][:3] == ["Mục", "Việc", "Chủ trì"]
    assert {cell.text for cell in table.find_class("missing")} == {"thiếu", "chưa nói"}
    assert all(cell.text.endswith("(mơ hồ)") for cell in table.find_class("vague"))


def test_of_a_secret_document_only_the_marks_are_shown() -> None:
    report = check(SECRET)
    assert report.secret and report.document is not None
    text = re.sub(r"<script>.*</script>|<style>.*?</style>", "", render([report]), flags=re.DOTALL)
    marks = " ".join(finding.excerpt for finding in report.findings)
    lines = [
        line.strip()
        for line in report.document.text.splitlines()
        if len(line.strip()) > 8 and line.strip() not in marks
    ]
    assert lines
    assert [line for line in lines if line in text] == []
    assert "CHƯA KIỂM TRA ĐƯỢC" in text and "BM01" in text


def test_several_files_begin_with_a_table_of_them(tmp_path: Path) -> None:
    bad = tmp_path / "hai\ndòng.docx"
    FILES["hai\ndòng.docx"][0](bad)
    reports = [check(path) for path in (COPY, DRAFTS / "bao-cao-quy-iii.docx", SECRET, bad)]
    tree = page(*reports)
    (summary,) = tree.find_class("summary")
    rows = [" ".join(row.text_content().split()) for row in summary.iter("tr")][1:]
    verdicts = ("Cần sửa", "Đạt", "CHƯA KIỂM TRA ĐƯỢC", "CHƯA KIỂM TRA ĐƯỢC")
    assert [row for row, words in zip(rows, verdicts, strict=True) if words not in row] == []
    assert "\\n" in rows[3]
    assert len(tree.xpath("//article[@data-report]")) == 4
    assert "2 CHƯA KIỂM TRA ĐƯỢC" in summary.text_content()


def test_what_was_let_be_and_what_is_known_is_told() -> None:
    report = check(DRAFTS / "don-doc-hinh-thuc.docx")
    known = check(report.path, known=[report.findings[0].fingerprint])
    assert "1 phát hiện đã có trong báo cáo cũ" in page(known).text_content()
    (tmp,) = page(replace(report, idle=("tệp x: bỏ qua Y không còn cần",))).find_class("waived")
    assert "không còn cần" in tmp.text_content()


def test_pages_that_could_not_be_read_are_told_at_their_place() -> None:
    from doclint.document import Unchecked

    report = check(SPECIMENS / "ke-hoach-nen-tang-so.pdf")
    assert report.document is not None
    report = replace(report, document=replace(report.document, unchecked=(Unchecked(99, "trang quét"),)))
    starts = [one.text_content() for one in page(report).find_class("page-start")]
    assert starts[0] == "Trang 1" and starts[-1] == "Trang 99 CHƯA ĐỌC ĐƯỢC: trang quét"


def test_head_of_a_word_file_and_of_a_pdf_stand_side_by_side() -> None:
    for path in (COPY, DRAFTS / "ke-hoach-sach.pdf"):
        table = page(check(path)).find_class("plain")[0]
        left, right, *_ = (cell.text_content() for cell in table.iter("td"))
        assert "ỦY BAN NHÂN DÂN" in left and "CỘNG HÒA" in right


def test_every_family_of_rules_has_a_name() -> None:
    folders = {path.parent.name for path in data_folder("rules").glob("*/*.yaml")} - {"sources"}
    assert folders == set(FAMILIES)


def test_five_pages_take_a_tenth_of_a_second_and_half_a_megabyte() -> None:
    report = check(SPECIMENS / "ke-hoach-nen-tang-so.pdf")
    times = []
    for _ in range(5):
        start = time.process_time()
        text = render([report])
        times.append(time.process_time() - start)
    assert min(times) < 0.1
    assert len(text.encode()) < 500_000


TAGS = set(re.findall(r"<(\w+)", "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))))
