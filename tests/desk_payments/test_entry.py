"""Declaring by form: quickly, once, and without losing what was typed."""

from typing import Any

import pytest
from cast import YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk_payments.asking import entry, faults_of, only, page, send, text_of, value_of
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.desk.forms.payment import new_key
from zhaoshang.regions.actions import close_month
from zhaoshang.review.actions import decide


def pdf(name: str = "slip.pdf", mark: str = "a") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.4\n% sample {mark}\n%%EOF\n".encode())


def count(cast: Cast) -> int:
    return int(Payment.objects.of(cast.city).count())


def test_an_officer_declares_with_a_receipt_in_one_form(cast: Cast, client: Client) -> None:
    fields = entry(cast, proof_1="bank_receipt", file_1=pdf())
    response = send(client, cast.officer, "desk:payment_new", **fields)
    payment = only(cast)
    assert (response.status_code, payment.amount_fen, payment.standing) == (302, 12 * YI // 100, Standing.DECLARED)
    assert Evidence.objects.of(cast.city).get(payment=payment).kind == "bank_receipt"


def test_save_and_next_keeps_project_and_month(cast: Cast, client: Client) -> None:
    response = send(client, cast.officer, "desk:payment_new", **entry(cast, then="next"))
    following = client.get(response["Location"])
    assert "2023-0001 示例工厂" in text_of(following)
    assert value_of(following, "report_month") == str(entry(cast)["report_month"])


@pytest.mark.parametrize(
    ("typed", "unit", "fen"),
    [
        ("1.2亿", "元", 120_000_000_00),
        ("１，２００", "万元", 1200_0000_00),
        ("0.01", "元", 1),
        ("7.294", "亿元", 729_400_000_00),
    ],
)
def test_an_amount_is_understood_as_people_write_it(
    cast: Cast, client: Client, typed: str, unit: str, fen: int
) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast, amount=typed, unit=unit))
    assert only(cast).amount_fen == fen


@pytest.mark.parametrize("typed", ["-5", "0", "1e3", "1,2万", "约3000", "=1+1", "NaN", "0.001"])
def test_an_amount_that_is_none_is_refused_and_kept_in_the_form(cast: Cast, client: Client, typed: str) -> None:
    response = send(client, cast.officer, "desk:payment_new", **entry(cast, amount=typed, unit="元"))
    assert (response.status_code, count(cast), value_of(response, "amount")) == (422, 0, typed)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paid_on", "2099-01-01"),
        ("paid_on", "1999-12-31"),
        ("paid_on", "2023-04-01"),
        ("source_code", "999999"),
        ("kind", "gift"),
        ("project", "没有的项目"),
        ("report_month", "1"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, client: Client, field: str, value: str) -> None:
    response = send(client, cast.officer, "desk:payment_new", **entry(cast, **{field: value}))
    assert (response.status_code, count(cast)) == (422, 0)


@pytest.mark.case("G3")
def test_a_double_click_makes_one_payment(cast: Cast, client: Client) -> None:
    fields = entry(cast)
    first = send(client, cast.officer, "desk:payment_new", **fields)
    second = send(client, cast.officer, "desk:payment_new", **fields)
    assert (count(cast), second["Location"]) == (1, first["Location"])


@pytest.mark.case("G3")
def test_the_same_form_with_another_amount_is_a_conflict(cast: Cast, client: Client) -> None:
    fields = entry(cast)
    send(client, cast.officer, "desk:payment_new", **fields)
    response = send(client, cast.officer, "desk:payment_new", **fields | {"amount": "9"})
    assert (response.status_code, count(cast)) == (409, 1)


def test_another_persons_form_key_is_worth_nothing(cast: Cast, client: Client) -> None:
    fields = entry(cast, key=new_key(cast.other_officer.pk), is_another="on")
    send(client, cast.officer, "desk:payment_new", **fields)
    send(client, cast.officer, "desk:payment_new", **fields)
    assert count(cast) == 2


@pytest.mark.case("G3")
def test_two_forms_opened_apart_are_one_payment_until_somebody_says_that_it_is_another(
    cast: Cast, client: Client
) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast))
    fields = entry(cast)
    asked = send(client, cast.officer, "desk:payment_new", **fields)
    assert (asked.status_code, count(cast)) == (422, 1)
    assert f'href="/desk/payments/{only(cast).pk}/"' in asked.content.decode() and value_of(asked, "amount") == "1,200"
    assert send(client, cast.officer, "desk:payment_new", **fields | {"is_another": "on"}).status_code == 302
    assert count(cast) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"bank_serial": "S-2"}, 302),
        ({"bank_serial": ""}, 422),
        ({"amount": "1201"}, 302),
        ({"paid_on": "2023-03-07"}, 302),
        ({"bank_serial": "", "payer": "示例另一付款单位"}, 422),
    ],
)
@pytest.mark.case("G3")
def test_slips_amounts_and_days_tell_payments_apart(
    cast: Cast, client: Client, change: dict[str, str], told: int
) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast, bank_serial="S-1"))
    again = entry(cast, bank_serial="S-3")
    assert send(client, cast.officer, "desk:payment_new", **again | change).status_code == told


