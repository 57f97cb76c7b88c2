"""The numbers other programs rely on, and how run() chooses among them."""

import subprocess
import sys
from pathlib import Path

import pytest

import vanthu
from vanthu.exit_codes import DigitizeExit, DoclintExit

PROGRAM = """
import click
from vanthu.command import run
from vanthu.errors import VanthuError

@click.command()
@click.argument("what")
def main(what):
    if what == "error":
        raise VanthuError("tệp rỗng", path="a.pdf", hint="quét lại")
    if what == "interrupt":
        raise KeyboardInterrupt
    return int(what)

run(main, program="thu", usage_error=2, stopped=3)
"""


def thu(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(vanthu.__file__).parent.parent)}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_numbers_are_the_promised_ones() -> None:
    assert {code.name: int(code) for code in DoclintExit} == {"CLEAN": 0, "FINDINGS": 1, "NOT_CHECKED": 2}
    assert {code.name: int(code) for code in DigitizeExit} == {"DONE": 0, "SOME_FAILED": 1, "USAGE": 2, "STOPPED": 3}


def test_each_number_has_its_own_meaning() -> None:
    meanings = [code.meaning for code in (*DoclintExit, *DigitizeExit)]
    assert len(set(meanings)) == len(meanings) == 7


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [
        ("0", 0, ""),
        ("1", 1, ""),
        ("error", 2, "Lỗi: a.pdf: tệp rỗng → quét lại\n"),
        ("interrupt", 3, "\nĐã dừng theo yêu cầu.\n"),
    ],
)
def test_run_ends_with_the_code_and_one_line(argument: str, code: int, said: str) -> None:
    result = thu(argument)
    assert (result.returncode, result.stdout, result.stderr) == (code, "", said)


def test_wrong_command_line_is_a_usage_error() -> None:
    result = thu()
    assert result.returncode == 2
    assert "Thiếu tham số" in result.stderr


def test_reader_that_leaves_early_gets_no_traceback() -> None:
    program = PROGRAM.replace("return int(what)", "[click.echo('x' * 1000) for _ in range(1000)]")
    with subprocess.Popen(
        [sys.executable, "-c", program, "0"],
        env={"PYTHONPATH": str(Path(vanthu.__file__).parent.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
