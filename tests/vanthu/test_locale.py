"""Click speaks Vietnamese: the catalogue is complete, sound and compiled, and a real command prints no English."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import vanthu

FOLDER = Path(vanthu.__file__).parent / "locale/vi/LC_MESSAGES"

SAMPLE = """
from pathlib import Path
import click
from vanthu.command import run

@click.group()
@click.version_option("1.0")
def main(): ...

@main.command()
@click.argument("tep", metavar="TỆP", type=click.Path(exists=True, dir_okay=False))
@click.option("--mau", type=click.Choice(["trang", "xanh"]), default="trang", show_default=True)
@click.option("--so", type=click.IntRange(min=1), required=True)
@click.option("--ten")
def soat(**values): ...

run(main, program="thu", usage_error=2, stopped=3)
"""


def read_catalog() -> Catalog:
    with (FOLDER / "vanthu.po").open("rb") as file:
        return read_po(file, locale="vi")


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def messages_of_click() -> list[tuple[str, ...]]:
    found = extract_from_dir(Path(click.__file__).parent)
    return sorted({forms(message) for _file, _line, message, _comments, _context in found})


def translated_messages() -> list[Message]:
    return [message for message in read_catalog() if message.id]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}|%\(\w+\)s", text))


def english_words() -> set[str]:
    text = " ".join(form for message in messages_of_click() for form in message)
    own = {"options", "command", "args", "integer", "text", "float"}
    return set(re.findall(r"[a-z]{3,}", re.sub(r"\{[^}]*\}", " ", text.lower()))) | own


def thu(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    sample = tmp_path / "sample.py"
    sample.write_text(SAMPLE, encoding="utf-8")
    environment = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en", "PYTHONPATH": str(Path(vanthu.__file__).parent.parent)}
    return subprocess.run(
        [sys.executable, sample, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )


def test_compiled_catalogue_is_the_source() -> None:
    with (FOLDER / "vanthu.mo").open("rb") as file:
        compiled = read_mo(file)
    expected = {forms(message.id): forms(message.string) for message in translated_messages()}
    assert {forms(message.id): forms(message.string) for message in compiled if message.id} == expected


def test_every_message_of_click_is_translated() -> None:
    translated = {forms(message.id) for message in translated_messages() if all(forms(message.string))}
    assert [message for message in messages_of_click() if message not in translated] == []


@pytest.mark.parametrize("message", translated_messages(), ids=lambda message: forms(message.id)[0])
def test_placeholders_are_the_same(message: Message) -> None:
    # One Vietnamese form serves singular and plural: what it must hold is what the plural holds. click puts "file" or
    # "directory" in capitals into {name}, which Vietnamese cannot use.
    wanted = placeholders(forms(message.id)[-1]) - ({"{name}"} if "{filename!r}" in message.id else set())
    assert placeholders(forms(message.string)[0]) == wanted


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--help"], 0, "Cách dùng: thu [TÙY CHỌN] LỆNH [THAM SỐ]..."),
        (["--version"], 0, "thu, phiên bản 1.0"),
        (["soat", "--help"], 0, "--so SỐ NGUYÊN"),
        ([], 2, "Hiện hướng dẫn này rồi thoát."),
        (["soatt"], 2, "Lỗi: Không có lệnh 'soatt'. (Có phải: 'soat'?)"),
        (["soat"], 2, "Lỗi: Thiếu tham số 'TỆP'."),
        (["soat", "sample.py"], 2, "Lỗi: Thiếu tùy chọn '--so'."),
        (["soat", "--teen=x"], 2, "Lỗi: Không có tùy chọn '--teen'. (Có phải: '--ten'?)"),
        (["soat", "--ten"], 2, "Lỗi: Tùy chọn '--ten' cần kèm 1 giá trị."),
        (["soat", "sample.py", "--so=0"], 2, "0 nằm ngoài khoảng cho phép x>=1."),
        (["soat", "sample.py", "--so=a"], 2, "'a' không phải là số nguyên."),
        (["soat", "sample.py", "--so=1", "--mau=do"], 2, "'do' không phải một trong: 'trang', 'xanh'."),
        (["soat", "sample.py", "khac.py", "--so=1"], 2, "Lỗi: Thừa tham số: khac.py"),
        (["soat", "khong-co", "--so=1"], 2, "Không tìm thấy 'khong-co'."),
        (["soat", ".", "--so=1"], 2, "'.' là một thư mục, không phải tệp."),
    ],
)
def test_command_line_prints_no_english(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    result = thu(tmp_path, *arguments)
    printed = result.stdout + result.stderr
    assert result.returncode == code
    assert said in printed
    words = re.findall(r"\w+", re.sub(r"--\w+", "", printed.lower()))
    assert set(words) & english_words() == set()
