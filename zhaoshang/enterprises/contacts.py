"""People at enterprises: entered, changed, shown unmasked with a line in the diary, and erased. The diary never says who they are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from zhaoshang.enterprises.actions import locked
from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.enterprises.rules import masked_mail, masked_name, masked_phone
from zhaoshang.lookup.rules import Kind
from zhaoshang.lookup.writing import Name, forget, keep, keep_anew
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.apart import note_erased, subject
from zhaoshang.tenancy.models import City

CONTACTS = "enterprises.contact"


class IsErased(Exception):
    """Nothing is left of this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is kept of a contact; ``source``: the ground on which it is, say a visiting card and its day."""

    name: str
    post: str = ""
    phone: str = ""
    mail: str = ""
    is_key: bool = False
    source: str


@transaction.atomic
def add_contact(
    *,
    enterprise: Enterprise,
    person: Person,
    unit: ReportingUnit | None,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> Contact:
    """Enter a person of the enterprise, as ``unit``'s contact or the bureau's. Raises ``actions.IsMerged``."""
    held = locked(enterprise)
    contact: Contact = Contact.objects.create(
        city=held.city, enterprise=held, unit=unit, entered_by=by, entered_at=at, is_sample=is_sample, **asdict(person)
    )
    keep(held.city, [index_name(contact)])
    record("enterprises.contact.added", city=held.city, by=by, at=at, about=held, contact=str(contact.pk))
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, person: Person, by: User, at: datetime) -> Contact:
    """Change what is kept of a person; the diary says which fields, not what was in them. Raises :class:`IsErased`."""
    held = _standing(contact)
    told = [name for name, value in asdict(person).items() if getattr(held, name) != value]
    for name in told:
        setattr(held, name, getattr(person, name))
    if told:
        held.save(update_fields=told)
        keep_anew(held.city, [index_name(held)])
        record(
            "enterprises.contact.changed", city=held.city, by=by, at=at, about=held.enterprise,
            contact=str(held.pk), fields=told,
        )  # fmt: skip
    return held


@transaction.atomic
def erase_contact(*, contact: Contact, reason: str, by: User, at: datetime) -> Contact:
    """Take everything about the person away, for ever; that there was a contact stays. Raises :class:`IsErased`."""
    held = _standing(contact)
    blank = {"name": "", "post": "", "phone": "", "mail": "", "erased_by": by, "erased_at": at}
    for name, value in blank.items():
        setattr(held, name, value)
    held.save(update_fields=list(blank))
    forget(held.city, [held.pk])
    note_erased(CONTACTS, [held.pk], at, by.pk)
    record(
        "enterprises.contact.erased", city=held.city, by=by, at=at, about=held.enterprise,
        contact=str(held.pk), reason=reason.strip()[:200],
    )  # fmt: skip
    return held


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase whom the list kept apart names; returns how many. Erased by whom the list says, or, when the copy does not
    know that account yet, in the name of whoever entered the person."""
    known = {str(key) for key in User.objects.values_list("pk", flat=True)}
    found = []
    for contact in Contact.objects.of(city).select_for_update().filter(erased_at__isnull=True):
        by = listed.get(subject(CONTACTS, contact.pk))
        if by is not None:
            contact.name = contact.post = contact.phone = contact.mail = ""
            contact.erased_at, contact.erased_by_id = at, by if by in known else contact.entered_by_id
            contact.save(update_fields=["name", "post", "phone", "mail", "erased_at", "erased_by"])
            found.append(contact.pk)
    if found:
        forget(city, found)
        record("enterprises.contacts.erased_again", city=city, by=None, at=at, contacts=len(found))
    return len(found)


@transaction.atomic
def show_contact(*, contact: Contact, by: User, at: datetime) -> Contact:
    """Everything of one person, for who has asked for it: the asking stays in the diary. Raises :class:`IsErased`."""
    held = _standing(contact)
    record("enterprises.contact.shown", city=held.city, by=by, at=at, about=held.enterprise, contact=str(held.pk))
    return held


def _standing(contact: Contact) -> Contact:
    rows = Contact.objects.of(contact.city_id).select_for_update().select_related("city", "enterprise")
    held: Contact = rows.get(pk=contact.pk)
    if held.erased_at is not None:
        raise IsErased
    return held


def index_name(contact: Contact) -> Name:
    """What the index keeps of a person, under the unit whose contact it is."""
    return Name(contact.pk, Kind.CONTACT, contact.name, contact.unit_id)


def masked(contact: Contact, viewer: Viewer) -> Person:
    """What a page may say unasked: name, post and where they come from only to roles that work with contacts, number and address to
    nobody."""
    works = viewer.can(Can.SEE_CONTACTS)
    return Person(
        name=contact.name if works else masked_name(contact.name),
        post=contact.post if works else "",
        phone=masked_phone(contact.phone),
        mail=masked_mail(contact.mail),
        is_key=contact.is_key,
        source=contact.source if works else "",
    )
