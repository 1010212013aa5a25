"""What scores and colours rest on: figures of the account for all units at once, and entered numbers with their documents.

Kept as plain JSON, unit code → input key → ``{value, state, …}``; a figure keeps where it opens, a gap keeps why it is one.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from zhaoshang.assessments.crediting import Credits, credits_of
from zhaoshang.assessments.models import EnteredInput
from zhaoshang.assessments.rules.scheme import ENTERED, Aspect, Entered, Said, Scheme, Span, indicator_and_aspect
from zhaoshang.assessments.rules.states import InputState
from zhaoshang.common.money import YI
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.league import League, Row, league_of
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import Growth, NoVersion, UnknownIndicator, keeps, version_for, year_to_date
from zhaoshang.figures.rules import Refusal, Unit
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

Inputs = dict[str, dict[str, dict[str, Any]]]
TO_DATE = frozenset({Aspect.OF_YEAR, Aspect.AHEAD})


def units_of(city: City, period: Period) -> list[ReportingUnit]:
    """The units that report at the period's end, in their own order. One query."""
    day = Period(period.last, period.last).first_day()
    return [unit for unit in ReportingUnit.objects.of(city) if unit.valid_on(day)]


def gather(city: City, scheme: Scheme, period: Period, units: Sequence[ReportingUnit]) -> Inputs:
    """Every input of the scheme for every unit. Queries: a fixed number for each indicator, one for all that was entered."""
    found: Inputs = {unit.code: {} for unit in units}
    keys = scheme.input_keys()
    figures = [key for key in keys if not key.startswith(f"{ENTERED}.")]
    for code in dict.fromkeys(indicator_and_aspect(key)[0] for key in figures):
        mine = [key for key in figures if indicator_and_aspect(key)[0] == code]
        _figures(found, city, code, mine, period, units)
    asked = [(key, entered) for key in keys if (entered := scheme.entered_by(key)) is not None]
    if asked:
        _entered(found, city, asked, period, units)
    return {unit: {key: given[key] for key in keys} for unit, given in found.items()}


def _figures(
    found: Inputs, city: City, code: str, keys: list[str], period: Period, units: Sequence[ReportingUnit]
) -> None:
    try:
        version = version_for(city, code, period)
    except UnknownIndicator:
        gap = Said(N_("指标字典里没有“{code}”"), {"code": code})
    except NoVersion:
        gap = Said(N_("这段时期跨了“{code}”的两种口径，没有一个数"), {"code": code})
    else:
        version.city = city
        if keeps(version, period):
            _kept_figures(found, version, keys, period, units)
            return
        gap = Said(N_("账上没有按这一口径汇总这段时期"))
    for unit in units:
        found[unit.code] |= dict.fromkeys(keys, _gap(gap))


def _kept_figures(
    found: Inputs, version: IndicatorVersion, keys: list[str], period: Period, units: Sequence[ReportingUnit]
) -> None:
    table = league_of(version, period)
    rows = {row.unit.code: row for row in table.rows if row.unit is not None}
    aspects = {key: indicator_and_aspect(key)[1] for key in keys}
    credits = credits_of(version, period) if Aspect.SHARED in aspects.values() else None
    for unit in units:
        for key, aspect in aspects.items():
            given = _figure(table, rows[unit.code], aspect)
            if aspect == Aspect.SHARED:
                given = _credited(given, table, rows[unit.code], credits, unit)
            found[unit.code][key] = given


def _credited(
    given: dict[str, Any], table: League, row: Row, credits: Credits | None, unit: ReportingUnit
) -> dict[str, Any]:
    """The figure with what shares give and take, and a line for each project that they touch."""
    if credits is None:
        return _gap(Said(N_("这一指标不按项目计，不能分享")))
    mine = credits.get(unit.pk)
    if mine is None:
        return given
    told = {
        "shares": [one.to_json() for one in mine.told],
        "state": InputState.SHARED if mine.moved else given["state"],
    }
    return given | told | {"value": str(_amount(table.version, row.value + mine.moved))}


def _gap(why: Said) -> dict[str, Any]:
    return {"value": None, "state": InputState.MISSING, "note": why.to_json()}


