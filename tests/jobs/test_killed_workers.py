"""Workers of their own, killed for real: an import comes in whole or not at all, and what has no memory left fails alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cast import NOW, Cast, assemble
from django.db import connection
from imports.large import workbook
from imports.sending import MONTH

from jobs.working import last_job
from zhaoshang.capital.models import Payment
from zhaoshang.jobs import progress
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind, State
from zhaoshang.people.models import Event
from zhaoshang.review import intake
from zhaoshang.review.intake_reading import read_workbook

pytestmark = [pytest.mark.installation, pytest.mark.thorough, pytest.mark.django_db(transaction=True)]
# `make test-long` kills in ten thousand, with as much more time for the second worker.
ROWS = int(os.environ.get("ZHAOSHANG_IMPORT_ROWS", "1500"))


def database() -> str:
    """The address of the tests' database, for another process."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    who = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}" if held["PASSWORD"] else quote(held["USER"])
    return f"postgresql://{who}@/{held['NAME']}?host={quote(held['HOST'], safe='')}" + (
        f"&port={held['PORT']}" if held["PORT"] else ""
    )


@pytest.fixture
def worker(settings: Any, tmp_path: Path) -> Any:
    """Starts a worker that does what waits and ends."""

    def start(cast: Cast, megabytes: int = 2_048) -> "subprocess.Popen[str]":
        env = {
            **os.environ, "ZHAOSHANG_DATA": str(tmp_path), "DATABASE_URL": database(), "ZHAOSHANG_CITY": cast.city.code,
            "ZHAOSHANG_JOB_MEMORY_MB": str(megabytes), "DJANGO_SETTINGS_MODULE": "jobs.mortal",
            "PYTHONPATH": str(Path(__file__).parents[1]), "OPENBLAS_NUM_THREADS": "1", "ZHAOSHANG_SECRET_KEY": "of these tests",
        }  # fmt: skip
        command = [sys.executable, "-m", "zhaoshang.cli", "work", "--once"]
        return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)

    return start


def waited_for(process: "subprocess.Popen[str]") -> None:
    _, said = process.communicate(timeout=max(120, ROWS // 10))
    assert process.returncode == 0, said


@pytest.mark.case("C9", "H16")
def test_an_import_whose_worker_is_killed_midway_comes_in_once_and_whole(worker: Any, settings: Any) -> None:
    settings.AT_ONCE_ROWS = 0
    cast = assemble()
    sent = intake.receive(
        city=cast.city, unit=cast.east, month=MONTH, content=workbook(ROWS), filename="a.xlsx", by=cast.officer, at=NOW
    )
    read_workbook(sent)
    job = intake.accept_or_enqueue(workbook=sent, by=cast.officer, at=NOW)
    assert isinstance(job, Job)
    first, until = worker(cast), time.monotonic() + 60
    while not progress.read(job.pk).done and time.monotonic() < until and first.poll() is None:
        time.sleep(0.002)
    assert progress.read(job.pk).done, "the worker was not in the middle of it"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert (last_job(cast).state, Payment.objects.of(cast.city).count()) == (State.RUNNING, 0)
    waited_for(worker(cast))
    assert (last_job(cast).state, last_job(cast).tries, last_job(cast).result["new"]) == (State.DONE, 2, ROWS)
    assert Payment.objects.of(cast.city).count() == ROWS
    assert Event.objects.of(cast.city).filter(verb="capital.batch.declared").count() == 1


@pytest.mark.case("H10")
def test_a_job_without_memory_fails_alone_and_the_next_is_done(worker: Any) -> None:
    cast = assemble()
    given: Any = {"city": cast.city, "by": cast.officer, "at": NOW}
    greedy = begin(kind=Kind.SWEEP, key="greedy", given={}, **given)
    waited_for(worker(cast, megabytes=600))
    held = Job.objects.of(cast.city).get(pk=greedy.pk)
    assert (held.state, held.failure) == (State.FAILED, "memory")
    path = {"path": "/desk/payments/?xlsx=1", "host": "localhost", "secure": False}
    begin(kind=Kind.FILE, key="next", given=path, **given)
    waited_for(worker(cast, megabytes=600))
    assert (Job.objects.of(cast.city).get(key="next").state, held.tries) == (State.DONE, 1)
