"""What the worker does for this room: reads and accepts workbooks, looks through the city."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.jobs.running import Refused, Run
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed
from zhaoshang.review import intake, intake_reading
from zhaoshang.review.models import Sweep, Workbook
from zhaoshang.review.rules import Sought, SweepState, WorkbookState
from zhaoshang.review.sweeps import AlreadySweeping, ask_sweep, run_sweep


def _workbook(run: Run) -> Workbook:
    rows = Workbook.objects.of(run.city).select_related("unit", "city", "sent_by")
    return rows.get(pk=UUID(run.given["workbook"]))  # type: ignore[no-any-return]


def read_import(run: Run) -> None:
    """Read a workbook that was too large for the request; a reading that a killed worker left is begun anew."""
    workbook = _workbook(run)
    if run.job.tries > 1:
        mine = Workbook.objects.of(run.city).filter(pk=workbook.pk, state=WorkbookState.READING)
        mine.update(state=WorkbookState.RECEIVED)
    intake_reading.read_workbook(workbook, tell=run.tell)
    if workbook.state == WorkbookState.FAILED:
        raise Refused(f"import_{workbook.failure}")
    run.result = {"rows": workbook.summary.get("rows", 0), "faults": workbook.faults}


def accept_import(run: Run) -> None:
    """Declare what was shown, all or nothing, and mark it in the same transaction."""
    workbook, by = _workbook(run), run.viewer.user
    assert by is not None
    if workbook.state == WorkbookState.ACCEPTED:
        raise intake.NotReady(workbook.state)
    try:
        with run.effect() as told:
            taken = intake.accept(
                workbook=workbook, by=by, at=timezone.now(), confirmed=run.given["confirmed"], tell=run.tell
            )
            told |= {name: taken.summary[name] for name in ("new", "update", "unchanged")}
    except intake.AccountChanged:
        with transaction.atomic():
            intake.hold_anew(workbook)
        raise


def sweep(run: Run) -> None:
    """A search that a person asked for; its progress stands on its own row."""
    asked = Sweep.objects.of(run.city).select_related("city", "asked_by").get(pk=UUID(run.given["sweep"]))
    try:
        run.viewer.require(Can.DECIDE_DUPLICATES if asked.sought == Sought.DUPLICATES else Can.SWEEP_FINDINGS)
    except NotAllowed:  # or the next to ask would be told that one is on its way
        Sweep.objects.of(run.city).filter(pk=asked.pk).update(state=SweepState.FAILED, moved_at=timezone.now())
        raise
    run_sweep(asked, tell=run.tell, again=run.job.tries > 1)
    run.result = {"found": asked.found, "fresh": asked.fresh}


def night_duplicates(run: Run) -> None:
    """The nightly search for projects that may be one."""
    _nightly(run, Sought.DUPLICATES)


def night_findings(run: Run) -> None:
    """The nightly search for what is wrong."""
    _nightly(run, Sought.FINDINGS)


def _nightly(run: Run, sought: Sought) -> None:
    try:
        swept = ask_sweep(city=run.city, by=None, at=timezone.now(), sought=sought, at_once=True)
    except AlreadySweeping:
        raise Refused("already_sweeping") from None
    run.result = {"found": swept.found, "fresh": swept.fresh}
