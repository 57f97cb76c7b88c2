"""Drafts and how they are sent."""

from __future__ import annotations

from pathlib import Path

DRAFTS = Path(__file__).parents[3] / "corpora/drafts"
COPY = DRAFTS / "ke-hoach-sao-chep.docx"
CLEAN = DRAFTS / "ke-hoach-sach.pdf"
SECRET = DRAFTS.with_name("specimens") / "cong-van-mat-dien-tap.txt"

Files = list[tuple[str, tuple[str, bytes]]]


def sent(*paths: Path) -> Files:
    return [("files", (path.name, path.read_bytes())) for path in paths]
