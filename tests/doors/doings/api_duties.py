"""Responsibility, clocks, problems, orders, findings and working days; by the API."""

from typing import Any

from cast import NOW, Cast
from duties.test_clocks import clock
from duties.test_matters import order, problem
from duties.test_responsibility import give
from findings.test_sweep import explained

from doors.doings import PLAIN, Doing, at, doing, on_own, plainly
from zhaoshang.duties.actions.matters import answer_matter

plainly("api:new_day", "statistician", {"day": "2023-04-04", "works": False, "document": PLAIN})
plainly("api:sweep_findings", "statistician")
on_own("api:new_problem", "officer", {"text": PLAIN, "level": "unit", "department": PLAIN, "for_firm": PLAIN})
on_own("api:problem_answer", "statistician", {"text": PLAIN})
on_own("api:problem_confirmer", "officer", {"confirmer": "statistician", "reason": PLAIN})
on_own("api:order_answer", "officer", {"text": PLAIN})
on_own("api:clock_answer", "officer", {"text": PLAIN})
on_own("api:explain", "officer", {"text": PLAIN})
plainly("api:new_order", "leader", {"unit": "east", "text": PLAIN, "due_on": "2023-04-10"})


def _team(cast: Cast) -> dict[str, Any]:
    return {"projects": [cast.plant.code], "handler": "officer", "leader_name": PLAIN, "reason": PLAIN}


@doing("api:new_reassignment")
def new_reassignment(cast: Cast) -> Doing:
    return Doing("statistician", at("api:new_reassignment"), _team(cast))


@doing("api:bulk_assignments")
def bulk_assignments(cast: Cast) -> Doing:
    return Doing("statistician", at("api:bulk_assignments"), _team(cast))


@doing("api:new_handover")
def new_handover(cast: Cast) -> Doing:
    give(cast)
    clock(cast)
    return Doing("statistician", at("api:new_handover"), {"person": "officer", "to": "statistician", "reason": PLAIN})


@doing("api:new_clock")
def new_clock(cast: Cast) -> Doing:
    said = {"project": cast.plant.code, "kind": "lead_answer", "subject": PLAIN}
    return Doing("officer", at("api:new_clock"), said)


@doing("api:problem_judgement")
def problem_judgement(cast: Cast) -> Doing:
    answered = answer_matter(matter=problem(cast), text="示例：已协调", by=cast.statistician, at=NOW)
    return Doing("officer", at("api:problem_judgement", answered.pk), {"verdict": "accept", "text": PLAIN})


@doing("api:order_judgement")
def order_judgement(cast: Cast) -> Doing:
    answered = answer_matter(matter=order(cast), text="示例：已办", by=cast.officer, at=NOW)
    return Doing("leader", at("api:order_judgement", answered.pk), {"verdict": "send_back", "text": PLAIN})


@doing("api:judge")
def judge(cast: Cast) -> Doing:
    return Doing("verifier", at("api:judge", explained(cast).pk), {"verdict": "refuse", "text": PLAIN})
