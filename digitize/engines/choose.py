"""Which engine reads: the one asked for, or the best that is installed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digitize.engines.engine import Engine
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from digitize.lm.model import Model

NAMES = ("tesseract",)
"""What ``--engine`` takes beside ``auto``."""


def resolve(name: str, language: str) -> str:
    """Return the engine that ``auto`` stands for, any other name as it is. Raises VanthuError when it cannot read."""
    if name == "auto":
        return "tesseract"
    if name not in NAMES:
        raise VanthuError(f"không có bộ đọc chữ «{name}»", hint="dùng " + ", ".join(NAMES))
    return name


@lru_cache(maxsize=4)
def load(name: str, language: str, model: Model | None) -> Engine:
    """Return an engine, made once a process."""
    from digitize.engines.tesseract import Tesseract

    return Tesseract(language, model)
