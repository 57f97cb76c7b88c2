"""The manifest, the sources and the built files of corpora/ say the same."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytesseract
import pytest
import yaml
from docx import Document
from PIL import Image

CORPORA = Path(__file__).parents[2] / "corpora"
MANIFEST = yaml.safe_load((CORPORA / "manifest.yaml").read_text(encoding="utf-8"))
FILES: list[dict[str, Any]] = MANIFEST["files"]
TYPES = {"nghị quyết", "quyết định", "chỉ thị", "quy chế", "thông báo", "hướng dẫn", "chương trình", "kế hoạch",
         "phương án", "đề án", "báo cáo", "biên bản", "tờ trình", "hợp đồng", "công văn", "công điện", "giấy mời",
         "giấy giới thiệu", "phiếu chuyển", "bản sao y", "bản sao lục", "thông tư", "không phải tài liệu"}  # fmt: skip
FOLDERS = {"superior": "superior", "draft": "drafts", "specimen": "specimens", "scan": "scans"}
CATALOGUE = """
sao-chep-cap-tren khong-co-noi-dung-moi chi-chuyen-tiep don-doc-hinh-thuc giao-viec-da-gui-truc-tiep
trung-van-ban-da-ban-hanh so-lieu-khac-nguon noi-nhan-qua-rong noi-nhan-khong-lien-quan gui-vuot-cap thieu-noi-nhan
gui-de-biet noi-nhan-trung-lap thieu-luu nhieu-co-quan-chu-tri thieu-chu-tri thieu-thoi-han thoi-han-mo-ho
thieu-san-pham thieu-nguon-luc ket-luan-thieu-6-ro lay-y-kien-khong-can-thiet xin-y-kien-thuoc-tham-quyen
bao-cao-thieu-dinh-luong bao-cao-dai yeu-cau-bao-cao-khong-ro hoi-nghi-qua-dai phat-bieu-qua-dai
hop-khong-truc-tuyen doc-bao-cao-tai-hoi-nghi so-ky-hieu-sai-mau ngay-vien-dan-khong-khop vien-dan-lai-thua
dau-cau-can-cu vien-dan-thieu-thong-tin van-ban-het-hieu-luc thieu-phu-luc con-cho-trong kho-giay le-trang phong-chu
mau-chu quoc-hieu tieu-ngu ten-co-quan so-ky-hieu dia-danh-thoi-gian ten-loai-trich-yeu can-cu-trinh-bay
phong-cach-thanh-phan
noi-dung-trinh-bay bo-cuc-danh-so quyen-han-ky ho-ten-nguoi-ky noi-nhan-trinh-bay so-trang phu-luc-trinh-bay
ket-thuc-van-ban thanh-phan-bat-buoc am-tiet-sai cum-tu-sai unicode-to-hop bo-dau-khong-nhat-quan viet-hoa
dau-cau-khoang-trang bang-ma-cu dau-chi-do-mat du-lieu-ca-nhan
"""
DRAFTS = [entry for entry in FILES if entry["kind"] == "draft"]
SCANS = [entry for entry in FILES if entry["kind"] == "scan" and "pages" in entry]


def name(entry: dict[str, Any]) -> str:
    return str(entry["path"])


def squeezed(text: str) -> str:
    return " ".join(text.split())


def paragraphs(node: Any) -> list[str]:
    return [text for item in node.iter_inner_content() for text in inner(item)]


def inner(item: Any) -> list[str]:
    if hasattr(item, "rows"):
        return [text for row in item.rows for cell in row.cells for text in paragraphs(cell)]
    return [item.text]


@cache
def read(path: str) -> str:
    file = CORPORA / path
    if file.suffix == ".docx":
        return squeezed("\n".join(paragraphs(Document(str(file)))))
    if file.suffix == ".pdf":
        with pdfplumber.open(file) as pdf:
            return squeezed("\n".join(page.extract_text() for page in pdf.pages))
    return squeezed(file.read_text(encoding="utf-8"))


def source(path: str) -> tuple[dict[str, Any], list[str]]:
    _, front, body = (CORPORA / path).read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), [line for line in body.splitlines() if line]


def said(path: str) -> list[str]:
    """Every string a reader of the built file must meet."""
    front, body = source(path)
    strings = [text for value in front.values() for text in (value if isinstance(value, list) else [value])]
    cells = [cell for line in body for cell in (line.strip("|").split("|") if line.startswith("|") else [line])]
    return [squeezed(text) for text in [*strings, *cells] if isinstance(text, str) and text.strip()]


def test_manifest_and_folder_agree() -> None:
    on_disk = {
        str(path.relative_to(CORPORA))
        for folder in FOLDERS.values()
        for path in (CORPORA / folder).rglob("*")
        if path.is_file()
    }
    listed = [entry["path"] for entry in FILES]
    assert len(listed) == len(set(listed))
    assert set(listed) == on_disk


def test_every_source_is_used() -> None:
    sources = {f"texts/{path.name}" for path in (CORPORA / "texts").iterdir()}
    assert {entry["text"] for entry in FILES if "text" in entry} == sources


@pytest.mark.parametrize("entry", FILES, ids=name)
def test_entry_is_complete(entry: dict[str, Any]) -> None:
    assert entry["type"] in TYPES
    assert entry["regime"] in {"state", "party", "legal-normative", "none"}
    assert entry["purpose"]
    assert entry["path"].startswith(f"{FOLDERS[entry['kind']]}/")


@pytest.mark.parametrize("entry", DRAFTS, ids=name)
def test_labels_of_a_draft(entry: dict[str, Any]) -> None:
    expected = entry.get("expect", [])
    assert entry.get("clean", False) != bool(expected), "một dự thảo hoặc sạch, hoặc có lỗi được ghi ra"
    assert {label["rule"] for label in expected} <= set(CATALOGUE.split())
    text = read(entry["path"])
    assert [label["excerpt"] for label in expected if label.get("excerpt", "") not in text] == []


@pytest.mark.parametrize("entry", DRAFTS, ids=name)
def test_draft_says_what_its_source_says(entry: dict[str, Any]) -> None:
    text = read(entry["path"])
    if entry["path"].endswith(".pdf"):  # lines are broken and page numbers stand between them
        words = set(text.split())
        missing = [word for string in said(entry["text"]) for word in string.split() if word not in words]
    else:
        missing = [string for string in said(entry["text"]) if string not in text]
    assert missing == []


@pytest.mark.parametrize("entry", [entry for entry in FILES if entry["kind"] == "superior"], ids=name)
def test_record_of_a_superior_document(entry: dict[str, Any]) -> None:
    text = read(entry["path"])
    record = entry["record"]
    date = record["date"]
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    assert f"Số: {record['number']} " in text
    assert f"ngày {date.day:02} tháng {month} năm {date.year}" in text
    assert record["subject"].lower() in text.lower()
    assert 850 <= len(text.split()) <= 1800


def test_copied_plan_copies_and_clean_plan_does_not() -> None:
    superior = set(shingles(read("superior/ke-hoach-215-kh-ubnd.txt")))
    shares = {}
    for path in ("drafts/ke-hoach-sao-chep.docx", "drafts/ke-hoach-sach.pdf"):
        own = shingles(read(path))
        shares[path] = sum(shingle in superior for shingle in own) / len(own)
    assert shares["drafts/ke-hoach-sao-chep.docx"] > 0.45
    assert shares["drafts/ke-hoach-sach.pdf"] < 0.08


def shingles(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[n : n + 5]) for n in range(len(words) - 4)]


def test_pdf_is_set_in_one_family() -> None:
    with pdfplumber.open(CORPORA / "drafts/ke-hoach-sach.pdf") as pdf:
        fonts = {char["fontname"].split("+")[-1].split("-")[0] for page in pdf.pages for char in page.chars}
    assert fonts == {"LiberationSerif"}, "phông thiếu chữ Việt đã bị thay giữa chừng"


@pytest.mark.parametrize("entry", SCANS, ids=name)
def test_scan_has_its_pages_and_no_text(entry: dict[str, Any]) -> None:
    path = CORPORA / entry["path"]
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            assert [len(page.chars) for page in pdf.pages] == [0] * entry["pages"]
            assert all(page.images for page in pdf.pages)
        return
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == entry["pages"]
        assert image.info["dpi"][0] >= 149
        assert image.mode == {"bilevel": "1", "grey": "L", "colour": "RGB"}.get(entry.get("scan", {}).get("mode"), "1")


def test_scans_are_few_bytes_and_one_is_there_twice() -> None:
    files = [CORPORA / entry["path"] for entry in FILES if entry["kind"] == "scan"]
    assert sum(file.stat().st_size for file in files) < 1_500_000
    digests = [hashlib.sha256(file.read_bytes()).digest() for file in files]
    assert len(digests) - len(set(digests)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "entry", [entry for entry in SCANS if "text" in entry and entry["path"][-3:] != "pdf"], ids=name
)
def test_scan_can_be_read(entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    with Image.open(CORPORA / entry["path"]) as image:
        seen = set(re.findall(r"\w+", pytesseract.image_to_string(image, lang="vie").lower()))
    words = set(re.findall(r"\w+", " ".join(source(entry["text"])[1]).lower()))
    assert len(words & seen) / len(words) > 0.8
