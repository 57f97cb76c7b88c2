"""Who runs this program, for what is written down about it."""

from __future__ import annotations

import os
import pwd


def system_user() -> str:
    """Return the name of the system's account, which no variable of the environment can change."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's number without a name
        return str(os.getuid())
