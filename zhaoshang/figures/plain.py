"""A figure as plain JSON: one form for the command line, the API and exports.

Money is yuan as a decimal string, counts are decimal strings too, percentages decimal strings with two decimals.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import month_text
from zhaoshang.common.rounding import round_half_even
from zhaoshang.figures.meanings import Span
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import Figure, Growth, against_target, growth, to_date
from zhaoshang.figures.rules import Refusal, Unit


def value_text(value: int, unit_of_value: str) -> str:
    """Fen as yuan, a count as it is."""
    return yuan_text(value) if unit_of_value == Unit.FEN else str(value)


def percent_text(percent: Decimal | None, places: int = 2) -> str | None:
    """A percentage as a decimal string, half to even."""
    return None if percent is None else str(round_half_even(percent, places))


def version_json(version: IndicatorVersion) -> dict[str, Any]:
    """The definition a figure was counted by."""
    return {
        "code": version.code,
        "title": version.title,
        "definition": version.definition,
        "rule_set": version.rule_set.code if version.rule_set else None,
        "source_classes": version.classes,
        "source": version.source,
        "is_sample": version.is_sample,
    }


def countings_json(spans: Sequence[Span]) -> list[dict[str, str]]:
    """The countings that are together in a sum, each with its months; empty where there is one."""
    return [
        {"version": one.code, "title": one.title, "from": month_text(months.first), "to": month_text(months.last)}
        for one, months in spans
    ]


def figure_json(now: Figure) -> dict[str, Any]:
    """The figure with growth (or why there is none) and every kind of progress."""
    rate, held, unit = growth(now), against_target(now), now.indicator.unit_of_value
    done, missing = (held.progress, held.missing) if held else (None, None)
    return {
        "indicator": now.indicator.code,
        "name": now.indicator.name,
        "version": now.version.code,
        "unit": now.unit.code if now.unit else now.version.city.code,
        "period": str(now.period),
        "value": value_text(now.value, unit),
        "unit_of_value": "CNY" if unit == Unit.FEN else "count",
        "payments": now.payments,
        "restated": now.restated,
        "countings": countings_json(now.version.spans or to_date(now.version, now.period).spans),
        **_growth_json(rate, unit),
        "of_year_percent": percent_text(done.of_year_percent) if done else None,
        "schedule_percent": percent_text(done.schedule_percent) if done else None,
        "ahead_points": percent_text(done.ahead_points) if done else None,
        "phased_percent": percent_text(done.phased_percent) if done else None,
        "phased_ahead_points": percent_text(done.phased_ahead_points) if done else None,
        "missing": value_text(missing.amount, unit) if missing else None,
        "missing_a_month": None if missing is None or missing.a_month is None else value_text(missing.a_month, unit),
        "ref": now.ref,
    }


def _growth_json(rate: Growth | Refusal, unit: str) -> dict[str, Any]:
    if isinstance(rate, Refusal):
        return {"growth_percent": None, "growth_refused": rate.reason, "base": None}
    base = {
        "value": value_text(rate.base_value, unit),
        "period": str(rate.base_period),
        "basis": str(rate.basis),
        "note": rate.note,
    }
    return {"growth_percent": percent_text(rate.percent), "growth_refused": None, "base": base}
