"""LibreOffice for tests: Word files → PDF and text, in a private profile, with a time limit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 120  # seconds, for all files of one call


def find_office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True)
class Office:
    program: str
    profile: Path
    fonts: Path | None = None
    """The file that tells fontconfig of more fonts."""

    def pdf(self, documents: Sequence[Path], folder: Path) -> list[Path]:
        """Convert ``documents`` in one run; the PDFs stand in ``folder`` under the same names."""
        return self.convert(documents, folder, "pdf")

    def text(self, document: Path, folder: Path) -> str:
        """Return ``document`` as plain text, list labels counted."""
        return self.convert([document], folder, "txt:Text (encoded):UTF8")[0].read_text("utf-8-sig")

    def convert(self, documents: Sequence[Path], folder: Path, form: str) -> list[Path]:
        """Convert ``documents`` in one run; ``form`` is a suffix, or a suffix and the name of a filter."""
        command = [self.program, f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", form, "--outdir", str(folder), *map(str, documents)]
        environment = os.environ | ({"FONTCONFIG_FILE": str(self.fonts)} if self.fonts is not None else {})
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, env=environment)
        made = [folder / f"{document.stem}.{form.partition(':')[0]}" for document in documents]
        assert all(path.is_file() for path in made)
        return made
