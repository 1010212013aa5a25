"""Whatever the pages of an activity do, the API does: change it, its agenda, registration, seats, what was heard."""

import json
from datetime import timedelta
from typing import Any

from cast import NOW, Cast
from django.test import Client
from django.utils import timezone

from outreach import going
from zhaoshang.leads.models import Lead
from zhaoshang.outreach.actions.activities import NewGuest, invite
from zhaoshang.outreach.actions.meetings import link_project
from zhaoshang.outreach.actions.visits import open_demand
from zhaoshang.outreach.models import Activity, AgendaItem, Guest, TripProject
from zhaoshang.people.models import Event


def post(client: Client, path: str, **body: Any) -> tuple[int, Any]:
    answer = client.post(f"/api{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.statistician)
    return client


def test_an_activity_is_changed_and_the_diary_keeps_what_it_said(cast: Cast) -> None:
    going.activity(cast)
    client = signed_in(cast)
    assert post(client, "/activities/meeting/change", title="改名的大会", seats=0)[0] == 200
    held = Activity.objects.of(cast.city).get()
    assert (held.title, held.seats, held.place) == ("改名的大会", None, "示例会场")
    assert Event.objects.of(cast.city).filter(verb="outreach.activity.amended").count() == 1
    status, _told = post(client, "/activities/meeting/change", ends_at="2020-01-01T00:00:00Z")
    assert status == 422


def test_an_agenda_is_set_anew_and_registration_opened_and_closed(cast: Cast) -> None:
    later = timezone.localdate() + timedelta(days=9)
    going.activity(cast, day=later)
    client = signed_in(cast)
    at = f"{later}T01:00:00Z"
    for titles in (["一", "二"], ["三"]):
        items = [{"begins_at": at, "title": title} for title in titles]
        assert post(client, "/activities/meeting/agenda", items=items) == (200, {"items": len(titles)})
    assert [one.title for one in AgendaItem.objects.of(cast.city)] == ["三"]
    path = post(client, "/activities/meeting/registration", consent="示例告知")[1]["path"]
    assert Client().get(path).status_code == 200
    assert post(client, "/activities/meeting/registration") == (200, {"path": None})
    assert Client().get(path).status_code == 404


def test_a_guest_is_seated_once_and_what_was_heard_becomes_a_lead(cast: Cast) -> None:
    held = going.activity(cast)
    invite(activity=held, guests=[NewGuest("甲会", "甲"), NewGuest("乙会", "乙")], by=cast.statistician, at=NOW)
    client = signed_in(cast)
    first, second = Guest.objects.of(cast.city).order_by("organisation")
    assert post(client, f"/guests/{first.pk}/seat", seat="1-1") == (200, {"seat": "1-1"})
    assert post(client, f"/guests/{second.pk}/seat", seat="1-1")[0] == 409
    assert post(client, "/activities/meeting/leads", investor="示例集团", text="想建厂")[0] == 201
    assert Lead.objects.of(cast.city).get().origin_ref == str(held.pk)


def test_a_link_of_a_project_is_taken_back_and_a_demand_s_link_made_anew(cast: Cast) -> None:
    trip = going.gone(cast)
    link = link_project(trip=trip, project=cast.plant, by=cast.statistician, at=NOW)
    client = signed_in(cast)
    assert post(client, f"/trip-projects/{link.pk}/drop") == (200, {"dropped": True})
    assert not TripProject.objects.of(cast.city).exists()
    demand = going.demanded(cast)
    old = open_demand(demand=demand, by=cast.officer, at=timezone.now())
    path = post(client, f"/demands/{demand.pk}/link")[1]["path"]
    assert (Client().get(f"/demand/{old}/").status_code, Client().get(path).status_code) == (404, 200)
