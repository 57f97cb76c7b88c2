"""Make the searchable PDF: the original page as it is, under it the words as invisible text."""

from __future__ import annotations

import io
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.intake import Kind
from digitize.pages import Unreadable
from digitize.pdf.archival import make_archival, says_pdfa_2b, withdraw_claim
from digitize.pdf.check import Conformity, conformity
from digitize.pdf.font import glyphless, lend
from digitize.pdf.frame import frame_of
from digitize.pdf.old_layer import drop_hidden_text
from digitize.pdf.picture import image_pdf
from digitize.pdf.signatures import take_signatures_off
from digitize.pdf.text_layer import content
from digitize.words import Word
from vanthu.files import shown

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page in pixels of its page image, and the size of that image.

    ``replace``: they take the place of the hidden text of an earlier OCR. ``turn``, in degrees clockwise, is what the
    page lacks to be upright, 0, 90, 180 or 270: words and size are those of the upright image.
    """

    words: tuple[Word, ...]
    width: int
    height: int
    replace: bool = False
    turn: int = 0

    @property
    def changes(self) -> bool:
        """Whether the page is other with them than without."""
        return bool(self.words or self.replace or self.turn)


@dataclass(frozen=True, slots=True)
class SearchablePdf:
    """What was made. ``unsigned``: a signature of the file was lost. ``copied``: why pixels are a copy, else "".

    ``conformity`` is what may be said of it as a PDF/A.
    """

    unsigned: bool
    copied: str
    conformity: Conformity


def searchable_pdf(path: str, kind: Kind, pages: Sequence[PageWords | None], target: Path) -> SearchablePdf:
    """Write the file at ``path`` to ``target`` as a PDF with a text layer; a page for which None stands stays as it is.

    It is a PDF/A-2b where the pages allow it. A PDF to which nothing is added is copied byte for byte. The same file,
    name and words give the same bytes. Raises Unreadable, also when the page count is not that of ``pages``.
    """
    import pikepdf

    copied = ""
    with open(path, "rb") as original:  # noqa: PTH123 — a str keeps names that are not UTF-8
        source: io.BufferedReader | io.BytesIO = original
        if kind != "pdf":
            made, copied = image_pdf(path, kind)
            source = io.BytesIO(made)
        try:
            with pikepdf.open(source) as pdf:
                if len(pdf.pages) != len(pages):
                    raise Unreadable(f"PDF có {len(pdf.pages)} trang nhưng đã đọc {len(pages)}")
                if kind == "pdf" and not pdf.is_encrypted and not any(page and page.changes for page in pages):
                    shutil.copyfile(path, target)
                    return SearchablePdf(False, "", _of_the_original(pdf, target))
                if kind != "pdf" and "/ID" in pdf.trailer:
                    del pdf.trailer["/ID"]  # img2pdf's is made of the time; that of a PDF is its name, and stays
                signed = take_signatures_off(pdf)
                _add_text(pdf, pages)
                return SearchablePdf(signed, copied, _save(pdf, shown(Path(path).stem), target))
        except pikepdf.PasswordError as error:
            raise Unreadable("PDF có mật khẩu") from error
        except pikepdf.PdfError as error:
            raise Unreadable("PDF hỏng, không ghép được lớp chữ") from error


def _of_the_original(pdf: pikepdf.Pdf, copy: Path) -> Conformity:
    """Return what may be said of a copy byte for byte; looked into only when the original calls itself a PDF/A-2b."""
    if says_pdfa_2b(pdf):
        return conformity(copy)
    return Conformity("none", ("giữ nguyên từng byte tệp gốc, tệp gốc không khai là PDF/A-2b",))


def _save(pdf: pikepdf.Pdf, title: str, target: Path) -> Conformity:
    """Write a PDF that says it is a PDF/A-2b only if it is one, as far as can be told here."""
    make_archival(pdf, title)
    _write(pdf, target)
    judged = conformity(target)
    if judged.status == "none":
        withdraw_claim(pdf)
        _write(pdf, target)
    return judged


def _write(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a PDF: streams as they are compressed, LZW alone, which PDF/A forbids, anew and without loss."""
    import pikepdf
    from pikepdf.pdfa import resolve_save_kwargs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of fields that were loose in the original already
        pdf.save(target, **resolve_save_kwargs("2b", deterministic_id=True))


def _add_text(pdf: pikepdf.Pdf, pages: Sequence[PageWords | None]) -> None:
    import pikepdf

    font = glyphless(pdf)
    for page, reading in zip(pdf.pages, pages, strict=True):
        if reading and reading.turn:
            page.obj["/Rotate"] = (frame_of(page.obj).rotation + reading.turn) % 360
        if reading and reading.replace:
            drop_hidden_text(pdf, page)
        if reading and reading.words:
            lend(page.obj, font)
            layer = content(reading.words, (reading.width, reading.height), frame_of(page.obj))
            # First, where the coordinates are still those of the page whatever its own content does to them.
            page.contents_add(pikepdf.Stream(pdf, layer), prepend=True)
