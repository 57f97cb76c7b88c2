"""Make digitize/data/srgb.icc: the sRGB profile of LittleCMS («No copyright, use freely») with a fixed date."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PIL import ImageCms


def srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return bytes(profile)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(srgb())
