"""The engines by name."""

from __future__ import annotations

from importlib.util import find_spec

from digitize.index.engines.engine import Engine
from vanthu.errors import VanthuError

ENGINES = ("whoosh", "tantivy")


def engine_named(name: str) -> Engine:
    """Return an engine. Raises VanthuError when it is not installed."""
    if name == "tantivy":
        if not find_spec("tantivy"):
            raise VanthuError("máy chưa cài Tantivy", hint="pip install 'vanthu[tantivy]'")
        import digitize.index.engines.tantivy as tantivy

        return tantivy
    from digitize.index.engines import whoosh

    return whoosh
