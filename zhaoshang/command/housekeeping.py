"""What is done without being asked, each at its time (``jobs/schedule.toml``)."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoint_mail import NotSent, mail_checkpoint
from zhaoshang.capital.checkpoints import walk
from zhaoshang.command.telling import once
from zhaoshang.common.files import keeping
from zhaoshang.enterprises import erasing as contacts
from zhaoshang.jobs.models import Job, Worker
from zhaoshang.jobs.queries import files_of
from zhaoshang.jobs.rules import KEEP_FILES, KEEP_JOBS, KEEP_ROUNDS, OPEN
from zhaoshang.jobs.running import Refused, Run, our_now
from zhaoshang.leads import erasing as leads
from zhaoshang.outreach import erasing as guests
from zhaoshang.partners import erasing as partners

_AT_ONCE = 500
_ERASED = {
    "leads": leads.erase_people,
    "guests": guests.erase_people,
    "partners": partners.erase_people,
    "contacts": contacts.erase_people,
}


def notices(run: Run) -> None:
    """Erase what is over, send the mails that wait."""
    run.result = once(timezone.now(), run.tell)


def totals(run: Run) -> None:
    """Compute the totals anew from the account and compare; they are put right by ``rebuild-totals``, after somebody looked."""
    if drifted := len(rollup.drift(run.city)):
        run.result = {"drifted": drifted}
        raise Refused("totals_drifted")


def ledger(run: Run) -> None:
    """Compute the chain anew; its end, when nothing is wrong, goes to who keeps it outside."""
    walked = walk(run.city)
    run.result = {"entries": walked.entries, "faults": len(walked.faults)}
    if walked.faults:
        raise Refused("ledger_faulty")
    try:
        run.result["mailed"] = int(mail_checkpoint(city=run.city, at=timezone.now()) is not None)
    except NotSent:
        raise Refused("checkpoint_not_sent") from None


def sessions(run: Run) -> None:
    """Forget sessions that are over."""
    run.result = {"sessions": Session.objects.filter(expire_date__lt=our_now()).delete()[0]}


def erasures(run: Run) -> None:
    """Take away who is named where the term is over: leads, guests of activities, heads of partners, objectors, contacts."""
    now = timezone.now()
    for name, erase in _ERASED.items():
        while found := erase(city=run.city, today=timezone.localdate(now), at=now):
            run.result[name] = run.result.get(name, 0) + found


def tidy(run: Run) -> None:
    """Delete files that were to be fetched by now, and jobs long past."""
    now, jobs = timezone.now(), Job.objects.of(run.city).exclude(state__in=OPEN)
    old = jobs.filter(ended_at__lt=now - KEEP_FILES).exclude(file_digest="")
    for digest in set(old.values_list("file_digest", flat=True)):
        if not jobs.filter(file_digest=digest, ended_at__gte=now - KEEP_FILES).exists():
            keeping.place(files_of(run.city), digest).unlink(missing_ok=True)
    files = old.update(file_digest="")
    past = jobs.filter(ended_at__lt=now - KEEP_JOBS) | jobs.filter(asked_by=None, ended_at__lt=now - KEEP_ROUNDS)
    gone = list(past.values_list("pk", flat=True)[:_AT_ONCE])
    rows = Job.objects.of(run.city).filter(pk__in=gone)
    Worker.objects.of(run.city).filter(seen_at__lt=our_now() - timedelta(days=1))._raw_delete(using="default")
    rows._raw_delete(using="default")
    run.result = {"files": files, "jobs": len(gone)}
