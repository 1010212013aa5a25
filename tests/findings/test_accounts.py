"""Accounts of one name that decide on each other's entries are raised, for the bureau and the auditor, until marks tell them apart."""

import io
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from zhaoshang.people.models import User
from zhaoshang.people.persons import mark_person
from zhaoshang.review.findings.keeping import accept_explanation, explain_finding
from zhaoshang.review.findings.models import Finding

from .test_sweep import found, states, swept

pytestmark = [pytest.mark.django_db, pytest.mark.case("F7")]


@pytest.fixture
def namesakes(cast: Cast) -> Cast:
    """The verifier bears the officer's name, but for a blank and capitals."""
    User.objects.filter(pk=cast.officer.pk).update(display_name="示例 Wang")
    User.objects.filter(pk=cast.verifier.pk).update(display_name="示例wang")
    return cast


def marked(cast: Cast, user: User, person: str) -> None:
    fresh = User.objects.get(pk=user.pk)
    mark_person(city=cast.city, user=fresh, person=person, by=cast.system, at=NOW)


def test_a_namesake_who_decided_is_raised_with_how_many_and_how_much(namesakes: Cast, client: Client) -> None:
    namesakes.verified()
    latest = namesakes.verified(amount_fen=2 * YI)
    namesakes.declared()
    swept(namesakes)
    [one] = found(namesakes, "accounts")
    assert (one.facts["count"], one.at_stake_fen, one.unit_id, one.href_id) == (2, 3 * YI, None, str(latest.pk))
    client.force_login(namesakes.statistician)
    shown = client.get(reverse("desk:finding", args=[one.pk])).content.decode()
    assert "账号 officer 和 verifier 姓名相同" in shown and "共 2 笔" in shown


def test_other_names_and_declared_money_alone_are_not(cast: Cast) -> None:
    cast.verified()
    swept(cast)
    assert found(cast, "accounts") == []


def test_namesakes_who_decide_on_others_alone_are_not(namesakes: Cast) -> None:
    namesakes.verified(by=namesakes.other_officer, project=namesakes.harbour)
    swept(namesakes)
    assert found(namesakes, "accounts") == []


@pytest.mark.parametrize(("marks", "raised"), [(("", "7"), True), (("7", ""), True), (("6", "7"), False)])
def test_two_marks_tell_them_apart_and_one_does_not(namesakes: Cast, marks: tuple[str, str], raised: bool) -> None:
    namesakes.verified()
    for user, person in zip((namesakes.officer, namesakes.verifier), marks, strict=True):
        marked(namesakes, user, person)
    swept(namesakes)
    assert bool(found(namesakes, "accounts")) is raised


def test_one_mark_given_afterwards_leaves_what_was_decided_before_raised(namesakes: Cast) -> None:
    namesakes.verified()
    for user in (namesakes.officer, namesakes.verifier):
        marked(namesakes, user, "7")
    swept(namesakes)
    assert states(namesakes, "accounts") == ["open"]


def test_it_goes_by_itself_once_they_are_told_apart(namesakes: Cast) -> None:
    namesakes.verified()
    swept(namesakes)
    for user, person in ((namesakes.officer, "6"), (namesakes.verifier, "7")):
        marked(namesakes, user, person)
    swept(namesakes)
    assert states(namesakes, "accounts") == ["fixed"]


def test_an_explanation_takes_two_and_stands_until_they_do_it_again(namesakes: Cast) -> None:
    namesakes.verified()
    swept(namesakes)
    [one] = found(namesakes, "accounts")
    explain_finding(finding=one, text="示例：两人同名", by=namesakes.statistician, at=NOW)
    accept_explanation(finding=one, by=namesakes.second_statistician, at=NOW)
    swept(namesakes)
    assert states(namesakes, "accounts") == ["closed"]
    namesakes.verified()
    swept(namesakes)
    assert states(namesakes, "accounts") == ["open"]


def test_the_auditor_reads_which_accounts_and_no_unit_is_told(namesakes: Cast, client: Client) -> None:
    namesakes.verified()
    swept(namesakes)
    [one] = Finding.objects.of(namesakes.city).filter(kind="accounts")
    client.force_login(namesakes.auditor)
    assert "officer / verifier" in client.get(reverse("desk:audit_findings")).content.decode()
    sheet: Any = load_workbook(io.BytesIO(client.get(reverse("desk:audit_findings"), {"xlsx": "1"}).content)).active
    assert any("officer / verifier" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    client.force_login(namesakes.officer)
    assert client.get(reverse("desk:finding", args=[one.pk])).status_code == 404
