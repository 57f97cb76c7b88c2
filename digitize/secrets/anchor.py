"""Where a log of hashed lines ends, in a file beside it: a chain alone does not show that its end was cut off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from vanthu.errors import VanthuError
from vanthu.files import write_atomic


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many bytes a log has at least, and the hash of the line that ends there."""

    end: int
    last: str


LOST = Anchor(-1, "")
"""An anchor that no log reaches to."""


def write_anchor(log: Path, anchor: Anchor) -> None:
    """Write down where ``log`` ends, after its last line was. Raises OSError."""
    write_atomic(_beside(log), json.dumps({"end": anchor.end, "hash": anchor.last}).encode() + b"\n")


def read_anchor(log: Path) -> Anchor | None:
    """Return where ``log`` ended, None when that was never written down. Raises OSError.

    The log itself may be longer by a line, when a power cut came between.
    """
    try:
        told = json.loads(_beside(log).read_bytes())
        return Anchor(int(told["end"]), str(told["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return LOST


def cut_short(log: Path) -> VanthuError:
    """Return what is told of a log that does not reach to its anchor, or has lost it."""
    return VanthuError(
        f"sổ cách ly tài liệu mật bị cắt bớt ở cuối, hoặc tệp {_beside(log).name} ghi chỗ sổ kết thúc bị mất hay hỏng",
        path=log,
        hint=f"chép lại cả {log.name} và {_beside(log).name} từ cùng một bản sao lưu của kho, báo người phụ trách",
    )


def _beside(log: Path) -> Path:
    return log.with_suffix(".end")
