"""Canaries in every field that says who somebody outside the bureau is: sought in pages, files, operations, logs, mails and tables."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.apps import apps
from django.core import mail
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from enterprises.firms import person
from leads.told import told
from outreach.going import activity
from partners.appointed import brought, chamber, whole_claim

from doors.crawling import crawl
from doors.test_confidential import written_in
from zhaoshang.api.urls import api
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Total
from zhaoshang.enterprises import erasing as contacts
from zhaoshang.enterprises.contacts import erase_contact
from zhaoshang.enterprises.models import Contact
from zhaoshang.leads import erasing as leads
from zhaoshang.leads.actions import reject
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import masked
from zhaoshang.outreach import erasing as guests
from zhaoshang.outreach.actions.activities import NewGuest, invite
from zhaoshang.outreach.models import Guest
from zhaoshang.partners import claiming
from zhaoshang.partners import erasing as partners
from zhaoshang.partners.models import Claim, ClaimObjection, Partner
from zhaoshang.people.models import Event
from zhaoshang.publishing.asking import answer as answer_request
from zhaoshang.publishing.asking import erase_contacts, take_request
from zhaoshang.publishing.models import PublicRequest
from zhaoshang.publishing.rules import Asked, Outcome
from zhaoshang.searches.actions import erase_unconfirmed, save_search
from zhaoshang.searches.models import SavedSearch
from zhaoshang.searches.telling import send_waiting

pytestmark = pytest.mark.one_database
PEOPLE = ("欧阳金丝雀", "司徒金丝雀", "诸葛金丝雀", "上官金丝雀", "慕容金丝雀", "皇甫金丝雀")
ASKED = "端木金丝雀"
NUMBERS = tuple(f"1397006{place}{place}{place}{place}" for place in range(1, 5))
WAYS = ("canary1@mail.example", "canary2@mail.example", "canary3@mail.example", "canary4@mail.example")
REACH = (*NUMBERS, *WAYS)
# Who answers somebody must see where to write, on the page of that one request; an objection stands on its claim's page.
ANSWERED_THERE = re.compile(r"^(/desk/public-requests/[0-9]+/|/desk/claims/[0-9a-f-]+/)$")
LOOK = ("officer", "other_officer", "verifier", "statistician", "leader", "system", "security", "auditor", "partner")


@pytest.fixture
def planted(cast: Cast, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Somebody in each of those fields."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.CITY, settings.EMAIL_FILE_PATH = cast.city.code, str(tmp_path / "mail")
    person(cast, cast.plant.enterprise, cast.east, name=PEOPLE[0], phone=NUMBERS[0], mail=WAYS[0])
    told(cast, contact=PEOPLE[1], phone=NUMBERS[1], subject="示例金丝雀项目")
    guest = NewGuest("示例商会", PEOPLE[2], "会长", NUMBERS[2], cast.east)
    invite(activity=activity(cast), guests=[guest], by=cast.statistician, at=NOW)
    partner = chamber(cast, login=True, head=PEOPLE[3], phone=NUMBERS[3])
    claim = whole_claim(cast, partner, brought(cast, partner))
    claiming.approve_claim(claim=claim, by=cast.verifier, at=NOW)
    claim = claiming.publish_claim(claim=claim, by=cast.statistician, at=NOW)
    said = {"told_by": PEOPLE[4], "contact": WAYS[1], "text": "该企业早已在谈"}
    claiming.object_in_public(claim=claim, by=None, at=NOW, **said)
    asked: dict[str, Any] = {"asked": Asked.CORRECTION, "text": "示例更正", "name": PEOPLE[5], "contact": WAYS[2]}
    take_request(city=cast.city, at=NOW, today=NOW.date(), **asked)
    save_search(city=cast.city, given={"industry": "C", "land": "10"}, mail=WAYS[3], language="zh-hans", at=NOW)
    return cast


def personal() -> Iterator[tuple[Any, str]]:
    for model in apps.get_models():
        for name in sorted(getattr(getattr(model, "Privacy", None), "personal", ())):
            yield model, name


def held(model: Any, name: str, cast: Cast) -> str:
    """All that a column holds of the city."""
    rows = model.objects.of(cast.city) if hasattr(model.objects, "of") else model.objects.all()
    return json.dumps([str(value) for value in rows.values_list(name, flat=True)], ensure_ascii=False)


def seen(cast: Cast, client: Client, sought: tuple[str, ...]) -> list[str]:
    """Where one finds any of them: by every link and file, and every operation of the API that reads."""
    starts = ["/", "/desk/", "/desk/leads/?xlsx=1", "/desk/enterprises/", "/desk/activities/meeting/guests/"]
    starts += ["/desk/activities/meeting/guests/?xlsx=1", "/desk/partners/", "/desk/diary/", "/desk/diary/?xlsx=1"]
    starts += [
        f"/desk/enterprises/{cast.plant.enterprise_id}/",
        f"/desk/search/?q={PEOPLE[0]}",
        f"/desk/search/?q={NUMBERS[0]}",
    ]
    found = []
    for place, answer in crawl(client, starts, limit=200, keep=True, of_a_kind=2).items():
        if any(one in written_in(answer.content) for one in sought if one not in place):
            found.append(place)
    firm = str(cast.plant.enterprise_id)
    for path, operations in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        if "get" in operations:
            address = re.sub(r"\{code\}", "meeting", re.sub(r"\{key\}", firm, path))
            address = re.sub(r"\{[a-z_]+\}", "00000000-0000-0000-0000-000000000000", address)
            answer = client.get(address, {"q": PEOPLE[0]})
            content = b"".join(answer) if answer.streaming else answer.content
            if any(one in written_in(content) for one in sought if one != PEOPLE[0] or "search" not in path):
                found.append(address)
    return [place for place in found if not ANSWERED_THERE.match(place)]


@pytest.mark.case("I5")
def test_somebody_stands_in_every_personal_field_and_in_no_other_column(planted: Cast) -> None:
    own = {(model, name) for model, name in personal()}
    assert [f"{model.__name__}.{name}" for model, name in own if not any(
        one in held(model, name, planted) for one in (*PEOPLE, *REACH)
    )] == []  # fmt: skip
    elsewhere = []
    for model in apps.get_models():
        if model.__module__.startswith("zhaoshang."):
            for field in model._meta.concrete_fields:
                if isinstance(field, CharField | TextField | JSONField) and (model, field.name) not in own:
                    text = held(model, field.name, planted)
                    elsewhere += [f"{model.__name__}.{field.name}" for one in REACH if one in text]
    assert elsewhere == []


# In full for who looks after the guests: the password is asked for again, and the diary says who took it, as tried below.
WRITTEN_DOWN = {"/desk/activities/meeting/guests/?xlsx=1"}


@pytest.mark.parametrize("who", [pytest.param(one, marks=pytest.mark.thorough) for one in LOOK] + ["nobody"])
@pytest.mark.case("I5", "B7")
def test_no_number_and_no_address_is_read_by_looking_and_none_is_logged(
    planted: Cast, client: Client, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    if who != "nobody":
        client.force_login(getattr(planted, who))
    assert set(seen(planted, client, REACH)) <= (WRITTEN_DOWN if who in ("officer", "statistician") else set())
    assert [line.getMessage() for line in caplog.records if any(one in line.getMessage() for one in REACH)] == []


@pytest.mark.parametrize(
    "who",
    [
        "nobody",
        pytest.param("auditor", marks=pytest.mark.thorough),
        pytest.param("system", marks=pytest.mark.thorough),
        pytest.param("security", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.case("B7")
def test_who_has_no_business_with_people_reads_no_name(planted: Cast, client: Client, who: str) -> None:
    if who != "nobody":
        client.force_login(getattr(planted, who))
    assert seen(planted, client, PEOPLE) == []


@pytest.mark.case("I5")
def test_whoever_looks_at_a_number_in_full_is_written_down(planted: Cast, client: Client) -> None:
    guest = Guest.objects.of(planted.city).get()
    client.force_login(planted.statistician)
    shown = client.get("/desk/activities/meeting/guests/").content.decode()
    assert masked(NUMBERS[2]) in shown and NUMBERS[2] not in shown
    assert NUMBERS[2] in client.post(f"/desk/guests/{guest.pk}/phone/").content.decode()
    told_api = client.post(f"/api/guests/{guest.pk}/phone", "{}", content_type="application/json")
    assert told_api.json() == {"phone": NUMBERS[2]}
    assert client.get(next(iter(WRITTEN_DOWN))).status_code == 200
    noted = Event.objects.of(planted.city).filter(by=planted.statistician).values_list("verb", flat=True)
    assert [verb for verb in noted if verb.startswith("outreach.guest")].count("outreach.guest.phone_seen") == 2
    assert "outreach.guests.exported" in noted


@pytest.mark.case("I5")
def test_a_form_that_is_opened_shows_no_number_and_sent_back_as_it_was_keeps_it(planted: Cast, client: Client) -> None:
    lead = Lead.objects.of(planted.city).get(phone=NUMBERS[1])
    client.force_login(planted.statistician)
    page = client.get(f"/desk/leads/{lead.pk}/edit/").content.decode()
    assert masked(NUMBERS[1]) in page and NUMBERS[1] not in page
    given = {"investor": lead.investor, "subject": "示例金丝雀二期", "contact": PEOPLE[1], "phone": masked(NUMBERS[1])}
    assert client.post(f"/desk/leads/{lead.pk}/edit/", given).status_code == 302
    kept = Lead.objects.of(planted.city).get(pk=lead.pk)
    assert (kept.phone, kept.subject) == (NUMBERS[1], "示例金丝雀二期")


@pytest.mark.case("I7")
def test_after_their_days_people_are_gone_and_account_and_chain_are_as_they_were(planted: Cast) -> None:
    planted.verified()
    before, counted = walk(planted.city), by_unit_fen(planted)
    request = PublicRequest.objects.of(planted.city).select_related("city").get()
    told_back: dict[str, Any] = {
        "reply": "已更正",
        "public_reply": "已更正",
        "by": planted.statistician,
        "at": NOW,
        "today": NOW.date(),
    }
    answer_request(request=request, outcome=Outcome.ACCEPTED, **told_back)
    asked_for = person(planted, planted.plant.enterprise, planted.east, name=ASKED)
    erase_contact(contact=asked_for, reason="本人要求", by=planted.statistician, at=NOW)
    lead = Lead.objects.of(planted.city).select_related("city").get(phone=NUMBERS[1])
    reject(lead=lead, reason="示例", by=planted.statistician, at=NOW)
    claim = Claim.objects.of(planted.city).select_related("city").get()
    objection = ClaimObjection.objects.of(planted.city).select_related("city", "claim").get()
    claiming.answer_objection(objection=objection, answer="经核实不成立", by=planted.verifier, at=NOW)
    claiming.finish_claim(claim=claim, by=planted.verifier, at=NOW + timedelta(days=90))
    later = NOW + timedelta(days=4_000)
    assert erase_contacts(city=planted.city, today=later.date(), at=later) == 1
    assert erase_unconfirmed(city=planted.city, today=later.date(), at=later) == 1
    assert ASKED not in held(Contact, "name", planted)
    erased = [
        (PublicRequest, "contact"),
        (PublicRequest, "name"),
        (SavedSearch, "mail"),
    ]
    assert [held(model, name, planted) for model, name in erased] == ['[""]'] * 3
    many = {model: model.objects.of(planted.city).count() for model in (Lead, Guest, Partner, ClaimObjection, Contact)}
    assert still_there(planted) == [*PEOPLE[:5], *NUMBERS, *WAYS[:2]]
    for erase in BY_NIGHT:
        assert erase(city=planted.city, today=(NOW + timedelta(days=100)).date(), at=later) == 0  # not yet
        assert erase(city=planted.city, today=later.date(), at=later) > 0
        assert erase(city=planted.city, today=later.date(), at=later) == 0
    assert still_there(planted) == []
    assert {model: model.objects.of(planted.city).count() for model in many} == many
    assert (walk(planted.city), by_unit_fen(planted), before.faults) == (before, counted, [])


BY_NIGHT = (leads.erase_people, guests.erase_people, partners.erase_people, contacts.erase_people)


def still_there(cast: Cast) -> list[str]:
    """Who is still found in any column of any table."""
    everything = "".join(
        held(model, field.name, cast)
        for model in apps.get_models()
        if model.__module__.startswith("zhaoshang.")
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
    )
    return [one for one in (*PEOPLE, *REACH) if one in everything]


def by_unit_fen(cast: Cast) -> int:
    """What is counted of the city."""
    return sum(Total.objects.of(cast.city).filter(facet="").values_list("amount_fen", flat=True))


@pytest.mark.case("I5")
def test_a_letter_names_nobody_but_its_reader(planted: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FROM = "django.core.mail.backends.locmem.EmailBackend", "noreply@city.example"
    send_waiting(city=planted.city, at=NOW)
    letters = [str(one.message()) + one.body for one in mail.outbox]
    assert len(letters) == 1 and mail.outbox[0].to == [WAYS[3]]
    assert [one for one in (*PEOPLE, *NUMBERS, *WAYS[:3]) if one in letters[0]] == []
