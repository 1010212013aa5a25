"""The only writers of regions: units, months and memberships."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import BY_UNIT, Role
from zhaoshang.regions.models import Membership, MonthChange, Region, ReportingUnit, ReportMonth, UnitRegion
from zhaoshang.regions.rules import ChangeKind, MonthState
from zhaoshang.tenancy.models import City

GB2260 = Path(__file__).parent / "data" / "gb2260.csv"


class AlreadyClosed(Exception):
    """The month is closed."""


class NotClosed(Exception):
    """The month is open: there is nothing to reopen."""


class SamePerson(Exception):
    """Who asks for a reopening cannot also approve it."""


class AlreadyDecided(Exception):
    """Another person has decided this request."""


class ReasonMissing(Exception):
    """A reopening needs a reason."""


class EndsTooEarly(Exception):
    """What ends must have begun before."""


class CodeTaken(Exception):
    """Another unit of the city has this code."""


class OneRoleOnly(Exception):
    """A person holds one role in a city."""


class RoleHeld(Exception):
    """The person has this role for this unit already."""


class OwnRole(Exception):
    """Nobody grants a role to themselves or takes their own back."""


def load_regions() -> int:
    """Bring the table of GB/T 2260 regions to the shipped list; returns the number of new rows."""
    known = set(Region.objects.values_list("code", "valid_from"))
    with GB2260.open(encoding="utf-8", newline="") as file:
        rows = [
            Region(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                name_en=row["name_en"],
                path=row["path"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(file)
        ]
    fresh = [region for region in rows if (region.code, region.valid_from) not in known]
    Region.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def add_unit(*, city: City, by: User | None, at: datetime, **fields: Any) -> ReportingUnit:
    """Add a reporting unit: ``code, name, short_name, name_en, league_group, position, valid_from, valid_to``.

    Raises :class:`CodeTaken`.
    """
    if ReportingUnit.objects.of(city).filter(code=fields["code"]).exists():
        raise CodeTaken(fields["code"])
    unit = ReportingUnit.objects.create(city=city, **fields)
    record("regions.unit.added", city=city, by=by, at=at, about=unit)
    return unit


@transaction.atomic
def end_unit(*, unit: ReportingUnit, last_day: date, by: User, at: datetime) -> ReportingUnit:
    """Let a unit report for the last time on ``last_day``; its parts of the map end with it, its account stays.

    Raises :class:`EndsTooEarly`.
    """
    held = ReportingUnit.objects.of(unit.city_id).select_for_update().select_related("city").get(pk=unit.pk)
    if last_day < held.valid_from:
        raise EndsTooEarly(str(held))
    held.valid_to = last_day
    held.save(update_fields=["valid_to"])
    parts = UnitRegion.objects.of(held.city).filter(unit=held, valid_to__isnull=True, valid_from__lte=last_day)
    parts.update(valid_to=last_day)
    record("regions.unit.ended", city=held.city, by=by, at=at, about=held, last_day=last_day.isoformat())
    return held  # type: ignore[no-any-return]


@transaction.atomic
def end_mapping(*, mapping: UnitRegion, last_day: date, by: User, at: datetime) -> UnitRegion:
    """Let a part of the map belong to its unit for the last time on ``last_day``. Raises :class:`EndsTooEarly`."""
    if last_day < mapping.valid_from:
        raise EndsTooEarly(mapping.region_code)
    mapping.valid_to = last_day
    mapping.save(update_fields=["valid_to"])
    record(
        "regions.unit.unmapped", city=mapping.city, by=by, at=at, about=mapping.unit,
        region=mapping.region_code, last_day=last_day.isoformat(),
    )  # fmt: skip
    return mapping


@transaction.atomic
def map_unit(*, unit: ReportingUnit, by: User | None, at: datetime, **fields: Any) -> UnitRegion:
    """Say for which part of the map a unit reports: ``region_code, partly, inferred, source, valid_from, valid_to``."""
    mapping = UnitRegion.objects.create(city=unit.city, unit=unit, **fields)
    record(
        "regions.unit.mapped",
        city=unit.city,
        by=by,
        at=at,
        about=unit,
        region=mapping.region_code,
        inferred=mapping.inferred,
    )
    return mapping


@transaction.atomic
def open_month(*, city: City, number: int, due_on: date, by: User | None, at: datetime) -> ReportMonth:
    """Begin a report month; an existing one is returned as it is."""
    month, made = ReportMonth.objects.get_or_create(city=city, number=number, defaults={"due_on": due_on})
    if made:
        record("regions.month.opened", city=city, by=by, at=at, about=month)
    return month


def _locked(city: City, number: int) -> ReportMonth:
    return ReportMonth.objects.of(city).select_for_update().get(number=number)  # type: ignore[no-any-return]


@transaction.atomic
def close_month(*, city: City, number: int, by: User, at: datetime) -> MonthChange:
    """Close the month: from here on no write of any kind reaches it. Raises :class:`AlreadyClosed`.

    Decisions in flight hold the month's row, so each lies wholly before or wholly after the close.
    """
    month = _locked(city, number)
    if not month.is_open:
        raise AlreadyClosed(str(month))
    month.state = MonthState.CLOSED
    month.save(update_fields=["state"])
    change = MonthChange.objects.create(
        city=city,
        month=month,
        kind=ChangeKind.CLOSE,
        asked_by=by,
        asked_at=at,
        decided_by=by,
        decided_at=at,
        approved=True,
    )
    record("regions.month.closed", city=city, by=by, at=at, about=month)
    return change


@transaction.atomic
def ask_reopen(*, city: City, number: int, reason: str, by: User, at: datetime) -> MonthChange:
    """Ask that a closed month be opened again. Raises :class:`NotClosed`, :class:`ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    month = _locked(city, number)
    if month.is_open:
        raise NotClosed(str(month))
    change = MonthChange.objects.create(
        city=city, month=month, kind=ChangeKind.REOPEN, reason=reason.strip(), asked_by=by, asked_at=at
    )
    record("regions.month.reopen_asked", city=city, by=by, at=at, about=month, reason=reason.strip())
    return change


@transaction.atomic
def decide_reopen(*, change: MonthChange, approved: bool, by: User, at: datetime) -> MonthChange:
    """The second person's decision. Raises :class:`SamePerson`, :class:`AlreadyDecided`, :class:`NotClosed`."""
    if same_person(change.asked_by_id, by):
        raise SamePerson
    month = _locked(change.city, change.month.number)
    won = (
        MonthChange.objects.of(change.city)
        .filter(pk=change.pk, decided_by__isnull=True)
        .update(decided_by=by, decided_at=at, approved=approved)
    )
    if not won:
        raise AlreadyDecided
    if approved:
        if month.is_open:
            raise NotClosed(str(month))
        month.state = MonthState.OPEN
        month.save(update_fields=["state"])
    record(
        "regions.month.reopened" if approved else "regions.month.reopen_refused",
        city=change.city,
        by=by,
        at=at,
        about=month,
        reason=change.reason,
    )
    change.refresh_from_db(from_queryset=MonthChange.objects.of(change.city))
    return change


@transaction.atomic
def grant(
    *, city: City, user: User, role: Role, unit: ReportingUnit | None, by: User | None, at: datetime
) -> Membership:
    """Give a person a role in the city. Raises :class:`OneRoleOnly`, :class:`RoleHeld`, :class:`OwnRole`, and ``ValueError`` when an
    officer has no unit."""
    if by is not None and by.pk == user.pk:
        raise OwnRole(user.username)
    if (role in BY_UNIT) != (unit is not None):
        raise ValueError("an officer needs a unit; other roles have none")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # a person is given one role after the other
    held = Membership.objects.of(city).filter(user=user, withdrawn_at__isnull=True)
    if any(other.role != role or unit is None for other in held):
        raise OneRoleOnly(user.username)
    if unit is not None and any(other.unit_id == unit.pk for other in held):
        raise RoleHeld(user.username)
    membership = Membership.objects.create(city=city, user=user, role=role, unit=unit, granted_by=by, granted_at=at)
    record(
        "regions.membership.granted",
        city=city,
        by=by,
        at=at,
        about=user,
        role=str(role),
        unit=unit.code if unit else "",
    )
    return membership


@transaction.atomic
def withdraw(*, membership: Membership, by: User, at: datetime) -> None:
    """Take a role back; it ends at once, since every request asks again. Raises :class:`OwnRole`, so that the last security
    administrator cannot lock everybody out."""
    if membership.user_id == by.pk:
        raise OwnRole(membership.user.username)
    membership.withdrawn_at = at
    membership.save(update_fields=["withdrawn_at"])
    record(
        "regions.membership.withdrawn", city=membership.city, by=by, at=at, about=membership.user, role=membership.role
    )
