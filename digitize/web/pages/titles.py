"""What a document is called on a page, and how it is cited: from its description, from its file where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from digitize.index.fields import DocumentFields


def title(fields: Mapping[str, str], path: str) -> str:
    """Return type and number of a document, ``Quyết định 707/QĐ-TTg``, or the name of its file."""
    named = " ".join(filter(None, [fields.get("type"), whole_number(fields)]))
    return named or PurePath(path).name or "Tài liệu không tên"


def facts(fields: Mapping[str, str]) -> list[str]:
    """Return what stands under the heading: day, issuing body, where it is kept."""
    return list(filter(None, [day(fields.get("date", "")), fields.get("issuer", ""), kept(fields)]))


def citation(fields: Mapping[str, str], path: str, sha256: str, page: int) -> str:
    """Return the line that cites a page: what the document is, the page, where it is kept, what its file is called.

    ``Quyết định số 534/QĐ-UBND ngày 05/03/2024 của …, tr. 3. Phông …, hồ sơ …, đơn vị bảo quản …. Tệp …, mã ….``
    What nobody knows is left out, never guessed; the digits of the SHA-256 find the document again when it was moved.
    """
    number, date = whole_number(fields), day(fields.get("date", ""))
    named = [
        fields.get("type", "") or "Tài liệu",
        f"số {number}" if number else "",
        f"ngày {date}" if date else "",
        f"của {issuer}" if (issuer := fields.get("issuer", "")) else "",
        f"«{subject}»" if (subject := fields.get("subject", "")) else "",
    ]
    where = f" {place}." if (place := kept(fields)) else ""
    file = f"Tệp {PurePath(path).name or 'không tên'}, mã {sha256[:12]}."
    return f"{' '.join(filter(None, named))}, tr. {page}.{where} {file}"


def kept(fields: Mapping[str, str]) -> str:
    """Return where a document is kept: ``Phông …, hồ sơ …, đơn vị bảo quản …``, "" when nobody has said it."""
    place = ", ".join(_led(labels, value) for name, labels in _KEPT if (value := fields.get(name, "")))
    return place[:1].upper() + place[1:]


def _led(labels: tuple[str, ...], value: str) -> str:
    """Return a value after what it is, which an archivist may have written into it: ``hồ sơ 15``, ``Hồ sơ số 15``."""
    return value if value.casefold().startswith(labels) else f"{labels[0]} {value}"


def whole_number(fields: Mapping[str, str]) -> str:
    """Return number and symbol in one: ``534/QĐ-UBND``, of the Party ``226-KL/TW``."""
    return DocumentFields(number=fields.get("number", ""), symbol=fields.get("symbol", "")).code


def day(iso: str) -> str:
    """Return an ISO day, month or year as Vietnamese writes it: ``05/03/2024``, ``3/2024``, ``2024``."""
    year, *rest = iso.split("-")
    return "/".join([*reversed(rest), year])


_KEPT = (("fonds", ("phông",)), ("file", ("hồ sơ",)), ("unit", ("đơn vị bảo quản", "đvbq")))
"""Where a document is kept, from the widest to the narrowest."""
