"""The writers of the indicator dictionary, of restatements, of external figures and of rates. Freezing stands in ``freezing.py``."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.common.periods import Period
from zhaoshang.figures.models import ExternalFigure, Indicator, IndicatorVersion, RateDefinition, Restatement
from zhaoshang.figures.rate_rules import read_formula
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class VersionsOverlap(Exception):
    """Another version of the indicator is valid in one of these months."""


class NotComputed(Exception):
    """The version's rule set keeps no totals for these months; issue one that computes them first."""


class SourceMissing(Exception):
    """An external figure needs its source."""


class RateCodeTaken(Exception):
    """Another definition of a rate has this code."""


class SaysNothing(Exception):
    """An external figure needs a value or a rank."""


@transaction.atomic
def define_indicator(*, city: City, by: User, at: datetime, **fields: Any) -> Indicator:
    """Add a name to the dictionary: ``code, name, name_en, unit_of_value, reading_class, words, position``."""
    indicator = Indicator.objects.create(city=city, **fields)
    record("figures.indicator.defined", city=city, by=by, at=at, about=indicator)
    return indicator


@transaction.atomic
def add_version(*, indicator: Indicator, by: User, at: datetime, **fields: Any) -> IndicatorVersion:
    """Say what an indicator means from a month on; an open-ended version before it ends the month before.

    ``fields`` as the model's. Raises :class:`VersionsOverlap`.
    """
    Indicator.objects.of(indicator.city_id).select_for_update(no_key=True).get(pk=indicator.pk)  # one after the other
    others = IndicatorVersion.objects.of(indicator.city_id).filter(indicator=indicator)
    start, end = fields["valid_from"], fields.get("valid_to")
    others.filter(valid_to__isnull=True, valid_from__lt=start).update(valid_to=start - 1)
    for other in others:
        if (other.valid_to is None or other.valid_to >= start) and (end is None or other.valid_from <= end):
            raise VersionsOverlap(other.code)
    version = IndicatorVersion.objects.create(city=indicator.city, indicator=indicator, **fields)
    record("figures.version.added", city=indicator.city, by=by, at=at, about=version)
    return version


@transaction.atomic
def restate(
    *, version: IndicatorVersion, period: Period, document: str, reason: str, by: User, at: datetime
) -> Restatement:
    """Put on record that the period is also stated under the version. Raises :class:`NotComputed`."""
    rules = version.rule_set
    if rules is not None and not all(rules.computes(month) for month in period):
        raise NotComputed(rules.code)
    statement = Restatement.objects.create(
        city=version.city,
        version=version,
        first_month=period.first,
        last_month=period.last,
        document=document,
        reason=reason,
        issued_by=by,
        issued_at=at,
    )
    record(
        "figures.restatement.issued",
        city=version.city,
        by=by,
        at=at,
        about=version,
        period=str(period),
        document=document,
    )
    return statement


@dataclass(frozen=True, slots=True)
class ExternalEntry:
    """An external figure to be entered: ``value`` in fen or a count, ``rank`` within ``scope``; the source's words and day."""

    place_code: str
    place_name: str
    period: Period
    value: int | None
    rank: int | None
    scope: str
    source: str
    dated: date
    is_official: bool = False


@transaction.atomic
def enter_externals(
    *, indicator: Indicator, entries: Sequence[ExternalEntry], by: User, at: datetime
) -> list[ExternalFigure]:
    """Record many, all or none; what stands on record word for word is left as it is, so that a list sent twice changes nothing.

    Returns the new ones. Raises as :func:`enter_external`.
    """
    columns = [one.name for one in fields(ExternalEntry) if one.name != "period"]
    rows = ExternalFigure.objects.of(indicator.city_id).filter(indicator=indicator)
    held = set(rows.order_by().values_list("first_month", "last_month", *columns))
    made = []
    for entry in entries:
        said = {name: getattr(entry, name) for name in columns}
        said["source"] = entry.source.strip()
        if (entry.period.first, entry.period.last, *said.values()) not in held:
            made.append(enter_external(indicator=indicator, period=entry.period, by=by, at=at, **said))
    return made


@transaction.atomic
def enter_external(
    *,
    indicator: Indicator,
    period: Period,
    place_code: str,
    place_name: str,
    source: str,
    dated: date,
    by: User,
    at: datetime,
    **fields: Any,
) -> ExternalFigure:
    """Record a figure that our ledger does not hold; ``fields``: ``value rank scope version is_official is_sample``.

    Raises :class:`SourceMissing`, :class:`SaysNothing`.
    """
    if not source.strip():
        raise SourceMissing
    if fields.get("value") is None and fields.get("rank") is None:
        raise SaysNothing
    entry = ExternalFigure.objects.create(
        city=indicator.city,
        indicator=indicator,
        first_month=period.first,
        last_month=period.last,
        place_code=place_code,
        place_name=place_name,
        source=source.strip(),
        dated=dated,
        entered_by=by,
        entered_at=at,
        **fields,
    )
    record(
        "figures.external.entered",
        city=indicator.city,
        by=by,
        at=at,
        about=indicator,
        place=place_code,
        period=str(period),
    )
    return entry


@transaction.atomic
def define_rate(*, city: City, by: User, at: datetime, **fields: Any) -> RateDefinition:
    """Put a formula of a rate on record: ``code word word_en title title_en formula source dated is_sample``.

    Raises :class:`SourceMissing`, :class:`RateCodeTaken`, ``rate_rules.BadFormula``.
    """
    read_formula(fields["formula"])
    if not fields["source"].strip():
        raise SourceMissing
    if RateDefinition.objects.of(city).filter(code=fields["code"]).exists():
        raise RateCodeTaken(fields["code"])
    definition = RateDefinition.objects.create(city=city, entered_by=by, entered_at=at, **fields)
    record("figures.rate.defined", city=city, by=by, at=at, about=definition)
    return definition
