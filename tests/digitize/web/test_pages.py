"""The pages in Chromium, from a folder of scans to a reviewed catalogue: searched, looked at, decided by keyboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from digitize.describe.catalogue import open_catalogue
from digitize.intake import sha256_of
from tests.digitize.conftest import FONT, LETTER, LETTERHEAD, REPOSITORY, digitize
from tests.digitize.web.conftest import serving
from tests.doclint.chromium import barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.slow

SIZE = (1100, 1500)
DECISION = [
    LETTERHEAD,
    ["Phụ lục", "Danh sách kho lưu trữ chưa sắp xếp"],
    ["Hồ sơ khẩn cấp được xử lý trước", "Hồ sơ khác xử lý sau"],
]
PLAN = [LETTERHEAD[0], "Số: 15/KH-UBND", "KẾ HOẠCH", "Sắp xếp kho lưu trữ"]


class Kho:
    """A running server on an archive of two documents: a decision of three pages, and a plan."""

    def __init__(self, root: Path, scans: Path, address: str) -> None:
        self.root, self.address = root, address
        self.decision = sha256_of(str(scans / "quyet-dinh.tif"))
        self.plan = sha256_of(str(scans / "ke-hoach.png"))


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory, paper: Callable[..., Image.Image], tesseract: None) -> Iterator[Kho]:
    folder = tmp_path_factory.mktemp("kho-web")
    scans, root = folder / "quet", folder / "kho"
    scans.mkdir()
    first, *others = [paper(lines, SIZE) for lines in DECISION]
    first.save(scans / "quyet-dinh.tif", save_all=True, append_images=others, dpi=(200, 200))
    paper(PLAN, SIZE).save(scans / "ke-hoach.png", dpi=(200, 200))
    for arguments in (["run", scans], ["describe"], ["index"]):
        done = digitize(*arguments, "--archive", root)
        assert done.returncode == 0, done.stderr
    with serving(root) as (_, address):
        yield Kho(root, scans, address)


@contextmanager
def visiting(
    browser: Browser, kho: Kho, path: str = "/", *, width: int = 1280, scheme: str = "light", free: bool = False
) -> Iterator[Page]:
    """Open a page; with ``free`` without its policy. What it logs as an error or fetches from elsewhere fails."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=free)
    page = context.new_page()
    page.set_default_timeout(20_000)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    # That a fault is answered with its number is no fault of the page.
    page.on("console", lambda message: None if "status of 422" in message.text else told.append(message.text))
    page.on("request", lambda request: None if request.url.startswith(kho.address) else told.append(request.url))
    page.goto(kho.address + path)
    yield page
    context.close()
    assert told == []


def ask(page: Page, text: str) -> None:
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")
    page.wait_for_load_state()


def inked(line: str, words: str) -> tuple[float, float]:
    """Return where ``words`` begin and end on the sheets of ``paper``, in pixels across."""
    font = ImageFont.truetype(str(FONT), LETTER)
    pen = ImageDraw.Draw(Image.new("L", SIZE))
    start = 80 + pen.textlength(line[: line.index(words)], font=font)
    return start, start + pen.textlength(words, font=font)


def place_on_scan(page: Page, mark: Locator) -> tuple[float, float, float, float]:
    """Return a mark as it is seen, in pixels of the scan: left, top, right, bottom."""
    box, sheet = mark.bounding_box(), page.locator("#sheet svg").bounding_box()
    assert box is not None and sheet is not None
    scale = SIZE[0] / sheet["width"]
    left, top = (box["x"] - sheet["x"]) * scale, (box["y"] - sheet["y"]) * scale
    return left, top, left + box["width"] * scale, top + box["height"] * scale


def at_words(page: Page, lines: list[str], line: int, words: str) -> bool:
    """Tell whether the mark that is current lies on ``words``, give or take half a letter."""
    left, top, right, bottom = place_on_scan(page, page.locator("rect.mark.now"))
    start, end = inked(lines[line], words)
    baseline = 60 + line * 2 * LETTER
    return (
        abs(left - start) < LETTER / 2
        and abs(right - end) < LETTER / 2
        and baseline - LETTER / 2 < top < bottom < baseline + 2 * LETTER
    )


@pytest.mark.parametrize("typed", ["khẩn cấp", "khan cap"])
def test_what_is_searched_is_found_with_its_scan(browser: Browser, kho: Kho, typed: str) -> None:
    with visiting(browser, kho) as page:
        ask(page, typed)
        assert "2 trang trong 1 tài liệu" in page.locator(".count").inner_text()
        assert page.locator(".document h2").inner_text() == "Quyết định 534/QĐ-UBND"
        assert page.locator(".snippet").first.locator("mark").count() >= 1
        crop = page.locator(".crop img")
        crop.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('.crop img').naturalWidth > 0")
        data = page.request.get(kho.address + str(crop.get_attribute("src"))).body()
        red, _, blue = Image.open(io.BytesIO(data)).convert("RGB").split()
        yellow = ImageChops.subtract(red, blue).point(lambda more: 255 if more > 60 else 0).histogram()[255]
        assert yellow > 1000


