"""Foreign money keeps its amount, rate, day and source, is converted once, and what was converted never changes by itself."""

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from desk_payments.asking import entry, faults_of, only, page, send, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from imports.sending import HEADING, book, declared, latest, line, press, upload
from intake.books import xlsx

from payments.foreign import DAY, SOURCE, dollars, rate
from zhaoshang.capital import actions, verification
from zhaoshang.capital.checkpoints import entries, walk
from zhaoshang.capital.currencies import (
    CURRENCIES,
    BadAmount,
    BadRateText,
    currency_of,
    fen_of,
    minor_of,
    rate_of_text,
    rate_text,
)
from zhaoshang.capital.exchange import BadRate, NewRate, NotConverted, RateMissing, Rates, enter_rates
from zhaoshang.capital.ledger import CAME_LATER, columns_of
from zhaoshang.capital.models import ExchangeRate, Payment
from zhaoshang.people.models import Event
from zhaoshang.regions.access import NotAllowed
from zhaoshang.review.intake_rows import stored_rows
from zhaoshang.tenancy import guards

TOOLS = Path(__file__).parents[2] / "tools"
MONEY = (*HEADING[:3], "币种", "原币金额", "汇率", "汇率日期", *HEADING[3:])


def row(
    amount: Any = "", currency: str = "USD", minor: Any = "1200000.55", stated: Any = "", on: str = ""
) -> tuple[Any, ...]:
    first = line(amount)
    return (*first[:3], currency, minor, stated, on, *first[3:])


@pytest.mark.case("F15")
def test_the_conversion_is_exact_and_rounded_once_half_to_even() -> None:
    assert fen_of(120_000_055, "USD", rate_of_text("6.8951"), "half_even") == 827_412_379
    assert fen_of(1, "USD", rate_of_text("2.5"), "half_even") == 2
    assert fen_of(1, "USD", rate_of_text("2.5"), "half_up") == 3
    assert fen_of(3, "USD", rate_of_text("0.5"), "half_even") == 2
    assert fen_of(1_000_000, "JPY", rate_of_text("4.9072", 100), "half_even") == 4_907_200
    assert fen_of(1_000, "KWD", rate_of_text("22.9"), "half_even") == 2_290


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 10**13), st.integers(1, 10**11), st.sampled_from(sorted(CURRENCIES)))
def test_no_conversion_is_off_by_more_than_half_a_fen(minor: int, rate_e8: int, currency: str) -> None:
    exact = Decimal(minor).scaleb(-CURRENCIES[currency].digits) * Decimal(rate_e8).scaleb(-8) * 100
    assert abs(fen_of(minor, currency, rate_e8, "half_even") - exact) <= Decimal("0.5")


def test_amounts_and_rates_that_say_less_or_more_than_they_can_are_refused() -> None:
    assert (minor_of(Decimal("10"), "JPY"), minor_of(Decimal("1.234"), "KWD")) == (10, 1234)
    for amount, currency in (
        (Decimal("0.5"), "JPY"),
        (Decimal("0.001"), "USD"),
        (Decimal(0), "USD"),
        (Decimal(-1), "USD"),
    ):
        with pytest.raises(BadAmount):
            minor_of(amount, currency)
    for text in ("", "0", "-1", "x", "NaN", "1e400", "0.000000001", "99999"):
        with pytest.raises(BadRateText):
            rate_of_text(text)
    assert [rate_text(rate_of_text(text)) for text in ("7", "6.8951", "0.049072")] == ["7.0000", "6.8951", "0.049072"]
    assert [currency_of(text) for text in ("美元", "usd", "人民币", "CNY", "比特币")] == ["USD", "USD", "", "", None]


@pytest.mark.case("F15")
def test_a_payment_in_dollars_keeps_its_original_and_counts_in_yuan(cast: Cast) -> None:
    payment = cast.verified(**dollars(cast))
    kept = Payment.objects.of(cast.city).get(pk=payment.pk)
    assert (kept.currency, kept.foreign_minor, kept.rate_e8, kept.rate_on) == ("USD", 120_000_055, 689_510_000, DAY)
    assert (kept.rate_source, kept.amount_fen) == (SOURCE, 827_412_379)
    assert walk(cast.city).faults == []


