"""What is left to a worker is done with the rights that its asker has then: each kind of job, each way to lose the right meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from cast import NOW, Cast
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from duplicates.alike import AGAIN, FIRST
from imports.sending import MONTH, book, line

from jobs.working import last_job, work_off
from zhaoshang.capital.models import Payment
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.queries import schedule
from zhaoshang.jobs.rules import Kind, State
from zhaoshang.people.actions import switch_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.projects.actions import register_project
from zhaoshang.regions.actions import grant, withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.review import intake
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.intake_reading import read_workbook
from zhaoshang.review.models import DuplicatePair, Sweep, Workbook
from zhaoshang.review.rules import Sought, SweepState, WorkbookState
from zhaoshang.review.sweeps import ask_sweep


@pytest.fixture(autouse=True)
def _leave_all(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.AT_ONCE_ROWS = 0
    monkeypatch.setattr("zhaoshang.review.sweeps.AT_ONCE_PROJECTS", 0)


def _sent(cast: Cast) -> Workbook:
    content = book(line(), line(7, serial="SAMPLE-IN-2"))
    return intake.receive(
        city=cast.city, unit=cast.east, month=MONTH, content=content, filename="a.xlsx", by=cast.officer, at=NOW
    )


def reads(cast: Cast) -> User:
    sent = _sent(cast)
    said = {"key": f"import_read:{sent.pk}", "given": {"workbook": str(sent.pk)}}
    begin(city=cast.city, kind=Kind.IMPORT_READ, by=cast.officer, at=NOW, **said)
    return cast.officer


def accepts(cast: Cast) -> User:
    sent = _sent(cast)
    read_workbook(sent)
    intake.accept_or_enqueue(workbook=sent, by=cast.officer, at=NOW)
    return cast.officer


def exports(cast: Cast) -> User:
    client = Client()
    client.force_login(cast.officer)
    assert client.get(reverse("desk:project_list"), {"xlsx": "1"}).status_code == 302
    return cast.officer


def looks_for(sought: Sought) -> Callable[[Cast], User]:
    def asks(cast: Cast) -> User:
        for new in (FIRST, AGAIN):
            register_project(city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW)
        user = cast.statistician if sought == Sought.DUPLICATES else cast.verifier
        ask_sweep(city=cast.city, by=user, at=NOW, sought=sought)
        return user

    return asks


ASKED = {
    "reads": (Kind.IMPORT_READ, reads),
    "accepts": (Kind.IMPORT_ACCEPT, accepts),
    "exports": (Kind.FILE, exports),
    "looks for duplicates": (Kind.SWEEP, looks_for(Sought.DUPLICATES)),
    "looks for findings": (Kind.SWEEP, looks_for(Sought.FINDINGS)),
}


def taken(cast: Cast, user: User) -> None:
    """No role is left."""
    membership = Membership.objects.of(cast.city).select_related("user", "city").get(user=user, withdrawn_at=None)
    withdraw(membership=membership, by=cast.security, at=NOW)


def exchanged(cast: Cast, user: User) -> None:
    """A role is left that may not."""
    taken(cast, user)
    grant(city=cast.city, user=user, role=Role.AUDITOR, unit=None, by=cast.security, at=NOW)


def switched_off(cast: Cast, user: User) -> None:
    switch_account(city=cast.city, user=user, active=False, by=cast.security, at=NOW)


def new_password(cast: Cast, user: User) -> None:
    """Somebody else has seen the password: until it is changed nothing may be done, by any door."""
    type(user).objects.filter(pk=user.pk).update(password_is_temporary=True)


def effects(cast: Cast) -> dict[str, int]:
    """Rows that jobs make, and files that they keep."""
    counted = {model.__name__: model.objects.of(cast.city).count() for model in (Payment, DuplicatePair, Finding)}
    read = Workbook.objects.of(cast.city).filter(state=WorkbookState.ACCEPTED).count()
    return counted | {"files": Job.objects.of(cast.city).exclude(file_digest="").count(), "accepted": read}


@pytest.mark.parametrize("lost", [taken, exchanged, switched_off, new_password], ids=lambda lost: lost.__name__)
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.case("B14")
def test_whoever_lost_the_right_meanwhile_gets_nothing_done(cast: Cast, asked: str, lost: Any) -> None:
    kind, ask = ASKED[asked]
    user = ask(cast)
    assert last_job(cast).kind == kind and last_job(cast).asked_by_id == user.pk
    before = effects(cast)
    lost(cast, user)
    assert work_off(cast) == 1
    job = last_job(cast)
    failure = "import_not_allowed" if kind == Kind.IMPORT_READ else "not_allowed"
    assert (job.state, job.failure, effects(cast)) == (State.FAILED, failure, before)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.case("B14")
def test_whoever_keeps_the_right_has_it_done(cast: Cast, asked: str) -> None:
    """Without which nothing above would show anything."""
    ASKED[asked][1](cast)
    before = effects(cast)
    work_off(cast)
    assert last_job(cast).state == State.DONE
    assert effects(cast) != before or asked == "reads"


@pytest.mark.parametrize("asked", ["reads", "accepts"])
@pytest.mark.case("B14")
def test_whoever_went_to_another_unit_brings_nothing_into_the_former(cast: Cast, asked: str) -> None:
    user = ASKED[asked][1](cast)
    taken(cast, user)
    grant(city=cast.city, user=user, role=Role.OFFICER, unit=cast.west, by=cast.security, at=NOW)
    work_off(cast)
    assert last_job(cast).state == State.FAILED and not Payment.objects.of(cast.city).exists()


@pytest.mark.parametrize("sought", Sought)
@pytest.mark.case("B14")
def test_a_search_that_was_refused_stands_in_nobodys_way(cast: Cast, sought: Sought) -> None:
    taken(cast, looks_for(sought)(cast))
    work_off(cast)
    assert Sweep.objects.of(cast.city).get().state == SweepState.FAILED
    by = cast.second_statistician if sought == Sought.DUPLICATES else cast.statistician
    ask_sweep(city=cast.city, by=by, at=NOW, sought=sought)
    work_off(cast)
    assert Sweep.objects.of(cast.city).order_by("-id")[0].state == SweepState.DONE


@pytest.mark.case("B14")
def test_every_kind_of_job_is_asked_for_by_a_person_and_tried_here_or_is_housekeeping() -> None:
    housekeeping = {one.kind for one in schedule()}
    assert {kind for kind, _ask in ASKED.values()} | housekeeping == {Kind(kind) for kind in configured.JOBS}
    assert {kind for kind, _ask in ASKED.values()} & housekeeping == set()