def test_hits_are_marked_where_they_stand(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho, "/?q=khan+cap") as page:
        page.locator(".hit-page a", has_text="Trang 1").first.click()
        page.wait_for_selector("rect.mark.now")
        assert at_words(page, DECISION[0], 3, "khẩn cấp")
        page.keyboard.press("+")
        page.keyboard.press("+")
        assert at_words(page, DECISION[0], 3, "khẩn cấp")
        page.keyboard.press("r")
        box, sheet = page.locator("rect.mark.now").bounding_box(), page.locator("#sheet svg").bounding_box()
        assert box is not None and sheet is not None
        assert box["height"] > box["width"] and sheet["width"] > sheet["height"]
        for _ in range(3):
            page.keyboard.press("r")
        page.keyboard.press("0")
        page.keyboard.press("n")  # on the third page
        page.wait_for_selector("[data-page='3']")
        assert "/3?" in page.url
        page.wait_for_selector("rect.mark.now")
        assert at_words(page, DECISION[2], 0, "khẩn cấp")
        assert page.locator(".page-text mark").all_inner_texts() == ["khẩn", "cấp"]
        page.keyboard.press("p")
        page.wait_for_selector("#where [data-page='1']")
        page.go_back()
        page.wait_for_selector("#where [data-page='3']")


def test_pages_are_turned_and_text_is_put_away(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho, f"/tai-lieu/{kho.decision}/1") as page:
        assert page.locator("#thumbnails a").count() == 3
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#where [data-page='2']")
        assert "Danh sách kho" in page.locator(".page-text").inner_text()
        assert page.locator("#thumbnails [aria-current]").inner_text().startswith("Trang 2")
        page.keyboard.press("t")
        assert not page.locator(".page-text").is_visible()
        page.locator("#trang").fill("3")
        page.locator("#trang").press("Enter")
        page.wait_for_selector("#where [data-page='3']")
        told = page.locator("#citation").input_value()
        assert "Quyết định số 534/QĐ-UBND" in told and "tr. 3." in told and kho.decision[:12] in told
        with page.expect_download() as download:
            page.locator("text=PDF cả tài liệu").click()
        assert download.value.suggested_filename == "quyet-dinh.pdf"


def test_answers_are_narrowed_ordered_kept_and_exported(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho) as page:
        ask(page, "lưu trữ OR khẩn cấp")
        assert page.locator(".document").count() == 2
        page.locator(".facets a", has_text="Kế hoạch").click()
        assert page.locator("#q").input_value() == '(lưu trữ OR khẩn cấp) loai:"Kế hoạch"'
        assert page.locator(".document h2").all_inner_texts() == ["Kế hoạch 15/KH-UBND"]
        page.locator(".facets [aria-current]").click()
        assert page.locator(".document").count() == 2
        page.locator(".sorts a", has_text="mới nhất").click()
        with page.expect_download() as download:
            page.locator("text=Tải bảng kết quả").click()
        table = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
        assert sorted(row[table[0].index("Số")] for row in table[1:]) == ["15", "534"]
        page.locator("text=Lưu câu tìm này").click()
        page.goto(kho.address)
        page.locator(".saved a").click()
        assert page.locator(".document").count() == 2
        page.goto(kho.address)
        page.locator(".saved button").click()
        assert page.locator(".saved").count() == 0


def test_faults_of_a_query_are_shown_in_their_place(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho) as page:
        ask(page, "lưu trữ nam:2024..2020")
        assert "2024..2020" in page.locator("#fault .at mark").inner_text()
        assert page.evaluate("document.activeElement.id") == "q"
        ask(page, "khản cấp thiết xyz")
        assert "Không thấy trang nào" in page.locator(".count").inner_text()


