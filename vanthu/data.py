"""Where rules/ and corpora/ are: beside the packages in a checkout, inside the wheel when installed."""

from __future__ import annotations

from pathlib import Path

from vanthu.errors import VanthuError


def data_folder(name: str) -> Path:
    """Return the folder ``rules`` or ``corpora``. Raises VanthuError when the installation lacks it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise VanthuError(f"bản cài thiếu thư mục dữ liệu «{name}»", hint="cài lại gói vanthu")


def data_lines(path: Path) -> list[str]:
    """Return the lines of a data file that stands beside the code, without blank ones and those that begin with #."""
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
