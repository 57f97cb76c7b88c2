"""Từ lúc gõ `--help` đến lúc xong: đích là dưới 0,3 giây."""

from benchmarks._processes import compare, python, script


def main() -> None:
    compare(
        {
            "python -c pass": python("pass"),
            "python -c 'import click'": python("import click"),
            "doclint --help": [script("doclint"), "--help"],
            "digitize --help": [script("digitize"), "--help"],
        }
    )
