"""The parts of the engines: CTC against its definition, the stack of lines, alignment, the numbering of lines."""

from __future__ import annotations

import math
from itertools import groupby, product

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.engines import trueocr_models
from digitize.engines.align import paired
from digitize.engines.paragraphs import numbered
from digitize.engines.stack import HEIGHT, by_line, stack
from digitize.lm.ctc import likeliest, log_likelihoods
from digitize.lm.model import load as load_model
from digitize.lm.posterior import Seen, decode
from digitize.words import Word, as_read
from vanthu.data import data_folder

MODEL = load_model(data_folder("corpora") / "lm" / "vi.lm")


def posteriors(frames: int, symbols: int, seed: int) -> numpy.ndarray:
    values = numpy.random.default_rng(seed).normal(0, 2, (frames, symbols))
    return (values - numpy.log(numpy.exp(values).sum(axis=1, keepdims=True))).astype(numpy.float32)


@given(st.integers(1, 5), st.lists(st.lists(st.integers(1, 2), max_size=3), min_size=1, max_size=4), st.integers(0, 99))
def test_likelihood_is_the_sum_over_all_paths(frames: int, labels: list[list[int]], seed: int) -> None:
    logs = posteriors(frames, 3, seed)
    paths: dict[tuple[int, ...], float] = {}
    for path in product(range(3), repeat=frames):
        text = tuple(symbol for symbol, _ in groupby(path) if symbol)
        paths[text] = paths.get(text, 0.0) + math.exp(sum(float(logs[n, symbol]) for n, symbol in enumerate(path)))
    for label, found in zip(labels, log_likelihoods(logs, labels), strict=True):
        if tuple(label) in paths:
            assert found == pytest.approx(math.log(paths[tuple(label)]), abs=1e-4)
        else:
            assert found < -1e6


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_letters_of_the_best_path(path: list[int]) -> None:
    logs = numpy.full((len(path), 4), -5.0, numpy.float32)
    logs[range(len(path)), path] = -0.1
    letters = likeliest(logs)
    assert [letter.symbol for letter in letters] == [symbol for symbol, _ in groupby(path) if symbol]
    assert all(path[letter.first] == path[letter.last] == letter.symbol for letter in letters)


@pytest.mark.skipif(not trueocr_models.installed(), reason="cần vanthu[trueocr]")
def test_the_posteriors_are_those_the_model_reads_by() -> None:
    models = trueocr_models.load()
    strip = numpy.random.default_rng(3).random((2, 1, 96, 208), dtype=numpy.float32)
    ids, logs = models.reader.run(
        ["ids", trueocr_models.POSTERIORS], {"x": strip, "widths": numpy.array([200, 200], numpy.int64)}
    )
    assert (logs.argmax(axis=2)[:, : ids.shape[1]] == ids).all()
    assert numpy.exp(logs).sum(axis=2) == pytest.approx(1, abs=1e-3)
    assert logs.shape[2] == len(models.letters) == len(models.symbols) + 1


SPANS = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)), min_size=1, max_size=12)


def row(spans: list[tuple[int, int]], name: str) -> list[Word]:
    return [Word(f"{name}{n}", x, 0, x + width, 30, 90, 1, 1, 1) for n, (x, width) in enumerate(sorted(spans), start=1)]


@given(SPANS, st.one_of(st.just([]), SPANS))
def test_no_word_of_either_engine_is_lost_or_doubled(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    first, second = row(one, "a"), row(other, "b")
    logs = posteriors(len(first), 3, 1)
    seen = [Seen((word,), logs[n : n + 1]) for n, word in enumerate(first)]
    places = paired(seen, logs, [(n, n + 1) for n in range(len(first))], second)
    assert [word for place in places for word in place.words] == first
    assert sorted((word for place in places for word in place.rival), key=second.index) == second
    assert sum(len(place.posteriors) for place in places) == len(first)


def test_words_of_other_width_are_brought_together() -> None:
    first, second = row([(0, 100), (120, 60)], "a"), row([(0, 45), (52, 50), (121, 58)], "b")
    logs = posteriors(2, 3, 1)
    seen = [Seen((word,), logs[n : n + 1]) for n, word in enumerate(first)]
    places = paired(seen, logs, [(0, 1), (1, 2)], second)
    assert [[word.text for word in place.rival] for place in places] == [["b1", "b2"], ["b3"]]


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(2, 40), st.integers(2, 90)), min_size=1, max_size=6))
def test_what_is_read_in_the_stack_comes_back_to_its_line(sides: list[tuple[int, int, int]]) -> None:
    boxes = [(left, 50 * n, left + width, 50 * n + height) for n, (left, height, width) in enumerate(sides)]
    stacked = stack(numpy.zeros((400, 200), numpy.uint8), boxes)
    words = []
    for top in stacked.tops:
        dark = numpy.flatnonzero((stacked.pixels[top : top + HEIGHT] == 0).all(axis=0))
        words.append(Word("x", int(dark[0]), top, int(dark[-1]) + 1, top + HEIGHT, 90, 1, 1, 1))
    for box, line in zip(boxes, by_line(stacked, words), strict=True):
        (word,) = line
        assert (word.x0, word.y0, word.x1, word.y1) == box


