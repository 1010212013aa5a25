"""A person leaves: all that was theirs is on one page, shows to the superior until it is given on, and is given on in one action."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.test import Client
from leads.told import told
from opportunities.building import drafted, offered

from duties.test_clocks import clock
from duties.test_matters import problem
from duties.test_responsibility import give
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.handing import hand_over_matter
from zhaoshang.duties.actions.matters import answer_matter, close_matter
from zhaoshang.duties.actions.responsibility import Team
from zhaoshang.duties.models import Matter, Responsibility
from zhaoshang.duties.rules import State
from zhaoshang.leads.actions import assign
from zhaoshang.people.actions import open_account, switch_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.actions import grant, withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.review.leaving import hand_over, held_by, holdings, leavers, orphans

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(cast: Cast) -> User:
    """Another officer of the east."""
    said: dict[str, Any] = {"username": "next", "display_name": "示例接手", "password": "sample-password"}
    user = open_account(city=cast.city, by=None, at=NOW, is_sample=True, **said)
    grant(city=cast.city, user=user, role=Role.OFFICER, unit=cast.east, by=None, at=NOW)
    return user


@pytest.fixture
def laden(cast: Cast) -> User:
    """The east's officer with a project, a lead, a running clock, an open problem and an entry of the list."""
    give(cast)
    assign(lead=told(cast), unit=cast.east, handler=cast.officer, by=cast.statistician, at=NOW)
    clock(cast, handler=cast.officer)
    problem(cast)
    drafted(cast)
    return cast.officer


ALL = {"projects": 1, "leads": 1, "clocks": 1, "problems": 1, "entries": 1}


def counted(cast: Cast, person: User) -> dict[str, int]:
    return {code: len(rows) for code, rows in holdings(viewer_of(cast.statistician, cast.city), person).items()}


def all_to(cast: Cast, person: User, to: User, **changes: Any) -> dict[str, int]:
    said: dict[str, Any] = {"city": cast.city, "reason": "示例调离", "by": cast.statistician, "at": NOW}
    return hand_over(person=person, to=to, **said | changes)


def test_everything_that_a_person_holds_is_found_and_moves_at_once(cast: Cast, laden: User, successor: User) -> None:
    assert counted(cast, laden) == ALL and held_by(cast.city, laden) == 5
    assert all_to(cast, laden, successor) == ALL
    assert counted(cast, laden) == {} and counted(cast, successor) == ALL


@pytest.mark.parametrize("how", ["closed", "withdrawn"])
def test_what_a_leaver_held_shows_to_the_superiors_until_it_is_given_on(
    cast: Cast, laden: User, successor: User, how: str
) -> None:
    east, bureau = viewer_of(successor, cast.city), viewer_of(cast.statistician, cast.city)
    assert orphans(bureau) == 0
    if how == "closed":
        switch_account(city=cast.city, user=laden, active=False, by=cast.security, at=NOW)
    else:
        withdraw(membership=Membership.objects.of(cast.city).get(user=laden), by=cast.security, at=NOW)
    assert orphans(bureau) == 5 and leavers(bureau) == {laden.pk: 5} and orphans(east) == 5
    assert orphans(viewer_of(cast.other_officer, cast.city)) == 0
    all_to(cast, laden, successor, by=successor)
    assert orphans(bureau) == 0 and leavers(east) == {}


def test_one_that_cannot_be_taken_leaves_all_where_it_was(cast: Cast, laden: User) -> None:
    """The statistician handles no district's leads."""
    with pytest.raises(Exception, match="示例"):
        all_to(cast, laden, cast.statistician)
    assert counted(cast, laden) == ALL


def test_an_officer_of_another_district_takes_nothing_and_gives_nothing(cast: Cast, laden: User) -> None:
    with pytest.raises(refusals.WrongHandler):
        all_to(cast, laden, cast.other_officer)
    with pytest.raises(refusals.NobodyNew):
        all_to(cast, laden, cast.other_officer, by=cast.other_officer)


