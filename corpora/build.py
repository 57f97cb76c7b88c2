"""Build the specimens listed in manifest.yaml from texts/: `python corpora/build.py [PATH…]`.

Needs python-docx, Pillow, PyYAML, pikepdf, pypdfium2, img2pdf, NumPy, LibreOffice and the Liberation fonts, version 2
or later (version 1 has no Vietnamese letters). The built files are committed: reading them needs none of these.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from builder.plain import to_plain
from builder.scan import to_scan
from builder.source import read
from builder.word import to_word

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> None:
    """Build every entry that has a source, or only those whose path is in ``wanted``."""
    entries = yaml.safe_load((HERE / "manifest.yaml").read_text(encoding="utf-8"))["files"]
    for entry in entries:
        if wanted and entry["path"] not in wanted:
            continue
        target = HERE / entry["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if "same_as" in entry:
            shutil.copyfile(HERE / entry["same_as"], target)
        elif "text" in entry:
            target.write_bytes(_built(entry, target.suffix))
        print(f"{target.stat().st_size:>9,} {entry['path']}")


def _built(entry: dict[str, Any], suffix: str) -> bytes:
    source = read(HERE / entry["text"])
    if suffix == ".txt":
        return to_plain(source, entry.get("header", "tab"), entry.get("wrap", 0)).encode()
    word = to_word(source, **{key: entry[key] for key in ("head", "foot", "lists", "looks") if key in entry})
    if suffix == ".docx":
        return word
    pdf = _printed(word)
    made = to_scan(pdf, source.signer, suffix, entry["scan"]) if "scan" in entry else pdf
    return _undated(made) if suffix == ".pdf" else made


def _printed(word: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.docx"
        draft.write_bytes(word)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(draft)]
        subprocess.run(command, check=True, capture_output=True)
        return draft.with_suffix(".pdf").read_bytes()


def _undated(pdf: bytes) -> bytes:
    """Take out dates, checksum and identifier, so that a rebuild gives the same bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for holder, keys in (
            (document.docinfo, ("/CreationDate", "/ModDate")),
            (document.Root, ("/Metadata",)),
            (document.trailer, ("/DocChecksum", "/ID")),
        ):
            for key in keys:
                if key in holder:
                    del holder[key]
        document.save(out, deterministic_id=True)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
