"""Problems are closed by who raised them, orders by a leader; the database holds it too."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction

from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.matters import (
    answer_matter,
    close_matter,
    raise_problem,
    reopen_matter,
    send_back,
    write_order,
)
from zhaoshang.duties.models import Matter, MatterEntry
from zhaoshang.duties.rules import State
from zhaoshang.regions.access import NotAllowed

pytestmark = pytest.mark.django_db


def problem(cast: Cast, **changes: Any) -> Matter:
    told = {"project": cast.plant, "text": "示例：用地指标不足", "level": "unit", "by": cast.officer, "at": NOW}
    return raise_problem(**told | changes)


def order(cast: Cast, **changes: Any) -> Matter:
    told = {"unit": cast.east, "text": "示例：本周内报进展", "due_on": date(2023, 4, 10), "by": cast.leader, "at": NOW}
    return write_order(**told | changes)


def test_a_problem_is_due_by_its_levels_working_days(cast: Cast) -> None:
    """04-03 raised, ten working days without 清明 (04-05)."""
    assert problem(cast).due_on == date(2023, 4, 18)


def test_who_raised_a_problem_cannot_answer_it_and_only_they_close_it(cast: Cast) -> None:
    one = problem(cast)
    with pytest.raises(refusals.OwnMatter):
        answer_matter(matter=one, text="x", by=cast.officer, at=NOW)
    answered = answer_matter(matter=one, text="示例：已协调", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.NotRaiser):
        close_matter(matter=answered, text="x", by=cast.statistician, at=NOW)
    assert close_matter(matter=answered, text="示例：已解决", by=cast.officer, at=NOW).state == State.CLOSED


def test_the_database_refuses_a_problem_closed_by_another(cast: Cast) -> None:
    one = problem(cast)
    closed = {"state": State.CLOSED, "closed_by": cast.leader, "closed_at": NOW}
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.of(cast.city).filter(pk=one.pk).update(**closed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.of(cast.city).filter(pk=one.pk).update(**closed | {"raised_by": cast.leader})
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.of(cast.city).filter(pk=one.pk).update(answered_by=cast.officer)


def test_what_was_said_is_never_rewritten(cast: Cast) -> None:
    problem(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        MatterEntry.objects.of(cast.city).update(text="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.of(cast.city)._raw_delete("default")


def test_a_problem_comes_back_with_a_reason(cast: Cast) -> None:
    closed = close_matter(matter=problem(cast), text="示例：已不需要", by=cast.officer, at=NOW)
    with pytest.raises(refusals.NotRaiser):
        reopen_matter(matter=closed, text="x", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.ReasonMissing):
        reopen_matter(matter=closed, text=" ", by=cast.officer, at=NOW)
    assert reopen_matter(matter=closed, text="示例：又出现", by=cast.officer, at=NOW).state == State.OPEN


def test_an_order_is_written_by_a_leader_answered_by_the_unit_and_accepted_by_another(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        order(cast, by=cast.statistician)
    one = order(cast)
    with pytest.raises(NotAllowed):
        answer_matter(matter=one, text="x", by=cast.other_officer, at=NOW)
    with pytest.raises(refusals.NotAnswered):
        close_matter(matter=one, text="x", by=cast.leader, at=NOW)
    answered = answer_matter(matter=one, text="示例：已办", by=cast.officer, at=NOW)
    again = send_back(matter=answered, text="示例：不具体", by=cast.leader, at=NOW)
    answered = answer_matter(matter=again, text="示例：三家已签", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.OwnMatter):
        close_matter(matter=answered, text="x", by=cast.statistician, at=NOW)
    assert close_matter(matter=answered, text="示例：可以", by=cast.second_statistician, at=NOW).closed_at == NOW


@pytest.mark.parametrize("href", ["https://evil.example/", "//evil.example", "/desk/\\evil", "javascript:alert(1)"])
def test_an_order_leads_to_no_page_but_ours(cast: Cast, href: str) -> None:
    with pytest.raises(refusals.NotOurPage):
        order(cast, href=href)


def test_nothing_is_due_yesterday_or_without_words(cast: Cast) -> None:
    with pytest.raises(refusals.BadDue):
        order(cast, due_on=date(2023, 4, 2))
    with pytest.raises(refusals.ReasonMissing):
        order(cast, text=" ")
    with pytest.raises(refusals.UnknownKind):
        problem(cast, level="none")
