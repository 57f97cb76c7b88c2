"""A page of a PDF that is one picture is taken as that picture: what drawing the page shows, in its own pixels."""

from __future__ import annotations

import io
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from digitize import limits
from digitize.pages import page_image
from digitize.pdf.searchable import PageWords, searchable_pdf
from digitize.words import Word

WIDTH, HEIGHT = 500, 700
POINTS = (180.0, 252.0)  # at 200 dpi


def sheet() -> Image.Image:
    """A page that looks like no turn or flip of itself."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, 220, 120), fill=0)
    pen.rectangle((400, 50, 450, 400), fill=90)
    pen.rectangle((60, 600, 100, 650), fill=160)
    return image


def flate(pdf: pikepdf.Pdf, image: Image.Image, **more: object) -> pikepdf.Object:
    space = {"L": Name.DeviceGray, "1": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    stream = pikepdf.Stream(pdf, zlib.compress(image.tobytes()))
    stream.stream_dict.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Filter": Name.FlateDecode,
            "/Width": image.width,
            "/Height": image.height,
            "/BitsPerComponent": 1 if image.mode == "1" else 8,
            "/ColorSpace": space,
            **{f"/{key}": value for key, value in more.items()},
        }
    )
    return pdf.make_indirect(stream)


def scan_pdf(
    path: Path,
    *,
    image: Image.Image | None = None,
    content: str = "q {w} 0 0 {h} 0 0 cm /Im Do Q",
    change: Callable[[pikepdf.Pdf, pikepdf.Object, pikepdf.Object], None] | None = None,
    **page: object,
) -> Path:
    """A PDF of one page that shows a picture; ``change`` may do to file, page and picture what it likes."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=POINTS)
    picture = flate(pdf, image or sheet())
    own = pdf.pages[0].obj
    own.Resources = Dictionary(XObject=Dictionary(Im=picture))
    own.Contents = pdf.make_stream(content.format(w=POINTS[0], h=POINTS[1]).encode())
    for key, value in page.items():
        own[f"/{key}"] = value
    if change:
        change(pdf, own, picture)
    pdf.save(path)
    return path


def drawn(path: Path, size: tuple[int, int]) -> Image.Image:
    """What a reader shows, drawn large, at the size of the page image."""
    with pypdfium2.PdfDocument(path) as document:
        return document[0].render(scale=5).to_pil().convert("RGB").resize(size, Image.Resampling.BOX)


def differs(one: Image.Image, other: Image.Image) -> float:
    """Mean difference in grey levels of 255: some for the edges, far more for what lies elsewhere."""
    apart = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(value * count for value, count in enumerate(apart)) / (one.width * one.height)


def assert_taken(path: Path, size: tuple[int, int] | None = None) -> None:
    page = page_image(str(path), "pdf", 1)
    assert page.dpi == pytest.approx(200, abs=1)
    if size:
        assert page.image.size == size
    assert differs(page.image, drawn(path, page.image.size)) < 3


def assert_drawn(path: Path) -> None:
    page = page_image(str(path), "pdf", 1)
    assert page.dpi == limits.RENDER_DPI
    assert differs(page.image, drawn(path, page.image.size)) < 3


def test_the_pixels_are_those_of_the_file(tmp_path: Path) -> None:
    taken = page_image(str(scan_pdf(tmp_path / "a.pdf")), "pdf", 1)
    assert ImageChops.difference(taken.image, sheet()).getbbox() is None


MATRICES = {
    "upright": "{w} 0 0 {h} 0 0",
    "mirrored": "-{w} 0 0 {h} {w} 0",
    "upside down": "{w} 0 0 -{h} 0 {h}",
    "half a turn": "-{w} 0 0 -{h} {w} {h}",
    "on its left": "0 {h} -{w} 0 {w} 0",
    "on its right": "0 -{h} {w} 0 0 {h}",
    "transposed": "0 {h} {w} 0 0 0",
    "transversed": "0 -{h} -{w} 0 {w} {h}",
}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("matrix", MATRICES)
def test_however_it_is_laid_and_turned(matrix: str, rotation: int, tmp_path: Path) -> None:
    image = sheet() if matrix in list(MATRICES)[:4] else sheet().transpose(Image.Transpose.ROTATE_90)
    content = f"q {MATRICES[matrix]} cm /Im Do Q"
    path = scan_pdf(tmp_path / "a.pdf", image=image, content=content, Rotate=rotation)
    assert_taken(path, (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT))


