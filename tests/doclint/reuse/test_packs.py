"""Packs take what they can, refuse what they must, survive being killed, and say when they are damaged."""

from __future__ import annotations

import datetime
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from doclint.reuse.packs import build
from doclint.reuse.packs.build import Outcome, bring
from doclint.reuse.packs.database import FILE
from doclint.reuse.packs.entry import Entry
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.meta import LEVEL_NAMES, Table, read_table
from doclint.reuse.packs.pack import SHARDS, changed_origins, faults, opened
from doclint.reuse.packs.store import writing
from tests.doclint.hostile import FILES
from tests.doclint.reuse.offices import document, passage, write
from vanthu.errors import VanthuError


def brought(pack: Path, *paths: Path, table: Table | None = None) -> Outcome:
    return bring(pack, found_in(paths)[0], table or Table({}), create=True, workers=1)


def held(pack: Path) -> list[Entry]:
    with opened("thử", pack) as one:
        return [entry for _, entry in one.entries()]


def whole(pack: Path) -> list[str]:
    with opened("thử", pack) as one:
        return list(faults(one))


def test_a_pack_knows_what_the_head_of_a_document_says(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", document(passage(1)))
    outcome = brought(tmp_path / "goi", file)
    assert outcome.added == [str(file)]
    (entry,) = held(tmp_path / "goi")
    assert (entry.number, entry.date, entry.level, entry.type) == (
        "77/KH-UBND", datetime.date(2026, 1, 5), "province", "KH"
    )  # fmt: skip
    assert entry.issuer == "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ"
    assert entry.subject == "Trồng cây ven đường"
    assert entry.citation == "Kế hoạch số 77/KH-UBND ngày 5/1/2026"
    assert whole(tmp_path / "goi") == []


def test_only_what_is_new_or_changed_is_taken(tmp_path: Path) -> None:
    folder, pack = tmp_path / "kho", tmp_path / "goi"
    folder.mkdir()
    write(folder, "a.txt", document(passage(1)))
    second = write(folder, "b.txt", document(passage(2)))
    brought(pack, folder)
    write(folder, "b.txt", document(passage(3)))
    write(folder, "c.txt", document(passage(4)))
    write(folder, "d.txt", document(passage(1)))
    outcome = brought(pack, folder)
    assert [len(files) for files in (outcome.known, outcome.replaced, outcome.added, outcome.twins)] == [1, 1, 1, 1]
    assert outcome.replaced == [str(second)]
    assert len(held(pack)) == 3
    with opened("thử", pack) as one:
        assert passage(3) in next(one.source(id).text for id, entry in one.entries() if entry.origin == str(second))
    assert whole(pack) == []


def test_what_is_removed_is_gone(tmp_path: Path) -> None:
    pack = tmp_path / "goi"
    brought(pack, *(write(tmp_path, f"{number}.txt", document(passage(number))) for number in range(3)))
    with writing(pack) as one:
        one.remove([2])
    assert [Path(entry.origin).name for entry in held(pack)] == ["0.txt", "2.txt"]
    assert whole(pack) == []


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secret_document_is_not_stored(tmp_path: Path, mark: str) -> None:
    pack = tmp_path / "goi"
    outcome = brought(pack, write(tmp_path, "mat.txt", document(passage(9), mark=mark)))
    assert "độ mật" in outcome.refused[0].reason
    assert held(pack) == []
    needle = passage(9)[:40].encode()
    assert not any(needle in file.read_bytes() for file in pack.rglob("*") if file.is_file())


def test_bad_files_are_refused_and_the_others_taken(tmp_path: Path) -> None:
    bad = [tmp_path / f"{number}{Path(name).suffix}" for number, name in enumerate(FILES)]
    for path, (make, *_) in zip(bad, FILES.values(), strict=True):
        make(path)
    good = write(tmp_path, "tot.txt", document(passage(1)))
    outcome = bring(tmp_path / "goi", [*map(str, bad), str(good)], Table({}), create=True, workers=1)
    assert outcome.added[-1] == str(good)
    assert len(outcome.refused) >= len(FILES) - 3
    assert all(refused.reason for refused in outcome.refused)


def test_the_table_overrides_the_head(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", document(passage(1)))
    sheet = write(
        tmp_path,
        "bang.csv",
        "\ufeffTệp;Số, ký hiệu;Ngày ban hành;Cấp;Loại;Hiệu lực đến;Thay bằng\n"
        "a.txt;12/CT-TTg;03/02/2025;trung ương;chỉ thị;31/12/2025;15/CT-TTg\n",
    )
    pack = tmp_path / "goi"
    brought(pack, file)
    assert brought(pack, file, table=read_table(sheet)).replaced == [str(file)]
    assert brought(pack, file, table=read_table(sheet)).known == [str(file)]
    (entry,) = held(pack)
    assert (entry.number, entry.level, entry.type) == ("12/CT-TTg", "central", "CT")
    assert entry.date == datetime.date(2025, 2, 3)
    assert entry.status(datetime.date(2025, 12, 31)) == "in-force"
    assert entry.status(datetime.date(2026, 1, 1)) == "repealed"
    assert entry.replaced_by == "15/CT-TTg"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("số ký hiệu\n1/A\n", "thiếu cột «tệp»"),
        ("tệp,màu\na.txt,đỏ\n", "cột lạ «màu»"),
        ("tệp,ngày ban hành\na.txt,hôm qua\n", "dòng 2, cột «ngày ban hành»"),
        ("tệp,cấp\na.txt,huyện\n", "không hiểu «huyện»"),
        ("tệp,loại\na.txt,thư tình\n", "không hiểu «thư tình»"),
        ("", "thiếu cột «tệp»"),
    ],
)
def test_a_wrong_table_says_where(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(VanthuError, match=reason):
        read_table(write(tmp_path, "bang.csv", text))


def test_the_level_given_for_all_counts_where_the_table_says_nothing(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{name}.txt", document(passage(number))) for number, name in enumerate("ab")]
    sheet = write(tmp_path, "bang.csv", "tệp,cấp\na.txt,xã\n")
    brought(tmp_path / "goi", *files, table=read_table(sheet, LEVEL_NAMES["trung-uong"]))
    assert [entry.level for entry in held(tmp_path / "goi")] == ["commune", "central"]


def test_many_small_shards_are_merged_and_what_was_removed_left_out(tmp_path: Path) -> None:
    pack = tmp_path / "goi"
    for number in range(10):
        brought(pack, write(tmp_path, f"{number}.txt", document(passage(number))))
        if number == 3:
            with writing(pack) as one:
                one.remove([1])
    with opened("thử", pack) as one:
        assert len(one.shards) <= 2
        assert not one.removed
        stand = {int(id) for shard in one.shards for id in shard.documents["id"]}
        assert stand == {id for id, _ in one.entries()}
    assert len(list((pack / SHARDS).iterdir())) <= 2
    assert whole(pack) == []


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    pack = tmp_path / "goi"
    with writing(pack, create=True), pytest.raises(VanthuError, match="lệnh khác ghi"), writing(pack):
        pass


def test_a_pack_can_be_read_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "goi"
    files = [str(write(tmp_path, f"{number}.txt", document(passage(number)))) for number in range(30)]
    monkeypatch.setattr(build, "SECONDS", 0.0)
    seen: list[int] = []

    def look() -> None:
        if (pack / FILE).exists():
            seen.append(len(held(pack)))

    bring(pack, files, Table({}), create=True, workers=1, advance=look)
    assert seen == sorted(seen)
    assert len(set(seen)) > 10


_KILLED = """
import sys
from doclint.reuse.packs import build
from doclint.reuse.packs.meta import Table
from pathlib import Path
build.SECONDS = 0.0
files = sorted(str(path) for path in Path(sys.argv[1]).iterdir())
print("bắt đầu", flush=True)
build.bring(Path(sys.argv[2]), files, Table({}), create=True, workers=1)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.2, 0.4])
def test_a_build_that_is_killed_leaves_a_whole_pack_and_goes_on(tmp_path: Path, seconds: float) -> None:
    folder, pack = tmp_path / "kho", tmp_path / "goi"
    folder.mkdir()
    for number in range(60):
        write(folder, f"{number:02}.txt", document(passage(number)))
    process = subprocess.Popen([sys.executable, "-c", _KILLED, str(folder), str(pack)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    process.wait()
    process.stdout.close()
    before = 0
    if (pack / FILE).exists() and (pack / FILE).stat().st_size:
        assert whole(pack) == []
        before = len(held(pack))
    outcome = brought(pack, folder)
    assert (len(outcome.known), len(held(pack))) == (before, 60)
    assert whole(pack) == []
    with opened("thử", pack) as one:
        named = {row[0] for row in one.database.execute("SELECT name FROM shards")}
    assert {shard.name for shard in (pack / SHARDS).iterdir()} == named


@pytest.mark.parametrize("file", ["directory.npy", "rest.npy", "places.npy", "documents.npy"])
def test_a_damaged_index_is_told(tmp_path: Path, file: str) -> None:
    pack = tmp_path / "goi"
    brought(pack, write(tmp_path, "a.txt", document(passage(1))))
    damaged = next((pack / SHARDS).iterdir()) / file
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    assert any("phần chỉ mục" in fault for fault in whole(pack))
    damaged.unlink()
    with pytest.raises(VanthuError, match="bị hỏng"), opened("thử", pack):
        pass


def test_a_damaged_text_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "goi"
    brought(pack, write(tmp_path, "a.txt", document(passage(1))))
    with sqlite3.connect(pack / FILE) as database:
        database.execute("UPDATE documents SET body = substr(body, 1, 50)")
    database.close()
    assert any("nội dung của văn bản 1" in fault for fault in whole(pack))
    with opened("thử", pack) as one, pytest.raises(VanthuError, match="bị hỏng"):
        one.source(1)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    write(tmp_path, FILE, "không phải SQLite, chỉ là chữ thường đủ dài để bị đọc như đầu tệp " * 20)
    with pytest.raises(VanthuError, match="bị hỏng"), opened("thử", tmp_path):
        pass


def test_a_pack_of_another_version_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "goi"
    brought(pack, write(tmp_path, "a.txt", document(passage(1))))
    with sqlite3.connect(pack / FILE) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(VanthuError, match="bản doclint khác"), opened("thử", pack):
        pass


def test_sources_that_changed_or_went_are_told(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{number}.txt", document(passage(number))) for number in range(3)]
    brought(tmp_path / "goi", *files)
    files[0].unlink()
    write(tmp_path, "1.txt", "khác")
    with opened("thử", tmp_path / "goi") as one:
        reasons = [reason for _, reason in changed_origins(one)]
    assert reasons == ["tệp gốc không còn ở chỗ cũ", "tệp gốc đã đổi từ khi đưa vào gói"]


def test_names_of_all_kinds_are_kept(tmp_path: Path) -> None:
    names = ["hai\ndòng.txt", "dấu 'nháy'.txt", os.fsdecode(b"la-\xff.txt")]
    files = [write(tmp_path, name, document(passage(number))) for number, name in enumerate(names)]
    outcome = brought(tmp_path / "goi", *files)
    assert outcome.refused == []
    assert [entry.origin for entry in held(tmp_path / "goi")] == list(map(str, files))


def test_folders_are_searched_for_documents_only(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    (tmp_path / ".an").mkdir()
    taken = [write(tmp_path, "a.txt", "x"), write(tmp_path / "trong", "b.PDF", "x")]
    for folder, name in ((tmp_path, "~$a.docx"), (tmp_path, "anh.png"), (tmp_path / ".an", "c.txt")):
        write(folder, name, "x")
    (tmp_path / "vong").symlink_to(tmp_path)
    origins, others = found_in([tmp_path, taken[0]])
    assert origins == list(map(str, taken))
    assert others == 1
