"""What can be a Vietnamese syllable: all that real documents hold, hardly anything that a slip makes."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from doclint.vietnamese.letters import LOWER
from doclint.vietnamese.spelling import is_possible_syllable
from doclint.vietnamese.tones import new_tone_placement

GOOD = """
    a ạ ốc ích iu ìa ưỡn oàn oăm uể uỵch yên yểm yêu y ỷ
    nghiêng nghĩa nghỉ nghe ngã ngoằng nguệch ngoèo ghế ghi kẻ kiểm kỹ kĩ ký quyển quốc quý quí quy quỳnh quýt quẫy
    gì gìn giếng giêng giết già giữa giường giúp giuộc gioăng xoong moóc goòng buýt voan phuy boong týp
    hòa hoà khỏe khoẻ thủy thuỷ hoàn hoạch khuya khuỷu khuây thuở chuyển truyền loẻng xoẻng ngoạm toẹt đoản
    ươm hươu rượu cứu mười muối tiếng việt uống đắk Lắk KRÔNG pin séc ượt lúc lục bạch bách tiệp
"""
BAD = """
    céng hµ ngiêng ngĩa gé kà cế qốc quôy ghà nghà ngế kuá hoaòn hoànn thùyễn giừơng mưòi ngừơi đựoc phớc
    cac hoc hop hot bàch cùc hỏp hõt tiêp bsa đ nđ qđ tthc vơng yà iên iếng uon ông2 bỹ cỹ đỹ gỹ ngỹ
    buân vuyên moe ăo êo ơu ââ aă tthế ìi lêê mứơi uâm oau ưom hoạt́ hợpp việtnam
"""


@pytest.mark.parametrize("syllable", GOOD.split())
def test_syllables_are_possible_in_any_case_and_form(syllable: str) -> None:
    for written in (syllable, syllable.upper(), syllable.capitalize(), unicodedata.normalize("NFD", syllable)):
        assert is_possible_syllable(written), written


@pytest.mark.parametrize("syllable", [*BAD.split(), "", " ", "a b", "hoà-bình"])
def test_what_no_syllable_looks_like(syllable: str) -> None:
    assert not is_possible_syllable(syllable)


@pytest.mark.parametrize("stop", ["c", "p", "t", "ch"])
def test_stopped_rhymes_have_two_tones(stop: str) -> None:
    tones = {"": "a", "sắc": "á", "nặng": "ạ", "huyền": "à", "hỏi": "ả", "ngã": "ã"}
    assert {name for name, vowel in tones.items() if is_possible_syllable(f"b{vowel}{stop}")} == {"sắc", "nặng"}


def test_the_tone_stands_in_one_place_or_in_the_two_of_open_oa_oe_uy() -> None:
    for old in ("hòa", "khỏe", "thủy", "tòa", "họa", "ủy"):
        assert is_possible_syllable(old)
        assert is_possible_syllable(new_tone_placement(old))
        assert new_tone_placement(old) != old
    for moved in ("hòan", "ngoaì", "qúy", "múôn", "cuá", "gìa"):
        assert not is_possible_syllable(moved)


@pytest.mark.realdata
def test_nearly_all_syllables_of_real_documents_are_possible(shared: Path) -> None:
    accented = Counter[str]()
    for path in sorted((shared / "data/superior").glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        # Abbreviations (NĐ, TTĐT) are no syllables: they have no vowel, or all of them are capitals.
        words = (word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii())
        accented.update(word.lower() for word in words if len(word) > 1 and (not word.isupper() or VOWEL.search(word)))
    frequent = {word: times for word, times in accented.items() if times >= 5 and ALPHABET.issuperset(word)}
    assert len(frequent) > 1_500
    refused = {word: times for word, times in frequent.items() if not is_possible_syllable(word) and VOWEL.search(word)}
    assert sum(refused.values()) / sum(frequent.values()) < 0.001, refused


@pytest.mark.realdata
def test_most_slips_are_refused(shared: Path) -> None:
    text = (shared / "seeds").glob("*.txt").__next__().read_text(encoding="utf-8")
    words = [word for word in re.findall(r"[^\W\d_]{4,}", unicodedata.normalize("NFC", text)) if not word.isascii()]
    chance = random.Random(30_2020)
    doubled = [spoiled(word.lower(), chance) for word in chance.sample(words, 1_000)]
    assert sum(map(is_possible_syllable, doubled)) < 0.05 * len(doubled)


def spoiled(word: str, chance: random.Random) -> str:
    """Return ``word`` with a slip that makes no syllable but by chance: a letter twice, or two in the wrong order."""
    place = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:place] + word[place] + word[place:]
    return word[: place - 1] + word[place + 1] + word[place] + word[place - 1] + word[place + 2 :]


ALPHABET = frozenset(LOWER)
VOWEL = re.compile("[^bcdđfghjklmnpqrstvwxz]", re.IGNORECASE)
