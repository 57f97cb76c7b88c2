"""The page in Chromium: dropped, read, filtered, downloaded, by keyboard alone; nothing is fetched from elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from doclint.readers import read
from tests.doclint.chromium import barriers
from tests.doclint.web.drafts import CLEAN, COPY, DRAFTS, SECRET
from tests.doclint.web.server import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("may-chu")) as server:
        yield server


@contextmanager
def visiting(
    browser: Browser, server: Server, path: str = "/", *, width: int = 1280, scheme: str = "light", free: bool = False
) -> Iterator[Page]:
    """Open a page; with ``free`` without its policy. What it logs as an error or fetches from elsewhere fails."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=free)
    page = context.new_page()
    page.set_default_timeout(20_000)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    ours = (server.address, f"blob:{server.address}")
    page.on("request", lambda request: None if request.url.startswith(ours) else told.append(request.url))
    page.goto(server.address + path)
    yield page
    context.close()
    assert told == []


def drop(page: Page, *paths: Path) -> None:
    """Drop files on the page, as a person does from a folder."""
    files = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [name, content] of files)
                transfer.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
            return transfer;
        }""",
        files,
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("#upload", event, {"dataTransfer": transfer})


def named(page: Page) -> list[str]:
    return [name.strip() for name in page.locator(".report h2").all_inner_texts()]


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_one_is_dropped_read_and_its_copy_downloaded(browser: Browser, server: Server, tmp_path: Path) -> None:
    with visiting(browser, server) as page:
        drop(page, COPY)
        page.wait_for_selector(".report")
        assert named(page) == [COPY.name]
        assert page.evaluate("document.activeElement.tagName") == "H2"
        copy = saved(page, "[data-get='/api/check/word']", tmp_path)
        assert copy.name == "ke-hoach-sao-chep.soat.docx"
        assert read(copy).text == read(COPY).text and len(read(copy).comments) > 10
        assert saved(page, "[data-get='/api/check/html']", tmp_path).read_text("utf-8").startswith("<!doctype html>")
        assert '"version": 1' in saved(page, "[data-get='/api/check']", tmp_path).read_text("utf-8")
        assert "Đã tải về: ke-hoach-sao-chep.soat.json" in page.locator(".told").inner_text()


def test_several_are_dropped_and_the_summary_leads_to_each(browser: Browser, server: Server, tmp_path: Path) -> None:
    with visiting(browser, server) as page:
        drop(page, COPY, CLEAN, SECRET)
        page.wait_for_selector(".summary")
        assert named(page) == [COPY.name, CLEAN.name, SECRET.name]
        page.locator(".summary a").nth(1).click()
        assert page.url.endswith("#r2")
        box = page.locator("#r2").bounding_box()
        assert box is not None and 0 <= box["y"] < 900
        assert saved(page, "#r2-name >> xpath=../../.. >> css=.main", tmp_path).name == "ke-hoach-sach.soat.pdf"
        assert page.locator("[data-file='2']").count() == 0


def test_copy_is_of_what_was_checked(browser: Browser, server: Server, tmp_path: Path) -> None:
    draft = tmp_path / "du-thao.docx"
    draft.write_bytes(COPY.read_bytes())
    with visiting(browser, server) as page:
        page.set_input_files("#files", draft)
        page.wait_for_selector(".report")
        draft.write_bytes((DRAFTS / "don-doc-hinh-thuc.docx").read_bytes())
        assert read(saved(page, ".main", tmp_path)).text == read(COPY).text


def test_findings_are_filtered_and_lead_to_the_rule(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as page:
        drop(page, COPY)
        page.wait_for_selector(".report")
        whole = page.locator("li[data-card]:visible").count()
        page.locator("[data-filter=level] input[value=warning]").uncheck()
        assert 0 < page.locator("li[data-card]:visible").count() < whole
        page.locator("a.hit.error").first.click()
        assert "-f" in str(page.evaluate("document.activeElement.id"))
        with page.expect_popup() as opened:
            page.locator("a.code").first.click()
        assert "/quy-tac/" in opened.value.url and "Căn cứ" in opened.value.inner_text("main")


def test_all_is_done_by_keyboard(browser: Browser, server: Server) -> None:
    with visiting(browser, server) as page:
        page.on("filechooser", lambda chooser: None)  # from now on: the one awaited below may come too early
        press_until(page, "Tab", "document.activeElement.id === 'files'")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        chooser.value.set_files(COPY)
        page.wait_for_selector(".report")
        # From the heading of the report on: back to the downloads is one step, forward to the draft.
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.dataset.get") == "/api/check/word"
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == "ke-hoach-sao-chep.soat.docx"
        press_until(page, "Tab", "document.activeElement.classList.contains('hit')")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.classList.contains('card')")
        press_until(page, "Shift+Tab", "document.activeElement.value === 'info'")
        page.keyboard.press("Space")
        assert "Đang hiện" in page.locator("[data-shown]").inner_text()


def press_until(page: Page, key: str, condition: str) -> None:
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    raise AssertionError(condition)


def test_what_cannot_be_sent_is_told(browser: Browser, server: Server, tmp_path: Path) -> None:
    large = tmp_path / "lớn.docx"
    large.write_bytes(b"x" * (20 * 2**20 + 1))
    with visiting(browser, server) as page:
        page.set_input_files("#files", large)
        assert "«lớn.docx» quá 20 MB" in page.locator("#working").inner_text()
        assert page.evaluate("document.activeElement.id") == "files"
        page.set_input_files("#files", [CLEAN] * 21)
        assert "mỗi lần chỉ soát được 20 tệp" in page.locator("#working").inner_text()
        drop(page, CLEAN)
        page.wait_for_selector(".report")
        assert page.locator("#working").inner_text() == ""


def test_rules_are_sifted(browser: Browser, server: Server) -> None:
    with visiting(browser, server, "/quy-tac") as page:
        whole = page.locator(".rules li:visible").count()
        page.locator("#words").fill("noi nhan luu")
        assert page.locator(".rules li:visible").all_inner_texts()[0].startswith("NN07")
        page.locator("#words").fill("")
        page.locator("#sift input[value=warning]").uncheck()
        assert 0 < page.locator(".rules li:visible").count() < whole
        assert "quy tắc" in page.locator("#shown").inner_text()


def test_works_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    page.set_input_files("#files", [COPY, CLEAN])
    page.locator("button[type=submit]").click()
    assert named(page) == [COPY.name, CLEAN.name]
    assert page.locator("[data-get]:visible").count() == 0
    page.reload()
    context.close()


PAGES: Sequence[str] = ("/", "/quy-tac", "/quy-tac/TL03", "/so-dang-ky", "/dang-nhap")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nobody_is_shut_out(browser: Browser, server: Server, width: int, scheme: str) -> None:
    for path in PAGES:
        with visiting(browser, server, path, width=width, scheme=scheme, free=True) as page:
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    with visiting(browser, server, width=width, scheme=scheme, free=True) as page:
        drop(page, COPY, CLEAN, SECRET)
        page.wait_for_selector(".summary")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
