"""Clocks that jump or differ, leap day and turn of the year: the chain keeps its order, each payment its month, deadlines their day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from api.asking import body, post
from cast import NOW, Cast
from django.test import Client
from django.utils import timezone

from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.people.diary import record
from zhaoshang.regions.actions import AlreadyClosed, close_month, open_month
from zhaoshang.regions.models import ReportMonth
from zhaoshang.review.actions import decide, submit
from zhaoshang.review.rules import is_late
from zhaoshang.tenancy import clock

DAY, YEAR = timedelta(days=1), timedelta(days=365)


def entered(cast: Cast, at: datetime, **changes: Any) -> Payment:
    """Declared and verified at one moment of some server's clock."""
    draft = cast.draft(kind=Kind.WORKING_CAPITAL, bank_serial="", **changes)
    payment = submit(draft=draft, proofs=[], by=cast.officer, at=at)
    return decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=at)


@pytest.mark.case("H6")
def test_the_chain_keeps_its_order_whatever_the_clocks_say(cast: Cast) -> None:
    """A clock set back a day, one that ran ahead a year, and two servers ten minutes apart that take turns."""
    moments = [NOW, NOW - DAY, NOW + YEAR, NOW, *(NOW + timedelta(minutes=10 * (turn % 2)) for turn in range(6))]
    made = [entered(cast, at) for at in moments]
    assert [payment.seq for payment in made] == list(range(1, len(moments) + 1))
    assert (walk(cast.city).faults, {payment.report_month for payment in made}) == ([], {parse_month("2023-03")})


@pytest.mark.case("H6")
def test_a_month_that_was_closed_stays_closed_when_the_clock_goes_back(cast: Cast) -> None:
    month = parse_month("2023-03")
    close_month(city=cast.city, number=month, by=cast.statistician, at=NOW)
    with pytest.raises(AlreadyClosed):
        close_month(city=cast.city, number=month, by=cast.statistician, at=NOW - 40 * DAY)
    assert not ReportMonth.objects.of(cast.city).get(number=month).is_open


@pytest.mark.case("H6")
def test_a_clock_behind_the_diary_is_told_to_who_runs_the_server(cast: Cast, client: Client, settings: Any) -> None:
    settings.CITY = cast.city.code
    parts = client.get("/readyz").json()["parts"]
    assert parts["clock"] == {"good": True, "told": "goes on"}
    record("people.role.granted", city=cast.city, by=None, at=timezone.now() + DAY)
    answer = client.get("/readyz")
    assert answer.status_code == 200 and not answer.json()["parts"]["clock"]["good"]
    assert "behind the diary" in answer.json()["parts"]["clock"]["told"]


@pytest.mark.case("H6")
def test_at_the_turn_of_the_year_the_city_s_midnight_counts(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """16:30 in UTC on New Year's Eve is half past midnight here: the new year's first day, and after a due day of 31 December."""
    eve = datetime(2022, 12, 31, 15, 30, tzinfo=UTC)
    december = parse_month("2022-12")
    assert [str(timezone.localdate(eve + timedelta(hours=hours))) for hours in (0, 1)] == ["2022-12-31", "2023-01-01"]
    assert [is_late(timezone.localdate(eve + timedelta(hours=hours)), date(2022, 12, 31)) for hours in (0, 1)] == [
        False,
        True,
    ]
    client.force_login(cast.officer)
    monkeypatch.setattr(clock, "_real_now", lambda: eve + timedelta(hours=1))
    client.force_login(cast.officer)
    sent = body(cast, month="2022-12", paid_on="2022-12-31", kind="working_capital")
    told = post(client, "payments", sent).json()
    assert (told["month"], told["paid_on"]) == ("2022-12", "2022-12-31")
    payment = Payment.objects.of(cast.city).get()
    decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=eve)
    assert payment.report_month == december and str(timezone.localdate(payment.declared_at)) == "2023-01-01"


@pytest.mark.case("H6")
def test_the_leap_day_is_a_day_of_february_and_of_no_other_year(cast: Cast, client: Client) -> None:
    february = parse_month("2024-02")
    open_month(city=cast.city, number=february, due_on=date(2024, 3, 5), by=cast.statistician, at=NOW)
    client.force_login(cast.officer)
    sent = body(cast, month="2024-02", paid_on="2024-02-29", kind="working_capital")
    assert post(client, "payments", sent).status_code == 201
    wrong = post(client, "payments", sent | {"paid_on": "2023-02-29", "bank_serial": "API-2"})
    assert wrong.status_code == 422 and "paid_on" in wrong.content.decode()
    payment = Payment.objects.of(cast.city).get()
    assert (payment.report_month, payment.paid_on) == (february, date(2024, 2, 29))
    assert [Period(february, february).first_day(), Period(february, february).last_day()] == [
        date(2024, 2, 1),
        date(2024, 2, 29),
    ]
