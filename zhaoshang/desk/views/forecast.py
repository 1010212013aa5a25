"""The forecast: where the year will end, how sure that is, what it rests on, and what it would take to stay first."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk import forecast_shown as words
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.shown import (
    figure_address,
    known_months,
    place_shown,
    refusal_shown,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures import forecasting
from zhaoshang.figures.forecast import Forecast, Row, forecast
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.queries import NoVersion, UnknownIndicator
from zhaoshang.figures.race import race
from zhaoshang.figures.rules import Refusal, Unit, refuse
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Instalment
from zhaoshang.ui.filters import month as month_words
from zhaoshang.ui.filters import number, percent, yi

FASTER = (-20, -10, 0, 10, 20, 30)
SHOWN_WAITING = 40
LAGS = (-3, -1, 0, 1, 2, 3, 6, 9, 12, 24)


def _asked(request: Any) -> tuple[list[Indicator], Indicator | None, int]:
    """The capital indicators, the chosen one and the cut-off: the last month of the account unless another is named."""
    city = request.viewer.city
    indicators = [one for one in Indicator.objects.of(city) if one.unit_of_value == Unit.FEN]
    code = request.GET.get("indicator")
    chosen = next((one for one in indicators if not code or one.code == code), None)
    try:
        return indicators, chosen, Period.parse(request.GET.get("month", "")).last
    except NotAPeriod:
        months = known_months(city)
        return indicators, chosen, months.last if months else 0


def _found(request: Any, code: str, cutoff: int) -> Forecast | Refusal:
    try:
        return forecast(request.viewer.city, code, cutoff)
    except UnknownIndicator as unknown:
        raise Http404 from unknown
    except NoVersion:
        return refuse("no_version", N_("这一年跨了两种口径，不能合成一个数。请另选月份。"))


@desk_page(Can.READ_FIGURES)
def forecast_page(request: Any) -> HttpResponse:
    """``?indicator= &month=``; ``faster=``: how much faster than run on the other cities are taken; ``xlsx=1`` for the file."""
    indicators, chosen, cutoff = _asked(request)
    page: dict[str, Any] = {"indicators": indicators, "chosen": chosen, "cutoff": cutoff}
    if chosen is None or not cutoff:
        return render(
            request, "desk/forecast/none.html", page | {"reason": _("先在指标字典里定义到位资金类指标，并开出月份。")}
        )
    months = known_months(request.viewer.city)
    page["months"] = (
        [(str(Period(one, one)), month_words(one)) for one in reversed(list(months.months))] if months else []
    )
    page["month"] = str(Period(cutoff, cutoff))
    found = _found(request, chosen.code, cutoff)
    if isinstance(found, Refusal):
        return render(request, "desk/forecast/none.html", page | {"reason": refusal_shown(found)})
    if request.GET.get("xlsx"):
        return _file(found)
    return render(request, "desk/forecast/page.html", page | _shown(request, found))


def _shown(request: Any, found: Forecast) -> dict[str, Any]:
    indicator, total = found.version.indicator, found.total
    return {
        "found": found,
        "name": titled(indicator),
        "version_title": titled(found.version),
        "unit_word": unit_shown(indicator),
        "expected": value_shown(total.mean, indicator, 0),
        "interval": words.interval(found, total.low, total.high),
        "level": round(100 * forecasting.LEVEL),
        "href": words.open_address(found, None),
        "so_far": value_shown(total.so_far, indicator, 1),
        "so_far_href": figure_address(indicator.code, None, found.period),
        "chance": words.chance_shown(total.chance),
        "target": value_shown(total.target.amount, indicator, 0) if total.target else None,
        "missing": value_shown(max(total.target.amount - total.so_far, 0), indicator, 1) if total.target else None,
        "city_record": words.record_shown(found.city, found),
        "unit_record": words.record_shown(found.units, found),
        "hit": percent(Decimal(found.city.hit_percent), 0, unit=False) if found.city else None,
        "method": words.method_address(found),
        "rests_on": words.rests_on(found),
        "band": words.band(found, total),
        "unit_rows": words.unit_rows(found),
        "xlsx_url": address(request) + "&xlsx=1",
        **_race(request, found),
    }


def _race(request: Any, found: Forecast) -> dict[str, Any]:
    """The other cities and what is needed against them."""
    text = request.GET.get("faster", "0")
    faster = next((one for one in FASTER if str(one) == text), 0)
    against = race(found, faster)
    shown: dict[str, Any] = {
        "race": against,
        "faster": faster,
        "paces": [(one, f"{one:+d}%" if one else _("与推算相同")) for one in FASTER],
    }
    if against is None:
        return shown
    indicator = found.version.indicator
    return shown | {
        "rival_rows": words.rival_rows(against, found),
        "rival": against.first.entry.place_name,
        "rival_href": words.external_address(found, against.first),
        "needed": value_shown(against.needed, indicator, 1),
        "per_month": value_shown(against.per_month, indicator, 1),
        "our_pace": value_shown(against.expected_per_month, indicator, 1),
    }


@desk_page(Can.READ_FIGURES)
def forecast_open(request: Any, indicator: str, unit: str, when: Period) -> HttpResponse:
    """What one place's forecast is made of: the three parts, and the instalments that are outstanding."""
    found = _found(request, indicator, when.last)
    if isinstance(found, Refusal):
        return render(request, "desk/forecast/open_none.html", {"reason": refusal_shown(found)})
    row = found.total if unit == "city" else found.row_of(unit)
    if row is None:
        raise Http404
    kind = found.version.indicator
    shown = {
        "found": found,
        "row": row,
        "place": place_shown(request.viewer.city, row.unit),
        "name": titled(kind),
        "version_title": titled(found.version),
        "unit_word": unit_shown(kind),
        "expected": value_shown(row.mean, kind, 0),
        "interval": words.interval(found, row.low, row.high),
        "level": round(100 * forecasting.LEVEL),
        "so_far_href": figure_address(kind.code, row.unit, found.period),
        "parts": [value_shown(part, kind, 1) for part in (row.so_far, row.scheduled, row.unscheduled)],
        "record": words.record_shown(found.units if row.unit else found.city, found),
        "rests_on": words.rests_on(found),
        "method": words.method_address(found),
        "band": words.band(found, row) if row.unit else None,
        **_waiting(request, found, row),
    }
    return render(request, "desk/forecast/open.html", shown)


