"""What every application of ours begins with: an API that describes itself, and nothing from or to the network."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.params import Depends
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


def application(
    title: str, summary: str, handlers: dict[int | type[Exception], Handler], dependencies: Sequence[Depends] = ()
) -> FastAPI:
    """Return an application without routes; ``handlers`` make answers of what goes wrong."""
    return FastAPI(
        title=title,
        summary=summary,
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its scripts would come from the network
        redoc_url=None,
        redirect_slashes=False,
        dependencies=dependencies,
        exception_handlers=handlers,
        # It would listen to variables of the environment that send what happens here elsewhere.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
