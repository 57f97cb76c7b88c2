"""Pages with and without a secrecy stamp, drawn here: five sets of the same kinds, in other faces, sizes, places."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from digitize.pages import PageImage
from digitize.secrets.marking import Level

Set = Literal["development", "opened 1", "opened 2", "opened 3", "report"]
"""Three were once for reporting: what was missed in them was then mended, so that they report nothing any more."""
Scan = Literal["colour", "jpeg", "grey", "grey-jpeg", "bitonal"]
_FONTS = Path("/usr/share/fonts/truetype")
# Liberation lacks the letters with two marks: they are put together here.
FACES: dict[Set, tuple[str, str, str]] = {
    "development": ("dejavu/DejaVuSans-Bold", "dejavu/DejaVuSerif-Bold", "liberation2/LiberationSans-Bold"),
    "opened 1": (
        "liberation2/LiberationSerif-Bold",
        "dejavu/DejaVuSansCondensed-Bold",
        "liberation2/LiberationMono-Bold",
    ),
    "opened 2": ("dejavu/DejaVuSerifCondensed-Bold", "liberation2/LiberationSerif-Bold", "dejavu/DejaVuSansMono-Bold"),
    "opened 3": ("liberation2/LiberationSans-Bold", "dejavu/DejaVuSansMono-Bold", "liberation2/LiberationSerif-Bold"),
    "report": (
        "dejavu/DejaVuSansCondensed-Bold",
        "liberation2/LiberationSans-Bold",
        "dejavu/DejaVuSerifCondensed-Bold",
    ),
}
_SEEDS: dict[Set, str] = {
    "development": "development",
    "opened 1": "opened",
    "opened 2": "report",
    "opened 3": "last",
    "report": "final",
}
_BODY = "dejavu/DejaVuSerif"
_INKS = {"red": (205, 25, 45), "blue": (40, 50, 165), "black": (25, 25, 25)}
TEXTS: dict[Level, str] = {"mat": "MẬT", "toi-mat": "TỐI MẬT", "tuyet-mat": "TUYỆT MẬT"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a page is drawn. Sizes in mm, ``angle`` in degrees against the clock, ``ink`` and ``wear`` from 0 to 1."""

    name: str
    stamps: tuple[str, ...] = ()
    level: Level | None = None
    frame: int = 1
    colour: str = "red"
    ink: float = 0.9
    wear: float = 0.0
    angle: float = 0.0
    cap: float = 3.6
    place: str = "head"
    under: str = ""
    scan: Scan = "jpeg"
    dpi: int = 200
    head: tuple[str, ...] = ()
    body: str = "text"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A drawn page; ``level`` is what is marked on it."""

    name: str
    page: PageImage
    level: Level | None


def specimens(which: Set) -> Iterator[Specimen]:
    """Yield the pages of a set, each drawn when it is asked for."""
    for kind in (*MARKED, *INNOCENT):
        yield specimen(kind, which)


def _numbered(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return the marked kinds with a level each: its own, or one of the three in turn."""
    made = []
    for number, kind in enumerate(kinds):
        level = kind.level or tuple(TEXTS)[number % 3]
        stamps = kind.stamps if kind.level else (TEXTS[level],)
        made.append(replace(kind, name=f"{number:02} {kind.name}", level=level, stamps=stamps))
    return tuple(made)


