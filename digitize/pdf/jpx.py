"""Which JPEG 2000 files a PDF/A-2 may hold: ISO 19005-2, 6.2.8.3, read off the boxes at the head of the file."""

from __future__ import annotations

from collections.abc import Iterator


def flaw(data: bytes) -> str:
    """Return in Vietnamese why PDF/A-2 does not allow the JPEG 2000 file ``data``, "" when it does."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return "ảnh JPEG 2000 chỉ có dòng mã, thiếu phần đầu JP2"
    header = next((body for kind, body in _boxes(data) if kind == b"jp2h"), b"")
    inside = list(_boxes(header))
    image = next((body for kind, body in inside if kind == b"ihdr"), b"")
    colours = [body for kind, body in inside if kind == b"colr"]
    if len(image) < 14 or not colours:
        return "ảnh JPEG 2000 thiếu phần mô tả cỡ hoặc màu"
    channels, depth = int.from_bytes(image[8:10], "big"), image[10]
    if channels not in (1, 3):  # four are allowed, but may be CMYK, or colours and how much they cover
        return f"ảnh JPEG 2000 có {channels} kênh màu"
    if depth == 0xFF or (depth & 0x7F) + 1 > 38:
        return "ảnh JPEG 2000 có các kênh màu sâu khác nhau"
    if any(kind in (b"pclr", b"cmap", b"cdef") for kind, _ in inside):
        return "ảnh JPEG 2000 có bảng màu hoặc kênh trong suốt"
    if len(colours) > 1 or len(colours[0]) < 3 or colours[0][0] not in (1, 2):
        return "ảnh JPEG 2000 khai hệ màu theo cách PDF/A không nhận"
    if colours[0][0] == 1 and int.from_bytes(colours[0][3:7], "big") not in _COLOUR_SPACES:
        return "ảnh JPEG 2000 dùng hệ màu mà PDF/A không nhận"
    return ""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        length, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        head = 8
        if length == 1:
            length, head = int.from_bytes(data[position + 8 : position + 16], "big"), 16
        end = len(data) if length == 0 else position + length
        if end < position + head:
            return
        yield kind, data[position + head : end]
        position = end


# sRGB, grey, sYCC
_COLOUR_SPACES = (16, 17, 18)
