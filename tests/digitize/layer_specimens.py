"""Pages of PDF made for the judge of text layers: each a file of one page whose kind is known."""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array
from PIL import Image, ImageOps

from tests.digitize.layer_sheet import A4, Sheet, letter_by_letter, outlines

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Specimen:
    name: str
    kind: str
    pdf: bytes


def specimens() -> list[Specimen]:
    """All of them; the kinds are those of digitize.layers.judge."""
    return [Specimen(f"{kind}: {name}", kind, make()) for kind, name, make in _all()]


def real_kind(path: Path, number: int) -> str:
    """What page ``number`` of a real file is, by eye."""
    return _REAL.get(path.stem, {}).get(number, "scan" if path.parent.parent.name == "scans" else "digital")


_REAL = {
    # Tables and a form set as pictures under the running head, an imprint in outlines.
    "thong-tu-so-04-2023-tt-bkhdt-39703": {**dict.fromkeys(range(27, 33), "header"), 47: "curves"},
    "thong-tu-so-18-2026-tt-bxd-469591": dict.fromkeys((35, 36), "header"),
    "hanoi_kh_173_festival": {12: "blank"},
}
"""All other pages of gazette/ and born-digital/ are digital, drawings of uniforms and turned tables among them."""


def body(number: int, lines: int = 30) -> list[str]:
    """Lines of one of the texts of corpora/texts, of at most 62 letters."""
    paths = sorted((REPOSITORY / "corpora" / "texts").glob("*.txt"))
    text = paths[number % len(paths)].read_text(encoding="utf-8").split("---\n", 2)[-1]
    words, rows = text.split(), [""]
    while len(rows) <= lines:
        for word in words:
            if len(rows[-1]) + len(word) > 62:
                rows.append("")
            rows[-1] += f" {word}" if rows[-1] else word
    return rows[:lines]


HEAD = ["ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM", "Số: 12/KH-UBND"]
CAPTION = ["Người ký: Cổng Thông tin điện tử", "Cơ quan: Văn phòng", "Thời gian ký: 25.05.2026 08:00:52 +07:00"]
ENGLISH = ["The Ministry of Health of the Socialist Republic of Viet Nam shall decide"] * 20


def _all() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    yield from (("digital", name, make) for name, make in _digital().items())
    yield from (("scan", name, make) for name, make in _scans().items())
    yield from (("header", name, make) for name, make in _headers().items())
    yield from (("caption", name, make) for name, make in _captions().items())
    yield from (("garbage", name, make) for name, make in _garbage().items())
    yield from (("recognised", name, make) for name, make in _recognised().items())
    yield from (("poor_ocr", name, make) for name, make in _poor().items())
    yield from (("blank", name, make) for name, make in _blank().items())
    yield from (("curves", name, make) for name, make in _curves().items())


Made = Mapping[str, Callable[[], bytes]]


