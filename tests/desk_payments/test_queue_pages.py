"""The verifier's queue: by bulk and one by one, never what was not looked at."""

import pytest
from cast import YI, Cast
from django.test import Client
from django.urls import reverse

from desk_payments.asking import entry, page, send, text_of
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.people.models import Event


def standing(payment: Payment) -> str:
    return str(Payment.objects.of(payment.city_id).get(pk=payment.pk).standing)


def ticked(*payments: Payment) -> list[str]:
    return [f"{payment.pk}:{payment.revision}" for payment in payments]


def test_the_queue_shows_what_is_missing_and_what_looks_wrong(cast: Cast, client: Client) -> None:
    cast.declared(with_evidence=False, amount_fen=6 * YI)
    shown = text_of(page(client, cast.verifier, "desk:queue_list"))
    assert "银行进账单或三方盖章进度表" in shown
    assert "累计到位超过合同额" in shown


def test_ticked_rows_are_verified_each_for_itself(cast: Cast, client: Client) -> None:
    good, bare = cast.declared(), cast.declared(with_evidence=False)
    response = send(client, cast.verifier, "desk:queue_decide", verdict="verify", chosen=ticked(good, bare))
    assert (response.status_code, standing(good), standing(bare)) == (409, Standing.VERIFIED, Standing.DECLARED)
    assert "缺少凭证" in text_of(response)


def test_ticked_rows_are_returned_with_one_reason(cast: Cast, client: Client) -> None:
    payments = [cast.declared(), cast.declared()]
    send(client, cast.verifier, "desk:queue_decide", verdict="return", reason="回单不清", chosen=ticked(*payments))
    assert {one.return_reason for one in Payment.objects.of(cast.city)} == {"回单不清"}


def test_a_return_without_a_reason_is_refused(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    response = send(client, cast.verifier, "desk:queue_decide", verdict="return", chosen=ticked(payment))
    assert (response.status_code, standing(payment)) == (409, Standing.DECLARED)


@pytest.mark.case("F9")
def test_what_changed_between_view_and_click_must_be_looked_at_again(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    fields = entry(cast, amount="2", unit="亿元", revision=payment.revision)
    send(client, cast.officer, "desk:payment_amend", payment.pk, **fields)
    response = send(
        client, cast.verifier, "desk:payment_decide", payment.pk, verdict="verify", revision=payment.revision
    )
    assert (response.status_code, standing(payment)) == (409, Standing.DECLARED)
    shown = text_of(response)
    assert "100,000,000.00" in shown
    assert "200,000,000.00" in shown


def test_after_a_decision_comes_the_next_of_the_queue(cast: Cast, client: Client) -> None:
    first, second = cast.declared(), cast.declared()
    fields = {"verdict": "verify", "revision": first.revision, "queue": "1"}
    response = send(client, cast.verifier, "desk:payment_decide", first.pk, **fields)
    assert response["Location"] == f"{reverse('desk:payment', args=[second.pk])}?queue=1"
    fields = {"verdict": "verify", "revision": second.revision, "queue": "1"}
    response = send(client, cast.verifier, "desk:payment_decide", second.pk, **fields)
    assert response["Location"] == reverse("desk:queue_list")


@pytest.mark.case("B5", "F23")
def test_a_clerk_who_asks_to_decide_is_refused_and_written_down(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    fields = {"verdict": "verify", "revision": payment.revision}
    assert send(client, cast.officer, "desk:payment_decide", payment.pk, **fields).status_code == 403
    assert send(client, cast.officer, "desk:queue_decide", verdict="verify", chosen=ticked(payment)).status_code == 403
    assert standing(payment) == Standing.DECLARED
    assert Event.objects.of(cast.city).filter(refused=True, by=cast.officer).count() == 2


@pytest.mark.case("D1")
def test_nothing_is_decided_by_looking(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    assert page(client, cast.verifier, "desk:payment_decide", payment.pk, verdict="verify").status_code == 405
    assert standing(payment) == Standing.DECLARED


def test_a_decided_payment_is_not_decided_again(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    fields = {"verdict": "return", "revision": payment.revision, "reason": "x"}
    send(client, cast.verifier, "desk:payment_decide", payment.pk, **fields)
    assert standing(payment) == Standing.VERIFIED


def test_nonsense_in_the_boxes_is_no_error(cast: Cast, client: Client) -> None:
    response = send(client, cast.verifier, "desk:queue_decide", verdict="verify", chosen=["x", "1:2", ":", ""])
    assert response.status_code == 302
