"""The kernel itself ends a worker that took too much memory (a control group of its own; root alone may make one): others go on."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, assemble

from jobs import test_killed_workers
from jobs.test_killed_workers import waited_for
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind, State

pytestmark = [pytest.mark.installation, pytest.mark.django_db(transaction=True)]
worker = test_killed_workers.worker
GROUPS = Path("/sys/fs/cgroup")
MOST_BYTES = 600 * 1024 * 1024


@contextmanager
def little_memory() -> Iterator[Path]:
    """A control group whose processes may hold little together; version 2, else 1. Fails where none may be made."""
    second = (GROUPS / "cgroup.controllers").exists()
    group = (GROUPS if second else GROUPS / "memory") / f"zhaoshang-{os.getpid()}"
    if second:
        (GROUPS / "cgroup.subtree_control").write_text("+memory")
    group.mkdir()
    try:
        (group / ("memory.max" if second else "memory.limit_in_bytes")).write_text(str(MOST_BYTES))
        yield group
    finally:
        group.rmdir()


def killed_by_the_kernel(group: Path) -> int:
    """How many of the group the kernel ended for want of memory."""
    told = next(file for name in ("memory.events", "memory.oom_control") if (file := group / name).exists()).read_text()
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("oom_kill ")))


@pytest.mark.case("H10")
def test_a_worker_that_the_kernel_ends_takes_nobody_along_and_its_job_fails_when_it_does_so_again(worker: Any) -> None:
    cast = assemble()
    given: Any = {"city": cast.city, "by": cast.officer, "at": NOW}
    greedy = begin(kind=Kind.SWEEP, key="greedy", given={}, **given)
    path = {"path": "/desk/payments/?xlsx=1", "host": "localhost", "secure": False}
    begin(kind=Kind.FILE, key="next", given=path, **given)
    with little_memory() as group:
        ours = Path("/proc/self/cgroup").read_text()
        (group / "cgroup.procs").write_text(str(os.getpid()))  # what is started now begins in the group
        try:
            first: subprocess.Popen[str] = worker(cast, megabytes=64_000)
        finally:
            _back(group, ours)
        first.communicate(timeout=300)
        assert (first.returncode, killed_by_the_kernel(group)) == (-9, 1)
    assert Job.objects.of(cast.city).get(pk=greedy.pk).state == State.RUNNING
    waited_for(worker(cast, megabytes=600))
    held = Job.objects.of(cast.city).get(pk=greedy.pk)
    assert (held.state, held.failure, held.tries) == (State.FAILED, "memory", 2)
    waited_for(worker(cast, megabytes=600))  # one without memory ends, and a fresh one goes on
    assert Job.objects.of(cast.city).get(key="next").state == State.DONE


def _back(group: Path, ours: str) -> None:
    """Out of the group again, to where this process was."""
    line = next(one for one in ours.splitlines() if group.parent.name in one.split(":")[1] or one.startswith("0::"))
    (group.parent / line.rpartition(":")[2].lstrip("/") / "cgroup.procs").write_text(str(os.getpid()))
