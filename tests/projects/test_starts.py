"""Units start together: counted by district, each project by its file, and looked for again after 30 and 90 days."""

from datetime import date

import pytest
from cast import NOW, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.bulletins.start_counts import with_starts
from zhaoshang.capital.starts import Sign, check_starts
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.queries import figure
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.people.models import Event
from zhaoshang.projects.models import StartEvent
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import (
    NotStarted,
    StartCodeTaken,
    UnknownYear,
    call_start,
    first_working_day_after_spring_festival,
    list_starts,
    started_projects,
)
from zhaoshang.reading import read
from zhaoshang.regions.access import NotAllowed

pytestmark = pytest.mark.django_db
DAY = date(2023, 1, 28)
Q1 = Period.parse("2023Q1")


def event(cast: Cast, *beside: str) -> StartEvent:
    told = {"code": "start-2023", "title": "示例同步开工", "document": "示例通知1号", "beside": beside}
    return call_start(city=cast.city, day=DAY, by=cast.statistician, at=NOW, **told)  # type: ignore[arg-type]


def begin(cast: Cast, held: StartEvent) -> None:
    """Both projects hold their file and are listed."""
    for project in (cast.plant, cast.harbour):
        pdf = f"%PDF-1.4\n% sample {project.code}\n%%EOF\n".encode()
        given = {"stage": "started", "kind": "start_proof", "content": pdf, "name": "a.pdf"}
        attach_proof(project=project, by=cast.statistician, at=NOW, **given)  # type: ignore[arg-type]
    list_starts(event=held, projects=[cast.plant, cast.harbour], by=cast.statistician, at=NOW)


def indicator(cast: Cast) -> None:
    dictionary(cast)
    named = define_indicator(
        city=cast.city, code="starts", name="同步开工地区", name_en="Districts starting together", unit_of_value=Unit.COUNT,
        reading_class="starts", words=["同步开工地区"], position=9, by=cast.statistician, at=NOW,
    )  # fmt: skip
    add_version(
        indicator=named, code="v1", title="同步开工地区数", title_en="Districts starting together", definition="示例",
        measure=Measure.STARTS, valid_from=parse_month("2022-01"), source="示例", by=cast.statistician, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "day"), [(2022, date(2022, 2, 7)), (2023, date(2023, 1, 28)), (2024, date(2024, 2, 18))]
)
def test_the_first_working_day_after_spring_festival_follows_the_state_councils_calendar(year: int, day: date) -> None:
    assert first_working_day_after_spring_festival(year) == day


def test_a_year_without_a_calendar_is_not_guessed() -> None:
    with pytest.raises(UnknownYear):
        first_working_day_after_spring_festival(2099)


def test_a_project_without_its_file_is_not_listed(cast: Cast) -> None:
    with pytest.raises(NotStarted, match=cast.plant.code):
        list_starts(event=event(cast), projects=[cast.plant], by=cast.statistician, at=NOW)


def test_an_officer_lists_the_own_unit_only_and_calls_no_start(cast: Cast) -> None:
    held = event(cast)
    with pytest.raises(NotAllowed):
        list_starts(event=held, projects=[cast.harbour], by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        call_start(city=cast.city, code="x", day=DAY, title="x", document="x", by=cast.officer, at=NOW)
    with pytest.raises(StartCodeTaken):
        event(cast)


def test_districts_count_once_and_those_named_beside_them_not(cast: Cast) -> None:
    indicator(cast)
    begin(cast, event(cast))
    assert figure(cast.city, "starts", Q1).value == 2
    assert figure(cast.city, "starts", Q1, cast.east).value == 1
    assert figure(cast.city, "starts", Period.parse("2022")).value == 0
    assert {one.code for one in started_projects(cast.city, Q1)} == {cast.plant.code, cast.harbour.code}
    assert Event.objects.of(cast.city).filter(verb="projects.start.listed").count() == 1


@pytest.mark.parametrize(("text", "outcome"), [("1个地区", Outcome.CONFIRMED), ("3个地区", Outcome.DIFFERS)])
def test_a_texts_count_is_held_against_the_listed_starts(cast: Cast, text: str, outcome: Outcome) -> None:
    indicator(cast)
    begin(cast, event(cast, "west"))
    said = f"2023年一季度，示例市{text}和西海区同步举行项目开工启动仪式。"
    (verdict,) = [one for one in check(cast.city, read(said)).verdicts if one.claim.indicator_class == "starts"]
    assert verdict.outcome == outcome


def test_a_count_of_districts_that_start_nothing_stays_what_it_was() -> None:
    reading = read("2023年一季度，示例市12个地区完成到位内资1亿元。")
    assert with_starts(reading) is reading


def test_checks_are_computed_from_payments_and_notes(cast: Cast) -> None:
    """The plant is paid on 10 February, and has a note on 1 April; the harbour has neither."""
    held = event(cast)
    begin(cast, held)
    cast.verified(paid_on=date(2023, 2, 10))
    note_progress(project=cast.plant, on=date(2023, 4, 1), text="主体封顶", by=cast.officer, at=NOW)
    found = {one.listed.project.code: one.signs for one in check_starts(held, date(2023, 5, 1))}
    assert found == {cast.plant.code: (Sign.OK, Sign.OK), cast.harbour.code: (Sign.NONE, Sign.NONE)}
    early = {one.listed.project.code: one.signs for one in check_starts(held, date(2023, 2, 1))}
    assert early[cast.harbour.code] == (Sign.NOT_DUE, Sign.NOT_DUE)


def test_a_payment_that_is_only_declared_is_no_sign(cast: Cast) -> None:
    held = event(cast)
    begin(cast, held)
    cast.declared(paid_on=date(2023, 2, 10))
    assert all(one.signs == (Sign.NONE, Sign.NONE) for one in check_starts(held, date(2023, 5, 1)))


def test_a_check_says_nothing_before_its_day_and_the_page_names_the_day(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = event(cast)
    begin(cast, held)
    note_progress(project=cast.plant, on=date(2023, 4, 1), text="主体封顶", by=cast.officer, at=NOW)
    found = {one.listed.project.code: one.signs for one in check_starts(held, date(2023, 4, 10))}
    assert found[cast.plant.code] == (Sign.NONE, Sign.NOT_DUE)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2023, 4, 10))
    client.force_login(cast.statistician)
    assert "2023-04-28 检查" in client.get("/desk/starts/start-2023/").content.decode()