def _figure(table: League, row: Row, aspect: Aspect) -> dict[str, Any]:
    """One number of a row, with the address of the figure behind it."""
    version, period = table.version, year_to_date(table.period) if aspect in TO_DATE else table.period
    value = _number(table, row, aspect)
    where = {"indicator": version.indicator.code, "version": version.code, "period": str(period)}
    if isinstance(value, Said):
        return _gap(value) | {"figure": where}
    return {"value": str(value), "state": InputState.FIGURE, "figure": where}


def _number(table: League, row: Row, aspect: Aspect) -> Decimal | Said:
    match aspect:
        case Aspect.VALUE | Aspect.SHARED:
            return _amount(table.version, Decimal(row.value))
        case Aspect.SHARE:
            return Said(N_("全市没有数，算不出比重")) if row.share_percent is None else row.share_percent
        case Aspect.GROWTH | Aspect.CITY_GROWTH:
            rate = table.total.growth if aspect == Aspect.CITY_GROWTH else row.growth
            return rate.percent if isinstance(rate, Growth) else _refused(rate)
        case Aspect.OF_YEAR | Aspect.AHEAD:
            if row.progress is None:
                return Said(N_("没有下达年度目标"))
            return row.progress.of_year_percent if aspect == Aspect.OF_YEAR else row.progress.ahead_points


def _amount(version: IndicatorVersion, value: Decimal) -> Decimal:
    """亿元, or a count."""
    return value / YI if version.indicator.unit_of_value == Unit.FEN else value


def _refused(refusal: Refusal) -> Said:
    """The refusal as it is kept: periods and versions in plain JSON that a door can say in another language."""
    if not refusal.template:
        return Said(refusal.reason.replace("{", "（").replace("}", "）"))
    return Said(refusal.template, {name: _kept(value) for name, value in refusal.params.items()})


def _kept(value: object) -> object:
    if isinstance(value, Period):
        return {"period": str(value)}
    if isinstance(value, IndicatorVersion):
        return {"zh": value.title, "en": value.title_en}
    return value if isinstance(value, int) else str(value)


def span_of(entered: Entered, period: Period) -> Period:
    """The months that an entered number must be for."""
    match entered.span:
        case Span.MONTH:
            return Period(period.last, period.last)
        case Span.YEAR:
            return Period.of_year(period.year)
        case Span.PERIOD:
            return period


def _entered(
    found: Inputs, city: City, asked: list[tuple[str, Entered]], period: Period, units: Sequence[ReportingUnit]
) -> None:
    rows = EnteredInput.objects.of(city).filter(
        last_month__in={span_of(one, period).last for _, one in asked}, code__in={one.code for _, one in asked}
    )
    held = {(row.code, row.first_month, row.last_month, row.unit_id): row for row in rows.order_by("id")}
    for key, one in asked:
        span = span_of(one, period)
        for unit in units:
            row = held.get((one.code, span.first, span.last, unit.pk))
            found[unit.code][key] = _given(one, row)


def _given(entered: Entered, row: EnteredInput | None) -> dict[str, Any]:
    if row is not None:
        return {"value": row.value, "state": InputState.ENTERED, "document": row.document, "detail": row.note}
    if entered.absent is not None:
        return {"value": str(entered.absent), "state": InputState.ABSENT}
    return _gap(Said(N_("还没有登记“{name}”"), {"name": entered.name}))


def values_of(inputs: Inputs) -> dict[str, dict[str, Decimal | None]]:
    """The bare numbers, for the rules."""
    return {
        unit: {key: None if one["value"] is None else Decimal(one["value"]) for key, one in given.items()}
        for unit, given in inputs.items()
    }


def sealed(*parts: Any) -> str:
    """SHA-256 over plain JSON, in hex."""
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def unknown_indicators(scheme: Scheme, known: Iterable[str]) -> list[str]:
    """Indicator codes that the scheme asks for and the city's dictionary does not have."""
    codes = (indicator_and_aspect(key)[0] for key in scheme.input_keys() if not key.startswith(f"{ENTERED}."))
    return sorted(set(codes) - set(known))
