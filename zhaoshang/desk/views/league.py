"""The league table of the units: chosen indicator, version, period, group and ranking; sorted, printed, and out as xlsx."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_text
from zhaoshang.common.rounding import round_half_even
from zhaoshang.common.sheets.writing import Beside, Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, sheet
from zhaoshang.desk.shown import (
    countings_shown,
    drawn,
    figure_address,
    growth_shown,
    known_months,
    period_asked,
    period_menu,
    periods_offered,
    refusal_shown,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.figures.league import RANK_BY_LABELS, League, RankBy, Row, league
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.queries import Growth, NoVersion, UnknownIndicator, taken_back
from zhaoshang.figures.rules import Refusal, Unit
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import named_short, number, percent, period, wan, with_note

SHOWN_TAKEN_BACK = 100
SORTS: dict[str, Callable[[Row], Any]] = {
    "unit": lambda row: row.unit.position if row.unit else 0,
    "value": lambda row: row.value,
    "growth": lambda row: row.growth.percent if isinstance(row.growth, Growth) else None,
    "done": lambda row: row.progress.of_year_percent if row.progress else None,
    "ahead": lambda row: row.progress.ahead_points if row.progress else None,
    "payments": lambda row: row.payments,
}


@desk_page(Can.READ_FIGURES)
def league_table(request: Any) -> HttpResponse:
    """The table; ``?indicator= &period= &version= &by= &group= &sort=``, ``xlsx=1`` for the file."""
    city = request.viewer.city
    indicators, months = list(Indicator.objects.of(city)), known_months(city)
    when, asked = period_asked(request, months), request.GET
    by = RankBy(asked["by"]) if asked.get("by") in set(RankBy) else RankBy.AMOUNT
    code = asked.get("indicator") or (indicators[0].code if indicators else "")
    if indicators and all(one.code != code for one in indicators):
        raise Http404
    page = {
        "indicators": indicators,
        "code": code,
        "when": when,
        **period_menu(months, when, lambda one: address(request, period=one)),
    }
    page |= {"offered": periods_offered(months, when), "by": by, "tabs_by": _tabs(request, by)}
    try:
        found = league(city, code, when, asked.get("version") or None, by, asked.get("group", ""))
    except UnknownIndicator:
        return render(request, "desk/league/none.html", page | {"why": "empty"})
    except NoVersion:
        return render(request, "desk/league/none.html", page | {"why": "version"})
    if asked.get("xlsx"):
        return _file(found, request.viewer)
    return render(request, "desk/league/table.html", page | _shown(request, found))


def _tabs(request: Any, by: RankBy) -> list[dict[str, Any]]:
    return [
        {"label": _(RANK_BY_LABELS[one]), "href": address(request, by=one, sort=None), "current": one == by}
        for one in RankBy
    ]


def _shown(request: Any, found: League) -> dict[str, Any]:
    sort = request.GET.get("sort", "")
    return {
        "league": found,
        "title": titled(found.version.indicator),
        "columns": _columns(found),
        "rows": [
            *(_row(found, row) for row in _sorted(found.rows, sort)),
            _row(found, found.total) | {"_kind": "total"},
        ],
        "sort": sort,
        "sort_url": address(request, sort="SORT").replace("SORT", "{}"),
        "xlsx_url": address(request) + "&xlsx=1",
        "notes": _notes(found),
        "taken_back": _taken_back(request.viewer, found),
        "version_title": titled(found.version),
    }


def _taken_back(viewer: Viewer, found: League) -> list[dict[str, Any]]:
    """What was taken back after the period that is ranked, of the units that the viewer sees. One query."""
    rows = taken_back(Payment.objects.visible_to(viewer), found.version, found.period)[:SHOWN_TAKEN_BACK]
    return [
        {
            "_href": reverse("desk:payment", args=[one.pk]),
            "unit": named_short(one.unit),
            "project": {"text": one.project.name, "href": reverse("desk:payment", args=[one.pk]), "note": one.reason},
            "of": month_text(one.reverses.report_month),
            "month": month_text(one.report_month),
            "amount": wan(one.amount_fen),
        }
        for one in rows
    ]


def _sorted(rows: tuple[Row, ...], sort: str) -> list[Row]:
    """By a column, those without a value last either way; by rank when no column is named."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return list(rows)
    known = [row for row in rows if key(row) is not None]
    unknown = [row for row in rows if key(row) is None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *unknown]


def _columns(found: League) -> list[dict[str, Any]]:
    indicator = found.version.indicator
    columns: list[dict[str, Any]] = [
        {"key": "rank", "label": _("名次"), "kind": "rank"},
        {"key": "unit", "label": _("地区"), "kind": "link", "head": True, "sortable": True},
        {"key": "value", "label": titled(indicator), "unit": unit_shown(indicator), "kind": "figure", "sortable": True},
        {"key": "growth", "label": _("同比"), "unit": "%", "kind": "percent", "sortable": True},
        {"key": "done", "label": _("完成年度目标"), "unit": "%", "kind": "percent", "sortable": True},
        {"key": "ahead", "label": _("超（欠）时间进度"), "unit": _("百分点"), "kind": "percent", "sortable": True},
        {"key": "share", "label": _("占全市"), "unit": "%", "kind": "percent"},
        {"key": "trend", "label": _("近十二个月"), "kind": "sparkline"},
    ]
    if indicator.unit_of_value == Unit.FEN:
        columns.insert(-1, {"key": "payments", "label": _("笔数"), "kind": "number", "sortable": True})
    if found.groups:
        columns.insert(-1, {"key": "group", "label": _("组别")})
    return columns


