"""What a worker loads before there is a page for it, while other processes begin."""

from __future__ import annotations

from digitize.archive import Archive
from digitize.settings import Settings


def warm_up(archive: Archive, settings: Settings) -> None:
    """Load all that reading a page takes. Raises whatever that may."""
    import cv2  # noqa: F401
    import pikepdf  # noqa: F401
    import pypdfium2  # noqa: F401

    from digitize.engines.trueocr_models import installed, load
    from digitize.pipeline import engine_for

    engine_for(archive, settings)
    if installed():  # which reads places that may be stamps, whatever engine reads the pages
        load()
