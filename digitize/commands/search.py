"""The commands ``digitize index`` and ``digitize search``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE, format_option
from vanthu.exit_codes import DigitizeExit
from vanthu.files import exact, near

if TYPE_CHECKING:
    from digitize.index.search import Answer, Hit


@click.command(help="Dựng lại chỉ mục tìm kiếm từ các tài liệu trong kho.")
@ARCHIVE
def index(folder: Path) -> int:
    """Rebuild the index of an archive."""
    from digitize.archive import locked, open_archive
    from digitize.index.build import rebuild_index
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        rebuild_index(archive, ledger)
        click.echo(f"Đã lập chỉ mục {len(ledger.done())} tài liệu.")
    return DigitizeExit.DONE


@click.command(help='Tìm các trang có đủ mọi từ trong CÂU_TÌM; gõ có dấu hay không dấu; "…" là cả cụm.')
@click.argument("query", nargs=-1, required=True, metavar="CÂU_TÌM")
@ARCHIVE
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Số trang in ra.")
@format_option()
def search(query: tuple[str, ...], folder: Path, limit: int, form: str) -> int:
    """Print the pages that answer a query."""
    from digitize.archive import open_archive
    from digitize.index.search import search as answer_query
    from digitize.ledger import Ledger

    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        answer = answer_query(archive, ledger, " ".join(query), limit)
    click.echo(_as_json(answer) if form == "json" else _as_text(answer))
    return DigitizeExit.DONE


def _as_json(answer: Answer) -> str:
    hits = [
        {
            "path": exact(hit.path),
            "sha256": hit.sha256,
            "page": hit.page,
            "score": round(hit.score, 4),
            "snippet": hit.snippet.text,
            "marks": hit.snippet.marks,
            "pdf": exact(str(hit.pdf)),
        }
        for hit in answer.hits
    ]
    return json.dumps(
        {"version": 1, "query": answer.query, "total": answer.total, "hits": hits}, ensure_ascii=False, indent=2
    )


def _as_text(answer: Answer) -> str:
    if not answer.total:
        return f"Không thấy trang nào có «{answer.query}»."
    more = f", in {len(answer.hits)} trang đầu" if len(answer.hits) < answer.total else ""
    blocks = [f"{answer.total} trang có «{answer.query}»{more}:"]
    for number, hit in enumerate(answer.hits, start=1):
        blocks.append(f"{number}. {_original(hit)}, trang {hit.page}\n   {_marked(hit)}\n   {near(hit.pdf)}")
    return "\n\n".join(blocks)


def _original(hit: Hit) -> str:
    return near(hit.path) if hit.path else "(bản gốc không còn ở chỗ cũ)"


def _marked(hit: Hit) -> str:
    """Return the snippet with its words in bold, blanks drawn together."""
    pieces, position = [], 0
    for start, end in hit.snippet.marks:
        pieces += [hit.snippet.text[position:start], click.style(hit.snippet.text[start:end], bold=True)]
        position = end
    return " ".join("".join([*pieces, hit.snippet.text[position:]]).split())
