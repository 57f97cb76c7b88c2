from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from conftest import write_tiff
from PIL import Image

from digitize import limits
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
    assert page_image(str(tmp_path / "a.png"), "png", 1).image.getpixel((5, 5)) == (255, 255, 255)


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
    large = page_image(str(blank_pdf(tmp_path / "a.pdf", MediaBox=[0, 0, 2384, 3370])), "pdf", 1)  # A0
    assert limits.RENDER_DPI_LOWEST < large.dpi < limits.RENDER_DPI
    assert large.image.width * large.image.height <= limits.RENDER_PIXELS * 1.01
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


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "pdf"])
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
