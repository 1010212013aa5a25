"""How figures are written on the desk's pages: value, unit, growth, address of the provenance; and the choice of a period."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.desk.context import named
from zhaoshang.figures.models import Indicator, IndicatorVersion
from zhaoshang.figures.queries import Figure, Growth
from zhaoshang.figures.rules import Listed, Refusal, Unit
from zhaoshang.plans.queries import AgainstTarget
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import number, percent, period, yi

CITY = "city"


def value_shown(value: int | None, indicator: Indicator, places: int = 2) -> str:
    """The value without its unit: 亿元 with ``places`` decimals, or a plain count."""
    return yi(value, places) if indicator.unit_of_value == Unit.FEN else number(value)


def unit_shown(indicator: Indicator) -> str:
    """The unit's word."""
    return _("亿元") if indicator.unit_of_value == Unit.FEN else _("个")


def drawn(value: int, indicator: Indicator) -> Decimal:
    """The value as charts draw it: 亿元, or a count."""
    return in_unit(value, "亿元", 2) if indicator.unit_of_value == Unit.FEN else Decimal(value)


def growth_shown(rate: Growth | Refusal) -> str | None:
    """``+24.3`` without the percent sign; None where no rate is given."""
    return percent(rate.percent, sign=True, unit=False) if isinstance(rate, Growth) else None


def refusal_shown(refusal: Refusal) -> str:
    """Why no number is given, in the language of the page; periods and versions as the page writes them."""
    if not refusal.template:
        return refusal.reason
    words = {name: _in_words(value) for name, value in refusal.params.items()}
    return _(refusal.template).format(**words)


def _in_words(value: object) -> object:
    if isinstance(value, Period):
        return period(value)
    if isinstance(value, Listed):
        return _("、").join(_(one) for one in value)
    return titled(value) if isinstance(value, IndicatorVersion | Indicator) else value


def titled(thing: IndicatorVersion | Indicator) -> str:
    """Title or name in the language of the page."""
    english = (get_language() or "").startswith("en")
    if isinstance(thing, Indicator):
        return thing.name_en if english else thing.name
    return thing.title_en if english and thing.title_en else thing.title


def countings_shown(version: IndicatorVersion) -> str:
    """That more than one counting is in a sum, which, and the months of each; empty where there is one."""
    words = {"count": len(version.spans), "list": titled(version)}
    return _("合计中有 %(count)s 种口径，各算各的月份：%(list)s。") % words if version.spans else ""


def missing_shown(indicator: Indicator, held: AgainstTarget, when: Period) -> str:
    """What is still missing to the year's target, and how much a month that is, in a sentence that follows the figure."""
    left, unit = held.missing, unit_shown(indicator)
    words = {
        "period": period(when),
        "months": left.months_left,
        "amount": f"{value_shown(left.amount, indicator)} {unit}",
        "a_month": f"{value_shown(left.a_month, indicator)} {unit}",
    }
    if not left.amount:
        return _("至%(period)s末，全年目标已完成。") % words
    if left.a_month is None:
        return _("至%(period)s末，年度已过，还差 %(amount)s没有完成。") % words
    return _("至%(period)s末，距全年目标还差 %(amount)s；余下 %(months)s 个月，平均每月须 %(a_month)s。") % words


def figure_address(indicator: str, unit: ReportingUnit | None, when: Period, version: str | None = None) -> str:
    """Where the figure's provenance is; ``version`` only when another than the official one is meant."""
    place = unit.code if unit is not None else CITY
    address = reverse("desk:figure_open", args=[indicator, place, when])
    return f"{address}?version={version}" if version else address


def address_of(figure: Figure) -> str:
    """The same for a figure at hand."""
    other = None if figure.version.official_for(figure.period) else figure.version.code
    return figure_address(figure.indicator.code, figure.unit, figure.period, other)


def place_shown(city: City, unit: ReportingUnit | None) -> str:
    """The unit's name, or 全市."""
    return named(unit) if unit is not None else _("全市")


def known_months(city: City) -> Period | None:
    """First to last report month. One query."""
    ends = ReportMonth.objects.of(city).aggregate(first=Min("number"), last=Max("number"))
    return None if ends["first"] is None else Period(ends["first"], ends["last"])


def period_asked(request: HttpRequest, months: Period | None) -> Period:
    """The period in the address, else the last year to date. A text that is none counts as absent."""
    try:
        return Period.parse(request.GET.get("period", ""))
    except NotAPeriod:
        return latest(months)


def latest(months: Period | None) -> Period:
    """The last year to date of these months."""
    last = months.last if months else Period.parse("2023-03").last
    return Period(last - last % 12, last)


def periods_offered(months: Period | None, chosen: Period) -> list[Period]:
    """What a person may want, newest first: years, halves, quarters, the year to date and single months with an account."""
    if months is None:
        return [chosen]
    found: dict[Period, None] = {chosen: None}
    for year in range(months.last // 12, months.first // 12 - 1, -1):
        first = year * 12
        to_date = min(months.last, first + 11)
        for start, end in [(0, 11), (0, to_date - first), (0, 5), (6, 11), (0, 2), (3, 5), (6, 8), (9, 11), (0, 8)]:
            if months.first <= first + start and first + end <= months.last:
                found[Period(first + start, first + end)] = None
        for month in range(to_date, first - 1, -1):
            if month >= months.first:
                found[Period(month, month)] = None
    return sorted(found, key=lambda one: (-one.year, one.first - one.last, -one.last))


def period_menu(months: Period | None, chosen: Period, address: Callable[[Period], str]) -> dict[str, Any]:
    """The top bar's choice of period, for the context of a page."""
    choices = periods_offered(months, chosen)
    return {
        "period_label": period(chosen),
        "periods": [{"label": period(one), "href": address(one), "current": one == chosen} for one in choices],
    }
