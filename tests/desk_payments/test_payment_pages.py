"""The list, one payment's page, and what may be done from it."""

from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.test import Client

from desk_payments.asking import entry, page, send, text_of, value_of
from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import parse_month
from zhaoshang.regions.actions import close_month
from zhaoshang.review.actions import decide


def fresh(payment: Payment) -> Payment:
    return Payment.objects.of(payment.city_id).get(pk=payment.pk)  # type: ignore[no-any-return]


def test_filters_stand_in_the_address_and_are_summed(cast: Cast, client: Client) -> None:
    cast.declared(), cast.declared(kind="land", amount_fen=3 * YI)
    shown = text_of(page(client, cast.leader, "desk:payment_list", kind="land", month="2023Q1"))
    assert "30,000.00" in shown
    assert "10,000.00" not in shown


@pytest.mark.parametrize("query", [{"month": "nonsense"}, {"batch": "x"}, {"after": "x"}, {"unit": "' OR 1=1"}])
def test_an_address_that_cannot_be_read_is_no_error(cast: Cast, client: Client, query: dict[str, str]) -> None:
    cast.declared()
    assert page(client, cast.leader, "desk:payment_list", **query).status_code == 200


@pytest.mark.case("B2")
def test_an_officer_sees_own_payments_only_in_list_and_in_the_file(cast: Cast, client: Client) -> None:
    cast.declared(payer="示例甲"), cast.declared(project=cast.harbour, payer="示例乙")
    shown = text_of(page(client, cast.officer, "desk:payment_list"))
    assert ("示例甲" in shown, "示例乙" in shown) == (True, False)
    assert page(client, cast.officer, "desk:payment_list", xlsx="1").status_code == 200


def test_pages_go_on_by_key_and_come_back(cast: Cast, client: Client) -> None:
    made = [cast.declared(with_evidence=False, amount_fen=YI + place) for place in range(52)]
    first = page(client, cast.leader, "desk:payment_list")
    second = page(client, cast.leader, "desk:payment_list", after=str(made[2].pk))
    assert (str(made[2].pk) in text_of(first), str(made[1].pk) in text_of(first)) == (True, False)
    assert str(made[1].pk) in text_of(second)
    back = page(client, cast.leader, "desk:payment_list", before=str(made[1].pk))
    assert (str(made[51].pk) in text_of(back), str(made[2].pk) in text_of(back)) == (True, True)


@pytest.mark.case("B2")
def test_another_districts_payment_is_absent(cast: Cast, client: Client) -> None:
    payment = cast.declared(project=cast.harbour)
    for name in ("desk:payment", "desk:payment_amend", "desk:payment_opposite", "desk:payment_resubmit"):
        assert page(client, cast.officer, name, payment.pk).status_code == 404
        assert page(client, cast.officer, name, uuid7()).status_code == 404


def test_the_page_says_what_counts_and_by_which_rule(cast: Cast, client: Client) -> None:
    payment = cast.verified(kind="working_capital")
    shown = text_of(page(client, cast.leader, "desk:payment", payment.pk))
    assert "流动资金按百分之三十计入" in shown
    assert "3,000.00" in shown
    assert payment.digest[:8] in shown


