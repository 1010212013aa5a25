"""The served system behind nginx itself: what it may keep, and uploads that come a drop a second. Part of ``make test-long``.

Needs Debian's ``nginx``; without it the run fails and says so. The cache is as careless as one can be set that still heeds what an
answer says of itself: one key for all readers, cookies and Vary ignored, everything kept that does not forbid it.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from faults.long_killed_server import Cookies
from faults.served import Served, ask, eventually, laid_out, serving

pytestmark = pytest.mark.installation
DROPPERS = 40
PART = (
    "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
)
SETTINGS = """{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    client_max_body_size 21m;
    proxy_cache_path {folder}/cache keys_zone=careless:10m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_set_header Host $http_host;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_cache careless;
            proxy_cache_key $uri;
            proxy_cache_valid 200 301 302 404 10m;
            proxy_ignore_headers Set-Cookie Vary;
            add_header X-Kept $upstream_cache_status always;
        }}
    }}
}}
"""


@dataclass
class Behind:
    """The server and the same server through nginx."""

    server: Served
    proxy: Served


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Behind]:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx:
        pytest.fail("nginx is absent: apt-get install nginx")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    with serving(laid_out(tmp_path_factory.mktemp("served"), migrated)) as server:
        user = "user root; " if os.getuid() == 0 else ""
        told = SETTINGS.format(folder=folder, port=port, behind=server.port, user=user)
        (folder / "nginx.conf").write_text(told)
        running = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
        through = replace(server, port=port)
        try:
            assert eventually(through.answers, 30), (folder / "error.log").read_text()
            yield Behind(server, through)
        finally:
            running.terminate()
            running.wait()


@pytest.mark.case("D7")
def test_a_careless_cache_keeps_public_pages_and_no_private_one(behind: Behind) -> None:
    public = [ask(behind.proxy.port, "GET", "/")[2].get("x-kept") for _ in range(3)]
    assert "HIT" in public  # so that what is not kept below was not kept for its own sake
    officer = Cookies()
    assert officer.post(behind.proxy, "/desk/login/", {"username": "officer", "password": "sample-password"}) == 302
    cookie = "; ".join(f"{name}={value}" for name, value in officer.held.items())
    bearer = f"Bearer {behind.server.installation.keys['officer']}"
    pages = ["/desk/", "/desk/payments/", "/desk/projects/", "/desk/account/", "/api/me", "/api/payments"]
    read = 0
    for page in pages:
        for address in (
            page,
            f"{page}x.css",
            f"{page};.js",
            f"{page}%2e%2e/static/x.css",
            f"{page}%0a.css",
            f"{page}?x.css",
        ):
            mine: dict[str, Any] = {"Authorization": bearer} if page.startswith("/api/") else {"Cookie": cookie}
            for _ in range(2):
                status, text, told = ask(behind.proxy.port, "GET", address, **mine)
                private = status == 200 and ("示例officer".encode() in text or page.startswith("/api/"))
                read += private
                assert not (private and told.get("x-kept") == "HIT"), address
            status, text, _ = ask(behind.proxy.port, "GET", address)
            assert status != 200 and "示例officer".encode() not in text, (address, status)
    assert read >= 2 * len(pages) - 2


def drip(port: int, bearer: str, over: Event) -> None:
    """An upload that announces a megabyte and sends a byte a second."""
    head = (
        "POST /api/imports?month=2023-03 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
        f"Authorization: {bearer}\r\n{PART}"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head.encode())
        while not over.wait(1):
            line.sendall(b"P")


@pytest.mark.case("C16")
def test_uploads_that_come_a_drop_a_second_keep_no_worker_and_leave_nothing(behind: Behind) -> None:
    evidence = behind.server.installation.folder / "evidence"
    before = sorted(path.name for path in evidence.rglob("*") if path.is_file())
    bearer, over = f"Bearer {behind.server.installation.keys['officer']}", Event()
    slow = [Thread(target=drip, args=(behind.proxy.port, bearer, over)) for _ in range(DROPPERS)]
    for one in slow:
        one.start()
    time.sleep(3)
    taken = []
    for _ in range(20):
        began = time.monotonic()
        assert ask(behind.proxy.port, "GET", "/api/payments", Authorization=bearer)[0] == 200
        taken.append(time.monotonic() - began)
    over.set()
    for one in slow:
        one.join()
    print(f"beside {DROPPERS} uploads of a byte a second an answer took at most {max(taken):.2f} s")
    assert sorted(taken)[len(taken) // 2] < 2
    assert eventually(lambda: ask(behind.proxy.port, "GET", "/api/payments", Authorization=bearer)[0] == 200, 30)
    assert sorted(path.name for path in evidence.rglob("*") if path.is_file()) == before


@pytest.mark.case("C16")
@pytest.mark.parametrize("door", ["proxy", "server"])
def test_five_gigabytes_are_refused_before_they_are_sent(behind: Behind, door: str) -> None:
    bearer = f"Bearer {behind.server.installation.keys['officer']}"
    told = f"POST /api/imports?month=2023-03 HTTP/1.1\r\nHost: localhost\r\nContent-Length: {5 << 30}\r\nAuthorization: {bearer}\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", getattr(behind, door).port), timeout=30) as line:
        line.sendall(f"{told}{PART}".encode())
        line.setblocking(False)
        until = time.monotonic() + 30
        answer = b""
        while not answer and sent < 1 << 28 and time.monotonic() < until:
            try:
                sent += line.send(b"P" * 65536)
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                break
            try:
                answer = line.recv(4096)
            except BlockingIOError:
                continue
            except OSError:
                break
    print(f"{door}: {sent / 1e6:.1f} MB were sent before the answer {answer[:30]!r}")
    assert answer.startswith(b"HTTP/1.1 413") and sent < 64 << 20