@pytest.mark.case("G3")
def test_what_was_returned_is_declared_again_without_a_question(cast: Cast, client: Client) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast))
    decide(payment=only(cast), verdict="return", revision=1, reason="示例", by=cast.verifier, at=cast.now)
    assert send(client, cast.officer, "desk:payment_new", **entry(cast)).status_code == 302


@pytest.mark.case("B3")
def test_an_officer_cannot_declare_for_another_district(cast: Cast, client: Client) -> None:
    response = send(client, cast.other_officer, "desk:payment_new", **entry(cast))
    assert (response.status_code, count(cast)) == (422, 0)


@pytest.mark.parametrize(
    "field", ["standing", "seq", "declared_by", "decided_by", "declared_at", "unit", "digest", "id", "city", "is_staff"]
)
@pytest.mark.case("B6")
def test_columns_that_nobody_types_cannot_be_sent(cast: Cast, client: Client, field: str) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast) | {field: "verified" if field != "unit" else "万元"})
    payment = only(cast)
    assert (payment.standing, payment.seq, payment.declared_by_id) == (Standing.DECLARED, None, cast.officer.pk)


def test_a_used_slip_names_both_payments_with_a_link(cast: Cast, client: Client) -> None:
    first = cast.declared(bank_serial="SLIP-9", amount_fen=12 * YI // 100)
    response = send(client, cast.officer, "desk:payment_new", **entry(cast, bank_serial="slip-9"))
    assert f"/desk/payments/{first.pk}/" in text_of(response)


def test_a_slip_used_by_another_district_names_only_the_district(cast: Cast, client: Client) -> None:
    first = cast.declared(bank_serial="SLIP-8", amount_fen=12 * YI // 100)
    fields = entry(cast, project="2023-0002", bank_serial="SLIP-8", key="")
    shown = text_of(send(client, cast.other_officer, "desk:payment_new", **fields))
    assert "东山区" in shown
    assert str(first.pk) not in shown
    assert "示例工厂" not in shown


def test_a_file_that_was_taken_in_need_not_be_chosen_again(cast: Cast, client: Client) -> None:
    refused = send(client, cast.officer, "desk:payment_new", **entry(cast, amount="?", proof_1="invoice", file_1=pdf()))
    token = value_of(refused, "kept_1")
    send(client, cast.officer, "desk:payment_new", **entry(cast, proof_1="invoice", kept_1=token))
    assert Evidence.objects.of(cast.city).get(payment=only(cast)).kind == "invoice"


@pytest.mark.case("C11")
def test_a_file_of_the_wrong_kind_is_refused_with_the_reason(cast: Cast, client: Client) -> None:
    page_as_pdf = SimpleUploadedFile("slip.pdf", b"<html><script>1</script></html>")
    response = send(client, cast.officer, "desk:payment_new", **entry(cast, proof_1="invoice", file_1=page_as_pdf))
    assert (response.status_code, count(cast)) == (422, 0)
    assert "PDF" in faults_of(response)


@pytest.mark.case("F10")
def test_a_closed_month_is_not_offered(cast: Cast, client: Client) -> None:
    month = entry(cast)["report_month"]
    close_month(city=cast.city, number=month, by=cast.statistician, at=cast.rules.drafted_at)
    response = send(client, cast.officer, "desk:payment_new", **entry(cast))
    assert (response.status_code, count(cast)) == (422, 0)


def test_a_returned_payment_is_declared_again_as_it_was(cast: Cast, client: Client) -> None:
    first = cast.declared()
    decide(
        payment=first,
        verdict="return",
        revision=first.revision,
        reason="金额不符",
        by=cast.verifier,
        at=first.declared_at,
    )
    form = page(client, cast.officer, "desk:payment_resubmit", first.pk)
    assert "金额不符" in text_of(form)
    token = value_of(form, "kept_1")
    fields = entry(cast, amount="9,000", bank_serial=first.bank_serial, proof_1="bank_receipt", kept_1=token)
    send(client, cast.officer, "desk:payment_resubmit", first.pk, **fields)
    again = Payment.objects.of(cast.city).get(succeeds=first)
    assert (again.amount_fen, Evidence.objects.of(cast.city).filter(payment=again).count()) == (9 * YI // 10, 1)


def test_the_amount_is_read_back_in_words(cast: Cast, client: Client) -> None:
    shown = text_of(page(client, cast.officer, "desk:payment_echo", amount="1.2亿", unit="万元"))
    assert "120,000,000.00 元" in shown
    assert "壹亿贰仟万元整" in shown


def test_what_is_read_back_is_never_markup(cast: Cast, client: Client) -> None:
    shown = text_of(page(client, cast.officer, "desk:payment_echo", amount="<img src=x>", unit="元"))
    assert "<img" not in shown


@pytest.mark.case("B2")
def test_only_own_projects_are_offered(cast: Cast, client: Client) -> None:
    assert "2023-0002" not in text_of(page(client, cast.officer, "desk:project_suggest", project="2023"))
    assert "2023-0001" in text_of(page(client, cast.officer, "desk:project_suggest", project="工厂"))


@pytest.mark.parametrize("who", ["verifier", "leader", "statistician", "security", "auditor"])
def test_who_does_not_declare_gets_403(cast: Cast, client: Client, who: str) -> None:
    user: Any = getattr(cast, who)
    assert page(client, user, "desk:payment_new").status_code == 403
    assert send(client, user, "desk:payment_new", **entry(cast)).status_code == 403
