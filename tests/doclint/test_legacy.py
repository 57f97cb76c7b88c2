"""Text from before Unicode: every letter comes back, in its place, and text that is no such text is left alone."""

from __future__ import annotations

import random
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from doclint.document import Span, TextPlace
from doclint.readers import read
from doclint.readers.fonts import judge, to_unicode
from doclint.readers.limits import UnreadableDocument
from doclint.readers.text import read_text
from doclint.vietnamese.legacy import Encoding, decode, detect, encoding_of_font, is_capital_font
from tests.doclint.legacy_encoder import LETTERS, encode, has_code

MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương, Chủ tịch tỉnh yêu cầu Giám đốc các Sở, Thủ trưởng các ban,"
    " ngành báo cáo kết quả thực hiện trước ngày 15 tháng 6 năm 2004.\n"
)
SHOWN = {
    Encoding.TCVN3: "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\n",
    Encoding.VNI: "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc\n",
    Encoding.VPS: "C¶ng hòa xã h¶i chû nghïa ViŒt Nam\nñ¶c lÆp - T¿ do - Hånh phúc\n",
}
ENCODINGS = list(Encoding)
SYLLABLES = sorted(set((MOTTO + BODY).lower().replace(",", "").replace(".", "").replace("-", "").split()))

in_each_encoding = pytest.mark.parametrize("encoding", ENCODINGS)
texts = st.text(alphabet=LETTERS + "abcdghiklmnopqrstuvxyABCDGHIKLMNOPQRSTUVXY 0123456789,.;:-/()\n", max_size=60)


@in_each_encoding
def test_the_motto_reads_as_it_should(encoding: Encoding) -> None:
    assert encode(MOTTO, encoding) == SHOWN[encoding]
    assert decode(SHOWN[encoding], encoding)[0] == MOTTO


@in_each_encoding
@pytest.mark.parametrize("letter", list(LETTERS))
def test_every_letter_comes_back(letter: str, encoding: Encoding) -> None:
    written = encode(letter, encoding)
    expected = letter if has_code(letter, encoding) else letter.lower()
    assert decode(written, encoding)[0] == expected
    assert decode(written, encoding, upper=True)[0] == letter.upper()


@in_each_encoding
@given(text=texts)
def test_small_letters_and_capitals_come_back(text: str, encoding: Encoding) -> None:
    assert decode(encode(text.lower(), encoding), encoding)[0] == text.lower()
    assert decode(encode(text.lower(), encoding), encoding, upper=True)[0] == text.upper()
    if encoding is Encoding.VNI:
        assert decode(encode(text, encoding), encoding)[0] == text


@in_each_encoding
@given(text=texts)
def test_offsets_lead_to_the_codes_of_each_letter(text: str, encoding: Encoding) -> None:
    raw = encode(text, encoding)
    decoded, offsets = decode(raw, encoding)
    if offsets is None:
        assert decoded == raw
        return
    assert len(offsets) == len(decoded) + 1
    assert (offsets[0], offsets[-1]) == (0, len(raw))
    for char, start, end in zip(decoded, offsets, offsets[1:], strict=False):
        assert start < end
        assert decode(raw[start:end], encoding)[0].lower() == char.lower()


def test_the_table_of_tcvn3_is_that_of_the_standard() -> None:
    for byte in [*range(0xA1, 0xB0), *range(0xB5, 0x100)]:
        run = subprocess.run(["iconv", "-f", "TCVN5712-1"], input=bytes([byte, 0x20]), capture_output=True, check=True)
        # The standard orders the rows by tone; the fonts lack only some of its capitals.
        assert decode(chr(byte), Encoding.TCVN3)[0] == run.stdout.decode()[:-1]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Na\u00b0 30\u00b0C", "Nà 30°C"),
        ("th\u00ad mêi", "thư mời"),
        ("\uf0a7\uf0e9c l\uf0cbp 1\uf02f5", "Độc lập 1/5"),
        ("“Tê tr×nh” – sè 5…", "“Tờ trình” – số 5…"),
        ("\x93Tê tr×nh\x94", "“Tờ trình”"),
        ("UBND TØNH §¾K L¾K", "UBND TỈNH ĐẮK LẮK"),
        ("TØNH Uû", "TỈNH UỶ"),
        ("Uû ban TØNH", "Uỷ ban TỈNH"),
        ("TØ lÖ", "Tỉ lệ"),
        ("\u1ed9t viÖc", "ột việc"),
        ("a\u0301", "á"),
    ],
)
def test_quirks_of_tcvn3(raw: str, expected: str) -> None:
    assert decode(raw, Encoding.TCVN3)[0] == expected


