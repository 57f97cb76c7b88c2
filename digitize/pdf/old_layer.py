"""Take out of a page the hidden text of an earlier OCR that is being replaced: searching would find both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def drop_hidden_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Remove what the page, and the forms it shows, write in render mode 3. What cannot be parsed stays as it is."""
    import pikepdf

    try:
        page.obj["/Contents"] = pdf.make_stream(_visible(page))
        given = page.resources
        forms = given.get("/XObject")
        if not isinstance(forms, pikepdf.Dictionary):
            return
        own = pikepdf.Dictionary(dict(forms))
        for name, form in forms.items():
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == pikepdf.Name.Form:
                copy = pdf.make_stream(_visible(form))
                for key, value in form.stream_dict.items():
                    if key not in ("/Length", "/Filter", "/DecodeParms"):
                        copy[key] = value
                own[name] = copy
        resources = pikepdf.Dictionary(dict(given))
        resources["/XObject"] = own
        page.obj["/Resources"] = resources
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        return


def _visible(content: pikepdf.Page | pikepdf.Object) -> bytes:
    """Return a content stream without the words it writes without ink."""
    import pikepdf

    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    mode, saved = 0, []
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator == "Tr" and instruction.operands:
            mode = int(instruction.operands[0])
        elif operator == "q":
            saved.append(mode)
        elif operator == "Q" and saved:
            mode = saved.pop()
        elif operator in _WRITING and mode == _HIDDEN:
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)


_HIDDEN = 3
_WRITING = ("Tj", "TJ", "'", '"')