def test_queue_is_sifted_by_keyboard_alone(browser: Browser, kho: Kho) -> None:
    with open_catalogue(kho.root) as catalogue:
        catalogue.correct(kho.decision, "fonds", "UBND huyện", who="An")
        waiting = [row for row in catalogue.queue() if row.sha256 == kho.decision]
    assert waiting, "the tests that decide come after this one"
    with visiting(browser, kho, "/duyet") as page:
        page.locator(".choices summary").focus()
        page.keyboard.press("Enter")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.type("UBND")  # chooses in the list
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/duyet/*phong=UBND*")
        assert kho.decision in page.url
        assert f"Còn {len(waiting)} chỗ trong 1 tài liệu" in page.locator(".count").inner_text()
        assert "phông: UBND huyện" in page.locator(".choices summary").inner_text()
        assert "Phông UBND huyện" in page.locator("#document").inner_text()
        page.wait_for_function("() => document.activeElement.name === 'value'")
        page.keyboard.press("PageDown")
        page.wait_for_selector("text=Đã hết lượt")
        page.locator("text=Bỏ lọc").click()
        page.wait_for_selector("#document")
        assert kho.plan in page.url and "phong" not in page.url


def test_fields_are_decided_by_keyboard_alone(browser: Browser, kho: Kho) -> None:
    with open_catalogue(kho.root) as catalogue:  # in the order of the archive: «ke-hoach» before «quyet-dinh»
        waiting = sorted(catalogue.queue(), key=lambda row: row.sha256 == kho.decision)
    assert waiting
    with visiting(browser, kho, "/duyet") as page:
        for number, row in enumerate(waiting):
            page.wait_for_function("name => document.activeElement.id === 'f-' + name", arg=first_of(waiting[number:]))
            field = page.locator("*:focus")
            before = field.input_value()
            if number == 0:
                page.keyboard.type("x")
                assert field.input_value() != before
                page.keyboard.press("Escape")
                assert field.input_value() == before
            page.keyboard.press("Enter")
            left = len(waiting) - number - 1
            page.wait_for_function(
                "left => document.getElementById('progress').innerText.includes(left)",
                arg=f"Còn {left} chỗ" if left else "Không còn gì",
            )
            assert row.sha256 in (kho.decision, kho.plan)
    with open_catalogue(kho.root) as catalogue:
        assert catalogue.queue() == []
        assert {row.author for row in catalogue.rows(waiting[0].sha256) if row.field == waiting[0].field} == {
            "accepted"
        }


def first_of(waiting: list) -> str:  # type: ignore[type-arg]
    """Return the field that the page opens: of the first document the first in the order in which they are shown."""
    from digitize.describe.values import LABELS

    return min((row.field for row in waiting if row.sha256 == waiting[0].sha256), key=list(LABELS).index)


def test_draft_is_checked_beside_the_archive(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho, "/soat/") as page:
        page.locator("#files").set_input_files(REPOSITORY / "corpora/drafts/cong-van-chuyen-tiep.docx")
        page.wait_for_selector("#results .card")
        assert "TL03" in page.locator("#results").inner_text()
        page.locator("text=Về trang tìm trong kho").click()
        page.wait_for_selector("#q")


def test_what_a_field_cannot_be_is_told_beside_it(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho, f"/duyet/{kho.decision}?truong=date") as page:
        page.wait_for_function("() => document.activeElement.id === 'f-date'")
        page.keyboard.type("31/02/2024")
        page.keyboard.press("Enter")
        page.wait_for_selector("#x-date")
        assert "không có thật" in page.locator("#x-date").inner_text()
        assert page.locator("#f-date").input_value() == "31/02/2024"
        page.keyboard.press("Control+a")
        page.keyboard.type("5/3/2024")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('progress').innerText.includes('Ngày ban hành')")
    with open_catalogue(kho.root) as catalogue:
        row = next(row for row in catalogue.rows(kho.decision) if row.field == "date")
        assert (row.value, row.author) == ("2024-03-05", "corrected")


def test_dashboard_shows_how_it_stands(browser: Browser, kho: Kho) -> None:
    with visiting(browser, kho, "/tien-do") as page:
        told = page.locator("main").inner_text()
        assert "Đã đọc 4 / 4 trang" in told and "Không có tệp hay trang nào" in told
        counts = page.locator(".histogram tbody .count").all_inner_texts()
        assert sum(map(int, counts)) == 4


def test_works_without_script(browser: Browser, kho: Kho) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(kho.address)
    ask(page, "khan cap")
    page.locator(".document h2 a").click()
    assert page.locator("rect.mark").count() == 1
    page.locator("text=Trang sau có từ tìm").click()
    assert page.locator("h1").inner_text() == "Quyết định 534/QĐ-UBND" and "/3?" in page.url
    page.goto(f"{kho.address}/duyet/{kho.plan}?truong=subject")
    page.locator("#f-subject").fill("Sắp xếp kho lưu trữ cơ quan")
    page.locator(".field.now button").click()
    with open_catalogue(kho.root) as catalogue:
        assert "Sắp xếp kho lưu trữ cơ quan" in {row.value for row in catalogue.rows(kho.plan)}
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nobody_is_shut_out(browser: Browser, kho: Kho, width: int, scheme: str) -> None:
    document = f"/tai-lieu/{kho.decision}"
    paths = (
        "/",
        "/?q=" + quote("lưu trữ"),
        "/?q=nam:9..1",
        f"{document}/1?q=khan+cap",
        f"{document}/giong",
        f"/duyet/{kho.decision}",
        "/duyet?phong=khong-co",
        "/nguoi-dung",
        "/nhat-ky",
        "/soat/",
        "/tien-do",
    )
    for path in paths:
        with visiting(browser, kho, path, width=width, scheme=scheme, free=True) as page:
            assert barriers(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