def test_buttons_are_those_that_the_role_may_press(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    officers, verifiers, leaders = (
        text_of(page(client, user, "desk:payment", payment.pk)) for user in (cast.officer, cast.verifier, cast.leader)
    )
    for address, seen in [("amend", (1, 0, 0)), ("withdraw", (1, 0, 0)), ("decide", (0, 1, 0)), ("again", (0, 0, 0))]:
        marks = tuple(f"/{payment.pk}/{address}/" in shown for shown in (officers, verifiers, leaders))
        assert marks == tuple(map(bool, seen)), address


def test_an_amended_payment_shows_the_new_amount(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    form = page(client, cast.officer, "desk:payment_amend", payment.pk)
    fields = entry(cast, amount="2", unit="亿元", revision=value_of(form, "revision"))
    assert send(client, cast.officer, "desk:payment_amend", payment.pk, **fields).status_code == 302
    assert fresh(payment).amount_fen == 2 * YI


@pytest.mark.case("G4")
def test_amending_what_another_has_changed_answers_409_with_the_difference(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    seen = payment.revision
    send(client, cast.officer, "desk:payment_amend", payment.pk, **entry(cast, amount="2", unit="亿元", revision=seen))
    late = send(client, cast.officer, "desk:payment_amend", payment.pk, **entry(cast, amount="3", revision=seen))
    assert (late.status_code, fresh(payment).amount_fen) == (409, 2 * YI)
    assert "100,000,000.00" in text_of(late)


@pytest.mark.case("B3")
def test_month_and_project_of_a_declared_payment_cannot_be_moved(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    fields = entry(cast, project="2023-0002", report_month=parse_month("2023-02"), revision=payment.revision)
    send(client, cast.officer, "desk:payment_amend", payment.pk, **fields)
    after = fresh(payment)
    assert (after.project_id, after.report_month) == (cast.plant.pk, parse_month("2023-03"))


def test_a_withdrawal_needs_a_reason_and_frees_the_slip(cast: Cast, client: Client) -> None:
    payment = cast.declared(bank_serial="SLIP-7")
    send(client, cast.officer, "desk:payment_withdraw", payment.pk, reason=" ")
    assert fresh(payment).standing == Standing.DECLARED
    send(client, cast.officer, "desk:payment_withdraw", payment.pk, reason="报错项目")
    assert fresh(payment).standing == Standing.WITHDRAWN
    assert cast.declared(bank_serial="SLIP-7").pk


def test_a_verified_payment_is_corrected_by_an_opposite_entry_only(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    assert page(client, cast.officer, "desk:payment_amend", payment.pk).status_code == 409
    fields = {"amount": "4000", "unit": "万元", "report_month": payment.report_month, "reason": "付款退回"}
    send(client, cast.officer, "desk:payment_opposite", payment.pk, **fields)
    opposite = Payment.objects.of(cast.city).get(reverses=payment)
    assert (opposite.amount_fen, opposite.reason) == (-4 * YI // 10, "付款退回")
    assert str(opposite.pk) in text_of(page(client, cast.leader, "desk:payment", payment.pk))


@pytest.mark.parametrize("change", [{"amount": "10001"}, {"amount": "-1"}, {"reason": " "}, {"report_month": "1"}])
def test_an_opposite_entry_that_cannot_be_is_refused(cast: Cast, client: Client, change: dict[str, Any]) -> None:
    payment = cast.verified()
    fields = {"amount": "1", "unit": "万元", "report_month": payment.report_month, "reason": "x"} | change
    response = send(client, cast.officer, "desk:payment_opposite", payment.pk, **fields)
    assert (response.status_code, Payment.objects.of(cast.city).count()) == (422, 1)


def test_history_is_told_from_the_diary(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    decide(payment=payment, verdict="return", revision=payment.revision, reason="回单不清", by=cast.verifier, at=NOW)
    shown = text_of(page(client, cast.officer, "desk:payment", payment.pk))
    for word in ("申报", "附上凭证", "退回", "回单不清", cast.verifier.display_name):
        assert word in shown


@pytest.mark.case("G6")
def test_a_declaration_after_the_due_day_is_stamped_late(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    assert "逾期申报" not in text_of(page(client, cast.leader, "desk:payment", payment.pk))
    send(client, cast.officer, "desk:payment_new", **entry(cast))
    late = Payment.objects.of(cast.city).exclude(pk=payment.pk).get()
    assert "逾期申报" in text_of(page(client, cast.leader, "desk:payment", late.pk))


@pytest.mark.case("F10")
def test_in_a_closed_month_nothing_can_be_done(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    close_month(city=cast.city, number=payment.report_month, by=cast.statistician, at=NOW)
    shown = text_of(page(client, cast.officer, "desk:payment", payment.pk))
    assert "/withdraw/" not in shown
    send(client, cast.officer, "desk:payment_withdraw", payment.pk, reason="x")
    assert fresh(payment).standing == Standing.DECLARED


@pytest.mark.case("B10")
def test_security_and_auditor_see_no_payments(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    for user in (cast.security, cast.auditor):
        assert page(client, user, "desk:payment_list").status_code == 403
        assert page(client, user, "desk:payment", payment.pk).status_code == 403


def test_an_opposite_entry_is_shown_with_its_original(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    opposite = declare_opposite(
        payment=payment, report_month=payment.report_month, amount_fen=YI, reason="误报", by=cast.officer, at=NOW
    )
    shown = text_of(page(client, cast.verifier, "desk:payment", opposite.pk))
    assert (str(payment.pk) in shown, "误报" in shown) == (True, True)


def test_too_many_rows_are_not_added_up_but_say_so(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoshang.desk.views.payments.MOST_SUMMED", 1)
    cast.declared(), cast.declared()
    assert "请缩小范围" in text_of(page(client, cast.leader, "desk:payment_list"))


def test_a_search_that_fits_many_projects_finds_their_payments_all_the_same(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhaoshang.desk.views.payments.MOST_PROJECTS", 1)
    made = [cast.declared(), cast.declared(project=cast.harbour)]
    shown = text_of(page(client, cast.leader, "desk:payment_list", project="示例"))
    assert all(str(payment.pk) in shown for payment in made)
