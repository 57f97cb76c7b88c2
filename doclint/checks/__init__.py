"""One module per kind of check; the folder is the registry.

A kind is ``check(document, options, context) -> Iterator[Match]``, its frozen ``Options``, and ``PLACEHOLDERS``: the
values its matches bring for the texts of a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, Protocol, cast

from doclint.anatomy.parts import Anatomy
from doclint.document import Document
from doclint.finding import Match
from doclint.office import Office
from doclint.reuse.lookup import Lookup
from doclint.schema import build
from vanthu.errors import VanthuError

Stage = Literal["draft", "issued"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides the text."""

    anatomy: Anatomy
    stage: Stage = "draft"
    complete: bool = True
    """False when pages of the document could not be read: what is not found may stand there."""
    lookup: Lookup | None = None
    """What the document has from others, None where there is no library to look it up in."""
    office: Office = field(default_factory=Office)


class Kind(Protocol):
    """The module of a kind."""

    Options: type[Any]
    PLACEHOLDERS: frozenset[str]

    def check(self, document: Document, options: Any, context: Context) -> Iterator[Match]:
        """Yield what the kind finds in ``document``."""


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all kinds."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load_kind(name: str) -> Kind:
    """Return the module of kind ``name``. Raises VanthuError for an unknown one."""
    if name not in kinds():
        raise VanthuError(f"không có loại kiểm tra «{name}»", hint=f"chọn một trong: {', '.join(kinds())}")
    return cast(Kind, importlib.import_module(f"{__name__}.{name}"))


def bind(kind: Kind, options: Mapping[str, object], *texts: str) -> Any:
    """Return the options of a rule as its kind wants them; ``texts`` may only use the placeholders the kind fills."""
    for text in texts:
        unknown = {name for _, name, _, _ in string.Formatter().parse(text) if name} - kind.PLACEHOLDERS
        if unknown:
            raise VanthuError(
                f"chỗ điền không có: {', '.join(sorted(unknown))}",
                hint=f"dùng: {', '.join(sorted(kind.PLACEHOLDERS)) or 'không có'}",
            )
    return build(kind.Options, options, "options")