@pytest.mark.case("F15")
def test_a_rate_that_is_corrected_later_changes_no_payment(cast: Cast) -> None:
    payment = cast.verified(**dollars(cast))
    rate(cast, "6.9000", source="示例：更正公告")
    assert Payment.objects.of(cast.city).get(pk=payment.pk).amount_fen == 827_412_379
    assert walk(cast.city).faults == []
    assert Rates(cast.city).converted("USD", 100, DAY)[1] == 690
    held = ExchangeRate.objects.of(cast.city).order_by("revision").values_list("rate_e8", "revision")
    assert list(held) == [(689_510_000, 1), (690_000_000, 2)]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ExchangeRate.objects.of(cast.city).update(rate_e8=1)


@pytest.mark.case("F15")
def test_yuan_that_the_rate_does_not_make_are_refused(cast: Cast) -> None:
    wanted = dollars(cast)
    with pytest.raises(NotConverted):
        cast.declared(**wanted | {"amount_fen": wanted["amount_fen"] + 1})
    rate(cast, "6.9000", source="示例：更正公告")
    with pytest.raises(NotConverted):
        cast.declared(**wanted)
    with pytest.raises(RateMissing):
        cast.declared(**wanted | {"paid_on": date(2023, 2, 1)})
    assert not Payment.objects.of(cast.city).exists()


@pytest.mark.case("F15")
def test_the_rate_is_that_of_the_day_of_arrival_or_the_last_one_published_before(cast: Cast) -> None:
    rate(cast, "6.8", on=date(2023, 3, 3))
    rate(cast, "6.9", on=date(2023, 3, 8))
    rates = Rates(cast.city)
    assert [rates.on("USD", date(2023, 3, day)).on.day for day in (3, 5, 8, 13, 18)] == [3, 3, 8, 8, 8]
    for day in (date(2023, 3, 2), date(2023, 3, 19)):
        with pytest.raises(RateMissing):
            rates.on("USD", day)


@pytest.mark.case("F15")
def test_the_database_keeps_the_original_whole(cast: Cast) -> None:
    payment = cast.declared(**dollars(cast))
    key = Payment._meta.pk.get_db_prep_value(payment.pk, connection)
    for change in ("rate_on = NULL", "rate_source = ''", "currency = ''", "foreign_minor = NULL", "rate_e8 = 0"):
        with pytest.raises(DatabaseError, match="payment_foreign_whole"), transaction.atomic():
            connection.cursor().execute(f"UPDATE capital_payment SET {change} WHERE id = %s", [key])


def test_an_entry_in_yuan_is_hashed_as_before_foreign_money_was_known(cast: Cast) -> None:
    """So that every entry sealed by an earlier version still has its digest."""
    payment = cast.verified()
    assert not CAME_LATER & set(columns_of(payment))
    assert set(columns_of(cast.verified(**dollars(cast)))) >= CAME_LATER - {"counts_because"}
    with guards.suspended(), connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA ignore_check_constraints = ON"
            if connection.vendor == "sqlite"
            else "ALTER TABLE capital_payment DROP CONSTRAINT payment_foreign_whole"
        )
        cursor.execute("UPDATE capital_payment SET rate_source = 'x' WHERE seq = 1")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert any("序号 1" in fault for fault in walk(cast.city).faults)


def test_the_verifier_that_stands_alone_reads_chains_of_both(cast: Cast, tmp_path: Path) -> None:
    cast.verified()
    cast.verified(**dollars(cast))
    sys.path.insert(0, str(TOOLS))
    import verify_ledger

    lines = [entry.to_json() for entry in entries(cast.city)]
    assert verify_ledger.verify(lines, []).faults == []
    changed = json.loads(lines[1])
    for column, value in (("foreign_minor", "120000056"), ("currency", "EUR"), ("rate_e8", "1"), ("rate_source", "x")):
        forged = changed | {"columns": changed["columns"] | {column: value}}
        assert verify_ledger.verify([lines[0], json.dumps(forged)], []).faults, column


def test_the_same_slip_is_the_same_whatever_the_rate_became(cast: Cast) -> None:
    cast.declared(**dollars(cast), bank_serial="SLIP-F")
    rate(cast, "6.9000", source="示例：更正公告")
    foreign, fen = Rates(cast.city).converted("USD", 120_000_055, DAY)
    with pytest.raises(actions.ProofInUse):
        cast.declared(foreign=foreign, amount_fen=fen, bank_serial="SLIP-F")


