"""Plan → year → measure → task: how each stands, what it lacks, who reported, what was changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.db import DatabaseError, transaction

from zhaoshang.common.periods import Period
from zhaoshang.figures.plan_progress import lines_of
from zhaoshang.people.models import Event
from zhaoshang.plans.actions import (
    NewItem,
    NothingChanged,
    NotOwner,
    NotYet,
    ReportEmpty,
    YearOutside,
    YearTaken,
    add_year,
    change_item,
    report_progress,
)
from zhaoshang.plans.models import ItemChange, ProgressReport, WorkItem
from zhaoshang.plans.rules import Lack, Standing

from .building import item, year_plan

Q1 = Period.parse("2023Q1")
DAY = date(2023, 4, 3)


def report(cast: Cast, of: WorkItem, standing: Standing, percent: int | None = None, day: date = DAY) -> ProgressReport:
    return report_progress(
        item=of, reported_on=day, standing=standing, percent=percent, text="示例进展", by=cast.statistician, at=NOW
    )


def test_a_measure_with_an_indicator_is_measured_by_the_account_without_any_report(cast: Cast) -> None:
    dictionary(cast)
    cast.verified()
    year = year_plan(cast)
    item(cast, year, indicator="capital_in_place", target=4 * YI, owner_department="示例处", due_on=date(2023, 12, 31))
    (line,) = lines_of(year, Q1, DAY)
    assert (line.percent, line.standing, list(line.lacks)) == (Decimal(25), Standing.UNDERWAY, [])


def test_a_task_of_a_unit_is_measured_by_that_units_money(cast: Cast) -> None:
    dictionary(cast)
    cast.verified()
    measure = item(cast, year_plan(cast))
    for unit in (cast.east, cast.west):
        item(cast, measure, indicator="capital_in_place", target=YI, owner_unit=unit, due_on=date(2023, 12, 31))
    standings = [line.standing for line in lines_of(measure.year_plan, Q1, DAY)[1:]]
    assert standings == [Standing.DONE, Standing.WAITING]


def test_without_an_indicator_the_last_report_counts(cast: Cast) -> None:
    year = year_plan(cast)
    measure = item(cast, year, due_on=date(2023, 6, 30))
    report(cast, measure, Standing.UNDERWAY, 30, date(2023, 2, 1))
    report(cast, measure, Standing.UNDERWAY, 55, date(2023, 3, 1))
    (line,) = lines_of(year, Q1, DAY)
    assert (line.percent, line.standing) == (Decimal(55), Standing.UNDERWAY)


def test_work_that_is_due_and_not_done_is_late_from_the_next_day_on(cast: Cast) -> None:
    year = year_plan(cast)
    item(cast, year, due_on=DAY)
    told = [lines_of(year, Q1, DAY + timedelta(days=days))[0].is_late for days in (0, 1)]
    assert told == [False, True]


def test_finished_or_stopped_work_is_never_late(cast: Cast) -> None:
    year = year_plan(cast)
    for standing in (Standing.DONE, Standing.STOPPED):
        report(cast, item(cast, year, due_on=date(2023, 3, 1)), standing)
    assert [line.standing for line in lines_of(year, Q1, DAY)] == [Standing.DONE, Standing.STOPPED]


def test_orphans_name_what_they_lack_and_a_task_needs_no_indicator(cast: Cast) -> None:
    year = year_plan(cast)
    measure = item(cast, year, owner_department="示例处")
    item(cast, measure, "示例任务", owner_unit=cast.east)
    assert [list(line.lacks) for line in lines_of(year, Q1, DAY)] == [[Lack.DATE, Lack.INDICATOR], [Lack.DATE]]


def test_a_measure_counts_its_tasks_and_those_done(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    report(cast, item(cast, measure, "一"), Standing.DONE)
    item(cast, measure, "二")
    line, *tasks = lines_of(measure.year_plan, Q1, DAY)
    assert (line.tasks, line.tasks_done, [task.number for task in tasks]) == (2, 1, ["1.1", "1.2"])


def test_a_change_keeps_what_it_was_with_who_when_and_why(cast: Cast) -> None:
    measure = item(cast, year_plan(cast), due_on=date(2023, 6, 30))
    new = NewItem(title=measure.title, due_on=date(2023, 9, 30))
    change_item(item=measure, new=new, reason="示例5号", by=cast.second_statistician, at=NOW)
    kept = ItemChange.objects.of(cast.city).get(item=measure)
    assert (kept.changes, kept.reason, kept.changed_by) == (
        {"due_on": ["2023-06-30", "2023-09-30"]},
        "示例5号",
        cast.second_statistician,
    )


def test_a_change_of_nothing_is_refused(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    with pytest.raises(NothingChanged):
        change_item(item=measure, new=NewItem(title=measure.title), reason="示例", by=cast.statistician, at=NOW)


def test_a_units_people_report_on_what_their_unit_owns_and_on_nothing_else(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    own, other = (item(cast, measure, unit.name, owner_unit=unit) for unit in (cast.east, cast.west))
    said = {"reported_on": DAY, "standing": Standing.DONE, "text": "示例", "by": cast.officer, "at": NOW}
    report_progress(item=own, units=frozenset({cast.east.pk}), **said)  # type: ignore[arg-type]
    with pytest.raises(NotOwner):
        report_progress(item=other, units=frozenset({cast.east.pk}), **said)  # type: ignore[arg-type]


def test_a_report_says_something_and_of_a_day_that_has_come(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    said = {"item": measure, "standing": Standing.DONE, "by": cast.statistician, "at": NOW}
    with pytest.raises(ReportEmpty):
        report_progress(reported_on=DAY, text=" ", **said)  # type: ignore[arg-type]
    with pytest.raises(NotYet):
        report_progress(reported_on=DAY + timedelta(days=1), text="示例", **said)  # type: ignore[arg-type]


def test_a_year_belongs_to_its_plan_and_stands_once(cast: Cast) -> None:
    plan = year_plan(cast).plan
    said = {"title": "示例", "document": "示例9号", "issued_on": DAY, "by": cast.statistician, "at": NOW}
    for year, refusal in ((2023, YearTaken), (2026, YearOutside)):
        with pytest.raises(refusal):
            add_year(plan=plan, year=year, **said)  # type: ignore[arg-type]


def test_the_database_refuses_a_changed_report_a_task_of_a_task_and_a_deleted_measure(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    task = item(cast, measure, "示例任务")
    told = report(cast, measure, Standing.DONE)

    def rewritten() -> None:
        told.text = "改"
        told.save(update_fields=["text"])

    def deleted() -> None:
        WorkItem.objects.of(cast.city).filter(pk=task.pk)._raw_delete("default")

    for act in (rewritten, lambda: item(cast, task, "任务的任务"), deleted):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_every_act_leaves_a_line_in_the_diary(cast: Cast) -> None:
    measure = item(cast, year_plan(cast))
    report(cast, measure, Standing.DONE)
    change_item(item=measure, new=NewItem(title="另一名"), reason="示例", by=cast.statistician, at=NOW)
    verbs = Event.objects.of(cast.city).filter(verb__startswith="plans.").values_list("verb", flat=True)
    wanted = ["plan.added", "year.added", "item.added", "item.reported", "item.changed"]
    assert sorted(verbs) == sorted(f"plans.{verb}" for verb in wanted)  # ids made in one millisecond have no order
