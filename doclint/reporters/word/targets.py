"""Where commented copies are written: beside the drafts or where the user says, over nothing that a person made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from vanthu.errors import VanthuError, os_reason

ENDING = b"\n% ban nhan xet cua doclint\n"
"""The end of a PDF of ours, as long as nobody saves it with a change."""
MEMBER = "docProps/doclint.xml"
"""A part of a Word file of ours that nothing leads to: Word and LibreOffice leave it out when they save."""


def make_folder(folder: Path) -> None:
    """Make the folder for the copies of several files. Raises VanthuError when there can be none of that name."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise VanthuError(
            "nhiều tệp thì --output phải là một thư mục", path=folder, hint="chọn thư mục, hoặc bỏ --output"
        ) from error
    except OSError as error:
        raise VanthuError(f"không tạo được thư mục ({os_reason(error)})", path=folder) from error


def target(draft: Path, suffix: str, folder: Path | None, taken: Sequence[Path]) -> Path:
    """Return the file for the copy of ``draft``: ``NAME.soat.docx``, numbered where that would write over something.

    ``taken`` are the drafts and what was written for others. A copy of ours that nobody has worked in is no loss.
    """
    folder = draft.parent if folder is None else folder
    return next(path for path in _names(folder, draft.stem, suffix) if _is_free(path, taken))


def _names(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    yield folder / f"{stem}.soat{suffix}"
    for number in count(2):
        yield folder / f"{stem}.soat ({number}){suffix}"


def _is_free(path: Path, taken: Sequence[Path]) -> bool:
    if not path.exists():
        return not path.is_symlink()
    return path.is_file() and not any(one.exists() and path.samefile(one) for one in taken) and _is_untouched(path)


def _is_untouched(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    if content.endswith(ENDING):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return MEMBER in package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
