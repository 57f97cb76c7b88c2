"""The command ``digitize show``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit
from vanthu.files import exact, near

if TYPE_CHECKING:
    from digitize.archive import Archive


@click.command(help="Xem chữ của một tài liệu trong kho, gọi bằng đường dẫn TỆP hay những số đầu của mã.")
@click.argument("name", metavar="TỆP|MÃ")
@ARCHIVE
@format_option()
def show(name: str, folder: Path, form: str) -> int:
    """Print the pages of a published document."""
    from digitize.archive import open_archive
    from digitize.find import published_document
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        sha256 = published_document(archive, ledger, name)
        path = ledger.path_of(sha256)
    shown = document_as_data(archive, sha256, path)
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if form == "json" else _as_text(shown))
    return DigitizeExit.DONE


def document_as_data(archive: Archive, sha256: str, path: str) -> dict[str, Any]:
    """Return a published document as JSON shows it. Raises VanthuError when its files are damaged."""
    from digitize.words_file import read_words_file

    folder = archive.document(sha256)
    try:
        content = read_words_file(folder)
        texts, raw = archive.page_texts(sha256), archive.raw_page_texts(sha256)
        pages = [_page(*both) for both in zip(content["pages"], texts, raw, strict=True)]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise VanthuError(
            "tệp của tài liệu trong kho hỏng", path=folder, hint="xóa thư mục này rồi chạy lại digitize run"
        ) from error
    return {"version": 1, "path": exact(path), "sha256": sha256, "pages": pages}


def _page(page: dict[str, Any], text: str, raw: str) -> dict[str, Any]:
    # Version 1 of the words file, written when there was one engine, has neither confidence nor decisions.
    return {
        "number": page["number"],
        "text": text,
        "raw_text": raw,
        "confidence": page.get("confidence"),
        "engine": page.get("engine", "tesseract"),
        "width": page["width"],
        "height": page["height"],
        "dpi": page["dpi"],
        "turn": page.get("turn", 0),
        "layer": page.get("layer"),
        "reason": page.get("reason", ""),
        "decisions": page.get("decisions", []),
        "words": [_word(row) for row in page["words"]],
    }


def _word(row: list[Any]) -> dict[str, Any]:
    text, x0, y0, x1, y1, confidence = row[:6]
    raw = row[6] if len(row) > 6 else text
    return {"text": text, "raw_text": raw, "box": [x0, y0, x1, y1], "confidence": confidence}


def _as_text(document: dict[str, Any]) -> str:
    blocks = [f"{near(document['path']) if document['path'] else document['sha256']}: {len(document['pages'])} trang"]
    for page in document["pages"]:
        sure = "" if page["confidence"] is None else f", độ tin cậy {page['confidence']:.0f}"
        why = f" ({page['reason']})" if page["reason"] else ""
        blocks.append(f"— Trang {page['number']}{sure}{why}\n{page['text']}".rstrip())
    return "\n\n".join(blocks)
