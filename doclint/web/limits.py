"""How much one visitor may ask of the server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, numbers of files and seconds; what goes beyond is refused or stopped, and the visitor is told."""

    file_bytes: int = 20 * 2**20
    """A draft of text is far smaller; scans are for digitize."""
    request_bytes: int = 60 * 2**20
    """All files of a request together."""
    files: int = 20
    seconds: float = 60.0
    """For one file, once a process has taken it up."""
    upload_seconds: float = 120.0
    """From the head of a request to its last byte."""
    waiting: int = 200
    """Files of all visitors that are being checked, or wait for it."""
