"""Build lm/vi.lm, the language model that comes with digitize: `python corpora/build_lm.py`.

Needs the central legal documents of ../shared/data/superior (or of the folder VANTHU_SHARED), which are not part of the
project; the model holds counts only.
"""

from __future__ import annotations

import os
from pathlib import Path

from digitize.lm.build import build

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Build the model and say what went into it."""
    shared = Path(os.environ.get("VANTHU_SHARED", HERE.parents[1] / "shared"))
    print(build([shared / "data" / "superior", HERE / "texts", HERE / "superior"], HERE / "lm" / "vi.lm"))


if __name__ == "__main__":
    main()
