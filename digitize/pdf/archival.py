"""Make a PDF what PDF/A-2b asks for beside its pages: metadata, output intent, nothing that acts by itself.

What pages draw is not touched: what of that is against PDF/A is for ``check`` to find.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from digitize.xml_text import xml_text

if TYPE_CHECKING:
    import pikepdf

PRODUCER = "vanthu"


def make_archival(pdf: pikepdf.Pdf, title: str) -> None:
    """Give an open PDF the metadata of a PDF/A-2b and an output intent; take away what would act by itself.

    ``title`` is for a PDF that has none. The same PDF gives the same bytes: dates are its own or, for one that has
    none, that of SOURCE_DATE_EPOCH.
    """
    properties = _properties(pdf, title)
    _write_info(pdf, properties)
    _write_xmp(pdf, properties, claimed=True)
    _add_output_intent(pdf)
    _take_actions_off(pdf)
    for page in pdf.pages:
        _make_printable(page)
        for image in page.get_images().values():
            if "/Interpolate" in image:  # how to blow pixels up, not what they are
                del image["/Interpolate"]


def withdraw_claim(pdf: pikepdf.Pdf) -> None:
    """Take back that a PDF is a PDF/A: something in its pages is against it."""
    _write_xmp(pdf, _properties(pdf, ""), claimed=False)


def says_pdfa_2b(pdf: pikepdf.Pdf) -> bool:
    """Tell whether a PDF calls itself a PDF/A-2b."""
    import pikepdf

    try:
        xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return (str(xmp.get("pdfaid:part")), str(xmp.get("pdfaid:conformance"))) == ("2", "B")
    except (ValueError, KeyError, pikepdf.PdfError):
        return False


_INFO = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}


def _properties(pdf: pikepdf.Pdf, title: str) -> dict[str, str]:
    """Return what the file says of itself, by key of the information dictionary; dates as XMP writes them."""
    import pikepdf

    found = {}
    xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    for key, name in _INFO.items():
        given = pdf.docinfo.get(key)
        text = str(given) if isinstance(given, pikepdf.String) else ""
        if not text:
            try:
                other = xmp.get(name, "")
            except (ValueError, KeyError, pikepdf.PdfError):  # XMP that nobody can read
                other = ""
            text = "; ".join(other) if isinstance(other, list | set) else str(other)
        elif key.endswith("Date"):
            text = _as_xmp_date(text)
        if text := " ".join(xml_text(text).split()):
            found[key] = text
    if title and "/Title" not in found:
        found["/Title"] = " ".join(xml_text(title).split())
    made = os.environ.get("SOURCE_DATE_EPOCH", "")
    if made.isdecimal() and "/CreationDate" not in found:
        found["/CreationDate"] = datetime.fromtimestamp(int(made), UTC).isoformat()
    found["/Producer"] = PRODUCER
    return found


def _as_xmp_date(text: str) -> str:
    from pikepdf.models.metadata import decode_pdf_date

    try:
        return decode_pdf_date(text).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


def _write_info(pdf: pikepdf.Pdf, properties: dict[str, str]) -> None:
    import pikepdf
    from pikepdf.models.metadata import encode_pdf_date

    for key in _INFO:
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    for key, text in properties.items():
        if key.endswith("Date"):
            try:
                text = encode_pdf_date(datetime.fromisoformat(text))
            except ValueError:
                continue
        pdf.docinfo[key] = pikepdf.String(text)


def _write_xmp(pdf: pikepdf.Pdf, properties: dict[str, str], *, claimed: bool) -> None:
    """Write the packet anew: what PDF/A does not know in an old one is not taken over."""
    import pikepdf

    lines = "".join(f"   <{_INFO[key]}>{_value(key, text)}</{_INFO[key]}>\n" for key, text in properties.items())
    if claimed:
        lines += "   <pdfaid:part>2</pdfaid:part>\n   <pdfaid:conformance>B</pdfaid:conformance>\n"
    stream = pikepdf.Stream(pdf, _PACKET.format(properties=lines).encode())
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root["/Metadata"] = pdf.make_indirect(stream)


def _value(key: str, text: str) -> str:
    text = html.escape(text, quote=False)
    if key in ("/Title", "/Subject"):
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
    return f"<rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq>" if key == "/Author" else text


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{properties}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def _add_output_intent(pdf: pikepdf.Pdf) -> None:
    """Say which colours device colours are: sRGB, unless the file says so itself."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    given = pdf.Root.get("/OutputIntents")
    intents = [one for one in given if isinstance(one, Dictionary)] if isinstance(given, Array) else []
    profiles = [one for one in intents if isinstance(one.get("/DestOutputProfile"), pikepdf.Stream)]
    if any(one.get("/S") == Name("/GTS_PDFA1") for one in profiles):
        return
    if profiles:  # of a PDF/X: all intents of a file must have one profile
        profile, condition = profiles[0]["/DestOutputProfile"], str(profiles[0].get("/OutputConditionIdentifier", ""))
    else:
        stream = pikepdf.Stream(pdf, resources.files("digitize").joinpath("data/srgb.icc").read_bytes())
        stream["/N"] = 3
        profile, condition = pdf.make_indirect(stream), "sRGB"
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=pikepdf.String(condition),
        Info=pikepdf.String(condition),
        DestOutputProfile=profile,
    )
    pdf.Root["/OutputIntents"] = Array([*profiles, pdf.make_indirect(intent)])


def _take_actions_off(pdf: pikepdf.Pdf) -> None:
    import pikepdf

    names = pdf.Root.get("/Names")
    form = pdf.Root.get("/AcroForm")
    opened = pdf.Root.get("/OpenAction")
    if isinstance(names, pikepdf.Dictionary):
        _drop(names, "/JavaScript", "/AlternatePresentations")
    if isinstance(form, pikepdf.Dictionary):
        _drop(form, "/NeedAppearances")
    if isinstance(opened, pikepdf.Dictionary) and opened.get("/S") != pikepdf.Name.GoTo:
        _drop(pdf.Root, "/OpenAction")
    _drop(pdf.Root, "/AA", "/Requirements")
    for page in pdf.pages:
        _drop(page.obj, "/AA")


def _drop(owner: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        if key in owner:
            del owner[key]


def _make_printable(page: pikepdf.Page) -> None:
    """Let the annotations that are seen be printed too; those that are hidden are left to the check."""
    for annotation in _annotations(page):
        flags = annotation.get("/F", 0)
        if isinstance(flags, int) and not flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE):
            annotation["/F"] = flags | _PRINT


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    import pikepdf

    listed = page.obj.get("/Annots")
    for one in listed if isinstance(listed, pikepdf.Array) else []:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") != pikepdf.Name.Popup:
            yield one


_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE = 1, 2, 4, 32, 256
