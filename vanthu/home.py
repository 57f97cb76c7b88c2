"""Where this user's own things are kept: packs, and the settings that hold for all drafts."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "VANTHU_HOME"
"""Variable of the environment that names another folder for what this user keeps."""


def home_folder() -> Path:
    """Return the folder of what this user keeps; it need not be there yet."""
    home = os.environ.get(HOME)
    if home:
        return Path(home)
    import click

    return Path(click.get_app_dir("vanthu", roaming=False))