def test_vni_marks_in_the_other_case_and_marks_without_letter() -> None:
    assert decode("ÑIEàU Yï xù", Encoding.VNI)[0] == "ĐIỀU Ỵ xù"


def test_text_without_old_codes_is_unchanged() -> None:
    for encoding in Encoding:
        assert decode("Ban hanh 12/KH-UBND", encoding) == ("Ban hanh 12/KH-UBND", None)


@pytest.mark.parametrize(
    ("font", "encoding", "capital"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        (".VnTimeH;Courier New", Encoding.TCVN3, True),
        (".VnArial NarrowH", Encoding.TCVN3, True),
        (".vntime", Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("VNI-Helve-CondH", Encoding.VNI, False),
        ("VPS Times", Encoding.VPS, False),
        ("@.VnTime", Encoding.TCVN3, False),
        ("Times New Roman", None, False),
        ("UVN Ba Le", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_fonts_name_their_encoding(font: str | None, encoding: Encoding | None, capital: bool) -> None:
    assert (encoding_of_font(font), is_capital_font(font)) == (encoding, capital)


@in_each_encoding
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=14, unique=True))
def test_each_encoding_is_found(words: list[str], encoding: Encoding) -> None:
    # VPS leaves many letters as Latin-1 has them: some must change to be evidence.
    changed = [word for word in words if encode(word, encoding) != word]
    assume(len(changed) >= 5 and len(changed) > 0.3 * len(words))
    assert detect(encode(" ".join(words), encoding)) is encoding


@in_each_encoding
def test_each_encoding_is_found_in_capitals(encoding: Encoding) -> None:
    assert detect(encode(MOTTO.upper(), encoding)) is encoding


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=60), st.sampled_from(["NFC", "NFD"]))
def test_unicode_is_no_old_encoding(words: list[str], form: str) -> None:
    assert detect(unicodedata.normalize(form, " ".join(words))) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UBND TINH DAK LAK",
        "The naïve café owner’s résumé — “fine”, £5, 30°C; façade, déjà vu.",
        "Les élèves français ont été reçus à l’école où ils étaient déjà allés, après l’été, très fatigués et fâchés.",
        "Die Größe der Flüsse überschreitet für gewöhnlich die Höhe; schöne Grüße aus München und Köln.",
        "A situação não é fácil: há três opções, e então os cidadãos irão à câmara amanhã com razão e coração.",
        "PT1: 10°55’03,0”N; 108°06’16,0”E; PT2: 10°53’52,0”N; 108°10’08,0”E; PT3: 10°53’04,0”N; 108°10’08,0”E",
        "là có và cô hà bé tô mã lê ý bà cá tù hè chú bò mô ô tô là có và cô",
    ],
)
def test_other_text_is_no_old_encoding(text: str) -> None:
    assert detect(text) is None


def test_a_few_words_are_no_evidence() -> None:
    assert detect("ViÖt Nam") is None


@pytest.mark.realdata
def test_real_documents_come_back_and_are_found_only_when_encoded(shared: Path) -> None:
    chance = random.Random(14)
    found = passages = 0
    for path in sorted((shared / "data/superior").glob("*.txt"))[::4]:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        assert detect(text) is None, path.name
        start = chance.randrange(max(1, len(text) - 300))
        # VPS has no code for quotes and dashes: letters stand there.
        passage = re.sub("[“”–—…•°]", " ", text[start : start + 300])
        if sum(char in LETTERS for char in passage) < 40:
            continue
        for encoding in Encoding:
            passages += 1
            found += detect(encode(passage, encoding)) is encoding
            assert decode(encode(passage, encoding), encoding)[0].lower() == passage.lower()
    assert passages > 200
    assert found >= 0.99 * passages


@in_each_encoding
@pytest.mark.parametrize("stored", ["bytes", "utf-8"])
def test_a_text_file_is_converted_and_keeps_its_places(tmp_path: Path, encoding: Encoding, stored: str) -> None:
    raw = encode("**Mở đầu**\n" + MOTTO + BODY * 3, encoding)
    path = tmp_path / "cu.txt"
    path.write_bytes(raw.encode("utf-8") if stored == "utf-8" else windows(raw))
    document = read(path)
    assert document.text == "Mở đầu\n" + MOTTO + BODY * 3
    assert f"chuyển sang Unicode từ bảng mã cũ {encoding}" in document.notes
    start = document.text.index("chính quyền")
    column = raw.splitlines()[3].index(encode("chính quyền", encoding)) + 1
    place = document.place(Span(start, start + len("chính quyền")))
    assert isinstance(place, TextPlace)
    assert (place.line, place.column, place.end_line) == (4, column, 4)


