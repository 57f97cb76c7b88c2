"""Tasks that stand in a table: a row a task, a column a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from doclint.anatomy.attributes import label_kind
from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.deadlines import deadline_of_value
from doclint.anatomy.parts import Actor, Deadline, Task
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold

Row = Mapping[int, Span]
Rows = Mapping[int, Row]


def tasks_of_tables(document: Document) -> Iterator[Task]:
    """Yield the tasks of every table whose headings name the work and who does it."""
    for rows, headings, columns in _task_tables(document):
        for number in sorted(rows):
            if number > headings and columns["what"] in rows[number] and len(rows[number]) > 1:
                yield _task(document, rows[number], columns)


def table_spans(document: Document) -> tuple[Span, ...]:
    """Return where such tables stand: their cells are no paragraphs of the text."""
    cells = ([span for row in rows.values() for span in row.values()] for rows, _, _ in _task_tables(document))
    return tuple(Span(min(cell.start for cell in table), max(cell.end for cell in table)) for table in cells)


def _task_tables(document: Document) -> Iterator[tuple[Rows, int, Mapping[str, int]]]:
    """Yield each table of tasks, the number of the row that heads it, and which column holds which fact."""
    for rows in _tables(document):
        headings = next((number for number in sorted(rows)[:3] if _columns(document, rows[number])), None)
        if headings is not None:
            yield rows, headings, _columns(document, rows[headings])


def _tables(document: Document) -> Iterator[Rows]:
    """Yield tables as row → column → span, one table after the other."""
    tables: dict[int, dict[int, dict[int, Span]]] = {}
    for block in document.blocks:
        if block.cell is None or block.part != "body":
            continue
        table, row, column = block.cell
        cells = tables.setdefault(table, {}).setdefault(row, {})
        earlier = cells.get(column, block.span)
        cells[column] = Span(earlier.start, block.span.end)
    yield from tables.values()


def _columns(document: Document, row: Row) -> dict[str, int]:
    """Return which column holds which fact, empty when the row does not head a table of tasks."""
    columns: dict[str, int] = {}
    for column, span in row.items():
        text = " ".join(document.at(span).split())
        kind = label_kind(text)
        if kind is not None:
            columns.setdefault(kind, column)
        elif _WORK.match(fold(text)):
            columns.setdefault("what", column)
    return columns if "what" in columns and ("lead" in columns or "deadline" in columns) else {}


def _task(document: Document, row: Row, columns: Mapping[str, int]) -> Task:
    cells = {kind: row[column] for kind, column in columns.items() if column in row}
    due = cells.get("deadline")
    deadline = deadline_of_value(document.at(due), due.start) if due is not None else Deadline("none")
    return Task(
        span=cells["what"],
        lead=_actors(document, cells.get("lead")),
        named_lead=True,
        partners=_actors(document, cells.get("partners")),
        deadline=deadline,
        standing=False,
        node=-1,
        product=cells.get("product"),
        resources=cells.get("resources"),
        authority=cells.get("authority"),
    )


def _actors(document: Document, cell: Span | None) -> tuple[Actor, ...]:
    """Return the bodies of a cell; what the grammar of names does not know is one body, as written."""
    if cell is None:
        return ()
    text = document.at(cell)
    return tuple(find_bodies(text, cell.start)) or (Actor(cell, " ".join(text.split())),)


_WORK = re.compile(r"(?:noi dung|nhiem vu|cong viec|hoat dong|ten nhiem vu|noi dung (?:cong viec|nhiem vu)|viec)\b")