MARKED = _numbered(
    (
        Kind("thẳng, khung đơn"),
        Kind("khung đôi", frame=2),
        Kind("không khung", frame=0),
        Kind("mực xanh", colour="blue"),
        Kind("mực đen, khung đơn", colour="black"),
        Kind("mực đen, không khung", colour="black", frame=0),
        Kind("nghiêng 2 độ", angle=2),
        Kind("nghiêng -2 độ, xám", angle=-2, scan="grey"),
        Kind("nghiêng 7 độ", angle=7),
        Kind("nghiêng -7 độ, không khung", angle=-7, frame=0),
        Kind("nghiêng 15 độ", angle=15),
        Kind("nghiêng -15 độ, đen trắng", angle=-15, scan="bitonal"),
        Kind("nghiêng 30 độ", angle=30),
        Kind("dựng 90 độ ở lề", angle=90, place="margin"),
        Kind("dựng -90 độ ở lề, xám", angle=-90, place="margin", scan="grey"),
        Kind("ngược 180 độ", angle=180),
        Kind("mờ 50%", ink=0.5),
        Kind("mờ 30%", ink=0.3),
        Kind("mờ 20%", ink=0.2),
        Kind("mờ 40%, xám", ink=0.4, scan="grey"),
        Kind("mờ 30%, nghiêng 7 độ", ink=0.3, angle=7),
        Kind("mòn", wear=0.35),
        Kind("mòn, nghiêng, xám", wear=0.3, angle=5, scan="grey-jpeg"),
        Kind("mòn, đen trắng", wear=0.25, scan="bitonal"),
        Kind("đè lên chữ", place="body"),
        Kind("đè lên chữ, nghiêng 7 độ", place="body", angle=7),
        Kind("đè lên chữ, xám", place="body", scan="grey"),
        Kind("đè lên chữ, mực xanh, mờ", place="body", colour="blue", ink=0.5),
        Kind("đè lên chữ, đen trắng", place="body", scan="bitonal", dpi=300, cap=4.4),
        Kind("đè lên đường kẻ bảng", body="table", place="body"),
        Kind("đè lên đường kẻ bảng, xám", body="table", place="body", scan="grey-jpeg"),
        Kind("dưới con dấu tròn", under="seal", place="seal"),
        Kind("dưới con dấu tròn, không khung", under="seal", place="seal", frame=0, ink=0.8),
        Kind("dưới chữ ký xanh", under="signature", place="sign"),
        Kind("đen trắng, khung đơn", scan="bitonal"),
        Kind("đen trắng, khung đôi, 300 dpi", scan="bitonal", frame=2, dpi=300),
        Kind("xám, ảnh nén", scan="grey-jpeg"),
        Kind("150 dpi", dpi=150),
        Kind("150 dpi, xám, nghiêng", dpi=150, scan="grey", angle=4),
        Kind("300 dpi, nghiêng", dpi=300, angle=-4),
        Kind("dấu to", cap=5.5),
        Kind("dấu nhỏ", cap=2.8),
        Kind("chữ đánh máy ở đầu văn bản", ("",), "mat", colour="black", head=("MẬT",)),
        Kind("dòng độ mật", ("",), "mat", head=("ĐỘ MẬT: MẬT",)),
        Kind("dòng độ mật tối mật", ("",), "toi-mat", head=("Độ mật: Tối mật",), scan="bitonal"),
        Kind("dấu bóc bì", ("TUYỆT MẬT", "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ"), "tuyet-mat", colour="red"),
        Kind("cạnh dấu hỏa tốc", ("HỎA TỐC", "TỐI MẬT"), "toi-mat"),
        Kind("cạnh dấu đến", ("CÔNG VĂN ĐẾN", "MẬT"), "mat", colour="blue"),
    )
)

