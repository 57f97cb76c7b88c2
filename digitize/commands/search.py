"""The command ``digitize search``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError, dotted
from vanthu.exit_codes import DigitizeExit
from vanthu.files import exact, near
from vanthu.spreadsheet import inert

if TYPE_CHECKING:
    from digitize.index.search import Answer, DocumentHit, PageHit


@click.command(
    help='Tìm trong kho, gõ có dấu hay không dấu: từ, "cả cụm", AND OR NOT, ngoặc ( ), chuyển*, '
    'so:534 loai:KH nam:2024..2026 coquan:"Sở Nội vụ" trichyeu: nguoiky: phong: hoso: donvi: tiepcan: tincay:. '
    "Kết quả xếp theo tài liệu."
)
@click.argument("query", nargs=-1, metavar="[CÂU_TÌM]")
@ARCHIVE
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, metavar="N", help="Số tài liệu in ra."
)
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Bỏ qua N tài liệu đầu.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="Xếp theo độ khớp, hay theo ngày văn bản: mới nhất, cũ nhất.",
)
@click.option(
    "--in", "within", multiple=True, metavar="TỆP|MÃ", help="Chỉ tìm trong tài liệu này; dùng được nhiều lần."
)
@click.option("--like", metavar="TỆP|MÃ", help="Tìm tài liệu giống tài liệu này, thay cho câu tìm.")
@click.option("--facets", is_flag=True, help="Đếm kết quả theo năm, loại, cơ quan, phông.")
@format_option("csv")
def search(
    query: tuple[str, ...],
    folder: Path,
    limit: int,
    offset: int,
    sort: str,
    within: tuple[str, ...],
    like: str | None,
    facets: bool,
    form: str,
) -> int:
    """Print the documents that answer a query."""
    from digitize.archive import open_archive
    from digitize.find import find_document
    from digitize.index.query import QueryError
    from digitize.index.search import Request, more_like
    from digitize.index.search import search as answer_query
    from digitize.ledger import Ledger

    text = " ".join(query)
    if bool(like) == bool(text.strip()):
        raise click.UsageError("Cần CÂU_TÌM, hoặc --like TỆP.")
    archive = open_archive(folder)
    with Ledger(archive.ledger) as ledger:
        try:
            if like:
                answer = more_like(archive, ledger, find_document(ledger, like), limit)
            else:
                inside = tuple(find_document(ledger, name) for name in within)
                answer = answer_query(archive, ledger, Request(text, limit, offset, sort, inside))  # type: ignore[arg-type]
        except QueryError as error:
            raise _with_caret(error, text) from error
    if form == "terminal":
        click.echo(_as_text(answer, offset, like, facets))
    else:
        click.echo(_as_json(answer) if form == "json" else _as_csv(answer), nl=form == "json")
    return DigitizeExit.DONE


def _with_caret(error: Any, text: str) -> VanthuError:
    """Return the error with the query below it and marks under the place of the fault."""
    from rich.cells import cell_len

    before, fault = cell_len(text[: error.start]), max(1, cell_len(text[error.start : error.end]))
    return VanthuError(f"câu tìm sai: {error.reason} → {error.hint}\n  {text}\n  {' ' * before}{'^' * fault}")


def _as_json(answer: Answer) -> str:
    told = {
        "version": 2,
        "query": answer.query,
        "pages": answer.pages,
        "documents": answer.documents,
        "suggestion": answer.suggestion,
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in answer.facets.items()},
        "hits": [
            {
                "path": exact(hit.path),
                "sha256": hit.sha256,
                "pdf": exact(str(hit.pdf)),
                "fields": asdict(hit.fields),
                "matching_pages": hit.matching_pages,
                "pages": [
                    {
                        "page": page.page,
                        "score": round(page.score, 4),
                        "snippet": page.snippet.text,
                        "marks": page.snippet.marks,
                    }
                    for page in hit.pages
                ],
            }
            for hit in answer.hits
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_csv(answer: Answer) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    names = ("number", "symbol", "date", "type", "issuer", "subject", "signer", "fonds", "file", "unit", "access")
    table.writerow(("path", "sha256", *names, "matching_pages", "page", "snippet"))
    for hit in answer.hits:
        told = (exact(hit.path), hit.sha256, *(getattr(hit.fields, name) for name in names), str(hit.matching_pages))
        for page in hit.pages:
            table.writerow([inert(cell) for cell in (*told, str(page.page), page.snippet.text)])
    return "\ufeff" + stream.getvalue()


def _as_text(answer: Answer, offset: int, like: str | None, facets: bool) -> str:
    asked = f"giống {near(like)}" if like else f"có «{answer.query}»"
    if not answer.pages:
        meant = f"\nÝ bạn là: {answer.suggestion}" if answer.suggestion else ""
        return f"Không thấy trang nào {asked}.{meant}"
    shown = f", in {len(answer.hits)} tài liệu" if len(answer.hits) < answer.documents else ""
    blocks = [f"{dotted(answer.pages)} trang trong {dotted(answer.documents)} tài liệu {asked}{shown}:"]
    blocks += [_document(number, hit) for number, hit in enumerate(answer.hits, start=offset + 1)]
    if facets:
        blocks.append("\n".join(_facet(_FACETS[name], pairs) for name, pairs in answer.facets.items() if pairs))
    return "\n\n".join(blocks)


def _document(number: int, hit: DocumentHit) -> str:
    title = _title(hit)
    lines = [f"{number}. {_original(hit)}" + (f" — {title}" if title else "")]
    lines += [f"   trang {page.page}: {_marked(page)}" for page in hit.pages]
    more = hit.matching_pages - len(hit.pages)
    if more > 0:
        lines.append(f"   và {dotted(more)} trang nữa: thêm --in {hit.sha256[:12]}")
    return "\n".join([*lines, f"   {near(hit.pdf)}"])


def _title(hit: DocumentHit) -> str:
    fields = hit.fields
    date = "/".join(reversed(fields.date.split("-"))) if fields.date else ""
    return ", ".join(part for part in (" ".join(filter(None, (fields.type, fields.code))), date, fields.issuer) if part)


def _facet(name: str, pairs: tuple[tuple[str, int], ...]) -> str:
    more = f", … ({len(pairs) - _FACET_VALUES} nữa)" if len(pairs) > _FACET_VALUES else ""
    return f"{name}: " + ", ".join(f"{value} ({dotted(count)})" for value, count in pairs[:_FACET_VALUES]) + more


def _original(hit: DocumentHit) -> str:
    return near(hit.path) if hit.path else "(bản gốc không còn ở chỗ cũ)"


def _marked(hit: PageHit) -> str:
    """Return the snippet with its words in bold, blanks drawn together."""
    pieces, position = [], 0
    for start, end in hit.snippet.marks:
        pieces += [hit.snippet.text[position:start], click.style(hit.snippet.text[start:end], bold=True)]
        position = end
    return " ".join("".join([*pieces, hit.snippet.text[position:]]).split())


_FACETS = {"year": "Năm", "type": "Loại", "issuer": "Cơ quan", "fonds": "Phông"}
_FACET_VALUES = 10
