"""One browser for all tests that look at pages as people do, and windows that remember every complaint."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

FLAGS = (
    "--no-sandbox --headless=new --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
WIDE, PHONE = 1440, 390


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's own browser. Its loop runs in this thread, which Django would otherwise take for an asynchronous one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        yield browser
        browser.close()


@dataclass
class Window:
    """A person's window. ``complaints`` gathers console errors, refusals of the content policy, broken scripts and answers ≥ 500."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Begin to gather complaints."""
        self.page.on("console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("response", lambda got: self._note(f"{got.status} {got.url}") if got.status >= 500 else None)

    def _note(self, what: str) -> None:
        self.complaints.append(f"{self.page.url}: {what}")

    def _refuse(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, path: str) -> Page:
        """Open a path of this site."""
        self.page.goto(self.address + path)
        return self.page

    def is_well(self) -> None:
        """Nothing complained, and the page fits a phone without being pushed sideways."""
        assert self.complaints == []
        self.page.set_viewport_size({"width": PHONE, "height": 844})
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE, f"{self.page.url} is too wide"
        self.page.set_viewport_size({"width": WIDE, "height": 900})


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page, by element."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


class Windows:
    """Windows at the live server, each person's with a session of its own."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address = chromium, address
        self._contexts: list[BrowserContext] = []

    def stranger(self, *, width: int = WIDE, language: str = "zh-hans", **options: Any) -> Window:
        """A window in which nobody is logged in."""
        viewport: Any = {"width": width, "height": 900}
        context = self.chromium.new_context(viewport=viewport, locale="zh-CN", reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(60_000)  # the first page of a process reads every room and template
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.address}])
        self._contexts.append(context)
        window = Window(context.new_page(), self.address)
        window.listen()
        return window

    def of(self, user: Any, **options: Any) -> Window:
        """A window in which ``user`` has logged in before."""
        window = self.stranger(**options)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}
        window.page.context.add_cookies([cookie])
        return window

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def windows(chromium: Browser, live_server: Any) -> Iterator[Windows]:
    """``windows.of(cast.officer)``: windows at the live server."""
    opened = Windows(chromium, live_server.url)
    yield opened
    opened.close()
