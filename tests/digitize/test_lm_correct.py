"""Correction: misread marks are mended, names and numbers never touched, and what was read is kept."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import digitize, numbered_sheet
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.engines.tesseract import recognise
from digitize.lm.candidates import candidates
from digitize.lm.correct import correct
from digitize.lm.model import Model, load
from digitize.pages import PageImage
from digitize.words import Word, as_read, line_text, page_text
from vanthu.data import data_folder

MODEL: Model = load(data_folder("corpora") / "lm" / "vi.lm")


def words(text: str, confidence: float = 85) -> tuple[Word, ...]:
    return tuple(Word(word, 60 * n, 0, 60 * n + 50, 30, confidence, 1, 1, 1) for n, word in enumerate(text.split()))


def corrected(text: str, confidence: float = 85) -> str:
    return line_text(correct(words(text, confidence), MODEL))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Ủy ban nhân dẫn tỉnh ban hành", "Ủy ban nhân dân tỉnh ban hành"),
        ("sửa đối, bồ sung một số điều", "sửa đổi, bổ sung một số điều"),
        ("chịu trách nhiệm thị hành Nghị quyết này", "chịu trách nhiệm thi hành Nghị quyết này"),
        ("biến bản họp đã được thông qua", "biên bản họp đã được thông qua"),
        ("Thời bạn giải quyết của cơ quan", "Thời hạn giải quyết của cơ quan"),
        ("ĐỘC LẬP QUYÉT ĐỊNH CỦA ỦY BAN NHÂN DÂN", "ĐỘC LẬP QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN"),
        ("giáo dục rnầm non của huyện", "giáo dục mầm non của huyện"),
    ],
)
def test_what_was_misread_is_mended(read: str, right: str) -> None:
    assert corrected(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "ông Nguyễn Văn Thưởng và bà Phạm Thị Túc ký văn bản này",
        "Số: 12/KH-UBND ngày 1O tháng l2 năm 2O26 của Ủy ban",
        "XÃ VĨNH TRẦM, TỈNH BÌNH THƯỢNG gửi báo cáo của cơ quan",
        "CƠ QUAN SƠN KHẾ ban hành quy định",
        "NGUYỄN VĂN THANH TRA lập biên bản họp",
        "xã Krông Nô, buôn Ea Hleo, tỉnh Đắk Lắk đã nhận được",
        "hòa giải và hoà giải ở cơ sở; thuỷ lợi, thủy lợi",
        "The people shall decide on the ban and the plan of it",
        "a) ý b) ở c) và: điểm a, điểm b khoản 2 Điều này",
    ],
)
def test_what_may_be_right_is_left(text: str) -> None:
    assert corrected(text, 60) == text


def test_a_name_is_left_where_the_word_before_it_is_misread() -> None:
    assert corrected("ỦY BAN NHÂN DÂN TĨNH BÌNH THƯỢNG", 60).endswith("BÌNH THƯỢNG")


def test_sure_words_are_left() -> None:
    assert corrected("Ủy ban nhân dẫn tỉnh", 99) == "Ủy ban nhân dẫn tỉnh"


def test_an_authors_slip_stays_in_the_raw_text() -> None:
    read = words("thẩm quyền gải quyết và các vẩn đề có liên quan")
    mended = correct(read, MODEL)
    assert as_read(mended) == read
    assert page_text(as_read(mended)) == "thẩm quyền gải quyết và các vẩn đề có liên quan"
    assert "vấn đề" in page_text(mended)


_ANY_WORD = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8).filter(
        lambda w: w.split() == [w]
    ),
    st.sampled_from("ủy ban nhân dẫn Nguyễn 12/KH-UBND QĐ-TTg 1uật UBND m² quyêt, (đối) Điểu BẠN của và l0".split()),  # noqa: SIM905
)


@given(st.lists(st.tuples(_ANY_WORD, st.floats(-1, 100)), max_size=30))
def test_nothing_but_syllables_changes(rows: list[tuple[str, float]]) -> None:
    read = tuple(replace(words(text)[0], confidence=sure) for text, sure in rows)
    mended = correct(read, MODEL)
    assert as_read(mended) == read
    for before, after in zip(read, mended, strict=True):
        if before.text == after.text:
            continue
        assert not any(char.isdigit() for char in before.text + after.text)
        letters = [[char for char in word.text if char.isalpha()] for word in (before, after)]
        assert letters[0][0].isupper() == letters[1][0].isupper()
        assert letters[0][-1].isupper() == letters[1][-1].isupper()
        marks = ["".join(char for char in word.text if not char.isalpha()) for word in (before, after)]
        assert marks[0] == marks[1]


def test_candidates_differ_by_marks_or_one_letter() -> None:
    found = dict(candidates("đối", MODEL))
    assert {"đổi", "đội", "dối", "đôi"} & set(found)
    assert "đối" not in found
    assert found["đổi"] < found.get("dồi", 99)
    assert "hoà" not in dict(candidates("hòa", MODEL))


def pages(kho: Path) -> tuple[str, str, list[list[object]]]:
    (folder,) = (kho / "documents").glob("*/*")
    content = json.loads(gzip.decompress((folder / "words.json.gz").read_bytes()))
    return (folder / "text.txt").read_text(), (folder / "text.raw").read_text(), content["pages"][0]["words"]


@pytest.mark.usefixtures("fake_tesseract")
def test_an_archive_keeps_and_finds_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_TEXT_303", "Ủy ban nhân dẫn xã gửi 12/BC-UBND về giáo dục rnầm non")
    numbered_sheet(303).save(tmp_path / "a.png")
    kho = tmp_path / "kho"
    assert digitize("run", tmp_path / "a.png", "--archive", kho).returncode == 0
    text, raw, rows = pages(kho)
    assert text == "Ủy ban nhân dân xã gửi 12/BC-UBND về giáo dục mầm non"
    assert raw == "Ủy ban nhân dẫn xã gửi 12/BC-UBND về giáo dục rnầm non"
    assert rows[2] == ["nhân", 200, 30, 250, 50, 90.0]
    assert rows[3] == ["dân", 260, 30, 310, 50, 90.0, "dẫn"]
    marked = {"nhân dân xã": "nhân dân xã", "nhân dẫn xã": "nhân dân xã", "mầm non": "mầm non", "rnầm non": "rnầm non"}
    for query, shown in marked.items():
        found = json.loads(digitize("search", f'"{query}"', "--archive", kho, "--format", "json").stdout)
        (hit,) = found["hits"]
        (page,) = hit["pages"]
        (mark,) = page["marks"]
        assert page["snippet"][slice(*mark)] == shown


@pytest.mark.usefixtures("fake_tesseract")
def test_another_model_is_new_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_TEXT_303", "Ủy ban nhân dẫn xã")
    numbered_sheet(303).save(tmp_path / "a.png")
    kho, source = tmp_path / "kho", tmp_path / "v.txt"
    assert digitize("run", tmp_path / "a.png", "--archive", kho).returncode == 0
    assert pages(kho)[0] == "Ủy ban nhân dân xã"
    source.write_text("Con đường dẫn nước về ruộng lúa của bản.\n" * 200, encoding="utf-8")
    assert digitize("lm", "build", source, "--output", kho / "model.lm").returncode == 0
    assert digitize("run", tmp_path / "a.png", "--archive", kho).returncode == 0
    assert pages(kho)[0] == "Ủy ban nhân dẫn xã"
    (kho / "model.lm").write_bytes(b"x" * 100)
    broken = digitize("run", tmp_path / "a.png", "--archive", kho)
    assert "không phải mô hình ngôn ngữ" in broken.stderr
    assert "Traceback" not in broken.stderr


@pytest.mark.usefixtures("fake_tesseract")
def test_other_languages_are_not_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_tesseract: Path
) -> None:
    fake_tesseract.write_text(fake_tesseract.read_text().replace("\\nvie", "\\nvie\\neng"))
    monkeypatch.setenv("FAKE_TEXT_303", "Ủy ban nhân dẫn xã")
    numbered_sheet(303).save(tmp_path / "a.png")
    assert digitize("run", tmp_path / "a.png", "--archive", tmp_path / "kho", "--language", "eng").returncode == 0
    assert pages(tmp_path / "kho")[0] == "Ủy ban nhân dẫn xã"


@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("page", "least"), [("tt_19_2026_btc_p1.png", 12), ("cv_3722_vpcp_p1.png", 2)])
def test_a_real_scan_gets_better(page: str, least: int, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    scans = shared / "data" / "scans"
    with Image.open(scans / "images" / page) as image:
        seen = recognise(PageImage(image.convert("L"), 200), "vie", 120)
    mended = correct(seen, MODEL)
    truth = Counter((scans / "gt" / page).with_suffix(".txt").read_text("utf-8").split())
    right = [sum((truth & Counter(word.text for word in found)).values()) for found in (seen, mended)]
    assert right[1] - right[0] >= least
