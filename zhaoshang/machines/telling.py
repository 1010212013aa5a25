"""What a loop does outside any request: finds in the diary what programs are to be told of, and sends it.

The diary is the outbox: its line is written in the transaction of what it tells of, and never changed. A delivery is made once for each
line and subscription, by a constraint, so looking a day back again each time loses nothing of a transaction that took long. A delivery is
claimed by one statement, sent, then marked; killed in between, it goes again under the same event id, by which the other side knows it.
"""

import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.machines.outgoing import Destination, NotAllowedThere, destination, looked_up, post
from zhaoshang.machines.rules import MOST_TRIES, Sending, again_after_s, signature
from zhaoshang.machines.subscribing import secret_of
from zhaoshang.people.diary import record
from zhaoshang.people.models import Event
from zhaoshang.tenancy.models import City

LONGEST_TRANSACTION = timedelta(days=1)
NOTED_AT_ONCE = 1_000
SENT_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Told:
    """How many deliveries arrived, and how many did not this time."""

    sent: int
    failed: int


def note_events(*, city: City, at: datetime) -> int:
    """Make a delivery for each line of the diary that a subscription asks for and has not yet; returns how many. A restored copy makes
    none: what happens in it did not happen."""
    if city.restored_from:
        return 0
    rows = Subscription.objects.of(city).filter(stopped_at__isnull=True)
    return sum(_noted(one, at) for one in rows.order_by("id"))


@transaction.atomic
def _noted(subscription: Subscription, at: datetime) -> int:
    since = max(subscription.made_at, subscription.noted_at - LONGEST_TRANSACTION)
    known = Delivery.objects.of(subscription.city_id).filter(subscription=subscription)
    rows = Event.objects.of(subscription.city_id).filter(verb__in=subscription.verbs, at__gte=since, refused=False)
    found = rows.exclude(pk__in=known.values("event_id")).order_by("at", "id")[:NOTED_AT_ONCE]
    made = [Delivery(city_id=subscription.city_id, subscription=subscription, event=one, next_at=at) for one in found]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    if len(made) < NOTED_AT_ONCE:
        Subscription.objects.of(subscription.city_id).filter(pk=subscription.pk).update(noted_at=at)
    return len(made)


def deliver(*, city: City, at: datetime) -> Told:
    """Send what is due, the longest due first. A restored copy, whose account is not the live one, tells nobody anything."""
    if city.restored_from:
        return Told(0, 0)
    rows = Delivery.objects.of(city).filter(
        state=Sending.WAITING, next_at__lte=at, subscription__paused_at__isnull=True
    )
    rows = rows.select_related("city", "event", "subscription__city").order_by("next_at", "id")
    ends = [_delivered(one, at) for one in rows[:SENT_AT_ONCE]]
    return Told(ends.count(True), ends.count(False))


def _delivered(one: Delivery, at: datetime) -> bool | None:
    """Claim one, send it, mark it; None when another claimed it first."""
    claim = Delivery.objects.of(one.city_id).filter(pk=one.pk, state=Sending.WAITING, tries=one.tries)
    if not claim.update(tries=F("tries") + 1, next_at=at + timedelta(seconds=again_after_s(one.tries + 1))):
        return None
    try:
        status = post(_where(one.subscription), body_of(one.event), _headers(one))
    except NotAllowedThere as refusal:
        return _ended(one, Sending.FAILED, at, why=refusal.code)
    except OSError as fault:
        return _not_arrived(one, at, None, type(fault).__name__)
    if 200 <= status < 300:
        return _ended(one, Sending.SENT, at, status)
    return _not_arrived(one, at, status, "answered")


def _where(subscription: Subscription) -> Destination:
    return looked_up(destination(subscription.url, settings.WEBHOOK_HOSTS))


def body_of(event: Event) -> bytes:
    """What is told: that it happened and to what. What may be read of it is asked of the API, with a key of one's own."""
    about = {"kind": event.about_kind, "id": event.about_id}
    told = {"id": str(event.pk), "event": event.verb, "at": event.at.isoformat(), "about": about}
    return json.dumps(told).encode()


def _headers(one: Delivery) -> dict[str, str]:
    signed = signature(secret_of(one.subscription), int(time.time()), body_of(one.event))
    return {
        "Content-Type": "application/json",
        "User-Agent": "zhaoshang",
        "Zhaoshang-Event": str(one.event.pk),
        "Zhaoshang-Signature": signed,
    }


def _not_arrived(one: Delivery, at: datetime, status: int | None, why: str) -> bool:
    """It is tried again later, and given up after some tries."""
    if one.tries + 1 >= MOST_TRIES:
        return _ended(one, Sending.FAILED, at, status, why)
    Delivery.objects.of(one.city_id).filter(pk=one.pk).update(status=status, why=why)
    return False


@transaction.atomic
def _ended(one: Delivery, state: Sending, at: datetime, status: int | None = None, why: str = "") -> bool:
    rows = Delivery.objects.of(one.city_id).filter(pk=one.pk, state=Sending.WAITING)
    if rows.update(state=state, ended_at=at, status=status, why=why) and state == Sending.FAILED:
        record("machines.delivery.given_up", city=one.city, by=None, at=at, about=one.subscription, why=why)
    return state == Sending.SENT
