"""Contacts go by their term, counted from the last time that anybody had to do with the person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enterprises.firms import card, person
from zhaoshang.capital.checkpoints import walk
from zhaoshang.enterprises.contacts import Person, change_contact, show_contact
from zhaoshang.enterprises.erasing import CONTACTS, erase_people
from zhaoshang.enterprises.merging import merge_enterprises
from zhaoshang.enterprises.models import Contact, Enterprise, Touch
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.enterprises.touches import Meeting, log_touch, withdraw_touch
from zhaoshang.lookup.models import Entry
from zhaoshang.people.holds import lift_hold, place_hold
from zhaoshang.people.models import Event
from zhaoshang.people.terms import SAMPLE
from zhaoshang.regions.models import ReportingUnit

pytestmark = pytest.mark.case("I7")
SOON, USED = NOW + timedelta(days=1094), NOW + timedelta(days=500)
LATE, LATER = NOW + timedelta(days=1_200), USED + timedelta(days=1_100)


def gone(cast: Cast, at: datetime) -> int:
    return erase_people(city=cast.city, today=timezone.localdate(at), at=at)


def fresh(contact: Contact) -> Contact:
    return Contact.objects.of(contact.city_id).select_related("city", "enterprise").get(pk=contact.pk)  # type: ignore[no-any-return]


def changed(cast: Cast, contact: Contact) -> None:
    told = Person(name="王示例", post="董事长", phone="0411-84000123", mail="wang@example.com", source="示例名片")
    change_contact(contact=contact, person=told, by=cast.officer, at=USED)


def shown(cast: Cast, contact: Contact) -> None:
    show_contact(contact=contact, by=cast.officer, at=USED)


def meeting(cast: Cast, firm: Enterprise, unit: ReportingUnit | None, contact: Contact | None = None) -> Touch:
    on = timezone.localdate(USED)
    told = Meeting(on=on, kind=TouchKind.VISIT, who="示例区长", said="示例谈话内容", contact=contact)
    return log_touch(enterprise=firm, meeting=told, unit=unit, by=cast.officer, at=USED)


def met_by_its_unit(cast: Cast, contact: Contact) -> None:
    meeting(cast, contact.enterprise, contact.unit)


def met_by_another(cast: Cast, contact: Contact) -> None:
    meeting(cast, contact.enterprise, cast.west)


def named_by_another(cast: Cast, contact: Contact) -> None:
    meeting(cast, contact.enterprise, cast.west, contact)


def met_and_withdrawn(cast: Cast, contact: Contact) -> None:
    touch = meeting(cast, contact.enterprise, contact.unit)
    withdraw_touch(touch=touch, reason="记错", by=cast.officer, at=USED)


def met_on_the_card_that_stands_for_it(cast: Cast, contact: Contact) -> None:
    kept = card(cast, "示例另一张卡")
    merge_enterprises(kept=kept, closed=contact.enterprise, reason="示例", by=cast.statistician, at=USED)
    meeting(cast, kept, contact.unit)


def at_another_firm(cast: Cast, contact: Contact) -> None:
    meeting(cast, cast.harbour.enterprise, contact.unit)


def test_after_its_days_a_contact_is_gone_and_that_there_was_one_stays(cast: Cast) -> None:
    contact, firm = person(cast, cast.plant.enterprise, cast.east), cast.plant.enterprise
    before = walk(cast.city)
    assert (gone(cast, SOON), gone(cast, LATE), gone(cast, LATE)) == (0, 1, 0)
    left = fresh(contact)
    assert (left.name, left.post, left.phone, left.mail, left.erased_by, left.erased_at) == ("", "", "", "", None, LATE)
    assert (left.enterprise_id, walk(cast.city)) == (firm.pk, before)
    assert not Entry.objects.of(cast.city).filter(pk=contact.pk).exists()
    assert Event.objects.of(cast.city).get(verb="enterprises.contacts.erased").detail == {"contacts": 1}
    with pytest.raises(DatabaseError, match="stays erased"), transaction.atomic():
        Contact.objects.of(cast.city).filter(pk=contact.pk).update(name="王示例")


@pytest.mark.parametrize(
    ("use", "of_unit", "stays"),
    [
        (changed, True, True),
        (shown, True, True),
        (met_by_its_unit, True, True),
        (met_by_its_unit, False, True),
        (named_by_another, True, True),
        (met_on_the_card_that_stands_for_it, True, True),
        (met_by_another, False, True),
        (met_by_another, True, False),
        (met_and_withdrawn, True, False),
        (at_another_firm, True, False),
    ],
)
def test_the_days_begin_anew_with_every_use_and_with_nothing_else(
    cast: Cast, use: Callable[[Cast, Contact], None], of_unit: bool, stays: bool
) -> None:
    contact = person(cast, cast.plant.enterprise, cast.east if of_unit else None)
    use(cast, fresh(contact))
    assert gone(cast, LATE) == (0 if stays else 1)
    assert gone(cast, LATER) == (1 if stays else 0)


@pytest.mark.case("J11")
def test_a_held_contact_stays_and_does_not_keep_the_others(cast: Cast) -> None:
    held, other = (person(cast, cast.plant.enterprise, cast.east) for _ in range(2))
    hold = place_hold(
        city=cast.city, model=Contact, key=held.pk, called="contact", reason="示例", by=cast.security, at=NOW
    )
    assert (gone(cast, LATE), fresh(held).name, fresh(other).name) == (1, "王示例", "")
    lift_hold(hold=hold, reason="示例", by=cast.auditor, at=LATE)
    assert (gone(cast, LATE), fresh(held).name) == (1, "")


def test_so_many_held_ones_do_not_keep_the_rest_from_going(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held, _other = (person(cast, firm.enterprise, cast.east) for firm in (cast.plant, cast.harbour))
    place_hold(city=cast.city, model=Contact, key=held.pk, called="contact", reason="示例", by=cast.security, at=NOW)
    monkeypatch.setattr("zhaoshang.enterprises.erasing.AT_ONCE", 1)
    assert (gone(cast, LATE), gone(cast, LATE)) == (1, 0)


def test_the_days_are_the_installation_s_own_and_stand_on_the_page(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    contact = person(cast, cast.plant.enterprise, cast.east)
    client.force_login(cast.officer)
    address = reverse("desk:contact", args=[contact.pk])
    assert "满 1095 天后" in client.get(address).content.decode()
    settings.DATA_DIR = tmp_path
    (tmp_path / "keeping.toml").write_text(SAMPLE.read_text().replace("person_days = 1095", "person_days = 90"))
    assert (CONTACTS.days, "满 90 天后" in client.get(address).content.decode()) == (90, True)
    assert gone(cast, NOW + timedelta(days=100)) == 1
