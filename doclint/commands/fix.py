"""The command ``doclint fix``: faults of layout and typing mended in a copy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.exit_codes import DoclintExit

if TYPE_CHECKING:
    from rich.console import Console

    from doclint.fixes import Fixes, Note


@click.command()
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--output",
    metavar="BẢN-SỬA",
    required=True,
    type=click.Path(path_type=Path),
    help="Ghi bản đã sửa vào tệp này; tệp đang có thì không ghi đè.",
)
@click.option(
    "--only",
    metavar="QT,…",
    default="",
    help="Chỉ sửa theo các quy tắc này (tên hoặc mã, cách nhau dấu phẩy).",
)
def fix(file: Path, output: Path, only: str) -> int:
    """Sửa lề, phông, cỡ chữ, giãn cách, dấu câu của TỆP .docx trong một bản sao; không đụng đến nội dung."""
    from rich.console import Console

    from doclint.fixes import fix_file

    _require_free(file, output)
    fixes = fix_file(file, [name.strip() for name in only.split(",") if name.strip()])
    if fixes.content is not None:
        _write(fixes.content, fixes.suffix, output)
    _render(fixes, file, output, Console(highlight=False))
    return DoclintExit.FINDINGS if fixes.left else DoclintExit.CLEAN


def _require_free(file: Path, output: Path) -> None:
    """Raise VanthuError where the copy would be written over something."""
    from vanthu.errors import VanthuError

    if output.exists() and file.exists() and output.samefile(file):
        raise VanthuError("bản sửa sẽ ghi đè lên bản gốc", path=output, hint="chọn tên tệp khác cho --output")
    if output.is_dir():
        raise VanthuError("là thư mục, bản sửa phải là một tệp", path=output, hint="ghi cả tên tệp sau --output")
    if output.exists() or output.is_symlink():
        hint = "chọn tên khác cho --output, hoặc xóa tệp ấy nếu không cần nữa"
        raise VanthuError("đã có tệp này, bản sửa không ghi đè", path=output, hint=hint)
    if not output.parent.is_dir():
        raise VanthuError("không có thư mục này", path=output.parent, hint="tạo thư mục trước, hoặc chọn nơi khác")


def _write(content: bytes, suffix: str, output: Path) -> None:
    from vanthu.errors import VanthuError, os_reason
    from vanthu.files import write_atomic

    if output.suffix.lower() != suffix:
        raise VanthuError(f"bản sửa là tệp {suffix}", path=output, hint=f"đặt tên có đuôi {suffix}")
    try:
        write_atomic(output, content)
    except OSError as error:
        raise VanthuError(
            f"không ghi được bản sửa ({os_reason(error)})", path=output, hint="chọn nơi khác cho --output"
        ) from error


def _render(fixes: Fixes, file: Path, output: Path, console: Console) -> None:
    from rich.text import Text

    from doclint.reporters.terminal import indented
    from vanthu.files import near

    if fixes.content is None:
        indented(console, 0, Text(f"{near(file)}: không có chỗ nào tự sửa được, nên không ghi bản sửa.", style="bold"))
    else:
        console.print(Text(f"Bản đã sửa: {near(output)}", style="bold"), soft_wrap=True)
        indented(console, 0, Text(f"Đã sửa {len(fixes.changes)} chỗ; {near(file)} không bị đụng đến.", style="bold"))
        _put(fixes.changes, console)
    if fixes.left:
        console.print()
        indented(console, 0, Text("Để người soạn xem, vì máy không quyết được:", style="bold"))
        _put(fixes.left, console)
    if fixes.others:
        codes = dict.fromkeys(sorted(finding.code for finding in fixes.others))
        told = f"Còn {len(fixes.others)} phát hiện của quy tắc khác ({', '.join(codes)}), xem: doclint check "
        console.print()
        indented(console, 0, Text(told + near(output if fixes.content is not None else file)))
    if fixes.content is not None:
        console.print()
        indented(console, 0, Text("Mở bản đã sửa bằng Word, xem lại ngắt trang và bảng trước khi trình.", style="dim"))


def _put(notes: Sequence[Note], console: Console) -> None:
    """Print notes by rule; those in the same words on one line, the first places of them named."""
    from rich.text import Text

    from doclint.reporters.terminal import indented
    from doclint.reporters.words import printable

    for rule, group in groupby(notes, key=lambda note: note.rule):
        indented(console, 2, Text(f"{rule.code} {rule.title}"))
        alike: dict[str, list[Note]] = {}
        for note in group:
            alike.setdefault(note.words, []).append(note)
        for words, same in alike.items():
            places = [f"{note.place} “{_short(printable(note.excerpt))}”" for note in same[:_SHOWN]]
            more = f" và {len(same) - _SHOWN} chỗ nữa" if len(same) > _SHOWN else ""
            indented(console, 4, Text.assemble(printable(words), (f" · {', '.join(places)}{more}", "dim")))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + "…"


_SHOWN = 3
_LONG = 40
