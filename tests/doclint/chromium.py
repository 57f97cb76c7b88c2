"""Chromium for tests: pages opened from disk, without a network, and axe for what shuts people out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
"""Tests may run as root, and a browser that asks its maker for updates waits for a network that is not there."""


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def started(program: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # As short as a module: the loop that Playwright runs in this thread is in the way of tests with one of their own.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, path: Path, *, width: int = 1280, scheme: str = "light", free: bool = False
) -> Iterator[Page]:
    """Open the page at ``path``; with ``free`` without its Content-Security-Policy. What it logs as an error fails."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=free, offline=True
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: told.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    yield page
    context.close()
    assert told == []


def barriers(page: Page) -> list[tuple[str, str, Any]]:
    """Return what axe finds: rule, impact and the element it is about."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page).response["violations"]
    return [(one["id"], one["impact"], node["html"]) for one in violations for node in one["nodes"]]
