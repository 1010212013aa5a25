"""Two accounts of one person are not two people: four eyes compare persons, and likely ones are hinted at."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from zhaoshang.capital.actions import declare_opposite, withdraw
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.capital.verification import OwnPayment, verify
from zhaoshang.people.actions import OwnAccount, open_account
from zhaoshang.people.models import Event, User
from zhaoshang.people.persons import mark_person, same_person
from zhaoshang.people.rules import Role
from zhaoshang.regions.actions import SamePerson, grant
from zhaoshang.review.actions import decide
from zhaoshang.review.closing import ask_reopen, close_month, decide_reopen

pytestmark = pytest.mark.django_db


def marked(cast: Cast, *users: User, person: str = "工号0042") -> None:
    for user in users:
        mark_person(city=cast.city, user=user, person=person, by=cast.system, at=NOW)


@pytest.mark.case("F7")
def test_nobody_verifies_their_own_entry_by_a_second_account(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    marked(cast, cast.officer, cast.verifier)
    with pytest.raises(OwnPayment):
        decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=NOW)
    client.force_login(cast.verifier)
    body = {"verdict": "verify", "revision": payment.revision}
    refused = client.post(f"/api/payments/{payment.pk}/decision", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "own_payment")
    marked(cast, cast.verifier, person="工号0043")
    assert decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=NOW).seq == 1


@pytest.mark.case("F7")
def test_the_database_refuses_two_accounts_of_one_person_too_and_nobody_else(cast: Cast) -> None:
    payment, own = cast.declared(), cast.declared()
    marked(cast, cast.officer, cast.verifier)

    def returned(by: User) -> None:
        rows = Payment.objects.of(cast.city).filter(pk=payment.pk)
        rows.update(standing="returned", return_reason="x", decided_by=by, decided_at=NOW)

    with pytest.raises(DatabaseError, match="by two accounts"), transaction.atomic():
        returned(cast.verifier)
    copied = Payment.objects.of(cast.city).get(pk=payment.pk)
    copied.pk, copied.standing, copied.return_reason = None, "returned", "x"
    copied.decided_by, copied.decided_at = cast.verifier, NOW
    with pytest.raises(DatabaseError, match="by two accounts"), transaction.atomic():
        copied.save(force_insert=True)
    assert withdraw(payments=[own], reason="填错", by=cast.officer, at=NOW) == 1
    returned(cast.statistician)


@pytest.mark.case("F7")
def test_what_was_decided_before_the_mark_stays_as_it_is(cast: Cast) -> None:
    verified = cast.verified()
    marked(cast, cast.officer, cast.verifier)
    assert walk(cast.city).faults == []
    opposite = declare_opposite(
        payment=verified, report_month=verified.report_month, amount_fen=verified.amount_fen, reason="更正", by=cast.officer,
        at=NOW,
    )  # fmt: skip
    with pytest.raises(OwnPayment):
        verify(payment=opposite, revision=1, by=cast.verifier, at=NOW)


@pytest.mark.case("F7")
def test_nor_opens_a_month_again_alone_with_two(cast: Cast) -> None:
    number = 2023 * 12 + 2
    close_month(city=cast.city, number=number, by=cast.statistician, at=NOW)
    asked = ask_reopen(city=cast.city, number=number, reason="漏报", by=cast.statistician, at=NOW)
    marked(cast, cast.statistician, cast.second_statistician)
    with pytest.raises(SamePerson):
        decide_reopen(change=asked, approved=True, by=cast.second_statistician, at=NOW)


def test_accounts_without_a_mark_are_as_many_people(cast: Cast) -> None:
    assert same_person(cast.officer.pk, cast.officer)
    assert not same_person(cast.officer.pk, cast.verifier)
    assert not same_person(None, cast.verifier)


def test_only_the_system_administrator_marks_and_not_the_own_account_and_it_is_in_the_diary(
    cast: Cast, client: Client
) -> None:
    address = reverse("desk:person_mark", args=[cast.officer.pk])
    for user, status in ((cast.statistician, 403), (cast.security, 403), (cast.system, 302)):
        client.force_login(user)
        assert client.post(address, {"person": "工号0042"}).status_code == status
    assert User.objects.get(pk=cast.officer.pk).person == "工号0042"
    assert Event.objects.of(cast.city).get(verb="people.account.person_marked").detail["person"] == "工号0042"
    client.post(address, {"person": "x" * 61})
    assert User.objects.get(pk=cast.officer.pk).person == "工号0042"
    with pytest.raises(OwnAccount):
        mark_person(city=cast.city, user=cast.system, person="1", by=cast.system, at=NOW)


@pytest.mark.case("F7")
def test_the_same_name_twice_is_hinted_at_where_accounts_are_kept(cast: Cast, client: Client) -> None:
    second: Any = open_account(
        city=cast.city, username="another", display_name=f"{cast.officer.display_name[:2]} {cast.officer.display_name[2:]}",
        password=None, by=cast.system, at=NOW,
    )  # fmt: skip
    grant(city=cast.city, user=second, role=Role.VERIFIER, unit=None, by=None, at=NOW)
    client.force_login(cast.system)
    assert "可能与此为同一人" in client.get(reverse("desk:people")).content.decode()
    shown = client.get(reverse("desk:person", args=[second.pk])).content.decode()
    assert "可能是同一人" in shown and cast.officer.username in shown
