from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.index.analysis import both_forms, squashed, terms, words
from digitize.index.parser import parse
from digitize.index.query import And, Key, Node, Not, Or, Prefix, QueryError, Range, Words, words_of, written
from doclint.vietnamese.normalise import fold, nfc
from doclint.vietnamese.tones import new_tone_placement
from vanthu.errors import VanthuError


def word(text: str, field: str = "") -> Words:
    return words_of(text, field)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("khẩn cấp", And((word("khẩn"), word("cấp")))),
        ('"khẩn cấp"', word("khẩn cấp")),
        ("“khẩn cấp”", word("khẩn cấp")),
        ('"khẩn cấp', word("khẩn cấp")),
        ("534/QĐ-TTg", word("534 qđ ttg")),
        ("a b OR c", Or((And((A, B)), C))),
        ("a AND b", And((A, B))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a NOT b", And((A, Not(B)))),
        ("a NOT (b c)", And((A, Not(And((B, C)))))),
        ("or and not OR Not", Or((And((word("or"), word("and"), word("not"))), word("not")))),
        ("ORa ANDb", And((word("ora"), word("andb")))),
        ("()", None),
        ("a () b", And((A, B))),
        ("chuyển*", Prefix("chuyển", "chuyen")),
        ("quy*", Prefix("quy", "quy")),
        ("so:534", Key("number", "534")),
        ("số:0534", Key("number", "534")),
        ("so:534/QĐ-TTg", Key("number", "534qdttg")),
        ("kyhieu:QĐ-TTg", Key("symbol", "qdttg")),
        ("loai:KH", Key("type", "kehoach")),
        ('type:"Kế hoạch"', Key("type", "kehoach")),
        ("loai:qđ", Key("type", "quyetdinh")),
        ("tiepcan:công-khai", Key("access", "congkhai")),
        ('coquan:"Sở Nội vụ"', word("sở nội vụ", "issuer")),
        ("trichyeu:khẩn", word("khẩn", "subject")),
        ("phong:UBND*", Prefix("ubnd", "ubnd", "fonds")),
        ("nam:2024..2026", Range("date", 20240000, 20269999)),
        ("nam:2024", Range("date", 20240000, 20249999)),
        ("ngay:3/2024", Range("date", 20240300, 20240399)),
        ("ngay:05/03/2024", Range("date", 20240305, 20240305)),
        ("ngay:2024-03-05..", Range("date", 20240305, 99999999)),
        ("ngay:01/03/2024..31/03/2024", Range("date", 20240300, 20240331)),
        ("ngay:01/01/2024..", Range("date", 20240000, 99999999)),
        ("tincay:..60", Range("confidence", 0, 60)),
        ("Kính gửi: Sở", And((word("kính"), word("gửi"), word("sở")))),
        ("lúc 10:30", And((word("lúc"), word("10 30")))),
        ("nhận:như", word("nhận như")),
        ("hôm nay:họp", And((word("hôm"), word("nay họp")))),  # near to nam and ngay, which are numbers
        (unicodedata.normalize("NFD", "trích_yếu:đường"), word("đường", "subject")),
    ],
)
def test_queries_are_read(text: str, node: Node | None) -> None:
    if node is None:
        with pytest.raises(QueryError, match="không có chữ"):
            parse(text)
    else:
        assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "marked", "reason"),
    [
        ("", "", "không có chữ"),
        ('"" … - /', '"" … - /', "không có chữ"),
        ("khẩn (cấp", "(", "thiếu dấu đóng ngoặc"),
        ("khẩn) cấp", ")", "thừa dấu đóng ngoặc"),
        ("khẩn OR", "OR", "OR cần có từ"),
        ("OR khẩn", "OR", "OR cần có từ"),
        ("khẩn OR OR cấp", "OR", "OR cần có từ"),
        ("AND khẩn", "AND", "AND cần có từ"),
        ("khẩn AND", "AND", "AND cần có từ"),
        ("khẩn NOT", "NOT", "NOT cần có từ"),
        ("ở*", "ở*", "ít nhất 3"),
        ("loaii:KH", "loaii:KH", "ý bạn là loai:KH"),
        ("họp nma:2024", "nma:2024", "ý bạn là nam:2024"),
        ('coqaun:"Sở Nội vụ"', 'coqaun:"Sở Nội vụ"', 'ý bạn là coquan:"Sở Nội vụ"'),
        ("ky-hiu:KH", "ky-hiu:KH", "ý bạn là kyhieu:KH"),
        ("loai:XYZ", "loai:XYZ", "không có loại"),
        ("tiepcan:mật", "tiepcan:mật", "không có mức"),
        ("ngay:31/02/2024", "ngay:31/02/2024", "không có thật"),
        ("nam:2026..2024", "nam:2026..2024", "bị ngược"),
        ("nam:..", "nam:..", "chưa có giá trị"),
        ("tincay:200", "tincay:200", "từ 0 đến 100"),
        ("so:534*", "so:534*", "không dùng được dấu"),
        ('coquan:""', 'coquan:""', "chưa có giá trị"),
        ("(" * 60 + "a", "(", "quá nhiều ngoặc"),
        (unicodedata.normalize("NFD", "khẩn cấp") + " OR", "OR", "OR cần có từ"),
    ],
)
def test_faults_say_where_they_are(text: str, marked: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as raised:
        parse(text)
    assert text[raised.value.start : raised.value.end] == marked


_PIECES = st.sampled_from(
    ["khẩn", "Ở", "534/QĐ-TTg", "AND", "OR", "NOT", "(", ")", '"', "“", "chuy*", "*", "loai:KH", "so:5", "nam:2024..",
     "ngay:", ":", "..", "tincay:5..60", "x:y", 'coquan:"Sở', "hoso:a*", "\t", "l0", "L0", "2O24", "c0ng", "Ù", "ﬁ",
     "İ", "0"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=12).map(" ".join) | st.text(max_size=80))
def test_whatever_is_typed_is_a_query_or_a_fault_with_a_place(text: str) -> None:
    try:
        node = parse(text)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.reason and error.hint
    else:
        assert parse(written(node)) == node


@given(st.lists(st.sampled_from([*"aăâđêôơưoóòuyỳiíIlO01 8bqth./-"]), max_size=30).map("".join))
def test_a_word_is_read_as_itself(text: str) -> None:
    exact, folded = words(nfc(text))
    again, folded_again = words(" ".join(exact))
    assert again == exact
    assert folded_again == folded


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    text = nfc(text)
    end = 0
    for term in terms(text):
        assert end <= term.start < term.end
        assert len(term.folded) == len(term.exact) == term.end - term.start
        end = term.end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lý", "lí"),
        ("quý", "quí"),
        ("kỹ", "kĩ"),
        ("y", "i"),
        ("2024", "2O24"),
        ("15", "l5"),
        ("10", "IO"),
        ("công", "c0ng"),
        ("đường", "duong"),
        ("ĐƠN", "don"),
        ("hòa", "hoà"),
    ],
)
def test_what_is_written_or_read_in_two_ways_is_one_word(one: str, other: str) -> None:
    if other == "IO":  # no digit at all: nothing says that it is a number
        assert both_forms(one)[1] != both_forms(other)[1]
    else:
        assert both_forms(one)[1] == both_forms(other)[1]


@pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("thuý", "thúi"), ("H15", "Hl5"), ("bay", "bai")])
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert both_forms(one)[1] != both_forms(other)[1]


def test_numbers_and_symbols_are_one_however_they_are_written() -> None:
    assert {squashed(text) for text in ("534/QĐ-TTg", "534 qd ttg", "534QĐTTg", "534-QD/TTG")} == {"534qdttg"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa", "hoà"), ("HÓA", "HOÁ"), ("Thủy", "Thuỷ"), ("khỏe", "khoẻ"), ("hoàn", "hoàn"), ("quý", "quý"),
     ("tòan", "tòan")],
)  # fmt: skip
def test_tone_placement(old: str, new: str) -> None:
    assert new_tone_placement(old) == new


def test_faults_are_errors_of_ours() -> None:
    assert issubclass(QueryError, VanthuError)
    assert fold("ơ") == "o"
