"""Read the lines of places that may be stamps: by trueocr where it is installed, else by Tesseract."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.engines.trueocr_models import installed, load
from digitize.secrets.lines import BORDER

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey


def read_lines(lines: Sequence[Grey], seconds: int) -> list[str]:
    """Return what ``upright_lines`` say, whatever engine reads the pages. Raises RuntimeError, OSError.

    A line costs trueocr 5 ms; Tesseract takes 0.2 s to start.
    """
    if installed():
        try:
            return _by_trueocr(lines, seconds)
        except Exception:  # of whatever kind: Tesseract can still tell
            pass
    return _by_tesseract(lines, seconds)


def _by_trueocr(lines: Sequence[Grey], seconds: int) -> list[str]:
    from digitize.engines.printed_lines import read_boxes

    down, across = BORDER
    boxes = [(across, down, line.shape[1] - across, line.shape[0] - down) for line in lines]
    return read_boxes(lines, boxes, load(), time.monotonic() + seconds)


def _by_tesseract(lines: Sequence[Grey], seconds: int) -> list[str]:
    """Return what lines say, all in one call: starting Tesseract costs more than reading ten."""
    import cv2
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04}.pgm" for number in range(len(lines))]
        for path, line in zip(paths, lines, strict=True):
            path.write_bytes(cv2.imencode(".pgm", line)[1].tobytes())
        listing = Path(folder) / "lines.txt"
        listing.write_text("\n".join(map(str, paths)), encoding="utf-8")
        text = pytesseract.image_to_string(str(listing), lang="vie", config="--psm 7 --dpi 200", timeout=seconds)
    read = [" ".join(part.split()) for part in text.split("\f")][: len(lines)]
    if len(read) < len(lines):
        raise RuntimeError("fewer pages than lines")
    return read