def _digital() -> Made:
    draft = REPOSITORY / "corpora" / "drafts" / "ke-hoach-sach.pdf"
    rules = "\n".join(f"60 {y} m 535 {y} l S" for y in range(60, 780, 19))
    dots = "\n".join(f"q 1 0 0 1 {60 + n % 100 * 4.5} {60 + n // 100 * 3} cm /Im0 Do Q" for n in range(10_000))
    photo = _photo()
    numbers = [f"{n}   1.250.{n:03}   31/12/2026" for n in range(36)]
    bar = "0.1 g 60 740 480 60 re f"
    return {
        **{f"LibreOffice {n}": lambda n=n: _page_of(draft, n) for n in range(3)},
        "plain": lambda: Sheet().text(body(0)).done(),
        **{f"turned {turn}": lambda turn=turn: Sheet().text(body(1)).done(Rotate=turn) for turn in (90, 180, 270, -90)},
        "cropped": lambda: Sheet().text(body(2)).done(CropBox=Array([40, 60, 560, 800])),
        "cropped and turned": lambda: Sheet().text(body(2)).done(CropBox=Array([40, 60, 560, 800]), Rotate=90),
        "in three forms": lambda: Sheet().text(body(3)).nest(3).done(),
        "in twelve forms": lambda: Sheet().text(body(3)).nest(12).done(),
        "with a photograph": lambda: Sheet().text(body(4, 14)).picture(photo, (100, 80, 500, 420)).done(),
        "on letter paper": lambda: Sheet().picture(_letter_paper()).text(body(5)).done(),
        "over 10,000 tiny pictures": lambda: Sheet().picture(_dot(), (0, 0, 1, 1)).draw(dots).text(body(6)).done(),
        "A0": lambda: Sheet((2384, 3370)).text(body(7), size=40, top=300, x=200).done(),
        "A6": lambda: Sheet((298, 420)).text(body(8, 25), size=6, top=20, x=20).done(),
        "decomposed": lambda: Sheet().text(body(9), said=lambda text: unicodedata.normalize("NFD", text)).done(),
        "English": lambda: Sheet().text(ENGLISH).done(),
        "table of numbers": lambda: Sheet().draw(rules).text(numbers).done(),
        "page number alone": lambda: Sheet().text(["12"], x=290, top=30).done(),
        "hidden twin": lambda: Sheet().text(body(10)).text(body(10), mode=3).done(),
        "caption and seal at the foot": lambda: (
            Sheet().text(body(11, 26)).picture(photo, (400, 60, 470, 130)).text(CAPTION, x=380, top=720, size=8).done()
        ),
        "letter by letter": lambda: letter_by_letter(body(12, 20)),
        "TCVN3": lambda: _tcvn3(body(13)),
        "white on a dark bar": lambda: (
            Sheet().draw(bar).text(body(14, 2), colour="1 g", top=55).text(body(15, 25), top=130).done()
        ),
        "names and codes": lambda: Sheet().text(["PCCC UBND HĐND SHTT H29.17", "Nguyen Van An, Tran Thi Bich"]).done(),
    }  # fmt: skip


