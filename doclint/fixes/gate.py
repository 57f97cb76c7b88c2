"""Which files are fixed: Word files as such, that nobody signed, marked as secret or closed to changes."""

from __future__ import annotations

from pathlib import Path

from doclint.config import Settings
from doclint.fixes.draft import Draft, open_draft
from doclint.readers import read
from doclint.readers.limits import UnreadableDocument
from doclint.readers.word.names import W
from doclint.readers.word.package import Package
from vanthu.errors import VanthuError, os_reason


def readable_draft(path: Path, settings: Settings) -> Draft:
    """Return the draft at ``path``. Raises VanthuError with the reason and what to do when it is not to be changed."""
    document = read(path)
    if document.format != "docx":
        raise VanthuError(
            f"chỉ tự sửa được tệp .docx, đây là .{document.format}", path=path, hint=_how(document.format)
        )
    if document.signed:
        raise VanthuError(
            "tệp có chữ ký số, sửa thì chữ ký mất giá trị", path=path, hint="sửa bản chưa ký, rồi trình ký lại"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"không mở lại được tệp ({os_reason(error)})", path=path) from error
    draft = open_draft(content, path, settings)
    if draft.document.text != document.text:
        raise VanthuError("tệp vừa bị thay đổi", path=path, hint="lưu và đóng tệp trong Word rồi chạy lại")
    if draft.report.error is not None:
        raise draft.report.error
    if _is_protected(draft.package):
        raise VanthuError(
            "tệp đang khóa chỉnh sửa", path=path, hint="trong Word vào Xem lại (Review), bỏ hạn chế sửa, rồi chạy lại"
        )
    return draft


def suffix_of(package: Package) -> str:
    """Return the suffix under which Word opens the package: one with macros is a .docm, which a .docx may not be."""
    types = package.xml("[Content_Types].xml")
    main = f"/{package.main}".lower()
    entries = types if types is not None else ()
    kind = next((one.get("ContentType", "") for one in entries if one.get("PartName", "").lower() == main), "")
    return next((suffix for word, suffix in _SUFFIXES.items() if word in kind), ".docx")


def _is_protected(package: Package) -> bool:
    relations = package.relations(package.main).values()
    name = next((one.target for one in relations if one.kind == "settings" and not one.external), None)
    root = package.xml(name) if name is not None else None
    protection = root.find(W + "documentProtection") if root is not None else None
    return protection is not None and protection.get(W + "enforcement") in ("1", "true", "on")


def _how(form: str) -> str:
    if form == "pdf":
        return "sửa trong tệp Word rồi xuất lại PDF"
    return "chép chữ vào tệp .docx" if form == "txt" else "mở bằng Word, lưu thành .docx rồi chạy lại"


_SUFFIXES = {"template.macroEnabled": ".dotm", "macroEnabled": ".docm", "template": ".dotx"}
