"""What a loop does outside any request: finds what is new for confirmed searches, and sends the mails that stand as rows.

A mail is claimed by one statement, sent, then marked. Killed between sending and marking, it is claimed again when its lease is over and
goes under the same Message-ID: a folder keeps it once, a mail server may deliver it twice and the reader's program see that it is the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q

from zhaoshang.people.diary import record
from zhaoshang.searches.letters import letter
from zhaoshang.searches.models import Notice, SavedSearch, ToldEntry
from zhaoshang.searches.queries import news_for
from zhaoshang.searches.rules import LEASE_MINUTES, MOST_TRIES, About, Sending, Standing
from zhaoshang.tenancy.models import City

AT_ONCE = 25  # with twenty seconds for a server that does not answer, a round ends before its leases do


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails went, were not needed any more, and could not go this time."""

    sent: int
    dropped: int
    failed: int


def note_news(*, city: City, today: date, at: datetime) -> int:
    """Write a notice for each confirmed search that something new fits, unless it had one today; returns how many."""
    told_today = Notice.objects.of(city).filter(about=About.NEW, on=today).values("search_id")
    rows = SavedSearch.objects.of(city).filter(confirmed_at__isnull=False, erased_at__isnull=True)
    return sum(_noted(one, today, at) for one in rows.exclude(pk__in=told_today).select_related("city").order_by("id"))


@transaction.atomic
def _noted(search: SavedSearch, today: date, at: datetime) -> bool:
    """Its notice and what it tells of, together or not at all."""
    found = news_for(search, at)
    if not found:
        return False
    notice, made = Notice.objects.get_or_create(
        city=search.city, search=search, about=About.NEW, on=today, defaults={"made_at": at}
    )
    if made:
        ToldEntry.objects.bulk_create(
            [ToldEntry(city=search.city, search=search, opportunity=entry, notice=notice) for entry, _match in found]
        )
        record("searches.notice.made", city=search.city, by=None, at=at, about=search, entries=len(found))
    return made


def send_waiting(*, city: City, at: datetime) -> Sent:
    """Send what waits, the oldest first."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - timedelta(minutes=LEASE_MINUTES))
    rows = Notice.objects.of(city).filter(free, state=Sending.WAITING).order_by("made_at", "id")
    ends = [_sent(one, at) for one in rows.select_related("city", "search")[:AT_ONCE]]
    return Sent(*(ends.count(state) for state in (Sending.SENT, Sending.DROPPED, Sending.FAILED)))


def _sent(notice: Notice, at: datetime) -> Sending | None:
    """Claim one mail, send it, mark it; None when another claimed it first."""
    unclaimed = {"state": Sending.WAITING, "claimed_at": notice.claimed_at}
    rows = Notice.objects.of(notice.city_id).filter(pk=notice.pk, **unclaimed)
    if not rows.update(claimed_at=at, tries=F("tries") + 1):
        return None
    search: SavedSearch = SavedSearch.objects.of(notice.city_id).select_related("city").get(pk=notice.search_id)
    mail = None if search.standing == Standing.ERASED else letter(notice, search, at)
    if mail is None:
        return _ended(notice, Sending.DROPPED, at)
    try:
        get_connection().send_messages([mail])
    except (OSError, SMTPException, ValueError) as fault:
        return _not_sent(notice, type(fault).__name__, at)
    return _ended(notice, Sending.SENT, at)


def _not_sent(notice: Notice, why: str, at: datetime) -> Sending:
    """It is tried again after its lease, and given up after some tries; the diary names the kind of fault, never an address."""
    if notice.tries + 1 >= MOST_TRIES:
        return _ended(notice, Sending.FAILED, at, why)
    Notice.objects.of(notice.city_id).filter(pk=notice.pk).update(why=why)
    return Sending.FAILED


@transaction.atomic
def _ended(notice: Notice, state: Sending, at: datetime, why: str = "") -> Sending:
    Notice.objects.of(notice.city_id).filter(pk=notice.pk).update(state=state, ended_at=at, why=why)
    if state == Sending.FAILED:
        record("searches.notice.given_up", city=notice.city, by=None, at=at, about=notice.search, why=why)
    return state