def _waiting(request: Any, found: Forecast, row: Row) -> dict[str, Any]:
    """The outstanding instalments of projects that the viewer may see, those that matter most first."""
    places = [row.unit] if row.unit else [one.unit for one in found.rows if one.unit]
    waiting = sorted(
        (one for place in places for one in found.waiting.get(place.pk, ()) if request.viewer.sees_unit(place.pk)),
        key=lambda one: -one.outstanding_fen * one.chance,
    )
    shown = waiting[:SHOWN_WAITING]
    lines = {
        one.pk: one
        for one in Instalment.objects.visible_to(request.viewer)
        .filter(pk__in=[one.key for one in shown])
        .select_related("project")
    }
    rows = [
        {
            "project": {
                "text": line.project.name,
                "href": reverse("desk:project_schedule", args=[line.project.code]),
                "drawer": True,
            },
            "month": month_words(line.month),
            "outstanding": yi(one.outstanding_fen, 3),
            "chance": words.chance_shown(one.chance),
            "expected": yi(round(one.outstanding_fen * one.chance), 3),
        }
        for one in shown
        if (line := lines.get(one.key))
    ]
    hidden = not request.viewer.sees_all_units and not any(place.pk in request.viewer.unit_ids for place in places)
    return {"waiting": rows, "waiting_count": number(len(waiting)), "waiting_shown": SHOWN_WAITING, "hidden": hidden}


