"""The judge of text layers: every kind of page told from the others, on specimens of ours and on real files."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize import limits
from digitize.layers.content import page_content
from digitize.layers.judge import KEPT, judge
from digitize.layers.read import Layer, read_layer
from digitize.pages import Unreadable, pdf_page, rendered
from digitize.words import page_text
from tests.digitize.layer_sheet import FONT, Sheet
from tests.digitize.layer_specimens import Specimen, body, real_kind, specimens
from tests.doclint.pdf import drawing_itself

needs_font = pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core")


@pytest.fixture(scope="module")
def made() -> dict[str, Specimen]:
    return {specimen.name: specimen for specimen in specimens()}


def layer_of(pdf: bytes, folder: Path) -> Layer:
    path = folder / "a.pdf"
    path.write_bytes(pdf)
    return read_layer(str(path), 1)


@needs_font
def test_each_specimen_is_what_it_was_made_to_be(made: dict[str, Specimen]) -> None:
    wrong = {}
    for specimen in made.values():
        verdict = judge(page_content(pypdfium2.PdfDocument(specimen.pdf)[0]))
        if verdict.kind != specimen.kind:
            wrong[specimen.name] = (verdict.kind, verdict.reason)
        assert verdict.kept is (verdict.kind in KEPT)
        assert bool(verdict.words) is (verdict.kind in ("digital", "recognised"))
        assert verdict.reason.startswith(("giữ lớp chữ", "trang trắng")) is verdict.kept
    assert wrong == {}
    kinds = Counter(specimen.kind for specimen in made.values())
    assert kinds.total() >= 60
    assert min(kinds.values()) >= 3


@needs_font
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("digital: plain", 0), ("digital: turned 90", 1), ("digital: turned 180", 1), ("digital: turned 270", 1),
        ("digital: cropped", 2), ("digital: cropped and turned", 2), ("digital: in three forms", 3),
        ("digital: A0", 7), ("digital: decomposed", 9), ("digital: hidden twin", 10), ("digital: TCVN3", 13),
        ("recognised: mode 3", 50), ("recognised: behind the picture", 50), ("recognised: turned", 50),
    ],
)  # fmt: skip
def test_words_of_a_kept_page_are_its_text_on_its_print(
    name: str, number: int, made: dict[str, Specimen], tmp_path: Path
) -> None:
    layer = layer_of(made[name].pdf, tmp_path)
    assert page_text(layer.words).split() == " ".join(body(number)).split()
    assert all(unicodedata.is_normalized("NFC", word.text) for word in layer.words)
    with pdf_page(str(tmp_path / "a.pdf"), 1) as (page, dpi):
        image = rendered(page, dpi).image.convert("L")
    assert layer.size == image.size
    ink = np.asarray(image) < 110
    inside = np.zeros(ink.shape, bool)
    for word in layer.words:
        inside[max(word.y0 - 2, 0) : word.y1 + 2, max(word.x0 - 2, 0) : word.x1 + 2] = True
    assert ink[inside].sum() > 0.98 * ink.sum()
    assert inside.sum() < 0.35 * ink.size


@needs_font
def test_lines_stay_lines(made: dict[str, Specimen], tmp_path: Path) -> None:
    for name in ("digital: plain", "digital: turned 180"):
        number = 0 if "plain" in name else 1
        read = page_text(layer_of(made[name].pdf, tmp_path).words).split("\n")
        assert [line for line in read if line] == [line.strip() for line in body(number) if line.strip()]


@needs_font
def test_only_what_may_print_letters_is_looked_at_again_for_markings(made: dict[str, Specimen], tmp_path: Path) -> None:
    assert layer_of(made["digital: plain"].pdf, tmp_path).beside is None
    assert layer_of(made["digital: table of numbers"].pdf, tmp_path).beside is None
    beside = layer_of(made["digital: caption and seal at the foot"].pdf, tmp_path).beside
    assert beside is not None
    ink = np.asarray(beside.image) < 128
    assert ink.any()
    assert not ink[: ink.shape[0] * 8 // 10].any()  # the seal is there, the text is not


@needs_font
def test_a_page_of_too_much_is_read_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = Sheet().text(body(0)).done()
    monkeypatch.setattr(limits, "LAYER_CHARACTERS", 100)
    assert layer_of(pdf, tmp_path).verdict.reason == "đọc lại: lớp chữ không xem được: quá 100 ký tự"
    monkeypatch.setattr(limits, "LAYER_OBJECTS", 5)
    verdict = layer_of(pdf, tmp_path).verdict
    assert (verdict.kind, verdict.kept) == ("refused", False)


@needs_font
def test_a_sheet_too_large_to_draw_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="khổ trang quá lớn"):
        layer_of(Sheet((14_400, 14_400)).text(body(0)).done(), tmp_path)


def test_a_form_that_shows_itself_ends(tmp_path: Path) -> None:
    assert layer_of(drawing_itself(), tmp_path).verdict.kind in ("blank", "curves")


OPERATORS = st.sampled_from(
    [
        *("q", "Q", "BT", "ET", "/F0 12 Tf", "3 Tr", "0 Tr", "7 Tr", "1 0 0 1 70 700 Tm", "<0024> Tj", "/X Do", "1 g"),
        *("[<0024> -900] TJ", "0 g", "W n", "sh", "BDC", "EMC", "]", "<<", "nan 0 0 1e30 0 0 cm", "0 0 0 0 0 0 cm"),
        *("-1 0 0 -1 0 0 cm", "10 10 90 90 re f", "BI /W 1 /H 1 /BPC 8 /CS /G ID a EI", "99999 Tz", "1e38 Tf"),
        *("0 0 m 1 1 2 2 3 3 c f", "<FFFFFFFF> Tj"),
    ]
)


@needs_font
@settings(max_examples=60, deadline=None)
@given(st.lists(OPERATORS, max_size=60), st.sampled_from([(3, 3), (595, 842), (3, 5000)]))
def test_any_content_gets_a_verdict(operators: list[str], size: tuple[int, int]) -> None:
    pdf = Sheet(size).text(["ABC abc"], top=-500).draw("\n".join(operators)).done()
    verdict = judge(page_content(pypdfium2.PdfDocument(pdf)[0]))
    assert verdict.reason


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_bytes_get_a_verdict(content: bytes) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[0].Contents = pdf.make_stream(content)
    buffer = io.BytesIO()
    pdf.save(buffer)
    assert judge(page_content(pypdfium2.PdfDocument(buffer.getvalue())[0])).reason


@pytest.mark.realdata
@pytest.mark.slow
def test_every_page_of_the_real_files_is_told_right(shared: Path) -> None:
    wrong, kinds = {}, Counter[str]()
    for path in sorted((shared / "data").rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            for number in range(1, len(document) + 1):
                verdict = judge(page_content(document[number - 1]))
                kinds[verdict.kind] += 1
                if verdict.kind != real_kind(path, number):
                    wrong[path.name, number] = verdict
    assert wrong == {}
    assert set(kinds) == {"digital", "scan", "header", "curves", "blank"}
