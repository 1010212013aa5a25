"""Accounts: the first three by a bootstrap that works once, the others by a system administrator; nobody acts on their own."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.core.exceptions import ValidationError

from zhaoshang.people.actions import OwnAccount, one_time_password, reset_password, switch_account
from zhaoshang.people.models import Event, User
from zhaoshang.people.rules import Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.actions import OneRoleOnly, OwnRole, grant, withdraw
from zhaoshang.regions.bootstrap import (
    AlreadyBootstrapped,
    AlreadyThere,
    Person,
    appoint_system_administrator,
    bootstrap,
)
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.models import City

FIRST: dict[str, Any] = {
    "code": "dalian",
    "name": "示例市",
    "name_en": "Sample City",
    "gb_code": "210200",
    "security": Person("first", "示例管理员"),
    "system": Person("second", "示例系统员"),
    "auditor": Person("third", "示例审计员"),
    "password": "a-long-enough-phrase",
    "at": NOW,
}


@pytest.mark.case("A11")
def test_a_fresh_installation_has_no_account_until_the_bootstrap(db: None) -> None:
    assert not User.objects.exists()
    passwords = bootstrap(**FIRST)
    city, people = City.objects.get(), {user.username: user for user in User.objects.all()}
    assert viewer_of(people["first"], city).must_enrol  # a second factor comes before the first grant
    for name, role in (("second", Role.SYSTEM), ("third", Role.AUDITOR)):
        assert people[name].check_password(passwords[role]) and people[name].password_is_temporary
    held = Membership.objects.of(city).values_list("user__username", "role")
    assert dict(held) == {"first": Role.SECURITY, "second": Role.SYSTEM, "third": Role.AUDITOR}
    assert Event.objects.of(city).order_by("id")[0].verb == "people.account.opened"


@pytest.mark.case("A11")
def test_the_bootstrap_works_once(db: None) -> None:
    bootstrap(**FIRST)
    with pytest.raises(AlreadyBootstrapped):
        bootstrap(**FIRST | {"security": Person("fourth", "示例"), "code": "other"})
    assert (User.objects.count(), City.objects.count()) == (3, 1)


@pytest.mark.case("B10")
def test_a_city_from_before_there_was_the_post_gets_one_system_administrator(cast: Cast) -> None:
    person = Person("newcomer", "示例")
    with pytest.raises(AlreadyThere):
        appoint_system_administrator(city=cast.city, person=person, at=NOW)
    switch_account(city=cast.city, user=cast.system, active=False, by=cast.security, at=NOW)
    password = appoint_system_administrator(city=cast.city, person=person, at=NOW)
    user = User.objects.get(username="newcomer")
    assert user.check_password(password) and Membership.objects.of(cast.city).get(user=user).role == Role.SYSTEM
    with pytest.raises(AlreadyThere):
        appoint_system_administrator(city=cast.city, person=Person("another", "示例"), at=NOW)


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
    for person, second in ((cast.auditor, Role.SECURITY), (cast.system, Role.SECURITY), (cast.verifier, Role.SYSTEM)):
        with pytest.raises(OneRoleOnly):
            grant(city=cast.city, user=person, role=second, unit=None, by=cast.security, at=NOW)


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
