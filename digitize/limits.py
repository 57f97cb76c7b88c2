"""What one file may cost, all in one place: past these it is refused with a reason and the machine stays up."""

from __future__ import annotations

FILE_BYTES = 2 * 1024**3
PAGES_PER_DOCUMENT = 5_000
# An A2 sheet at 400 dpi has 62 million pixels; a decoded page of 100 million takes 300 MB.
PIXELS_PER_PAGE = 100_000_000

RENDER_DPI = 300
# A3 at 300 dpi has 17 million pixels. A larger sheet is rendered at fewer dpi, and refused under RENDER_DPI_LOWEST,
# where Tesseract no longer reads body text.
RENDER_PIXELS = 40_000_000
RENDER_DPI_LOWEST = 100

# Scanners write 150 to 1200 dpi; what is outside comes from cameras and screens and says nothing of the paper.
IMAGE_DPI_TRUSTED = (100, 2400)
IMAGE_DPI_DEFAULT = 200

OCR_SECONDS_PER_PAGE = 180
# The worker that runs a step is killed after this time, whatever library holds it; longer than the OCR's own limit.
STEP_SECONDS = 300
PUBLISH_SECONDS = 1_800
WORKER_MEMORY_BYTES = 4 * 1024**3

# Below this the batch stops, resumable, rather than meet a full disk in the middle of a write.
FREE_DISK_BYTES = 200 * 1024**2

# A page of a text layer past these is not judged but read: a full page of the smallest print has 20,000 characters,
# a scan cut into tiles some ten thousand pictures.
LAYER_CHARACTERS = 100_000
LAYER_OBJECTS = 200_000
