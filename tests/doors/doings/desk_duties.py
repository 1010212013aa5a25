"""Who answers by when: responsibility, problems, orders, clocks, working days, what a leaving person holds."""

from cast import NOW, Cast
from duties.test_clocks import clock
from duties.test_matters import order, problem
from duties.test_responsibility import give

from doors.doings import PLAIN, Doing, doing
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.actions import grant


def _next(cast: Cast) -> User:
    """Another officer of the east."""
    user = open_account(city=cast.city, username="next", display_name="示例", password=None, by=None, at=NOW)
    grant(city=cast.city, user=user, role=Role.OFFICER, unit=cast.east, by=None, at=NOW)
    return user


TEAM = {"handler": "next", "leader_name": PLAIN, "reason": PLAIN}


@doing("desk:duty_reassign")
def duty_reassign(cast: Cast) -> Doing:
    _next(cast)
    return Doing("statistician", "/desk/duties/reassign/", TEAM | {"project": [cast.plant.code]})


@doing("desk:project_assign")
def project_assign(cast: Cast) -> Doing:
    _next(cast)
    return Doing("statistician", f"/desk/projects/{cast.plant.code}/duties/assign/", TEAM)


@doing("desk:project_bulk_assign")
def project_bulk_assign(cast: Cast) -> Doing:
    _next(cast)
    sent = TEAM | {"project": [cast.plant.code], "assign_reason": PLAIN}
    return Doing("statistician", "/desk/projects/bulk/assign/", sent)


@doing("desk:holder_hand_over")
def holder_hand_over(cast: Cast) -> Doing:
    give(cast)
    problem(cast)
    _next(cast)
    return Doing("statistician", f"/desk/duties/people/{cast.officer.pk}/hand-over/", TEAM)


@doing("desk:project_problem")
def project_problem(cast: Cast) -> Doing:
    said = dict.fromkeys(("text", "department", "for_firm"), PLAIN) | {"level": "unit"}
    return Doing("officer", f"/desk/projects/{cast.plant.code}/duties/problem/", said)


@doing("desk:project_clock")
def project_clock(cast: Cast) -> Doing:
    sent = {"kind": "first_view", "subject": PLAIN}
    return Doing("officer", f"/desk/projects/{cast.plant.code}/duties/clock/", sent)


@doing("desk:clock_answer")
def clock_answer(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/clocks/{clock(cast).pk}/answer/", {"answer": PLAIN})


@doing("desk:problem_say")
def problem_say(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/problems/{problem(cast).pk}/say/", {"act": "answer", "text": PLAIN})


@doing("desk:problem_hand_over")
def problem_hand_over(cast: Cast) -> Doing:
    _next(cast)
    sent = {"confirmer": "next", "reason": PLAIN}
    return Doing("officer", f"/desk/problems/{problem(cast).pk}/hand-over/", sent)


@doing("desk:order_new")
def order_new(cast: Cast) -> Doing:
    said = {"unit": "east", "text": PLAIN, "due_on": "2099-01-01", "href": "/desk/overview/", "about": PLAIN}
    return Doing("leader", "/desk/orders/new/", said)


@doing("desk:order_say")
def order_say(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/orders/{order(cast).pk}/say/", {"act": "answer", "text": PLAIN})


@doing("desk:workday_set")
def workday_set(cast: Cast) -> Doing:
    sent = {"day": "2023-04-04", "works": "no", "document": PLAIN}
    return Doing("statistician", "/desk/workdays/set/", sent)