def test_what_is_taken_back_of_a_foreign_payment_is_yuan(cast: Cast) -> None:
    payment = cast.verified(**dollars(cast))
    opposite = actions.declare_opposite(
        payment=payment,
        report_month=payment.report_month,
        amount_fen=payment.amount_fen,
        reason="退回",
        by=cast.officer,
        at=cast.now,
    )
    verification.verify(payment=opposite, revision=1, by=cast.verifier, at=cast.now)
    assert (Payment.objects.of(cast.city).get(pk=opposite.pk).currency, walk(cast.city).faults) == ("", [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"currency": "QQQ"}, "认不出币种"),
        ({"on": date(2023, 12, 1)}, "还没有到"),
        ({"rate_e8": 0}, "大于零"),
        ({"source": " "}, "来源"),
    ],
)
def test_rates_that_cannot_be_are_refused_whole(cast: Cast, change: dict[str, Any], said: str) -> None:
    sound = {"currency": "USD", "on": DAY, "rate_e8": 689_510_000, "source": SOURCE}
    wanted = [NewRate(**sound), NewRate(**sound | {"on": date(2023, 3, 1)} | change)]
    with pytest.raises(BadRate, match=said) as refusal:
        enter_rates(city=cast.city, rates=wanted, by=cast.statistician, at=cast.now)
    assert (refusal.value.line, ExchangeRate.objects.of(cast.city).count()) == (2, 0)


def test_rates_are_the_statisticians_to_enter(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        enter_rates(city=cast.city, rates=[], by=cast.officer, at=cast.now)


@pytest.mark.case("F15")
def test_the_officer_declares_dollars_on_the_page_and_sees_the_conversion(cast: Cast, client: Client) -> None:
    filled = {"amount": "120", "unit": "万元", "currency": "USD"}
    refused = send(client, cast.officer, "desk:payment_new", **entry(cast, **filled))
    assert refused.status_code == 422 and "没有汇率" in faults_of(refused)
    rate(cast)
    echo = text_of(page(client, cast.officer, "desk:payment_echo", **filled, paid_on="2023-03-06"))
    assert "1,200,000.00 美元（USD） × 6.8951（2023-03-06）= 8,274,120.00 元" in echo
    assert "先填到账日期" in text_of(page(client, cast.officer, "desk:payment_echo", **filled))
    assert send(client, cast.officer, "desk:payment_new", **entry(cast, **filled)).status_code == 302
    payment = only(cast)
    assert (payment.amount_fen, payment.foreign_minor) == (827_412_000, 120_000_000)
    shown = text_of(page(client, cast.verifier, "desk:payment", payment.pk))
    assert "× 6.8951（2023-03-06）= 8,274,120.00 元" in shown and SOURCE in shown
    assert "1,200,000.00 美元（USD）" in text_of(page(client, cast.officer, "desk:payment_list"))
    again = text_of(page(client, cast.officer, "desk:payment_amend", payment.pk))
    assert 'value="1200000.00"' in again


def test_an_amendment_turns_dollars_into_yuan_and_back(cast: Cast) -> None:
    payment = cast.declared(**dollars(cast))
    actions.amend(payment=payment, draft=cast.draft(), revision=payment.revision, by=cast.officer, at=cast.now)
    payment = Payment.objects.of(cast.city).select_related("project", "city").get(pk=payment.pk)
    assert (payment.foreign, payment.currency) == (None, "")
    actions.amend(
        payment=payment, draft=cast.draft(**dollars(cast)), revision=payment.revision, by=cast.officer, at=cast.now
    )
    assert only(cast).foreign is not None
    before = Event.objects.of(cast.city).filter(verb="capital.payment.amended").order_by("id").last()
    assert before.detail["before"]["rate_on"] == ""


@pytest.mark.case("F15")
def test_a_workbook_names_currency_and_amount_and_the_yuan_follow(cast: Cast, client: Client) -> None:
    rate(cast)
    upload(client, cast, book(row(), heading=MONEY))
    shown = text_of(client.get(reverse("desk:import", args=[latest(cast).pk])))
    assert "1,200,000.55 美元（USD）" in shown
    press(client, latest(cast), "accept")
    assert [(one.amount_fen, one.foreign_minor) for one in declared(cast)] == [(827_412_379, 120_000_055)]
    again = book(row(stated="6.8951", on="2023-03-06", amount="827.412379"), heading=MONEY)
    upload(client, cast, again, name="再报.xlsx")
    assert [one["act"] for one in stored_rows(latest(cast))] == ["unchanged"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"currency": "比特币"}, "currency_unknown"),
        ({"currency": ""}, "currency_missing"),
        ({"minor": ""}, "foreign_missing"),
        ({"minor": "0.001"}, "foreign_unreadable"),
        ({"currency": "EUR"}, "rate_missing"),
        ({"stated": "7"}, "rate_differs"),
        ({"stated": "x"}, "rate_unreadable"),
        ({"on": "2023-03-05"}, "rate_day_differs"),
        ({"amount": "827.41"}, "amount_not_converted"),
    ],
)
def test_a_row_that_contradicts_the_rate_on_record_names_its_cell(
    cast: Cast, client: Client, said: dict[str, Any], code: str
) -> None:
    rate(cast)
    upload(client, cast, book(row(**said), heading=MONEY))
    faults = [one for one in latest(cast).problems if one["fatal"]]
    assert code in [one["code"] for one in faults] and all(one["column"] for one in faults)
    assert not declared(cast)


