"""Whether a PDF is a PDF/A-2b: our own check of its structure, and veraPDF where that is installed."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from digitize.pdf import jpx

if TYPE_CHECKING:
    import pikepdf
    from pikepdf.pdfa import Finding


@dataclass(frozen=True, slots=True)
class Conformity:
    """What may be said of a PDF: ``verified`` by veraPDF, ``made`` to the rules, or ``none``, for ``reasons``."""

    status: Literal["verified", "made", "none"]
    reasons: tuple[str, ...] = ()

    @property
    def claim(self) -> str:
        """The one sentence that may be told of the file."""
        return {
            "verified": "PDF/A-2b, đã kiểm định bằng veraPDF",
            "made": "đã tạo theo PDF/A-2b, chưa kiểm định",
            "none": "không nhận là PDF/A-2b",
        }[self.status]


def conformity(path: Path) -> Conformity:
    """Return what may be claimed of the PDF at ``path``, which says of itself that it is a PDF/A-2b."""
    against, unknown = _findings(path)
    if against:
        return Conformity("none", (*against, *unknown))
    verified = _verapdf(path)
    if verified:
        return Conformity("verified")
    if verified is not None:
        return Conformity("none", ("veraPDF không công nhận tệp này", *unknown))
    return Conformity("none", unknown) if unknown else Conformity("made")


def violations(path: Path) -> tuple[str, ...]:
    """Return what in the PDF at ``path`` is, or cannot be shown not to be, against PDF/A-2b; each once, in Vietnamese.

    What the check does not know counts as against it: a false alarm costs a claim, a false claim costs an archive.
    """
    against, unknown = _findings(path)
    return (*against, *unknown)


def _findings(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is against PDF/A-2b, and what the check does not know."""
    from pikepdf.pdfa import validate_written

    # What font programs lack is reported as findings; the library also logs it.
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    findings = [finding for finding in validate_written(path, "2b").findings if not _is_settled(finding)]
    against = Counter(_told(finding) for finding in findings if finding.kind == "violation")
    unknown = Counter(
        f"có cấu trúc chưa xét được: {_told(finding)}"
        for finding in findings
        if finding.kind == "unsupported" and not _is_jpeg2000(finding)
    )
    if any(_is_jpeg2000(finding) for finding in findings):
        against.update(_jpeg2000_flaws(path))
    return _counted(against), _counted(unknown)


