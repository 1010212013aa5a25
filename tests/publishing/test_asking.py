"""What the public asks: within the days that are promised, with a receipt that only the asker holds, answered and logged in the open."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from cast import Cast
from django.db import Error, transaction
from django.test import Client
from issued import issued

from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.publishing import actions, asking
from zhaoshang.publishing.models import ArticleVersion, PublicRequest
from zhaoshang.publishing.queries import SITE
from zhaoshang.publishing.rules import Asked, Outcome

from .test_articles import published

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 3)


def taken(cast: Cast, asked: Asked = Asked.CORRECTION, today: date = DAY, **more: Any) -> tuple[PublicRequest, str]:
    given: dict[str, Any] = {"city": cast.city, "asked": asked, "text": "数字写错了", "at": cast.now, "today": today}
    return asking.take_request(**given, contact="13800000000", **more)


def answered(cast: Cast, request: PublicRequest) -> PublicRequest:
    return asking.answer(
        request=request, outcome=Outcome.ACCEPTED, reply="已改", public_reply="采纳", by=cast.statistician, at=cast.now, today=DAY
    )  # fmt: skip


def test_corrections_have_their_days_and_personal_information_is_never_late(cast: Cast) -> None:
    late = DAY + timedelta(days=31)
    with pytest.raises(asking.TooLate):
        taken(cast, published=DAY, today=late)
    taken(cast, published=DAY, today=late - timedelta(days=1))
    taken(cast, Asked.PRIVACY, published=DAY, today=late)


@pytest.mark.case("I4")
def test_issued_terms_set_the_days(cast: Cast) -> None:
    days = {"window_days": 10, "reply_days": 5, "correction_working_days": 3, "contact_days": 7}
    issued(cast, SITE, days, valid_from=DAY)
    request, _ = taken(cast, published=DAY)
    privacy, _ = taken(cast, Asked.PRIVACY, published=DAY)
    assert (request.due_on, privacy.due_on) == (
        date(2023, 4, 7),
        DAY + timedelta(days=5),
    )  # 5 April is 清明, no working day
    with pytest.raises(asking.TooLate):
        taken(cast, published=DAY, today=DAY + timedelta(days=11))


@pytest.mark.case("I4")
def test_a_correction_is_due_by_the_working_days_of_the_calendar_and_of_the_city(cast: Cast) -> None:
    request, _ = taken(cast, today=date(2023, 9, 27))
    assert request.due_on == date(
        2023, 10, 8
    )  # worked are the 28th, and 7 and 8 October, the weekend after the holiday
    set_day(city=cast.city, day=date(2023, 10, 7), works=False, document="示例通知", by=cast.statistician, at=cast.now)
    assert taken(cast, today=date(2023, 9, 27))[0].due_on == date(2023, 10, 9)
    issued(cast, SITE, {"window_days": 10, "reply_days": 15, "contact_days": 7}, valid_from=date(2023, 9, 1))
    assert taken(cast, today=date(2023, 9, 27))[0].due_on == date(2023, 10, 12)


@pytest.mark.case("I1")
def test_a_receipt_opens_its_own_request_and_is_not_kept(cast: Cast, client: Client) -> None:
    request, receipt = taken(cast)
    assert len(receipt) == 22 and receipt not in str(PublicRequest.objects.of(cast.city).values())
    assert client.get(f"/ask/{receipt}/").status_code == 200
    assert client.get(f"/ask/{receipt[::-1]}/").status_code == client.get("/ask/1/").status_code == 404
    answered(cast, request)
    assert "已改" in client.get(f"/ask/{receipt}/").content.decode()


def test_the_log_tells_the_outcome_and_nothing_of_the_asker(cast: Cast, client: Client) -> None:
    article = published(cast).article
    request, _ = taken(cast, article=article)
    assert "采纳" not in client.get("/ask/log/").content.decode()
    answered(cast, request)
    page = client.get("/ask/log/").content.decode()
    assert "采纳" in page and "13800000000" not in page and "数字写错了" not in page


def test_an_answer_is_given_once(cast: Cast) -> None:
    request = answered(cast, taken(cast)[0])
    with pytest.raises(asking.AlreadyAnswered):
        answered(cast, request)
    with pytest.raises(Error), transaction.atomic():
        PublicRequest.objects.of(cast.city).filter(pk=request.pk).update(reply="别的")


@pytest.mark.case("I7")
def test_the_askers_name_and_address_are_erased_in_time(cast: Cast) -> None:
    request = answered(cast, taken(cast)[0])
    assert request.erase_on and asking.erase_contacts(city=cast.city, today=DAY, at=cast.now) == 0
    assert asking.erase_contacts(city=cast.city, today=request.erase_on, at=cast.now) == 1
    held = PublicRequest.objects.of(cast.city).get(pk=request.pk)
    assert (held.contact, held.reply) == ("", "已改")
    assert asking.erase_contacts(city=cast.city, today=request.erase_on, at=cast.now) == 0


@pytest.mark.case("I4", "I8")
def test_the_form_takes_a_request_and_the_desk_answers_it(cast: Cast, client: Client) -> None:
    published(cast)
    given = {"asked": "privacy", "about": "first", "text": "请删去我的名字", "agreed": "on"}
    page = client.post("/ask/", given).content.decode()
    request = PublicRequest.objects.of(cast.city).get()
    assert request.article and "/ask/" in page and not request.contact
    client.force_login(cast.statistician)
    client.post(f"/desk/public-requests/{request.number}/identity/", {"document": "居民身份证"})
    reply = {"outcome": "accepted", "reply": "已删", "public_reply": "已处理"}
    client.post(f"/desk/public-requests/{request.number}/", reply)
    assert PublicRequest.objects.of(cast.city).get().outcome == "accepted"
    assert client.get("/desk/public-requests/?answered=1&xlsx=1")["Content-Type"].endswith("sheet")


@pytest.mark.case("I4")
def test_a_request_has_its_number_and_touches_neither_ledger_nor_article(cast: Cast) -> None:
    article, payment = published(cast).article, cast.verified()
    before = (
        walk(cast.city),
        list(Payment.objects.of(cast.city).values()),
        list(ArticleVersion.objects.of(cast.city).values()),
    )
    request, _ = taken(cast, article=article, published=DAY)
    answered(cast, request)
    assert request.number and request.due_on == date(2023, 4, 7)
    after = (
        walk(cast.city),
        list(Payment.objects.of(cast.city).values()),
        list(ArticleVersion.objects.of(cast.city).values()),
    )
    assert (before, payment.seq) == (after, 1)


@pytest.mark.case("G3")
def test_the_same_form_sent_again_is_the_same_request_with_the_same_receipt(cast: Cast, client: Client) -> None:
    page = client.get("/ask/").content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    given = {"asked": "correction", "text": "写错了", "agreed": "on", "key": key}
    told = [client.post("/ask/", given).content.decode() for _press in "12"]
    receipts = {re.findall(r"/ask/([\w-]{22})/", one)[0] for one in told}
    assert len(key) == 36 and len(receipts) == 1 and client.get(f"/ask/{receipts.pop()}/").status_code == 200
    assert PublicRequest.objects.of(cast.city).count() == 1
    client.post("/ask/", given | {"text": "另一处也错了"})
    client.post("/ask/", given | {"key": ""})
    assert PublicRequest.objects.of(cast.city).count() == 3


def test_a_form_without_consent_or_words_keeps_nothing(cast: Cast, client: Client) -> None:
    assert client.post("/ask/", {"asked": "correction", "text": " "}).status_code == 422
    assert not PublicRequest.objects.of(cast.city).exists()


def test_a_withdrawn_article_can_still_be_asked_about(cast: Cast, client: Client) -> None:
    version = published(cast)
    actions.withdraw_article(article=version.article, reason="有误", by=cast.verifier, at=cast.now + timedelta(hours=1))
    assert client.get("/ask/?about=first").status_code == 200
