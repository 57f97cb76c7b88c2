"""Several files in one command: each by the settings of its folder, in one process or more, and only what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doclint.batch import Batch
from doclint.cli import cli
from doclint.config import FILE
from doclint.reporters.json import render
from vanthu.errors import VanthuError
from vanthu.home import HOME

WRONG = "Các đơn vị đơn đốc, tránh chông chéo.\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "nha"))


def drafts(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.txt" for number in range(count)]
    for path in paths:
        path.write_text(WRONG, encoding="utf-8")
    return paths


def batch(paths: list[Path], baseline: Path | None = None) -> Batch:
    return Batch.planned(paths, ["CT02"], [], "draft", [], baseline)


def test_each_file_is_checked_by_the_settings_of_its_folder(tmp_path: Path) -> None:
    first, second = drafts(tmp_path / "a", 1), drafts(tmp_path / "b", 1)
    (tmp_path / "b" / FILE).write_text("[rules]\nCT02 = 'error'\n", encoding="utf-8")
    levels = [[finding.level for finding in report.findings] for report in batch([*first, *second]).run(1)]
    assert levels == [["warning", "warning"], ["error", "error"]]


def test_several_processes_say_what_one_does(tmp_path: Path) -> None:
    paths = [*drafts(tmp_path / "a", 4), tmp_path / "khong-co.txt"]
    planned = batch(paths)
    assert render(list(planned.run(2))) == render(list(planned.run(1)))


def test_only_what_is_new_is_told(tmp_path: Path) -> None:
    (path,) = drafts(tmp_path / "a", 1)
    old = tmp_path / "cu.json"
    old.write_text(render(list(batch([path]).run(1))), encoding="utf-8")
    path.write_text(WRONG + "Phải chân chính lề lối.\nLại chông chéo.\n", encoding="utf-8")
    (report,) = batch([path], old).run(1)
    assert [finding.excerpt for finding in report.findings] == ["chân chính lề lối", "chông chéo"]
    assert report.known == 2


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"documents": [1]}', "[" * 100_000])
def test_a_report_that_is_none_is_told(tmp_path: Path, content: str) -> None:
    old = tmp_path / "cu.json"
    old.write_text(content, encoding="utf-8")
    with pytest.raises(VanthuError, match="không phải báo cáo JSON"):
        batch(drafts(tmp_path / "a", 1), old)


def test_config_names_the_file_of_each_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE).write_text("[rules]\nCT02 = 'off'\n[office]\nname = 'UBND xã'\n", encoding="utf-8")
    cli.main(["config", str(tmp_path)], standalone_mode=False)
    said = capsys.readouterr().out
    assert str(tmp_path / FILE) in said
    assert 'rules.cum-tu-sai = "off"' in said
    assert (
        json.loads(next(line for line in said.splitlines() if "office.name" in line).partition(" = ")[2]) == "UBND xã"
    )
