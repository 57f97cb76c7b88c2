"""Files LibreOffice reads for us: told by content, converted alone, never touched, and nothing fetched."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import signal
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from doclint.document import DocxPlace, Span
from doclint.readers import libreoffice, read
from doclint.readers.limits import UnreadableDocument
from doclint.readers.office import NOTE, office_format
from tests.doclint.office import TIMEOUT, Office

PARAGRAPHS = [
    "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
    "Số: 12/KH-UBND",
    "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:",
    "Giao Sở Nội vụ chủ trì, báo cáo kết quả trước ngày 15 tháng 6 năm 2026.",
]
FORMATS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="session")
def written(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Our own draft in each format, by LibreOffice itself."""
    folder = tmp_path_factory.mktemp("van-phong")
    draft = docx.Document()
    for text in PARAGRAPHS:
        draft.add_paragraph(text)
    draft.save(str(folder / "van-ban.docx"))
    for suffix, name in FORMATS.items():
        command = [office.program, f"-env:UserInstallation={office.profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", f"{suffix}:{name}", "--outdir", str(folder), str(folder / "van-ban.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    html = "".join(f"<p>{text}</p>\n" for text in PARAGRAPHS)
    made = {suffix: (folder / f"van-ban.{suffix}").read_bytes() for suffix in FORMATS}
    head = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"></head>'
    return made | {"html": f"{head}<body>{html}</body></html>".encode()}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where temporary files go; what stays there after a test is litter."""
    folder = tmp_path / "tam"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("kind", [*FORMATS, "html"])
def test_each_format_is_read_under_a_doc_name(
    written: dict[str, bytes], kind: str, tmp_path: Path, temporary: Path
) -> None:
    folder = tmp_path / "chi-doc"
    folder.mkdir()
    path = folder / "văn bản; $(rm) 'gốc'.doc"
    path.write_bytes(written[kind])
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        document = read(path)
        assert [entry.name for entry in folder.iterdir()] == [path.name]
    finally:
        folder.chmod(0o755)
    assert document.format == kind
    assert document.notes[0] == NOTE
    assert [document.at(block.span) for block in document.blocks] == PARAGRAPHS
    start = document.text.index("Sở Nội vụ")
    place = document.place(Span(start, start + 9))
    assert isinstance(place, DocxPlace)
    assert place.label == "đoạn 4"
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(written[kind]).digest()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{\\rtf1 a}", "rtf"),
        (b"\xef\xbb\xbf\r\n{\\rtf1 a}", "rtf"),
        (b"<!-- x --> <!DOCTYPE HTML PUBLIC '-//W3C//DTD'>", "html"),
        (b"\xef\xbb\xbf<html>", "html"),
        ("\ufeff<HTML><body>".encode("utf-16-le"), "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
        ("Thẻ <html> trong câu".encode(), None),
        (b"%PDF-1.7", None),
        (b"# H1\n**RTF**", None),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", None),
        (b"", None),
    ],
)
def test_formats_are_told_by_content(content: bytes, kind: str | None) -> None:
    found = office_format(content, Path("x.doc"))
    assert (found.name if found else None) == kind


def odt(manifest: str, size: int = 10) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", b"\0" * size, zipfile.ZIP_DEFLATED)
        package.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    return OLE + b"\0" * 1016 + b"".join(name.encode("utf-16-le") + b"\0" * 64 for name in streams)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ole("EncryptedPackage"), "tệp Word đặt mật khẩu"),
        (ole("Workbook"), "bảng tính Excel"),
        (ole("PowerPoint Document"), "bản trình chiếu"),
        (ole("WordDocument"), "hỏng hoặc không phải văn bản Word"),
        (OLE, "hỏng hoặc không phải văn bản Word"),
        (odt("<manifest:encryption-data/>"), "ODT đặt mật khẩu"),
        (odt("<x/>")[:90], "ODT bị cắt cụt hoặc hỏng"),
        (odt("<x/>", 401 * 2**20), "quá giới hạn 400 MiB"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "dạng XML"),
    ],
    ids=range(10),
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "la.doc"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=message) as caught:
        read(path)
    assert caught.value.hint


def test_a_doc_with_a_password_is_refused(written: dict[str, bytes], tmp_path: Path) -> None:
    content = bytearray(written["doc"])
    header = next(start for start in range(512, len(content), 512) if content[start : start + 2] == b"\xec\xa5")
    content[header + 11] |= 1
    path = tmp_path / "mat-khau.doc"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=r"tệp \.doc đặt mật khẩu"):
        read(path)


@pytest.mark.parametrize("kept", [700, 2_500, 0.5])
def test_a_truncated_doc_is_refused_or_read_in_part(
    written: dict[str, bytes], kept: float, tmp_path: Path, temporary: Path
) -> None:
    whole = written["doc"]
    path = tmp_path / "cut.doc"
    path.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    with pytest.raises(UnreadableDocument):
        read(path)
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_ten_thousand_nested_groups_do_not_hang_or_crash_us(office: Office, tmp_path: Path, temporary: Path) -> None:
    path = tmp_path / "long.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * 10_000 + b"Th\\'e0nh" + b"}" * 10_000 + b"}")
    began = time.monotonic()
    try:
        document = read(path)
    except UnreadableDocument as error:
        assert "LibreOffice" in str(error)
    else:
        assert "Thành" in document.text
    assert time.monotonic() - began < 60
    assert list(temporary.iterdir()) == []


@pytest.fixture
def requests() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the requests it has had."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


def linked_html(address: str) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f'<html><head><meta charset="utf-8"><link rel="stylesheet" href="{address}/a.css">'
        f'<base href="{address}/"><script src="{address}/a.js"></script></head>'
        f'<body background="{address}/nen.png"><img src="{address}/anh.png"><img src="anh2.png">{body}'
        f'<iframe src="{address}/khung.html"></iframe><object data="{address}/doi-tuong.swf"></object></body></html>'
    ).encode()


def linked_rtf(address: str) -> bytes:
    text = "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in " ".join(PARAGRAPHS))
    fields = "".join(
        "{\\field{\\*\\fldinst " + code + "}{\\fldrslt x}}"
        for code in (f'INCLUDEPICTURE "{address}/a.png" \\\\d', f'INCLUDETEXT "{address}/a.rtf"')
    )
    return (f"{{\\rtf1{{\\*\\template {address}/mau.dot}}{fields}\\par {text}}}").encode("ascii")


@pytest.mark.slow
@pytest.mark.parametrize(("made", "isolated"), [(linked_html, True), (linked_html, False), (linked_rtf, False)])
def test_nothing_is_fetched(
    office: Office,
    requests: tuple[str, list[str]],
    made: Callable[[str], bytes],
    isolated: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not isolated:
        # Where the system forbids namespaces, the profile alone must do.
        monkeypatch.setattr(libreoffice, "_without_network", lambda: ())
    address, seen = requests
    path = tmp_path / "lien-ket.doc"
    path.write_bytes(made(address))
    assert PARAGRAPHS[3] in read(path).text
    assert seen == []


def test_the_server_of_this_test_sees_what_is_fetched(requests: tuple[str, list[str]]) -> None:
    import urllib.error
    import urllib.request

    address, seen = requests
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}/a.css", timeout=5)
    assert seen == ["/a.css"]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a shell script of the given body in the place of LibreOffice."""

    def place(body: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return folder

    return place


RTF = b"{\\rtf1 Xin ch\\'e0o}"


def test_a_hanging_libreoffice_is_killed_with_its_children(
    fake: Callable[[str], Path], tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    fake(f"sleep 300 & echo $$ $! > {pids}; touch litter; wait")
    monkeypatch.setattr(libreoffice, "TIMEOUT", 1.0)
    path = tmp_path / "treo.rtf"
    path.write_bytes(RTF)
    began = time.monotonic()
    with pytest.raises(UnreadableDocument, match="chưa đọc xong sau 1 giây"):
        read(path)
    assert time.monotonic() - began < 10
    assert_gone(pids)
    assert list(temporary.iterdir()) == []


def test_ctrl_c_leaves_nothing_behind(fake: Callable[[str], Path], tmp_path: Path, temporary: Path) -> None:
    pids = tmp_path / "pids"
    fake(f"sleep 300 & echo $$ $! > {pids}; wait")
    path = tmp_path / "treo.rtf"
    path.write_bytes(RTF)
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        read(path)
    timer.join()
    assert_gone(pids)
    assert list(temporary.iterdir()) == []


def assert_gone(pids: Path) -> None:
    numbers = [int(number) for number in pids.read_text().split()]
    assert len(numbers) == 2
    deadline = time.monotonic() + 5
    while any(alive(number) for number in numbers):
        assert time.monotonic() < deadline, "tiến trình còn sót"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("body", "message"),
    [("exit 0", "không mở được tệp"), ("exit 77", "dừng đột ngột"), ("kill -SEGV $$", "dừng đột ngột")],
)
def test_a_failing_libreoffice_is_said_so(
    fake: Callable[[str], Path], body: str, message: str, tmp_path: Path, temporary: Path
) -> None:
    fake(body)
    path = tmp_path / "hong.rtf"
    path.write_bytes(RTF)
    with pytest.raises(UnreadableDocument, match=message):
        read(path)
    assert list(temporary.iterdir()) == []


def test_an_endless_result_is_refused(
    fake: Callable[[str], Path], tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "MAX_FILE_BYTES", 2**20)
    fake("mkdir ra; head -c 50000000 /dev/zero > ra/van-ban.docx")
    path = tmp_path / "lon.rtf"
    path.write_bytes(RTF)
    with pytest.raises(UnreadableDocument, match="quá giới hạn 1 MiB"):
        read(path)
    assert list(temporary.iterdir()) == []


def test_without_libreoffice_the_package_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "cu.doc"
    path.write_bytes(RTF)
    with pytest.raises(UnreadableDocument, match=r"cần LibreOffice.*libreoffice-writer-nogui"):
        read(path)


@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("42_1998_CT-UBND", "doc", "TỈNH QUẢNG BÌNH"),
        ("12_2010_QĐ-TTg", "doc", "Số: 12/2010/QĐ-TTg"),  # its styles name .VnTime over text that is Unicode
        ("PLTT05", "doc", "Số thuế phải nộp của Nhà thầu"),  # stray cells of TCVN3
        ("60_2003_QĐ-UB", "rtf", "TỈNH NGHỆ AN"),
        ("122_2008_TTLT-BTC-BQP", "html", "BỘ TÀI CHÍNH-BỘ QUỐC PHÒNG"),
    ],
)
def test_real_files_are_read_whatever_their_name_says(
    office: Office, shared: Path, name: str, kind: str, expected: str
) -> None:
    document = read(shared / "data/legacy-doc" / f"{name}.doc")
    assert document.format == kind
    assert expected in document.text
