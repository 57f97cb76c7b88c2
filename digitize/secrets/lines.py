"""Cut a candidate out of its ink as upright lines of print, as engines read them best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digitize.imaging.pixels import percentiles
from digitize.secrets.candidates import Box, Candidate

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey


BORDER = (14, 20)
"""Pixels of white above and below a line, and at its ends."""


def upright_lines(candidate: Candidate) -> list[Grey]:
    """Return a candidate as lines to read: upright and upside down; MẬT alone also with room on both sides."""
    box = candidate.box
    if candidate.found_by == "shape":
        cap = box.height
        return [_line(candidate.ink.picture, box, before * cap, after * cap, 0.42 * cap) for before, after in _ROOM]
    line = _line(candidate.ink.picture, box, 0, 0, 0 if candidate.found_by == "frame" else 0.25 * box.height)
    return [line, line[::-1, ::-1].copy()]


def _line(picture: Grey, box: Box, before: float, after: float, margin: float) -> Grey:
    """Return a box of a picture with room about it, in pixels of the picture, its contrast drawn out."""
    import cv2
    import numpy

    width, height = round(box.length + before + after + 2 * margin), round(box.height + 2 * margin)
    scale = _HEIGHT / height
    size = (max(8, round(width * scale)), _HEIGHT)
    turn: Any = cv2.getRotationMatrix2D((box.x, box.y), box.angle, scale)
    turn[:, 2] += (size[0] / 2 - box.x + (before - after) / 2 * scale, size[1] / 2 - box.y)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    line = cv2.warpAffine(picture, turn, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    low, high = percentiles(line, 2, 90)  # type: ignore[arg-type]
    table = ((numpy.arange(256) - low) / max(1.0, high - low) * 255).clip(0, 255).astype(numpy.uint8)
    line = cv2.LUT(line, table)
    down, across = BORDER
    inside = _without_frame(line)  # type: ignore[arg-type]
    return cv2.copyMakeBorder(inside, down, down, across, across, cv2.BORDER_CONSTANT, value=255)  # type: ignore[return-value]


def _without_frame(line: Grey) -> Grey:
    """Return a line cut inside the strokes that run along its edges."""
    dark = line < 128
    rows, columns = dark.mean(axis=1), dark.mean(axis=0)
    reach = line.shape[0] * 3 // 10
    top = max((at + 1 for at in range(reach) if rows[at] > 0.5), default=0)
    bottom = min((len(rows) - 1 - at for at in range(reach) if rows[-1 - at] > 0.5), default=len(rows))
    across = min(reach, len(columns) // 3)
    left = max((at + 1 for at in range(across) if columns[at] > 0.6), default=0)
    right = min((len(columns) - 1 - at for at in range(across) if columns[-1 - at] > 0.6), default=len(columns))
    inside = line[top + 1 : bottom - 1, left + 1 : right - 1]
    return inside if inside.size else line


_HEIGHT = 64  # pixels: capitals are then 25 to 40 high
# How far the words before MẬT reach, in heights of its letters: TỐI, TUYỆT, and what a mention has on either side.
_ROOM = ((0.0, 0.0), (3.1, 0.0), (5.4, 0.0), (7.0, 1.0), (1.5, 2.5))
