"""A project's story as a picture: stages as bands, verified money as bars, promises as marks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from markupsafe import Markup

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_number
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import days_of, stages_on
from zhaoshang.projects.stages.queries import log_of
from zhaoshang.projects.stages.rules import CHAIN_LABELS, Chain, Stage
from zhaoshang.ui import charts
from zhaoshang.ui.filters import month, named, wan

MOST_MONTHS = 120
SHORT = 18  # months; a longer picture names its years only


def picture(project: Project, lines: Sequence[Line], today: date) -> Markup | None:
    """None while there is nothing to draw. Three queries."""
    stages, days = stages_on(project.city, today), days_of(log_of(project))
    arrived = dict(_arrived(project))
    promised = [line for line in lines if line.promised]
    known = [_number(day) for day in days.values()] + list(arrived) + [_number(line.on) for line in promised]
    if not known:
        return None
    last = max(known)
    first = max(min(known), last - MOST_MONTHS + 1)
    last = max(last, first + 5)
    shown: dict[str, Any] = {
        "title": _("%(name)s的进程") % {"name": project.name},
        "desc": _("两条进程的阶段、每月已核定的到账、承诺的日期"),
        "labels": (_("到账"), _("承诺")),
        "today": _place(today, first),
    }
    bands = [_band(chain, stages, days, first) for chain in Chain]
    marks = [charts.Mark(_place(line.on, first), f"{line.on} {line.text}", line.on >= today) for line in promised]
    return charts.responsive(charts.course, bands, _bars(arrived, first, last), marks, **shown)


def _arrived(project: Project) -> Any:
    rows = Payment.objects.of(project.city_id).filter(project=project, standing=Standing.VERIFIED).order_by()
    return rows.values_list("report_month").annotate(Sum("amount_fen"))


def _number(day: date) -> int:
    return month_number(day.year, day.month)


def _place(day: date, first: int) -> float:
    return _number(day) - first + (day.day - 1) / 31


def _band(chain: Chain, stages: list[Stage], days: dict[str, date], first: int) -> charts.Band:
    reached = [(days[one.code], named(one)) for one in stages if one.chain == chain and one.code in days]
    ends = [*(day for day, _name in reached[1:]), None]
    pieces = [
        charts.Piece(f"{name} {day}", _place(day, first), _place(end, first) if end else None)
        for (day, name), end in zip(reached, ends, strict=False)
    ]
    return charts.Band(_(CHAIN_LABELS[chain]), pieces)


def _bars(arrived: dict[int, int], first: int, last: int) -> list[charts.Point]:
    long = last - first >= SHORT

    def label(number: int) -> str:
        if long:
            return str(number // 12) if number % 12 == 0 or number == first else ""
        return month(number) if (number - first) % 3 == 0 else ""

    return [
        charts.Point(
            label(one), in_unit(arrived.get(one, 0), "万元"), f"{month(one)} {wan(arrived.get(one, 0))} " + _("万元")
        )
        for one in range(first, last + 1)
    ]
