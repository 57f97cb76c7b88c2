"""The command ``doclint``: arguments → api → reporter → exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doclint.commands.corpus import corpus
from doclint.commands.fix import fix
from doclint.commands.register import register
from doclint.commands.serve import serve
from vanthu.command import run
from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from doclint.api import Report
    from doclint.batch import Batch
    from doclint.finding import Level


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vanthu", prog_name="doclint")
def cli() -> None:
    """Soát văn bản trước khi ban hành: có đáng ban hành không, sai ở đâu, theo điều khoản nào."""


for command in (corpus, fix, register, serve):
    cli.add_command(command)


@cli.command()
@click.argument("files", metavar="TỆP...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "html", "sarif", "word"]),
    default="terminal",
    help="Dạng báo cáo; word là bản sao dự thảo có nhận xét tại chỗ.  [terminal]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Ghi báo cáo vào tệp này thay vì màn hình; với word là tệp hay thư mục cho các bản sao.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    help="Mức khiến mã thoát là 1.  [error]",
)
@click.option(
    "--select", metavar="QT,…", default="", help="Chỉ dùng các quy tắc này (tên hoặc mã, cách nhau dấu phẩy)."
)
@click.option("--ignore", metavar="QT,…", default="", help="Bỏ các quy tắc này.")
@click.option(
    "--stage",
    type=click.Choice(["draft", "issued"]),
    default="draft",
    help="Dự thảo, hay bản đã ký số và ngày.  [draft]",
)
@click.option(
    "--pack",
    "packs",
    metavar="GÓI",
    multiple=True,
    help="Chỉ so với gói này, cấp nào cũng so; dùng được nhiều lần.",
)
@click.option(
    "--new-only",
    "baseline",
    metavar="BÁO-CÁO",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Chỉ báo những gì chưa có trong báo cáo JSON cũ này.",
)
@click.option("--tasks", is_flag=True, help="Kèm bảng «6 rõ» của từng nhiệm vụ.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Số tệp soát cùng lúc.  [1]")
@click.option("--with-text", is_flag=True, help="Với --format json: kèm toàn văn mà start, end đếm theo.")
def check(
    files: tuple[Path, ...],
    form: str,
    output: Path | None,
    fail_on: Level,
    select: str,
    ignore: str,
    stage: str,
    packs: tuple[str, ...],
    baseline: Path | None,
    tasks: bool,
    jobs: int,
    with_text: bool,
) -> int:
    """Soát các TỆP .docx, .doc, .rtf, .odt, .pdf hoặc .txt."""
    from doclint.batch import Batch
    from doclint.reporters.delivery import deliver, prepare

    prepare(files, form, output)
    batch = Batch.planned(files, _names(select), _names(ignore), stage, packs, baseline)
    reports, complete = deliver(_checked(batch, jobs), form, output, tasks=tasks, with_text=with_text)
    return _exit_code(reports, fail_on) if complete else DoclintExit.NOT_CHECKED


@cli.command()
def rules() -> int:
    """Liệt kê các quy tắc."""
    from rich.console import Console
    from rich.table import Table

    from doclint.reporters.words import LEVEL_NAMES
    from doclint.rulebook import load

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Mã", "Quy tắc", "Mức", "Nội dung"):
        table.add_column(heading, overflow="fold")
    for rule in load().rules.values():
        table.add_row(rule.code, rule.id, LEVEL_NAMES[rule.level], rule.title)
    console = Console()
    console.print(table)
    console.print("\nXem kỹ một quy tắc: doclint explain MÃ", highlight=False)
    return DoclintExit.CLEAN


@cli.command()
@click.argument(
    "folder", metavar="[THƯ-MỤC]", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--all", "everything", is_flag=True, help="Kể cả giá trị mặc định.")
def config(folder: Path, everything: bool) -> int:
    """In các giá trị áp dụng cho dự thảo trong THƯ-MỤC và giá trị nào do tệp doclint.toml nào đặt."""
    from doclint.config import settings_for, values
    from doclint.reporters.settings import render
    from doclint.rulebook import load

    told = [value for value in values(settings_for(folder, load())) if everything or value.origin is not None]
    click.echo(render(told), nl=False)
    return DoclintExit.CLEAN


@cli.command()
@click.argument("rule", metavar="QUY-TẮC")
def explain(rule: str) -> int:
    """Giải thích một quy tắc: vì sao, theo điều khoản nào, ví dụ đúng và sai."""
    from rich.console import Console

    from doclint.reporters.explain import render
    from doclint.rulebook import load

    rulebook = load()
    render(rulebook, rulebook.find(rule), Console(highlight=False))
    return DoclintExit.CLEAN


@cli.command()
@click.argument("draft", metavar="DỰ-THẢO", type=click.Path(path_type=Path))
@click.argument("source", metavar="NGUỒN", type=click.Path(path_type=Path))
def compare(draft: Path, source: Path) -> int:
    """So DỰ-THẢO với văn bản NGUỒN: đoạn nào chép lại, sửa chữ nào, số liệu nào khác."""
    from rich.console import Console

    from doclint.anatomy import dissect
    from doclint.anatomy.zones import split_zones
    from doclint.readers import read
    from doclint.reporters import comparison
    from doclint.reuse.compare import compare as compare_documents
    from doclint.reuse.draft import prepared
    from doclint.reuse.source import source_of

    ours, theirs = read(draft), read(source)
    ready, other = prepared(ours, dissect(ours)), source_of(theirs, split_zones(theirs))
    found = compare_documents(ready, other)
    comparison.render(found, (draft, ours, ready), (source, theirs, other), Console(highlight=False))
    if ours.unchecked or theirs.unchecked:
        return DoclintExit.NOT_CHECKED
    return DoclintExit.FINDINGS if found.copies else DoclintExit.CLEAN


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _checked(batch: Batch, jobs: int) -> Iterable[Report]:
    """Return the reports as they come; a bar moves where somebody looks at one."""
    if len(batch.files) == 1 or not sys.stderr.isatty():
        return batch.run(jobs)
    from rich.console import Console
    from rich.progress import track

    total = len(batch.files)
    return track(batch.run(jobs), "Đang soát", total=total, console=Console(stderr=True), transient=True)


def _exit_code(reports: Sequence[Report], fail_on: Level) -> int:
    from doclint.finding import LEVELS

    if any(not report.checked for report in reports):
        return DoclintExit.NOT_CHECKED
    failing = LEVELS[LEVELS.index(fail_on) :]
    found = any(finding.level in failing for report in reports for finding in report.findings)
    return DoclintExit.FINDINGS if found else DoclintExit.CLEAN


def main() -> None:
    """Run the command and exit."""
    run(cli, program="doclint", usage_error=DoclintExit.NOT_CHECKED, stopped=DoclintExit.NOT_CHECKED)


if __name__ == "__main__":
    main()