def windows(text: str) -> bytes:
    return b"".join(char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252") for char in text)


@pytest.mark.parametrize(
    "content", ["Größe für Straße ".encode("latin-1") * 30, bytes(range(256)), b"\xff\xd8\xfe" * 50]
)
def test_other_bytes_are_refused_as_before(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "la.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match="không phải văn bản"):
        read(path)


def test_unicode_text_has_no_note() -> None:
    assert read_text(MOTTO + BODY).notes == ()


def test_a_run_is_converted_by_its_font() -> None:
    assert to_unicode("Céng hßa", ".VnTime") == ("Cộng hòa", tuple(range(9)), Encoding.TCVN3)
    assert to_unicode("céng hßa 12", ".VnTimeH")[0] == "CỘNG HÒA 12"
    assert to_unicode("Coäng", "VNI-Times") == ("Cộng", (0, 1, 3, 4, 5), Encoding.VNI)
    assert to_unicode("12/KH-UBND", ".VnTime") == ("12/KH-UBND", None, None)
    assert to_unicode("Céng", "Times New Roman") == ("Céng", None, None)


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times", "VPS Times"])
def test_unicode_under_an_old_font_name_stays(font: str) -> None:
    assert to_unicode("Cộng hòa", font) == ("Cộng hòa", None, None)
    assert to_unicode("Co\u0323\u0302ng", font) == ("Cộng", (0, 1, 4, 5, 6), None)
    verdicts = judge([("Ủy ban nhân dân ", font), ("có", font), (" báo cáo", font), ("có", None)])
    assert to_unicode("có", font, verdicts) == ("có", None, None)


def test_old_text_is_converted_whole_whatever_a_short_run_looks_like() -> None:
    runs = [("Céng hßa x· héi chñ nghÜa ViÖt Nam, cã ", ".VnTime"), ("có", ".VnTime"), (" tr×nh", ".VnTime")]
    assert to_unicode("có", ".VnTime", judge(runs)) == ("cú", (0, 1, 2), Encoding.TCVN3)


def test_old_text_under_a_unicode_font_is_found_by_the_whole_document() -> None:
    runs = [(encode(MOTTO + BODY, Encoding.VNI), "Times New Roman"), ("Ñieàu", None)]
    assert to_unicode("Ñieàu", None, judge(runs))[0] == "Điều"
    assert to_unicode("Ñieàu", None)[0] == "Ñieàu"


def test_stray_runs_of_an_old_encoding_are_found_among_unicode() -> None:
    stray = ["Sè thuÕ ph¶i nép cña nhµ thÇu", "- ThuÕ GTGT", "Côc tr\u00adëng Côc thuÕ"]
    runs = [(MOTTO + BODY * 3, None), *((text, "Times New Roman") for text in stray), ("3×4 m²", None), ("có", None)]
    verdicts = judge(runs)
    assert to_unicode(stray[0], None, verdicts)[0] == "Số thuế phải nộp của nhà thầu"
    assert to_unicode(stray[2], None, verdicts)[0] == "Cục trưởng Cục thuế"
    assert to_unicode("3×4 m²", None, verdicts) == ("3×4 m²", None, None)
    assert to_unicode("có", None, verdicts) == ("có", None, None)
    assert to_unicode(MOTTO, None, verdicts) == (MOTTO, None, None)


def test_foreign_words_and_signs_among_unicode_are_no_stray_runs() -> None:
    foreign = ["résumé", "café", "30°C", "½", "µm", "Größe", "§ 5", "là", "có", "và"]
    assert not any(judge([(MOTTO + BODY, None), *((word, None) for word in foreign)]).values())


def test_soft_hyphens_are_letters_in_tcvn3_and_nothing_elsewhere() -> None:
    assert to_unicode("n\u00adíc", ".VnTime") == ("nước", tuple(range(5)), Encoding.TCVN3)
    assert to_unicode("nư\u00adớc", "Arial") == ("nước", (0, 1, 3, 4, 5), None)
    assert to_unicode("nu\u00ado\u031b\u0301c", "Arial") == ("nuớc", (0, 1, 3, 6, 7), None)
