"""``serve``: the web server and the workers for jobs under one command; a child that dies is started again."""

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from zhaoshang.command.ground import bring_up_to_date, collect_static, holds_a_city
from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, WRONG_USE, Command, Stop
from zhaoshang.people.copies import is_copy

RESTART_PAUSE_S = (1, 2, 4, 8, 15)
STEADY_S = 60  # a child that ran this long starts afresh with the shortest pause
STOP_WITHIN_S = 10
ASK_AGAIN_S = 10
PR_SET_PDEATHSIG = 1  # prctl(2)


def serving_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址(默认 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="监听端口(默认 8000)")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数(默认 2)")


@dataclass(slots=True)
class Child:
    """A process that is kept running."""

    name: str
    command: Sequence[str]
    may: Callable[[], bool] = lambda: True
    running: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    falls: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it, in a group of its own: Ctrl-C reaches only us, and we stop it in order. It ends when we are killed."""
        self.running = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start it again when it has died, waiting longer each time it falls soon."""
        now = time.monotonic()
        if self.running and self.running.poll() is not None:
            self.falls = 0 if now - self.started > STEADY_S else self.falls + 1
            pause = RESTART_PAUSE_S[min(self.falls, len(RESTART_PAUSE_S) - 1)]
            sys.stderr.write(f"zhaoshang: {self.name} 退出(代码 {self.running.returncode}),{pause} 秒后重新启动\n")
            self._signal(signal.SIGKILL)  # its own children would go on listening
            self.running, self.again_at = None, now + pause
        elif self.running is None and now >= self.again_at:
            if self.may():
                self.start()
            else:
                self.again_at = now + ASK_AGAIN_S

    def stop(self) -> None:
        """Ask the process to end what it does."""
        if self.running and self.running.poll() is None:
            self._signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait for its end; what is left then is killed."""
        if not self.running:
            return
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(max(until - time.monotonic(), 0))
        self._signal(signal.SIGKILL)
        self.running.wait()

    def _signal(self, number: int) -> None:
        """Reach the process and all that it started."""
        if self.running:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, number)


def _end_with_parent() -> None:
    """Linux sends this process SIGTERM when the one that started it dies, however that dies; else the port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def children(host: str, port: int, workers: int) -> list[Child]:
    """The web server (one blocking thread a process: SQLite and Django are quickest so), the workers."""
    granian = [
        "granian",
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
    ]
    server = [
        sys.executable,
        "-m",
        *granian,
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "zhaoshang.config.wsgi:application",
    ]
    work = [sys.executable, "-m", "zhaoshang.cli", "work", "--slot"]
    slots = () if settings.PORTAL_ALONE else range(1, settings.JOB_WORKERS + 1)
    return [
        Child("网页服务", server),
        *(Child(f"后台任务 {slot}", [*work, str(slot)], _is_live) for slot in slots),
    ]


def _is_live() -> bool:
    """A restored copy sends nothing and does no jobs until somebody says that it is the live one."""
    try:
        return not is_copy()
    finally:
        connection.close()


def serve(options: argparse.Namespace) -> int:
    """Run until told to stop. One server a data folder."""
    try:
        with alone(settings.DATA_DIR):
            return _tend(options)
    except NotLocked as error:
        raise Stop(WRONG_USE, f"数据目录 {error} 已有服务在运行。先停止它,或另设 ZHAOSHANG_DATA") from error


def _tend(options: argparse.Namespace) -> int:
    collect_static()
    _count_anew()
    tended = children(options.host, options.port, options.workers)
    asked = {"stop": False}

    def ask(number: int, frame: object) -> None:
        asked["stop"] = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    for child in tended:
        child.tend()
    doors = "只有公众网站" if settings.PORTAL_ALONE else "工作台 /desk/"
    sys.stdout.write(f"\n服务地址 http://{options.host}:{options.port}/ ({doors}),Ctrl-C 停止\n")
    sys.stdout.flush()
    while not asked["stop"]:
        for child in tended:
            child.tend()
        time.sleep(0.3)
    for child in tended:
        child.stop()
    until = time.monotonic() + STOP_WITHIN_S
    for child in tended:
        child.wait(until)
    return DONE


def _count_anew() -> None:
    """The server's processes count their requests into one folder; what an earlier server counted there is over."""
    folder = settings.DATA_DIR / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def why_no_tables() -> str:
    """Why this server may not change tables: the public site's never does, the desk's only where no city stands yet. Empty: it may."""
    if settings.PORTAL_ALONE:
        return "只有公众网站的服务不改表结构:先在工作台的服务器上升级"
    return "请停下服务,运行 zhaoshang upgrade:先备份,再更新表结构" if holds_a_city() else ""


def _serve(options: argparse.Namespace) -> int:
    bring_up_to_date(refused=why_no_tables)
    return serve(options)


COMMANDS = {"serve": Command(serving_arguments, _serve)}
