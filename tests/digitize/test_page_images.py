from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from conftest import write_tiff
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from digitize import limits
from digitize.intake import Kind, kind_of
from digitize.pages import Unreadable, count_pages, page_image


def corner_sheet(mode: str = "L") -> Image.Image:
    """White, 80 × 40, with a black square in the upper left corner."""
    sheet = Image.new("L", (80, 40), 255)
    sheet.paste(0, (0, 0, 20, 20))
    return sheet.convert(mode)


def is_upright(image: Image.Image) -> bool:
    grey = image.convert("L")
    width, height = grey.size
    return int(grey.getpixel((5, 5)) or 0) < 60 and int(grey.getpixel((width - 5, height - 5)) or 0) > 200


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P", "RGBA", "LA", "I;16"])
def test_every_mode_becomes_eight_bits(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    if mode == "I;16":
        deep = [100 if x < 20 and y < 20 else 4000 for y in range(40) for x in range(80)]
        Image.frombytes("I;16", (80, 40), struct.pack("<3200H", *deep)).save(path)
    else:
        corner_sheet(mode).save(path)
    image = page_image(str(path), "tiff", 1).image
    assert image.mode in ("L", "RGB")
    assert image.size == (80, 40)
    assert is_upright(image)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert page_image(str(tmp_path / "a.png"), "png", 1).image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_90",
    7: "TRANSVERSE",
    8: "ROTATE_270",
}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_turn_is_undone(orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    lying(orientation).save(path, quality=95, exif=exif(orientation))
    image = page_image(str(path), "jpeg", 1).image
    assert image.size == (80, 40)
    assert is_upright(image)


def lying(orientation: int) -> Image.Image:
    """The corner sheet as a camera held that way stores it."""
    turn = TURNS.get(orientation)
    return corner_sheet().transpose(Image.Transpose[turn]) if turn else corner_sheet()


def exif(orientation: int) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    return data


@pytest.mark.parametrize(("written", "dpi"), [((300, 300), 300), ((72, 72), 200), (None, 200)])
def test_only_a_scanner_is_believed_on_resolution(written: tuple[int, int] | None, dpi: int, tmp_path: Path) -> None:
    corner_sheet().save(tmp_path / "a.png", **({"dpi": written} if written else {}))
    assert round(page_image(str(tmp_path / "a.png"), "png", 1).dpi) == dpi


def test_frames_of_a_tiff_are_pages_in_order(tmp_path: Path) -> None:
    write_tiff(tmp_path / "a.tif", [Image.new("L", (30 + number, 20), 255) for number in range(1, 13)])
    assert count_pages(str(tmp_path / "a.tif"), "tiff") == 12
    for number in range(1, 13):
        assert page_image(str(tmp_path / "a.tif"), "tiff", number).image.width == 30 + number


def blank_pdf(path: Path, *, pages: int = 1, **page: object) -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 100))
        for key, value in page.items():
            pdf.pages[-1].obj[f"/{key}"] = value
    pdf.save(path)
    return path


def test_a_pdf_page_is_rendered_at_300_dpi(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path / "a.pdf", Rotate=90)
    page = page_image(str(path), "pdf", 1)
    assert page.dpi == limits.RENDER_DPI
    assert page.image.size == (417, 834)


def test_a_large_sheet_is_rendered_smaller_and_an_absurd_one_refused(tmp_path: Path) -> None:
    for size, dpi in (((1684, 2384), 227), ((2384, 3370), 200), ((3370, 6000), 160)):  # A1, A0, a drawing
        page = page_image(str(blank_pdf(tmp_path / "a.pdf", MediaBox=[0, 0, *size])), "pdf", 1)
        assert round(page.dpi) == dpi
        assert page.image.width * page.image.height <= limits.PIXELS_PER_PAGE * 1.01
    with pytest.raises(Unreadable, match=r"khổ trang quá lớn \(508 × 508 cm\)"):
        page_image(str(blank_pdf(tmp_path / "b.pdf", MediaBox=[0, 0, 14400, 14400])), "pdf", 1)


