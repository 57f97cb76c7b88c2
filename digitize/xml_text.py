"""Text as XML can hold it."""

from __future__ import annotations

import re


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that no XML 1.0 document may have; what is left is not yet escaped."""
    return _FORBIDDEN.sub("", text)


_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
