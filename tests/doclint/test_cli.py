"""The command as its callers meet it: exit codes, choices of rules, where the report goes, which words are printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import vanthu
from doclint.cli import cli
from doclint.rulebook import load
from vanthu.errors import VanthuError
from vanthu.exit_codes import DoclintExit

CLEAN = "Các đơn vị đôn đốc, tránh chồng chéo.\n"
WARNING = "Các đơn vị đơn đốc, tránh chông chéo.\n"
ERROR = "KẾ HOẠCH\nThực hiện Quyết định số 534 /QĐ-TTg ngày 31/3/2026 của Thủ tướng Chính phủ\n"
ENGLISH = re.compile(r"\b(?:usage|options|commands|show|this|message|and|exit|the|version|error|file|default)\b", re.I)
ROOT = str(Path(vanthu.__file__).parent.parent)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {"clean": CLEAN, "warning": WARNING, "error": ERROR, "failed": ""}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: tmp_path / f"{name}.txt" for name in texts}


def doclint(*arguments: str | Path) -> tuple[int, str]:
    """Return what the command gives its caller and prints, in this process."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value), result.output


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "doclint.cli", *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ROOT, **environment}, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "fail_on", "code"),
    [
        ("clean", "info", "CLEAN"),
        ("warning", "error", "CLEAN"),
        ("warning", "warning", "FINDINGS"),
        ("warning", "info", "FINDINGS"),
        ("error", "error", "FINDINGS"),
        ("clean error", "error", "FINDINGS"),
        ("warning clean", "error", "CLEAN"),
        ("failed", "error", "NOT_CHECKED"),
        ("failed clean", "error", "NOT_CHECKED"),
        ("failed error warning", "info", "NOT_CHECKED"),
    ],
)
@pytest.mark.parametrize("form", ["terminal", "json"])
def test_exit_codes(files: dict[str, Path], given: str, fail_on: str, code: str, form: str) -> None:
    chosen = [files[name] for name in given.split()]
    returned, printed = doclint("check", *chosen, "--select", "CT02,VD01", "--fail-on", fail_on, "--format", form)
    assert returned == DoclintExit[code]
    assert ("failed" in printed) == ("failed" in given)


def test_failure_is_never_shown_as_clean(files: dict[str, Path]) -> None:
    _, printed = doclint("check", files["failed"])
    assert "CHƯA KIỂM TRA ĐƯỢC: tệp rỗng (0 byte)" in printed
    assert "Đạt" not in printed
    _, printed = doclint("check", files["failed"], files["clean"], "--select", "CT02")
    assert printed.splitlines()[-1] == "2 tệp: 1 đạt, 1 CHƯA KIỂM TRA ĐƯỢC"


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "cum-tu-sai"], {"cum-tu-sai"}),
        (["--select", "CT02"], {"cum-tu-sai"}),
        (["--select", "ct02, TT20,CT02"], {"cum-tu-sai", "thanh-phan-bat-buoc"}),
        (["--ignore", "TT20"], {"cum-tu-sai"}),
        (["--select", "CT02,TT20", "--ignore", "cum-tu-sai"], {"thanh-phan-bat-buoc"}),
    ],
)
def test_rules_are_chosen_by_id_and_code(files: dict[str, Path], options: list[str], rules: set[str]) -> None:
    _, printed = doclint("check", files["warning"], "--format", "json", *options)
    found = [finding["rule"] for finding in json.loads(printed)["documents"][0]["findings"]]
    assert set(found) == rules
    assert found.count("cum-tu-sai") == (2 if "cum-tu-sai" in rules else 0)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_rule_stops_the_command(files: dict[str, Path], option: str) -> None:
    with pytest.raises(VanthuError, match="không có quy tắc «cum-tu-sia» → ý bạn là «cum-tu-sai»"):
        doclint("check", files["clean"], option, "cum-tu-sia")
    result = process("check", files["clean"], option, "cum-tu-sia")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode() == "Lỗi: không có quy tắc «cum-tu-sia» → ý bạn là «cum-tu-sai»?\n"


def test_blank_number_is_a_fault_of_the_issued_only(tmp_path: Path) -> None:
    draft = tmp_path / "thu.txt"
    draft.write_text("Số:     /KH-UBND\nKẾ HOẠCH\nTrồng cây\n", encoding="utf-8")
    assert doclint("check", draft, "--select", "TT08")[0] == DoclintExit.CLEAN
    code, printed = doclint("check", draft, "--select", "TT08", "--stage", "issued")
    assert code == DoclintExit.FINDINGS
    assert "chưa có số" in printed


