"""How the review queue is sifted: as the address of a page tells it, as its form shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query

from digitize.describe.values import LABELS
from digitize.web.queue import ALL, Ordered, Sift


@dataclass(frozen=True, slots=True)
class SiftView:
    """What the form of a queue shows: values to choose from, and what is chosen, in words."""

    sift: Sift
    fields: list[tuple[str, str]]
    types: list[tuple[str, str]]
    fonds: list[tuple[str, str]]
    levels: list[tuple[int, str]]
    orders: list[tuple[str, str]]
    files: tuple[str, ...]
    words: list[str]


def _asked(
    only: Annotated[str, Query(alias="chi", description=f"Chỉ trường này: {', '.join(LABELS)}", max_length=20)] = "",
    kind: Annotated[str, Query(alias="loai", description="Chỉ loại văn bản này", max_length=100)] = "",
    fonds: Annotated[str, Query(alias="phong", description="Chỉ phông này", max_length=200)] = "",
    file: Annotated[str, Query(alias="hoso", description="Tên hồ sơ có chữ này, không kể dấu", max_length=200)] = "",
    text: Annotated[str, Query(alias="q", description="Trích yếu, ô chờ hay tên tệp có chữ này", max_length=200)] = "",
    below: Annotated[
        str, Query(alias="duoi", description="Chỉ ô chắc dưới số phần trăm này", pattern="^([1-9][0-9]?|100)?$")
    ] = "",
    order: Annotated[
        Literal["archive", "doubt"], Query(alias="xep", description="archive: theo kho; doubt: ít chắc đứng trước")
    ] = "archive",
) -> Sift:
    return Sift(only if only in LABELS else "", kind, fonds, file.strip(), text.strip(), int(below or ALL), order)


Asked = Annotated[Sift, Depends(_asked)]


def link(base: str, path: str, sift: Sift, **more: str) -> str:
    """Return where a page of the queue is that ``sift`` leaves; ``base`` is where the application is mounted."""
    order = sift.order if sift.order != "archive" else ""
    below = str(sift.below) if sift.below != ALL else ""
    named = {"chi": sift.field, "loai": sift.type, "phong": sift.fonds, "hoso": sift.file, "q": sift.text}
    told = {**more, **named, "duoi": below, "xep": order}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{base}/duyet{path}" + (f"?{query}" if query else "")


def sift_view(sift: Sift, queue: Ordered) -> SiftView:
    """Return what the form shows beside a queue."""
    return SiftView(
        sift,
        list(LABELS.items()),
        [(one, one) for one in sorted({*queue.types, sift.type} - {""})],
        [(one, one) for one in sorted({*queue.fonds, sift.fonds} - {""})],
        [(level, f"dưới {level} %") for level in sorted({*_LEVELS, sift.below} - {ALL})],
        _ORDERS,
        queue.files[:_MOST_FILES],
        _words(sift),
    )


def _words(sift: Sift) -> list[str]:
    told = {
        "trường": LABELS.get(sift.field, ""),
        "loại": sift.type,
        "phông": sift.fonds,
        "hồ sơ": sift.file,
        "có chữ": sift.text,
        "chắc dưới": f"{sift.below} %" if sift.below != ALL else "",
        "thứ tự": dict(_ORDERS)[sift.order] if sift.order != "archive" else "",
    }
    return [f"{name}: {value}" for name, value in told.items() if value]


_ORDERS = [("archive", "theo kho"), ("doubt", "ít chắc trước")]
_LEVELS = (30, 50, 70)
_MOST_FILES = 200
