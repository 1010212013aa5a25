"""Pictures of the demo city for the README: ``python tools/screenshots.py [FOLDER]`` (``docs/screens`` unless told).

Loads the demo city into a data folder of its own, or uses the one that ``ZHAOSHANG_DATA`` names if it is loaded there, serves it, and takes
each picture with the system's chromium. Pictures have few colours, so that each stays below 150 kB.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 150_000
PHONE, WIDE = (390, 844), (1440, 900)
PASSWORD = "zhaoshang-demo"  # noqa: S105 - printed by `zhaoshang demo` for everybody
# name: address, size of the window, as whom, a scroll to what
SHOTS = {
    "site-front": ("/", WIDE, "", ""),
    "site-front-english-phone": ("/?lang=en", PHONE, "", ""),
    "site-map": ("/opportunities/map/?kind=parcel", WIDE, "", "main .tabs"),
    "site-entry-phone": ("/opportunities/DK-2023-0003/", PHONE, "", ""),
    "desk-league": ("/desk/league/?indicator=capital_in_place&period=2023Q1", WIDE, "tongji", ""),
}


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The demo city on a free port."""
    env = {**os.environ, "ZHAOSHANG_DATA": folder, "ZHAOSHANG_MAIL": ""}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "zhaoshang.cli", "demo", "--port", str(port), "--workers", "1"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        running.terminate()
        running.wait(30)


def _wait_for(address: str) -> None:
    until = time.monotonic() + 600
    while time.monotonic() < until:
        try:
            urlopen(address, timeout=20).close()  # noqa: S310 - our own address  # nosec B310
            return
        except (URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError("the server does not answer")


def shot(browser: Browser, address: str, name: str) -> bytes:
    """One picture as PNG."""
    path, (width, height), person, place = SHOTS[name]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce")
    context.set_default_navigation_timeout(60_000)
    page = context.new_page()
    if person:
        page.goto(f"{address}/desk/login/")
        page.fill("[name=username]", person)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_load_state()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    if place:
        page.locator(place).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 60)")
    content = page.screenshot()
    context.close()
    return content


def small(content: bytes) -> bytes:
    """The same with as many colours as :data:`MOST_BYTES` allow. Raises ``ValueError`` when sixteen are too many."""
    with Image.open(io.BytesIO(content)) as picture:
        for colours in (128, 64, 32, 16):
            buffer = io.BytesIO()
            picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
            if buffer.tell() <= MOST_BYTES:
                return buffer.getvalue()
    raise ValueError("too large even with few colours")


def main(words: list[str]) -> None:
    """Take them all."""
    target = Path(words[0]) if words else ROOT / "docs" / "screens"
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(os.environ.get("ZHAOSHANG_DATA", folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in SHOTS:
            content = small(shot(browser, address, name))
            (target / f"{name}.png").write_bytes(content)
            sys.stdout.write(f"{name}.png {len(content) // 1024} kB\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
