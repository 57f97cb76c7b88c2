"""One web page that shows what was decided about a page of an archive, with pictures before and after each step."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.decisions import decision_from
from digitize.imaging.orientation import turn
from digitize.imaging.pixels import comma
from digitize.imaging.prepare import STEPS, Stage, stages

if TYPE_CHECKING:
    from digitize.pages import PageImage

NAMES = {
    "layer": "Lớp chữ có sẵn",
    "blank": "Trang trắng",
    "orientation": "Chiều trang",
    "stamp": "Dấu, mực màu",
    "background": "Nền giấy",
    "stretch": "Tương phản",
    "despeckle": "Bụi, đốm",
    "deskew": "Độ lệch",
    "rescue": "Đọc lại",
    "merge": "Gộp hai bộ đọc",
    "order": "Thứ tự đọc",
}
"""What each step is called for the archivist."""
JUDGED = frozenset({"layer", "blank"})
"""Steps that change nothing but say what the page is."""
_WIDTH, _SHEET = 760, 1200  # pixels of the pictures
_SURE, _FAIR = 85.0, 60.0  # confidence


@dataclass(frozen=True, slots=True)
class _Change:
    """A step that changed the page: its name, its reason, pictures as data addresses."""

    name: str
    reason: str
    before: str
    after: str


def explained(title: str, page: dict[str, Any], scan: PageImage | None, missing: str) -> str:
    """Return the web page about ``page``, as ``digitize show`` has it, of which ``scan`` is the original.

    Without the original ``missing`` says why there are no pictures.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (folder / "explained.css").read_text(encoding="utf-8")
    upright = turn(scan, page["turn"]) if scan else None
    return templates.get_template("explained.html").render(
        title=title,
        page=page,
        names=NAMES,
        told=told,
        changes=list(_changes(page, scan, upright)) if scan and upright else [],
        sheet=_picture(upright, _SHEET) if upright else "",
        words=[{**word, "level": _level(word["confidence"])} for word in page["words"]],
        doubtful=[word for word in page["words"] if word["confidence"] < _FAIR],
        confidence="" if page["confidence"] is None else comma(page["confidence"]),
        missing=missing,
        style=style,
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def told(step: str, applied: bool) -> str:
    """Return in a word or two what came of a step."""
    if step in JUDGED:
        return "đúng" if applied else "không"
    return "đã làm" if applied else "không làm"


def _changes(page: dict[str, Any], scan: PageImage, upright: PageImage) -> Iterator[_Change]:
    """Do again to the original what was done to it before it was read."""
    decided = {decision.step: decision for decision in map(decision_from, page["decisions"])}
    if page["turn"]:
        reason = decided["orientation"].reason if "orientation" in decided else ""
        yield _Change(NAMES["orientation"], reason, _picture(scan, _WIDTH), _picture(upright, _WIDTH))
    before = upright
    for stage in _stages(upright, frozenset(decided) & STEPS):
        if stage.decision.applied:
            yield _Change(
                NAMES[stage.decision.step],
                stage.decision.reason,
                _picture(before, _WIDTH),
                _picture(stage.page, _WIDTH),
            )
            before = stage.page


def _stages(page: PageImage, steps: frozenset[str]) -> Iterator[Stage]:
    return stages(page, steps) if steps else iter(())


def _level(confidence: float) -> str:
    return "sure" if confidence >= _SURE else "fair" if confidence >= _FAIR else "poor"


def _picture(page: PageImage, width: int) -> str:
    """Return a page as the address of a JPEG of at most ``width`` pixels across."""
    image = page.image.copy()
    image.thumbnail((width, 3 * width))
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=72)
    return "data:image/jpeg;base64," + base64.b64encode(packed.getvalue()).decode()