def _scans() -> Made:
    scan = _scan(body(20))
    strips = [
        scan.crop((0, top, scan.width, top + scan.height // 20 + 1)) for top in range(0, scan.height, scan.height // 20)
    ]

    def cut() -> bytes:
        sheet = Sheet()
        for number, strip in enumerate(strips):
            top = A4[1] * (1 - number * (scan.height // 20) / scan.height)
            sheet.picture(strip, (0, top - A4[1] * strip.height / scan.height, A4[0], top))
        return sheet.done()

    def tiles() -> bytes:
        sheet = Sheet()
        for number in range(2_500):
            row, column = divmod(number, 50)
            across, down = scan.width / 50, scan.height / 50
            tile = scan.crop((int(column * across), int(row * down), int((column + 1) * across), int((row + 1) * down)))
            x, y = A4[0] / 50 * column, A4[1] - A4[1] / 50 * (row + 1)
            sheet.picture(tile, (x, y, x + A4[0] / 50, y + A4[1] / 50))
        return sheet.done()

    return {
        "of one bit": lambda: Sheet().picture(scan.convert("1")).done(),
        "grey": lambda: Sheet().picture(scan).done(),
        "in colour": lambda: Sheet().picture(ImageOps.colorize(scan, "black", "#f4e4b0")).done(),
        "in strips": cut,
        "in 2,500 tiles": tiles,
        "in forms": lambda: Sheet().picture(scan).nest(4).done(),
        "turned": lambda: Sheet().picture(scan).done(Rotate=90),
        "with a frame drawn": lambda: Sheet().picture(scan).draw("20 20 555 802 re S").done(),
        "with blanks for text": lambda: Sheet().picture(scan).text(["   "]).done(),
    }


def _headers() -> Made:
    scan = _scan(body(21, 28), top=110)
    running = ["CÔNG BÁO/Số 815 + 816/Ngày 12-7-2023 77"]
    arrival = ["SỞ NỘI VỤ TỈNH", "ĐẾN Số: 1234", "Ngày: 12/5/2026", "Chuyển: Phòng Quản lý hồ sơ"]
    box = (20, 20, 575, 740)
    return {
        "running head": lambda: Sheet().picture(scan).text(running, top=20, size=10).done(),
        "running head, scan last": lambda: Sheet().text(running, top=20, size=10).picture(scan, box).done(),
        "page number": lambda: Sheet().picture(scan).text(["- 7 -"], x=280, top=20).done(),
        "page number below": lambda: Sheet().picture(scan).text(["Trang 7/12"], x=280, top=810, size=9).done(),
        "letterhead": lambda: Sheet().picture(scan).text(HEAD, top=30).done(),
        "arrival stamp": lambda: Sheet().picture(scan).text(arrival, x=60, top=20, size=9).done(),
        "title": lambda: Sheet().text(["Phụ lục IV", *body(22, 3)], top=30, size=9).picture(scan, box).done(),
        "turned": lambda: Sheet().picture(scan).text(running, top=20, size=10).done(Rotate=270),
        "in forms": lambda: Sheet().picture(scan).text(HEAD, top=30).nest(3).done(),
        "with a hidden number": lambda: Sheet().picture(scan).text(running, top=20, size=9).text(["7"], mode=3).done(),
    }  # fmt: skip


def _captions() -> Made:
    scan = _scan(body(23, 28), top=110)
    english = ["Digitally signed by UBND XA VINH TRAM", "Date: 2026.05.25 08:00:52 +07:00"]
    return {
        "above": lambda: Sheet().picture(scan).text(CAPTION, x=380, top=20, size=8).done(),
        "below": lambda: Sheet().picture(scan).text(CAPTION, x=60, top=790, size=8).done(),
        "English": lambda: Sheet().picture(scan).text(english, x=380, top=20, size=8).done(),
        "with a page number": lambda: Sheet().picture(scan).text(CAPTION, x=380, top=20).text(["3"], top=815).done(),
        "turned": lambda: Sheet().picture(scan).text(CAPTION, x=380, top=20, size=8).done(Rotate=90),
        "in the body": lambda: Sheet().picture(scan).text(CAPTION, x=330, top=600, size=8).done(),
    }  # fmt: skip


def _garbage() -> Made:
    def shuffled(seed: int) -> Callable[[str], str]:
        letters = sorted(set("".join(body(seed))) - {" "})
        others = letters.copy()
        random.Random(seed).shuffle(others)
        return lambda text: str.translate(text, dict(zip(map(ord, letters), others, strict=True)))

    mojibake = str.maketrans(
        {char: char.encode().decode("latin-1") for char in set("".join(body(34))) if ord(char) > 127}
    )
    return {
        **{f"shuffled {n}": lambda n=n: Sheet().text(body(n), said=shuffled(n)).done() for n in (30, 31, 32)},
        "shifted": lambda: Sheet().text(body(33), said=lambda text: "".join(chr(ord(c) + 3) for c in text)).done(),
        "mojibake": lambda: Sheet().text(body(34), said=lambda text: text.translate(mojibake)).done(),
        "private use": lambda: Sheet().text(body(35), said=lambda text: chr(0xE000 + ord(text) % 0x1000)).done(),
        "without a table": lambda: Sheet().text(body(36), said=None).done(),
        "without marks": lambda: Sheet().text(body(37), said=_bare).done(),
        "replaced": lambda: Sheet().text(body(38), said=lambda text: "\ufffd" if ord(text) > 127 else text).done(),
        "marks lost to blanks": lambda: Sheet().text(body(39), said=lambda c: " " if ord(c) > 127 else c).done(),
        "shuffled and turned": lambda: Sheet().text(body(40), said=shuffled(40)).done(Rotate=90),
        "shuffled in forms": lambda: Sheet().text(body(41), said=shuffled(41)).nest(2).done(),
    }  # fmt: skip


def _recognised() -> Made:
    lines = body(50)
    scan = _scan(lines)
    return {
        "mode 3": lambda: Sheet().picture(scan).text(lines, mode=3).done(),
        "mode 3 before the picture": lambda: Sheet().text(lines, mode=3).picture(scan).done(),
        "behind the picture": lambda: Sheet().text(lines).picture(scan).done(),
        "mode 7": lambda: Sheet().picture(scan).text(lines, mode=7).done(),
        "in a form": lambda: Sheet().picture(scan).text(lines, mode=3).nest(1).done(),
        "turned": lambda: Sheet().picture(scan).text(lines, mode=3).done(Rotate=90),
        "with few slips": lambda: Sheet().picture(scan).text(_misread(lines, 0.005), mode=3).done(),
    }


def _poor() -> Made:
    lines = body(51)
    scan = _scan(lines)
    bare = [_bare(line) for line in lines]
    slanted = [line.translate(str.maketrans("ấầẩẫậớờởỡợđịảạ", "äåãâàôõöơọdjäa")) for line in lines]
    return {
        "many slips": lambda: Sheet().picture(scan).text(_misread(lines, 0.08), mode=3).done(),
        "most letters wrong": lambda: Sheet().picture(scan).text(_misread(lines, 0.5), mode=3).done(),
        "without marks": lambda: Sheet().picture(scan).text(bare, mode=3).done(),
        "read as another language": lambda: Sheet().picture(scan).text(slanted, mode=3).done(),
        "head alone": lambda: Sheet().picture(scan).text(lines[:3], mode=3).done(),
        "behind the picture": lambda: Sheet().text(_misread(lines, 0.2)).picture(scan).done(),
        "unknown letters": lambda: Sheet().picture(scan).text(lines, mode=3, said=_without_vowels).done(),
        "in a form": lambda: Sheet().picture(scan).text(_misread(lines, 0.1), mode=3).nest(1).done(),
    }  # fmt: skip


def _blank() -> Made:
    return {
        "nothing": lambda: Sheet().done(),
        "white box": lambda: Sheet().draw("1 g 0 0 595 842 re f").done(),
        "blanks": lambda: Sheet().text(["   ", " "]).done(),
        "turned": lambda: Sheet().done(Rotate=90),
        "A0": lambda: Sheet((2384, 3370)).done(),
        "empty forms": lambda: Sheet().nest(3).done(),
    }


def _curves() -> Made:
    return {
        "all": lambda: Sheet().draw(outlines(body(60, 20))).done(),
        "under a letterhead": lambda: Sheet().text(HEAD, top=20).draw(outlines(body(61, 20))).done(),
        "in forms": lambda: Sheet().draw(outlines(body(62, 20))).nest(2).done(),
    }


def _page_of(path: Path, number: int) -> bytes:
    with pikepdf.open(path) as source, pikepdf.new() as made:
        made.pages.append(source.pages[number])
        buffer = io.BytesIO()
        made.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def _tcvn3(lines: list[str]) -> bytes:
    from tests.doclint.legacy_encoder import TCVN3

    codes = {letter: chr(code) for letter, code in TCVN3.items()}
    codes |= {letter.upper(): code for letter, code in codes.items() if letter.upper() not in codes}
    return Sheet().text(lines, said=lambda text: codes.get(text, text), base=".VnTime").done()


def _without_vowels(char: str) -> str:
    return "\ufffd" if char in "aeiou" else char


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).replace("đ", "d")


def _misread(lines: list[str], share: float) -> list[str]:
    chance = random.Random(1)
    wrong = "rnclij1ltfvwyuôõöäâăeæêœß"
    return [
        "".join(chance.choice(wrong) if c.isalpha() and chance.random() < share else c for c in line) for line in lines
    ]


def _scan(lines: list[str], top: float = 60) -> Image.Image:
    """A page of print at 150 dpi with the noise of paper."""
    import pypdfium2

    image = (
        pypdfium2.PdfDocument(Sheet().text(lines, top=top).done())[0].render(scale=150 / 72, grayscale=True).to_pil()
    )
    return Image.blend(image, Image.effect_noise(image.size, 40).convert("L"), 0.08)


def _photo() -> Image.Image:
    return Image.radial_gradient("L").resize((400, 340))


def _letter_paper() -> Image.Image:
    paper = Image.new("RGB", (595, 842), "#fffdf5")
    paper.paste("#d8e4f0", (0, 0, 595, 30))
    paper.paste("#f0e8e8", (200, 300, 400, 500))
    return paper


def _dot() -> Image.Image:
    return Image.new("L", (1, 1), 200)
