"""A server in a process of its own, as the command starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMAND = (
    "from doclint.commands.serve import serve\n"
    "from vanthu.command import run\n"
    "run(serve, program='doclint serve', usage_error=2, stopped=2)\n"
)


@dataclass(frozen=True)
class Server:
    """``address`` is what the command tells people to open."""

    process: subprocess.Popen[str]
    address: str

    def stopped(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End the server; return its exit code and what it said since the address."""
        self.process.send_signal(by)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def serving(folder: Path, *arguments: str, temporary: Path | None = None) -> Iterator[Server]:
    """Run ``doclint serve`` in ``folder``; ``temporary`` takes the place of the system's folder for such files."""
    environment = dict(os.environ) | ({"TMPDIR": str(temporary)} if temporary is not None else {})
    command = [sys.executable, "-c", COMMAND, "--port", "0", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if "http://" in line:
                yield Server(process, "http://" + line.split("http://")[1].split()[0])
                return
        raise AssertionError(said)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        process.stdout.close()
