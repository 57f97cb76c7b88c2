"""The packs of this computer: where they are, which there are, and the default one."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from doclint.reuse.packs.database import FILE, VERSION
from doclint.reuse.packs.pack import Pack, opened, sha256_of
from vanthu.data import data_folder
from vanthu.errors import VanthuError
from vanthu.home import home_folder

DEFAULT = "mau"
"""The name of the pack of our own specimens."""


@dataclass(frozen=True)
class Library:
    """The packs that drafts are compared with. ``chosen`` were named: then the level of a document is no matter."""

    packs: tuple[Pack, ...]
    chosen: bool = False


def packs_folder() -> Path:
    """Return the folder of this user's packs."""
    return home_folder() / "packs"


def pack_folder(name: str) -> Path:
    """Return the folder of the pack ``name``: one of this user's, or the folder itself where a path is written."""
    if set(name) & {"/", os.sep}:
        return Path(name).absolute()
    if not name or name.startswith(".") or not name.isprintable():
        raise VanthuError(f"tên gói «{name}» không dùng được", hint="đặt tên như van-ban-tinh")
    return packs_folder() / name


def pack_names() -> list[str]:
    """Return the names of this user's packs."""
    names = (file.parent.name for file in packs_folder().glob(f"*/{FILE}"))
    return sorted(name for name in names if not name.startswith("."))


@contextmanager
def library(names: Sequence[str] = ()) -> Iterator[Library]:
    """Open the packs named, or all of this user's and the default one when none is.

    Raises VanthuError for a missing or damaged one.
    """
    with ExitStack() as stack:
        packs = [stack.enter_context(opened(name, pack_folder(name))) for name in names or pack_names()]
        if not names:
            packs.append(stack.enter_context(_default()))
        yield Library(tuple(packs), chosen=bool(names))


@contextmanager
def _default() -> Iterator[Pack]:
    """Open the pack of the specimens in corpora/superior: built when it is first wanted, anew when it does not fit.

    Where this user may write nothing it lives as long as it is open.
    """
    files = [str(path) for path in sorted((data_folder("corpora") / "superior").iterdir())]
    digest = hashlib.sha256("".join(map(sha256_of, map(Path, files))).encode()).hexdigest()[:12]
    folder = packs_folder() / f".{DEFAULT}-{VERSION}-{digest}"
    with ExitStack() as stack:
        try:
            pack = stack.enter_context(opened(DEFAULT, folder))
        except VanthuError:
            pack = stack.enter_context(opened(DEFAULT, _built(folder, files, stack)))
        yield pack


def _built(folder: Path, files: Sequence[str], stack: ExitStack) -> Path:
    """Build the default pack in ``folder``, or where it lives as long as ``stack``; return where it is."""
    # Most runs build nothing, and need not wait for what reads files.
    from doclint.reuse.packs.build import bring
    from doclint.reuse.packs.meta import Table

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the others and then renamed: what is half built is never opened.
        building = Path(stack.enter_context(TemporaryDirectory(prefix=".tam-", dir=folder.parent))) / "goi"
        bring(building, files, Table({}), create=True, workers=1)
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    except (OSError, VanthuError):
        if not (folder / FILE).is_file():
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="vanthu-")))
            bring(folder, files, Table({}), create=True, workers=1)
    return folder
