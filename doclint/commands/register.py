"""The commands ``doclint register …``: what the office has issued; its figures are in ``doclint.commands.figures``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from doclint.commands.figures import export, meetings_option, report, stats, year_option
from doclint.commands.progress import progress
from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    from doclint.register.entry import Class, Entry, Meeting
    from doclint.register.sheets import Sheet

CLASS_NAMES = ("chuyen-tiep", "sao-gui", "don-doc-hinh-thuc", "sai-co-quan", "can-thiet", "khong-tinh")
FORM_NAMES = ("truc-tiep", "truc-tuyen", "ket-hop")
SCOPE_NAMES = ("toan-tinh", "toan-xa", "khac")
reason_option = click.option(
    "--reason", metavar="LÝ-DO", required=True, help="Vì sao; được giữ lại cùng tên người sửa."
)


@click.group()
def register() -> None:
    """Sổ văn bản đã ban hành và hội nghị của cơ quan; số liệu so với mục tiêu giảm 15%."""


for _command in (export, stats, report):
    register.add_command(_command)


@register.command()
@click.argument("paths", metavar="TỆP|THƯ-MỤC...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Số tệp đọc cùng lúc.  [1]")
def add(paths: tuple[Path, ...], jobs: int) -> int:
    """Ghi văn bản đã ban hành vào sổ, và đưa vào gói da-ban-hanh để dự thảo sau được đối chiếu."""
    from doclint.register.adding import PACK, add_files, bring_to_pack
    from doclint.register.store import writing
    from doclint.register.telling import added_lines
    from doclint.reuse.packs.intake import found_in

    origins, others = found_in(paths)
    with writing() as opened, progress(len(origins)) as advance:
        told = add_files(opened, [Path(origin) for origin in origins], jobs, advance)
        bring_to_pack(told, jobs)
    for line, wrong in added_lines(told, others):
        click.echo(line, err=wrong)
    if told.added or told.completed:
        click.echo(f"Gói {PACK} đã có các văn bản này: dự thảo lặp lại chúng sẽ bị báo (TL06).")
        click.echo("Thử tiếp: doclint register stats")
    return DoclintExit.CLEAN if told.complete else DoclintExit.NOT_CHECKED


@register.command(name="import")
@click.argument("table", metavar="BẢNG.csv", type=click.Path(path_type=Path, dir_okay=False))
@meetings_option
def import_(table: Path, meetings: bool) -> int:
    """Nhập bảng CSV do phần mềm văn phòng điện tử xuất ra: có một dòng sai thì không dòng nào được nhập."""
    from doclint.config import settings_for
    from doclint.register.sheets import read_documents, read_meetings
    from doclint.register.store import writing
    from doclint.register.telling import already, differs
    from doclint.rulebook import load

    if meetings:
        conferences = read_meetings(table)
        _require_sound(conferences, table)
        with writing() as opened:
            new = [is_new for is_new, _ in opened.add_meetings(conferences.rows)]
        click.echo(f"Đã nhập {sum(new)} hội nghị, đã có {len(new) - sum(new)}.")
        return DoclintExit.CLEAN
    office = settings_for(table.absolute().parent, load()).office
    sheet = read_documents(table, office.name)
    _require_sound(sheet, table)
    with writing() as opened:
        outcomes = opened.add_all(sheet.rows, table.name)
    for line, row, (outcome, held) in zip(sheet.lines, sheet.rows, outcomes, strict=True):
        if outcome == "clash":
            sheet.faults.append(f"dòng {line}: trùng số, {already(held)}")
        elif outcome == "known" and row.cls and row.cls != held.cls:
            click.echo(f"Lưu ý: dòng {line}: {differs(row, held)}", err=True)
    _require_sound(sheet, table)
    counted = [outcome for outcome, _ in outcomes]
    counts = (("added", "thêm"), ("classed", "phân loại"), ("known", "đã có"))
    told = [f"{name} {counted.count(outcome)}" for outcome, name in counts if outcome in counted]
    click.echo(f"Đã nhập {table.name}: {', '.join(told) or 'bảng không có dòng nào'}.")
    return DoclintExit.CLEAN


@register.command(name="list")
@year_option
@click.option("--class", "cls", type=click.Choice((*CLASS_NAMES, "chua-phan-loai")), help="Chỉ loại này.")
@click.option("--type", "type_", metavar="LOẠI", help="Chỉ tên loại này: «kế hoạch» hay KH.")
@meetings_option
def list_(year: int | None, cls: str | None, type_: str | None, meetings: bool) -> int:
    """Liệt kê văn bản hay hội nghị trong sổ."""
    from doclint.anatomy.types import type_of_title
    from doclint.register import terminal
    from doclint.register.store import reading

    with reading() as opened:
        years = [year] if year is not None else []
        if meetings:
            _print(terminal.meeting_lines(opened.meetings(years)))
            return DoclintExit.CLEAN
        wanted = type_of_title(type_) or type_ if type_ is not None else None
        held = [
            entry
            for entry in opened.entries(years)
            if (cls is None or entry.cls == ("" if cls == "chua-phan-loai" else cls))
            and (wanted is None or entry.type == wanted)
        ]
    _print(terminal.document_lines(held))
    return DoclintExit.CLEAN


@register.command(name="set-class")
@click.argument("document", metavar="SỐ|MÃ")
@click.argument("cls", metavar="LOẠI", type=click.Choice(CLASS_NAMES))
@reason_option
def set_class(document: str, cls: Class, reason: str) -> int:
    """Đổi phân loại của một văn bản: chuyen-tiep, sao-gui, don-doc-hinh-thuc, sai-co-quan, can-thiet, khong-tinh."""
    from doclint.register.entry import CLASSES
    from doclint.register.named import document_named, reason_given
    from doclint.register.store import writing

    with writing() as opened:
        entry = document_named(opened, document)
        if entry.cls == cls:
            click.echo(f"{entry.code} (mã {entry.id}) vốn đã là «{CLASSES[cls]}».")
            return DoclintExit.CLEAN
        opened.set_class(entry, cls, reason_given(reason))
    click.echo(f"{entry.code} (mã {entry.id}): «{CLASSES[entry.cls]}» thành «{CLASSES[cls]}».")
    return DoclintExit.CLEAN


@register.command()
@click.argument("row", metavar="SỐ|MÃ")
@meetings_option
def history(row: str, meetings: bool) -> int:
    """Cho biết một văn bản hay hội nghị trong sổ đã được sửa những gì, ai sửa, khi nào, vì sao."""
    from doclint.register import terminal
    from doclint.register.named import document_named, meeting_named
    from doclint.register.store import reading

    with reading() as opened:
        id = meeting_named(opened, row).id if meetings else document_named(opened, row).id
        changes = opened.changes("meetings" if meetings else "documents", id)
    _print(terminal.change_lines(changes) if changes else ["Chưa có ai sửa dòng này."])
    return DoclintExit.CLEAN


@register.command(name="add-meeting")
@click.argument("subject", metavar="NỘI-DUNG")
@click.option("--date", metavar="NGÀY", required=True, help="Ngày họp, như 12/5/2026.")
@click.option("--form", type=click.Choice(FORM_NAMES), required=True, help="Trực tiếp, trực tuyến, hay kết hợp cả hai.")
@click.option("--scope", type=click.Choice(SCOPE_NAMES), default="khac", help="Phạm vi.  [khac]")
@click.option("--purpose", metavar="CHỮ", default="", help="Mục đích.")
def add_meeting(subject: str, date: str, form: str, scope: str, purpose: str) -> int:
    """Ghi một hội nghị đã tổ chức."""
    from doclint.register.entry import Meeting
    from doclint.register.intake import plain
    from doclint.register.named import day_named
    from doclint.register.store import writing

    meeting = Meeting(day_named(date), plain(subject), form, scope, purpose=plain(purpose))
    with writing() as opened:
        is_new, held = opened.add_meeting(meeting)
    click.echo(f"Đã ghi hội nghị mã {held.id}." if is_new else f"Sổ đã có hội nghị này, mã {held.id}: {held.subject}")
    return DoclintExit.CLEAN


@register.command(name="set-meeting")
@click.argument("id", metavar="MÃ")
@click.option("--date", metavar="NGÀY", help="Ngày họp đúng.")
@click.option("--form", type=click.Choice(FORM_NAMES), help="Hình thức đúng.")
@click.option("--scope", type=click.Choice(SCOPE_NAMES), help="Phạm vi đúng.")
@click.option("--held", type=click.Choice(("co", "khong")), help="Có tổ chức, hay không tính là hội nghị.")
@reason_option
def set_meeting(id: str, date: str | None, form: str | None, scope: str | None, held: str | None, reason: str) -> int:
    """Sửa một hội nghị mà sổ ghi sai."""
    from doclint.register.named import day_named, meeting_named, reason_given
    from doclint.register.store import writing

    values = {
        "date": day_named(date).isoformat() if date is not None else None,
        "form": form,
        "scope": scope,
        "held": {"co": "1", "khong": "0", None: None}[held],
    }
    wanted = {field: value for field, value in values.items() if value is not None}
    if not wanted:
        raise click.UsageError("chưa cho biết sửa gì: --date, --form, --scope hay --held")
    with writing() as opened:
        meeting = meeting_named(opened, id)
        opened.set_meeting(meeting, wanted, reason_given(reason))
    click.echo(f"Đã sửa hội nghị mã {meeting.id}.")
    return DoclintExit.CLEAN


def _require_sound(sheet: Sheet[Entry] | Sheet[Meeting], table: Path) -> None:
    """Tell every fault of a table. Raises VanthuError when there is any."""
    from vanthu.errors import VanthuError
    from vanthu.files import shown

    for fault in sheet.faults[:_SHOWN]:
        click.echo(f"SAI {shown(table.name)}, {fault}", err=True)
    if len(sheet.faults) > _SHOWN:
        click.echo(f"SAI còn {len(sheet.faults) - _SHOWN} dòng nữa", err=True)
    if sheet.faults:
        raise VanthuError(
            f"bảng sai {len(sheet.faults)} dòng, không dòng nào được nhập", path=table, hint="sửa rồi nhập lại"
        )


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


_SHOWN = 50
