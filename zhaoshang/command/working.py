"""``work``: one worker, which ``serve`` starts and starts again; in the first of them also what is done at its time."""

import argparse
import gc
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.html import strip_tags

from zhaoshang.command.locking import NotLocked, alone
from zhaoshang.command.parts import DONE, WRONG_USE, Command, Stop
from zhaoshang.command.place import the_city
from zhaoshang.desk.refusals import say
from zhaoshang.jobs.queries import schedule
from zhaoshang.jobs.rules import Kind
from zhaoshang.jobs.running import begin_due, claim, perform, release, seen
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

IDLE_S = 0.5
ROUNDS_EVERY_S = 5
SEEN_EVERY_S = 10
SPENT_AFTER_JOBS = 500  # what libraries keep of each job ends with the process


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--slot", type=int, default=1, help="第几个工作进程(默认 1,它也按时做日常维护)")
    parser.add_argument("--once", action="store_true", help="把排队的做完就结束")


def explain(refusal: Exception, viewer: Viewer) -> str:
    """A refusal in the desk's words, without its links."""
    return strip_tags(say(refusal, viewer))


def bound_memory(megabytes: int) -> None:
    """What this process may take; and let the system, when memory runs out, end it before the web server."""
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600")


def _work(options: argparse.Namespace) -> int:
    bound_memory(settings.JOB_MEMORY_MB)
    name = f"{socket.gethostname()[:60]}-{options.slot}"
    asked = {"stop": False}

    def stop(number: int, frame: object) -> None:
        asked["stop"] = True

    signal.signal(signal.SIGTERM, stop)
    try:
        with alone(settings.DATA_DIR, f"worker-{options.slot}.lock"):
            return _Loop(name, options.slot, options.once, asked).run()
    except NotLocked as error:
        raise Stop(WRONG_USE, f"数据目录 {error} 的第 {options.slot} 个工作进程已在运行") from error


class _Loop:
    def __init__(self, name: str, slot: int, once: bool, asked: dict[str, bool]) -> None:
        self.name, self.once, self.asked = name, once, asked
        self.keeps_house = slot == 1
        # Files may take minutes each: the first of several workers leaves them, so that nothing else waits behind them.
        self.leaves = frozenset({Kind.FILE}) if slot == 1 and settings.JOB_WORKERS > 1 and not once else frozenset()
        self.rounds = schedule() if self.keeps_house and not once else []
        self.parent = os.getppid()
        self.last_rounds = self.last_seen = 0.0
        self.fresh = True

    def run(self) -> int:
        """Until told to stop, or without a parent that would tell, or spent."""
        done = 0
        while not self.asked["stop"] and os.getppid() == self.parent and done < SPENT_AFTER_JOBS:
            try:
                worked = self._turn(the_city())
            except (DatabaseError, Stop) as early:  # busy, or no city yet: the next turn finds it all again
                sys.stderr.write(f"zhaoshang: 这一轮没有做成,下一轮再做({type(early).__name__})\n")
                worked = None
                time.sleep(2)
            close_old_connections()
            if worked is False:
                return DONE  # out of memory: a fresh process goes on
            if worked is None and self.once:
                return DONE
            done += worked is True
            if worked is None:
                time.sleep(IDLE_S)
        return DONE

    def _turn(self, city: City) -> bool | None:
        now = time.monotonic()
        if self.fresh:
            release(city, self.name)
            self.fresh = False
        if now - self.last_seen > SEEN_EVERY_S or not self.last_seen:
            seen(city, self.name)
            self.last_seen = now
        if self.rounds and now - self.last_rounds > ROUNDS_EVERY_S:
            begin_due(city, self.rounds)
            self.last_rounds = now
        job = claim(city, self.name, self.leaves)
        if job is None:
            return None
        going_on = perform(job, explain)
        gc.collect()
        return going_on


COMMANDS = {"work": Command(_arguments, _work)}
