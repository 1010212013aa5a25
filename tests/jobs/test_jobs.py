"""Jobs wait in line, run with their asker's rights of that moment, and have their effect once."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.db import transaction
from django.utils import timezone
from imports.sending import MONTH, book, line

from jobs.working import last_job, work_off
from zhaoshang.capital.models import Payment
from zhaoshang.common.files import keeping
from zhaoshang.jobs import progress
from zhaoshang.jobs.actions import NotEnded, NotOpen, TooManyWaiting, again, begin, cancel
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.queries import files_of
from zhaoshang.jobs.rules import LEASE, MOST_TRIES, MOST_WAITING, Kind, Round, State
from zhaoshang.jobs.running import Cancelled, Lost, Run, begin_due, claim, our_now, perform, release
from zhaoshang.people.models import Event
from zhaoshang.regions.actions import withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.review import intake
from zhaoshang.review.intake_reading import read_workbook
from zhaoshang.review.models import Workbook


@pytest.fixture
def sent(cast: Cast, settings: Any) -> Workbook:
    """A workbook of two rows, read, in an installation that leaves every import to the worker."""
    settings.AT_ONCE_ROWS = 0
    content = book(line(), line(7, serial="SAMPLE-IN-2"))
    workbook = intake.receive(
        city=cast.city, unit=cast.east, month=MONTH, content=content, filename="a.xlsx", by=cast.officer, at=NOW
    )
    read_workbook(workbook)
    return workbook


def accepting(cast: Cast, sent: Workbook) -> Job:
    job = intake.accept_or_enqueue(workbook=sent, by=cast.officer, at=NOW)
    assert isinstance(job, Job)
    return job


@pytest.mark.case("G7")
def test_an_import_begun_twice_has_one_effect(cast: Cast, sent: Workbook) -> None:
    assert accepting(cast, sent).pk == accepting(cast, sent).pk
    assert (work_off(cast), Payment.objects.of(cast.city).count()) == (1, 2)
    assert (last_job(cast).state, last_job(cast).result["new"]) == (State.DONE, 2)
    verbs = list(
        Event.objects.of(cast.city).filter(verb__startswith="jobs.").order_by("id").values_list("verb", flat=True)
    )
    assert sorted(verbs) == ["jobs.job.asked", "jobs.job.done"]


@pytest.mark.case("B14")
def test_a_right_withdrawn_meanwhile_ends_the_job_without_effect(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    membership = Membership.objects.of(cast.city).select_related("user", "city").get(user=cast.officer)
    withdraw(membership=membership, by=cast.security, at=NOW)
    work_off(cast)
    assert (last_job(cast).state, last_job(cast).failure) == (State.FAILED, "not_allowed")
    assert not Payment.objects.of(cast.city).exists()


@pytest.mark.case("H16")
def test_a_worker_that_was_taken_for_dead_and_wakes_up_leaves_nothing(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    slow = claim(cast.city, "slow")
    assert slow is not None
    release(cast.city, "slow")
    assert work_off(cast) == 1
    with pytest.raises(Lost), Run(slow).effect():
        cast.declared()
    perform(slow, hold=False)
    assert (last_job(cast).state, last_job(cast).tries, Payment.objects.of(cast.city).count()) == (State.DONE, 2, 2)


def test_a_refusal_is_kept_in_both_languages(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    intake.drop(workbook=sent, by=cast.officer, at=NOW)
    work_off(cast)
    job = last_job(cast)
    assert (job.failure, set(job.said)) == ("NotReady", {"zh-hans", "en"})
    assert job.said["zh-hans"] != job.said["en"]


def test_a_waiting_job_is_cancelled_at_once_and_can_be_begun_again(cast: Cast, sent: Workbook) -> None:
    job = cancel(job=accepting(cast, sent), by=cast.officer, at=NOW)
    assert (job.state, work_off(cast)) == (State.CANCELLED, 0)
    with pytest.raises(NotOpen):
        cancel(job=job, by=cast.officer, at=NOW)
    assert again(job=job, by=cast.officer, at=NOW).pk != job.pk
    work_off(cast)
    with pytest.raises(NotEnded):
        again(job=last_job(cast), by=cast.officer, at=NOW)


def test_a_running_job_stops_at_its_next_step(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    job = claim(cast.city, "one")
    assert job is not None
    cancel(job=job, by=cast.officer, at=NOW)
    with pytest.raises(Cancelled):
        Run(job).tell("writing", 1, 1)
    perform(job, hold=False)
    assert (last_job(cast).state, Payment.objects.of(cast.city).count()) == (State.CANCELLED, 0)


def test_what_takes_its_worker_along_again_and_again_is_given_up(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    for _ in range(MOST_TRIES):
        assert claim(cast.city, "mortal")
        release(cast.city, "mortal")
    assert (claim(cast.city, "next"), last_job(cast).failure) == (None, "broken_off")


def test_a_lease_that_is_renewed_is_not_taken_away(cast: Cast, sent: Workbook) -> None:
    job = accepting(cast, sent)
    assert claim(cast.city, "one")
    assert claim(cast.city, "two") is None
    Job.objects.of(cast.city).filter(pk=job.pk).update(lease_until=our_now() - LEASE)
    assert claim(cast.city, "two")


def test_one_person_cannot_fill_the_line(cast: Cast) -> None:
    for number in range(MOST_WAITING):
        begin(city=cast.city, kind=Kind.FILE, key=f"file:{number}", given={}, by=cast.officer, at=NOW)
    with pytest.raises(TooManyWaiting):
        begin(city=cast.city, kind=Kind.FILE, key="file:more", given={}, by=cast.officer, at=NOW)


def test_progress_is_seen_while_the_transaction_is_open(cast: Cast, sent: Workbook) -> None:
    accepting(cast, sent)
    job = claim(cast.city, "one")
    assert job is not None
    run = Run(job)
    with transaction.atomic():
        run.tell("writing", 500, 10_000)
        assert progress.read(job.pk) == progress.Progress("writing", 500, 10_000)
    assert (Job.objects.of(cast.city).get(pk=job.pk).tries, timezone.now() > NOW) == (1, True)


@pytest.mark.case("H16")
def test_a_round_of_housekeeping_is_begun_once_and_leaves_no_old_files(cast: Cast) -> None:
    hourly = [Round(Kind.TIDY, minutes=60), Round(Kind.TOTALS, minutes=1_440), Round(Kind.NOTICES, minutes=1_440)]
    assert (begin_due(cast.city, hourly), begin_due(cast.city, hourly)) == (3, 0)
    keeping.keep(files_of(cast.city), "a" * 64, b"old")
    Job.objects.create(
        city=cast.city, kind=Kind.FILE, key="x", state=State.DONE, asked_by=cast.officer, asked_at=NOW, ended_at=NOW,
        file_digest="a" * 64, language="en",
    )  # fmt: skip
    assert work_off(cast) == 3
    assert not keeping.place(files_of(cast.city), "a" * 64).exists()
    assert begin_due(cast.city, hourly) == 0
