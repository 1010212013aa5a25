"""Months: closed by one, reopened by two, and nothing about it forgotten."""

import pytest
from cast import NOW, Cast
from django.db import connection
from django.test import Client

from desk_payments.asking import page, send, text_of
from zhaoshang.common.periods import parse_month
from zhaoshang.regions.actions import close_month
from zhaoshang.regions.models import MonthChange, ReportMonth

MARCH = parse_month("2023-03")


def is_open(cast: Cast) -> bool:
    return bool(ReportMonth.objects.of(cast.city).get(number=MARCH).is_open)


def closed(cast: Cast) -> None:
    close_month(city=cast.city, number=MARCH, by=cast.statistician, at=NOW)


def test_a_close_shows_first_what_would_be_left_out(cast: Cast, client: Client) -> None:
    cast.declared(), cast.declared(with_evidence=False)
    shown = text_of(page(client, cast.statistician, "desk:month", "2023-03"))
    for words in ("东山区", "20,000.00", "1 笔缺凭证", "汇总与明细一致"):
        assert words in shown


def test_what_is_undecided_must_be_acknowledged_before_a_close(cast: Cast, client: Client) -> None:
    cast.declared()
    send(client, cast.statistician, "desk:month_close", "2023-03")
    assert is_open(cast)
    send(client, cast.statistician, "desk:month_close", "2023-03", known="1")
    assert not is_open(cast)


def test_totals_that_do_not_agree_prevent_a_close(cast: Cast, client: Client) -> None:
    cast.verified()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE capital_total SET amount_fen = amount_fen + 1")
    send(client, cast.statistician, "desk:month_close", "2023-03", known="1")
    assert is_open(cast)


@pytest.mark.case("F12")
def test_a_reopening_takes_a_reason_and_a_second_person_and_stays_visible(cast: Cast, client: Client) -> None:
    closed(cast)
    send(client, cast.statistician, "desk:month_ask", "2023-03", reason=" ")
    assert not MonthChange.objects.of(cast.city).filter(kind="reopen").exists()
    send(client, cast.statistician, "desk:month_ask", "2023-03", reason="凭证补正")
    change = MonthChange.objects.of(cast.city).get(kind="reopen")
    send(client, cast.statistician, "desk:month_decide", change.pk, approved="1")
    assert not is_open(cast)
    send(client, cast.second_statistician, "desk:month_decide", change.pk, approved="1")
    assert is_open(cast)
    shown = text_of(page(client, cast.leader, "desk:month", "2023-03"))
    for words in ("凭证补正", cast.statistician.display_name, cast.second_statistician.display_name, "准予重开"):
        assert words in shown


def test_a_refused_reopening_leaves_the_month_closed(cast: Cast, client: Client) -> None:
    closed(cast)
    send(client, cast.statistician, "desk:month_ask", "2023-03", reason="x")
    change = MonthChange.objects.of(cast.city).get(kind="reopen")
    send(client, cast.verifier, "desk:month_decide", change.pk, approved="0")
    assert not is_open(cast)


def test_one_request_at_a_time(cast: Cast, client: Client) -> None:
    closed(cast)
    for _ in range(2):
        send(client, cast.statistician, "desk:month_ask", "2023-03", reason="x")
    assert MonthChange.objects.of(cast.city).filter(kind="reopen").count() == 1


def test_the_next_month_is_opened_with_its_due_day(cast: Cast, client: Client) -> None:
    for _press in "12":
        send(client, cast.statistician, "desk:month_begin", month="2023-04")
    april = ReportMonth.objects.of(cast.city).get(number=MARCH + 1)
    assert f"{april.due_on}" == "2023-05-05"
    assert not ReportMonth.objects.of(cast.city).filter(number__gt=MARCH + 1).exists(), "one press too many opens none"


@pytest.mark.case("G3")
@pytest.mark.parametrize("asked", ["", "2023-06", "2023-03", "x"])
def test_only_the_next_month_is_opened(cast: Cast, client: Client, asked: str) -> None:
    send(client, cast.statistician, "desk:month_begin", month=asked)
    assert not ReportMonth.objects.of(cast.city).filter(number__gt=MARCH).exists()


@pytest.mark.case("B5")
def test_only_the_statistician_closes(cast: Cast, client: Client) -> None:
    for user in (cast.officer, cast.verifier, cast.leader, cast.auditor):
        assert send(client, user, "desk:month_close", "2023-03", known="1").status_code == 403
    assert is_open(cast)


def test_a_month_that_never_was_is_absent(cast: Cast, client: Client) -> None:
    for text in ("2031-01", "nonsense", "2023-13"):
        assert page(client, cast.leader, "desk:month", text).status_code == 404


@pytest.mark.case("B2")
def test_an_officers_month_counts_own_payments_only(cast: Cast, client: Client) -> None:
    cast.declared(), cast.declared(project=cast.harbour)
    assert page(client, cast.officer, "desk:month_list").status_code == 200
    cast.verified(), cast.verified(project=cast.harbour)
    shown = text_of(page(client, cast.officer, "desk:month", "2023-03"))
    assert ("10,000.00" in shown, "20,000.00" in shown) == (True, False)
