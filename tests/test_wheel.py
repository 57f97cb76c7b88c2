"""The built wheel holds everything and works where there is no repository."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("vanthu-*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment that sees this one's dependencies, but not the repository."""
    home = tmp_path_factory.mktemp("máy mới")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    # A path in a .pth file is appended to sys.path, but the .pth files found there are not followed: what this
    # environment installed is seen, the editable link to the repository is not.
    site = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "bin"


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_wheel_holds_rules_and_corpora(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for name in ("rules", "corpora"):
        files = [path.relative_to(ROOT) for path in (ROOT / name).rglob("*") if path.is_file()]
        data = [file.as_posix() for file in files if file.suffix not in (".py", ".pyc")]
        assert data
        assert [file for file in data if f"vanthu/_data/{file}" not in inside] == []
    assert "vanthu/locale/vi/LC_MESSAGES/vanthu.mo" in inside


def test_commands_come_from_the_wheel(scripts: Path, tmp_path: Path) -> None:
    code = "import vanthu, doclint, digitize; print(vanthu.__file__, doclint.__file__, digitize.__file__, sep='\\n')"
    result = run(tmp_path, scripts / "python", "-c", code)
    assert result.returncode == 0, result.stderr
    assert all(Path(line).is_relative_to(scripts.parent) for line in result.stdout.splitlines())


@pytest.mark.parametrize("command", ["doclint", "digitize"])
def test_help_works_outside_the_repository(scripts: Path, tmp_path: Path, command: str) -> None:
    result = run(tmp_path, scripts / command, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Cách dùng: {command}")


def test_rules_are_found_outside_the_repository(scripts: Path, tmp_path: Path) -> None:
    result = run(tmp_path, scripts / "doclint", "rules")
    assert (result.returncode, result.stderr) == (0, "")
    assert "TL03" in result.stdout


def test_shipped_draft_is_checked_outside_the_repository(scripts: Path, tmp_path: Path) -> None:
    code = "from vanthu.data import data_folder; print(data_folder('corpora'))"
    corpora = Path(run(tmp_path, scripts / "python", "-c", code).stdout.strip())
    assert corpora.is_relative_to(scripts.parent)
    result = run(tmp_path, scripts / "doclint", "check", corpora / "drafts/cong-van-chuyen-tiep.docx")
    assert (result.returncode, result.stderr) == (1, "")
    assert "TL03" in result.stdout
