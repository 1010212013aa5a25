"""The chain's signed end goes to people outside by mail: once for each end, again when the mail could not go, and no further."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.core import mail
from django.test import Client
from django.urls import reverse

from zhaoshang.capital.checkpoint_mail import NotSent, mail_checkpoint
from zhaoshang.capital.checkpoints import is_signed
from zhaoshang.capital.models import Checkpoint, Payment
from zhaoshang.command.housekeeping import ledger
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind
from zhaoshang.jobs.running import Refused, Run
from zhaoshang.people.models import Event
from zhaoshang.tenancy import guards

pytestmark = pytest.mark.django_db
TO = ["auditor@example.org", "finance@example.org"]


@pytest.fixture(autouse=True)
def _mails(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FROM = "django.core.mail.backends.locmem.EmailBackend", "noreply@city.example"
    settings.CHECKPOINTS_TO = TO


def round_of(cast: Cast) -> Run:
    """Tonight's, as a worker does it."""
    return Run(Job(city=cast.city, kind=Kind.LEDGER, given={}))


def test_each_end_goes_once_with_a_file_that_the_verifier_takes(cast: Cast) -> None:
    assert mail_checkpoint(city=cast.city, at=cast.now) is None  # nothing is sealed yet
    last = cast.verified()
    point = mail_checkpoint(city=cast.city, at=cast.now)
    assert point and mail_checkpoint(city=cast.city, at=cast.now + timedelta(days=1)) is None
    (letter,) = mail.outbox
    ((name, content, _kind),) = letter.attachments
    assert (letter.to, name) == (TO, f"checkpoint-{cast.city.code}-1.json")
    told = json.loads(content)
    assert (told["seq"], told["digest"], is_signed(told)) == (1, last.digest, True)
    cast.verified()
    assert mail_checkpoint(city=cast.city, at=cast.now + timedelta(days=2)).seq == 2  # type: ignore[union-attr]
    assert [one.to for one in mail.outbox] == [TO, TO]


def test_one_that_was_issued_by_hand_is_sent_and_not_made_again(cast: Cast, client: Client) -> None:
    cast.verified()
    client.force_login(cast.auditor)
    client.post(reverse("desk:checkpoint_make"))
    assert "寄出" not in client.get(reverse("desk:ledger")).content.decode()
    mail_checkpoint(city=cast.city, at=cast.now)
    assert Checkpoint.objects.of(cast.city).count() == 1 and len(mail.outbox) == 1
    assert "2023-04-03 17:00 寄出" in client.get(reverse("desk:ledger")).content.decode()


def test_one_that_could_not_go_goes_again_under_the_same_name(cast: Cast, settings: Any) -> None:
    cast.verified()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    with pytest.raises(NotSent):
        mail_checkpoint(city=cast.city, at=cast.now)
    assert not Event.objects.of(cast.city).filter(verb="capital.checkpoint.mailed").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    point = mail_checkpoint(city=cast.city, at=cast.now + timedelta(days=1))
    with guards.suspended():
        Event.objects.of(cast.city).filter(verb="capital.checkpoint.mailed")._raw_delete(using="default")
    mail_checkpoint(city=cast.city, at=cast.now + timedelta(days=2))  # killed between the mail and its line
    names = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert point and names == [f"<checkpoint-{point.pk}@city.example>"] * 2


@pytest.mark.parametrize("way", [[], TO])
def test_without_addresses_or_without_a_way_nothing_goes(cast: Cast, settings: Any, way: list[str]) -> None:
    settings.CHECKPOINTS_TO, settings.EMAIL_BACKEND = way, ""
    cast.verified()
    run = round_of(cast)
    if way:
        with pytest.raises(Refused, match="checkpoint_not_sent"):
            ledger(run)
    else:
        ledger(run)
        assert run.result == {"entries": 1, "faults": 0, "mailed": 0}
    assert mail.outbox == []


def test_a_chain_with_a_fault_is_not_sealed(cast: Cast) -> None:
    payment = cast.verified()
    with guards.suspended():
        Payment.objects.of(cast.city).filter(pk=payment.pk).update(amount_fen=1)
    with pytest.raises(Refused, match="ledger_faulty"):
        ledger(round_of(cast))
    assert mail.outbox == [] and not Checkpoint.objects.of(cast.city).exists()
