"""What is done to a page before it is read: each step by what is measured on the page, a clean page not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize.decisions import Decision
from digitize.imaging import background, speckle
from digitize.imaging.pixels import as_array, as_page, comma, grey
from digitize.imaging.skew import skew, turned, turned_back
from digitize.words import Word

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage

STEPS = frozenset({"stamp", "background", "stretch", "despeckle", "deskew"})
"""All there is; an engine asks for those that it does not do better itself."""

Back = Callable[[tuple[Word, ...]], tuple[Word, ...]]

# By pages made for tuning, and well off the figures of clean scans: tests/digitize/test_imaging.py.
_GRAIN = 8.5  # of 255
_DARK, _UNEVEN = 205.0, 60.0  # of 255
_COLOURED = 0.002  # of the page
_INK = 160  # of 255: darker is ink
_SPECKS = 1.5  # pixels on a cm² as at 200 dpi
_SKEW, _SURE = 0.35, 2.0  # degrees; times sharper than at other angles


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as an engine gets it: the very same object when nothing was done to it.

    ``decisions`` names every step that was considered; ``back`` takes words read on it to pixels of the page given.
    """

    page: PageImage
    decisions: tuple[Decision, ...]
    back: Back


@dataclass(frozen=True, slots=True)
class Stage:
    """A step considered, and the page after it."""

    decision: Decision
    page: PageImage


def prepare(page: PageImage, steps: frozenset[str]) -> Prepared:
    """Prepare a page by those of ``steps`` that it needs."""
    last, decisions, angle = page, [], 0.0
    for stage in stages(page, steps):
        decisions.append(stage.decision)
        if stage.decision.applied:
            last = stage.page
            if stage.decision.step == "deskew":
                angle = dict(stage.decision.evidence)["degrees"]
    width, height = page.image.size

    def back(words: tuple[Word, ...]) -> tuple[Word, ...]:
        return turned_back(words, angle, width, height) if angle else words

    return Prepared(last, tuple(decisions), back)


def stages(page: PageImage, steps: frozenset[str]) -> Iterator[Stage]:
    """Yield each of ``steps`` in the order in which they are done, with the page as it is after it."""
    pixels = as_array(page)
    level = grey(pixels)
    sheet = background.paper(level, page.dpi)
    light, uneven = background.levels(sheet)
    grain = background.grain(level, sheet)
    poor = grain >= _GRAIN or light < _DARK or uneven > _UNEVEN
    paper = f"giấy sáng {light:.0f}/255, chênh {uneven:.0f}, lấm {grain:.0f}"
    if "stamp" in steps and pixels.ndim == 3:
        share = background.coloured(pixels)
        applied = poor and share > _COLOURED
        if applied:
            level = background.without_stamps(pixels)
            sheet = background.paper(level, page.dpi)
        done = "đã làm nhạt" if applied else "giữ nguyên"
        reason = f"mực màu chiếm {comma(100 * share)} % trang, {paper}: {done}"
        yield _stage("stamp", applied, reason, (("coloured", share),), level, page)
    if "background" in steps:
        if poor:
            level = background.whitened(level, sheet)
        reason = f"{paper}: {'đã làm trắng nền' if poor else 'nền đủ sạch'}"
        yield _stage("background", poor, reason, (("paper", light), ("uneven", uneven), ("grain", grain)), level, page)
    if "stretch" in steps:
        black, white = background.ends(level)
        applied = "background" in steps and poor
        if applied:
            level = background.stretched(level, black, white)
        reason = f"mực đậm nhất {black:.0f}/255: {'đã tăng tương phản' if applied else 'giữ nguyên'}"
        yield _stage("stretch", applied, reason, (("black", black),), level, page)
    if "despeckle" in steps:
        mask, density = speckle.specks(level, page.dpi, _INK)
        applied = density >= _SPECKS
        if applied:
            level = speckle.without(level, mask)
        reason = f"bụi {comma(density)} điểm ảnh trên 1 cm²: {'đã xóa' if applied else 'giữ nguyên'}"
        yield _stage("despeckle", applied, reason, (("specks", density),), level, page)
    if "deskew" in steps:
        angle, weight = skew(level, page.dpi)
        applied = abs(angle) >= _SKEW and weight >= _SURE
        if applied:
            level = turned(level, angle)
        reason = f"lệch {comma(abs(angle))}°, {'đã xoay thẳng' if applied else 'giữ nguyên'}"
        yield _stage("deskew", applied, reason, (("degrees", angle), ("sharper", weight)), level, page)


def _stage(
    step: str, applied: bool, reason: str, evidence: tuple[tuple[str, float], ...], pixels: Grey, page: PageImage
) -> Stage:
    return Stage(Decision(step, applied, reason, evidence), as_page(pixels, page.dpi) if applied else page)
