"""Documents of offices that do not exist, to put in packs and to copy from."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = """
cây đường nước thôn xóm hồ đê lúa ngô trâu bò chợ trường lớp sách vở bàn ghế điện cầu cống kênh mương rừng đồi núi
sông suối nhà sân vườn cổng hàng rào giếng ao cá tôm cua gà vịt lợn chó mèo muối gạo đường sữa vải lụa bông sợi
""".split()  # noqa: SIM905


def passage(seed: int, syllables: int = 60) -> str:
    """Return words in an order that nobody else has."""
    source = random.Random(seed)
    return " ".join(source.choice(WORDS) for _ in range(syllables))


def document(
    body: str,
    *,
    issuer: str = "ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ",
    number: str = "77/KH-UBND",
    date: str = "ngày 05 tháng 01 năm 2026",
    mark: str = "",
) -> str:
    """Return a plan with ``body`` as its only numbered item."""
    return (
        f"{issuer}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\nSố: {number}\n\n{mark}\n\n"
        f"Sơn Khê, {date}\n\nKẾ HOẠCH\nTrồng cây ven đường\n\n1. {body}.\n\nNơi nhận:\n- Lưu: VT.\n"
    )


def write(folder: Path, name: str, text: str) -> Path:
    """Write ``text`` to a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
