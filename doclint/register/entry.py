"""What the register knows of a document that was issued, and of a conference."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from doclint.vietnamese.normalise import fold

Class = Literal["", "chuyen-tiep", "sao-gui", "don-doc-hinh-thuc", "sai-co-quan", "can-thiet", "khong-tinh"]
CLASSES: dict[Class, str] = {
    "chuyen-tiep": "chuyển tiếp",
    "sao-gui": "sao gửi",
    "don-doc-hinh-thuc": "đôn đốc hình thức",
    "sai-co-quan": "gửi không đúng cơ quan",
    "can-thiet": "cần thiết",
    "khong-tinh": "không tính",
    "": "chưa phân loại",
}
"""By what one types, as a clerk reads them; ``khong-tinh`` is what is no administrative document."""
NEEDLESS: tuple[Class, ...] = ("chuyen-tiep", "sao-gui", "don-doc-hinh-thuc", "sai-co-quan")
"""The four that the plan wants fewer of (II.5.b)."""

REGIMES = {"state": "hành chính", "legal-normative": "quy phạm pháp luật", "party": "Đảng"}
VERDICTS = {"pass": "ban hành được", "revise": "nên sửa", "reconsider": "nên xem lại việc ban hành", "": ""}

Form = Literal["truc-tiep", "truc-tuyen", "ket-hop"]
FORMS: dict[str, str] = {
    "truc-tiep": "trực tiếp",
    "truc-tuyen": "trực tuyến",
    "ket-hop": "trực tiếp kết hợp trực tuyến",
}
Scope = Literal["toan-tinh", "toan-xa", "khac"]
SCOPES: dict[str, str] = {"toan-tinh": "toàn tỉnh", "toan-xa": "toàn xã", "khac": "khác"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An issued document by the fields of Phụ lục VI, Nghị định 30/2020/NĐ-CP, and what the rules say of it.

    A text is empty and a number None where it is not known; ``id`` is 0 before it is in the register.
    """

    number: str
    """As printed, with its zeros; ``symbol`` is what stands after the first stroke."""
    symbol: str
    date: datetime.date
    subject: str
    id: int = 0
    type: str = ""
    """Abbreviation of the document type."""
    regime: str = "state"
    issuer: str = ""
    unit: str = ""
    """The unit that drafted it."""
    position: str = ""
    signer: str = ""
    urgency: str = ""
    recipients: int | None = None
    """Lines of Kính gửi and Nơi nhận, but for «Như trên» and the file copy."""
    copies: int | None = None
    verdict: str = ""
    codes: str = ""
    """Codes of the rules with a finding from warning up, parted by blanks."""
    proposed: Class = ""
    reason: str = ""
    """Why the rules propose that class, in Vietnamese."""
    cls: Class = ""
    """The class that counts: what was proposed, until a person says otherwise."""
    sha256: str = ""
    """Of the file, empty for a row of a table."""
    file: str = ""

    @property
    def code(self) -> str:
        """Number and symbol as one writes them: «188/BC-UBND», of the Party «05-KH/ĐU»."""
        return f"{self.number}{'-' if self.regime == 'party' else '/'}{self.symbol}" if self.symbol else self.number

    @property
    def identity(self) -> str:
        """What no two documents of an issuer share in a year (Điều 15.1): 0121/KH-UBND is 121/KH-UBND."""
        return f"{number_and_symbol(self.code)} {self.date.year}"

    def same_issuer(self, other: Entry) -> bool:
        """Tell whether both have one issuer; where one names none, it is taken to be the same."""
        # All that reads documents would come with it, and who only counts need not wait for that.
        from doclint.anatomy.gazetteer import key

        return not self.issuer or not other.issuer or key(self.issuer) == key(other.issuer)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conference. ``document`` is the id of the document that it was proposed from, 0 when a person entered it."""

    date: datetime.date
    subject: str
    form: str
    scope: str
    id: int = 0
    purpose: str = ""
    document: int = 0
    held: bool = True
    """False when it was called off, or was no conference."""

    def same(self, other: Meeting) -> bool:
        """Tell whether both rows speak of one conference."""
        return self.date == other.date and alike(self.subject, other.subject)


@dataclass(frozen=True, slots=True)
class Change:
    """What a person, or a file that came later, changed in a row."""

    when: str
    who: str
    table: Literal["documents", "meetings"]
    row: int
    field: str
    before: str
    after: str
    reason: str


def number_and_symbol(code: str) -> str:
    """Return a number and symbol as two ways to write them share it."""
    return re.sub(r"^0+(?=\w)", "", re.sub(r"[^\w]+", "/", fold(code)).strip("/"))


def alike(subject: str, other: str) -> bool:
    """Tell whether most words of the shorter of two subjects stand in the other."""
    ours, theirs = _words(subject), _words(other)
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


def guarded(value: object) -> object:
    """Put an apostrophe before a text in a CSV file that a spreadsheet would take for a formula and work out."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text)))


FORMULA = ("=", "+", "-", "@")
"""What a formula of a spreadsheet begins with."""
_ALIKE = 0.6