@pytest.mark.case("F15")
def test_the_api_takes_rates_and_foreign_payments(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    body = {"rates": [{"currency": "JPY", "on": "2023-03-06", "rate": "0.050774", "source": SOURCE}]}
    made = client.post("/api/exchange-rates", body, content_type="application/json")
    assert (made.status_code, made.json()["written"]) == (201, 1)
    assert client.post("/api/exchange-rates", body, content_type="application/json").json()["written"] == 0
    assert client.get("/api/exchange-rates?currency=JPY").json()["rows"][0]["rate"] == "0.050774"
    client.force_login(cast.officer)
    assert client.post("/api/exchange-rates", body, content_type="application/json").status_code == 403
    wanted = {"project": cast.plant.code, "month": "2023-03", "paid_on": "2023-03-06", "source_code": "000000", "kind": "equity",
              "origin": "new", "currency": "JPY", "foreign_amount": "100000000"}  # fmt: skip
    answer = client.post("/api/payments", wanted, content_type="application/json")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["amount"], told["foreign_amount"], told["rate"]) == ("5077400.00", "100000000", "0.050774")
    for change, status, code in (
        ({"currency": "USD"}, 409, "rate_missing"),
        ({"amount": "1.00"}, 409, "not_converted"),
        ({"currency": "ABC"}, 422, "invalid"),
        ({"currency": None}, 422, "invalid"),
        ({"foreign_amount": "0.5"}, 422, "invalid"),
    ):
        refused = client.post("/api/payments", wanted | change, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.content


def test_the_statistician_enters_rates_by_page_and_sheet(cast: Cast, client: Client) -> None:
    filled = {"currency": "JPY", "on": "2023-03-06", "units": "100", "rate": "5.0774", "source": SOURCE}
    assert send(client, cast.statistician, "desk:exchange_new", **filled).status_code == 302
    assert send(client, cast.statistician, "desk:exchange_new", **filled | {"rate": "0"}).status_code == 422
    sound = xlsx(
        ("日期", "币种", "汇率", "来源"),
        ("2023-03-06", "美元", "6.8951", SOURCE),
        ("2023-03-07", "USD", 6.9156, SOURCE),
    )
    bad = xlsx(
        ("日期", "币种", "汇率"),
        ("2023-02-30", "USD", "6.9"),
        ("2023-03-07", "贝壳", "6.9"),
        ("2023-03-07", "USD", "-1"),
    )
    refused = send(client, cast.statistician, "desk:exchange_upload", file=SimpleUploadedFile("a.xlsx", bad))
    assert refused.status_code == 422 and all(cell in text_of(refused) for cell in ("A2", "B3", "C4"))
    assert (
        send(client, cast.statistician, "desk:exchange_upload", file=SimpleUploadedFile("a.xlsx", sound)).status_code
        == 302
    )
    assert ExchangeRate.objects.of(cast.city).count() == 3
    shown = text_of(page(client, cast.officer, "desk:exchange_list", currency="USD"))
    assert "6.8951" in shown and "6.9156" in shown and "0.050774" not in shown
    assert page(client, cast.officer, "desk:exchange_list", xlsx="1")["Content-Disposition"].startswith("attachment")
