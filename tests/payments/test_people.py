"""Accounts: the first one by a bootstrap that works once, the others by a security administrator who is never alone with themselves."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.core.exceptions import ValidationError

from zhaoshang.people.actions import OwnAccount, one_time_password, reset_password, switch_account
from zhaoshang.people.models import Event, User
from zhaoshang.people.rules import Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.actions import OneRoleOnly, OwnRole, grant, withdraw
from zhaoshang.regions.bootstrap import AlreadyBootstrapped, bootstrap
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.models import City

FIRST: dict[str, Any] = {
    "code": "dalian",
    "name": "示例市",
    "name_en": "Sample City",
    "gb_code": "210200",
    "username": "first",
    "display_name": "示例管理员",
    "password": "a-long-enough-phrase",
    "at": NOW,
}


@pytest.mark.case("A11")
def test_a_fresh_installation_has_no_account_until_the_bootstrap(db: None) -> None:
    assert not User.objects.exists()
    user = bootstrap(**FIRST)
    city = City.objects.get()
    assert viewer_of(user, city).must_enrol  # a second factor comes before the first grant
    assert Event.objects.of(city).order_by("id")[0].verb == "people.account.opened"


@pytest.mark.case("A11")
def test_the_bootstrap_works_once(db: None) -> None:
    bootstrap(**FIRST)
    with pytest.raises(AlreadyBootstrapped):
        bootstrap(**FIRST | {"username": "second", "code": "other"})
    assert (User.objects.count(), City.objects.count()) == (1, 1)


@pytest.mark.case("A11")
def test_the_bootstrap_takes_no_weak_password_and_leaves_nothing_behind(db: None) -> None:
    with pytest.raises(ValidationError):
        bootstrap(**FIRST | {"password": "password1234"})
    assert (User.objects.count(), City.objects.count()) == (0, 0)


def test_nobody_grants_to_or_takes_from_themselves(cast: Cast) -> None:
    own = Membership.objects.of(cast.city).get(user=cast.security)
    with pytest.raises(OwnRole):
        withdraw(membership=own, by=cast.security, at=NOW)
    with pytest.raises(OwnRole):
        grant(city=cast.city, user=cast.security, role=Role.LEADER, unit=None, by=cast.security, at=NOW)


@pytest.mark.case("B10")
def test_one_person_holds_one_of_the_three_posts(cast: Cast) -> None:
    with pytest.raises(OneRoleOnly):
        grant(city=cast.city, user=cast.auditor, role=Role.SECURITY, unit=None, by=cast.security, at=NOW)


def test_nobody_resets_or_disables_their_own_account(cast: Cast) -> None:
    with pytest.raises(OwnAccount):
        reset_password(city=cast.city, user=cast.security, by=cast.security, at=NOW)
    with pytest.raises(OwnAccount):
        switch_account(city=cast.city, user=cast.security, active=False, by=cast.security, at=NOW)


def test_whoever_holds_a_one_time_password_may_do_nothing_by_any_door(cast: Cast) -> None:
    reset_password(city=cast.city, user=cast.verifier, by=cast.security, at=NOW)
    assert (viewer_of(cast.verifier, cast.city).role, viewer_of(cast.leader, cast.city).role) == (None, Role.LEADER)


def test_a_one_time_password_is_never_the_same_and_strong_enough() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 for password in made)