@desk_page(Can.READ_FIGURES)
def forecast_method(request: Any) -> HttpResponse:
    """How the forecast is made, the curve that it learnt, and every trial on past years."""
    _indicators, chosen, cutoff = _asked(request)
    found = _found(request, chosen.code, cutoff) if chosen and cutoff else None
    shown: dict[str, Any] = {"found": None, "level": round(100 * forecasting.LEVEL), "reason": ""}
    if isinstance(found, Refusal):
        shown["reason"] = refusal_shown(found)
    elif found is not None:
        shown |= _method(found)
    return render(request, "desk/forecast/method.html", shown)


def _method(found: Forecast) -> dict[str, Any]:
    curve, pattern = found.outlook.curve, found.outlook.pattern
    factors = found.outlook.widened
    return {
        "found": found,
        "rests_on": words.rests_on(found),
        "curve": [
            {
                "lag": _("提前 %(count)s 个月") % {"count": -lag}
                if lag < 0
                else _("当月")
                if not lag
                else _("晚 %(count)s 个月") % {"count": lag},
                "share": percent(Decimal(100 * curve.share_by(lag)), 0, unit=False),
            }
            for lag in LAGS
        ],
        "curve_projects": number(curve.projects),
        "curve_fen": yi(curve.fen, 0),
        "pattern_years": pattern.years,
        "pattern_spread": percent(Decimal(100 * pattern.city_spread), 0),
        "correction": f"{found.outlook.corrected:.2f}",
        "city_factor": f"{factors[0]:.2f}",
        "unit_factor": f"{factors[1]:.2f}",
        "city_record": words.record_shown(found.city, found),
        "unit_record": words.record_shown(found.units, found),
        "trials": _trial_rows(found),
        "unit_word": unit_shown(found.version.indicator),
        "seed": forecasting.SEED,
    }


def _trial_rows(found: Forecast) -> list[dict[str, Any]]:
    """The city's trials, newest first."""
    trials, indicator = found.trials.of(True), found.version.indicator
    columns = (trials.cutoff, trials.mean, trials.low, trials.high, trials.actual)
    rows = []
    for cutoff, mean, low, high, actual in zip(*(column.tolist() for column in columns), strict=True):
        hit = low <= actual <= high
        rows.append(
            {
                "cutoff": month_words(int(cutoff)),
                "expected": value_shown(round(mean), indicator, 0),
                "interval": words.interval(found, round(low), round(high)),
                "actual": value_shown(round(actual), indicator, 1),
                "error": percent(Decimal(100 * (mean - actual) / actual), 1, sign=True, unit=False),
                "hit": {"text": _("命中") if hit else _("未中"), "pill": "ok" if hit else "warn"},
            }
        )
    return rows[::-1]


def _file(found: Forecast) -> HttpResponse:
    heads = (
        Column(_("地区"), width=22),
        *(
            Column(text, "amount", 2, 20)
            for text in (
                _("已到位（亿元）"),
                _("计划内预期（亿元）"),
                _("计划外预期（亿元）"),
                _("年末预测（亿元）"),
                _("区间下限（亿元）"),
                _("区间上限（亿元）"),
                _("年度目标（亿元）"),
            )
        ),
        Column(_("达到目标的把握（%）"), width=20),
    )
    rows = [_file_row(found, row) for row in (*found.rows, found.total)]
    notes = [
        (_("性质"), _("预测，不是统计数，不得公布为统计数")),
        (_("依据"), words.rests_on(found)),
        (_("全市命中率"), words.record_shown(found.city, found)),
        (_("地区命中率"), words.record_shown(found.units, found)),
        (_("口径"), titled(found.version)),
    ]
    title = _("年末预测-%(name)s-%(month)s") % {
        "name": titled(found.version.indicator),
        "month": str(Period(found.cutoff, found.cutoff)),
    }
    return sheet(list(heads), rows, title, notes)


def _file_row(found: Forecast, row: Row) -> list[Any]:
    amounts: Sequence[int] = (row.so_far, row.scheduled, row.unscheduled, row.mean, row.low, row.high)
    return [
        named(row.unit) if row.unit else _("全市"),
        *(in_unit(amount, "亿元", 2) for amount in amounts),
        in_unit(row.target.amount, "亿元", 2) if row.target else None,
        words.chance_shown(row.chance) or "",
    ]
