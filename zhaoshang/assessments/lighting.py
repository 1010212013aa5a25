"""The writer of lights: it computes, and takes no colour from anybody. A unit may explain a light; the colour stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoshang.assessments.inputs import gather, sealed, units_of, values_of
from zhaoshang.assessments.models import Light, LightNote, Regulation
from zhaoshang.assessments.rules.lights import Shining, shine
from zhaoshang.assessments.rules.scheme import LightRule, Scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.common.periods import Period, month_text
from zhaoshang.figures.queries import year_to_date
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class NotInForce(Exception):
    """The regulation gives no lights, or is not in force in the month."""


class TextMissing(Exception):
    """An explanation says something."""


def lights_now(
    city: City, scheme: Scheme, month: int
) -> list[tuple[ReportingUnit, LightRule, Shining, dict[str, Any]]]:
    """Every light of a month as it would come out now, with its inputs; nothing is kept. The year to date is looked at."""
    period = year_to_date(Period(month, month))
    units = units_of(city, period)
    inputs = gather(city, scheme, period, units)
    values = values_of(inputs)
    return [
        (unit, rule, shine(rule, values[unit.code]), {key: inputs[unit.code][key] for key in rule.keys})
        for unit in units
        for rule in scheme.lights
    ]


@transaction.atomic
def compute_lights(*, regulation: Regulation, month: int, by: User | None, at: datetime) -> list[Light]:
    """Keep the month's lights as they come out. What comes out as it did before is not written again; the new ones are handed back.

    Raises :class:`NotInForce`.
    """
    if regulation.purpose != Purpose.LIGHTS or not regulation.holds_for(month):
        raise NotInForce(month_text(month))
    city = regulation.city
    held = current_lights(regulation, Period(month, month))
    made = []
    for unit, rule, shining, inputs in lights_now(city, regulation.scheme(), month):
        digest = sealed(regulation.text, rule.no, unit.code, month, shining.colour, inputs)
        before = held.get((unit.pk, rule.no, month))
        if before is None or before.digest != digest:
            made.append(_light(regulation, unit, rule, month, shining, inputs, digest, by, at))
    Light.objects.bulk_create(made)
    record(
        "assessments.lights.computed", city=city, by=by, at=at, about=regulation, month=month_text(month), new=len(made)
    )
    return made


def _light(
    regulation: Regulation,
    unit: ReportingUnit,
    rule: LightRule,
    month: int,
    shining: Shining,
    inputs: dict[str, Any],
    digest: str,
    by: User | None,
    at: datetime,
) -> Light:
    return Light(
        city=regulation.city,
        regulation=regulation,
        article=rule.no,
        unit=unit,
        month=month,
        colour=shining.colour,
        formula=shining.formula[:400],
        note=shining.note.to_json() if shining.note else None,
        inputs=inputs,
        digest=digest,
        computed_by=by,
        computed_at=at,
    )


def current_lights(regulation: Regulation, months: Period) -> dict[tuple[UUID, str, int], Light]:
    """The lights that count, by unit, article and month. One query."""
    rows = Light.objects.of(regulation.city_id).filter(
        regulation=regulation, month__gte=months.first, month__lte=months.last
    )
    return {(row.unit_id, row.article, row.month): row for row in rows.order_by("id")}


@transaction.atomic
def explain_light(*, light: Light, text: str, by: User, at: datetime) -> LightNote:
    """Attach an explanation. Raises :class:`TextMissing`."""
    if not text.strip():
        raise TextMissing
    note = LightNote.objects.create(city=light.city, light=light, text=text.strip(), written_by=by, written_at=at)
    record("assessments.light.explained", city=light.city, by=by, at=at, about=light, month=month_text(light.month))
    return note