@settings(deadline=None, max_examples=40)
@given(
    st.tuples(st.integers(-20, 60), st.integers(-20, 60), st.integers(-60, 20), st.integers(-60, 20)),
    st.sampled_from([0, 90, 180, 270]),
)
def test_whatever_is_cut_off_by_the_crop_box(
    tmp_path_factory: pytest.TempPathFactory, moved: tuple[int, int, int, int], rotation: int
) -> None:
    edges = [edge + by for edge, by in zip((0, 0, *POINTS), moved, strict=True)]
    path = tmp_path_factory.mktemp("crop") / "a.pdf"
    scan_pdf(path, CropBox=Array(edges), MediaBox=Array([-30, -30, 220, 300]), Rotate=rotation)
    page = page_image(str(path), "pdf", 1)
    assert differs(page.image, drawn(path, page.image.size)) < 3


def inverted(_: pikepdf.Pdf, __: pikepdf.Object, picture: pikepdf.Object) -> None:
    picture["/Decode"] = Array([1, 0])


def indexed(pdf: pikepdf.Pdf, _: pikepdf.Object, picture: pikepdf.Object) -> None:
    palette = bytes(channel for grey in range(256) for channel in (grey, 255 - grey, grey // 2))
    picture["/ColorSpace"] = Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(palette)])


def shared_with_a_logo(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    page.Resources.XObject["/Logo"] = flate(pdf, Image.new("L", (9, 9)))


def with_hidden_text(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    page.Resources.Font = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" BT /F 20 Tf 3 Tr 20 50 Td (old words) Tj ET")


def linked(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Border=[0, 0, 0])])


def signed(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    look = pdf.make_stream(b"0 0 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 60])
    seen = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=[20, 20, 80, 80], F=4)
    seen.AP = Dictionary(N=look)
    page.Annots = Array([pdf.make_indirect(seen)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]), SigFlags=3)


@pytest.mark.parametrize("change", [inverted, indexed, shared_with_a_logo, with_hidden_text, linked, signed])
def test_taken_when_nothing_else_is_seen(
    change: Callable[[pikepdf.Pdf, pikepdf.Object, pikepdf.Object], None], tmp_path: Path
) -> None:
    assert_taken(scan_pdf(tmp_path / "a.pdf", change=change), (WIDTH, HEIGHT))


def two_tone() -> Image.Image:
    return sheet().point(lambda grey: 255 * (grey > 128)).convert("1")


@pytest.mark.parametrize("mode", ["1", "RGB", "CMYK"])
def test_every_mode(mode: str, tmp_path: Path) -> None:
    white, red = (Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("white", "red"))
    image = two_tone() if mode == "1" else Image.composite(white, red, sheet()).convert(mode)
    path = scan_pdf(tmp_path / "a.pdf", image=image)
    assert_taken(path)
    assert page_image(str(path), "pdf", 1).image.mode == ("L" if mode == "1" else "RGB")


@pytest.mark.parametrize("name", ["a.jpg", "a.jp2", "a.tif"])
def test_every_compression(name: str, tmp_path: Path) -> None:
    def compressed(_: pikepdf.Pdf, __: pikepdf.Object, picture: pikepdf.Object) -> None:
        data = io.BytesIO()
        if name == "a.tif":
            two_tone().save(data, format="TIFF", compression="group4")
            with Image.open(data) as tiff:
                start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
            fax = data.getvalue()[start : start + length]
            picture.write(
                fax,
                filter=Name.CCITTFaxDecode,
                decode_parms=Dictionary(K=-1, Columns=WIDTH, Rows=HEIGHT, BlackIs1=True),
            )
            picture["/BitsPerComponent"] = 1
            picture["/Decode"] = Array([1, 0])
        else:
            sheet().save(data, format={"a.jpg": "JPEG", "a.jp2": "JPEG2000"}[name])
            picture.write(data.getvalue(), filter=Name.DCTDecode if name == "a.jpg" else Name.JPXDecode)

    assert_taken(scan_pdf(tmp_path / "a.pdf", change=compressed), (WIDTH, HEIGHT))


@pytest.mark.parametrize(
    "content",
    [
        "q 0 0 180 252 re W n 180 0 0 252 0 0 cm /Im Do Q",
        "q -9 -9 400 400 re W* n q 2 0 0 2 0 0 cm 90 0 0 126 0 0 cm /Im Do Q Q",
        "/Artifact BMC q 180 0 0 252 0 0 cm /Im Do Q EMC",
    ],
)
def test_a_clip_around_it_cuts_nothing(content: str, tmp_path: Path) -> None:
    assert_taken(scan_pdf(tmp_path / "a.pdf", content=content), (WIDTH, HEIGHT))


