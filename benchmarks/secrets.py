"""Dấu độ mật trên ảnh: tìm dấu rồi đọc riêng, cạnh cách thường dùng: Tesseract đọc cả trang rồi so mẫu chữ."""

from __future__ import annotations

import os
import re
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from digitize.engines.tesseract import recognise
from digitize.pages import PageImage, count_pages, page_image
from digitize.secrets.marking import Level, find_marking, highest
from digitize.secrets.stamps import searched, settled
from digitize.words import page_text
from tests.digitize.secret_specimens import Set, specimens

REPOSITORY = Path(__file__).resolve().parents[1]
SECONDS = 120
GAZETTE_STEP = 6
"""One page of so many of the gazette is looked at: all of them take an hour."""
PEERS = {
    "MẬT ở bất cứ đâu": re.compile(r"\bMẬT\b"),
    "MẬT một mình một dòng": re.compile(r"^\W*(?:TỐI |TUYỆT )?MẬT\W*$", re.MULTILINE),
}


def main() -> None:
    """Print recall, levels and false stops on drawn and on real pages, and what looking for stamps takes."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    for which in get_args(Set):
        _table(f"trang tự vẽ, tập {which}", ((drawn.name, drawn.page, drawn.level) for drawn in specimens(which)))
    _table("trang thật (không trang nào mật)", _real_pages())


def _real_pages() -> Iterator[tuple[str, PageImage, Level | None]]:
    folder = Path(os.environ.get("VANTHU_SHARED", REPOSITORY.parent / "shared")) / "data"
    for path in sorted((folder / "scans/images").glob("*")):
        yield path.name, page_image(str(path), "png" if path.suffix == ".png" else "jpeg", 1), None
    for path in sorted(folder.rglob("*.pdf")):
        step = GAZETTE_STEP if path.parent.name == "gazette" else 1
        for number in range(1, count_pages(str(path), "pdf") + 1, step):
            yield f"{path.name}, trang {number}", page_image(str(path), "pdf", number), None


def _table(title: str, pages: Iterable[tuple[str, PageImage, Level | None]]) -> None:
    marked = innocent = exact = 0
    stops = {name: [0, 0] for name in ("digitize", "chỉ ảnh", *PEERS)}
    told: list[str] = []
    seconds = {"tìm dấu": 0.0, "đọc trang": 0.0}
    for name, page, level in pages:
        begun = _cpu()
        search = searched(page, 1, SECONDS)
        looked = _cpu()
        words = recognise(page, "vie", SECONDS)
        read = _cpu()
        stamped = settled(search, words, SECONDS).level
        seconds["tìm dấu"] += looked - begun + _cpu() - read
        seconds["đọc trang"] += read - looked
        found = highest([stamped, find_marking(words, 1, page.image.height)])
        text = page_text(words)
        kind = 0 if level else 1
        stops["digitize"][kind] += found is not None
        stops["chỉ ảnh"][kind] += stamped is not None
        for peer, pattern in PEERS.items():
            stops[peer][kind] += pattern.search(text) is not None
        marked += level is not None
        innocent += level is None
        exact += level is not None and found == level
        if (found is None) is (level is not None):
            told.append(f"{'sót' if level else 'dừng nhầm'}: {name}")
        elif level and found != level:
            told.append(f"độ mật đọc thành {found}: {name}")
    if not marked + innocent:
        return
    print(f"| {title} | tìm thấy / {marked} | dừng nhầm / {innocent} |")
    print("|---|---:|---:|")
    for name, (right, wrong) in stops.items():
        print(f"| {name} | {right} | {wrong} |")
    if marked:
        print(f"\nđúng độ mật: {exact} / {marked}", end="")
    share = seconds["tìm dấu"] / seconds["đọc trang"]
    print(f"\ntìm dấu tốn {share:.2f} lần thời gian CPU của Tesseract đọc cả trang")
    print("\n".join(told), end="\n\n")


def _cpu() -> float:
    """Return the processor time of this process and of the programs that it has run, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
