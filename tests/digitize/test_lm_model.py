"""A language model: counted right whatever the batches, the same bytes every time, refused when damaged."""

from __future__ import annotations

import math
import re
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import digitize
from hypothesis import given
from hypothesis import strategies as st

from digitize.lm import counts as counting
from digitize.lm.build import build, pack
from digitize.lm.counts import BITS, count
from digitize.lm.layout import COUNT_OF
from digitize.lm.model import UNKNOWN, Model, load
from digitize.lm.text import counted, is_vietnamese
from vanthu.data import data_folder
from vanthu.errors import VanthuError

SHIPPED = data_folder("corpora") / "lm" / "vi.lm"
SENTENCE = "Ủy ban nhân dân xã gửi báo cáo số 12/BC-UBND trước ngày 31/3/2026; hồ sơ đủ.\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "văn bản"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE * 100, encoding="utf-8")
    (folder / "b.txt").write_text("The people of the district shall send it.\n" * 50 + SENTENCE, encoding="utf-8")
    return folder


def test_units_keep_no_number_and_no_code() -> None:
    assert counted("Ngày 31/3/2026, m² đất số 534/QĐ-TTg") == ["ngày", "#", ",", "#", "đất", "số", "#"]
    assert is_vietnamese(counted(SENTENCE))
    assert not is_vietnamese(counted("The people of the district shall send it to Đắk Lắk."))


@given(st.lists(st.lists(st.sampled_from(["a", "b", "ô", ","]), max_size=8), max_size=12), st.integers(1, 30))
def test_counts_are_those_of_a_counter(lines: list[list[str]], batch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_AT_ONCE", batch)
        found = count(lines)
    words = ["", *found.words]

    def spelled(keys: tuple[object, object], size: int) -> dict[tuple[str, ...], int]:
        return {
            tuple(words[(int(key) >> (BITS * place)) & (2**BITS - 1)] for place in reversed(range(size))): int(times)
            for key, times in zip(*keys, strict=True)  # type: ignore[call-overload]
        }

    assert found.units == sum(map(len, lines))
    assert dict(zip(words[1:], map(int, found.singles[1:]), strict=True)) == Counter(w for line in lines for w in line)
    assert spelled(found.pairs, 2) == Counter(pair for line in lines for pair in pairwise(line))
    assert spelled(found.triples, 3) == Counter(
        three for line in lines for three in zip(line, line[1:], line[2:], strict=False)
    )


def test_a_model_says_what_was_counted(texts: Path, tmp_path: Path) -> None:
    built = build([texts], tmp_path / "a.lm")
    assert (built.files, built.size) == (2, (tmp_path / "a.lm").stat().st_size)
    model = load(tmp_path / "a.lm")
    ban, nhan, dan = map(model.number, ("ban", "nhân", "dân"))
    assert model.number("people") == UNKNOWN
    assert model.singles[nhan] == 101
    assert abs(model.times(nhan, dan) - 101) <= 6
    assert model.times(dan, nhan) == 0
    assert model.alike("nhan") == ("nhân",)
    assert (model.common[nhan], model.common[model.number("ủy")]) == (1, 0)
    likely, unlikely = model.log_probability(ban, nhan, dan), model.log_probability(ban, nhan, nhan)
    assert -0.3 < likely < 0
    assert unlikely < -4


def test_the_same_text_gives_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    for name in ("một", "hai"):
        (tmp_path / name).mkdir()
        build([texts], tmp_path / name / "a.lm")
    assert (tmp_path / "một/a.lm").read_bytes() == (tmp_path / "hai/a.lm").read_bytes()


def test_large_models_are_cut_by_their_rarest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("digitize.lm.build._AT_MOST", {"pair": 1, "triple": 1})
    content, _ = pack(count([["á", "é"]] * 9 + [["é", "ó"]] * 3 + [["ó", "á"]] * 3), "x", 1)
    (tmp_path / "x.lm").write_bytes(content)
    model = load(tmp_path / "x.lm")
    a, e, o = map(model.number, "áéó")
    assert (model.times(a, e), model.times(e, o), model.times(o, a)) == (9, 0, 0)


def test_counts_in_a_byte_are_near() -> None:
    assert COUNT_OF[:9] == list(range(9))
    assert all(later / earlier <= 1.13 for earlier, later in pairwise(COUNT_OF[9:]))
    assert len(COUNT_OF) == 256


def test_every_probability_is_one(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "a.lm")
    model = load(tmp_path / "a.lm")
    words = range(len(model.singles))
    for before, first in ((0, 0), (model.number("ban"), model.number("nhân")), (1, 2)):
        total = sum(math.exp(model.log_probability(before, first, word)) for word in words)
        assert 0 < total <= 1.1


@pytest.mark.parametrize("harm", ["empty", "cut", "flipped", "other"])
def test_damage_is_told(harm: str, tmp_path: Path) -> None:
    content = bytearray(SHIPPED.read_bytes())
    if harm == "flipped":
        content[len(content) // 2] ^= 1
    damaged = {"empty": b"", "cut": content[:1000], "flipped": content, "other": b"VTLN" + content[4:]}[harm]
    path = tmp_path / "x.lm"
    path.write_bytes(damaged)
    with pytest.raises(VanthuError, match="mô hình ngôn ngữ"):
        load(path)


@given(st.binary(max_size=200))
def test_no_bytes_are_taken_for_a_model(content: bytes) -> None:
    for start in (b"", SHIPPED.read_bytes()[:8]):
        with tempfile.NamedTemporaryFile() as file:
            file.write(start + content)
            file.flush()
            with pytest.raises(VanthuError):
                load(Path(file.name))


def test_the_shipped_model_is_small_quick_and_holds_no_number() -> None:
    assert SHIPPED.stat().st_size < 6_000_000
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        model = load(SHIPPED)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.05
    assert not [word for word in model.numbers if any(char.isdigit() for char in word)]
    assert model.times(model.number("nhân"), model.number("dân")) > 1000


@pytest.mark.parametrize(
    ("files", "message"),
    [({}, "quá ít"), ({"a.txt": "một hai"}, "quá ít"), ({"a.txt": "english words only\n" * 999}, "quá ít")],
)
def test_too_little_text_is_told(files: dict[str, str], message: str, tmp_path: Path) -> None:
    folder = tmp_path / "v"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    with pytest.raises(VanthuError, match=message):
        build([folder], tmp_path / "a.lm")
    with pytest.raises(VanthuError, match="không có tệp hay thư mục này"):
        build([tmp_path / "không có"], tmp_path / "a.lm")


def test_the_command_builds(texts: Path, tmp_path: Path) -> None:
    done = digitize("lm", "build", texts, "--output", tmp_path / "x.lm")
    assert done.returncode == 0, done.stderr
    assert re.search(r"Đã lập .*x\.lm từ 2 tệp: \d+ tiếng khác nhau", done.stdout)
    assert isinstance(load(tmp_path / "x.lm"), Model)
    failed = digitize("lm", "build", texts / "a.txt", "--output", tmp_path / "không có" / "x.lm")
    assert failed.returncode
    assert "không ghi được mô hình" in failed.stderr
