"""The one family of errors that a person is shown."""

from __future__ import annotations

from pathlib import Path

from vanthu.files import shown


class VanthuError(Exception):
    """An error a person can act on, told in Vietnamese.

    ``reason`` says what is wrong, ``hint`` what to do next, ``path`` which file; ``str()`` joins them in one line.
    """

    def __init__(self, reason: str, *, path: Path | str | None = None, hint: str = "") -> None:
        self.reason = reason
        self.path = path
        self.hint = hint
        super().__init__(reason, path, hint)

    def __str__(self) -> str:
        where = f"{shown(self.path)}: " if self.path is not None else ""
        advice = f" → {self.hint}" if self.hint else ""
        return f"{where}{self.reason}{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; keyword arguments would be lost by the default.
        return (_rebuild, (type(self), self.reason, self.path, self.hint))


def _rebuild(kind: type[VanthuError], reason: str, path: Path | str | None, hint: str) -> VanthuError:
    return kind(reason, path=path, hint=hint)
