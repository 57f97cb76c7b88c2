"""Run the benchmarks named on the command line, or all: the modules of this folder, each with a ``main()``."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    unknown = set(sys.argv[1:]) - set(names)
    if unknown:
        sys.exit(f"Không có phép đo: {', '.join(sorted(unknown))}. Đang có: {', '.join(names)}.")
    for name in sys.argv[1:] or names:
        module = import_module(f"benchmarks.{name}")
        print(f"## {module.__doc__}\n")
        module.main()
        print()


main()
