"""Takes away who a contact is, so long after anybody last had to do with the person. That there was a contact, and every meeting, stay.

Last means: entered, changed, shown in full, named in a meeting, or a meeting with the firm of the unit whose contact it is (of any unit,
for the bureau's). Visits and the meetings of trips and activities are logged as meetings of the firm, so they count as well. Changes and
showings are known by the diary alone.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from zhaoshang.enterprises.models import Contact, Touch
from zhaoshang.lookup.models import Entry
from zhaoshang.lookup.writing import forget
from zhaoshang.people.diary import record
from zhaoshang.people.erasing import AT_ONCE, Erasure
from zhaoshang.people.models import Event
from zhaoshang.tenancy.models import City

USED = ("enterprises.contact.changed", "enterprises.contact.shown")


class ContactErasure(Erasure):
    """The name goes out of the index as well."""

    __slots__ = ()

    def _blank(self, city: Any, keys: list[Any], at: datetime) -> None:
        Erasure._blank(self, city, keys, at)
        forget(city, keys)


CONTACTS = ContactErasure("enterprises_contact", Contact, {"name": "", "post": "", "phone": "", "mail": ""})


@transaction.atomic
def erase_people(*, city: City, today: date, at: datetime) -> int:
    """Erase contacts whom nobody has had to do with for so long; returns how many."""
    before = CONTACTS.ended_before(today)
    rows = Contact.objects.of(city).filter(entered_at__lt=before, erased_at__isnull=True)
    rows = rows.exclude(_met_since(city, before)).order_by("pk")
    used = set(Event.objects.of(city).filter(verb__in=USED, at__gte=before).values_list("detail__contact", flat=True))
    due = (key for key in rows.values_list("pk", flat=True).iterator() if str(key) not in used)
    found = 0
    while keys := list(islice(due, AT_ONCE)):  # held ones are passed by, and must not keep the others from going
        if found := CONTACTS.take_away(city, Contact.objects.of(city).filter(pk__in=keys), at):
            record("enterprises.contacts.erased", city=city, by=None, at=at, contacts=found)
            break
    return found


def _met_since(city: City, before: datetime) -> Any:
    """Whether a meeting since then has to do with the contact."""
    stands_for = Entry.objects.of(city).filter(pk=OuterRef(OuterRef("enterprise_id"))).values("stands_for_id")[:1]
    rows = Touch.objects.of(city).filter(on__gte=timezone.localdate(before), withdrawn_at__isnull=True)
    with_firm = Q(enterprise_id=OuterRef("enterprise_id")) | Q(enterprise_id=Subquery(stands_for))
    theirs = Exists(rows.filter(Q(contact_id=OuterRef("pk")) | with_firm & Q(unit_id=OuterRef("unit_id"))))
    return theirs | Q(Exists(rows.filter(with_firm)), unit_id__isnull=True)


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase the contacts that the list kept apart names as gone by their term; returns how many."""
    if found := CONTACTS.take_away_again(Contact.objects.of(city), listed, at):
        record("enterprises.contacts.erased", city=city, by=None, at=at, contacts=found)
    return found
