"""What one file may cost, all in one place: past these it is refused with a reason and the machine stays up."""

from __future__ import annotations

FILE_BYTES = 2 * 1024**3
PAGES_PER_DOCUMENT = 5_000
# An A2 sheet at 400 dpi has 62 million pixels; a decoded page of 100 million takes 300 MB.
PIXELS_PER_PAGE = 100_000_000

RENDER_DPI = 300
# A3 at 300 dpi has 17 million pixels. A sheet larger than A1 is rendered at fewer dpi, down to RENDER_DPI_LOW; past
# PIXELS_PER_PAGE at fewer still, and refused under RENDER_DPI_LOWEST, where Tesseract no longer reads body text.
RENDER_PIXELS = 40_000_000
RENDER_DPI_LOW = 200
RENDER_DPI_LOWEST = 100

# Scanners write 150 to 1200 dpi, a fax 204 × 98; what is outside comes from cameras and screens and says nothing of
# the paper.
IMAGE_DPI_TRUSTED = (100, 2400)
IMAGE_DPI_ACROSS_DOWN = 4
IMAGE_DPI_DEFAULT = 200

# The one picture of a scanned PDF page is read as it is; a coarser one is drawn larger, where small print is read
# better. A sheet of SCAN_PIXELS across is no small picture, whatever size the page claims to have.
SCAN_DPI_LOWEST = 120
SCAN_PIXELS = 1_600
# Of 255: what JPEG leaves between the channels of a grey page.
GREY_DIFFERENCE = 8

OCR_SECONDS_PER_PAGE = 180
# A page that failed is tried once more at this size, where memory and time are a quarter.
RESCUE_DPI = 150
# The worker that runs a step is killed after this time, whatever library holds it; longer than the OCR's own limit.
STEP_SECONDS = 300
PUBLISH_SECONDS = 1_800
WORKER_MEMORY_BYTES = 4 * 1024**3
# A worker is replaced after so many tasks, or when it holds more memory than this, which libraries do not give back;
# but not before it has earned the loading of its models.
WORKER_TASKS = 200
WORKER_TASKS_LEAST = 20
WORKER_RSS_BYTES = 400 * 1024**2
DYING_SECONDS = 5.0
# The lease of a page in the ledger outlasts the killing of its worker by so much.
LEASE_MARGIN_SECONDS = 60

# Below this the batch pauses or stops, resumable, rather than meet a full disk in the middle of a write.
FREE_DISK_BYTES = 200 * 1024**2

# A page of a text layer past these is not judged but read: a full page of the smallest print has 20,000 characters,
# a scan cut into tiles some ten thousand pictures.
LAYER_CHARACTERS = 100_000
LAYER_OBJECTS = 200_000

# Pages read with less confidence than this (0–100) are worth a look.
LOW_CONFIDENCE = 70
