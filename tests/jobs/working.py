"""What tests of jobs share: the worker's turn within a test, and worker processes of their own."""

from cast import Cast

from zhaoshang.command.working import explain
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.running import claim, perform


def work_off(cast: Cast) -> int:
    """Do all that waits, as the worker does it; how many there were."""
    done = 0
    while job := claim(cast.city, "test"):
        perform(job, explain, hold=False)
        done += 1
    return done


def last_job(cast: Cast) -> Job:
    """The job that was begun last."""
    return Job.objects.of(cast.city).select_related("city").order_by("-asked_at", "-id")[0]  # type: ignore[no-any-return]
