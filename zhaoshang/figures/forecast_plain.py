"""A forecast as plain JSON, for the API."""

from typing import Any

from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import month_text
from zhaoshang.figures import forecasting
from zhaoshang.figures.forecast import Forecast, Record, Row, chance_steps


def forecast_json(found: Forecast) -> dict[str, Any]:
    """For machines: money in yuan, shares in percent, everything that the numbers rest on."""

    def row(one: Row) -> dict[str, Any]:
        return {
            "unit": one.unit.code if one.unit else found.version.city.code,
            "so_far": yuan_text(one.so_far),
            "scheduled": yuan_text(one.scheduled),
            "unscheduled": yuan_text(one.unscheduled),
            "expected": yuan_text(one.mean),
            "low": yuan_text(one.low),
            "high": yuan_text(one.high),
            "target": yuan_text(one.target.amount) if one.target else None,
            "chance_percent": None if one.chance is None else chance_steps(one.chance),
        }

    def record(one: Record | None) -> dict[str, Any] | None:
        return (
            None
            if one is None
            else {
                "trials": one.trials,
                "hits": one.hits,
                "hit_percent": round(one.hit_percent, 1),
                "mean_absolute_error": yuan_text(one.error_fen),
                "years": list(one.years),
            }
        )

    return {
        "indicator": found.version.indicator.code,
        "version": found.version.code,
        "year": found.year,
        "cutoff": month_text(found.cutoff),
        "official": False,
        "level_percent": round(100 * forecasting.LEVEL),
        "seed": forecasting.SEED,
        "draws": forecasting.DRAWS,
        "rows": [row(one) for one in found.rows],
        "total": row(found.total),
        "tested": {"city": record(found.city), "units": record(found.units)},
        "rests_on": {
            "first_month": month_text(found.basis.first),
            "ledger_first_month": month_text(found.basis.ledger_first),
            "earlier_arrivals": found.basis.earlier,
            "scheduled_projects": found.basis.scheduled_projects,
            "instalments": found.basis.instalments,
        },
    }