def test_what_is_published_of_another_district_is_not_handed_over_from_here(cast: Cast, successor: User) -> None:
    """An entry of the east is read by everybody; its steward's things are the east's to give."""
    offered(cast)
    assert holdings(viewer_of(cast.other_officer, cast.city), cast.officer) == {}
    assert set(holdings(viewer_of(successor, cast.city), cast.officer)) == {"entries"}


def test_who_leads_a_project_is_followed_by_a_leader_or_a_name(cast: Cast, successor: User) -> None:
    give(cast, team=Team(handler=cast.officer, leader=cast.leader))
    assert counted(cast, cast.leader) == {"led": 1}
    with pytest.raises(refusals.NobodyNew):
        all_to(cast, cast.leader, successor)
    assert all_to(cast, cast.leader, successor, leader_name="示例副市长") == {"led": 1}
    row = Responsibility.objects.of(cast.city).get(until__isnull=True)
    assert (row.leader, row.leader_name, row.handler) == (None, "示例副市长", cast.officer)


def test_a_problem_is_confirmed_by_whom_its_raiser_handed_it_to_and_nobody_else(cast: Cast, successor: User) -> None:
    matter = problem(cast)
    said: dict[str, Any] = {"reason": "示例调离", "at": NOW}
    with pytest.raises(refusals.NotRaiser):
        hand_over_matter(matter=matter, confirmer=successor, by=cast.verifier, **said)
    answer_matter(matter=matter, text="示例已办", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.OwnMatter):
        hand_over_matter(matter=matter, confirmer=cast.statistician, by=cast.officer, **said)
    hand_over_matter(matter=matter, confirmer=successor, by=cast.officer, **said)
    with pytest.raises(refusals.NotRaiser):
        close_matter(matter=matter, text="示例", by=cast.officer, at=NOW)
    assert close_matter(matter=matter, text="示例已解决", by=successor, at=NOW).state == State.CLOSED
    with pytest.raises(refusals.NotClosed):
        hand_over_matter(matter=matter, confirmer=cast.officer, by=successor, **said)


def test_the_database_too_lets_nobody_else_close_it(cast: Cast, successor: User) -> None:
    matter = problem(cast)
    hand_over_matter(matter=matter, confirmer=successor, reason="示例", by=cast.statistician, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.of(cast.city).filter(pk=matter.pk).update(
            state=State.CLOSED, closed_by=cast.officer, closed_at=NOW
        )


def test_the_page_shows_it_all_and_hands_it_over(cast: Cast, client: Client, laden: User, successor: User) -> None:
    switch_account(city=cast.city, user=laden, active=False, by=cast.security, at=NOW)
    client.force_login(cast.statistician)
    assert "离岗交接" in client.get("/desk/").content.decode()
    assert f"/desk/duties/people/{laden.pk}/" in client.get("/desk/duties/people/").content.decode()
    page = client.get(f"/desk/duties/people/{laden.pk}/").content.decode()
    assert "示例远航电池有限公司" in page and "示例：用地指标不足" in page
    body = {"handler": successor.username, "reason": "示例调离"}
    done = client.post(f"/desk/duties/people/{laden.pk}/hand-over/", body, follow=True).content.decode()
    assert "已移交给" in done and counted(cast, successor) == ALL


def test_who_closes_the_account_is_told_how_much_is_left(cast: Cast, client: Client, laden: User) -> None:
    client.force_login(cast.system)
    assert "名下有 5 件事" in client.get(f"/desk/people/{laden.pk}/").content.decode()
    page = client.post(f"/desk/people/{laden.pk}/switch/", {"active": "0"}, follow=True).content.decode()
    assert "名下还有 5 件事没有交接" in page and "示例远航" not in page


def test_the_api_tells_and_hands_over_the_same(cast: Cast, client: Client, laden: User, successor: User) -> None:
    client.force_login(cast.statistician)
    assert set(client.get("/api/holdings", {"person": laden.username}).json()["held"]) == set(ALL)
    body = {"person": laden.username, "to": successor.username, "reason": "示例"}
    answer = client.post("/api/handovers", body, content_type="application/json")
    assert answer.json() == {"moved": ALL}
    switch_account(city=cast.city, user=successor, active=False, by=cast.security, at=NOW)
    assert client.get("/api/holdings").json() == {"left": {"next": 5}}