def _row(found: League, row: Row) -> dict[str, Any]:
    indicator, when = found.version.indicator, found.period
    other = None if found.version.official_for(when) else found.version.code
    href = figure_address(indicator.code, row.unit, when, other)
    name = named(row.unit) if row.unit else _("全市")
    last, done = row.months[-1], row.progress
    trend = _("%(unit)s近十二个月，最近一月 %(value)s") % {"unit": name, "value": value_shown(last, indicator)}
    return {
        "rank": {"text": row.rank} | ({"change": row.change} if row.change is not None else {}) if row.unit else "",
        "unit": {"text": name, "href": href, "drawer": True} if row.unit else {"text": name},
        "group": row.unit.league_group if row.unit else "",
        "value": {
            "text": value_shown(row.value, indicator),
            "href": href,
            "state": "live" if other is None else "restated",
        },
        "growth": growth_shown(row.growth),
        "done": percent(done.of_year_percent, unit=False) if done else None,
        "ahead": percent(done.ahead_points, sign=True, unit=False) if done else None,
        "share": percent(row.share_percent, unit=False) if row.share_percent is not None else None,
        "payments": number(row.payments),
        "trend": {"values": [drawn(value, indicator) for value in row.months], "text": trend},
    }


def _notes(found: League) -> list[str]:
    """What a reader must know to read the numbers rightly."""
    notes = [_("名次：按%(by)s从高到低，相同者并列。") % {"by": _(RANK_BY_LABELS[found.ranked_by])}]
    if isinstance(found.previous, Refusal):
        notes.append(_("升降：没有给出。%(reason)s") % {"reason": refusal_shown(found.previous)})
    else:
        notes.append(_("升降：与%(period)s的名次相比。") % {"period": period(found.previous)})
    rate = found.total.growth
    if isinstance(rate, Refusal):
        notes.append(_("同比：没有给出。%(reason)s") % {"reason": refusal_shown(rate)})
    if found.countings:
        notes.append(countings_shown(found.version if found.version.spans else found.so_far))
    notes.append(_("完成年度目标：年初至期末累计 ÷ 全年目标；超（欠）时间进度：前者减去已过月份占全年的百分比。"))
    return notes


def _file(found: League, viewer: Viewer) -> HttpResponse:
    """The same table as a file, with what was taken back since beside it; money in 万元 to the fen."""
    indicator = found.version.indicator
    money = indicator.unit_of_value == Unit.FEN
    columns = [
        Column(_("名次"), "integer", width=8),
        Column(_("上期名次"), "integer", width=10),
        Column(_("地区"), width=20),
        Column(_("组别"), width=10),
        Column(
            titled(indicator) + (_("（万元）") if money else _("（个）")),
            "amount" if money else "integer",
            6 if money else None,
            22,
        ),
        *(
            Column(text, "percent", 2, 16)
            for text in (_("同比（%）"), _("完成年度目标（%）"), _("超（欠）时间进度（百分点）"), _("占全市（%）"))
        ),
        Column(_("笔数"), "integer", width=10),
    ]
    notes = [
        (_("指标"), with_note(titled(indicator), indicator.code)),
        (_("口径"), with_note(titled(found.version), found.version.code)),
        (_("时期"), period(found.period)),
        *((_("说明"), note) for note in _notes(found)),
    ]
    rows = [_file_row(row, money) for row in (*found.rows, found.total)]
    return sheet(
        columns, rows, f"{titled(indicator)}-{str(found.period).replace('/', '_')}", notes, _beside(found, viewer)
    )


def _beside(found: League, viewer: Viewer) -> list[Beside]:
    """A sheet of everything that the viewer sees of what was taken back after the period; none when nothing was."""
    columns = [
        Column(_("地区"), width=20),
        Column(_("项目"), width=36),
        Column(_("原报告月"), width=12),
        Column(_("冲减记入"), width=12),
        Column(_("金额（万元）"), "amount", 6, 18),
        Column(_("理由"), width=40),
    ]
    rows: list[list[Value]] = [
        [
            named_short(one.unit),
            one.project.name,
            month_text(one.reverses.report_month),
            month_text(one.report_month),
            in_unit(one.amount_fen, "万元"),
            one.reason,
        ]
        for one in taken_back(Payment.objects.visible_to(viewer), found.version, found.period)
    ]
    return [Beside(_("排名之后冲减的"), columns, rows)] if rows else []


def _file_row(row: Row, money: bool) -> list[Value]:
    def cell(value: Decimal | None) -> Decimal | None:
        return None if value is None else round_half_even(value, 2)

    done = row.progress
    return [
        row.rank,
        row.previous_rank,
        named(row.unit) if row.unit else _("全市"),
        row.unit.league_group if row.unit else "",
        in_unit(row.value, "万元") if money else row.value,
        cell(row.growth.percent) if isinstance(row.growth, Growth) else None,
        cell(done.of_year_percent) if done else None,
        cell(done.ahead_points) if done else None,
        cell(row.share_percent),
        row.payments,
    ]
