"""The same form from the same page, sent again by the same person, is done once: with a double click, F5, Back, a proxy's second try."""

import re
from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.core.files.base import ContentFile
from django.test import Client

from doors.doings import DOINGS, on_the_day
from zhaoshang.capital.models import Evidence
from zhaoshang.desk import once
from zhaoshang.machines.models import KeptAnswer
from zhaoshang.outreach.models import Trip
from zhaoshang.people.models import Event

pytestmark = [pytest.mark.one_database, pytest.mark.case("G3")]
NEW = "/desk/trips/new/"


@pytest.fixture
def officer(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    on_the_day(monkeypatch)
    monkeypatch.setattr(once, "LOOKS", 1)
    monkeypatch.setattr(once, "LOOK_S", 0)
    client.force_login(cast.officer)
    return client


def mark(client: Client, address: str = NEW) -> str:
    return re.findall(r'name="once" value="([^"]+)"', client.get(address).content.decode())[-1]


def trip(cast: Cast, client: Client, **more: str) -> dict[str, Any]:
    return {**DOINGS["desk:trip_new"](cast).sent, once.FIELD: mark(client), **more}


def test_the_second_press_is_led_where_the_first_led(cast: Cast, officer: Client) -> None:
    sent = trip(cast, officer)
    first, second = (officer.post(NEW, sent) for _press in "12")
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert Trip.objects.of(cast.city).count() == 1
    assert Event.objects.of(cast.city).filter(verb="outreach.trip.planned").count() == 1
    assert "没有重复办理" in officer.get(second["Location"]).content.decode()


def test_other_words_another_page_and_another_person_are_another_act(cast: Cast, officer: Client) -> None:
    sent = trip(cast, officer)
    for again in (sent, sent | {"title": "另一次"}, trip(cast, officer)):
        officer.post(NEW, again)
    officer.force_login(cast.statistician)
    officer.post(NEW, sent)
    assert Trip.objects.of(cast.city).count() == 4


def test_another_file_of_the_same_name_and_size_is_another_act(cast: Cast, officer: Client) -> None:
    payment = cast.declared(with_evidence=False)
    page, address = f"/desk/payments/{payment.pk}/", f"/desk/payments/{payment.pk}/evidence/"
    sent = {"proof_1": "bank_receipt", once.FIELD: mark(officer, page)}
    for letter in "aba":
        officer.post(address, sent | {"file_1": ContentFile(f"%PDF-1.4\n% {letter}\n%%EOF\n".encode(), name="a.pdf")})
    assert Evidence.objects.of(cast.city).filter(payment=payment).count() == 2
    assert Event.objects.of(cast.city).filter(verb="capital.evidence.stored").count() == 2


def test_what_was_refused_may_be_sent_again(cast: Cast, officer: Client) -> None:
    sent = {"reason": "示例", once.FIELD: mark(officer)}
    payment = cast.verified()
    address = f"/desk/payments/{payment.pk}/withdraw/"
    assert officer.post(address, sent).status_code == 302
    assert not KeptAnswer.objects.of(cast.city).exists()
    assert officer.post(NEW, {once.FIELD: mark(officer)}).status_code == 422
    assert not KeptAnswer.objects.of(cast.city).exists()


def test_one_that_is_being_done_is_not_begun_again_and_one_that_was_cut_off_is(cast: Cast, officer: Client) -> None:
    sent = trip(cast, officer)
    officer.post(NEW, sent)
    KeptAnswer.objects.of(cast.city).update(status=None, answer="")
    page = officer.post(NEW, sent)
    assert (page.status_code, "正在办理" in page.content.decode(), Trip.objects.of(cast.city).count()) == (409, True, 1)
    KeptAnswer.objects.of(cast.city).update(made_at=NOW - once.CUT_OFF - timedelta(seconds=1))
    assert officer.post(NEW, sent).status_code == 302 and Trip.objects.of(cast.city).count() == 2


def test_each_form_of_a_page_has_a_mark_and_a_faulty_mark_is_none(cast: Cast, officer: Client) -> None:
    assert mark(officer) != mark(officer)
    for wrong in ("", "长" * 9_000):
        officer.post(NEW, trip(cast, officer, once=wrong))
    assert Trip.objects.of(cast.city).count() == 2 and not KeptAnswer.objects.of(cast.city).exists()
