"""Who asks about personal information is known before it is granted: by a code to an address that we hold, or by a document seen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.core import mail
from django.db import Error, transaction
from django.test import Client
from enterprises.firms import person

from zhaoshang.people.models import Event
from zhaoshang.publishing import asking, identity
from zhaoshang.publishing.models import IdentityCheck, PublicRequest
from zhaoshang.publishing.rules import Asked, Outcome

pytestmark = pytest.mark.django_db
ADDRESS = "wang@example.org"


@pytest.fixture(autouse=True)
def _mails(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FROM = "django.core.mail.backends.locmem.EmailBackend", "noreply@city.example"


def taken(cast: Cast, contact: str = ADDRESS) -> tuple[PublicRequest, str]:
    given: dict[str, Any] = {"asked": Asked.PRIVACY, "text": "请删去我的信息", "contact": contact}
    return asking.take_request(city=cast.city, at=cast.now, today=cast.now.date(), **given)


def code_in(letters: list[Any]) -> str:
    found = re.search(r"[0-9A-Z]{8}", letters[0].body) if letters else None
    return found.group() if found else ""


def sent(cast: Cast, request: PublicRequest, later: timedelta = timedelta()) -> str:
    """The code that came by mail, or nothing."""
    mail.outbox.clear()
    identity.ask_for_code(request=request, at=cast.now + later)
    identity.send_codes(city=cast.city, at=cast.now + later)
    return code_in(mail.outbox)


def granted(cast: Cast, request: PublicRequest) -> PublicRequest:
    said: dict[str, Any] = {"reply": "已删", "public_reply": "已处理", "by": cast.statistician, "at": cast.now}
    return asking.answer(request=request, outcome=Outcome.ACCEPTED, today=cast.now.date(), **said)


@pytest.mark.case("I8")
def test_a_code_goes_only_to_an_address_that_stands_in_our_data_and_works_once(cast: Cast) -> None:
    stranger, _ = taken(cast, "nobody@example.org")
    assert sent(cast, stranger) == ""
    person(cast, cast.plant.enterprise, cast.east, name="王小明", mail=ADDRESS.upper())
    request, _ = taken(cast)
    code = sent(cast, request)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    assert code not in str(IdentityCheck.objects.of(cast.city).values())
    with pytest.raises(asking.IdentityUnproven):
        granted(cast, request)
    assert not identity.prove(request=request, code="WRONG123", at=cast.now)
    assert identity.prove(request=request, code=f" {code.lower()} ", at=cast.now)
    assert not identity.prove(request=request, code=code, at=cast.now)
    check = identity.passed(request)
    assert check and list(check.rows) == ["enterprises_contact"]
    assert granted(cast, request).outcome == Outcome.ACCEPTED
    with pytest.raises(asking.IdentityUnproven):
        granted(cast, stranger)
    told = Event.objects.of(cast.city).filter(verb__startswith="publishing.identity.").values_list("verb", flat=True)
    assert sorted(one.rpartition(".")[2] for one in told) == ["asked", "proven", "refused", "refused"]


@pytest.mark.case("I8")
def test_a_code_dies_of_time_and_of_guesses_and_of_the_next_one(cast: Cast) -> None:
    person(cast, cast.plant.enterprise, cast.east, name="王小明", mail=ADDRESS)
    request, _ = taken(cast)
    first = sent(cast, request)
    assert first and sent(cast, request, timedelta(minutes=1)) == ""  # not again so soon
    assert not identity.prove(request=request, code=first, at=cast.now + timedelta(minutes=31))
    second = sent(cast, request, timedelta(hours=1))
    assert not identity.prove(request=request, code=first, at=cast.now + timedelta(hours=1))
    for _guess in range(4):
        identity.prove(request=request, code="WRONG123", at=cast.now + timedelta(hours=1))
    assert not identity.prove(request=request, code=second, at=cast.now + timedelta(hours=1))
    third = sent(cast, request, timedelta(hours=2))
    assert identity.prove(request=request, code=third, at=cast.now + timedelta(hours=2))


@pytest.mark.case("I8")
def test_the_database_grants_nothing_to_a_stranger_and_forgets_no_check(cast: Cast) -> None:
    request, _ = taken(cast)
    rows = PublicRequest.objects.of(cast.city).filter(pk=request.pk)
    answered = {"outcome": "accepted", "reply": "x", "public_reply": "x", "answered_by": cast.statistician}
    with pytest.raises(Error), transaction.atomic():
        rows.update(**answered, answered_at=cast.now, erase_on=cast.now.date())
    check = identity.note_document(request=request, document="护照", by=cast.statistician, at=cast.now)
    for change in ({"document": "无"}, {"proven_at": None}):
        with pytest.raises(Error), transaction.atomic():
            IdentityCheck.objects.of(cast.city).filter(pk=check.pk).update(**change)
    assert rows.update(**answered, answered_at=cast.now, erase_on=cast.now.date()) == 1


@pytest.mark.case("I8")
def test_on_the_receipt_s_page_one_proves_to_be_oneself_and_learns_nothing_of_others(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    person(cast, cast.plant.enterprise, cast.east, name="王小明", mail=ADDRESS)
    (known, receipt), (other, foreign) = taken(cast), taken(cast, "nobody@example.org")
    pages = [client.post(f"/ask/{one}/").content.decode() for one in (receipt, foreign)]
    same = [page.replace(receipt, "").replace(foreign, "") for page in pages]
    assert same[0].replace(f"{known.number} 号", "") == same[1].replace(f"{other.number} 号", "")
    identity.send_codes(city=cast.city, at=cast.now)
    assert len(mail.outbox) == 1
    code = {"code": code_in(mail.outbox)}
    assert client.post(f"/ask/{foreign}/", code).status_code == 422
    assert "身份已核对" in client.post(f"/ask/{receipt}/", code).content.decode()
    client.force_login(cast.statistician)
    assert "企业联系人 1" in client.get(f"/desk/public-requests/{known.number}/").content.decode()


@pytest.mark.case("I8")
def test_of_a_document_its_kind_is_noted_and_never_its_number(cast: Cast, client: Client) -> None:
    request, _ = taken(cast, "")
    client.force_login(cast.statistician)
    place = f"/desk/public-requests/{request.number}/identity/"
    assert "不要写号码" in client.post(place, {"document": "身份证 210200199001011234"}, follow=True).content.decode()
    assert identity.passed(request) is None
    assert "当面核对证件 居民身份证" in client.post(place, {"document": "居民身份证"}, follow=True).content.decode()
    told = client.post(
        f"/api/public-requests/{request.number}/identity", {"document": "护照"}, content_type="application/json"
    )
    assert told.json()["way"] == "document"
