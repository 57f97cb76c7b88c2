from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import write_tiff
from PIL import Image

from digitize.pdf.check import Conformity
from digitize.pdf.searchable import searchable_pdf
from digitize.profiles import PageFacts, check, check_pdf, load_profiles, page_facts, profile
from vanthu.errors import VanthuError


def test_every_profile_is_whole() -> None:
    for asked in load_profiles().values():
        assert asked.title
        assert asked.basis
        assert 100 <= asked.dpi <= 1200
        assert asked.bits in (1, 8, 24)
        assert asked.pdfa in ("", "2b")
        assert check(asked, PageFacts(float(asked.dpi), asked.bits, 1654, 2339)) == ()


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(VanthuError, match="không có bộ yêu cầu «tt06»") as caught:
        profile("tt06")
    assert "tt05" in str(caught.value)


@pytest.mark.parametrize(
    ("page", "short"),
    [
        (PageFacts(200.0, 24, 1654, 2339), ()),
        (PageFacts(199.9996, 24, 1654, 2339), ()),  # 7874 pixels a metre, as PNG writes 200 dpi
        (PageFacts(150.0, 24, 1240, 1754), ("150 dpi, tt05 cần từ 200 dpi",)),
        (PageFacts(None, 24, 1240, 1754), ("tệp không ghi độ phân giải, tt05 cần từ 200 dpi",)),
        (PageFacts(300.0, 1, 2480, 3508), ("màu 1 bit, tt05 cần từ 24 bit, đúng màu bản gốc",)),
        (
            PageFacts(98.0, 8, 1728, 1143),
            ("98 dpi, tt05 cần từ 200 dpi", "màu 8 bit, tt05 cần từ 24 bit, đúng màu bản gốc"),
        ),
    ],
)
def test_what_a_page_falls_short_of(page: PageFacts, short: tuple[str, ...]) -> None:
    assert check(profile("tt05"), page) == short


def test_what_a_pdf_falls_short_of() -> None:
    assert check_pdf(profile("tt05"), Conformity("made")) == ()
    assert check_pdf(profile("tt05"), Conformity("verified")) == ()
    assert check_pdf(profile("tt05"), Conformity("none", ("biểu mẫu XFA",))) == (
        "tt05 cần PDF/A-2b, tệp không nhận là PDF/A-2b: biểu mẫu XFA",
    )


@pytest.mark.parametrize(
    ("mode", "bits"), [("1", 1), ("L", 8), ("RGB", 24), ("RGBA", 24), ("P", 8), ("CMYK", 32), ("I;16", 16)]
)
def test_facts_of_an_image(mode: str, bits: int, tmp_path: Path) -> None:
    Image.new(mode, (400, 300)).save(tmp_path / "a.tif", dpi=(150, 150))
    assert page_facts(str(tmp_path / "a.tif"), "tiff", 1) == PageFacts(150.0, bits, 400, 300)


def test_facts_are_those_of_each_page_and_need_no_pixels(tmp_path: Path) -> None:
    write_tiff(tmp_path / "a.tif", [Image.new("L", (400 + number, 300)) for number in range(3)])
    assert page_facts(str(tmp_path / "a.tif"), "tiff", 3) == PageFacts(200.0, 8, 402, 300)
    Image.effect_noise((400, 300), 50).save(tmp_path / "b.jpg")
    data = (tmp_path / "b.jpg").read_bytes()
    (tmp_path / "b.jpg").write_bytes(data[:700])
    assert page_facts(str(tmp_path / "b.jpg"), "jpeg", 1) == PageFacts(None, 8, 400, 300)


def test_facts_of_a_scan_in_a_pdf_and_of_a_page_that_is_none(tmp_path: Path) -> None:
    Image.new("RGB", (800, 600), "red").save(tmp_path / "a.png", dpi=(150, 150))
    searchable_pdf(str(tmp_path / "a.png"), "png", [None], tmp_path / "a.pdf")
    facts = page_facts(str(tmp_path / "a.pdf"), "pdf", 1)
    assert facts is not None
    assert (round(facts.dpi or 0), facts.bits, facts.width, facts.height) == (150, 24, 800, 600)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "b.pdf")
    assert page_facts(str(tmp_path / "b.pdf"), "pdf", 1) is None
