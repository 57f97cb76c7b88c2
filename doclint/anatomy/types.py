"""Types of documents and the regime they fall under (Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III)."""

from __future__ import annotations

import re

from doclint.anatomy.parts import Header, Regime
from doclint.vietnamese.normalise import fold

STATE_TYPES = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công văn": "CV",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "thư công": "TCg",
}
DIRECTIVES = ("CV", "CĐ", "CT", "TB", "")
"""Types that ask their addressees for work; a proposal or a report asks for a decision."""

PLANS = ("KH", "CTr", "PA", "CT")
"""Types whose items are work to be done even where nobody is named."""

COPIES = {
    "sao y": "SY",
    "sao lục": "SL",
    "trích sao": "TrS",
    "bản sao y": "SY",
    "bản trích sao": "TrS",
    "bản sao lục": "SL",
}
NORMATIVE_TYPES = {
    "hiến pháp": "HP",
    "bộ luật": "BL",
    "luật": "L",
    "pháp lệnh": "PL",
    "lệnh": "LCT",
    "nghị định": "NĐ",
    "thông tư liên tịch": "TTLT",
    "thông tư": "TT",
    "nghị quyết liên tịch": "NQLT",
    "văn bản hợp nhất": "VBHN",
}
PARTY_TYPES = {"kết luận": "KL", "quy định": "QĐ", "thông tri": "TTr", "điều lệ": "ĐL"}
"""Types that only the Party has, or abbreviates otherwise than the State."""

TYPE_NAMES = {
    **STATE_TYPES,
    **COPIES,
    **NORMATIVE_TYPES,
    **{name: code for name, code in PARTY_TYPES.items() if name not in STATE_TYPES},
}
_BY_FOLDED = {fold(name): code for name, code in TYPE_NAMES.items()}


def type_of_title(title: str) -> str:
    """Return the abbreviation of the type that a printed title names (``KẾ HOẠCH`` → ``KH``), empty when none."""
    return _BY_FOLDED.get(" ".join(fold(title).split()), "")


def type_name(code: str) -> str:
    """Return the name of a type: ``KH`` → ``kế hoạch``; empty when unknown."""
    return next((name for name, abbreviation in TYPE_NAMES.items() if abbreviation == code), "")


def regime_of(header: Header) -> Regime:
    """Tell by whose rules a document is made: its head shows it, else its type and number (domain facts A.0)."""
    symbol = header.number.symbol if header.number is not None else ""
    # A committee of the Party that heads its document as the State does is at fault, but it is the Party's.
    own = header.issuer is not None and _PARTY_BODY.match(fold(header.issuer.name)) is not None
    if header.party or own or (header.nation is None and _PARTY_SYMBOL.search(symbol)):
        return "party"
    # The National Assembly and its Standing Committee have forms of their own, also for what is no norm.
    if header.issuer is not None and _ASSEMBLY.match(fold(header.issuer.name)):
        return "legal-normative"
    # A year in the number of a plan or a telegram is a fault of form.
    if header.type in NORMATIVE_TYPES.values() or (header.type in _MAY_BE_NORMATIVE and re.match(r"\d{4}/", symbol)):
        return "legal-normative"
    return "state"


_ASSEMBLY = re.compile(r"(?:uy ban thuong vu )?quoc hoi\b")
_PARTY_BODY = re.compile(
    r"(?:ban (?:thuong vu|chap hanh) )?(?:dang uy|dang bo|chi bo|chi uy|(?:tinh|thanh|huyen|quan) uy)\b"
)
_MAY_BE_NORMATIVE = ("NQ", "QĐ", "CT", "")
# 05-NQ/ĐU, 226-KL/TW: a hyphen before the type, a stroke before a body of the Party.
_PARTY_SYMBOL = re.compile(r"^[A-ZĐa-z]{2,4}/(?:[A-ZĐ]*T[WU]|[A-ZĐ]*[ĐH]U[A-ZĐ]*|VPT[WU])$")
