"""Build lm/vi.lm, the language model that comes with digitize: `python corpora/build_lm.py`.

Needs the central legal documents of ../shared/data/superior (or of the folder VANTHU_SHARED), which are not part of the
project; the model holds counts only.
"""

from __future__ import annotations

import os
from pathlib import Path

from digitize.lm.build import build, text_files

HERE = Path(__file__).resolve().parent
SCANNED = ("doc_000052", "doc_000160")
"""Documents of which the real scans with checked text hold pages: what is measured on those must not have seen them."""


def main() -> None:
    """Build the model and say what went into it."""
    shared = Path(os.environ.get("VANTHU_SHARED", HERE.parents[1] / "shared"))
    central = [path for path in text_files(shared / "data" / "superior") if path.stem not in SCANNED]
    print(build([*central, HERE / "texts", HERE / "superior"], HERE / "lm" / "vi.lm"))


if __name__ == "__main__":
    main()
