"""The command ``digitize export``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit
from vanthu.files import near

if TYPE_CHECKING:
    from digitize.archive import Archive
    from digitize.ledger import Ledger
    from digitize.outputs.stored import StoredDocument


@click.command(
    help="Xuất tài liệu trong kho ra PDF, chữ, từng từ (JSON), hOCR hoặc ALTO. TÀI_LIỆU là tệp gốc hay số đầu của mã."
)
@click.argument("documents", nargs=-1, required=True, metavar="TÀI_LIỆU…")
@ARCHIVE
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "text", "words", "hocr", "alto"]),
    default="pdf",
    show_default=True,
    help="Dạng tệp xuất ra.",
)
@click.option(
    "--output",
    required=True,
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Tệp xuất ra; với --code là thư mục. Tệp đang có không bị ghi đè.",
)
@click.option("--code", metavar="MÃ", help="Mã hồ sơ: mỗi tài liệu thành MÃ.1, MÃ.2… theo thứ tự đã ghi.")
def export(documents: tuple[str, ...], folder: Path, form: str, output: Path, code: str | None) -> int:
    """Write published documents as files."""
    from digitize.archive import open_archive
    from digitize.find import published_document
    from digitize.ledger import Ledger
    from digitize.outputs.names import document_name
    from vanthu.files import write_atomic

    archive = open_archive(folder)
    if len(documents) > 1 and not code:
        raise VanthuError("nhiều tài liệu thì phải có --code để đặt tên", hint="thêm --code MÃ_HỒ_SƠ")
    targets = [output]
    if code:
        targets = [output / document_name(code, number, _EXTENSIONS[form]) for number in range(1, len(documents) + 1)]
    for target in targets:
        if target.exists():
            raise VanthuError("tệp đang có, không ghi đè", path=target, hint="chọn --output khác")
    with Ledger(archive.ledger) as ledger:
        contents = [_FORMS[form](archive, ledger, published_document(archive, ledger, named)) for named in documents]
    for target, content in zip(targets, contents, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, content)
        click.echo(f"Đã ghi {near(target)}")
    return DigitizeExit.DONE


def _pdf(archive: Archive, _: Ledger, sha256: str) -> bytes:
    return archive.pdf(sha256).read_bytes()


def _text(archive: Archive, _: Ledger, sha256: str) -> bytes:
    return "\f".join(archive.page_texts(sha256)).encode()


def _words(archive: Archive, _: Ledger, sha256: str) -> bytes:
    from digitize.words_file import words_json

    return words_json(archive.document(sha256))


def _hocr(archive: Archive, ledger: Ledger, sha256: str) -> bytes:
    from digitize.outputs.hocr import hocr

    return hocr(_stored(archive, ledger, sha256))


def _alto(archive: Archive, ledger: Ledger, sha256: str) -> bytes:
    from digitize.outputs.alto import alto

    return alto(_stored(archive, ledger, sha256))


def _stored(archive: Archive, ledger: Ledger, sha256: str) -> StoredDocument:
    from digitize.outputs.stored import stored_document

    return stored_document(archive, sha256, Path(ledger.path_of(sha256)).name)


_EXTENSIONS = {"pdf": "pdf", "text": "txt", "words": "json", "hocr": "hocr", "alto": "xml"}
_FORMS: dict[str, Callable[[Archive, Ledger, str], bytes]] = {
    "pdf": _pdf,
    "text": _text,
    "words": _words,
    "hocr": _hocr,
    "alto": _alto,
}
