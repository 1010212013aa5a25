"""Meetings with enterprises: logged by any unit, seen by all, and a warning where somebody else was there just before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.enterprises.actions import locked
from zhaoshang.enterprises.models import Contact, Enterprise, Relation, Touch, TouchRule
from zhaoshang.enterprises.notes import NotYet, TextMissing
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class IsWithdrawn(Exception):
    """The meeting has been withdrawn."""


class BadRelation(Exception):
    """The relation would end before it began, or is kept by this unit already."""


class RuleTaken(Exception):
    """From this day on a number of days is set already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """``who``: ours, with their rank; ``whom``: theirs, by their posts; ``key``: names the meeting in the room that logs it."""

    on: date
    kind: TouchKind
    who: str
    said: str
    whom: str = ""
    contact: Contact | None = None
    next_step: str = ""
    next_on: date | None = None
    key: str = ""


@transaction.atomic
def log_touch(
    *,
    enterprise: Enterprise,
    meeting: Meeting,
    unit: ReportingUnit | None,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> Touch:
    """Log a meeting of ``unit``, or of the bureau; one with a ``key`` that is logged already is answered, not logged twice.

    Other rooms log theirs by this. Raises :class:`TextMissing`, :class:`NotYet`, ``actions.IsMerged``.
    """
    if not (meeting.said.strip() and meeting.who.strip()):
        raise TextMissing
    if meeting.on > timezone.localdate(at):
        raise NotYet
    held = locked(enterprise)
    rows = Touch.objects.of(held.city)
    known: Touch | None = rows.filter(key=meeting.key).first() if meeting.key else None
    if known is not None:
        return known
    fields = {name: getattr(meeting, name) for name in meeting.__slots__}
    touch: Touch = rows.create(city=held.city, enterprise=held, unit=unit, by=by, at=at, is_sample=is_sample, **fields)
    record("enterprises.touch.logged", city=held.city, by=by, at=at, about=held, touch=str(touch.pk), on=str(touch.on))
    return touch


@transaction.atomic
def withdraw_touch(*, touch: Touch, reason: str, by: User, at: datetime) -> Touch:
    """Take a wrong entry back. Raises :class:`TextMissing`, :class:`IsWithdrawn`."""
    if not reason.strip():
        raise TextMissing
    rows = Touch.objects.of(touch.city_id).select_for_update().select_related("city", "enterprise")
    held: Touch = rows.get(pk=touch.pk)
    if held.withdrawn_at is not None:
        raise IsWithdrawn
    held.withdrawn_reason, held.withdrawn_by, held.withdrawn_at = reason.strip(), by, at
    held.save(update_fields=["withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    record(
        "enterprises.touch.withdrawn", city=held.city, by=by, at=at, about=held.enterprise,
        touch=str(held.pk), reason=reason.strip(),
    )  # fmt: skip
    return held


@transaction.atomic
def set_touch_rule(
    *, city: City, days: int, valid_from: date, source: str, by: User, at: datetime, is_sample: bool = False
) -> TouchRule:
    """Warn within so many days of a meeting, from a day on. Raises :class:`TextMissing`, :class:`RuleTaken`."""
    if not source.strip() or days < 1:
        raise TextMissing
    rows = TouchRule.objects.of(city)
    if rows.filter(valid_from=valid_from).exists():
        raise RuleTaken
    rule: TouchRule = rows.create(
        city=city, days=days, valid_from=valid_from, source=source.strip(), by=by, at=at, is_sample=is_sample
    )
    record("enterprises.touch_rule.set", city=city, by=by, at=at, days=days, valid_from=str(valid_from))
    return rule


def touch_rule(city: City, day: date) -> TouchRule | None:
    """The rule of the day. One query."""
    found: TouchRule | None = TouchRule.objects.of(city).filter(valid_from__lte=day).first()
    return found


def met_recently(
    city: City, enterprises: Sequence[UUID], day: date, *, but: Collection[UUID | None] = ()
) -> list[Touch]:
    """Meetings with any of these firms within the rule's days before ``day``, of other units than ``but`` (None: the bureau).

    Latest first; empty where no rule is set. What was said is not for every reader: ``Touch.objects.in_full_to``. Two queries.
    """
    rule = touch_rule(city, day)
    if rule is None:
        return []
    rows = Touch.objects.of(city).filter(enterprise_id__in=list(enterprises), withdrawn_at__isnull=True)
    rows = rows.filter(on__gt=day - timedelta(days=rule.days), on__lte=day)
    return [one for one in rows.select_related("unit", "enterprise") if one.unit_id not in but]


@transaction.atomic
def hand_relation(
    *,
    enterprise: Enterprise,
    unit: ReportingUnit | None,
    document: str,
    valid_from: date,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> Relation:
    """From a day on ``unit``, or the bureau, keeps the relation; who kept it until then is told.

    Raises :class:`TextMissing`, :class:`BadRelation`, ``actions.IsMerged``.
    """
    if not document.strip():
        raise TextMissing
    held = locked(enterprise)
    now = Relation.objects.of(held.city).filter(enterprise=held, valid_to__isnull=True).first()
    if now is not None:
        if now.valid_from >= valid_from or now.unit_id == (unit.pk if unit else None):
            raise BadRelation
        now.valid_to = valid_from
        now.save(update_fields=["valid_to"])
    relation: Relation = Relation.objects.create(
        city=held.city, enterprise=held, unit=unit, document=document.strip(), valid_from=valid_from, by=by, at=at,
        is_sample=is_sample,
    )  # fmt: skip
    record(
        "enterprises.relation.handed", city=held.city, by=by, at=at, about=held,
        unit=unit.code if unit else "", valid_from=str(valid_from), document=document.strip(),
    )  # fmt: skip
    return relation
