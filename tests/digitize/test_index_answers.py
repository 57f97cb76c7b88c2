"""Answers over a whole archive: documents, counts, levels of access, what a person corrects, marks on the image."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.archive import Archive
from digitize.describe.catalogue import FILE, SCHEMA_VERSION, open_catalogue
from digitize.describe.values import BY_PERSON
from digitize.index.build import update_index
from digitize.index.parser import parse
from digitize.index.query import QueryError
from digitize.index.search import Answer, Request, more_like, page_marks, search
from digitize.index.snippets import LENGTH, Snippet, snippet
from digitize.ledger import Ledger
from doclint.vietnamese.normalise import nfc
from tests.digitize.conftest import digitize
from tests.digitize.index_specimens import Paper, make_archive, store
from vanthu.errors import VanthuError

FLOOD = "Kế hoạch phòng chống lụt bão, sơ tán dân vùng trũng, dự trữ lương thực, gia cố đê điều."
PAPERS = [
    Paper(
        "kh-12.pdf",
        [f"Số: 12/KH-UBND. {FLOOD}", "Phụ lục: danh sách đê điều xung yếu."],
        {
            "number": "12",
            "symbol": "KH-UBND",
            "date": "2024-03-05",
            "type": "Kế hoạch",
            "issuer": "Ủy ban nhân dân huyện Trầm Khê",
            "subject": "Phòng chống lụt bão năm 2024",
            "signer": "Nguyễn Văn An",
            "fonds": "UBND huyện Trầm Khê",
            "file": "Phòng chống thiên tai",
            "access": "công khai",
        },
    ),
    Paper(
        "bc-15.pdf",
        ["Báo cáo kết quả thực hiện Kế hoạch số 12/KH-UBND về lụt bão. 12/KH-UBND, 12/KH-UBND.", "Đê điều an toàn."],
        {"number": "15", "symbol": "BC-UBND", "date": "2025-01", "type": "Báo cáo", "issuer": "Sở Nội vụ"},
    ),
    Paper(
        "qd-534.tif",
        ["Quyết định về việc xử lý khẩn cấp hồ sơ tồn đọng."],
        {"number": "534", "symbol": "QĐ-SNV", "date": "1999-10-29", "type": "Quyết định", "access": "hạn chế"},
    ),
    Paper("khong-mo-ta.png", [f"Bản nháp. {FLOOD} Đê điều."]),
    Paper("sua.png", ["đã được khẩn trương sửa"], raw=["đã được khẩm trưong sửa"]),
]
SHA = {paper.name: paper.sha256 for paper in PAPERS}
NAMES = {paper.sha256: paper.name for paper in PAPERS}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return make_archive(tmp_path_factory.mktemp("answers") / "kho", PAPERS)


@pytest.fixture(scope="module")
def ask(archive: Archive) -> Callable[..., Answer]:
    def asked(text: str, **how: object) -> Answer:
        with Ledger(archive.ledger) as ledger:
            return search(archive, ledger, Request(text, **how))  # type: ignore[arg-type]

    return asked


def names(answer: Answer) -> list[str]:
    return [NAMES[hit.sha256] for hit in answer.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12/KH-UBND", ["kh-12.pdf", "bc-15.pdf"]),  # its own number before those that cite it, however often
        ("12 kh ubnd", ["kh-12.pdf", "bc-15.pdf"]),
        ("so:12", ["kh-12.pdf"]),
        ("so:012/kh-ubnd", ["kh-12.pdf"]),
        ("kyhieu:BC-UBND", ["bc-15.pdf"]),
        ("loai:KH", ["kh-12.pdf"]),
        ('coquan:"nội vụ"', ["bc-15.pdf"]),
        ("trichyeu:lut", ["kh-12.pdf"]),
        ('nguoiky:"Văn An"', ["kh-12.pdf"]),
        ('phong:"trầm khê"', ["kh-12.pdf"]),
        ("hoso:thien*", ["kh-12.pdf"]),
        ("nam:2024..2026", ["bc-15.pdf", "kh-12.pdf"]),
        ("ngay:1/1/2025..31/1/2025", ["bc-15.pdf"]),
        ("nam:..2000", ["qd-534.tif"]),
        ('"Nguyễn Văn An"', ["kh-12.pdf"]),  # on no page: the catalogue says it
        ("534/QĐ-SNV", ["qd-534.tif"]),
        ("tiepcan:hạn-chế", ["qd-534.tif"]),
        ("lụt bão NOT loai:KH", ["bc-15.pdf", "khong-mo-ta.png"]),
        ("khẩm", ["sua.png"]),
    ],
)
def test_documents_are_found(text: str, found: list[str], ask: Callable[..., Answer]) -> None:
    assert sorted(names(ask(text))) == sorted(found)
    assert names(ask(text))[0] == found[0]


def test_counts_are_of_all_and_hits_of_a_part(ask: Callable[..., Answer]) -> None:
    whole = ask('"đê điều"')
    assert (whole.pages, whole.documents) == (4, 3)
    assert [hit.matching_pages for hit in whole.hits if NAMES[hit.sha256] == "kh-12.pdf"] == [2]
    parts = [ask('"đê điều"', limit=1, offset=offset) for offset in range(4)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert all((part.pages, part.documents, part.facets) == (4, 3, whole.facets) for part in parts)


def test_facets_count_documents(ask: Callable[..., Answer]) -> None:
    assert ask("đê điều").facets == {
        "year": (("2025", 1), ("2024", 1)),
        "type": (("Báo cáo", 1), ("Kế hoạch", 1)),
        "issuer": (("Sở Nội vụ", 1), ("Ủy ban nhân dân huyện Trầm Khê", 1)),
        "fonds": (("UBND huyện Trầm Khê", 1),),
    }


def test_order_by_date(ask: Callable[..., Answer]) -> None:
    assert names(ask("đê điều", sort="newest")) == ["bc-15.pdf", "kh-12.pdf", "khong-mo-ta.png"]
    assert names(ask("đê điều", sort="oldest")) == ["kh-12.pdf", "bc-15.pdf", "khong-mo-ta.png"]


def test_a_search_can_keep_to_documents(ask: Callable[..., Answer]) -> None:
    inside = ask("điều", within=(SHA["kh-12.pdf"],))
    assert (inside.pages, inside.documents) == (2, 1)
    assert sorted(page.page for page in inside.hits[0].pages) == [1, 2]
    assert ask("điều", within=(SHA["kh-12.pdf"], SHA["bc-15.pdf"])).documents == 2


@pytest.mark.parametrize(
    ("levels", "documents"),
    [({"công khai"}, 1), ({"công khai", "nội bộ"}, 4), ({"hạn chế"}, 1), (set(), 0), (None, 5)],
)
def test_what_may_not_be_seen_is_not_counted(
    levels: set[str] | None, documents: int, ask: Callable[..., Answer]
) -> None:
    access = frozenset(levels) if levels is not None else None
    everything = "số OR xử OR bản OR báo OR sửa"
    answer = ask(everything, access=access)
    assert answer.documents == len(answer.hits) == documents
    assert sum(count for _, count in answer.facets["type"]) <= documents
    # The word stands in a restricted document alone: it is suggested to those who may see it.
    suggested = ask("tồm", access=access).suggestion
    assert suggested == ("tồn" if levels is None or "hạn chế" in levels else None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("khẩm cấq", "khẩn cấp"),
        ('"xử lý khẩn cắpp"', '"xử lý khẩn cấp"'),
        ("zzzzzzz", None),
        ("loai:KH lutt", "loai:kehoach lụt"),
        ("đê", None),
    ],
)
def test_what_may_have_been_meant(text: str, meant: str | None, ask: Callable[..., Answer]) -> None:
    answer = ask(text)
    assert answer.suggestion == (written_again(meant) if meant else None)
    if meant:
        assert not answer.pages and ask(meant).pages


def written_again(text: str) -> str:
    from digitize.index.query import written

    return written(parse(text))


def test_more_like_one_leaves_it_out(archive: Archive) -> None:
    with Ledger(archive.ledger) as ledger:
        answer = more_like(archive, ledger, SHA["kh-12.pdf"], 5)
        assert names(answer)[0] == "khong-mo-ta.png"
        assert "kh-12.pdf" not in names(answer)
        seen = more_like(archive, ledger, SHA["khong-mo-ta.png"], 5, frozenset({"công khai"}))
        assert names(seen) == ["kh-12.pdf"]
        assert more_like(archive, ledger, SHA["qd-534.tif"], 5).documents == len(
            more_like(archive, ledger, SHA["qd-534.tif"], 5).hits
        )


def test_marks_are_the_boxes_of_the_words(archive: Archive) -> None:
    marks = page_marks(archive, SHA["qd-534.tif"], 1, '"khan cap" dong')
    assert marks.boxes == ((420, 0, 480, 20), (490, 0, 550, 20), (70, 30, 130, 50))
    assert (marks.width, marks.height) == (800, 1000)
    assert page_marks(archive, SHA["qd-534.tif"], 1, "NOT khẩn").boxes == ()
    with pytest.raises(VanthuError, match="hỏng"):
        page_marks(archive, SHA["qd-534.tif"], 9, "khẩn")


def test_a_correction_reaches_the_index(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS[:3])
    with Ledger(archive.ledger) as ledger:
        with open_catalogue(archive.root) as catalogue:
            catalogue.correct(SHA["bc-15.pdf"], "number", "51", who="An")
        assert not search(archive, ledger, Request("so:51")).documents
        update_index(archive, ledger)
        assert names(search(archive, ledger, Request("so:51"))) == ["bc-15.pdf"]
        assert not search(archive, ledger, Request("so:15")).documents
        (hit,) = search(archive, ledger, Request("so:51")).hits
        assert (hit.fields.code, hit.fields.year, hit.fields.access) == ("51/BC-UBND", "2025", "nội bộ")


def test_a_lost_text_hides_the_snippet_not_the_hit(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS[2:3])
    (archive.document(SHA["qd-534.tif"]) / "text.txt").unlink()
    with Ledger(archive.ledger) as ledger:
        (hit,) = search(archive, ledger, Request("khẩn")).hits
    assert hit.pages[0].snippet.text == ""


def test_without_snippets_the_answer_is_the_same_but_for_them(archive: Archive) -> None:
    with Ledger(archive.ledger) as ledger:
        whole = search(archive, ledger, Request("khẩn OR khan"))
        bare = search(archive, ledger, Request("khẩn OR khan", snippets=False))
    assert whole.hits and all(page.snippet.text for hit in whole.hits for page in hit.pages)
    cut = tuple(
        replace(hit, pages=tuple(replace(page, snippet=Snippet("", ())) for page in hit.pages)) for hit in whole.hits
    )
    assert bare == replace(whole, hits=cut)


def test_catalogues_of_version_1_gain_the_fields_of_persons(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS[:1])
    database = sqlite3.connect(archive.root / FILE)
    database.execute("DELETE FROM fields WHERE field IN ('fonds', 'file', 'unit', 'access')")
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    with open_catalogue(archive.root) as catalogue:
        rows = {row.field: row for row in catalogue.rows(PAPERS[0].sha256)}
        assert all(rows[name].value == "" and rows[name].status == "absent" for name in BY_PERSON)
        assert rows["number"].value == "12"
        assert not [row for row in catalogue.queue() if row.field in BY_PERSON]
        assert catalogue.correct(PAPERS[0].sha256, "unit", "Số 3", who="An")
        assert catalogue.database.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_snippet_shows_where_the_words_are_together() -> None:
    page = "khẩn " + "một hai ba bốn " * 40 + "xử lý\nkhẩn cấp hồ sơ" + " năm sáu bảy tám" * 40
    found = snippet(page, parse("khẩn cấp"))
    assert "xử lý khẩn cấp hồ sơ" in found.text
    assert [found.text[start:end] for start, end in found.marks] == ["khẩn", "cấp"]
    assert found.text.startswith("… ") and found.text.endswith(" …")
    assert len(found.text) < LENGTH * 1.5


def test_marks_follow_the_accents_of_the_query() -> None:
    def marked(page: str, query: str) -> list[str]:
        found = snippet(page, parse(query))
        return [found.text[start:end] for start, end in found.marks]

    assert marked("khăn khẩn KHẨN", "khẩn") == ["khẩn", "KHẨN"]
    assert marked("khăn khan", "khẩn") == ["khăn", "khan"]
    assert marked("khăn khan", "khan") == ["khăn", "khan"]
    assert marked("số 534/QĐ-TTg và 534", "534/qd-ttg") == ["534/QĐ-TTg"]
    assert marked("rất khẩn cấp", '"khẩn cấp" cấp') == ["khẩn cấp"]
    assert marked("chuyển chuyên chung", "chuyển*") == ["chuyển"]
    assert marked("chuyển chuyên chung", "chuyen*") == ["chuyển", "chuyên"]
    assert marked("khẩn cấp", "cấp NOT khẩn OR loai:KH") == ["cấp"]


@given(st.text(alphabet="ấa bc\n", max_size=600), st.text(alphabet="ấabc ", min_size=1).filter(str.strip))
def test_marks_are_inside_the_snippet_and_apart(page: str, query: str) -> None:
    found = snippet(nfc(page), parse(query))
    assert "\n" not in found.text
    end = 0
    for mark in found.marks:
        assert end <= mark[0] < mark[1] <= len(found.text)
        end = mark[1]


# The commands


def test_the_command_answers_a_person(archive: Archive) -> None:
    done = digitize("search", "--archive", archive.root, "--facets", "lut bao", "NOT", "loai:BC")
    assert done.returncode == 0, done.stderr
    assert "2 trang trong 2 tài liệu có «lut bao NOT loai:BC»:" in done.stdout
    assert "kh-12.pdf — Kế hoạch 12/KH-UBND, 05/03/2024, Ủy ban nhân dân huyện Trầm Khê" in done.stdout
    assert "Loại: Kế hoạch (1)" in done.stdout


def test_the_command_shows_the_place_of_a_fault(archive: Archive) -> None:
    done = digitize("search", "--archive", archive.root, "khẩn (cấp")
    assert done.returncode == 2
    assert "thiếu dấu đóng ngoặc" in done.stderr
    assert "\n  khẩn (cấp\n       ^" in done.stderr


def test_the_command_answers_programs(archive: Archive) -> None:
    told = json.loads(digitize("search", "--archive", archive.root, "--format", "json", "so:12").stdout)
    assert (told["pages"], told["documents"]) == (2, 1)
    assert told["hits"][0]["fields"]["fonds"] == "UBND huyện Trầm Khê"
    table = digitize("search", "--archive", archive.root, "--format", "csv", "điều", "--in", SHA["kh-12.pdf"][:12])
    rows = list(csv.DictReader(io.StringIO(table.stdout.removeprefix("\ufeff"))))
    assert [(row["number"], row["page"]) for row in rows] == [("12", "2"), ("12", "1")]
    like = json.loads(
        digitize("search", "--archive", archive.root, "--format", "json", "--like", SHA["kh-12.pdf"][:12]).stdout
    )
    assert like["hits"][0]["sha256"] == SHA["khong-mo-ta.png"]
    assert digitize("search", "--archive", archive.root).returncode == 2


def test_a_folder_gets_its_fonds_and_level_at_once(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS)
    done = digitize(
        *("catalogue", "set", "--archive", archive.root, "--folder", tmp_path / "scans"),
        *("--fonds", "Phông mới", "--access", "cong khai", "--unit", "7"),
    )
    assert done.returncode == 0, done.stderr
    assert "Đã ghi 14 giá trị cho 5 tài liệu" in done.stdout  # one was public before
    with Ledger(archive.ledger) as ledger:
        answer = search(archive, ledger, Request('phong:"phông mới" donvi:7', access=frozenset({"công khai"})))
        assert answer.documents == 5
    with open_catalogue(archive.root) as catalogue:
        changes = [change for change in catalogue.changes(SHA["bc-15.pdf"]) if change.how == "set"]
    assert [(change.field, change.after) for change in changes] == [
        ("fonds", "Phông mới"),
        ("unit", "7"),
        ("access", "công khai"),
    ]
    refused = digitize("catalogue", "set", "--archive", archive.root, SHA["bc-15.pdf"][:12], "--access", "mật")
    assert refused.returncode == 2 and "chọn một trong: công khai, nội bộ, hạn chế" in refused.stderr
    nowhere = digitize("catalogue", "set", "--archive", archive.root, "--folder", tmp_path / "x", "--fonds", "A")
    assert nowhere.returncode == 2 and "không có tài liệu nào từ thư mục này" in nowhere.stderr


def test_index_is_brought_up_verified_and_rebuilt(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS[:1])
    with Ledger(archive.ledger) as ledger:
        store(archive, ledger, PAPERS[2])
    done = digitize("index", "--archive", archive.root)
    assert (done.returncode, done.stdout) == (0, "Chỉ mục có đủ 2 tài liệu.\n"), done.stderr
    assert "Chỉ mục còn nguyên" in digitize("index", "--archive", archive.root, "--verify").stdout
    (segment, *_) = (archive.index / "000001" / "files").glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    broken = digitize("search", "--archive", archive.root, "khẩn")
    assert broken.returncode == 2 and "chỉ mục hỏng" in broken.stderr and "digitize reindex" in broken.stderr
    assert digitize("index", "--archive", archive.root, "--verify").returncode == 2
    again = digitize("reindex", "--archive", archive.root)
    assert again.stdout == "Đã lập chỉ mục 2 tài liệu.\n", again.stderr
    assert "1 trang trong 1 tài liệu" in digitize("search", "--archive", archive.root, "khẩn").stdout


def test_a_query_fault_crosses_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(QueryError("sai", "sửa", 1, 2)))
    assert (error.reason, error.hint, error.start, error.end) == ("sai", "sửa", 1, 2)
