"""The web page of a report in Chromium: seen, heard, filtered, walked through by keyboard, printed; text stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from doclint.api import Report, check, check_document
from doclint.document import Span
from doclint.readers.text import read_text
from doclint.reporters.html import render
from doclint.reuse.packs.library import library
from tests.doclint.chromium import barriers, opened
from tests.doclint.reporters.hostile_text import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DRAFTS = Path(__file__).parents[3] / "corpora/drafts"
SPECIMENS = DRAFTS.with_name("specimens")
NAMES = ("ke-hoach-sao-chep.docx", "don-doc-hinh-thuc.txt", "ke-hoach-sach.pdf", "khong-co.docx")


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    with library() as packs:
        return [check(DRAFTS / name, library=packs) for name in NAMES]


@pytest.fixture(scope="module")
def one(reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("mot"), reports[0])


@pytest.fixture(scope="module")
def many(reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    secret = check(SPECIMENS / "cong-van-mat-dien-tap.txt")
    return written(tmp_path_factory.mktemp("nhieu"), *reports, secret)


def written(folder: Path, *reports: Report) -> Path:
    path = folder / "báo cáo.html"
    path.write_text(render(reports), encoding="utf-8")
    return path


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nobody_is_shut_out(browser: Browser, many: Path, width: int, scheme: str) -> None:
    with opened(browser, many, width=width, scheme=scheme, free=True) as page:
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keyboard_goes_to_a_finding_and_back(browser: Browser, one: Path) -> None:
    with opened(browser, one) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(20):
            page.keyboard.press("Tab")
            if focused(page).startswith("r1-m"):
                break
        mark = focused(page)
        page.keyboard.press("Enter")
        assert focused(page) == "r1-f1"
        card = page.locator("#r1-f1")
        assert "current" in str(card.get_attribute("class"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert focused(page) == mark
        box = page.locator(f"#{mark}").bounding_box()
        assert box is not None and 0 < box["y"] < 900


def test_click_on_the_last_mark_brings_its_card_into_view(browser: Browser, one: Path) -> None:
    with opened(browser, one) as page:
        hit = page.locator("a.hit").last
        hit.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        hit.click()
        box = page.locator(f"#{focused(page)}").bounding_box()
        assert focused(page).startswith("r1-f") and box is not None and 0 <= box["y"] < 900
        assert page.evaluate("scrollY") == before


def test_links_lead_there_without_script(browser: Browser, one: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(one.as_uri())
    assert not page.locator(".filters").is_visible()
    page.locator("a.hit").first.click()
    assert page.url.endswith("#r1-f1")
    context.close()


def test_overlapping_findings_are_shown_one_after_the_other(browser: Browser, one: Path) -> None:
    with opened(browser, one) as page:
        hit = page.locator("a.hit[data-findings*=' ']").first
        numbers = str(hit.get_attribute("data-findings")).split()
        seen = []
        for _ in numbers:
            hit.click()
            seen.append(focused(page).removeprefix("r1-f"))
        assert seen == numbers


def test_filters_hide_cards_and_unmark_the_draft(browser: Browser, one: Path, reports: list[Report]) -> None:
    findings = reports[0].findings
    with opened(browser, one) as page:
        box = page.locator("[data-filter=level] input[value=warning]")
        box.focus()
        page.keyboard.press("Space")
        left = [finding for finding in findings if finding.level != "warning"]
        assert page.locator("li[data-card]:visible").count() == len(left) < len(findings)
        assert page.locator(".hit.warning").count() == 0
        assert page.locator(".hit.off").count() > 0
        assert page.locator("[data-shown]").inner_text() == f"Đang hiện {len(left)} trong {len(findings)} phát hiện."
        family = left[0].family
        page.locator(f"[data-filter=family] input[value={family}]").uncheck()
        assert page.locator("li[data-card]:visible").count() == sum(one.family != family for one in left)
        box.check()
        page.locator(f"[data-filter=family] input[value={family}]").check()
        assert page.locator("li[data-card]:visible").count() == len(findings)
        assert page.locator(".hit.off").count() == 0
        assert page.locator("[data-shown]").inner_text() == ""


def test_filters_of_one_report_leave_the_others(browser: Browser, many: Path) -> None:
    with opened(browser, many) as page:
        others = page.locator("#r2 li[data-card]:visible").count()
        page.locator("#r1 [data-filter=level] input[value=warning]").uncheck()
        assert page.locator("#r2 li[data-card]:visible").count() == others > 0


def test_print_has_no_controls_and_all_cards(browser: Browser, one: Path) -> None:
    with opened(browser, one) as page:
        page.emulate_media(media="print")
        assert not page.locator("input").first.is_visible()
        assert not page.locator("summary").first.is_visible()
        assert page.locator("dl").first.is_visible()
        scrolls = "[...document.querySelectorAll('.findings, .wide')].map(one => getComputedStyle(one).overflowY)"
        assert set(page.evaluate(scrolls)) == {"visible"}
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_hostile_text_is_only_text(browser: Browser, tmp_path: Path) -> None:
    body = "\n\n".join(f"{text} đơn đốc {text}" for text in HOSTILE)
    report = check_document(read_text(f"KẾ HOẠCH\n\n{body}"), tmp_path / "<img src=x onerror=alert(1)>\u202e.txt")
    assert report.findings
    wild = " ".join(HOSTILE)
    findings = tuple(replace(one, message=wild, why=wild, fix=wild, place=wild, part=wild) for one in report.findings)
    path = written(tmp_path, replace(report, findings=findings, idle=(wild,)))
    # Without the policy: escaping alone has to hold.
    with opened(browser, path, width=390, free=True) as page:
        assert page.evaluate("window.ran") is None
        assert page.locator("script").count() == 1
        assert page.locator("img, svg, base, iframe").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("a.hit").first.click()
        page.locator(".card summary").first.click()
        assert page.evaluate("window.ran") is None


@pytest.mark.slow
def test_two_hundred_pages_open(browser: Browser, reports: list[Report], tmp_path: Path) -> None:
    assert reports[0].document is not None
    document = read_text("\n\n".join([reports[0].document.text] * 120))
    spans = [Span(start, start + 40) for start in range(0, len(document.text) - 40, 500)]
    findings = tuple(replace(reports[0].findings[0], span=span, excerpt=document.at(span)) for span in spans)
    path = written(tmp_path, replace(reports[0], document=document, findings=findings, reuse=None))
    with opened(browser, path) as page:
        page.locator("a.hit").last.click()
        assert focused(page) == f"r1-f{len(findings)}"