def masked(pdf: pikepdf.Pdf, _: pikepdf.Object, picture: pikepdf.Object) -> None:
    picture["/SMask"] = flate(pdf, sheet())


def keyed(_: pikepdf.Pdf, __: pikepdf.Object, picture: pikepdf.Object) -> None:
    picture["/Mask"] = Array([0, 100])


def stencil(_: pikepdf.Pdf, page: pikepdf.Object, picture: pikepdf.Object) -> None:
    picture.write(sheet().convert("1").tobytes())
    del picture["/ColorSpace"]
    picture["/ImageMask"], picture["/BitsPerComponent"] = True, 1


def stamped(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    look = pdf.make_stream(b"1 0 0 rg 0 0 60 60 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 60, 60])
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[20, 20, 80, 80], F=4, AP=Dictionary(N=look))
    page.Annots = Array([pdf.make_indirect(stamp)])


def layered(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("quét")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    page.Resources.Properties = Dictionary(G=group)
    page.Contents = pdf.make_stream(b"/OC /G BDC q 180 0 0 252 0 0 cm /Im Do Q EMC")


def faint(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
    page.Contents = pdf.make_stream(b"/G gs q 180 0 0 252 0 0 cm /Im Do Q")


def in_a_form(pdf: pikepdf.Pdf, page: pikepdf.Object, picture: pikepdf.Object) -> None:
    form = pdf.make_stream(
        b"q 180 0 0 252 0 0 cm /Im Do Q",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 180, 100],
        Resources=Dictionary(XObject=Dictionary(Im=picture)),
    )
    page.Resources.XObject = Dictionary(Fm=form)
    page.Contents = pdf.make_stream(b"/Fm Do")


@pytest.mark.parametrize("change", [masked, keyed, stencil, stamped, layered, faint, in_a_form])
def test_drawn_when_more_or_less_than_the_picture_is_seen(
    change: Callable[[pikepdf.Pdf, pikepdf.Object, pikepdf.Object], None], tmp_path: Path
) -> None:
    assert_drawn(scan_pdf(tmp_path / "a.pdf", change=change))


@pytest.mark.parametrize(
    "content",
    [
        "q {w} 0 0 {h} 0 0 cm /Im Do Q 0 0 90 90 re f",  # something over it
        "q 0 0 90 90 re W n {w} 0 0 {h} 0 0 cm /Im Do Q",  # a part of it
        "q 90 0 m 180 126 l 90 252 l 0 126 l h W n {w} 0 0 {h} 0 0 cm /Im Do Q",  # a lozenge of it
        "q 178 25 -25 249 12 0 cm /Im Do Q",  # askew
        "q 100 0 0 140 40 50 cm /Im Do Q",  # a picture on a page
        "q {w} 0 0 100 0 0 cm /Im Do Q q {w} 0 0 100 0 100 cm /Im Do Q",  # twice
        "q {w} 0 0 {h} 0 0 cm BI /W 500 /H 1 /BPC 8 /CS /G ID " + "x" * 500 + " EI Q",
        "BT ET",
    ],
)
def test_drawn_when_the_picture_is_not_the_page(content: str, tmp_path: Path) -> None:
    assert_drawn(scan_pdf(tmp_path / "a.pdf", content=content))


def test_a_fax_of_oblong_pixels_is_drawn_with_square_ones(tmp_path: Path) -> None:
    page = page_image(str(scan_pdf(tmp_path / "a.pdf", image=sheet().resize((WIDTH, HEIGHT // 2)))), "pdf", 1)
    assert page.image.width / page.image.height == pytest.approx(WIDTH / HEIGHT, rel=0.01)


def test_a_coarse_picture_is_drawn_larger_unless_it_is_large(tmp_path: Path) -> None:
    coarse = page_image(str(scan_pdf(tmp_path / "a.pdf", image=sheet().resize((250, 350)))), "pdf", 1)
    assert coarse.dpi == limits.RENDER_DPI
    # As programs of telephones make them: a point for every pixel.
    large = scan_pdf(
        tmp_path / "b.pdf",
        image=sheet().resize((1700, 2380)),
        content="1700 0 0 2380 0 0 cm /Im Do",
        MediaBox=[0, 0, 1700, 2380],
    )
    page = page_image(str(large), "pdf", 1)
    assert page.image.size == (1700, 2380)
    assert page.dpi == limits.IMAGE_DPI_DEFAULT


def test_more_pixels_than_are_allowed_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIXELS_PER_PAGE", WIDTH * HEIGHT // 2)
    page = page_image(str(scan_pdf(tmp_path / "a.pdf")), "pdf", 1)
    assert page.image.width * page.image.height == pytest.approx(WIDTH * HEIGHT / 2, rel=0.01)


@pytest.mark.parametrize("crop", [(0, 0, 180, 252), (10, 20, 170, 240), (-12, -6, 190, 260)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", ["upright", "half a turn", "on its left", "transposed"])
def test_words_of_a_scan_lie_on_their_print(
    matrix: str, rotation: int, crop: tuple[float, ...], tmp_path: Path
) -> None:
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    ImageDraw.Draw(image).rectangle((150, 160, 249, 199), fill=0)
    image = image.transpose(Image.Transpose.ROTATE_90) if "left" in matrix or "trans" in matrix else image
    path = scan_pdf(
        tmp_path / "a.pdf",
        image=image,
        content=f"q {MATRICES[matrix]} cm /Im Do Q",
        Rotate=rotation,
        CropBox=Array(crop),
        MediaBox=Array([-20, -20, 220, 300]),
    )
    page = page_image(str(path), "pdf", 1)
    assert page.dpi == pytest.approx(200, abs=1)
    x0, y0, x1, y1 = ImageChops.invert(page.image).point(lambda value: 255 * (value > 128)).getbbox() or (0, 0, 0, 0)
    word = Word("dấu", x0, y0, x1, y1, 90, 1, 1, 1)
    searchable_pdf(str(path), "pdf", [PageWords((word,), *page.image.size)], tmp_path / "b.pdf")
    listed = subprocess.run(
        ["pdftotext", "-cropbox", "-bbox", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    (found,) = etree.HTML(listed.encode()).iter("word")
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        shown = document[0].render(scale=4, grayscale=True).to_pil()
    print_box = ImageChops.invert(shown).point(lambda value: 255 * (value > 128)).getbbox() or (0, 0, 0, 0)
    left, top, right = (float(str(found.get(side))) * 4 for side in ("xmin", "ymin", "xmax"))
    assert (left, top, right) == pytest.approx(print_box[:3], abs=4)  # a point: a third of a millimetre


@pytest.mark.parametrize("inherits", [False, True])
@pytest.mark.parametrize(("content", "kind"), [("", "Tx"), ("", "Sig"), ("q {w} 0 0 {h} 0 0 cm /Im Do Q", "Tx")])
def test_what_a_field_shows_is_on_the_page(content: str, kind: str, inherits: bool, tmp_path: Path) -> None:
    def with_field(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
        shown = pdf.make_stream(b"0 g 0 0 60 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 60, 20]))
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([100, 20, 160, 40]), F=4)
        field.T, field.AP = pikepdf.String("a"), Dictionary(N=shown)
        top = field
        if inherits:
            top = pdf.make_indirect(Dictionary(T=pikepdf.String("b"), FT=Name(f"/{kind}")))
            field.Parent = top
        else:
            field.FT = Name(f"/{kind}")
        made = pdf.make_indirect(field)
        if inherits:
            top.Kids = Array([made])
        page.Annots = Array([made])
        pdf.Root.AcroForm = Dictionary(Fields=Array([top if inherits else made]))

    path = scan_pdf(tmp_path / "a.pdf", content=content, change=with_field)
    page = page_image(str(path), "pdf", 1)
    x, y = round(130 * page.dpi / 72), round((POINTS[1] - 30) * page.dpi / 72)
    assert page.image.getpixel((x, y)) == 0


def test_the_picture_of_a_signature_leaves_a_scan_as_it_is(tmp_path: Path) -> None:
    def signed(pdf: pikepdf.Pdf, page: pikepdf.Object, _: pikepdf.Object) -> None:
        shown = pdf.make_stream(b"0 g 0 0 60 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 60, 20]))
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([100, 20, 160, 40]), FT=Name.Sig, F=4)
        )
        field.AP = Dictionary(N=shown)
        page.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    page = page_image(str(scan_pdf(tmp_path / "a.pdf", change=signed)), "pdf", 1)
    assert page.image.size == (WIDTH, HEIGHT)
