"""The roles, each with all that the one before it may do, and the levels of access that they open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from digitize.access import INTERNAL, PUBLIC

Role = Literal["reader", "staff", "archivist", "admin"]
Right = Literal["read", "export", "dashboard", "review", "audit", "accounts"]
ROLES: tuple[Role, ...] = get_args(Role)

ROLE_NAMES: Mapping[Role, str] = {
    "reader": "độc giả",
    "staff": "cán bộ cơ quan",
    "archivist": "người làm lưu trữ",
    "admin": "quản trị",
}

_FIRST_ROLE: Mapping[Right, Role] = {
    "read": "reader",
    "export": "staff",
    "dashboard": "staff",
    "review": "archivist",
    "audit": "admin",
    "accounts": "admin",
}


def allows(role: Role, right: Right) -> bool:
    """Tell whether a role has a right."""
    return ROLES.index(role) >= ROLES.index(_FIRST_ROLE[right])


def levels(role: Role) -> frozenset[str] | None:
    """Return the levels of access that a role may see, None for all there are."""
    if role == "reader":
        return frozenset({PUBLIC})
    return frozenset({PUBLIC, INTERNAL}) if role == "staff" else None
