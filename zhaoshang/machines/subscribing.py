"""Subscriptions of other programs: made, paused, tried, stopped, a delivery sent again."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.machines.outgoing import destination
from zhaoshang.machines.rules import EVENTS, Sending
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class UnknownEvent(Exception):
    """Nothing, or something that is not published, was subscribed to."""


class Stopped(Exception):
    """The subscription is stopped, for good."""


class NotOver(Exception):
    """The delivery still waits, or its subscription is stopped."""


def secret_of(subscription: Subscription) -> str:
    """What deliveries are signed with: made of the installation's secret, kept nowhere."""
    told = f"webhook:{subscription.pk}".encode()
    return "whsec_" + hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


@transaction.atomic
def subscribe(*, city: City, name: str, url: str, verbs: Sequence[str], by: User, at: datetime) -> Subscription:
    """Tell the program at ``url`` of what happens from now on.

    Raises :class:`UnknownEvent` and ``outgoing.NotAllowedThere``.
    """
    if not verbs or not set(verbs) <= set(EVENTS):
        raise UnknownEvent
    destination(url, settings.WEBHOOK_HOSTS)
    made = Subscription.objects.create(
        city=city, name=name, url=url, verbs=sorted(set(verbs)), made_by=by, made_at=at, noted_at=at
    )
    record("machines.subscription.made", city=city, by=by, at=at, about=made, url=url, verbs=made.verbs)
    return made


@transaction.atomic
def pause_subscription(*, subscription: Subscription, paused: bool, by: User, at: datetime) -> None:
    """While the other side is away what happens is noted and waits; afterwards all of it is sent. Raises :class:`Stopped`."""
    held = _standing(subscription)
    if (held.paused_at is not None) == paused:
        return
    Subscription.objects.of(held.city_id).filter(pk=held.pk).update(paused_at=at if paused else None)
    verb = "machines.subscription.paused" if paused else "machines.subscription.resumed"
    record(verb, city=subscription.city, by=by, at=at, about=held)


@transaction.atomic
def try_subscription(*, subscription: Subscription, by: User, at: datetime) -> Delivery:
    """Tell the program that it was tried, as it is told of everything else: signed, by the next round. Raises :class:`Stopped`."""
    held = _standing(subscription)
    line = record("machines.subscription.tried", city=subscription.city, by=by, at=at, about=held)
    return Delivery.objects.create(city_id=held.city_id, subscription=held, event=line, next_at=at)


def _standing(subscription: Subscription) -> Subscription:
    rows = Subscription.objects.of(subscription.city_id).select_for_update()
    held: Subscription = rows.get(pk=subscription.pk)
    if held.stopped_at is not None:
        raise Stopped(str(held))
    return held


@transaction.atomic
def stop_subscription(*, subscription: Subscription, by: User, at: datetime) -> None:
    """It is told of nothing more; what waited is given up."""
    rows = Subscription.objects.of(subscription.city_id).filter(pk=subscription.pk, stopped_at__isnull=True)
    if not rows.update(stopped_at=at):
        return
    waiting = Delivery.objects.of(subscription.city_id).filter(subscription=subscription, state=Sending.WAITING)
    waiting.update(state=Sending.FAILED, ended_at=at, why="stopped")
    record("machines.subscription.stopped", city=subscription.city, by=by, at=at, about=subscription)


@transaction.atomic
def send_again(*, delivery: Delivery, by: User, at: datetime) -> None:
    """Let a delivery that ended go out once more, under the same id. Raises :class:`NotOver`."""
    rows = Delivery.objects.of(delivery.city_id).filter(pk=delivery.pk).exclude(state=Sending.WAITING)
    rows = rows.filter(subscription__stopped_at__isnull=True)
    if not rows.exists():
        raise NotOver
    fresh = Delivery.objects.of(delivery.city_id).filter(pk=delivery.pk)
    fresh.update(state=Sending.WAITING, ended_at=None, next_at=at, tries=0, why="")
    record("machines.delivery.asked_again", city=delivery.city, by=by, at=at, about=delivery.subscription)
