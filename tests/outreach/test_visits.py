"""A visit brings demands home; each has a department and a day, is answered once, and is rated by the firm itself at most once."""

from datetime import date, timedelta

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction

from outreach.going import DAY, at, demanded, visited
from zhaoshang.common.workdays import WorkDays
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.outreach.actions import refusals
from zhaoshang.outreach.actions.visits import (
    answer_demand,
    cancel_visit,
    demand_by_link,
    open_demand,
    plan_visit,
    rate_answer,
    take_demand,
)
from zhaoshang.outreach.models import Demand
from zhaoshang.outreach.queries import waiting_demands
from zhaoshang.outreach.rules import DemandState, Satisfaction, demand_state
from zhaoshang.regions.access import NotAllowed, viewer_of


def test_a_demand_is_due_by_the_rules_unless_a_day_is_set(cast: Cast) -> None:
    demand = demanded(cast)
    set_ = take_demand(visit=demand.visit, text="x", department="y", due_on=date(2023, 5, 1), by=cast.officer, at=NOW)
    assert [demand.due_on, set_.due_on, set_.number] == [WorkDays().after(DAY, 15)[0], date(2023, 5, 1), 2]


def test_a_day_that_the_city_does_not_work_puts_an_answer_off(cast: Cast) -> None:
    by_notice = demanded(cast).due_on
    set_day(city=cast.city, day=DAY + timedelta(days=1), works=False, document="示例", by=cast.statistician, at=NOW)
    visit = Demand.objects.of(cast.city).get().visit
    assert take_demand(visit=visit, text="x", department="y", by=cast.officer, at=NOW).due_on > by_notice


def test_before_the_visit_nothing_can_have_been_asked(cast: Cast) -> None:
    visit = plan_visit(
        city=cast.city, unit=cast.east, firm="示例", planned_on=DAY, visitors="示例", by=cast.officer, at=NOW
    )
    with pytest.raises(refusals.WrongState):
        take_demand(visit=visit, text="x", department="y", by=cast.officer, at=NOW)
    with pytest.raises(refusals.ReasonMissing):
        cancel_visit(visit=visit, reason=" ", by=cast.officer, at=NOW)


@pytest.mark.parametrize(
    ("answered", "rated", "on", "state"),
    [
        (None, False, date(2023, 3, 1), DemandState.OPEN),
        (None, False, date(2023, 3, 2), DemandState.LATE),
        (date(2023, 3, 9), False, date(2023, 4, 1), DemandState.ANSWERED),
        (date(2023, 3, 9), True, date(2023, 4, 1), DemandState.RATED),
    ],
)
def test_a_demand_is_late_the_day_after(answered: date | None, rated: bool, on: date, state: DemandState) -> None:
    assert demand_state(answered, rated, date(2023, 3, 1), on) == state


def test_an_answer_is_given_once_and_stays(cast: Cast) -> None:
    demand = answer_demand(demand=demanded(cast), answer="已增容", by=cast.officer, at=NOW)
    with pytest.raises(refusals.WrongState):
        answer_demand(demand=demand, answer="改", by=cast.officer, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Demand.objects.of(cast.city).filter(pk=demand.pk).update(answer="改")
    assert not waiting_demands(viewer_of(cast.officer, cast.city)).exists()


def test_the_firms_own_rating_stands(cast: Cast) -> None:
    demand = demanded(cast)
    with pytest.raises(refusals.WrongState):
        rate_answer(demand=demand, satisfaction=Satisfaction.CONTENT, by=cast.officer, at=NOW)
    answer_demand(demand=demand, answer="已增容", by=cast.officer, at=NOW)
    rate_answer(demand=demand, satisfaction=Satisfaction.CONTENT, by=cast.officer, at=NOW)
    rated = rate_answer(demand=demand, satisfaction=Satisfaction.PARTLY, by=None, at=NOW)
    with pytest.raises(refusals.WrongState):
        rate_answer(demand=demand, satisfaction=Satisfaction.CONTENT, by=cast.officer, at=NOW)
    assert (rated.satisfaction, rated.rated_by_firm) == (Satisfaction.PARTLY, True)


def test_a_link_opens_one_demand_until_its_last_day(cast: Cast) -> None:
    demand = demanded(cast)
    old = open_demand(demand=demand, by=cast.officer, at=at(DAY))
    new = open_demand(demand=demand, by=cast.officer, at=at(DAY))
    assert demand_by_link(cast.city, new, DAY + timedelta(days=180)).pk == demand.pk
    for told, on in ((old, DAY), (new, DAY + timedelta(days=181)), ("", DAY)):
        with pytest.raises(refusals.LinkClosed):
            demand_by_link(cast.city, told, on)
    assert new not in str(Demand.objects.of(cast.city).values())


def test_another_units_visit_is_not_an_officers_to_write(cast: Cast) -> None:
    visit = visited(cast)
    with pytest.raises(NotAllowed):
        take_demand(visit=visit, text="x", department="y", by=cast.other_officer, at=NOW)