INNOCENT = (
    Kind("trang chữ"),
    Kind("trang chữ, đen trắng", scan="bitonal"),
    Kind("trang chữ, xám 150 dpi", scan="grey-jpeg", dpi=150),
    Kind("nhắc bí mật nhà nước", body="mention"),
    Kind("nhắc bí mật, đen trắng", body="mention", scan="bitonal"),
    Kind("tên loại: bảo vệ bí mật", head=("VỀ VIỆC BẢO VỆ BÍ MẬT NHÀ NƯỚC",)),
    Kind("tên loại ngắt dòng", head=("VỀ VIỆC TĂNG CƯỜNG BẢO VỆ BÍ", "MẬT NHÀ NƯỚC TRONG TÌNH HÌNH MỚI")),
    Kind("mật độ", head=("MẬT ĐỘ DÂN SỐ",)),
    Kind("mật ong", head=("MẬT ONG RỪNG ĐẮK LẮK",)),
    Kind("mặt trận", head=("ỦY BAN MẶT TRẬN TỔ QUỐC",)),
    Kind("giải mật", ("GIẢI MẬT",)),
    Kind("khẩn", ("KHẨN",)),
    Kind("thượng khẩn", ("THƯỢNG KHẨN",)),
    Kind("hỏa tốc", ("HỎA TỐC",)),
    Kind("hỏa tốc hẹn giờ, nghiêng", ("HỎA TỐC HẸN GIỜ",), angle=6),
    Kind("hỏa tốc, đen trắng", ("HỎA TỐC",), scan="bitonal", angle=-3),
    Kind("khẩn, mờ", ("KHẨN",), ink=0.3),
    Kind("khẩn, dựng ở lề", ("KHẨN",), angle=90, place="margin"),
    Kind("khẩn, đè lên chữ", ("KHẨN",), place="body"),
    Kind("công văn đến", ("CÔNG VĂN ĐẾN",), colour="blue", frame=2),
    Kind("đến số", ("ĐẾN Số: 1234",), colour="red"),
    Kind("đến số, đen trắng", ("ĐẾN Số: 567",), scan="bitonal", angle=2),
    Kind("sao y", ("SAO Y BẢN CHÍNH",), place="sign"),
    Kind("đã ký", ("ĐÃ KÝ",), place="sign"),
    Kind("đã thu tiền", ("ĐÃ THU",), place="sign", angle=10),
    Kind("hỏng", ("MẤT",), colour="black", frame=0, place="sign"),
    Kind("bản gốc", ("BẢN GỐC",)),
    Kind("bản lưu", ("LƯU",), angle=-8),
    Kind("tối hậu thư", ("TỐI HẬU",)),
    Kind("thu hồi", ("TÀI LIỆU THU HỒI",)),
    Kind("con dấu tròn", under="seal"),
    Kind("con dấu tròn, xám", under="seal", scan="grey"),
    Kind("con dấu và chữ ký", under="seal+signature"),
    Kind("bảng", body="table"),
    Kind("bảng, đen trắng", body="table", scan="bitonal"),
    Kind("bảng, 150 dpi", body="table", dpi=150, scan="grey-jpeg"),
    Kind("bảng có cột độ mật", body="register"),
    Kind("quốc huy", under="arms"),
    Kind("ngày ký số", ("Ngày ký: 12/5/2026",), place="sign", frame=1),
    Kind("dự thảo", ("DỰ THẢO",), frame=1, colour="black"),
    Kind("một số nhà in", ("MST 0100",), frame=1, colour="black"),
    Kind("phát hành", ("PHÁT HÀNH",), ink=0.5, wear=0.2),
)


def specimen(kind: Kind, which: Set) -> Specimen:
    """Return the page of a kind as it is drawn in a set."""
    number = (*MARKED, *INNOCENT).index(kind)
    chance = random.Random(f"{_SEEDS[which]} {kind.name}")
    unit = kind.dpi / 25.4
    face = FACES[which][number % 3]
    sheet = _printed(kind.head, kind.body, unit, which).copy()
    for index, text in enumerate(filter(None, kind.stamps)):
        cap = kind.cap * chance.uniform(0.92, 1.12) * (0.6 if len(text) > 16 else 1)
        angle = kind.angle + chance.uniform(-0.7, 0.7)
        mark = _stamp(text, face, cap * unit, kind, unit, chance).rotate(angle, Image.Resampling.BICUBIC, expand=True)
        _ink(sheet, mark, _place(kind, mark, unit, index, chance), _INKS[kind.colour], kind.ink)
    if "seal" in kind.under:
        _seal(sheet, unit, chance)
    if "signature" in kind.under:
        _signature(sheet, unit, chance)
    if kind.under == "arms":
        _arms(sheet, unit)
    return Specimen(
        f"{kind.name} [{face.split('/')[1]}]", PageImage(_scanned(sheet, kind, chance), kind.dpi), kind.level
    )


