"""One form of the desk that reaches the server several times at once is done once, and everybody is led to the same place."""

from functools import partial
from typing import Any

import pytest
from cast import Cast, assemble
from django.test import Client
from doors.doings import DOINGS, on_the_day

from concurrency.crowd import at_once
from zhaoshang.desk.once import FIELD
from zhaoshang.outreach.models import Trip
from zhaoshang.people.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def sends(client: Client, sent: dict[str, Any]) -> tuple[int, str]:
    answer = client.post("/desk/trips/new/", sent)
    return answer.status_code, answer.get("Location", "")


@pytest.mark.case("G3")
def test_one_form_that_arrives_six_times_at_once_is_one_trip(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch)
    crowd: Cast = assemble()
    hands = [Client() for _hand in range(6)]
    for hand in hands:
        hand.force_login(crowd.officer)
    sent = {**DOINGS["desk:trip_new"](crowd).sent, FIELD: "mark"}
    answers = at_once([partial(sends, hand, sent) for hand in hands])
    assert set(answers) == {(302, "/desk/trips/2023-001/")}
    assert Trip.objects.of(crowd.city).count() == 1
    assert Event.objects.of(crowd.city).filter(verb="outreach.trip.planned").count() == 1
