"""How a forecast is written on the desk's pages: amounts, intervals, chances, and the sentences under them."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.overview_shown import fitting
from zhaoshang.desk.shown import CITY, drawn, figure_address, place_shown, unit_shown, value_shown
from zhaoshang.figures import forecasting
from zhaoshang.figures.forecast import Forecast, Record, Row, chance_steps
from zhaoshang.figures.race import RUN_ON_LABELS, Race, Rival, period_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui import charts
from zhaoshang.ui.filters import month as month_words
from zhaoshang.ui.filters import month_of_year, number, percent, period


def open_address(found: Forecast, unit: ReportingUnit | None) -> str:
    """Where a forecast number opens."""
    cutoff = Period(found.cutoff, found.cutoff)
    return reverse("desk:forecast_open", args=[found.version.indicator.code, unit.code if unit else CITY, cutoff])


def method_address(found: Forecast) -> str:
    """Where the method and its record stand."""
    asked = f"?indicator={found.version.indicator.code}&month={Period(found.cutoff, found.cutoff)}"
    return reverse("desk:forecast_method") + asked


def interval(found: Forecast, low: int, high: int) -> str:
    """``1,678–2,053``: whole units, since a forecast is not exact."""
    indicator = found.version.indicator
    return f"{value_shown(low, indicator, 0)}–{value_shown(high, indicator, 0)}"


def chance_shown(chance: float | None) -> str | None:
    """In steps of five percent, never 0 or 100."""
    if chance is None:
        return None
    steps = chance_steps(chance)
    return "<5" if steps < 5 else ">95" if steps > 95 else str(steps)


def record_shown(record: Record | None, found: Forecast) -> str:
    """How intervals and expectations did, with the number of trials."""
    if record is None:
        return _("没有可检验的往年，命中率未知。")
    years = f"{record.years[0]}–{record.years[-1]}" if len(record.years) > 1 else str(record.years[0])
    return _(
        "在 %(years)s 年逐月回测 %(trials)s 次，年末数落在区间内 %(hits)s 次（%(share)s），平均绝对误差 %(error)s %(unit)s。"
    ) % {
        "years": years,
        "trials": number(record.trials),
        "hits": number(record.hits),
        "share": percent(Decimal(record.hit_percent), 0),
        "error": value_shown(record.error_fen, found.version.indicator, 1),
        "unit": unit_shown(found.version.indicator),
    }


def rests_on(found: Forecast) -> str:
    """The sentence behind every number of a forecast: data, cut-off, seed."""
    basis = found.basis
    words = _(
        "用了截至%(cutoff)s的已核定到账（台账自%(ledger)s起）、%(projects)s 个项目的 %(instalments)s 期付款计划，"
        "随机种子 %(seed)s，模拟 %(draws)s 次。"
    ) % {
        "cutoff": month_words(found.cutoff),
        "ledger": month_words(basis.ledger_first),
        "projects": number(basis.scheduled_projects),
        "instalments": number(basis.instalments),
        "seed": forecasting.SEED,
        "draws": number(forecasting.DRAWS),
    }
    if basis.earlier:
        sample = _("（示例样本，非官方）") if basis.earlier_is_sample else ""
        words += _(
            "另用了台账之前（自%(first)s起）的 %(count)s 条历史到账%(sample)s，只用于学习规律，不进任何统计数。"
        ) % {
            "first": month_words(basis.first),
            "count": number(basis.earlier),
            "sample": sample,
        }
    return words


def band(found: Forecast, row: Row, width: int | None = None) -> dict[str, Any]:
    """The chart of one place and the same numbers as rows."""
    indicator, unit = found.version.indicator, unit_shown(found.version.indicator)
    points = [
        charts.BandPoint(
            month_of_year(step.month),
            drawn(step.mean, indicator),
            f"{value_shown(step.mean, indicator, 0)} {unit}",
            None if step.is_past else drawn(step.low, indicator),
            None if step.is_past else drawn(step.high, indicator),
        )
        for step in row.steps
    ]
    target = drawn(row.target.amount, indicator) if row.target else None
    schedule = [target * (place + 1) / 12 for place in range(12)] if target else []
    drawing = fitting(
        width,
        charts.band,
        points,
        title=_("%(place)s%(year)s年累计与年末预测")
        % {"place": place_shown(found.version.city, row.unit), "year": found.year},
        target=target,
        schedule=schedule,
        labels=(_("预测"), _("目标") if target else "", _("时序") if target else ""),
    )
    rows = [
        {
            "month": {
                "text": month_of_year(step.month),
                "href": figure_address(indicator.code, row.unit, Period(found.period.first, step.month)),
                "drawer": True,
            }
            if step.is_past
            else {"text": month_of_year(step.month)},
            "value": value_shown(step.mean, indicator, 1) if step.is_past else None,
            "expected": None if step.is_past else value_shown(step.mean, indicator, 0),
            "interval": None if step.is_past else interval(found, step.low, step.high),
            "schedule": value_shown(row.target.amount * (step.month % 12 + 1) // 12, indicator, 0)
            if row.target
            else None,
        }
        for step in row.steps
    ]
    return {"drawing": drawing, "rows": rows}


def unit_rows(found: Forecast) -> list[dict[str, Any]]:
    """The table of the units, the city last."""
    return [_unit_row(found, row) for row in found.rows] + [_unit_row(found, found.total) | {"_kind": "total"}]


def _unit_row(found: Forecast, row: Row) -> dict[str, Any]:
    indicator, href = found.version.indicator, open_address(found, row.unit)
    target = row.target
    return {
        "unit": {"text": place_shown(found.version.city, row.unit), "href": href, "drawer": True},
        "so_far": {
            "text": value_shown(row.so_far, indicator, 1),
            "href": figure_address(indicator.code, row.unit, found.period),
        },
        "expected": {"text": value_shown(row.mean, indicator, 0), "href": href, "state": "external"},
        "interval": interval(found, row.low, row.high),
        "target": value_shown(target.amount, indicator, 0) if target else None,
        "against": percent(Decimal(row.mean) * 100 / target.amount, 0, unit=False) if target else None,
        "chance": chance_shown(row.chance),
        "per_month": value_shown(max(target.amount - row.so_far, 0) // found.months_left, indicator, 1)
        if target
        else None,
    }


def external_address(found: Forecast, one: Rival) -> str:
    """Where another city's figure stands with its source."""
    return reverse("desk:external") + f"?indicator={found.version.indicator.code}&period={period_of(one.entry)}"


def rival_rows(race: Race, found: Forecast) -> list[dict[str, Any]]:
    """The other cities, run on."""
    return [_rival_row(one, found) for one in race.rivals]


def _rival_row(one: Rival, found: Forecast) -> dict[str, Any]:
    indicator, entry = found.version.indicator, one.entry
    words, kind = (_("官方"), "ok") if entry.is_official else (_("非官方"), "warn")
    href = external_address(found, one)
    return {
        "place": entry.place_name,
        "now": {"text": value_shown(entry.value, indicator, 1), "href": href, "state": "external"},
        "period": period(period_of(entry)),
        "expected": value_shown(one.expected, indicator, 0),
        "run_on": _(RUN_ON_LABELS[one.run_on]),
        "standing": {"text": words, "pill": kind},
        "source": {"text": entry.source, "note": _("示例") if entry.is_sample else ""},
    }
