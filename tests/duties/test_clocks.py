"""Clocks: days as data, the calendar, answers, and who is late."""

from datetime import date, timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from issued import issued

from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.clocks import answer_clock, start_clock
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.duties.models import Clock
from zhaoshang.duties.queries import DUTIES, punctuality
from zhaoshang.duties.rules import Superior
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.rulesets.actions import CodeTaken
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import read_text

pytestmark = pytest.mark.django_db


def clock(cast: Cast, **changes: Any) -> Clock:
    told = {
        "city": cast.city, "kind": "lead_answer", "subject": "示例线索", "href_name": "desk:project", "subject_id": "2023-0001",
        "unit": cast.east, "by": cast.officer, "at": NOW,
    }  # fmt: skip
    return start_clock(**told | changes)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("lead_answer", date(2023, 4, 4)),
        ("first_view", date(2023, 4, 7)),
        ("referrer", date(2023, 4, 11)),
        ("progress", date(2023, 4, 18)),
    ],
)
def test_each_kind_has_its_working_days(cast: Cast, kind: str, due: date) -> None:
    """Started on Monday 3 April 2023; the 5th is 清明."""
    assert clock(cast, kind=kind).due_on == due


def test_one_clock_runs_for_a_subject_until_it_is_answered(cast: Cast) -> None:
    one = clock(cast)
    with pytest.raises(refusals.AlreadyRunning):
        clock(cast)
    answered = answer_clock(clock=one, answer="示例：已答复", by=cast.officer, at=NOW)
    with pytest.raises(refusals.AlreadyAnswered):
        answer_clock(clock=answered, answer="x", by=cast.officer, at=NOW)
    clock(cast)


def test_another_unit_cannot_answer_and_an_answer_stays(cast: Cast) -> None:
    one = clock(cast)
    with pytest.raises(NotAllowed):
        answer_clock(clock=one, answer="x", by=cast.other_officer, at=NOW)
    answer_clock(clock=one, answer="示例", by=cast.officer, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Clock.objects.of(cast.city).update(answer="x")


def test_a_day_that_the_city_sets_moves_what_runs(cast: Cast) -> None:
    one = clock(cast)
    told = {"city": cast.city, "day": date(2023, 4, 4), "document": "示例通知", "by": cast.statistician, "at": NOW}
    assert set_day(works=False, **told) == 1
    assert Clock.objects.of(cast.city).get(pk=one.pk).due_on == date(2023, 4, 6)
    assert set_day(works=None, **told) == 1
    assert Clock.objects.of(cast.city).get(pk=one.pk).due_on == date(2023, 4, 4)


def test_punctuality_tells_in_time_late_and_running(cast: Cast) -> None:
    in_time, late = clock(cast), clock(cast, subject_id="b")
    clock(cast, subject_id="c")
    clock(cast, subject_id="d", kind="progress")
    answer_clock(clock=in_time, answer="示例", by=cast.officer, at=NOW)
    answer_clock(clock=late, answer="示例", by=cast.officer, at=NOW + timedelta(days=5))
    (told,) = punctuality(viewer_of(cast.leader, cast.city), date(2023, 4, 10), date(2023, 1, 1))
    assert (told.in_time, told.late, told.running_late, told.running, told.due) == (1, 1, 1, 1, 3)


def test_superiors_by_days_late_are_data() -> None:
    rules = DUTIES.read(DUTIES.shipped)
    assert [rules.superior(days) for days in (0, 1, 2, 3, 5, 90)] == [
        None, Superior.UNIT, Superior.UNIT, Superior.BUREAU, Superior.LEADER, Superior.LEADER,
    ]  # fmt: skip
    assert [rules.level_now("unit", days).code for days in (0, 4, 5, 10, 99)] == [
        "unit",
        "unit",
        "city",
        "province",
        "province",
    ]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("days = 1\nsource", "days = 0\nsource", "clock[1].days"),
        ('to = "leader"', 'to = "mayor"', "overdue[3].to"),
        ("quiet_days = 60", 'quiet_days = "x"', "finding.stall_note.quiet_days"),
        ("[[level]]", "[[levels]]", "level"),
        ("key_contract_yi = 5", "key_contract_yi =", "TOML"),
    ],
)
def test_rules_that_cannot_be_read_name_the_part(cast: Cast, old: str, new: str, named: str) -> None:
    with pytest.raises(BadRules, match=named.replace("[", r"\[").replace("]", r"\]")):
        issue(cast, text=DUTIES.sample_text.replace(old, new))


def issue(cast: Cast, text: str, **given: Any) -> Any:
    return issued(cast, DUTIES, read_text(text), **given)


def test_issued_rules_hold_from_their_day_and_never_change(cast: Cast) -> None:
    issue(cast, text=DUTIES.sample_text.replace("days = 1\nsource", "days = 2\nsource"))
    assert (clock(cast).due_on, Clock.objects.of(cast.city).get().rules) == (date(2023, 4, 6), "own")
    with pytest.raises(CodeTaken):
        issued(cast, DUTIES)
    with pytest.raises(NotAllowed):
        issued(cast, DUTIES, code="b", valid_from=date(2023, 2, 1), by=cast.leader)
