"""Holds on what is in dispute: placed by one security administrator, lifted by another; until then nothing under one is deleted or erased.

A hold on an object covers what refers to it as well, through any number of references: a project with its payments, their evidence, its
talks. Whatever deletes or erases asks here (``tenancy.going``), so that no term, request or draft's end goes round it; terms pass held
rows by (:func:`free`).
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from zhaoshang.common.problems import Held
from zhaoshang.people.diary import record
from zhaoshang.people.models import Hold, User
from zhaoshang.people.persons import same_person
from zhaoshang.people.terms import terms
from zhaoshang.tenancy.fields import TenantForeignKey
from zhaoshang.tenancy.models import City

DEPTH = 4


class ReasonMissing(Exception):
    """A hold, and its end, take words."""


class HeldAlready(Exception):
    """There is such a hold."""


class NotARecord(Exception):
    """The table holds no records: nothing in it is kept for a term."""


class LiftedAlready(Exception):
    """It is over."""


class SamePerson(Exception):
    """Who placed a hold does not lift it."""


@transaction.atomic
def place_hold(*, city: City, model: Any, key: UUID | None, called: str, reason: str, by: User, at: datetime) -> Hold:
    """Hold the row ``key`` of ``model`` and what refers to it; without ``key`` all rows of that table.

    Raises :class:`ReasonMissing`, :class:`NotARecord`, :class:`HeldAlready`.
    """
    if not reason.strip():
        raise ReasonMissing
    table = model._meta.db_table
    if table not in _watched():
        raise NotARecord
    City.objects.select_for_update(no_key=True).get(pk=city.pk)
    if standing(city).filter(table=table, object_id=str(key or "")).exists():
        raise HeldAlready
    hold: Hold = Hold.objects.create(
        city=city, table=table, object_id=str(key or ""), called=called[:120], reason=reason.strip()[:400],
        placed_by=by, placed_at=at,
    )  # fmt: skip
    record("people.hold.placed", city=city, by=by, at=at, about=hold, reason=hold.reason, table=table)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, reason: str, by: User, at: datetime) -> Hold:
    """End a hold. Raises :class:`ReasonMissing`, :class:`LiftedAlready`, :class:`SamePerson`."""
    if not reason.strip():
        raise ReasonMissing
    rows = Hold.objects.of(hold.city_id).select_for_update().select_related("city")
    held: Hold = rows.get(pk=hold.pk)
    if held.lifted_at is not None:
        raise LiftedAlready
    if same_person(held.placed_by_id, by):
        raise SamePerson
    held.lifted_by, held.lifted_at, held.lift_reason = by, at, reason.strip()[:400]
    held.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    record("people.hold.lifted", city=held.city, by=by, at=at, about=held, reason=held.lift_reason, table=held.table)
    return held


def standing(city: City | UUID) -> Any:
    """The city's holds that are in force."""
    return Hold.objects.of(city).filter(lifted_at__isnull=True)


def free(rows: Any, city: City | UUID) -> Any:
    """The rows that no hold covers."""
    held = _covered(rows.model, city)
    return rows if held is None else rows.exclude(held)


def refuse_what_is_held(rows: Any) -> None:
    """Raise :class:`Held` when a hold covers one of the rows, which are of one city."""
    if rows.model._meta.db_table not in _watched():
        return
    city = rows.order_by().values_list("city_id", flat=True).first()
    if city is None:
        return
    for hold in standing(city).order_by("id"):
        found = _covers(rows.model, hold)
        if found is not None and rows.filter(found).exists():
            raise Held(hold.called)


def _covered(model: Any, city: City | UUID) -> models.Q | None:
    found = [one for hold in standing(city) if (one := _covers(model, hold)) is not None]
    together = models.Q()
    for one in found:
        together |= one
    return together if found else None


def _covers(model: Any, hold: Hold) -> models.Q | None:
    """Which rows of ``model`` the hold covers; None: it can cover none."""
    if not hold.object_id:
        return models.Q(pk__isnull=False) if model._meta.db_table == hold.table else None
    found = [models.Q(**{path: hold.object_id}) for path in _paths(model, hold.table)]
    together = models.Q()
    for one in found:
        together |= one
    return together if found else None


@cache
def _paths(model: Any, table: str) -> list[str]:
    """By which references rows of ``model`` refer to rows of ``table``, ``pk`` for its own."""
    return ["pk"] if model._meta.db_table == table else list(_ways(model, table, (model,)))


def _ways(model: Any, table: str, passed: tuple[Any, ...]) -> Iterator[str]:
    for field in model._meta.local_fields:
        above = field.related_model
        if not isinstance(field, TenantForeignKey) or above in passed:
            continue
        if above._meta.db_table == table:
            yield field.name
        elif len(passed) < DEPTH:
            yield from (f"{field.name}__{way}" for way in _ways(above, table, (*passed, above)))


@cache
def _watched() -> frozenset[str]:
    """Tables of records that have a city."""
    ours = {one._meta.db_table for one in apps.get_models() if any(f.name == "city" for f in one._meta.local_fields)}
    return frozenset(table for table, term in terms().items() if term.can_be_held and table in ours)
