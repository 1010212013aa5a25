"""How a plan is written on the desk's pages: the day it is seen on, its rows, its picture over quarters, its file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from zhaoshang.common.periods import Period
from zhaoshang.common.rounding import round_half_even
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import sheet
from zhaoshang.desk.shown import figure_address, known_months, titled, unit_shown, value_shown
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.plan_progress import Line, Measured
from zhaoshang.plans.models import WorkItem, YearPlan
from zhaoshang.plans.rules import LACK_LABELS, STANDINGS, Kind, Standing
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.filters import called, percent

MEETING = 960
QUARTERS = 4


def day_seen(request: HttpRequest, city: City) -> date:
    """The day in the address (``on``), else today; never later than the month after the last one that the account has."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        today, months = timezone.localdate(), known_months(city)
    if months is None:
        return today
    return min(today, date.fromordinal(Period(months.last + 2, months.last + 2).first_day().toordinal() - 1))


def months_seen(city: City, year: int, on: date) -> Period | None:
    """January of the year to the last month that the account has by that day; None when it has none, or begins later."""
    months, first = known_months(city), Period.of_year(year).first
    if months is None or months.first > first:
        return None
    last = min(months.last, first + 11, Period.of_month(on).last)
    return Period(first, last) if last >= first else None


def owner_shown(item: WorkItem) -> str:
    """Unit and department, in that order."""
    return _("、").join([*([named(item.owner_unit)] if item.owner_unit else []), item.owner_department]).strip(_("、"))


def measured_shown(line: Measured, unit: Any) -> dict[str, Any]:
    """The account's figure of an item as the figure component takes it, with its target in words."""
    indicator: Indicator = line.version.indicator
    return {
        "value": value_shown(line.actual, indicator),
        "unit": unit_shown(indicator),
        "name": titled(indicator),
        "href": figure_address(indicator.code, unit, line.period),
        "target": value_shown(line.target, indicator) if line.target else None,
        "percent": line.percent,
    }


def columns() -> list[dict[str, Any]]:
    """Of the tree."""
    return [
        {"key": "title", "label": _("举措与任务"), "kind": "link", "head": True},
        {"key": "owner", "label": _("责任单位")},
        {"key": "due", "label": _("完成时限"), "kind": "date"},
        {"key": "done", "label": _("进度"), "unit": "%", "kind": "figure"},
        {"key": "standing", "label": _("状态"), "kind": "pill"},
        {"key": "told", "label": _("依据")},
    ]


def rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Of the tree: measures on a ground of their own, their tasks below."""
    return [_row(line) for line in lines]


def _row(line: Line) -> dict[str, Any]:
    item, words = line.item, STANDINGS[line.standing]
    href = reverse("desk:plan_item", args=[item.pk])
    notes = [*(_(LACK_LABELS[lack]) for lack in line.lacks)]
    if line.tasks:
        notes.append(_("任务完成 %(done)s/%(all)s") % {"done": line.tasks_done, "all": line.tasks})
    return {
        "_href": href,
        "_kind": "own" if item.kind == Kind.MEASURE else "",
        "title": {"text": f"{line.number} {item.title}", "href": href, "note": _("；").join(notes)},
        "owner": {"text": owner_shown(item) or None, "note": called(item.responsible) if item.responsible else ""},
        "due": item.due_on.isoformat() if item.due_on else None,
        "done": _done(line),
        "standing": {"text": _(words.label), "pill": words.pill},
        "told": _told(line),
    }


def _done(line: Line) -> dict[str, Any] | None:
    """A measured percentage opens to its figure; a reported one has no seal."""
    if line.percent is None:
        return None
    shown = percent(line.percent, unit=False)
    if line.measured is None:
        return {"text": shown, "state": "external"}
    return {"text": shown, "href": measured_shown(line.measured, line.item.owner_unit)["href"], "state": "live"}


def _told(line: Line) -> dict[str, Any] | str:
    """What the progress rests on: the account, or who reported when."""
    if line.measured is not None:
        one = measured_shown(line.measured, line.item.owner_unit)
        target = _("目标 %(target)s %(unit)s") % {"target": one["target"], "unit": one["unit"]} if one["target"] else ""
        return {"text": f"{one['name']} {one['value']} {one['unit']}", "note": target or _("没有在册的目标")}
    if line.report is None:
        return _("还没有报告")
    said = {"day": line.report.reported_on.isoformat(), "who": called(line.report.reported_by)}
    return {"text": _("%(day)s 报告") % said, "note": said["who"]}


def summary(lines: Sequence[Line]) -> str:
    """The year in a sentence."""
    kinds = [line.item.kind for line in lines]
    done = sum(1 for line in lines if line.standing == Standing.DONE)
    late = sum(1 for line in lines if line.is_late)
    measures = ngettext("%(num)s 项举措", "%(num)s 项举措", kinds.count(Kind.MEASURE)) % {
        "num": kinds.count(Kind.MEASURE)
    }
    tasks = ngettext("%(num)s 项任务", "%(num)s 项任务", kinds.count(Kind.TASK)) % {"num": kinds.count(Kind.TASK)}
    return _("%(measures)s、%(tasks)s；已完成 %(done)s 项，逾期 %(late)s 项。") % {
        "measures": measures,
        "tasks": tasks,
        "done": done,
        "late": late,
    }


def picture(lines: Sequence[Line], years: range, on: date, title: str) -> Markup:
    """The work over the quarters of the years, as it stands on a day."""
    names = [_quarter(year, place, len(years) > 1) for year in years for place in range(1, QUARTERS + 1)]
    spans = [
        charts.Span(
            label=f"{line.number} {line.item.title}",
            start=_place(line.item.starts_on, years),
            end=_place(line.item.due_on, years, whole_day=True),
            done=float(line.percent or 0) / 100,
            text=f"{percent(line.percent, 0)}" if line.percent is not None else _(STANDINGS[line.standing].label),
            href=reverse("desk:plan_item", args=[line.item.pk]),
            late=line.is_late,
            below=line.item.kind == Kind.TASK,
        )
        for line in lines
    ]
    return charts.responsive(
        charts.timeline,
        spans,
        names,
        title=title,
        today=_place(on, years),
        today_label=on.isoformat(),
        open_label=_("无完成时限"),
        late_label=_("菱形：到期未完成"),
        width=MEETING,
    )


def _quarter(year: int, place: int, short: bool) -> str:
    """The quarter's name; where columns are narrow the year stands for its first."""
    if short:
        return str(year) if place == 1 else _("%(quarter)s季") % {"quarter": place}
    return _("%(year)s年%(quarter)s季度") % {"year": year, "quarter": place}


def _place(day: date | None, years: range, whole_day: bool = False) -> float | None:
    """Where a day lies among the quarters; its evening when it is an end."""
    if day is None:
        return None
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = Period(Period.of_month(first).first + 3, Period.of_month(first).first + 3).first_day()
    share = ((day - first).days + whole_day) / (after - first).days
    return (day.year - years.start) * QUARTERS + (day.month - 1) // 3 + share


def as_sheet(year_plan: YearPlan, lines: Iterable[Line], on: date) -> HttpResponse:
    """The tree as a workbook."""
    heads = [
        Column(_("序号"), width=8),
        Column(_("举措与任务"), width=44),
        Column(_("责任单位"), width=20),
        Column(_("责任人"), width=14),
        Column(_("开始"), "date"),
        Column(_("完成时限"), "date"),
        Column(_("指标"), width=18),
        Column(_("进度"), "percent"),
        Column(_("状态"), width=10),
        Column(_("缺项"), width=24),
        Column(_("最近报告"), width=44),
    ]
    notes = [(_("年度计划"), year_plan.title), (_("文号"), year_plan.document), (_("截至"), on.isoformat())]
    return sheet(
        heads, [_sheet_line(line) for line in lines], _("%(year)s年举措与任务") % {"year": year_plan.year}, notes
    )


def _sheet_line(line: Line) -> list[Value]:
    item = line.item
    return [
        line.number,
        item.title,
        owner_shown(item),
        called(item.responsible) if item.responsible else "",
        item.starts_on,
        item.due_on,
        item.indicator,
        None if line.percent is None else round_half_even(line.percent, 1),
        _(STANDINGS[line.standing].label),
        _("、").join(_(LACK_LABELS[lack]) for lack in line.lacks),
        line.report.text if line.report else "",
    ]