def _counted(told: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{reason} ({count} chỗ)" if count > 1 else reason for reason, count in told.items())


def _told(finding: Finding) -> str:
    clause = re.search(r"ISO_19005_2:([\d.]+)", finding.rule)
    if not clause:
        return next((text for words, text in _UNKNOWN if words in finding.message), finding.message)
    meaning = next((text for prefix, text in _CLAUSES if clause[1].startswith(prefix)), finding.message)
    return f"{meaning} (ISO 19005-2, mục {clause[1]})"


def _is_settled(finding: Finding) -> bool:
    """Tell whether the library only says that it met the mask of a picture before, and checked it as a picture."""
    met_before = finding.rule == "pikepdf:role-conflict" and finding.message.endswith("already checked as XObject")
    return met_before and finding.where.endswith(("(SMaskImage)", "(MaskImage)"))


def _is_jpeg2000(finding: Finding) -> bool:
    return finding.kind == "unsupported" and "JPEG 2000" in finding.message


def _jpeg2000_flaws(path: Path) -> Iterator[str]:
    """Yield the flaws of the JPEG 2000 pictures of a file, which the library does not look into."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Image:
                yield from _jpeg2000_flaw(thing)


def _jpeg2000_flaw(image: pikepdf.Object) -> Iterator[str]:
    import pikepdf

    filters = image.get("/Filter")
    listed = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if pikepdf.Name.JPXDecode not in listed:
        return
    if len(listed) > 1 or "/SMaskInData" in image:
        yield "ảnh JPEG 2000 nén chồng hoặc có kênh trong suốt (ISO 19005-2, mục 6.2.8.3)"
    elif flaw := jpx.flaw(image.read_raw_bytes()):
        yield f"{flaw} (ISO 19005-2, mục 6.2.8.3)"


def _verapdf(path: Path) -> bool | None:
    """Return the verdict of veraPDF, None where it is not installed or did not come to one."""
    program = shutil.which("verapdf")
    if not program:
        return None
    command = [program, "--flavour", "2b", "--format", "text", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    verdicts = {line.split()[0] for line in done.stdout.splitlines() if line.startswith(("PASS ", "FAIL "))}
    return verdicts == {"PASS"} if verdicts else None


_SECONDS = 600
_UNKNOWN = (
    ("embedded files", "tệp đính kèm"),
    ("associated files", "tệp đi kèm"),
    ("interactive forms", "biểu mẫu điền được"),
    ("permissions", "quyền sử dụng"),
    ("annotation type", "loại chú thích ít gặp"),
    ("device colour cannot be checked", "màu phụ thuộc thiết bị, tệp không có hồ sơ màu"),
)
# By the clauses of ISO 19005-2, the longer before the shorter; clauses that no file of ours can meet have no words.
_CLAUSES = (
    ("6.1.2", "đầu tệp sai khuôn dạng"),
    ("6.1.3", "cuối tệp sai khuôn dạng: thiếu mã nhận dạng hoặc có mã hóa"),
    ("6.1.7", "dòng dữ liệu sai: sai độ dài, nằm ngoài tệp hoặc nén LZW"),
    ("6.1.10", "ảnh viết thẳng trong trang dùng kiểu nén không được phép"),
    ("6.1.12", "quyền sử dụng khai sai"),
    ("6.1.13", "vượt giới hạn kích thước của PDF/A"),
    ("6.1", "cú pháp tệp sai"),
    ("6.2.2", "nội dung trang dùng lệnh lạ hoặc tài nguyên không khai báo"),
    ("6.2.3", "hồ sơ màu đầu ra sai hoặc có nhiều hồ sơ khác nhau"),
    ("6.2.4.2", "hồ sơ màu ICC sai"),
    ("6.2.4.3", "màu phụ thuộc thiết bị không có hồ sơ màu (thường là ảnh CMYK)"),
    ("6.2.4.4", "màu pha (Separation, DeviceN) khai sai"),
    ("6.2.4", "không gian màu sai"),
    ("6.2.5", "trạng thái vẽ có hàm chuyển hoặc tram"),
    ("6.2.6", "cách quy đổi màu lạ"),
    ("6.2.8.3", "ảnh JPEG 2000 không đúng PDF/A"),
    ("6.2.8", "ảnh có bản thay thế hoặc làm mượt"),
    ("6.2.9", "trang dùng tệp ngoài hoặc mã PostScript"),
    ("6.2.10", "độ trong suốt thiếu không gian màu hoặc dùng kiểu hòa trộn lạ"),
    ("6.2.11.4", "phông chữ không được nhúng hoặc nhúng thiếu"),
    ("6.2.11.5", "bề rộng chữ khai khác với phông nhúng"),
    ("6.2.11.6", "bảng mã của phông TrueType khai sai"),
    ("6.2.11.7", "phông thiếu bảng quy ra Unicode"),
    ("6.2.11.8", "có chữ không có hình trong phông (.notdef)"),
    ("6.2.11", "phông chữ sai khuôn dạng"),
    ("6.2", "nội dung vẽ không đúng PDF/A"),
    ("6.3", "chú thích, chữ ký hình hoặc liên kết khai sai: bị ẩn, không in được hoặc thiếu hình"),
    ("6.4.1", "biểu mẫu có hành động hoặc phải vẽ lại"),
    ("6.4.2", "biểu mẫu XFA"),
    ("6.4.3", "chữ ký số sai khuôn dạng"),
    ("6.5", "có hành động bị cấm: JavaScript, mở chương trình, phát phim"),
    ("6.6", "siêu dữ liệu XMP thiếu hoặc sai"),
    ("6.8", "có tệp đính kèm không phải PDF/A"),
    ("6.9", "lớp bật tắt được khai sai"),
    ("6.10", "có cách trình chiếu khác"),
    ("6.11", "có yêu cầu riêng với chương trình đọc"),
)
