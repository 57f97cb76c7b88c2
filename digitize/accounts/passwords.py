"""Passwords: what one must be, and how it is kept and checked (argon2id, RFC 9106)."""

from __future__ import annotations

import threading
import unicodedata

from vanthu.errors import VanthuError

FEWEST = 10
_MOST_BYTES = 1024
_FEWEST_DIFFERENT = 5


def fit(password: str, name: str) -> str:
    """Return ``password`` as it is kept. Raises VanthuError for one that is too easy to guess."""
    password = _same(password)
    hint = f"đặt mật khẩu từ {FEWEST} ký tự, ví dụ bốn từ không liên quan viết liền nhau"
    if len(password) < FEWEST:
        raise VanthuError(f"mật khẩu chỉ có {len(password)} ký tự", hint=hint)
    if len(password.encode()) > _MOST_BYTES:
        raise VanthuError("mật khẩu quá dài", hint=f"tối đa {_MOST_BYTES} byte")
    if len(set(password)) < _FEWEST_DIFFERENT or password.casefold() in (name * 8).casefold():
        raise VanthuError("mật khẩu quá dễ đoán", hint=hint)
    return password


class Passwords:
    """The hash with its parameters: 64 MiB and some tenths of a second each, few at once."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher
        from argon2.profiles import RFC_9106_LOW_MEMORY

        self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("không phải mật khẩu của ai")

    def hashed(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turns:
            return self._hasher.hash(_same(password))

    def right(self, password: str, kept: str | None) -> bool:
        """Tell whether ``password`` is the one that ``kept`` is of; of none, in the same time, it never is."""
        from argon2.exceptions import InvalidHashError, VerificationError

        if len(password.encode("utf-8", "replace")) > _MOST_BYTES:
            password = ""
        with self._turns:
            try:
                self._hasher.verify(kept or self._nobody, _same(password))
            except (VerificationError, InvalidHashError, UnicodeEncodeError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Tell whether a password that was right is to be hashed anew, with today's parameters."""
        return self._hasher.check_needs_rehash(kept)


def _same(password: str) -> str:
    """Return the password in one form of Unicode, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)


_AT_ONCE = 2
