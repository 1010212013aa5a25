"""Who answers for a project: history kept, orphans when people leave, many reassigned at once."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction

from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import in_force, orphaned, rules_on, unassigned
from zhaoshang.people.actions import switch_account
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.actions import grant, withdraw
from zhaoshang.regions.models import Membership

pytestmark = pytest.mark.django_db


def give(cast: Cast, **changes: Any) -> int:
    team = changes.pop("team", None) or Team(handler=cast.officer, leader=cast.leader)
    told = {
        "city": cast.city,
        "projects": [cast.plant],
        "team": team,
        "reason": "示例分工",
        "by": cast.statistician,
        "at": NOW,
    }
    return reassign(**told | changes)


def orphans(cast: Cast) -> list[str]:
    rows = orphaned(cast.city, in_force(viewer_of(cast.statistician, cast.city)))
    return [one.project.code for one in rows]


def test_a_change_ends_the_old_service_and_keeps_it(cast: Cast) -> None:
    give(cast, since=date(2023, 1, 10))
    give(cast, team=Team(handler=cast.statistician), since=date(2023, 4, 3), reason="示例调整")
    old, new = Responsibility.objects.of(cast.city).order_by("since")
    assert (old.until, new.handler, new.leader) == (date(2023, 4, 2), cast.statistician, cast.leader)
    for change in ({"until": None}, {"handler": cast.officer}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Responsibility.objects.of(cast.city).update(**change)


def test_a_closed_account_and_a_withdrawn_role_leave_orphans(cast: Cast) -> None:
    give(cast)
    assert orphans(cast) == []
    switch_account(city=cast.city, user=cast.officer, active=False, by=cast.security, at=NOW)
    assert orphans(cast) == ["2023-0001"]
    switch_account(city=cast.city, user=cast.officer, active=True, by=cast.security, at=NOW)
    held = Membership.objects.of(cast.city).get(user=cast.officer)
    withdraw(membership=held, by=cast.security, at=NOW)
    grant(city=cast.city, user=cast.officer, role=held.role, unit=cast.west, by=cast.security, at=NOW)
    assert orphans(cast) == ["2023-0001"]


def test_a_leader_who_left_leaves_an_orphan_too(cast: Cast) -> None:
    give(cast)
    switch_account(city=cast.city, user=cast.leader, active=False, by=cast.security, at=NOW)
    assert orphans(cast) == ["2023-0001"]
    give(cast, team=Team(leader_name="示例副市长"))
    assert orphans(cast) == []


def test_many_are_reassigned_at_once_or_none(cast: Cast) -> None:
    both = [cast.plant, cast.harbour]
    with pytest.raises(refusals.WrongHandler, match="2023-0002"):
        give(cast, projects=both)
    assert not Responsibility.objects.of(cast.city).exists()
    assert give(cast, projects=both, team=Team(handler=cast.statistician, leader_name="示例副市长")) == 2
    with pytest.raises(refusals.NobodyNew):
        give(cast, projects=both, team=Team(handler=cast.statistician))


def test_an_officer_assigns_the_own_units_only_and_a_leader_none(cast: Cast) -> None:
    give(cast, by=cast.officer)
    for by in (cast.other_officer, cast.leader, cast.verifier):
        with pytest.raises(NotAllowed):
            give(cast, by=by)


def test_a_project_needs_a_leader_a_handler_and_a_reason(cast: Cast) -> None:
    with pytest.raises(refusals.LeaderMissing):
        give(cast, team=Team(handler=cast.officer))
    with pytest.raises(refusals.WrongHandler):
        give(cast, team=Team(leader=cast.leader))
    with pytest.raises(refusals.ReasonMissing):
        give(cast, reason=" ")


def test_key_projects_without_anybody_are_listed(cast: Cast) -> None:
    viewer, rules = viewer_of(cast.statistician, cast.city), rules_on(cast.city, NOW.date())
    assert {one.code for one in unassigned(viewer, rules)} == {"2023-0001", "2023-0002"}
    give(cast)
    assert [one.code for one in unassigned(viewer, rules)] == ["2023-0002"]
