"""Ends of lines: a browser sends CR LF, a program LF or CR. The same text has the same digest, and what was sealed before stays sealed."""

import json
from typing import Any

import pytest
from api.asking import body, post
from cast import NOW, Cast
from desk_payments.asking import entry, send
from django.db import connection
from django.test import Client

from zhaoshang.bulletins.actions import check_text
from zhaoshang.bulletins.models import TextCheck
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.ledger import columns_of
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import canonical
from zhaoshang.capital.verification import verify
from zhaoshang.common.lines import plain_lines
from zhaoshang.people.models import Event
from zhaoshang.publishing.models import ArticleVersion
from zhaoshang.tenancy import guards

ENDS = ["\r\n", "\n", "\r"]
LINES = ["示例一行", "", "第二行，到位内资10.0亿元。", "末行"]
TYPED = ("project_id", "report_month", "paid_on", "amount_fen", "source_code", "kind", "origin", "payer", "note")


def told(end: str) -> str:
    return end.join(LINES)


def bytes_of(payment: Payment) -> bytes:
    """What is hashed of what somebody typed; the rest of a payment is its own."""
    columns = columns_of(payment)
    return canonical({name: columns[name] for name in TYPED}, [])


@pytest.mark.case("F6")
def test_a_payment_by_form_and_by_program_has_the_same_bytes(cast: Cast, client: Client) -> None:
    sent = send(client, cast.officer, "desk:payment_new", **entry(cast, note=told("\r\n")))
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    for end in ENDS:
        said = body(cast, amount="12000000.00", payer="上海示例甲公司", bank_serial="", note=told(end))
        answer = post(client, "payments", said)
        assert answer.status_code == 201, answer.content.decode()
    found = {bytes_of(one) for one in Payment.objects.of(cast.city)}
    assert (len(found), Payment.objects.of(cast.city).count()) == (1, 4)
    assert set(Payment.objects.of(cast.city).values_list("note", flat=True)) == {told("\n")}


@pytest.mark.case("F6")
def test_a_form_that_is_sent_again_as_it_was_changes_nothing(cast: Cast, client: Client) -> None:
    send(client, cast.officer, "desk:payment_new", **entry(cast, note=told("\r\n")))
    payment = Payment.objects.of(cast.city).get()
    again = entry(cast, note=told("\r\n"), revision=payment.revision)
    assert send(client, cast.officer, "desk:payment_amend", payment.pk, **again).status_code == 302
    line = Event.objects.of(cast.city).get(verb="capital.payment.amended")
    assert "note" not in line.detail["before"]


@pytest.mark.case("F6")
def test_a_text_has_the_same_digest_and_claims_by_page_and_by_program(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    assert client.post("/desk/texts/", {"text": told("\r\n")}).status_code == 302
    for end in ENDS:
        assert post(client, "texts/check", {"text": told(end)}).status_code == 201
        check_text(city=cast.city, text=told(end), by=cast.statistician, at=NOW)
    rows = TextCheck.objects.of(cast.city)
    found = {(one.digest, one.text, json.dumps(one.result, sort_keys=True)) for one in rows}
    assert (len(found), rows.count()) == (1, 7)


@pytest.mark.case("F6")
def test_an_article_says_the_same_by_page_and_by_program(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    words: dict[str, Any] = {"kind": "news", "title": "示例"}
    assert client.post("/desk/articles/new/", words | {"code": "a", "body": told("\r\n")}).status_code == 302
    for place, end in enumerate(ENDS):
        said = words | {"code": f"b{place}", "body": told(end)}
        assert post(client, "articles", said).status_code == 201
    assert list(ArticleVersion.objects.of(cast.city).values_list("body", flat=True)) == [told("\n")] * 4


def row(cast: Cast, end: str = "\r\n") -> TextCheck:
    checked = check_text(city=cast.city, text="示例", by=cast.statistician, at=NOW, keep=False)
    checked.text, checked.result = told(end), {"a": [{"b" + end: told(end)}]}
    return checked


WAYS = ("save", "bulk_create", "update", "write", "bulk_update", "save of some")


def written(cast: Cast, way: str) -> TextCheck:
    """A row with other ends, put into its table or over what stands there."""
    new, rows = row(cast), TextCheck.objects.of(cast.city)
    if way == "save":
        new.save(force_insert=True)
        return new
    if way == "bulk_create":
        TextCheck.objects.bulk_create([new])
        return new
    there = row(cast, "\n")
    there.save(force_insert=True)
    there.text, there.result = new.text, new.result
    if way == "update":
        rows.update(text=there.text, result=there.result)
    elif way == "write":
        rows.write(cast.city, [there], ["text", "result"])
    elif way == "bulk_update":
        rows.bulk_update([there], ["text", "result"])
    else:
        there.save(update_fields=["text", "result"])
    return there


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.case("F6")
def test_there_is_no_way_into_a_table_but_with_plain_ends(cast: Cast, way: str) -> None:
    """Of every kind of writing, and of texts within JSON: by what is behind all doors, so that a door of tomorrow is no other."""
    with guards.suspended():  # a row of this table is written once
        one = written(cast, way)
    plain = (told("\n"), {"a": [{"b\n": told("\n")}]})
    assert TextCheck.objects.of(cast.city).values_list("text", "result").get() == plain
    assert way == "update" or (one.text, one.result) == plain, "the row itself says otherwise than what is kept"


@pytest.mark.case("F6")
def test_what_was_sealed_with_other_ends_is_not_rewritten_and_holds(cast: Cast) -> None:
    payment = cast.declared(note="甲")
    with connection.cursor() as cursor:  # as a former version kept it
        cursor.execute(
            "UPDATE capital_payment SET note = %s WHERE city_id = %s AND id = %s",
            [told("\r\n"), *(payment._meta.pk.get_db_prep_save(key, connection) for key in (cast.city.pk, payment.pk))],
        )
    payment = Payment.objects.of(cast.city).get(pk=payment.pk)
    verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    cast.verified(note=told("\n"))
    assert walk(cast.city).faults == []
    assert Payment.objects.of(cast.city).get(pk=payment.pk).note == told("\r\n")


def test_what_has_no_other_ends_is_left_alone() -> None:
    for given in ("甲\n乙", {"a": ["b", None, 1, ("c",)]}, None, 7, b"a\r\n"):
        assert plain_lines(given) is given
    assert plain_lines("a\r\r\nb\n\r") == "a\n\nb\n\n"
