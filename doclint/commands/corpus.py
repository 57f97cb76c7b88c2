"""The commands ``doclint corpus …``: the packs that drafts are compared with."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doclint.commands.progress import progress
from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    from rich.console import Console

    from doclint.reuse.packs.build import Outcome
    from doclint.reuse.packs.entry import Entry

LEVELS = ("trung-uong", "tinh", "so", "xa", "don-vi")
pack_option = click.option("--pack", metavar="GÓI", required=True, help="Tên gói, hay đường dẫn tới thư mục của gói.")
level_option = click.option("--level", type=click.Choice(LEVELS), help="Cấp ban hành của mọi văn bản trong lần này.")
meta_option = click.option(
    "--meta",
    metavar="CSV",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Bảng cho biết số, ngày, cơ quan, cấp, hiệu lực của từng tệp.",
)
files_argument = click.argument(
    "paths", metavar="TỆP|THƯ-MỤC...", nargs=-1, required=True, type=click.Path(path_type=Path)
)


@click.group()
def corpus() -> None:
    """Các gói văn bản để đối chiếu: văn bản cấp trên, văn bản đã ban hành."""


@corpus.command()
@files_argument
@pack_option
@level_option
@meta_option
def build(paths: tuple[Path, ...], pack: str, level: str | None, meta: Path | None) -> int:
    """Dựng gói từ TỆP hay THƯ-MỤC; gói đã có thì cập nhật cho khớp."""
    return _bring(paths, pack, level, meta, create=True)


@corpus.command()
@files_argument
@pack_option
@level_option
@meta_option
def add(paths: tuple[Path, ...], pack: str, level: str | None, meta: Path | None) -> int:
    """Thêm TỆP hay THƯ-MỤC vào gói đã có."""
    return _bring(paths, pack, level, meta, create=False)


@corpus.command()
@click.argument("documents", metavar="SỐ|TỆP|MÃ...", nargs=-1, required=True)
@pack_option
def remove(documents: tuple[str, ...], pack: str) -> int:
    """Bỏ văn bản khỏi gói, theo số ký hiệu, đường dẫn tệp hay mã trong «list»; tệp gốc vẫn còn."""
    from doclint.reuse.packs.library import pack_folder
    from doclint.reuse.packs.store import writing
    from vanthu.errors import VanthuError

    with writing(pack_folder(pack)) as store:
        held = store.entries()
        wanted = {name: [id for id, entry in held.items() if _names(name, id, entry)] for name in documents}
        for name, ids in wanted.items():
            if not ids:
                raise VanthuError(f"gói {pack} không có «{name}»", hint=f"xem: doclint corpus list --pack {pack}")
        ids = sorted({id for ids in wanted.values() for id in ids})
        store.remove(ids)
    click.echo(f"Đã bỏ {len(ids)} văn bản khỏi gói {pack}; tệp gốc không bị đụng đến.")
    return DoclintExit.CLEAN


@corpus.command(name="list")
@click.option("--pack", metavar="GÓI", help="Liệt kê văn bản của gói này.")
def list_(pack: str | None) -> int:
    """Liệt kê các gói, hay văn bản của một gói."""
    from doclint.reporters import packs
    from doclint.reuse.packs.library import library, pack_names

    names = [pack] if pack is not None else pack_names()
    with library(names) as opened:
        if pack is not None:
            packs.documents(opened.packs[0], _console())
        else:
            packs.summary(opened.packs if names else (), _console())
    return DoclintExit.CLEAN


@corpus.command()
@click.argument("pack", metavar="GÓI")
def info(pack: str) -> int:
    """Cho biết gói có gì: số văn bản theo cấp, loại, năm, hiệu lực; dung lượng."""
    from doclint.reporters import packs
    from doclint.reuse.packs.library import library

    with library([pack]) as opened:
        packs.details(opened.packs[0], _console())
    return DoclintExit.CLEAN


@corpus.command()
@click.argument("pack", metavar="GÓI")
def verify(pack: str) -> int:
    """Kiểm tra gói có còn nguyên vẹn không, và tệp gốc nào đã đổi hay mất."""
    from doclint.reporters.words import printable
    from doclint.reuse.packs.library import library
    from doclint.reuse.packs.pack import changed_origins, faults

    with library([pack]) as opened:
        found = list(faults(opened.packs[0]))
        changed = list(changed_origins(opened.packs[0]))
    for fault in found:
        click.echo(f"HỎNG: {printable(fault)}")
    for origin, reason in changed:
        click.echo(f"Lưu ý: {printable(origin)}: {reason}")
    if found:
        click.echo(f"Gói {pack} hỏng {len(found)} chỗ → xóa thư mục {opened.packs[0].folder} rồi dựng lại.")
        return DoclintExit.FINDINGS
    click.echo(f"Gói {pack} nguyên vẹn.")
    return DoclintExit.CLEAN


def _bring(paths: Sequence[Path], pack: str, level: str | None, meta: Path | None, *, create: bool) -> int:
    from doclint.reuse.packs.build import bring
    from doclint.reuse.packs.intake import found_in
    from doclint.reuse.packs.library import pack_folder
    from doclint.reuse.packs.meta import LEVEL_NAMES, Table, read_table

    named = LEVEL_NAMES[level] if level is not None else ""
    table = read_table(meta, named) if meta is not None else Table({}, named)
    origins, others = found_in(paths)
    with progress(len(origins)) as advance:
        outcome = bring(pack_folder(pack), origins, table, create=create, workers=os.cpu_count() or 1, advance=advance)
    _told(outcome, pack, others)
    for row in set(table.rows) - {table.row(origin) for origin in origins}:
        click.echo(f"Lưu ý: bảng nêu tệp không có: {row}", err=True)
    return DoclintExit.NOT_CHECKED if outcome.refused or outcome.partial else DoclintExit.CLEAN


def _told(outcome: Outcome, pack: str, others: int) -> None:
    from doclint.reporters.words import printable
    from vanthu.files import near

    for reason in dict.fromkeys(refused.reason for refused in outcome.refused):
        files = [refused.origin for refused in outcome.refused if refused.reason == reason]
        for origin in files[:_SHOWN]:
            click.echo(printable(f"KHÔNG NHẬN {near(origin)}: {reason}"), err=True)
        if len(files) > _SHOWN:
            click.echo(printable(f"KHÔNG NHẬN {len(files) - _SHOWN} tệp nữa: {reason}"), err=True)
    for partial in outcome.partial:
        click.echo(printable(f"THIẾU TRANG {near(partial.origin)}: {partial.reason}"), err=True)
    for origin in outcome.unknown_level[:_SHOWN]:
        click.echo(f"Lưu ý: {near(origin)}: chưa rõ cấp ban hành → thêm --level hoặc cột «cấp» của --meta", err=True)
    if len(outcome.unknown_level) > _SHOWN:
        click.echo(f"Lưu ý: còn {len(outcome.unknown_level) - _SHOWN} văn bản nữa chưa rõ cấp", err=True)
    counts = (
        (outcome.added, "thêm"),
        (outcome.replaced, "thay"),
        (outcome.known, "đã có"),
        (outcome.twins, "trùng nội dung"),
        (outcome.refused, "không nhận"),
    )
    told = [f"{name} {len(files)}" for files, name in counts if files]
    if others:
        told.append(f"bỏ qua {others} tệp không phải văn bản")
    click.echo(f"Gói {pack}: {', '.join(told) or 'không có tệp nào'}.")
    click.echo("Thử tiếp: doclint check DỰ-THẢO.docx")


def _names(name: str, id: int, entry: Entry) -> bool:
    from doclint.anatomy.citations import number_key

    same_number = bool(entry.number) and number_key(entry.number) == number_key(name)
    return name == str(id) or same_number or entry.origin == str(Path(name).absolute())


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


_SHOWN = 10
