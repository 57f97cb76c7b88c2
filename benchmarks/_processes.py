"""Time whole processes side by side."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 11


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def script(name: str) -> str:
    """Return the path of a console script of this environment."""
    return str(Path(sys.executable).parent / name)


def compare(commands: dict[str, Sequence[str]]) -> None:
    """Print the median seconds of each command and its ratio to the first, as a Markdown table.

    The commands take turns, so that what else the machine does falls on all of them alike.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    base = next(iter(medians.values()))
    print("| lệnh | giây | so với lệnh đầu |\n|---|---:|---:|")
    for name, median in medians.items():
        print(f"| `{name}` | {median:.3f} | {median / base:.1f} |")
