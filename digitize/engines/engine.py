"""The protocol of an engine: a page image in, words with boxes and confidence out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digitize.decisions import Decision
from digitize.words import Word
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from digitize.pages import PageImage


class OcrFailed(VanthuError):
    """One page could not be read; the others can."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page in reading order, boxes in pixels of the page image given; what was done to it to read it."""

    words: tuple[Word, ...]
    decisions: tuple[Decision, ...] = ()


class Engine(Protocol):
    """Reads pages; made once a process, warm after the first."""

    @property
    def name(self) -> str:
        """What ``--engine`` calls it."""

    @property
    def version(self) -> str:
        """The version of what reads, and of its data where that has one."""

    def read(self, page: PageImage, seconds: int) -> Reading:
        """Return what stands on an upright page, corrected by the language model where there is one.

        Temporary files go to ``tempfile.tempdir``. Raises OcrFailed, also when it takes more than ``seconds``.
        """
