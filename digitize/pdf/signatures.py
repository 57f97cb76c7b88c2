"""Digital signatures in a PDF that is to be changed: what they vouch for is then no longer what the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


def take_signatures_off(pdf: pikepdf.Pdf) -> bool:
    """Empty the signature fields, whose pictures stay on their pages; return whether there was a signature."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    signed = False
    waiting = _listed(form.get("/Fields"))
    for _ in range(_MOST):  # fields may form a tree, and a damaged tree goes round
        if not waiting:
            break
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        waiting += _listed(field.get("/Kids"))
        if _inherited_type(field) == "/Sig" and "/V" in field:
            signed = True
            del field["/V"]
    if signed:
        for owner, key in ((form, "/SigFlags"), (pdf.Root, "/Perms")):
            if key in owner:
                del owner[key]
    return signed


def _listed(array: pikepdf.Object | None) -> list[pikepdf.Object]:
    import pikepdf

    return list(array) if isinstance(array, pikepdf.Array) else []


def _inherited_type(field: pikepdf.Object) -> str:
    kind = field.get("/FT")
    parent = field.get("/Parent")
    if kind is None and parent is not None:
        kind = parent.get("/FT")
    return str(kind)


_MOST = 2_000
