"""What the READMEs and docs/ promise is what the commands do."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from digitize.cli import cli as digitize
from doclint.cli import cli as doclint
from doclint.reporters import terminal
from doclint.reporters.words import LEVEL_NAMES, VERDICTS
from vanthu.exit_codes import DigitizeExit, DoclintExit

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
ENGLISH = ROOT / "README.en.md"
REFERENCE = ROOT / "docs/dong-lenh.md"
GUIDE = ROOT / "docs/huong-dan-soan-thao.md"
PAGES = [README, ENGLISH, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROGRAMS = {"doclint": doclint, "digitize": digitize}


def commands_of(name: str, command: click.Command) -> dict[str, click.Command]:
    """Return a command and, of a group, all commands below it, by what one types."""
    inner = command.commands if isinstance(command, click.Group) else {}
    below = (commands_of(f"{name} {word}", one) for word, one in inner.items())
    return {name: command, **{line: one for found in below for line, one in found.items()}}


COMMANDS = {line: one for name, program in PROGRAMS.items() for line, one in commands_of(name, program).items()}


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str = r"\w*") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(page), re.MULTILINE | re.DOTALL)


def command_lines(page: Path) -> list[str]:
    """Return what the page tells people to type."""
    typed = "".join(blocks(page, "sh")).splitlines()
    return typed + re.findall(r"^\$ (.+)", "".join(blocks(page, "console")), re.MULTILINE)


def sample(page: Path, start: str) -> tuple[str, str]:
    """Return a command that the page shows and what it is said to print."""
    shown = next(part for block in blocks(page, "console") for part in block.split("$ ") if part.startswith(start))
    line, _, output = shown.partition("\n")
    return line, output


def run(line: str) -> tuple[int, str]:
    """Return the exit code of a command and what the terminal shows of it, blanks and line ends alike."""
    program, *arguments = shlex.split(line)
    result = subprocess.run(
        [sys.executable, "-c", f"from {program}.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return result.returncode, squeezed(result.stdout)


def has_gaps(output: str) -> re.Pattern[str]:
    """Return a pattern for what the page shows: blanks and line ends are alike, […] stands for anything."""
    return re.compile(".*".join(re.escape(" ".join(piece.split())) for piece in output.split("[…]")), re.DOTALL)


def squeezed(output: str) -> str:
    return " ".join(output.split())


@pytest.mark.parametrize("page", [README, ENGLISH, GUIDE], ids=lambda page: page.name)
def test_command_lines_exist(page: Path) -> None:
    lines = command_lines(page)
    assert lines
    targets = re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE)
    for line in lines:
        program, *arguments = shlex.split(line.removeprefix(".venv/bin/"))
        if program == "make":
            assert arguments[0] in targets, line
            continue
        command = COMMANDS[f"{program} {arguments[0]}"]
        # Raises UsageError for an option or argument that the command does not have.
        command.make_context(arguments[0], arguments[1:])


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_sample_is_what_doclint_prints(page: Path) -> None:
    line, output = sample(page, "doclint check")
    code, printed = run(line)
    assert code == DoclintExit.FINDINGS
    assert has_gaps(output).fullmatch(printed), f"chạy lại {line} và chép kết quả vào {page.name}"


@pytest.mark.slow
def test_sample_is_what_digitize_prints(tmp_path: Path) -> None:
    for start in ("digitize run", "digitize search"):
        line, output = sample(README, start)
        # What is read on a page differs with the version of Tesseract: snippets, three blanks in, are left out.
        stable = re.sub(r"^   … .*?(?=^   \[…\])", "[…]", output, flags=re.MULTILINE | re.DOTALL)
        code, printed = run(line.replace("--archive kho", f"--archive {tmp_path}/kho"))
        assert code == DigitizeExit.DONE
        assert has_gaps(stable).fullmatch(printed.replace(f"--archive {tmp_path}/kho", "--archive kho")), printed


def test_exit_codes_are_those_of_the_programs() -> None:
    codes = sorted({*map(int, DoclintExit), *map(int, DigitizeExit)})
    meanings = [{int(code): code.meaning for code in exits} for exits in (DoclintExit, DigitizeExit)]
    table = [[str(code), *(meaning.get(code, "—") for meaning in meanings)] for code in codes]
    assert exit_codes(README) == table
    empty = [[cell if cell == "—" else "" for cell in row[1:]] for row in table]
    assert [row[0] for row in exit_codes(ENGLISH)] == [row[0] for row in table]
    assert [[cell if cell == "—" else "" for cell in row[1:]] for row in exit_codes(ENGLISH)] == empty


def exit_codes(page: Path) -> list[list[str]]:
    rows = re.findall(r"^\| (\d) \| (.+) \| (.+) \|$", read(page), re.MULTILINE)
    return [list(row) for row in rows]


def test_both_readmes_have_the_same_parts() -> None:
    assert blocks(README) == blocks(ENGLISH)
    shapes = [re.findall(r"^(#+) |^(\|[-|]+\|)$|^(- )", read(page), re.MULTILINE) for page in (README, ENGLISH)]
    assert shapes[0] == shapes[1]
    links = [re.findall(r"\]\(([^)]+)\)", read(page)) for page in (README, ENGLISH)]
    assert links[0][1:] == links[1][1:]
    assert (links[0][0], links[1][0]) == (ENGLISH.name, README.name)


def test_reference_tells_of_every_command_and_option_and_no_other() -> None:
    sections = {part.partition("\n")[0]: part for part in read(REFERENCE).split("\n## ")[1:]}
    assert set(sections) == set(COMMANDS)
    for name, command in COMMANDS.items():
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert set(re.findall(r"--[a-z][a-z-]*", sections[name])) == options, name
        for parameter in command.params:
            told = [parameter.default] if isinstance(parameter.default, int | str) and parameter.default else []
            if isinstance(parameter.type, click.Choice):
                told += parameter.type.choices
            assert all(f"{value}" in sections[name] for value in told), f"{name}: {parameter.name} nhận {told}"


def test_guide_explains_every_verdict_and_level() -> None:
    guide = read(GUIDE)
    for heading in VERDICTS.values():
        assert f"| **{heading}** |" in guide
    for level, name in LEVEL_NAMES.items():
        assert f"| {terminal._LEVELS[level][0]} | {name} |" in guide


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", read(page)):
        if "://" in link:
            continue
        path, _, fragment = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not fragment or fragment in anchors(target), link


def anchors(page: Path) -> set[str]:
    """Return the places on a page that a link can lead to, headings as code forges name them."""
    headings = re.findall(r"^#+ (.+)", read(page), re.MULTILINE)
    named = re.findall(r'<a id="([^"]+)">', read(page))
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings} | set(named)


def test_index_lists_every_page() -> None:
    linked = set(re.findall(r"\]\(([^)#]+)", read(ROOT / "docs/README.md")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= linked
