"""What changes the reading of a page: a document read with other settings is new work."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from digitize import limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are read. ``model`` is the key of the language model that corrects what is read, "" for none."""

    language: str
    engine: str = "tesseract"
    model: str = ""
    dpi: int = limits.RENDER_DPI
    seconds_per_page: int = limits.OCR_SECONDS_PER_PAGE

    def __str__(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)
