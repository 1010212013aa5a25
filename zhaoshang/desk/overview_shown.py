"""The overview's parts in words and drawings, for the leader's page and for the wall."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.desk.context import named
from zhaoshang.desk.provenance import part_words
from zhaoshang.desk.shown import (
    address_of,
    drawn,
    figure_address,
    growth_shown,
    refusal_shown,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures.overview import Overview
from zhaoshang.figures.rules import Refusal, Unit, share_percent
from zhaoshang.ui import charts
from zhaoshang.ui.filters import month_of_year, number, percent, period, wan

SOURCES = 10
Drawing = Callable[..., Markup]


def leading(found: Overview) -> dict[str, Any]:
    """The headline figure with its growth and both kinds of progress."""
    total, indicator = found.league.total, found.headline.indicator
    done = total.progress
    return {
        "found": found,
        "name": titled(indicator),
        "version_title": titled(found.headline.version),
        "href": address_of(found.headline),
        "value": value_shown(total.value, indicator, 1),
        "unit_word": unit_shown(indicator),
        "growth": growth_shown(total.growth),
        "growth_refused": refusal_shown(total.growth) if isinstance(total.growth, Refusal) else "",
        "done": percent(done.of_year_percent, unit=False) if done else None,
        "done_value": done.of_year_percent if done else None,
        "schedule": done.schedule_percent if done else None,
        "ahead": percent(done.ahead_points, sign=True, unit=False) if done else None,
        "payments": number(total.payments),
        "is_money": indicator.unit_of_value == Unit.FEN,
    }


def map_of(prefix: str, found: Overview) -> dict[str, Any]:
    """The districts as a map (outlines under the GB/T 2260 ``prefix``) and as rows by rank."""
    indicator, when = found.headline.indicator, found.headline.period
    areas, rows = [], []
    for row in found.league.rows:
        if row.unit is None:
            continue
        text, href = value_shown(row.value, indicator), figure_address(indicator.code, row.unit, when)
        areas.append(
            charts.Area(named(row.unit), found.regions.get(row.unit.pk, ()), drawn(row.value, indicator), text, href)
        )
        rows.append(
            {
                "rank": {"text": row.rank} | ({"change": row.change} if row.change is not None else {}),
                "unit": {"text": named(row.unit), "href": href, "drawer": True},
                "value": {"text": text, "href": href},
                "growth": growth_shown(row.growth),
                "done": percent(row.progress.of_year_percent, unit=False) if row.progress else None,
            }
        )
    title = _("各地区%(name)s") % {"name": titled(indicator)}
    drawing = charts.responsive(
        charts.choropleth, prefix, areas, title=title, unit=unit_shown(indicator), beside=_("不单独成图的地区")
    )
    return {"map": drawing, "map_title": title, "unit_rows": rows}


def fitting(width: int | None, chart: Drawing, *given: Any, **options: Any) -> Markup:
    """A drawing for page and phone (no ``width``), or one of that width for its place on the wall, where type must stay legible."""
    return chart(*given, width=width, **options) if width else charts.responsive(chart, *given, **options)


def trend(found: Overview, width: int | None = None) -> dict[str, Any]:
    """The year's months beside those of the year before, as a drawing and as rows."""
    indicator, unit = found.headline.indicator, unit_shown(found.headline.indicator)
    points = [
        charts.Point(
            month_of_year(one.month),
            drawn(one.value, indicator),
            f"{value_shown(one.value, indicator)} {unit}",
        )
        for one in found.trend
    ]
    before = [drawn(one.before, indicator) for one in found.trend if one.before is not None]
    year = found.headline.period.year
    drawing = fitting(
        width,
        charts.trend,
        points,
        before=before,
        title=_("按月走势"),
        labels=(str(year), str(year - 1) if before else "", ""),
    )
    rows = [
        {
            "month": {"text": point.label, "href": _month_address(found, one.month), "drawer": True},
            "value": value_shown(one.value, indicator),
            "before": value_shown(one.before, indicator) if one.before is not None else None,
        }
        for point, one in zip(points, found.trend, strict=True)
    ]
    return {
        "trend": drawing,
        "trend_rows": rows,
        "trend_refused": refusal_shown(found.trend_refused) if found.trend_refused else "",
    }


def _month_address(found: Overview, month: int) -> str:
    return figure_address(found.headline.indicator.code, None, type(found.headline.period)(month, month))


def _part_address(found: Overview, part: str) -> str:
    return f"{address_of(found.headline)}?part={part}#behind"


def origins(found: Overview) -> dict[str, Any]:
    """New and continued money, each with its share."""
    indicator, whole = found.headline.indicator, found.headline.value
    words = part_words("origin", found.origins)
    return {
        "origins": [
            {
                "label": words[value],
                "value": value_shown(part.fen, indicator),
                "share": percent(share_percent(part.fen, whole)),
                "share_value": share_percent(part.fen, whole),
                "href": _part_address(found, f"origin:{value}"),
            }
            for value, part in sorted(found.origins.items(), reverse=True)
        ]
    }


def sources(found: Overview, width: int | None = None) -> dict[str, Any]:
    """The largest source provinces, the others together."""
    indicator, largest = found.headline.indicator, found.sources[:SOURCES]
    words = part_words("source", [code for code, _part in largest])
    unit = unit_shown(indicator)
    points = [
        charts.Point(
            words.get(code, code),
            drawn(part.fen, indicator),
            f"{value_shown(part.fen, indicator)} {unit}",
            _part_address(found, f"source:{code}"),
        )
        for code, part in largest
    ]
    rest = sum(part.fen for _code, part in found.sources[SOURCES:])
    if rest:
        points.append(
            charts.Point(
                _("其他"), drawn(rest, indicator), f"{value_shown(rest, indicator)} {unit}", address_of(found.headline)
            )
        )
    rows = [
        {"name": {"text": point.label, "href": point.href, "drawer": True}, "value": point.text} for point in points
    ]
    return {
        "sources": fitting(width, charts.bars, points, title=_("资金来源")) if points else "",
        "source_rows": rows,
    }


def arrived(payment: Payment) -> dict[str, Any]:
    """One payment as a row."""
    href = reverse("desk:payment", args=[payment.pk])
    return {
        "amount": {"text": wan(payment.amount_fen), "href": href},
        "project": {"text": payment.project.name, "href": href},
        "unit": named(payment.unit),
        "paid_on": payment.paid_on.isoformat(),
    }


def rank(found: Overview) -> dict[str, Any] | None:
    """The rank in the province with what it rests on."""
    rank = found.rank
    if rank is None:
        return None
    told = rank.told
    return {
        "text": _("第%(rank)s位") % {"rank": rank.rank},
        "scope": _(rank.scope or N_("全省")),
        "official": rank.is_official,
        "basis": _("通报：%(source)s（%(dated)s）") % {"source": told.source, "dated": told.dated.isoformat()}
        if told
        else _("据%(count)s个城市在册数据推算") % {"count": len(rank.places)},
        "disagrees": None if rank.agrees else rank.computed,
        "period": period(found.headline.period),
    }
