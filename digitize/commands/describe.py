"""The commands ``digitize describe`` and ``digitize catalogue …``: what each document is, and its review in Excel."""

from __future__ import annotations

from pathlib import Path

import click

from digitize.commands.index import refresh
from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError, dotted
from vanthu.exit_codes import DigitizeExit
from vanthu.files import near


@click.command(
    help="In mô tả của tài liệu trong kho: loại, số, ký hiệu, ngày, cơ quan, trích yếu, người ký… Tài liệu mới hoặc "
    "mới đọc lại thì mô tả trước đã; giá trị người đã duyệt, đã sửa thì giữ nguyên. Nêu SHA hay TỆP thì chỉ những "
    "tài liệu ấy."
)
@click.argument("documents", nargs=-1, metavar="[SHA|TỆP]…")
@ARCHIVE
@format_option("csv")
def describe(documents: tuple[str, ...], folder: Path, form: str) -> int:
    """Describe documents that are new and print them: those named, else all."""
    from digitize.archive import open_archive
    from digitize.describe.archive import describe_documents
    from digitize.describe.catalogue import open_catalogue
    from digitize.describe.printing import as_csv, as_json, as_text
    from digitize.find import published_document
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as catalogue:
        named = [published_document(archive, ledger, name) for name in dict.fromkeys(documents)] or ledger.done()
        done = describe_documents(archive, catalogue, named)
        write = {"terminal": as_text, "json": as_json, "csv": as_csv}[form]
        click.echo(write([(sha256, ledger.path_of(sha256), catalogue.rows(sha256)) for sha256 in named]), nl=False)
        waiting = len({row.sha256 for row in catalogue.queue()})
    for error in done.faults:
        click.echo(f"Cảnh báo: {error}", err=True)
    click.echo(
        f"Mô tả {len(done.described)} tài liệu, {done.unchanged} tài liệu không đổi; {waiting} tài liệu chờ người xem.",
        err=True,
    )
    if done.described:
        refresh(archive)
    return DigitizeExit.SOME_FAILED if done.faults else DigitizeExit.DONE


@click.group(help="Danh mục mô tả các tài liệu trong kho, soát bằng Excel.")
def catalogue() -> None:
    """Hold the commands."""


@catalogue.command("export", help="Xuất danh mục ra sổ Excel để soát; ô vàng là chỗ máy chưa chắc.")
@click.argument("path", metavar="TỆP.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@ARCHIVE
def export_(path: Path, folder: Path) -> int:
    """Write the workbook."""
    from digitize.archive import open_archive
    from digitize.describe.catalogue import open_catalogue
    from digitize.describe.workbook import export
    from digitize.ledger import Ledger

    _check_suffix(path)
    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as opened:
        count, waiting = export(opened, lambda sha256: near(ledger.path_of(sha256)), path)
    click.echo(f"Đã xuất {count} tài liệu ra {near(path)}; {waiting} tài liệu có ô vàng cần xem.")
    return DigitizeExit.DONE


@catalogue.command(
    "import", help="Nhập sổ Excel đã soát: chỉ lấy ô đã sửa và dòng đánh dấu x; có ô sai thì không ghi gì."
)
@click.argument("path", metavar="TỆP.xlsx", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@ARCHIVE
def import_(path: Path, folder: Path) -> int:
    """Take back the workbook."""
    from digitize.archive import open_archive
    from digitize.describe.catalogue import open_catalogue
    from digitize.describe.review import take_back

    archive = open_archive(folder)
    with open_catalogue(archive.root) as opened:
        taken = take_back(opened, path)
        waiting = len({row.sha256 for row in opened.queue()})
    if taken.corrected:
        refresh(archive)
    click.echo(
        f"Đã ghi {taken.corrected} ô sửa, duyệt {taken.accepted} ô; còn {waiting} tài liệu chờ người xem."
        if taken.corrected or taken.accepted
        else f"Không có ô nào mới; còn {waiting} tài liệu chờ người xem."
    )
    return DigitizeExit.DONE


@catalogue.command(
    "set",
    help="Ghi phông, hồ sơ, đơn vị bảo quản hay mức tiếp cận cho nhiều tài liệu một lúc: những TỆP|MÃ được nêu, mọi "
    "tài liệu của các thư mục --folder. Giá trị rỗng là xóa. Mỗi thay đổi được ghi vào nhật ký danh mục.",
)
@click.argument("documents", nargs=-1, metavar="[TỆP|MÃ]…")
@ARCHIVE
@click.option(
    "--folder",
    "folders",
    multiple=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Mọi tài liệu có bản gốc trong thư mục này; dùng được nhiều lần.",
)
@click.option("--fonds", metavar="TÊN", help="Phông.")
@click.option("--file", metavar="TÊN", help="Hồ sơ.")
@click.option("--unit", metavar="SỐ", help="Đơn vị bảo quản.")
@click.option(
    "--access", metavar="MỨC", help="Mức tiếp cận: công khai, nội bộ hoặc hạn chế. Chưa ghi thì coi là nội bộ."
)
def set_(documents: tuple[str, ...], folder: Path, folders: tuple[Path, ...], **values: str | None) -> int:
    """Set fields that no page tells."""
    from digitize.archive import open_archive
    from digitize.describe.catalogue import open_catalogue
    from digitize.describe.values import BY_PERSON
    from digitize.find import documents_below, published_document
    from digitize.ledger import Ledger
    from vanthu.database import transaction

    said = {name: value for name in BY_PERSON if (value := values[name]) is not None}
    if not said or not (documents or folders):
        raise click.UsageError("Cần ít nhất một giá trị (--fonds, --file, --unit, --access), và TỆP hay --folder.")
    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger, open_catalogue(archive.root) as opened:
        named = [published_document(archive, ledger, name) for name in documents]
        chosen = list(dict.fromkeys([*named, *documents_below(ledger, folders)]))
        with transaction(opened.database):
            changed = sum(
                [opened.correct(sha256, name, value, how="set") for sha256 in chosen for name, value in said.items()]
            )
    click.echo(f"Đã ghi {dotted(changed)} giá trị cho {dotted(len(chosen))} tài liệu.")
    if changed:
        refresh(archive)
    return DigitizeExit.DONE


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise VanthuError("tên tệp phải kết thúc bằng .xlsx", path=path)
