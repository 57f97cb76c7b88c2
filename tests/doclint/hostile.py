"""Files that an office never sends on purpose: what each is, and the reason that must be given."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

from tests.doclint.pdf import pdf, scanned
from tests.doclint.word import CONTENT_TYPES, RELATIONS, p, package, r, table, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip

Make = Callable[[Path], None]


def content(data: bytes) -> Make:
    return lambda path: path.write_bytes(data) and None


def nested(depth: int) -> str:
    inner = p(r("sâu"))
    for _ in range(depth):
        inner = table([inner + p()])
    return inner


def bomb(size: int) -> bytes:
    """Return a small package whose text unpacks to ``size`` bytes."""
    return package(p(f"<w:r><w:t>{'a' * size}</w:t></w:r>"))


def bomb_under_another_name(size: int) -> bytes:
    return package(p(r("a")), parts={"word/anh.png": b"<x>" + b"a" * size})


def lying(size: int, declared: int) -> bytes:
    """Return a package whose document says it unpacks to ``declared`` bytes, and unpacks to more."""
    honest = bomb(size)
    place = honest.rindex(b"word/document.xml") - 46  # the fixed part of an entry of the central directory
    assert honest[place : place + 4] == b"PK\x01\x02"
    return honest[: place + 24] + struct.pack("<I", declared) + honest[place + 28 :]


def broken_deflate() -> bytes:
    whole = package(p(r("một đoạn văn bản đủ dài để bị nén lại") * 50))
    place = whole.index(b"word/document.xml") + len("word/document.xml") + 8
    return whole[:place] + b"\xff" * 8 + whole[place + 8 :]


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def locked_word() -> bytes:
    return OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def locked_zip() -> bytes:
    whole = bytearray(package(p(r("a"))))
    place = whole.index(b"PK\x01\x02")
    while place >= 0:
        whole[place + 8] |= 1
        place = whole.find(b"PK\x01\x02", place + 1)
    return bytes(whole)


NO_BODY = zipped(
    {
        "[Content_Types].xml": CONTENT_TYPES.encode(),
        "_rels/.rels": RELATIONS.encode(),
        "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    }
)

FILES: dict[str, tuple[Make, str]] = {
    "rong.docx": (content(b""), "tệp rỗng (0 byte)"),
    "khong-co.docx": (lambda path: None, "không có tệp này"),
    "thu-muc.docx": (lambda path: path.mkdir(), "không phải là tệp"),
    "vong.docx": (loop, "liên kết hỏng hoặc trỏ vòng tròn"),
    "ong.docx": (lambda path: os.mkfifo(path), "không phải là tệp"),
    "cat-cut.docx": (content(package(p(r("văn bản")))[:-200]), "tệp Word bị cắt cụt hoặc hỏng"),
    "hong-nen.docx": (content(broken_deflate()), "hỏng"),
    "hong-xml.docx": (content(package("<w:p>")), "tệp Word hỏng (XML hỏng)"),
    "khong-than.docx": (content(NO_BODY), "tệp Word không có nội dung"),
    "bang-tinh.docx": (content(zipped({"xl/workbook.xml": b"<x/>"})), "tệp nén, không phải tệp Word .docx"),
    "mat-khau.docx": (content(locked_word()), "tệp Word đặt mật khẩu"),
    "nen-khoa.docx": (content(locked_zip()), "tệp nén đặt mật khẩu"),
    "bom.docx": (content(bomb(70 * 2**20)), "quá giới hạn"),
    "bom-ten-khac.docx": (content(bomb_under_another_name(70 * 2**20)), "quá giới hạn"),
    "noi-doi.docx": (content(lying(70 * 2**20, 500)), "hỏng"),
    "cuoi-ty-lan.docx": (content(package(p(r("&i;")), prolog=LAUGHS)), "khai báo DTD"),
    "thuc-the.docx": (content(package(p(r("&a;")), prolog='<!DOCTYPE x [<!ENTITY a "chữ">]>')), "DTD"),
    "bang-long.docx": (content(package(nested(300))), "lồng nhau quá sâu"),
    "nhieu-phan.docx": (content(package(p(r("a")), parts={f"x/{n}": b"" for n in range(5001)})), "quá giới hạn 5000"),
    "rac.docx": (content(os.urandom(64) + b"\xff\xfe\x00" * 50), "không phải"),
    "rac.pdf": (content(b"%PDF-1.7\n" + bytes(range(256)) * 9), "PDF bị cắt cụt hoặc hỏng"),
    "rac.txt": (content(b"van ban\x00\x01\x02"), "tệp nhị phân"),
    "dieu-khien.txt": (content(b"\x01\x02\x03\x04 van ban " * 9), "tệp nhị phân"),
    "dau-cau.txt": (content(b"... --- ...\n"), "không có chữ nào để kiểm tra"),
    "quet.pdf": (content(scanned(None)), "bản quét, hãy dùng digitize"),
    "cat-cut.pdf": (content(pdf([(80, 80, "van ban")])[:300]), "PDF bị cắt cụt hoặc hỏng"),
    "hai\ndòng.docx": (content(b""), "tệp rỗng (0 byte)"),
    "xoa\x1b[2Jman-hinh.txt": (content(b""), "tệp rỗng (0 byte)"),
    "đảo\u202echữ.txt": (content(b""), "tệp rỗng (0 byte)"),
}  # fmt: skip
