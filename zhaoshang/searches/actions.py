"""The only writers of saved searches: asked for, confirmed, stopped, erased. What follows from them by mail is a row (``telling.py``)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.ids import uuid7
from zhaoshang.outreach.links import digest, token
from zhaoshang.people.diary import record
from zhaoshang.people.holds import free
from zhaoshang.publishing.queries import terms_on
from zhaoshang.searches.models import Notice, SavedSearch
from zhaoshang.searches.rules import MOST_A_DAY, MOST_OF_ONE_MAIL, About, Standing, said_of, wish_of
from zhaoshang.tenancy.apart import note_erased, subject
from zhaoshang.tenancy.models import City

SEARCHES = "searches.savedsearch"


class NothingSought(ValueError):
    """No condition was given, or one that cannot be read; the argument names those."""


class TooMany(Exception):
    """The city has taken as many searches today as it takes in a day."""


class Erased(Exception):
    """The search was stopped and its address erased; it can only be saved anew."""


def link_of(search: SavedSearch) -> str:
    """The unguessable part of the address that confirms, shows and stops a search."""
    return token("search", search.pk, 1)


@transaction.atomic
def save_search(
    *, city: City, given: Mapping[str, str], mail: str, language: str, at: datetime, by: None = None, is_sample: bool = False
) -> SavedSearch | None:  # fmt: skip
    """Take a search; its address is written to once, to be confirmed. Raises :class:`NothingSought`, :class:`TooMany`.

    None when the address has as many searches as it may have: the asker must not learn that from the page.
    """
    said, today = said_of(given), timezone.localdate(at)
    unread = wish_of(said)[1]
    if not said or unread:
        raise NothingSought(*unread)
    City.objects.select_for_update(no_key=True).get(pk=city.pk)
    rows = SavedSearch.objects.of(city)
    if rows.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany
    address = mail.strip().lower()
    if rows.filter(mail=address).count() >= MOST_OF_ONE_MAIL or rows.filter(mail=address, said=said).exists():
        return None
    search = SavedSearch(
        id=uuid7(), city=city, said=said, language=language, mail=address, asked_at=at, is_sample=is_sample
    )
    search.link_digest, search.erase_on = digest(link_of(search)), terms_on(city, today).unconfirmed_until(today)
    search.save(force_insert=True)
    Notice.objects.create(city=city, search=search, about=About.CONFIRM, on=today, made_at=at)
    record("searches.search.saved", city=city, by=by, at=at, about=search)
    return search


def _locked(search: SavedSearch) -> SavedSearch:
    rows = SavedSearch.objects.of(search.city_id).select_for_update().select_related("city")
    held: SavedSearch = rows.get(pk=search.pk)
    if held.standing == Standing.ERASED:
        raise Erased
    return held


@transaction.atomic
def confirm_search(*, search: SavedSearch, at: datetime, by: None = None) -> SavedSearch:
    """Whoever holds the link says that the address is theirs: from now on it is told of new entries. Raises :class:`Erased`."""
    held = _locked(search)
    if held.standing == Standing.WAITING:
        held.confirmed_at = at
        held.save(update_fields=["confirmed_at"])
        record("searches.search.confirmed", city=held.city, by=by, at=at, about=held)
    return held


@transaction.atomic
def stop_search(*, search: SavedSearch, at: datetime, by: None = None) -> SavedSearch:
    """Stop it and erase its address and conditions, at once. Raises :class:`Erased`."""
    held = _locked(search)
    held.mail, held.said, held.erased_at = "", {}, at
    held.save(update_fields=["mail", "said", "erased_at"])
    note_erased(SEARCHES, [held.pk], at)
    record("searches.search.stopped", city=held.city, by=by, at=at, about=held)
    return held


@transaction.atomic
def erase_unconfirmed(*, city: City, today: date, at: datetime) -> int:
    """Erase addresses that nobody confirmed in time; returns how many."""
    rows = SavedSearch.objects.of(city).filter(erase_on__lte=today, confirmed_at__isnull=True, erased_at__isnull=True)
    found = list(free(rows, city).select_for_update().values_list("pk", flat=True))
    if found:
        SavedSearch.objects.of(city).filter(pk__in=found).update(mail="", said={}, erased_at=at)
        note_erased(SEARCHES, found, at)
        record("searches.addresses.erased", city=city, by=None, at=at, searches=len(found))
    return len(found)


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase the addresses that the list kept apart names; returns how many."""
    rows = SavedSearch.objects.of(city).filter(erased_at__isnull=True)
    found = [key for key in rows.values_list("pk", flat=True) if subject(SEARCHES, key) in listed]
    if found:
        SavedSearch.objects.of(city).filter(pk__in=found).update(mail="", said={}, erased_at=at)
        record("searches.addresses.erased", city=city, by=None, at=at, searches=len(found))
    return len(found)
