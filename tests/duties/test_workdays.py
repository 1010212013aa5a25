"""Working days: by the package, as the city set them, assumed where nobody knows."""

from datetime import date

import pytest
from cast import NOW, Cast
from leads.told import told

from zhaoshang.common.periods import months_before
from zhaoshang.common.workdays import Source, WorkDays
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.leads.models import Lead
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import read_text
from zhaoshang.talks.rules import due_after
from zhaoshang.talks.terms import TALKS

CHINA = WorkDays()


def test_spring_festival_is_not_worked_and_its_saturday_is() -> None:
    assert CHINA.of(date(2023, 1, 23)) == (False, Source.PACKAGE)
    assert CHINA.of(date(2023, 1, 28)) == (True, Source.PACKAGE)


def test_three_days_over_the_festival_end_after_it() -> None:
    assert CHINA.after(date(2023, 1, 19), 3) == (date(2023, 1, 29), False)


def test_what_the_city_set_goes_before_the_package() -> None:
    own = WorkDays({date(2023, 3, 6): False})
    assert (own.of(date(2023, 3, 6)), own.after(date(2023, 3, 3), 1)[0]) == (
        (False, Source.OVERRIDDEN),
        date(2023, 3, 7),
    )


def test_a_year_that_nobody_knows_is_assumed_and_says_so() -> None:
    assert CHINA.of(date(2040, 1, 2)) == (True, Source.ASSUMED)
    assert CHINA.after(date(2040, 1, 5), 1) == (date(2040, 1, 6), True)


def test_late_counts_working_days_after_the_due_day() -> None:
    friday, monday = date(2023, 3, 3), date(2023, 3, 6)
    assert [CHINA.late(friday, day) for day in (friday, date(2023, 3, 5), monday)] == [0, 0, 1]


def test_back_is_the_edge_of_late() -> None:
    today = date(2023, 3, 8)
    for days in (1, 3, 5):
        edge = CHINA.back(today, days)
        due_on = date.fromordinal(edge.toordinal() - 1)
        assert CHINA.late(due_on, today) >= days > CHINA.late(edge, today)


@pytest.mark.django_db
def test_a_day_that_the_city_sets_moves_leads_that_wait_and_counts_for_those_that_come(cast: Cast) -> None:
    """Taken in on Monday 3 April; the 4th is made a day off, the 5th is 清明."""
    waiting = told(cast)
    before = (waiting.triage_due_on, waiting.answer_due_on)
    set_day(city=cast.city, day=date(2023, 4, 4), works=False, document="示例通知", by=cast.statistician, at=NOW)
    waiting.refresh_from_db(from_queryset=Lead.objects.of(cast.city))
    later = told(cast, subject="示例另一件")
    assert (waiting.triage_due_on, waiting.answer_due_on) == (later.triage_due_on, later.answer_due_on)
    assert all(new > old for new, old in zip((later.triage_due_on, later.answer_due_on), before, strict=True))


@pytest.mark.parametrize(("unit", "due"), [("calendar", date(2023, 4, 10)), ("working", date(2023, 4, 13))])
def test_a_rule_says_whether_its_days_are_working_days(unit: str, due: date) -> None:
    """Seven days after 3 April 2023; the 5th is 清明."""
    text = TALKS.sample_text.replace('[dispute]\nunit = "calendar"', f'[dispute]\nunit = "{unit}"')
    assert due_after(date(2023, 4, 3), 7, TALKS.read(read_text(text)).dispute_unit, WorkDays()) == due


def test_a_rule_with_another_unit_is_refused() -> None:
    text = TALKS.sample_text.replace('[transfer]\nunit = "calendar"', '[transfer]\nunit = "weeks"')
    with pytest.raises(BadRules, match=r"transfer\.unit"):
        TALKS.read(read_text(text))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2023, 5, 31), 3, date(2023, 2, 28)), (date(2024, 1, 15), 2, date(2023, 11, 15))],
)
def test_months_are_the_calendars(day: date, months: int, then: date) -> None:
    assert months_before(day, months) == then
