"""Set a source as plain text, its two header columns arranged as programs that export text arrange them."""

from __future__ import annotations

from itertools import zip_longest

from builder.source import Shape, Source

ARRANGEMENTS = ("tab", "blocks", "interleaved", "padded")


def to_plain(source: Source, header: str) -> str:
    """Return the text; ``header`` is one of ``ARRANGEMENTS``."""
    left = [*source.superior, *source.issuer, source.number]
    right = [*source.nation, source.place]
    if not source.type:
        left.append(source.subject)
    lines = [*_head(left, right, header), ""]
    if source.type:
        lines += [line for line in (source.type, source.subject, "") if line or line == ""]
    if len(source.addressees) == 1:
        lines += [f"Kính gửi: {source.addressees[0]}", ""]
    elif source.addressees:
        lines += ["Kính gửi:", *(f"- {text}" for text in source.addressees), ""]
    lines += [line.text for line in source.body]
    if source.recipients:
        lines += ["", source.recipients_title, *source.recipients]
    lines += ["", *source.left_signature, source.left_signer] if source.left_signer else []
    lines += ["", *source.signature, source.signer]
    lines += ["", *(line.text for line in source.appendix)] if source.appendix else []
    assert not any(line.shape is Shape.ROW for line in source.body), "bảng chưa có dạng văn bản thuần"
    return "\n".join(lines) + "\n"


def _head(left: list[str], right: list[str], arrangement: str) -> list[str]:
    pairs = list(zip_longest(left, right, fillvalue=""))
    if arrangement == "tab":
        return [f"{one}\t{other}".rstrip() for one, other in pairs]
    if arrangement == "padded":
        return [f"{one:<44}{other}".rstrip() for one, other in pairs]
    if arrangement == "blocks":
        return [*left, *right]
    return [text for pair in pairs for text in pair if text]
