"""Digital signatures in a PDF that is to be changed: what they vouch for is then no longer what the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def take_signatures_off(pdf: pikepdf.Pdf) -> bool:
    """Empty the signature fields, whose pictures stay on their pages; return whether there was a signature.

    A form that was there for signatures alone goes with them, its pictures become stamps: as fields they would ask to
    be signed anew.
    """
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    signed = False
    other = False
    waiting = _listed(form.get("/Fields"))
    for _ in range(_MOST):  # fields may form a tree, and a damaged tree goes round
        if not waiting:
            break
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        waiting += _listed(field.get("/Kids"))
        if inherited_type(field) == "/Sig":
            if "/V" in field:
                signed = True
                del field["/V"]
        elif "/Kids" not in field:
            other = True
    if not signed:
        return False
    for owner, key in ((form, "/SigFlags"), (pdf.Root, "/Perms")):
        if key in owner:
            del owner[key]
    if not other and not waiting:
        _make_stamps(pdf)
        del pdf.Root["/AcroForm"]
    return True


def _make_stamps(pdf: pikepdf.Pdf) -> None:
    """Turn what signature fields show into pictures that belong to no form; what shows nothing goes."""
    import pikepdf

    for page in pdf.pages:
        listed = _listed(page.obj.get("/Annots"))
        kept = []
        for annotation in listed:
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == pikepdf.Name.Widget:
                if not _shows_something(annotation):
                    continue
                for key in set(annotation.keys()) - _OF_A_STAMP:
                    del annotation[key]
                annotation["/Subtype"] = pikepdf.Name.Stamp
            kept.append(annotation)
        if len(kept) < len(listed):
            page.obj["/Annots"] = pikepdf.Array(kept)


def _shows_something(annotation: pikepdf.Object) -> bool:
    try:
        left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
    except (KeyError, TypeError, ValueError):
        return False
    return left != right and bottom != top and "/AP" in annotation


def _listed(array: pikepdf.Object | None) -> list[pikepdf.Object]:
    import pikepdf

    return list(array) if isinstance(array, pikepdf.Array) else []


def inherited_type(field: pikepdf.Object) -> str:
    """Return the type of a field, its own or that of the field it belongs to: /Sig, /Tx, /Btn, /Ch."""
    kind = field.get("/FT")
    parent = field.get("/Parent")
    if kind is None and parent is not None:
        kind = parent.get("/FT")
    return str(kind)


_MOST = 2_000
_OF_A_STAMP = {"/Type", "/Subtype", "/Rect", "/P", "/F", "/AP", "/AS"}
