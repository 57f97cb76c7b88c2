"""What is made is a PDF/A-2b or does not say so; the pictures in it are those of the file, byte for byte."""

from __future__ import annotations

import io
import shutil
import stat
import struct
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from conftest import write_tiff
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageCms, ImageDraw
from test_page_images import exif, lying

from digitize.intake import Kind
from digitize.pages import page_image
from digitize.pdf.archival import make_archival
from digitize.pdf.check import conformity, violations
from digitize.pdf.searchable import PageWords, SearchablePdf, searchable_pdf
from digitize.words import Word

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
WORDS = (Word("Uỷ", 10, 10, 60, 40, 90, 1, 1, 1), Word("ban", 70, 10, 130, 40, 90, 1, 1, 1))


def noise(mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 60 + 9 * band) for band in range(3)]).convert(mode)


def shaded(mode: str) -> Image.Image:
    bands = [Image.linear_gradient("L").rotate(90 * band).resize((300, 200)) for band in range(3)]
    return Image.merge("RGB", bands).convert(mode)


def made(path: Path, kind: Kind, *, words: tuple[Word, ...] = WORDS, pages: int = 1, turn: int = 0) -> SearchablePdf:
    size = page_image(str(path), kind, 1).image.size
    target = path.with_suffix(".out.pdf")
    return searchable_pdf(str(path), kind, [PageWords(words, *size, turn=turn)] * pages, target)


def out(path: Path) -> Path:
    return path.with_suffix(".out.pdf")


def raw(path: Path) -> tuple[bytes, str]:
    with pikepdf.open(path) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        filters = image.Filter
        return image.read_raw_bytes(), str(filters[0] if isinstance(filters, Array) else filters)


def described(path: Path) -> dict[str, str]:
    """The XMP of a file, read by another library than the one that wrote it."""
    with pikepdf.open(path) as pdf:
        tree = etree.fromstring(pdf.Root.Metadata.read_bytes())
    return {str(node.tag): "".join(node.itertext()) for node in tree.find(f".//{RDF}Description")}


FILES: list[tuple[Kind, str, dict[str, object]]] = [
    ("png", "L", {}),
    ("png", "1", {}),
    ("png", "RGB", {}),
    ("png", "P", {}),
    ("png", "RGBA", {}),
    ("png", "I;16", {}),
    ("jpeg", "L", {}),
    ("jpeg", "RGB", {}),
    ("tiff", "1", {"compression": "group4"}),
    ("tiff", "1", {"compression": "group3"}),
    ("tiff", "L", {"compression": "tiff_lzw"}),
    ("tiff", "RGB", {"compression": "jpeg"}),
    ("tiff", "RGB", {"compression": "tiff_adobe_deflate"}),
    ("tiff", "I;16", {}),
    ("jpeg2000", "L", {}),
    ("jpeg2000", "RGB", {}),
    ("jpeg2000", "RGBA", {}),
    ("jpeg2000", "RGB", {"no_jp2": True}),
    ("webp", "RGB", {}),
    ("webp", "RGBA", {"lossless": True}),
    ("bmp", "1", {}),
    ("bmp", "RGB", {}),
]


@pytest.mark.parametrize(("kind", "mode", "options"), FILES)
def test_every_kind_of_image_becomes_a_pdfa(
    kind: Kind, mode: str, options: dict[str, object], tmp_path: Path, qpdf: str
) -> None:
    path = tmp_path / "a"
    if mode == "I;16":
        Image.frombytes("I;16", (300, 200), struct.pack("<60000H", *range(60000))).save(path, format=kind)
    else:
        shaded(mode).save(path, format=kind, **options)
    result = made(path, kind)
    assert violations(out(path)) == ()
    assert result.conformity.claim == "đã tạo theo PDF/A-2b, chưa kiểm định"
    assert described(out(path))[f"{PDFAID}part"] == "2"
    assert described(out(path))[f"{PDFAID}conformance"] == "B"
    assert subprocess.run([qpdf, "--check", out(path)], capture_output=True, check=False).returncode == 0
    if mode != "I;16":  # which engines get spread from black to white
        before = page_image(str(path), kind, 1).image.convert("RGB")
        after = page_image(str(out(path)), "pdf", 1).image.convert("RGB").resize(before.size)
        difference = ImageChops.difference(before, after).convert("L").histogram()
        assert sum(value * count for value, count in enumerate(difference)) / (300 * 200) < 1


@pytest.fixture(scope="session")
def qpdf() -> str:
    program = shutil.which("qpdf")
    return program or str(shutil.which("true"))