@cache
def _printed(head: tuple[str, ...], body: str, unit: float, which: Set) -> Image.Image:
    """Return the page before anything is stamped on it."""
    sheet = Image.new("RGB", (round(210 * unit), round(297 * unit)), "white")
    pen = ImageDraw.Draw(sheet)

    def put(text: str, x: float, y: float, size: float = 3.3, bold: bool = False, centre: bool = False) -> None:
        font = _font(_BODY + ("-Bold" if bold else ""), round(size * 1.32 * unit))
        pen.text((x * unit, y * unit), text, font=font, fill=(25, 25, 25), anchor="ma" if centre else "la")

    put("ỦY BAN NHÂN DÂN", 62, 20, 2.6, True, True)
    put("TỈNH ĐẮK LẮK", 62, 26, 2.6, True, True)
    put("Số: 17/UBND-NC" if which == "development" else "Số: 248/BC-STP", 62, 35, 2.8, centre=True)
    put("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 145, 20, 2.4, True, True)
    put("Độc lập - Tự do - Hạnh phúc", 145, 26, 2.6, True, True)
    put("Đắk Lắk, ngày 12 tháng 5 năm 2026", 145, 35, 2.6, centre=True)
    for number, line in enumerate(head):
        put(line, 105, 62 + 7 * number, 3, True, True)
    lines = _MENTION if body == "mention" else _LINES
    if body in ("table", "register"):
        _table(pen, put, unit, body == "register")
        lines = lines[:6]
    top = 85 if body not in ("table", "register") else 190
    for number in range(18 if top == 85 else 6):
        put(lines[number % len(lines)], 30, top + 7.5 * number, 2.7)
    put("Nơi nhận:", 30, 240, 2.4, True)
    put("- Như trên;", 30, 246, 2.2)
    put("- Lưu: VT, NC.", 30, 251, 2.2)
    put("TM. ỦY BAN NHÂN DÂN", 145, 232, 2.8, True, True)
    put("CHỦ TỊCH", 145, 239, 2.8, True, True)
    return sheet


def _table(pen: ImageDraw.ImageDraw, put, unit: float, register: bool) -> None:  # type: ignore[no-untyped-def]
    edges = (30, 42, 100, 125, 150, 182)
    rows = ("STT", "Tên việc", "Độ mật" if register else "Đơn vị", "Số lượng", "Ghi chú")
    for row in range(11):
        y = 85 + 9 * row
        pen.line((30 * unit, y * unit, 182 * unit, y * unit), fill=(25, 25, 25), width=max(1, round(0.25 * unit)))
        if row == 10:
            break
        third = ("Thường", "Mật", "Không")[row % 3] if register else ("kg", "hộp", "bộ")[row % 3]
        cells = rows if row == 0 else (str(row), "Chỉnh lý hồ sơ phòng", third, str(row * 37), "")
        for x, cell in zip(edges, cells, strict=False):
            put(cell, x + 2, y + 2, 2.3, row == 0)
    for x in edges:
        pen.line((x * unit, 85 * unit, x * unit, 175 * unit), fill=(25, 25, 25), width=max(1, round(0.25 * unit)))


def _stamp(text: str, face: str, cap: float, kind: Kind, unit: float, chance: random.Random) -> Image.Image:
    """Return a stamp as coverage of ink, 0 to 255, with its frame."""
    letters = _lettering(text, face, cap)
    pad, line = round(cap * chance.uniform(0.35, 0.6)), max(2, round(0.45 * unit))
    step = line * 3
    margin = pad + step * 2
    mark = Image.new("L", (letters.width + 2 * margin, letters.height + 2 * margin), 0)
    mark.paste(letters, (margin, margin))
    pen = ImageDraw.Draw(mark)
    for number in range(kind.frame):
        inset = step * (2 - number) - line
        pen.rectangle((inset, inset, mark.width - 1 - inset, mark.height - 1 - inset), outline=255, width=line)
    if kind.wear:
        coarse = np.random.default_rng(chance.randrange(2**31)).normal(size=(mark.height // 5 + 2, mark.width // 5 + 2))
        hidden = Image.fromarray(coarse.astype("float32")).resize(mark.size, Image.Resampling.BICUBIC)
        there = np.asarray(hidden) > np.quantile(np.asarray(hidden), kind.wear)
        mark = Image.fromarray((np.asarray(mark) * there).astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))
    return mark


_PARTS = {
    "Ậ": ("Â", ""),
    "Ố": ("Ô", "´"),
    "Ệ": ("Ê", ""),
    "Ầ": ("Â", "`"),
    "Ẩ": ("Â", "´"),
    "Ấ": ("Â", "´"),
    "Ỏ": ("O", "´"),
    "Ả": ("A", "´"),
    "Ế": ("Ê", "´"),
    "Ợ": ("O", ""),
    "Ờ": ("O", "`"),
    "Ư": ("U", "´"),
    "Ủ": ("U", "´"),
    "Ự": ("U", ""),
    "Đ": ("Đ", None),
    "Ớ": ("O", "´"),
}


def _lettering(text: str, face: str, cap: float) -> Image.Image:
    """Return text in capitals of ``cap`` pixels, white on black, cut to its edges."""
    size = round(cap / 0.72)
    font = _font(face, size)
    board = Image.new("L", (round(size * (len(text) + 2)), round(size * 2.2)), 0)
    pen, x, base = ImageDraw.Draw(board), size * 0.5, size * 1.4
    for letter in text:
        plain, accent = (letter, None) if "dejavu" in face else _PARTS.get(letter, (letter, None))
        pen.text((x, base), plain, font=font, fill=255, anchor="ls")
        width = font.getlength(plain)
        if accent == "":
            spot = size * 0.075
            middle = (x + width / 2, base + size * 0.16)
            pen.ellipse((middle[0] - spot, middle[1] - spot, middle[0] + spot, middle[1] + spot), fill=255)
        elif accent:
            pen.text((x + width * 0.75, base - size * 0.12), accent, font=font, fill=255, anchor="ms")
        x += width * 1.04
    return board.crop(board.getbbox())


def _place(kind: Kind, mark: Image.Image, unit: float, index: int, chance: random.Random) -> tuple[int, int]:
    x, y = {"head": (62, 52), "margin": (14, 150), "body": (100, 130), "sign": (138, 256), "seal": (114, 250)}[
        kind.place
    ]
    x += chance.uniform(-6, 6) if kind.place != "margin" else chance.uniform(-1, 1)
    y += chance.uniform(-3, 3) + index * 18
    return round(x * unit - mark.width / 2), round(y * unit - mark.height / 2)


def _ink(
    sheet: Image.Image, mark: Image.Image, at: tuple[int, int], colour: tuple[int, int, int], strength: float
) -> None:
    """Print coverage on a sheet as transparent ink does: what lies under it stays dark."""
    box = (*at, at[0] + mark.width, at[1] + mark.height)
    under = sheet.crop(box)
    cover = mark.point(lambda value: round(value * strength))
    tint = Image.composite(Image.new("RGB", mark.size, colour), Image.new("RGB", mark.size, "white"), cover)
    sheet.paste(ImageChops.multiply(under, tint), at)


def _seal(sheet: Image.Image, unit: float, chance: random.Random) -> None:
    size = round(36 * unit)
    mark = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(mark)
    for inset, width in ((0, 0.9), (1.6, 0.3), (8, 0.3)):
        edge = inset * unit
        pen.ellipse((edge, edge, size - 1 - edge, size - 1 - edge), outline=255, width=max(1, round(width * unit)))
    font = _font(_BODY + "-Bold", round(3.4 * unit))
    for number, letter in enumerate("ỦY BAN NHÂN DÂN ★ TỈNH ĐẮK LẮK ★ "):
        tile = Image.new("L", (size, size), 0)
        ImageDraw.Draw(tile).text((size / 2, 2.2 * unit), letter, font=font, fill=255, anchor="ma")
        mark = ImageChops.lighter(mark, tile.rotate(180 - number * 11))
    ImageDraw.Draw(mark).regular_polygon((size / 2, size / 2, 6 * unit), 5, fill=255)
    mark = mark.rotate(chance.uniform(-15, 15))
    _ink(sheet, mark, (round(118 * unit), round(240 * unit)), _INKS["red"], 0.8)


def _signature(sheet: Image.Image, unit: float, chance: random.Random) -> None:
    pen = ImageDraw.Draw(sheet)
    points = [(120 + 3.2 * step, 256 + 9 * chance.uniform(-1, 1)) for step in range(14)]
    pen.line([(x * unit, y * unit) for x, y in points], fill=(40, 50, 165), width=round(0.6 * unit), joint="curve")


def _arms(sheet: Image.Image, unit: float) -> None:
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((95 * unit, 45 * unit, 115 * unit, 65 * unit), fill=(200, 30, 40), outline=(190, 150, 20), width=8)
    pen.regular_polygon((105 * unit, 54 * unit, 5 * unit), 5, fill=(230, 200, 40))


def _scanned(sheet: Image.Image, kind: Kind, chance: random.Random) -> Image.Image:
    """Return a sheet as a scanner gives it: blurred and noisy, in the colours of its kind."""
    pixels = cv2.GaussianBlur(np.asarray(sheet), (0, 0), 0.5 * kind.dpi / 200)
    cv2.setRNGSeed(chance.randrange(2**31))
    noise = cv2.randn(np.empty(pixels.shape[:2], "int16"), 246, 3)[:, :, None]
    sheet = Image.fromarray((pixels.astype("int16") + noise - 255).clip(0, 255).astype("uint8"))
    if kind.scan == "bitonal":
        return sheet.convert("L").point(lambda value: 255 if value > 165 else 0)
    if kind.scan.startswith("grey"):
        sheet = sheet.convert("L")
    if kind.scan.endswith("jpeg"):
        stored = io.BytesIO()
        sheet.save(stored, "JPEG", quality=55)
        sheet = Image.open(stored)
        sheet.load()
    return sheet


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / f"{face}.ttf"), size)


_LINES = (
    "Thực hiện chương trình công tác năm 2026, các phòng chuyên môn rà soát hồ sơ",
    "còn tồn đọng, lập danh mục và gửi về Văn phòng trước ngày 20 hằng tháng để",
    "tổng hợp. Đơn vị nào chậm thì người đứng đầu phải giải trình bằng văn bản và",
    "chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về việc chậm trễ đó.",
    "Kinh phí lấy từ nguồn chi thường xuyên đã giao cho các đơn vị trong năm nay.",
)
_MENTION = (
    "Cơ quan, tổ chức có trách nhiệm bảo vệ bí mật nhà nước theo quy định của Luật.",
    "Tài liệu mật, tối mật, tuyệt mật phải được bảo quản riêng trong tủ có khóa.",
    "Dấu chỉ độ mật gồm ba loại: Tuyệt mật, Tối mật và Mật, đóng ở đầu văn bản.",
    "Mật độ dân số của xã là 120 người một km2, sản lượng mật ong đạt 3 tấn một năm.",
    "Nghiêm cấm làm mất, làm lộ tài liệu mật; người làm mất phải báo cáo ngay.",
)
