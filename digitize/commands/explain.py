"""The command ``digitize explain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.options import ARCHIVE
from vanthu.errors import VanthuError, os_reason
from vanthu.exit_codes import DigitizeExit
from vanthu.files import near

if TYPE_CHECKING:
    from digitize.pages import PageImage


@click.command(
    help="Cho biết vì sao một trang được đọc như thế: mọi quyết định kèm con số. TỆP|MÃ là tệp gốc hay số đầu của mã."
)
@click.argument("name", metavar="TỆP|MÃ")
@click.option(
    "--page", "number", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Trang thứ mấy."
)
@ARCHIVE
@click.option(
    "--output",
    metavar="TRANG.html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi thêm một trang web có ảnh trước và sau từng bước. Tệp đang có không bị ghi đè.",
)
def explain(name: str, number: int, folder: Path, output: Path | None) -> int:
    """Tell what was decided about a page, and write a web page that shows it."""
    from digitize.archive import open_archive
    from digitize.commands.show import document_as_data
    from digitize.find import published_document
    from digitize.imaging.explained import explained
    from digitize.ledger import Ledger
    from vanthu.files import write_atomic

    if output and output.exists():
        raise VanthuError("tệp đang có, không ghi đè", path=output, hint="chọn --output khác")
    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        sha256 = published_document(archive, ledger, name)
        path = ledger.path_of(sha256)
    pages = document_as_data(archive, sha256, path)["pages"]
    if number > len(pages):
        raise VanthuError(f"tài liệu chỉ có {len(pages)} trang", path=name, hint="sửa --page")
    page = pages[number - 1]
    title = near(path) if path else sha256
    click.echo(_as_text(title, page))
    if output:
        scan, missing = _original(path, sha256, number)
        write_atomic(output, explained(title, page, scan, missing).encode())
        click.echo(f"Đã ghi {near(output)}")
    return DigitizeExit.DONE


def _as_text(title: str, page: dict[str, Any]) -> str:
    from digitize.imaging.explained import NAMES, told

    read = f"đọc bằng {page['engine']}" if page["engine"] else "không nhận dạng"
    sure = "" if page["confidence"] is None else f", độ tin cậy {page['confidence']:.0f}"
    rows = [f"{title}, trang {page['number']}: {read}{sure}, {len(page['words'])} từ"]
    if not page["decisions"]:
        rows.append(f"  {page['reason'] or 'không có ghi chép nào về trang này'}")
    for decision in page["decisions"]:
        mark = told(decision["step"], decision["applied"])
        rows.append(f"  {mark:9}  {NAMES.get(decision['step'], decision['step'])}: {decision['reason']}")
    return "\n".join(rows)


def _original(path: str, sha256: str, number: int) -> tuple[PageImage | None, str]:
    """Return page ``number`` of the original; or why there is none to show."""
    from digitize.intake import kind_of, sha256_of
    from digitize.pages import Unreadable, page_image

    gone = "Bản gốc không còn ở chỗ cũ nên không có ảnh; các quyết định dưới đây vẫn đúng như lúc đọc."
    if not path:
        return None, gone
    try:
        if sha256_of(path) != sha256:
            return None, "Bản gốc đã thay đổi sau khi đọc nên không có ảnh; các quyết định dưới đây là của bản đã đọc."
        with open(path, "rb") as file:  # noqa: PTH123 — a name that is not UTF-8 stays as it is
            kind = kind_of(file.read(1024))
        return (page_image(path, kind, number), "") if kind else (None, gone)
    except FileNotFoundError:
        return None, gone
    except OSError as error:
        return None, f"Không mở được bản gốc ({os_reason(error)}) nên không có ảnh."
    except Unreadable as error:
        return None, f"Không vẽ được trang này của bản gốc: {error.reason}."