@pytest.fixture(autouse=True)
def no_verapdf(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Find no veraPDF but the one a test puts there: what is claimed must not hang on the machine."""
    monkeypatch.setattr("digitize.pdf.check.shutil.which", lambda _: None)


def test_jpeg_stays_as_it_was_compressed(tmp_path: Path) -> None:
    noise().save(tmp_path / "a.jpg", quality=70)
    assert made(tmp_path / "a.jpg", "jpeg").copied == ""
    assert raw(out(tmp_path / "a.jpg")) == ((tmp_path / "a.jpg").read_bytes(), "/DCTDecode")


def test_fax_stays_as_it_was_compressed(tmp_path: Path) -> None:
    noise("1").save(tmp_path / "a.tif", compression="group4")
    with Image.open(tmp_path / "a.tif") as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    assert made(tmp_path / "a.tif", "tiff").copied == ""
    fax = (tmp_path / "a.tif").read_bytes()[start : start + length]
    assert raw(out(tmp_path / "a.tif")) == (fax, "/CCITTFaxDecode")


def test_jpeg_2000_stays_as_it_was_compressed(tmp_path: Path) -> None:
    noise().save(tmp_path / "a.jp2")
    assert made(tmp_path / "a.jp2", "jpeg2000").copied == ""
    assert raw(out(tmp_path / "a.jp2")) == ((tmp_path / "a.jp2").read_bytes(), "/JPXDecode")


@pytest.mark.parametrize(
    ("name", "mode", "kind", "reason"),
    [
        ("a.j2k", "RGB", "jpeg2000", "ảnh JPEG 2000 chỉ có dòng mã, thiếu phần đầu JP2"),
        ("a.jp2", "RGBA", "jpeg2000", "ảnh JPEG 2000 có 4 kênh màu"),
        ("a.webp", "RGB", "webp", "PDF không chứa được ảnh WebP"),
        ("a.bmp", "RGB", "bmp", "PDF không chứa được ảnh BMP"),
    ],
)
def test_a_copy_says_why(name: str, mode: str, kind: Kind, reason: str, tmp_path: Path) -> None:
    noise(mode).save(tmp_path / name)
    assert made(tmp_path / name, kind).copied == reason
    assert raw(out(tmp_path / name))[1] == "/FlateDecode"


@pytest.mark.parametrize("filters", ["/DCTDecode", "/CCITTFaxDecode", "/FlateDecode"])
def test_streams_of_a_pdf_stay_as_they_are(filters: str, tmp_path: Path) -> None:
    source = {"/DCTDecode": "a.jpg", "/CCITTFaxDecode": "a.tif", "/FlateDecode": "a.png"}[filters]
    kind: Kind = {"a.jpg": "jpeg", "a.tif": "tiff", "a.png": "png"}[source]  # type: ignore[assignment]
    image = noise("1") if kind == "tiff" else noise()
    image.save(tmp_path / source, **({"compression": "group4"} if kind == "tiff" else {}))
    made(tmp_path / source, kind)
    once = out(tmp_path / source)
    made(once, "pdf")
    assert raw(out(once)) == raw(once)
    assert raw(once)[1] == filters
    assert violations(out(once)) == ()


def test_lzw_which_pdfa_forbids_is_packed_anew_without_loss(tmp_path: Path) -> None:
    lzw = bytes.fromhex("800B6050220C0C8501")  # the example of ISO 32000, 7.4.4.2
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    picture = pikepdf.Stream(pdf, lzw)
    picture.stream_dict.update(
        {"/Type": Name.XObject, "/Subtype": Name.Image, "/Filter": Name.LZWDecode, "/Width": 10, "/Height": 1}
        | {"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray}
    )
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im=pdf.make_indirect(picture)))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"200 0 0 100 0 0 cm /Im Do")
    pdf.save(tmp_path / "a.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert made(tmp_path / "a.pdf", "pdf").conformity.status == "made"
    assert raw(tmp_path / "a.pdf") == (lzw, "/LZWDecode")
    assert raw(out(tmp_path / "a.pdf"))[1] == "/FlateDecode"
    with pikepdf.open(out(tmp_path / "a.pdf")) as after:
        assert after.pages[0].Resources.XObject.Im.read_bytes() == b"-----A---B"


def test_colours_of_no_known_meaning_are_not_claimed(tmp_path: Path) -> None:
    noise("CMYK").save(tmp_path / "a.jpg")
    result = made(tmp_path / "a.jpg", "jpeg")
    assert result.conformity.claim == "không nhận là PDF/A-2b"
    assert "màu phụ thuộc thiết bị" in result.conformity.reasons[0]
    assert f"{PDFAID}part" not in described(out(tmp_path / "a.jpg"))
    assert raw(out(tmp_path / "a.jpg"))[0] == (tmp_path / "a.jpg").read_bytes()


def test_colours_with_a_profile_of_their_own_keep_it(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noise().save(tmp_path / "a.jpg", icc_profile=profile)
    assert made(tmp_path / "a.jpg", "jpeg").conformity.status == "made"
    with pikepdf.open(out(tmp_path / "a.jpg")) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.ColorSpace[1].read_bytes() == profile


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_page_scanned_on_its_side_is_shown_upright(kind: Kind, turn: int, tmp_path: Path) -> None:
    upright = Image.new("L", (600, 900), 255)
    ImageDraw.Draw(upright).rectangle((100, 120, 299, 159), fill=0)
    scanned = upright.rotate(turn, expand=True)  # Pillow turns the other way round
    path = tmp_path / "a.png"
    scanned.save(path, dpi=(200, 200))
    if kind == "pdf":
        made(path, "png", words=())
        path = out(path)
    before = raw(path) if kind == "pdf" else None
    target = tmp_path / "turned.pdf"
    word = Word("dấu", 100, 120, 300, 160, 90, 1, 1, 1)
    searchable_pdf(str(path), kind, [PageWords((word,), 600, 900, turn=turn)], target)
    shown = page_image(str(target), "pdf", 1).image
    assert shown.size == upright.size
    assert ImageChops.difference(shown, upright).getbbox() is None
    assert not before or raw(target) == before
    text = subprocess.run(["pdftotext", "-bbox", target, "-"], capture_output=True, text=True, check=True).stdout
    (found,) = etree.HTML(text.encode()).iter("word")
    box = [float(found.get(side)) / 0.36 for side in ("xmin", "ymin", "xmax")]  # it makes room for descenders itself
    assert box == pytest.approx([100, 120, 300], abs=3)
    assert violations(target) == ()


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_turn_is_added_to_that_of_the_camera(orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    lying(orientation).save(path, exif=exif(orientation), dpi=(200, 200))
    before = page_image(str(path), "jpeg", 1).image
    searchable_pdf(str(path), "jpeg", [PageWords((), *before.size[::-1], turn=90)], tmp_path / "b.pdf")
    shown = page_image(str(tmp_path / "b.pdf"), "pdf", 1).image.resize(before.size[::-1]).convert("L")
    expected = before.convert("L").transpose(Image.Transpose.ROTATE_270)
    difference = ImageChops.difference(expected, shown).histogram()
    assert sum(value * count for value, count in enumerate(difference)) / (80 * 40) < 12


def test_what_is_copied_is_in_form_c_and_in_order(tmp_path: Path) -> None:
    write_tiff(tmp_path / "a.tif", [noise("L", (400, 300 + number)) for number in range(11)])
    pages = [
        PageWords((Word("Uỷ", 9, 9, 60, 40, 90, 1, 1, 1), Word(f"số{number}", 70, 9, 130, 40, 90, 1, 1, 1)), 400, 300)
        for number in range(11)
    ]
    searchable_pdf(str(tmp_path / "a.tif"), "tiff", pages, tmp_path / "a.pdf")
    text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert text == unicodedata.normalize("NFC", text)
    assert text.split("\f")[:-1] == [f"Uỷ số{number}\n\n" for number in range(11)]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
    assert heights == pytest.approx([(300 + number) * 0.36 for number in range(11)], abs=0.01)
    assert violations(tmp_path / "a.pdf") == ()


def test_a_fax_has_the_size_of_its_paper(tmp_path: Path) -> None:
    noise("1", (1728, 1143)).save(tmp_path / "a.tif", compression="group4", dpi=(204, 98))
    page = page_image(str(tmp_path / "a.tif"), "tiff", 1)
    assert page.dpi == 204
    assert page.image.size == pytest.approx((1728, 2379), abs=1)
    made(tmp_path / "a.tif", "tiff")
    with pikepdf.open(out(tmp_path / "a.tif")) as pdf:
        size = [float(edge) / 72 * 25.4 for edge in pdf.pages[0].mediabox[2:]]
    assert size == pytest.approx([215.2, 296.2], abs=0.2)


def born_digital(path: Path, change: object = None) -> Path:
    """A page without a picture, its labels, its facts, and whatever ``change`` adds."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 20 20 re f")
    pdf.docinfo["/Title"] = String("Báo cáo <1> & phụ lục")
    pdf.docinfo["/Author"] = String("Sở Nội vụ")
    pdf.docinfo["/CreationDate"] = String("D:20210305081500+07'00'")
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r, St=4)]))
    if callable(change):
        change(pdf)
    pdf.save(path)
    return path


