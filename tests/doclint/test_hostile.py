"""Bad input: one Vietnamese line naming file and reason, the rest goes on, and neither time nor memory runs away."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import vanthu
from doclint.api import check
from doclint.document import Document
from doclint.readers import UnreadableDocument, read
from tests.doclint.hostile import FILES, nested
from tests.doclint.word import OFFICE, p, package, r
from vanthu.files import shown

CLEAN = "Trích yếu nội dung văn bản của xã, không có lỗi nào cả.\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("xau")
    for name, (make, _) in FILES.items():
        make(made / name)
    return made


@pytest.mark.parametrize("name", FILES, ids=ascii)
def test_reason_is_given_in_one_line(folder: Path, name: str) -> None:
    report = check(folder / name)
    assert isinstance(report.error, UnreadableDocument)
    assert FILES[name][1] in report.error.reason
    line = str(report.error)
    assert line.startswith(shown(folder / name) + ": ")
    assert line.isprintable()
    assert report.error.hint
    assert (report.checked, report.verdict, report.findings) == (False, None, ())


def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "kin.txt"
    path.write_text(CLEAN, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("người chạy đọc được mọi tệp (root)")
    report = check(path)
    assert report.error is not None
    assert "không có quyền" in report.error.reason


def test_permission_is_told_in_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kin.txt"
    path.write_text(CLEAN, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    report = check(path)
    assert report.error is not None
    assert report.error.reason == "không mở được tệp (không có quyền)"


def test_name_too_long_is_told_in_vietnamese() -> None:
    report = check(Path("x" * 5000))
    assert report.error is not None
    assert "File name" not in report.error.reason


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.readers.MAX_FILE_BYTES", 2**20)
    path = tmp_path / "lon.txt"
    path.write_text("chữ " * 2**19, encoding="utf-8")
    report = check(path)
    assert report.error is not None
    assert "MiB, quá giới hạn 1 MiB" in report.error.reason


def test_device_is_not_read() -> None:
    report = check(Path("/dev/zero"))
    assert report.error is not None
    assert report.error.reason == "không phải là tệp"


def test_all_of_them_in_one_command(folder: Path, tmp_path: Path) -> None:
    clean = tmp_path / "tốt.txt"
    clean.write_text(CLEAN, encoding="utf-8")
    files = [*(folder / name for name in FILES), clean]
    result = run("check", *files, "--select", "CT02", limit=True)
    assert result.returncode == 2
    assert result.stderr == ""
    for path in files[:-1]:
        lines = [line for line in result.stdout.splitlines() if line.startswith(f"{shown(path)}: ")]
        assert len(lines) == 1
        assert "CHƯA KIỂM TRA ĐƯỢC" in lines[0]
    assert f"{shown(clean)} ──" in result.stdout or f"\n{shown(clean)}\n" in result.stdout
    assert result.stdout.count("CHƯA KIỂM TRA ĐƯỢC") == len(FILES) + 1
    assert f"{len(files)} tệp: 1 đạt, {len(FILES)} CHƯA KIỂM TRA ĐƯỢC" in result.stdout


def test_all_of_them_as_json(folder: Path) -> None:
    result = run("check", *(folder / name for name in FILES), "--format", "json", limit=True)
    assert result.returncode == 2
    documents = json.loads(result.stdout)["documents"]
    assert [document["path"] for document in documents] == [shown(folder / name) for name in FILES]
    for document, (_, reason) in zip(documents, FILES.values(), strict=True):
        assert (document["status"], document["verdict"]) == ("failed", None)
        assert reason in document["error"]


def run(*arguments: str | Path, limit: bool = False) -> subprocess.CompletedProcess[str]:
    """Run doclint; with ``limit`` in 1 GiB of memory and a minute of computing."""

    def restrict() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    return subprocess.run(
        [sys.executable, "-m", "doclint.cli", *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(vanthu.__file__).parent.parent)},
        capture_output=True, text=True, check=False, timeout=120, preexec_fn=restrict if limit else None,
    )  # fmt: skip


def reading(path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    return read(path)


def test_tables_nested_as_deep_as_offices_nest_them_are_read(tmp_path: Path) -> None:
    assert reading(tmp_path / "thu.docx", package(nested(40))).text.strip() == "sâu"


def test_embedded_file_is_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "nhung.docx"
    path.write_bytes(package(p(r("một đoạn")) + '<w:altChunk r:id="rId7"/>'))
    report = check(path)
    assert not report.checked
    assert report.error is not None
    assert report.error.reason.startswith("có 1 tệp chèn nguyên (altChunk) không đọc được")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("mở kết nối mạng")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="http://192.0.2.1/x" TargetMode="External"/>'
            for number, kind in enumerate(("image", "attachedTemplate", "hyperlink", "oleObject"), 7)
        )
        + "</Relationships>"
    )
    body = p('<w:hyperlink r:id="rId9">', r("liên kết"), "</w:hyperlink>", '<w:r><w:object r:id="rId10"/></w:r>')
    document = reading(tmp_path / "thu.docx", package(body, parts={"word/_rels/document.xml.rels": relations.encode()}))
    assert document.text == "liên kết\n"