def test_lines_are_numbered_by_blocks_and_paragraphs() -> None:
    left, right = (100, 100, 500, 130), (900, 100, 1500, 130)
    body = [(140, 300, 1500, 330), (100, 340, 1500, 370), (100, 380, 700, 410), (140, 420, 1500, 450)]
    assert list(numbered([left, right, *body])) == [
        (1, 1, 1),
        (2, 1, 1),
        (3, 1, 1),
        (3, 1, 2),
        (3, 1, 3),
        (3, 2, 1),
    ]


def seen_as(text: str, rival: str = "", sure: float = 90.0) -> tuple[list[Seen], dict[str, int]]:
    """Return words as a recogniser sees them that is never quite sure of the marks, and its symbols."""
    symbols = {letter: n for n, letter in enumerate(sorted(set(text + "ảãạáàêềếểễệđd")), start=1)}
    seen = []
    others = rival.split() or [""] * len(text.split())
    for n, (word, other) in enumerate(zip(text.split(), others, strict=True)):
        logs = numpy.full((2 * len(word), len(symbols) + 1), math.log(0.3 / len(symbols)), numpy.float32)
        for place, letter in enumerate(word):
            logs[2 * place, symbols[letter]] = math.log(0.7)
            logs[2 * place + 1, 0] = math.log(0.7)
        found = Word(word, 60 * n, 0, 60 * n + 50, 30, 70.0, 1, 1, 1)
        second = (Word(other, 60 * n, 0, 60 * n + 50, 30, sure, 1, 1, 1),) if other else ()
        seen.append(Seen((found,), logs, second))
    return seen, symbols


def test_the_model_mends_marks_and_keeps_what_was_read() -> None:
    text = "chịu trách nhiệm thị hành nghị quyết này và báo cáo kết quả"
    seen, symbols = seen_as(text + " i", "")
    words = decode(seen[:-1], symbols, MODEL)
    assert words[3].text == "thi"
    assert words[3].raw == "thị"
    assert " ".join(word.text for word in as_read(words)) == text


@given(st.sampled_from(["12/KH-UBND", "1O.5OO", "05/12/2026", "15%", "3.450.000", "II.5.b"]), st.integers(0, 9))
def test_numbers_and_codes_are_never_the_models(code: str, place: int) -> None:
    line = ["ủy", "ban", "nhân", "dân", "tỉnh", "ban", "hành", "kế", "hoạch", "này"]
    seen, symbols = seen_as(" ".join([*line[:place], code, *line[place:]]))
    assert code in [word.text for word in decode(seen, symbols, MODEL)]


def test_a_second_engine_that_is_sure_is_believed_and_one_that_is_not_is_not() -> None:
    read, other = "số tiền 12.750 đồng được chi", "số tiền 12.760 đồng được chi"
    seen, symbols = seen_as(read + " 6", other + " 6", sure=96)
    assert decode(seen, symbols, MODEL)[2].text == "12.760"
    assert decode(seen, symbols, MODEL)[2].raw == "12.750"
    seen, symbols = seen_as(read + " 6", other + " 6", sure=5)
    assert decode(seen, symbols, MODEL)[2].text == "12.750"


def test_other_spaces_are_no_other_reading() -> None:
    seen, symbols = seen_as("năm 2026,các sở")
    two = (Word("2026,", 60, 0, 90, 30, 96, 1, 1, 1), Word("các", 95, 0, 110, 30, 96, 1, 1, 1))
    seen[1] = Seen(seen[1].words, seen[1].posteriors, two)
    symbols[" "] = 0
    words = decode(seen, {**symbols, " ": max(symbols.values())}, MODEL)
    assert all(not word.raw for word in words)


def test_a_word_with_a_space_in_it_is_no_trouble() -> None:
    seen, symbols = seen_as("báo cáo kết quả")
    logs = numpy.concatenate([one.posteriors for one in seen[:2]])
    rival = (Word("báo cáo", 0, 0, 110, 30, 90, 1, 1, 1),)
    both = Seen((*seen[0].words, *seen[1].words), logs, rival)
    words = decode([both, *seen[2:]], symbols, MODEL)
    assert [word.text for word in words] == ["báo", "cáo", "kết", "quả"]
    assert words[0].confidence == 97.0