def test_facts_and_labels_of_a_pdf_are_kept_and_told_twice(tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf")
    assert made(path, "pdf").conformity.status == "made"
    xmp = described(out(path))
    assert xmp["{http://purl.org/dc/elements/1.1/}title"] == "Báo cáo <1> & phụ lục"
    assert xmp["{http://purl.org/dc/elements/1.1/}creator"] == "Sở Nội vụ"
    assert xmp["{http://ns.adobe.com/xap/1.0/}CreateDate"] == "2021-03-05T08:15:00+07:00"
    with pikepdf.open(out(path)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Báo cáo <1> & phụ lục"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20210305081500+07'00"
        assert str(pdf.docinfo["/Producer"]) == xmp["{http://ns.adobe.com/pdf/1.3/}Producer"] == "vanthu"
        assert pdf.Root.PageLabels.Nums[1].St == 4


def test_an_image_is_named_after_its_file_and_dated_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Công văn 12.png"
    noise().save(path)
    made(path, "png")
    assert described(out(path))["{http://purl.org/dc/elements/1.1/}title"] == "Công văn 12"
    assert "{http://ns.adobe.com/xap/1.0/}CreateDate" not in described(out(path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made(path, "png")
    assert described(out(path))["{http://ns.adobe.com/xap/1.0/}CreateDate"] == "2023-11-14T22:13:20+00:00"
    assert violations(out(path)) == ()


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_file_says_of_itself(tmp_path_factory: pytest.TempPathFactory, title: str, author: str) -> None:
    path = tmp_path_factory.mktemp("xmp") / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = String(title)
        pdf.docinfo["/Author"] = String(author)
        pdf.docinfo["/ModDate"] = String(author)
        make_archival(pdf, "")
        pdf.save(path, deterministic_id=True)
    assert violations(path) == ()


def javascript(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.pages[0].obj.AA = Dictionary(O=script)


def broken_xmp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta><unclosed", Type=Name.Metadata, Subtype=Name.XML)


def unknown_xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        meta["photoshop:City"] = "Huế"


def unprinted_note(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[1, 1, 9, 9], AP=Dictionary(N=look))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize("change", [javascript, broken_xmp, unknown_xmp, unprinted_note])
def test_what_is_beside_the_pages_is_mended(change: object, tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf", change)
    assert made(path, "pdf").conformity.reasons == ()
    assert violations(out(path)) == ()


def loose_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 12 Tf 20 20 Td (so) Tj ET")


def launcher(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F="cmd.exe"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["số liệu.csv"] = b"1;2"


def hidden_note(pdf: pikepdf.Pdf) -> None:
    unprinted_note(pdf)
    pdf.pages[0].obj.Annots[0].F = 2


def cmyk_ink(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"1 0 0 0 k 0 0 20 20 re f")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (loose_font, "phông chữ không được nhúng"),
        (launcher, "hành động bị cấm"),
        (attachment, "tệp đính kèm"),
        (hidden_note, "chú thích"),
        (cmyk_ink, "màu phụ thuộc thiết bị"),
    ],
)
def test_what_is_in_the_pages_is_told_and_not_touched(change: object, reason: str, tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf", change)
    result = made(path, "pdf")
    assert result.conformity.status == "none"
    assert any(reason in told for told in result.conformity.reasons), result.conformity.reasons
    assert f"{PDFAID}part" not in described(out(path))
    with pikepdf.open(path) as before, pikepdf.open(out(path)) as after:
        assert after.pages[0].Contents[1].read_bytes() == before.pages[0].Contents.read_bytes()


def signed(pdf: pikepdf.Pdf, *, with_others: bool = False) -> None:
    """A signature with its picture, as Vietnamese gateways stamp it on page 1."""
    look = pdf.make_stream(b"1 0 0 rg 0 0 30 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 30, 9])
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=b"\0" * 9)
    facts = {"FT": Name.Sig, "T": String("ký"), "V": pdf.make_indirect(value), "AP": Dictionary(N=look), "F": 132}
    seen = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[60, 60, 90, 69], **facts))
    facts["T"] = String("ký nháy")
    unseen = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 0, 0], **facts))
    pdf.pages[0].obj.Annots = Array([seen, unseen])
    fields = [seen, unseen]
    if with_others:
        fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("họ tên"))))
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields), SigFlags=3)