def test_report_goes_whole_to_its_file(files: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.json"
    target.write_text("cũ", encoding="utf-8")
    before = set(tmp_path.iterdir())
    code, printed = doclint("check", files["warning"], "--format", "json", "--output", target, "--with-text")
    assert (code, printed) == (DoclintExit.CLEAN if code == 0 else DoclintExit.FINDINGS, "")
    assert json.loads(target.read_text("utf-8"))["documents"][0]["text"] == WARNING
    assert set(tmp_path.iterdir()) == before
    doclint("check", files["warning"], "--output", target)
    assert target.read_text("utf-8").startswith(f"{files['warning']}")
    assert "\x1b" not in target.read_text("utf-8")


@pytest.mark.parametrize("target", ["khong-co/bao-cao.json", "warning.txt/bao-cao.json"])
def test_report_that_cannot_be_written_is_said(files: dict[str, Path], tmp_path: Path, target: str) -> None:
    result = process("check", files["clean"], "--output", tmp_path / target)
    assert result.returncode == 2
    line = result.stderr.decode()
    assert line.startswith(f"Lỗi: {tmp_path / target}: không ghi được báo cáo")
    assert line.count("\n") == 1


def test_rules_lists_every_rule() -> None:
    code, printed = doclint("rules")
    assert code == 0
    for rule in load().rules.values():
        assert re.search(rf"^{rule.code} +{rule.id} ", printed, re.MULTILINE)


@pytest.mark.parametrize("name", ["noi-nhan-qua-rong", "NN01", "nn01"])
def test_explain_tells_why_by_which_law_and_with_examples(name: str) -> None:
    code, printed = doclint("explain", name)
    assert code == 0
    text = " ".join(printed.split())
    parts = ("NN01", "Tên: noi-nhan-qua-rong", "Vì sao:", "Cần làm:", "Căn cứ", "226-KL/TW", "Bị báo", "Không bị báo")
    assert [words for words in parts if words not in text] == []


def test_every_rule_can_be_explained() -> None:
    for rule in load().rules.values():
        assert rule.title in " ".join(doclint("explain", rule.code)[1].split())


def test_explain_of_no_rule_is_an_error() -> None:
    result = process("explain", "noi-nhan")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("Lỗi: không có quy tắc «noi-nhan»")


def test_error_of_ours_in_one_file_spares_the_others(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from doclint import api

    honest = api.dissect

    def stumble(document: object) -> object:
        if "đơn đốc" in document.text:  # type: ignore[attr-defined]
            raise RuntimeError("hỏng\nhai dòng")
        return honest(document)  # type: ignore[arg-type]

    monkeypatch.setattr(api, "dissect", stumble)
    code, printed = doclint("check", files["warning"], files["error"], files["clean"], "--select", "VD01,CT02")
    assert code == DoclintExit.NOT_CHECKED
    assert "warning.txt: CHƯA KIỂM TRA ĐƯỢC: chương trình gặp lỗi với tệp này (RuntimeError: hỏng hai dòng)" in printed
    assert "VD01" in printed
    assert "3 tệp: 1 cần sửa trước khi ban hành, 1 đạt, 1 CHƯA KIỂM TRA ĐƯỢC" in printed


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["rules", "--help"], ["explain", "--help"], []])
def test_help_is_vietnamese(arguments: list[str]) -> None:
    result = process(*arguments, LANG="en_US.UTF-8")
    printed = re.sub(r"--[\w-]+|\[[\w|]+\]", " ", (result.stdout + result.stderr).decode())
    assert "Cách dùng: doclint" in printed
    assert ENGLISH.findall(printed) == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['doclint', '--help']\n"
        "from doclint.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('docx', 'lxml', 'pdfplumber', 'pdfminer', 'spacy', 'rich', 'yaml', 'doclint.api')"
        " if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
def test_vietnamese_is_printed_whatever_the_language_of_the_machine(
    files: dict[str, Path], environment: dict[str, str]
) -> None:
    result = process("check", files["warning"], files["failed"], **environment)
    assert (result.returncode, result.stderr) == (2, b"")
    assert "«đơn đốc» có lẽ là «đôn đốc»." in result.stdout.decode()
    assert process("explain", "khong", **environment).stderr.decode().startswith("Lỗi: không có quy tắc")


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "NN01"], ["check", "{error}", "--format", "json"]])
def test_reader_that_leaves_gets_no_traceback(files: dict[str, Path], arguments: list[str]) -> None:
    command = [sys.executable, "-m", "doclint.cli", *(argument.format(**files) for argument in arguments)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": ROOT}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.stderr.read() == b""


def test_report_never_replaces_a_draft(files: dict[str, Path]) -> None:
    before = files["clean"].read_bytes()
    result = process("check", "--output", str(files["clean"]), str(files["clean"]))
    assert result.returncode == DoclintExit.NOT_CHECKED
    assert "ghi đè lên dự thảo" in result.stderr.decode()
    assert files["clean"].read_bytes() == before


def test_no_rule_left_is_an_error() -> None:
    result = process("check", "--select", "NN01", "--ignore", "NN01", "x.txt")
    assert result.returncode == DoclintExit.NOT_CHECKED
    assert "không còn quy tắc nào" in result.stderr.decode()


def test_document_that_no_rule_is_for_is_not_called_good(files: dict[str, Path]) -> None:
    code, printed = doclint("check", files["clean"], "--select", "NV03")
    assert code == 0
    assert "Chưa soát gì" in printed
    assert "Đạt" not in printed
