"""Engines on pages printed here: what is read, where it stands, and what becomes of pages that are no pages."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from conftest import FONT, REPOSITORY
from PIL import Image, ImageDraw, ImageFont

from digitize.engines import choose, merge, trueocr_models
from digitize.engines.choose import load, resolve
from digitize.engines.engine import OcrFailed
from digitize.engines.tesseract import recognise
from digitize.lm.model import load as load_model
from digitize.pages import PageImage
from digitize.words import Word, as_read, page_text
from vanthu.data import data_folder
from vanthu.errors import VanthuError

MODEL = load_model(data_folder("corpora") / "lm" / "vi.lm")
DPI = 200
MM = DPI / 25.4
LINES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 1043/TTr-SNV,",
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành gải quyết dứt điểm",
    "kinh phí 12.750.000 đồng và báo cáo kết quả trước ngày 05/12/2026.",
]

needs_trueocr = pytest.mark.skipif(not trueocr_models.installed(), reason="cần vanthu[trueocr]")


@pytest.fixture(scope="module")
def printed() -> tuple[PageImage, list[tuple[str, int, int, int, int]]]:
    """A page, and of each word on it the text and the box of its ink."""
    if not FONT.is_file():
        pytest.skip("cần gói fonts-dejavu-core")
    font = ImageFont.truetype(str(FONT), 27)
    sheet = Image.new("L", (1654, 900), 255)
    pen = ImageDraw.Draw(sheet)
    words = []
    for number, line in enumerate(LINES):
        x = 170.0
        for word in line.split():
            pen.text((x, 200 + 60 * number), word, font=font, fill=0)
            words.append((word, *(round(side) for side in pen.textbbox((x, 200 + 60 * number), word, font=font))))
            x += font.getlength(f"{word} ")
    return PageImage(sheet, DPI), words


def test_auto_is_the_best_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "installed", lambda: False)
    assert resolve("auto", "vie") == "tesseract"
    monkeypatch.setattr(choose, "installed", lambda: True)
    monkeypatch.setattr(choose, "verified", dict)
    assert resolve("auto", "vie+eng") == "merge"
    assert resolve("auto", "eng") == "tesseract"


def test_an_engine_that_cannot_read_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VanthuError, match="tesseract, trueocr, merge"):
        resolve("abbyy", "vie")
    monkeypatch.setattr(choose, "installed", lambda: False)
    with pytest.raises(VanthuError, match=r'pip install "vanthu\[trueocr\]"'):
        resolve("trueocr", "vie")
    monkeypatch.setattr(choose, "installed", lambda: True)
    with pytest.raises(VanthuError, match="chỉ đọc tiếng Việt"):
        resolve("merge", "eng")


@needs_trueocr
def test_a_model_with_one_flipped_byte_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = trueocr_models.verified()
    folder = tmp_path / "trueocr" / "models"
    folder.mkdir(parents=True)
    for name, content in original.items():
        (folder / name).write_bytes(content)
    found = type("Spec", (), {"origin": str(tmp_path / "trueocr" / "__init__.py")})
    monkeypatch.setattr(trueocr_models, "find_spec", lambda name: found)
    assert trueocr_models.verified() == original
    (folder / "det.onnx").write_bytes(original["det.onnx"][:-1] + bytes([original["det.onnx"][-1] ^ 1]))
    with pytest.raises(VanthuError, match="không phải của trueocr"):
        resolve("auto", "vie")
    (folder / "det.onnx").unlink()
    with pytest.raises(VanthuError, match="không mở được mô hình"):
        resolve("merge", "vie")


@needs_trueocr
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("name", ["trueocr", "merge"])
def test_words_are_read_where_they_are_printed(
    name: str, printed: tuple[PageImage, list[tuple[str, int, int, int, int]]]
) -> None:
    page, truth = printed
    words = load(name, "vie", MODEL).read(page, 60).words
    assert _right(words, truth) >= 0.95 * len(truth)
    near = sum(any(_near(word, box) for word in words) for _, *box in truth)
    assert near >= 0.95 * len(truth)
    assert all(0 <= word.confidence <= 100 for word in words)
    assert len({(word.block, word.paragraph, word.line) for word in words}) == len(LINES)


@needs_trueocr
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("name", ["trueocr", "merge"])
def test_slips_of_the_author_and_numbers_stay(
    name: str, printed: tuple[PageImage, list[tuple[str, int, int, int, int]]]
) -> None:
    words = load(name, "vie", MODEL).read(printed[0], 60).words
    assert "gải quyết dứt điểm" in page_text(as_read(words)).replace("\n", " ")
    assert {"19", "2015;", "1043/TTr-SNV,", "12.750.000", "05/12/2026."} <= {word.text for word in words}


@needs_trueocr
@pytest.mark.usefixtures("tesseract")
def test_a_page_that_lies_askew_has_its_boxes_on_the_page_as_it_lies(
    printed: tuple[PageImage, list[tuple[str, int, int, int, int]]],
) -> None:
    page, truth = printed
    askew = page.image.rotate(2, resample=Image.Resampling.BICUBIC, fillcolor=255)
    for name in choose.NAMES:
        words = load(name, "vie", MODEL).read(PageImage(askew, DPI), 60).words
        assert _right(words, truth) >= 0.9 * len(truth)
        ink = 255 - numpy.asarray(askew)
        assert all(ink[word.y0 : word.y1, word.x0 : word.x1].any() for word in words)
        inside = sum(int(ink[word.y0 : word.y1, word.x0 : word.x1].sum()) for word in words)
        assert inside >= 0.95 * int(ink.sum())


def _hostile() -> Iterator[Image.Image]:
    noise = numpy.random.default_rng(7).integers(0, 256, (700, 500), dtype=numpy.uint8)
    yield Image.new("L", (1, 1), 0)
    yield Image.new("L", (3, 2000), 255)
    yield Image.new("RGB", (900, 1200), "white")
    yield Image.new("L", (900, 1200), 0)
    yield Image.fromarray(noise)
    yield Image.fromarray(numpy.tile(numpy.array([[0, 255]], numpy.uint8), (400, 300)))


@needs_trueocr
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("name", ["trueocr", "merge"])
def test_what_is_no_page_gives_words_or_one_error(name: str) -> None:
    for image in _hostile():
        try:
            words = load(name, "vie", MODEL).read(PageImage(image, DPI), 120).words
        except OcrFailed:
            continue
        assert all(0 <= word.x0 <= word.x1 <= image.width and 0 <= word.y0 <= word.y1 <= image.height for word in words)


@needs_trueocr
def test_merge_reads_on_where_tesseract_fails(
    printed: tuple[PageImage, list[tuple[str, int, int, int, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OcrFailed("Tesseract báo lỗi 1")

    page, truth = printed
    monkeypatch.setattr(merge, "recognise", fail)
    reading = load("merge", "vie", MODEL).read(page, 60)
    assert _right(reading.words, truth) >= 0.9 * len(truth)
    (told,) = [decision for decision in reading.decisions if decision.step == "merge"]
    assert (told.applied, told.reason) == (False, "chỉ có trueocr đọc: Tesseract báo lỗi 1")


@needs_trueocr
def test_a_page_that_takes_too_long_is_given_up(
    printed: tuple[PageImage, list[tuple[str, int, int, int, int]]],
) -> None:
    with pytest.raises(OcrFailed, match="quá lâu"):
        load("trueocr", "vie", MODEL).read(printed[0], 0)


@needs_trueocr
def test_the_version_names_what_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.get_tesseract_version", lambda **_: "5.0.0")
    assert load("tesseract", "vie", None).version == "tesseract 5.0.0"
    assert load("trueocr", "vie", None).version == "trueocr 0.1.1 rec.onnx:360b800dcbebd109"
    assert load("merge", "vie", None).version == "trueocr 0.1.1 rec.onnx:360b800dcbebd109; tesseract 5.0.0"


MEASURE = """
import sys
from pathlib import Path
from PIL import Image
from digitize.engines.choose import load
from digitize.lm.model import load as model
from digitize.pages import PageImage
engine = load("merge", "vie", model(Path(sys.argv[1])))
for turn in range(4):
    page = PageImage(Image.open(sys.argv[2]).convert("L").resize((2480, 3508 - 300 * turn)), 300)
    engine.read(page, 120)
    # Not ru_maxrss: it begins at what the process that started this one held.
    (peak,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    print(int(peak.split()[1]) // 1024)
"""


@needs_trueocr
@pytest.mark.usefixtures("tesseract")
@pytest.mark.slow
def test_a_worker_stays_small(printed: tuple[PageImage, list[tuple[str, int, int, int, int]]], tmp_path: Path) -> None:
    sheet = Image.new("L", (1654, 2339), 255)
    for place in range(3):
        sheet.paste(printed[0].image.crop((0, 150, 1654, 850)), (0, 100 + 700 * place))
    sheet.save(tmp_path / "trang.png")
    model = data_folder("corpora") / "lm" / "vi.lm"
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, model, tmp_path / "trang.png"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    megabytes = [int(line) for line in told.split()]
    assert max(megabytes) <= 400
    assert megabytes[-1] - megabytes[1] < 40


def _right(words: tuple[Word, ...], truth: list[tuple[str, int, int, int, int]]) -> int:
    read = [word.text for word in words] + [word.raw for word in words if word.raw]
    return sum(text in read for text, *_ in truth)


def _near(word: Word, box: list[int]) -> bool:
    """Tell whether the sides of a word are within 3 mm of a box, top and bottom too."""
    return all(abs(one - other) <= 3 * MM for one, other in zip((word.x0, word.y0, word.x1, word.y1), box, strict=True))


@needs_trueocr
@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.usefixtures("tesseract")
def test_real_scans_are_read_better_by_both(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    missing = {"plain": 0, "merge": 0}
    for name in ("nd_155_2020_p1.jpg", "nq_115_cp_p1.png", "cv_3722_vpcp_p1.png"):
        scan = shared / "data" / "scans" / "images" / name
        truth = Counter((scan.parents[1] / "gt" / name).with_suffix(".txt").read_text("utf-8").split())
        with Image.open(scan) as image:
            page = PageImage(image.convert("L"), DPI)
        readings = {"plain": recognise(page, "vie", 180), "merge": load("merge", "vie", MODEL).read(page, 180).words}
        for engine, words in readings.items():
            missing[engine] += sum((truth - Counter(word.text for word in words)).values())
        if name.startswith("cv_3722"):
            assert "gải" in [word.text for word in as_read(readings["merge"])]  # a slip of its author
    assert missing["merge"] <= 0.6 * missing["plain"]