def test_a_signed_scan_loses_the_form_and_keeps_the_picture(tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf", signed)
    result = made(path, "pdf")
    assert result.unsigned
    assert result.conformity.status == "made"
    with pikepdf.open(out(path)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert [str(one.Subtype) for one in pdf.pages[0].Annots] == ["/Stamp"]
    shown = page_image(str(out(path)), "pdf", 1).image
    assert shown.getpixel((312, 150)) == (255, 0, 0)  # (75, 64) points from the lower left, at 300 dpi


def test_a_form_with_other_fields_stays_and_is_told(tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf", lambda pdf: signed(pdf, with_others=True))
    result = made(path, "pdf")
    assert result.unsigned
    assert result.conformity.reasons == ("có cấu trúc chưa xét được: biểu mẫu điền được",)
    with pikepdf.open(out(path)) as pdf:
        assert not any("/V" in field for field in pdf.Root.AcroForm.Fields)
        assert "/SigFlags" not in pdf.Root.AcroForm


def test_an_untouched_copy_is_claimed_only_when_the_original_claims_it(tmp_path: Path) -> None:
    path = born_digital(tmp_path / "a.pdf")
    result = searchable_pdf(str(path), "pdf", [None], tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == path.read_bytes()
    assert result.conformity.reasons == ("giữ nguyên từng byte tệp gốc, tệp gốc không khai là PDF/A-2b",)
    made(path, "pdf")
    again = searchable_pdf(str(out(path)), "pdf", [None], tmp_path / "c.pdf")
    assert (tmp_path / "c.pdf").read_bytes() == out(path).read_bytes()
    assert again.conformity.status == "made"


@pytest.mark.parametrize("lost", ["Metadata", "OutputIntents", "pdfaid", "FontFile2", "ID"])
def test_the_check_misses_nothing_that_we_write(lost: str, tmp_path: Path) -> None:
    noise().save(tmp_path / "a.png")
    made(tmp_path / "a.png", "png")
    with pikepdf.open(out(tmp_path / "a.png")) as pdf:
        if lost in pdf.Root:
            del pdf.Root[f"/{lost}"]
        elif lost == "pdfaid":
            pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"pdfaid:part>2", b"pdfaid:part>9"))
        elif lost == "ID":
            del pdf.trailer["/ID"]
        else:
            del pdf.pages[0].Resources.Font["/VanthuText"].DescendantFonts[0].FontDescriptor["/FontFile2"]
        data = io.BytesIO()
        pdf.save(data, fix_metadata_version=False)
    broken = data.getvalue()
    if lost == "ID":
        broken = broken[: broken.rindex(b"/ID")] + broken[broken.rindex(b"/ID") :].replace(b"/ID", b"/IX", 1)
    (tmp_path / "b.pdf").write_bytes(broken)
    assert violations(tmp_path / "b.pdf")


def verapdf(folder: Path, script: str) -> str:
    program = folder / "verapdf"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.mark.parametrize(
    ("script", "claim"),
    [
        ('echo "PASS $5 2b"', "PDF/A-2b, đã kiểm định bằng veraPDF"),
        ('echo "FAIL $5 2b"; exit 1', "không nhận là PDF/A-2b"),
        ('echo "Exception: no room" >&2; exit 9', "đã tạo theo PDF/A-2b, chưa kiểm định"),
        ("sleep 60", "đã tạo theo PDF/A-2b, chưa kiểm định"),
    ],
)
def test_verapdf_has_the_last_word(script: str, claim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitize.pdf.check.shutil.which", lambda _: verapdf(tmp_path, script))
    monkeypatch.setattr("digitize.pdf.check._SECONDS", 1)
    noise().save(tmp_path / "a.png")
    assert made(tmp_path / "a.png", "png").conformity.claim == claim
    assert (f"{PDFAID}part" in described(out(tmp_path / "a.png"))) == ("không" not in claim)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"\0" * 5000])
def test_what_is_no_pdf_is_no_pdfa(junk: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(junk)
    assert conformity(tmp_path / "a.pdf").status == "none"


@pytest.mark.realdata
@pytest.mark.skipif(not shutil.which("verapdf"), reason="máy không có veraPDF")
def test_real_scans_are_accepted_by_verapdf(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for path in sorted((shared / "data/scans").rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            count = len(pdf.pages)
        pages = [PageWords(WORDS, 1000, 1400)] * count
        assert searchable_pdf(str(path), "pdf", pages, tmp_path / "a.pdf").conformity.status == "verified"
