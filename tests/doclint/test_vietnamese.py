"""The language: normalising keeps its map, folding keeps its length, syllables keep every character."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from doclint.vietnamese.dates import dates
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import fold, nfc, nfc_with_offsets, raw_range
from doclint.vietnamese.syllables import tokens
from doclint.vietnamese.tones import new_tone_placement

SENTENCE = "Thực hiện Quyết định số 534/QĐ-TTg ngày 31/3/2026, Ủy ban nhân dân tỉnh Đắk Lắk yêu cầu giảm ít nhất 15%."
CODES = [
    "534/QĐ-TTg",
    "226-KL/TW",
    "30/2020/NĐ-CP",
    "33/2024/QH15",
    "3722/VPCP-CN",
    "08-CT/TTg",
    "31/3/2026",
    "V/v",
    "15%",
    "1.250.000",
    "1,5",
    "./.",
    "R&D",
]
ANY = st.text(st.characters(codec="utf-8"))
# Letters and marks in any order, of Vietnamese and of scripts whose vowels compose with what stands before.
HOSTILE = st.text("aơĐuộ \n\u0300\u0323\u031b\u0302\u0483\u0f71\u0f73\u0344\u09c7\u09be\u1100\u1161\u11a8가\u0958ﬁ")


@given(st.text())
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_folding_keeps_the_length_of_every_character_in_use() -> None:
    everything = "".join(map(chr, range(0x10000)))  # beyond are emoji, ancient scripts and rare ideographs
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("đĐÐ", "ddd"),
        ("ỦY BAN NHÂN DÂN", "uy ban nhan dan"),
        ("NGHIÊNG Nghỉ phép Ư ơ", "nghieng nghi phep u o"),
        ("İ", "i"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY | HOSTILE)
@example("o\u0323\u0302")
@example("o\u0302\u0323")
def test_normalising_keeps_a_map(raw: str) -> None:
    text, offsets = nfc_with_offsets(raw)
    assert text == unicodedata.normalize("NFC", raw)
    if offsets is None:
        assert text == raw
        return
    assert len(offsets) == len(text) + 1
    assert offsets[-1] == len(raw)
    assert list(offsets) == sorted(offsets)
    for position in range(len(text)):
        start, end = raw_range(offsets, position, position + 1)
        assert start < end
        assert text[position] in nfc(raw[start:end])


@given(st.text(LOWER + UPPER + " ,.\n0123456789/-"))
def test_decomposed_vietnamese_maps_letter_by_letter(text: str) -> None:
    raw = unicodedata.normalize("NFD", text)
    composed, offsets = nfc_with_offsets(raw)
    assert composed == text
    if offsets is not None:
        for position, char in enumerate(text):
            assert nfc(raw[offsets[position] : offsets[position + 1]]) == char


def test_marks_in_another_order_are_one_letter() -> None:
    raw = "Bo\u0302\u0323 Nô\u0323i vu\u0323"
    text, offsets = nfc_with_offsets(raw)
    assert text == "Bộ Nội vụ"
    assert offsets is not None
    assert raw[slice(*raw_range(offsets, 3, 6))] == "Nô\u0323i"
    assert raw_range(offsets, 2, 2) == (4, 4)


@given(ANY | st.text("0123456789/-.,%VvTQĐđ &_…\n\u0300"))
def test_tokens_and_blanks_are_the_text(text: str) -> None:
    position, rebuilt = 0, ""
    for token in tokens(text):
        assert text[token.start : token.end] == token.text != ""
        between = text[position : token.start]
        assert not between.strip()
        rebuilt += between + token.text
        position = token.end
    assert rebuilt + text[position:] == text
    assert not text[position:].strip()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("frame", ["{}", "số {} ngày", "({}),", "{}; {}"])
def test_codes_stay_whole(code: str, frame: str) -> None:
    text = frame.replace("{}", code)
    assert [token.text for token in tokens(text)].count(code) == frame.count("{}")


def test_syllables_and_marks_come_apart() -> None:
    found = [token.text for token in tokens("Sở Nội vụ, UBND (các xã); H15…")]
    assert found == ["Sở", "Nội", "vụ", ",", "UBND", "(", "các", "xã", ")", ";", "H15", "…"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ngày 31/3/2026", ["2026-03-31"]),
        ("ngày 05 tháng 3 năm 2020 và 5-2-2026", ["2020-03-05", "2026-02-05"]),
        ("ngày 31/02/2026", ["None"]),
        ("số 12/2026/QH15, 1/2", []),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    assert [str(found.day) for found in dates(text)] == days


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa thủy khỏe", "hoà thuỷ khoẻ"), ("HÒA", "HOÀ"), ("hoàn quý", "hoàn quý"), ("Thủy", "Thuỷ")],
)
def test_tone_marks_move_to_the_new_place(old: str, new: str) -> None:
    assert new_tone_placement(old) == new


def test_letters_are_all_there_once_and_composed() -> None:
    assert len(set(LOWER)) == len(LOWER) == len(UPPER) == 93
    assert nfc(LOWER) == LOWER
    assert all(char.isupper() for char in UPPER)


def test_checking_never_imports_spacy() -> None:
    code = "import doclint.cli, doclint.api, doclint.vietnamese.spacy_tokenizer, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