def bomb_png(path: Path, side: int) -> Path:
    """A PNG of side × side white pixels in a few hundred kilobytes, valid to the last byte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"\xff" * (side // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"ảnh quá lớn \(20\.000 × 20\.000 điểm ảnh, giới hạn 100 triệu\)"):
        page_image(str(bomb_png(tmp_path / "a.png", 20_000)), "png", 1)


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES_PER_DOCUMENT", 3)
    assert count_pages(str(blank_pdf(tmp_path / "a.pdf", pages=3)), "pdf") == 3
    with pytest.raises(Unreadable, match=r"quá nhiều trang \(4, giới hạn 3\)"):
        count_pages(str(blank_pdf(tmp_path / "b.pdf", pages=4)), "pdf")


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="chủ", user="khách"))
    with pytest.raises(Unreadable, match="PDF có mật khẩu"):
        count_pages(str(tmp_path / "a.pdf"), "pdf")


@pytest.mark.parametrize("kind", ["jpeg2000", "webp", "bmp"])
def test_every_format_of_one_page(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "a"
    corner_sheet("RGB").save(path, format=kind)
    assert kind_of(path.read_bytes()[:1024]) == kind
    assert count_pages(str(path), kind) == 1
    assert is_upright(page_image(str(path), kind, 1).image)


def test_a_codestream_without_its_wrapping(tmp_path: Path) -> None:
    corner_sheet().save(tmp_path / "a.j2k")
    assert kind_of((tmp_path / "a.j2k").read_bytes()) == "jpeg2000"
    assert is_upright(page_image(str(tmp_path / "a.j2k"), "jpeg2000", 1).image)


def test_a_moving_picture_is_its_first(tmp_path: Path) -> None:
    moving = [Image.new("RGB", (60, 60), colour) for colour in ("white", "black")]
    moving[0].save(tmp_path / "a.webp", save_all=True, append_images=moving[1:], lossless=True)
    assert count_pages(str(tmp_path / "a.webp"), "webp") == 1
    assert page_image(str(tmp_path / "a.webp"), "webp", 1).image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("colour", "mode"), [("red", "RGB"), ((130, 126, 128), "L"), ("grey", "L"), ("#ffe", "RGB")])
def test_colour_is_kept_where_there_is_some(colour: str | tuple[int, int, int], mode: str, tmp_path: Path) -> None:
    sheet = corner_sheet("RGB")
    sheet.paste(colour, (60, 20, 64, 24))
    sheet.save(tmp_path / "a.png")
    assert page_image(str(tmp_path / "a.png"), "png", 1).image.mode == mode
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    red = b"1 0 0 rg" if mode == "RGB" else b".5 g"
    pdf.pages[0].obj.Contents = pdf.make_stream(red + b" 20 20 5 5 re f")
    pdf.save(tmp_path / "a.pdf")
    assert page_image(str(tmp_path / "a.pdf"), "pdf", 1).image.mode == mode


@pytest.mark.parametrize("compression", [None, "group4", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_odd_strips_of_a_tiff(compression: str | None, tmp_path: Path) -> None:
    mode = "1" if compression == "group4" else "L"
    sheet = Image.effect_noise((301, 203), 90).convert(mode)
    sheet.save(tmp_path / "a.tif", compression=compression, strip_size=7 * 301)
    image = page_image(str(tmp_path / "a.tif"), "tiff", 1).image
    assert ImageChops.difference(image, sheet.convert("L")).getbbox() is None


def tiff_of_tiles(path: Path, side: int, width: int, height: int) -> Image.Image:
    """A grey TIFF cut into tiles, the last of each row and column wider than what is left."""
    sheet = Image.effect_noise((width, height), 90)
    across, down = -(-width // side), -(-height // side)
    padded = Image.new("L", (across * side, down * side))
    padded.paste(sheet, (0, 0))
    tiles = [
        padded.crop((x * side, y * side, (x + 1) * side, (y + 1) * side)).tobytes()
        for y in range(down)
        for x in range(across)
    ]
    entries = 10
    offsets = 8 + 2 + entries * 12 + 4
    data = offsets + 8 * len(tiles)
    head = struct.pack("<2sHIH", b"II", 42, 8, entries)
    for tag, kind, count, value in (
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (277, 3, 1, 1),
        (322, 4, 1, side),
        (323, 4, 1, side),
        (324, 4, len(tiles), offsets),
        (325, 4, len(tiles), offsets + 4 * len(tiles)),
    ):
        head += struct.pack("<HHII", tag, kind, count, value)
    head += struct.pack("<I", 0)
    head += b"".join(struct.pack("<I", data + number * side * side) for number in range(len(tiles)))
    head += struct.pack("<I", side * side) * len(tiles)
    path.write_bytes(head + b"".join(tiles))
    return sheet


def test_tiles_of_a_tiff(tmp_path: Path) -> None:
    sheet = tiff_of_tiles(tmp_path / "a.tif", 64, 301, 203)
    assert ImageChops.difference(page_image(str(tmp_path / "a.tif"), "tiff", 1).image, sheet).getbbox() is None


def test_a_tiff_whose_pages_go_round_ends(tmp_path: Path) -> None:
    write_tiff(tmp_path / "a.tif", [Image.new("L", (30, 20), 255)] * 2)
    data = bytearray((tmp_path / "a.tif").read_bytes())
    first = struct.unpack_from("<I", data, 4)[0]
    second = first + 2 + 12 * struct.unpack_from("<H", data, first)[0]
    onward = struct.unpack_from("<I", data, second)[0]
    last = onward + 2 + 12 * struct.unpack_from("<H", data, onward)[0]
    struct.pack_into("<I", data, last, first)
    (tmp_path / "a.tif").write_bytes(data)
    assert count_pages(str(tmp_path / "a.tif"), "tiff") == 2


def webp_bomb(kind: bytes) -> bytes:
    sides = {
        b"VP8X": bytes(4) + (16_382).to_bytes(3, "little") * 2,
        b"VP8L": b"\x2f" + (16_382 | 16_382 << 14).to_bytes(4, "little") + bytes(5),
        b"VP8 ": b"\x50\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383),
    }[kind]
    return b"RIFF" + struct.pack("<I", 4 + 8 + len(sides)) + b"WEBP" + kind + struct.pack("<I", len(sides)) + sides


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_webp_bomb_is_refused_before_room_is_made_for_it(kind: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.webp").write_bytes(webp_bomb(kind))
    with pytest.raises(Unreadable, match=r"ảnh quá lớn \(16\.383 × 16\.383"):
        page_image(str(tmp_path / "a.webp"), "webp", 1)


@pytest.mark.parametrize("kind", ["jpeg2000", "bmp", "tiff", "webp"])
@pytest.mark.parametrize("size", [(20_001, 20_000), (200_000, 5)])
def test_no_header_can_ask_for_more_than_there_is(kind: Kind, size: tuple[int, int], tmp_path: Path) -> None:
    """A small picture whose header says that it is large."""
    path = tmp_path / "a"
    corner_sheet("RGB").save(path, format=kind, **({"lossless": True} if kind == "webp" else {}))
    data = bytearray(path.read_bytes())
    for old, new in zip((80, 40), size, strict=True):
        for order in (">I", "<I") if kind != "webp" else ("<H",):
            if new < 1 << 8 * struct.calcsize(order):
                data = data.replace(struct.pack(order, old), struct.pack(order, new))
    path.write_bytes(data)
    with suppress(Unreadable):
        image = page_image(str(path), kind, 1).image
        assert image.width * image.height <= limits.PIXELS_PER_PAGE


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["png", "jpeg", "tiff", "jpeg2000", "webp", "bmp"]), st.data())
def test_damage_is_told_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, kind: Kind, data: st.DataObject
) -> None:
    stream = io.BytesIO()
    corner_sheet("RGB").save(stream, format=kind)
    whole = bytearray(stream.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, min(len(whole) - 1, 400)))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a"
    path.write_bytes(whole[: data.draw(st.integers(1, len(whole)))])
    with suppress(Unreadable):
        page_image(str(path), kind, min(count_pages(str(path), kind), 1))


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "pdf", "jpeg2000", "webp", "bmp"])
def test_half_a_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    if kind == "pdf":
        blank_pdf(path, pages=3)
    else:
        Image.effect_noise((300, 300), 50).save(path, format=kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Unreadable, match="hỏng"):
        count_pages(str(path), kind)  # type: ignore[arg-type]
        page_image(str(path), kind, 1)  # type: ignore[arg-type]


def test_a_page_tree_that_goes_round_ends(tmp_path: Path) -> None:
    path = blank_pdf(tmp_path / "a.pdf")
    with pikepdf.open(path) as pdf:
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])
        pdf.Root.Pages.Count = 2
        pdf.save(tmp_path / "b.pdf")
    with pytest.raises(Unreadable):
        count_pages(str(tmp_path / "b.pdf"), "pdf")
        page_image(str(tmp_path / "b.pdf"), "pdf", 1)
