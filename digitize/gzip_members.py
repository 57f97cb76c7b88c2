"""A gzip file of several members, each of which says how long it is, so that one is read without the others.

To every other program it is a gzip file like any (RFC 1952, 2.2): the members one after the other are its content. The
length stands where the format has room for it, in a subfield of the header, as BGZF does for short blocks.
"""

from __future__ import annotations

import struct
import zlib

_HEADER = struct.Struct("<10s H 2s H I")
"""The fixed header, the length of the subfields, the name of ours and its length, how long the member is in bytes."""
_FIXED = b"\x1f\x8b\x08\x04\0\0\0\0\x02\xff"
"""Deflate, with subfields, of no time, packed as small as can be, on no system that matters."""
_NAME = b"VT"
_END = struct.Struct("<I I")
"""Checksum and size of the content."""


def member(content: bytes) -> bytes:
    """Return ``content`` as a member; the same content gives the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    size = _HEADER.size + len(packed) + _END.size
    end = _END.pack(zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return _HEADER.pack(_FIXED, 8, _NAME, 4, size) + packed + end


def has_members(file: bytes) -> bool:
    """Tell whether a gzip file is one of those."""
    return len(file) >= _HEADER.size and _HEADER.unpack_from(file)[:4] == (_FIXED, 8, _NAME, 4)


def members(file: bytes) -> list[bytes]:
    """Cut a file into its members, not yet unpacked. Raises ValueError when it is damaged or cut short."""
    found = []
    at = 0
    while at < len(file):
        rest = file[at : at + _HEADER.size]
        size = _HEADER.unpack(rest)[4] if has_members(rest) else 0
        if not _HEADER.size + _END.size < size <= len(file) - at:
            raise ValueError(f"no member at {at}")
        found.append(file[at : at + size])
        at += size
    return found
