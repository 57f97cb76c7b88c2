"""Which language model an archive uses: its own, or else the one that comes with the program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from digitize.archive import Archive
from digitize.lm.model import Model, load
from vanthu.data import data_folder
from vanthu.errors import VanthuError

OWN = "model.lm"
"""The name of a model of its own in the folder of an archive."""


def key_for(archive: Archive, language: str) -> str:
    """Return name and digest of the model for a language of Tesseract, "" for those that are not Vietnamese.

    Raises VanthuError when the model is damaged.
    """
    return load(_path(archive)).key if "vie" in language.split("+") else ""


def model_for(archive: Archive, key: str) -> Model:
    """Return the model that ``key_for`` named, loaded once a process. Raises VanthuError when it is another by now."""
    return _loaded(_path(archive), key)


@lru_cache(maxsize=1)
def _loaded(path: Path, key: str) -> Model:
    model = load(path)
    if model.key != key:
        raise VanthuError("mô hình ngôn ngữ đã đổi trong lúc số hóa", path=path, hint="chạy lại lệnh")
    return model


def _path(archive: Archive) -> Path:
    own = archive.root / OWN
    return own if own.exists() else data_folder("corpora") / "lm" / "vi.lm"
