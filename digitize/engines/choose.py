"""Which engine reads: the one asked for, or the best that is installed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digitize.engines.engine import Engine
from digitize.engines.trueocr_models import HINT, VERSION, installed, verified
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from digitize.lm.model import Model

NAMES = ("tesseract", "trueocr", "merge")
"""What ``--engine`` takes beside ``auto``."""


def resolve(name: str, language: str) -> str:
    """Return the engine that ``auto`` stands for, any other name as it is. Raises VanthuError when it cannot read."""
    vietnamese = "vie" in language.split("+")
    if name == "auto":
        name = "merge" if vietnamese and installed() else "tesseract"
    if name not in NAMES:
        raise VanthuError(f"không có bộ đọc chữ «{name}»", hint="dùng " + ", ".join(NAMES))
    if name == "tesseract":
        return name
    if not installed():
        raise VanthuError(f"bộ đọc chữ «{name}» cần trueocr {VERSION}, máy chưa cài", hint=HINT)
    if not vietnamese:
        raise VanthuError(f"bộ đọc chữ «{name}» chỉ đọc tiếng Việt", hint="dùng --engine tesseract")
    verified()
    return name


@lru_cache(maxsize=4)
def load(name: str, language: str, model: Model | None) -> Engine:
    """Return an engine, made once a process."""
    from digitize.engines.merge import Merge
    from digitize.engines.tesseract import Tesseract
    from digitize.engines.trueocr import TrueOcr

    if name == "merge":
        return Merge(language, model)
    return TrueOcr(model) if name == "trueocr" else Tesseract(language, model)
