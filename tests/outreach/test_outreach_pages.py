"""The pages of trips, activities and visits: what is typed is kept, what is shown can be taken away, links open one thing only."""

import json
from io import BytesIO
from uuid import uuid4

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.core.cache import cache
from django.test import Client
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from questions.asking import asked, table

from outreach import going
from zhaoshang.desk.story.outreach import lines
from zhaoshang.desk.waiting.outreach import tasks
from zhaoshang.leads.models import Lead
from zhaoshang.outreach.actions.activities import NewGuest, NewSigning, invite, open_registration, set_agenda, sign_at
from zhaoshang.outreach.actions.meetings import link_project
from zhaoshang.outreach.actions.visits import answer_demand, open_demand
from zhaoshang.outreach.models import Demand, Guest, Minutes, Trip
from zhaoshang.outreach.queries import results_of
from zhaoshang.people.models import User
from zhaoshang.regions.access import viewer_of

TYPED = {
    "title": "示例外出", "first_day": "2023-02-06", "last_day": "2023-02-08", "purpose": "推介", "cost": "1.5",
    "destinations": "上海、宁波市", "m-TOTAL_FORMS": "3", "m-INITIAL_FORMS": "0",
    "m-0-name": "示例区委书记", "m-0-post": "书记", "m-0-rank": "unit_head", "m-0-leads": "on",
}  # fmt: skip


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_trip_is_planned_on_the_desk_and_approved_by_another(cast: Cast) -> None:
    officer = client_of(cast.officer)
    page = officer.post("/desk/trips/new/", TYPED | {"unit": "east"})
    trip = Trip.objects.of(cast.city).get()
    assert (page.status_code, trip.cost_fen, trip.unit_id) == (302, 1_500_000, cast.east.pk)
    officer.post(f"/desk/trips/{trip.code}/decide/", {"verdict": "approve"})
    client_of(cast.leader).post(f"/desk/trips/{trip.code}/decide/", {"verdict": "approve"})
    trip = Trip.objects.of(cast.city).get()
    assert (trip.state, trip.decided_by_id) == ("approved", cast.leader.pk)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"destinations": "不存在之城"}, "不存在之城"),
        ({"m-0-leads": ""}, "由谁带队"),
        ({"last_day": "2023-02-01"}, "返回日早于出发日"),
        ({"cost": "一些"}, "一些"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(cast: Cast, wrong: dict[str, str], said: str) -> None:
    page = client_of(cast.officer).post("/desk/trips/new/", TYPED | {"unit": "east"} | wrong)
    assert (page.status_code, said in page.content.decode(), Trip.objects.of(cast.city).exists()) == (422, True, False)


def test_a_phone_that_sends_minutes_twice_is_told_twice_that_they_are_kept(cast: Cast) -> None:
    meeting = going.met(cast, going.approved(cast))
    key, client = str(uuid4()), client_of(cast.statistician)
    for _time in range(2):
        answer = client.post(
            f"/desk/meetings/{meeting.pk}/minutes/",
            {"key": key, "text": "谈了"},
            headers={"accept": "application/json"},
        )
        assert json.loads(answer.content)["kept"] is True and json.loads(answer.content)["key"] == key
    assert Minutes.objects.of(cast.city).count() == 1


def test_without_the_script_the_form_works_and_what_is_refused_is_answered(cast: Cast) -> None:
    meeting = going.met(cast, going.approved(cast))
    client, address = client_of(cast.statistician), f"/desk/meetings/{meeting.pk}/minutes/"
    assert client.post(address, {"key": str(uuid4()), "text": "谈了"}).status_code == 302
    quiet = client.post(address, {"key": str(uuid4()), "text": ""}, headers={"accept": "application/json"})
    assert (quiet.status_code, json.loads(quiet.content)["kept"]) == (422, False)


def test_the_notice_of_trips_comes_as_word_and_as_a_sheet(cast: Cast) -> None:
    trip = going.gone(cast)
    link_project(trip=trip, project=cast.plant, by=cast.statistician, at=NOW)
    client = client_of(cast.statistician)
    paper = Document(BytesIO(client.get("/desk/trips/notice/?period=2023Q1&docx=1").content))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    sheet = load_workbook(BytesIO(client.get("/desk/trips/notice/?period=2023Q1&xlsx=1").content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("示例市领导甲" in cell for row in rows for cell in row) and any("会见 1 场" in cell for cell in cells)


def test_the_counts_page_tells_the_number_and_where_they_went(cast: Cast) -> None:
    going.indicators(cast)
    going.gone(cast, code="a")
    going.gone(cast, code="b", destinations=[going.NINGBO])
    page = client_of(cast.leader).get("/desk/trips/counts/?period=2023Q1").content.decode()
    assert "宁波市" in page and "审图号" in page and "/desk/figures/trips_city_leaders/city/2023Q1/" in page


def test_a_counts_figure_opens_to_its_trips_and_a_signed_one_to_its_signings(cast: Cast) -> None:
    going.indicators(cast)
    going.gone(cast, code="seen")
    sign_at(activity=going.activity(cast), signings=[NewSigning("示例签约甲", "", 1)], by=cast.statistician, at=NOW)
    client = client_of(cast.leader)
    assert "/desk/trips/seen/" in client.get("/desk/figures/trips_city_leaders/city/2023Q1/").content.decode()
    assert "示例签约甲" in client.get("/desk/figures/event_amount/city/2023Q1/").content.decode()
    assert client.get("/desk/figures/event_amount/city/2023Q1/?xlsx=1").status_code == 200


def test_an_activitys_calendar_can_be_read_back(cast: Cast) -> None:
    held = going.activity(cast)
    items = [(held.begins_at, held.ends_at, "开幕, 致辞; 第一", "示例市长")]
    set_agenda(activity=held, items=items, by=cast.statistician, at=NOW)
    content = client_of(cast.officer).get("/desk/activities/meeting/calendar.ics").content
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert [str(one["summary"]) for one in events] == ["示例民企发展大会", "开幕, 致辞; 第一"]
    assert (events[0].decoded("dtstart"), max(len(line) for line in content.split(b"\r\n")) <= 75) == (
        held.begins_at,
        True,
    )


def test_badges_and_seats_are_word_files_of_those_who_come(cast: Cast) -> None:
    held = going.activity(cast)
    from zhaoshang.outreach.rules import Reply

    guests = [
        NewGuest("示例商会", "来的人", reply=Reply.COMING),
        NewGuest("示例商会", "不来的人", reply=Reply.NOT_COMING),
    ]
    invite(activity=held, guests=guests, by=cast.statistician, at=NOW)
    for query in ("", "?seats=1"):
        content = client_of(cast.statistician).get(f"/desk/activities/meeting/badges/{query}").content
        told = "".join(
            cell.text for table in Document(BytesIO(content)).tables for row in table.rows for cell in row.cells
        )
        assert ("来的人" in told, "不来的人" in told) == (True, False)


# -- behind a link -----------------------------------------------------------------------------------------------------


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day before the activity."""
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: going.at(going.DAY))


def test_anybody_with_the_link_registers_once_and_must_agree(cast: Cast, today: None) -> None:
    held = going.activity(cast, day=going.DAY.replace(day=20))
    address = f"/join/{open_registration(activity=held, consent='示例告知文本', by=cast.statistician, at=NOW)}/"
    client, typed = Client(), {"key": str(uuid4()), "organisation": "示例公司", "name": "示例人", "phone": "000"}
    page = client.get(address)
    assert (
        "示例告知文本" in page.content.decode(),
        page["Cache-Control"],
        page["Referrer-Policy"],
        client.cookies,
    ) == (
        True,
        "no-store",
        "no-referrer",
        {},
    )
    statuses = [
        client.post(address, typed).status_code,
        *(client.post(address, typed | {"agreed": "on"}).status_code for _time in "12"),
    ]
    assert (statuses, Guest.objects.of(cast.city).count()) == ([422, 200, 200], 1)


def test_a_guessed_link_opens_nothing_and_too_many_tries_are_turned_away(cast: Cast, today: None) -> None:
    client = Client()
    statuses = [client.post(f"/join/{'x' * 32}/").status_code for _time in range(22)]
    assert (set(statuses[:20]), statuses[-1]) == ({404}, 429)


def test_a_firm_sees_its_own_demand_and_rates_it_once(cast: Cast, today: None) -> None:
    demand = going.demanded(cast)
    address = f"/demand/{open_demand(demand=demand, by=cast.officer, at=going.at(going.DAY))}/"
    client = Client()
    before = client.get(address).content.decode()
    early = client.post(address, {"satisfaction": "content"}).status_code
    answer_demand(demand=demand, answer="已增容", by=cast.officer, at=NOW)
    statuses = [client.post(address, {"satisfaction": "content"}).status_code for _time in "12"]
    assert ("用电增容" in before, "生产正常" in before, "示例工厂" in before) == (True, False, False)
    assert (early, statuses, Demand.objects.of(cast.city).get().rated_by_firm) == (409, [200, 409], True)


def test_what_was_heard_at_a_meeting_becomes_a_lead_and_counts_for_the_trip(cast: Cast) -> None:
    trip = going.approved(cast)
    meeting, client = going.minuted(cast, trip), client_of(cast.statistician)
    typed = {"investor": "上海示例甲公司", "subject": "氢能", "text": "有意设厂"}
    for _time in "12":
        client.post(f"/desk/meetings/{meeting.pk}/leads/", typed)
    going.activity(cast)
    client.post("/desk/activities/meeting/leads/", typed)
    assert sorted(Lead.objects.of(cast.city).values_list("came_by", flat=True)) == ["activity", "trip"]
    assert results_of(cast.city, [trip])[trip.pk].leads == 1


# -- what waits, what happened -----------------------------------------------------------------------------------------


def test_what_waits_is_told_to_whom_it_waits_for(cast: Cast) -> None:
    going.planned(cast, code="p")
    going.minuted(cast, going.approved(cast, code="a"))
    going.demanded(cast)

    def told(user: User) -> list[tuple[str, int]]:
        return [(one.label, one.count) for one in tasks(viewer_of(user, cast.city), NOW.date())]

    assert told(cast.leader) == [("外出审批", 1)]
    assert told(cast.statistician) == [("会见回访", 2), ("企业诉求", 1)]
    assert told(cast.officer) == [("企业诉求", 1)]


def test_a_projects_story_tells_trips_signings_visits_and_demands(cast: Cast) -> None:
    link_project(trip=going.gone(cast), project=cast.plant, note="首次会谈", by=cast.statistician, at=NOW)
    sign_at(activity=going.activity(cast), signings=[NewSigning(project=cast.plant)], by=cast.statistician, at=NOW)
    from zhaoshang.outreach.actions.visits import take_demand

    visit = going.visited(cast, project=cast.plant)
    take_demand(visit=visit, text="用电", department="示例", by=cast.officer, at=NOW)
    told = [(one.kind, bool(one.href), one.promised) for one in lines(cast.plant, viewer_of(cast.officer, cast.city))]
    assert told == [
        ("外出招商", False, False),
        ("活动签约", True, False),
        ("企业回访", True, False),
        ("诉求待答复", True, True),
    ]


@pytest.mark.parametrize(
    "name", ["trips", "trip_counts", "trip_notice", "follow_ups", "activities", "signings", "visits", "demands"]
)
def test_list_pages_ask_as_often_however_much_there_is(cast: Cast, name: str) -> None:
    from django.urls import reverse

    going.indicators(cast)
    client, address = client_of(cast.statistician), f"{reverse(f'desk:{name}')}?period=2023Q1"
    for number in range(3):
        going.gone(cast, code=f"t{number}")
        sign_at(
            activity=going.activity(cast, code=f"a{number}"),
            signings=[NewSigning("甲", "", 1)],
            by=cast.statistician,
            at=NOW,
        )
        going.demanded(cast)
    few = queries_of(client, address)
    going.gone(cast, code="more")
    more = going.activity(cast, code="more")
    sign_at(activity=more, signings=[NewSigning(project=cast.plant)], by=cast.statistician, at=NOW)
    going.demanded(cast)
    assert (few, queries_of(client, address)) == (QUERY_COUNTS[f"desk:{name}"], QUERY_COUNTS[f"desk:{name}"])


def test_the_api_plans_a_trip_counts_and_refuses(cast: Cast) -> None:
    client = client_of(cast.statistician)
    body = {
        "code": "2023-900", "title": "示例", "purpose": "示例", "first_day": "2023-02-06", "last_day": "2023-02-06",
        "members": [{"name": "示例市领导", "post": "副市长", "rank": "city_leader", "leads": True}],
        "destinations": [{"code": "310000", "name": "上海市"}],
    }  # fmt: skip
    statuses = [
        client.post("/api/trips", json.dumps(body), content_type="application/json").status_code for _time in "12"
    ]
    going.gone(cast, code="gone")
    counts = client.get("/api/trip-counts?period=2023Q1").json()
    assert (statuses, counts[0]["count"], counts[0]["trips"]) == ([201, 409], 1, ["gone"])
    own = client.post(
        "/api/trips/2023-900/decision", json.dumps({"verdict": "approve"}), content_type="application/json"
    )
    assert (own.status_code, own.json()["code"]) == (403, "same_person")


def test_trips_can_be_asked_about_by_rank_and_an_officer_gets_the_own_units(cast: Cast) -> None:
    going.gone(cast, code="c", cost_fen=100)
    going.gone(cast, going.HEAD, code="e", unit=cast.east, by=cast.officer)
    going.planned(cast, going.HEAD, code="w", unit=cast.west, by=cast.other_officer)
    whole = table(cast, "about=trips&rows=rank&measure=number", fen=1)
    own = asked(cast, "about=trips&rows=unit&measure=meetings", by=cast.officer).grid.values
    assert (whole["city_leader"][None], whole["unit_head"][None], own[(None, None)]) == (1, 2, 1)


def test_the_api_signs_lists_and_marks_the_repeat(cast: Cast) -> None:
    going.activity(cast)
    client = client_of(cast.statistician)
    body = json.dumps(
        {"signings": [{"project": cast.plant.code}, {"name": "示例甲", "amount": "10.00"}, {"name": "示例甲"}]}
    )
    assert client.post("/api/activities/meeting/signings", body, content_type="application/json").json() == {
        "entered": 3
    }
    rows = client.get("/api/activities/meeting/signings").json()
    assert [(one["amount"], one["repeat"]) for one in rows] == [
        ("500000000.00", False),
        ("10.00", False),
        ("0.00", True),
    ]
