"""The gallery served on its own, without nouns or database, and a browser to look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page

from zhaoshang.ui.jinja import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def templates() -> Environment:
    """The templates of the room, as a page has them."""
    return environment(loader=FileSystemLoader(ROOT / "zhaoshang/ui/templates"), autoescape=True)


@pytest.fixture(scope="session")
def gallery_url() -> Iterator[str]:
    """Address of the gallery, served by a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.ui.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}/gallery/"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        with socket.socket() as knock:
            if server.poll() is None and knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the gallery's server did not start")


@pytest.fixture
def open_page(chromium: Browser, gallery_url: str) -> Iterator[Any]:
    """``open_page("?look=cockpit", width=390)``: the gallery in a window of its own; ``complaints`` gathers the console."""
    contexts = []

    def opened(query: str = "", *, width: int = 1440, complaints: list[str] | None = None, **options: Any) -> Page:
        viewport: Any = {"width": width, "height": 900}
        contexts.append(chromium.new_context(viewport=viewport, locale="zh-CN", reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        if complaints is not None:
            page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
            page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(gallery_url + query)
        return page

    yield opened
    for context in contexts:
        context.close()
