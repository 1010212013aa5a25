"""Which backups stay; what a restored copy may do; who was erased is erased in it again."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.db import DatabaseError, transaction
from leads.told import told
from outreach.going import activity
from partners.appointed import chamber

from zhaoshang.command.backups import staying
from zhaoshang.command.restoring import settle
from zhaoshang.common.problems import WritesStopped
from zhaoshang.enterprises.contacts import CONTACTS, Person, add_contact
from zhaoshang.enterprises.models import Contact
from zhaoshang.leads.actions import WrongState, reject, reopen
from zhaoshang.leads.models import Lead
from zhaoshang.lookup.models import Entry
from zhaoshang.outreach.actions.activities import NewGuest, invite
from zhaoshang.outreach.models import Guest
from zhaoshang.partners.models import Partner
from zhaoshang.people.copies import NotACopy, ReasonMissing, accept_gap, declare_live, is_copy, mark_restored
from zhaoshang.people.diary import record
from zhaoshang.publishing.asking import REQUESTS, take_request
from zhaoshang.publishing.models import PublicRequest
from zhaoshang.publishing.rules import Asked
from zhaoshang.searches.actions import SEARCHES, save_search
from zhaoshang.searches.models import SavedSearch
from zhaoshang.tenancy import apart
from zhaoshang.tenancy.models import City

AT = datetime(2023, 4, 1, tzinfo=UTC)


def test_the_last_backup_of_each_day_week_and_month_stays() -> None:
    made = [AT - timedelta(days=back, hours=hour) for back in range(90) for hour in (0, 6)]
    stay = staying(made, (7, 5, 3))
    assert max(made) in stay and len(stay) <= 15
    assert {one.month for one in stay} >= {2, 3, 4}
    latest = {one.date() for one in made if one > AT - timedelta(days=6)}
    assert {one.date() for one in stay} >= latest


def test_a_copy_older_than_the_published_account_is_written_only_after_somebody_answered_for_it(cast: Cast) -> None:
    mark_restored(city=cast.city, made_at=AT, behind_seq=61, erased=0, at=AT)
    city = City.objects.get(pk=cast.city.pk)
    assert is_copy()
    with pytest.raises(WritesStopped):
        record("capital.checkpoint.made", city=city, by=None, at=AT)
    with pytest.raises(ReasonMissing):
        accept_gap(city=city, reason=" ", by=cast.security, at=AT)
    accept_gap(city=city, reason="硬盘损坏", by=cast.security, at=AT)
    declare_live(city=city, reason="硬盘损坏", by=cast.security, at=AT)
    city.refresh_from_db()
    record("capital.checkpoint.made", city=city, by=None, at=AT)
    assert not is_copy()
    with pytest.raises(NotACopy):
        declare_live(city=city, reason="再来", by=cast.security, at=AT)


@pytest.mark.case("J9")
def test_who_was_erased_is_erased_again_in_a_copy_that_still_holds_them(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    settings.APART_DIR = tmp_path
    monkeypatch.setattr("zhaoshang.command.restoring.bring_up_to_date", lambda: None)
    firm = cast.plant.enterprise
    person = Person(name="王小明", phone="13800138642", source="名片")
    gone, stays = (add_contact(enterprise=firm, person=person, unit=None, by=cast.officer, at=AT) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        apart.note_erased(CONTACTS, [gone.pk], AT, cast.officer.pk)  # erased after the backup was made
    assert "王小明" not in (tmp_path / apart.ERASED).read_text()
    assert settle(AT, AT).erased == 1
    assert Contact.objects.of(cast.city).get(pk=gone.pk).name == ""
    assert Contact.objects.of(cast.city).get(pk=stays.pk).name == "王小明"


@pytest.mark.case("I7", "J9")
def test_people_of_leads_activities_and_partners_too(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.APART_DIR = tmp_path
    monkeypatch.setattr("zhaoshang.command.restoring.bring_up_to_date", lambda: None)
    gone, stays = (told(cast, contact="王小明", text=f"示例{one}", phone="13800138642") for one in range(2))
    place = activity(cast)
    invite(activity=place, guests=[NewGuest("示例商会", "王小明", "", "", None)], by=cast.statistician, at=AT)
    guest, partner = Guest.objects.of(cast.city).get(), chamber(cast, head="王小明", phone="13800138642")
    named = Person(name="王小明", phone="13800138642", source="名片")
    met = add_contact(enterprise=cast.plant.enterprise, person=named, unit=None, by=cast.officer, at=AT)
    of_lists = (
        ("leads_lead", gone),
        ("outreach_guest", guest),
        ("partners_partner", partner),
        ("enterprises_contact", met),
    )
    for table, row in of_lists:
        apart._append(json.dumps({"subject": apart.subject(table, row.pk), "day": "2023-04-02", "by": ""}) + "\n")
    assert settle(AT, AT).erased == 4
    left = Lead.objects.of(cast.city).values_list("contact", "phone", "received_text").order_by("contact")
    assert list(left) == [("", "", ""), (stays.contact, stays.phone, stays.received_text)]
    assert [Guest.objects.of(cast.city).get().name, Partner.objects.of(cast.city).get().head] == ["", ""]
    assert (Contact.objects.of(cast.city).get().name, Entry.objects.of(cast.city).filter(pk=met.pk).count()) == ("", 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Lead.objects.of(cast.city).filter(pk=gone.pk).update(contact="王小明")
    with pytest.raises(WrongState):
        close_and_reopen(cast, Lead.objects.of(cast.city).select_related("city").get(pk=gone.pk))


def close_and_reopen(cast: Cast, lead: Lead) -> None:
    reject(lead=lead, reason="示例", by=cast.statistician, at=AT)
    reopen(lead=lead, reason="示例", by=cast.statistician, at=AT)


@pytest.mark.case("J9")
def test_askers_and_saved_searches_too(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.APART_DIR, today = tmp_path, AT.date()
    monkeypatch.setattr("zhaoshang.command.restoring.bring_up_to_date", lambda: None)
    asked: dict[str, Any] = {"asked": Asked.CORRECTION, "text": "示例", "name": "王小明", "contact": "a@example.org"}
    gone, _ = take_request(city=cast.city, at=AT, today=today, **asked)
    stays, _ = take_request(city=cast.city, at=AT, today=today, **asked)
    sought: dict[str, Any] = {"given": {"industry": "C", "land": "10"}, "language": "zh-hans", "at": AT}
    search = save_search(city=cast.city, mail="b@example.org", **sought)
    assert search is not None
    for table, key in ((REQUESTS, gone.pk), (SEARCHES, search.pk)):
        apart._append(json.dumps({"subject": apart.subject(table, key), "day": "2023-04-02", "by": ""}) + "\n")
    assert settle(AT, AT).erased == 2
    rows = PublicRequest.objects.of(cast.city)
    assert (rows.get(pk=gone.pk).contact, rows.get(pk=stays.pk).contact) == ("", "a@example.org")
    assert SavedSearch.objects.of(cast.city).get().mail == ""
