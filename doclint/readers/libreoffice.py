"""One file → .docx by LibreOffice: alone in its folder and profile, with a time limit, without macros or network."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from doclint.readers.limits import MAX_FILE_BYTES, RESAVE, SPLIT, UnreadableDocument

TIMEOUT = 120.0
"""Seconds one conversion may take; a document of 300 pages takes 10."""


def convert_to_docx(content: bytes, suffix: str, filter_name: str, path: Path) -> bytes:
    """Return the bytes of the .docx LibreOffice makes of ``content``.

    ``suffix`` and ``filter_name`` say what it is read as; ``path`` is for messages only. Raises UnreadableDocument when
    LibreOffice is missing, hangs, crashes, or makes nothing.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableDocument(
            f"đọc tệp .{suffix} cần LibreOffice mà máy chưa có",
            "cài bằng: sudo apt-get install libreoffice-writer-nogui; hoặc mở bằng Word rồi lưu thành .docx",
            path=path,
        )
    with tempfile.TemporaryDirectory(prefix="doclint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"van-ban.{suffix}", folder / "ra" / "van-ban.docx"
        source.write_bytes(content)
        command = [
            *_without_network(),
            program,
            f"-env:UserInstallation={_profile(folder).as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            f"--infilter={filter_name}",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source)),
        ]
        code = _run(command, folder, path)
        return _result(target, code, path)


def _run(command: list[str], folder: Path, path: Path) -> int:
    """Run to the end or the time limit and return the exit code; then no process of the command is left."""
    # All that LibreOffice writes goes to the folder, and nothing it could ask of the desktop is there.
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=null, stdout=null, stderr=null, start_new_session=True
    )
    try:
        _limit(process.pid)
        return process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            f"LibreOffice chưa đọc xong sau {TIMEOUT:g} giây nên đã dừng lại",
            RESAVE,
            path=path,
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit(pid: int) -> None:
    """Bound the files the process and its children write; no dump of its memory is left either."""
    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:
        pass


def _result(target: Path, code: int, path: Path) -> bytes:
    if target.is_file() and 0 < target.stat().st_size < MAX_FILE_BYTES:
        return target.read_bytes()
    if target.is_file() and target.stat().st_size:
        raise UnreadableDocument(f"bản chuyển đổi quá giới hạn {MAX_FILE_BYTES // 2**20} MiB", SPLIT, path=path)
    reason = "LibreOffice dừng đột ngột khi đọc tệp" if code else "LibreOffice không mở được tệp, có lẽ tệp hỏng"
    raise UnreadableDocument(reason, "mở bằng Word rồi lưu thành .docx, hoặc lấy lại tệp từ người gửi", path=path)


def _profile(folder: Path) -> Path:
    """Make a user profile with our settings in ``folder`` and return it."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{escape(place)}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for place, name, value in _SETTINGS
    )
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
    return folder / "profile"


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command that starts another one where there is no network, empty where the system forbids it."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "--map-root-user", "--net", "--")
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, timeout=5).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if allowed else ()


_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Java", "Enable", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    # A proxy that is not there: what asks for an address all the same gets nothing.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Links never updated (2), macros off, no Java; names are those of LibreOffice's registry."""
