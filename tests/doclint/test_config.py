"""doclint.toml: what is nearest holds, what is locked stays, and every wrong key is told with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from doclint.config import FILE, Settings, read_waivers, settings_for, values
from doclint.rulebook import load
from vanthu.errors import VanthuError
from vanthu.home import HOME


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "nha"))
    below = tmp_path / "co-quan" / "phong"
    below.mkdir(parents=True)
    return below


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings(folder: Path) -> Settings:
    return settings_for(folder, load())


def level(held: Settings, id: str) -> str:
    return next((rule.level for rule in held.rules if rule.id == id), "off")


def test_without_a_file_all_is_as_shipped(folder: Path) -> None:
    held = settings(folder)
    assert held.rules == tuple(load().rules.values())
    assert {value.origin for value in values(held)} == {None}


def test_the_nearest_file_holds_and_each_value_names_its_file(folder: Path) -> None:
    home = written(folder.parents[1] / "nha" / FILE, "[rules]\nNN01 = 'off'\ncum-tu-sai = 'info'\n")
    above = written(
        folder.parent / FILE, "[office]\nname = 'UBND xã Vĩnh Trầm'\n[rules]\nnoi-nhan-qua-rong = 'error'\n"
    )
    near = written(folder / FILE, "[rules]\nCT02 = 'error'\n[office]\nlevel = 'commune'\n")
    held = settings(folder)
    assert (level(held, "noi-nhan-qua-rong"), level(held, "cum-tu-sai")) == ("error", "error")
    assert (held.office.name, held.office.level) == ("UBND xã Vĩnh Trầm", "commune")
    origins = {value.name: value.origin for value in values(held)}
    assert origins["rules.noi-nhan-qua-rong"] == above.resolve()
    assert origins["rules.cum-tu-sai"] == near.resolve()
    assert origins["office.name"] == above.resolve()
    assert origins["office.level"] == near.resolve()
    assert level(settings(folder.parents[1]), "noi-nhan-qua-rong") == "off"
    assert home.exists()


def test_a_rule_switched_off_above_may_be_switched_on_again(folder: Path) -> None:
    written(folder.parent / FILE, "[rules]\nTL03 = 'off'\n")
    assert level(settings(folder), "chi-chuyen-tiep") == "off"
    written(folder / FILE, "[rules]\nTL03 = 'on'\n")
    assert level(settings(folder), "chi-chuyen-tiep") == "error"


def test_options_reach_the_rule(folder: Path) -> None:
    written(folder / FILE, "[options.TL03]\nmax_own_syllables = 30\n")
    held = settings(folder)
    (rule,) = (rule for rule in held.rules if rule.code == "TL03")
    assert rule.options["max_own_syllables"] == 30
    (value,) = (value for value in values(held) if value.name == "options.chi-chuyen-tiep.max_own_syllables")
    assert (value.value, value.origin) == (30, (folder / FILE).resolve())


@pytest.mark.parametrize("near", ["[rules]\nTL03 = 'off'\n", "[options.TL03]\nmax_own_syllables = 9\n"])
def test_what_is_locked_above_cannot_be_changed_below(folder: Path, near: str) -> None:
    written(folder.parent / FILE, "locked = ['TL03']\n")
    assert "chi-chuyen-tiep" in settings(folder).locked
    file = written(folder / FILE, near)
    with pytest.raises(VanthuError, match="đã bị khóa") as caught:
        settings(folder)
    assert caught.value.path == file.resolve()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rule]\nTL03 = 'off'\n", "không có khóa «rule» → ý bạn là «rules»?"),
        ("[rules]\nTL033 = 'off'\n", "không có quy tắc «TL033» → ý bạn là «TL03»?"),
        ("[rules]\nTL03 = 'tắt'\n", "rules.TL03: «tắt» không hợp lệ → chọn một trong: on, off, error, warning, info"),
        ("[options.TL03]\nmax_own_syllable = 3\n", "không có khóa «max_own_syllable» → ý bạn là «max_own_syllables»?"),
        ("[options.TL03]\nmax_own_syllables = 'ba'\n", "phải là số nguyên, không phải «ba»"),
        ("[office]\nlevel = 'xã'\n", "office.level: «xã» không hợp lệ"),
        ("[[waive]]\nrule = 'TL03'\nreason = ' '\n", "waive[0]: phải ghi lý do (reason)"),
        ("[[waive]]\nrule = 'TL03'\n", "waive[0]: thiếu khóa «reason»"),
        ("[rules\n", "TOML sai"),
        ("a = " + "[" * 2000 + "\n", "TOML sai"),
    ],
)
def test_a_fault_names_the_file(folder: Path, text: str, said: str) -> None:
    path = written(folder / FILE, text)
    with pytest.raises(VanthuError) as caught:
        settings(folder)
    assert caught.value.path == path.resolve()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_waivers_of_settings_and_of_the_file_beside_a_draft(folder: Path) -> None:
    written(folder / FILE, "[[waive]]\nrule = 'NN01'\nreason = 'thông lệ của huyện cũ'\n")
    (waiver, path) = settings(folder).waivers[0]
    assert (waiver.rule, waiver.reason, path) == (
        "noi-nhan-qua-rong",
        "thông lệ của huyện cũ",
        (folder / FILE).resolve(),
    )
    draft = folder / "dự thảo.txt"
    assert read_waivers(draft, load()) == ()
    written(folder / f"dự thảo.txt.{FILE}", "[[waive]]\nrule = 'TL03'\nexcerpt = 'sao gửi'\nreason = 'gửi một lần'\n")
    ((beside, _),) = read_waivers(draft, load())
    assert (beside.rule, beside.excerpt) == ("chi-chuyen-tiep", "sao gửi")
