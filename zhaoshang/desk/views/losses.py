"""The loss report of a quarter: why projects were lost, and to which cities."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period, month_number
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import duty_tabs, with_xlsx
from zhaoshang.desk.lists import sheet
from zhaoshang.duties.losses import Loss, crossed, losses
from zhaoshang.people.rules import Can
from zhaoshang.projects.stages.rules import CAUSE_LABELS, STANDING_LABELS, Cause, Standing
from zhaoshang.ui import charts
from zhaoshang.ui.filters import named, number, period, wan

MOST_CITIES = 6
QUARTERS = 8


@desk_page(Can.READ_PAYMENTS)
def loss_report(request: Any) -> HttpResponse:
    """Causes by cities, and each project; ``period`` is a quarter, or any period."""
    when = _asked(request)
    found = losses(request.viewer, when)
    if request.GET.get("xlsx"):
        return _as_sheet(found, when)
    cities = _cities(found)
    table = crossed(found)
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:loss_report"),
        "when": str(when),
        "period": period(when),
        "quarters": [(str(one), period(one)) for one in _quarters(when)],
        "columns": [
            {"key": "cause", "label": _("原因类别"), "head": True},
            *({"key": f"city{place}", "label": city or _("撤销"), "kind": "number"} for place, city in enumerate(cities)),
            {"key": "sum", "label": _("合计"), "kind": "number"},
            {"key": "contract", "label": _("合同额"), "unit": _("万元"), "kind": "number"},
        ],
        "crossed": [_line(cause, cities, table) for cause in Cause if any(key[0] == cause for key in table)],
        "rows": [_row(one) for one in found],
        "drawing": _drawing(cities, table),
        "xlsx_url": with_xlsx(request),
    }  # fmt: skip
    return render(request, "desk/duties/losses.html", shown)


def _asked(request: Any) -> Period:
    try:
        return Period.parse(request.GET.get("period", ""))
    except NotAPeriod:
        today = timezone.localdate()
        first = month_number(today.year, today.month) // 3 * 3
        return Period(first, first + 2)


def _quarters(chosen: Period) -> list[Period]:
    today = timezone.localdate()
    first = month_number(today.year, today.month) // 3 * 3
    return list(dict.fromkeys([chosen, *(Period(first - 3 * back, first - 3 * back + 2) for back in range(QUARTERS))]))


def _cities(found: list[Loss]) -> list[str]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.entry.lost_to] = counts.get(one.entry.lost_to, 0) + 1
    return sorted(counts, key=lambda city: (-counts[city], city))


def _line(cause: Cause, cities: list[str], table: dict[tuple[Cause, str], tuple[int, int]]) -> dict[str, Any]:
    cells = [table.get((cause, city), (0, 0)) for city in cities]
    return {
        "cause": _(CAUSE_LABELS[cause]),
        **{f"city{place}": number(cell[0]) if cell[0] else None for place, cell in enumerate(cells)},
        "sum": number(sum(cell[0] for cell in cells)),
        "contract": wan(sum(cell[1] for cell in cells)),
    }


def _drawing(cities: list[str], table: dict[tuple[Cause, str], tuple[int, int]]) -> Any:
    shown, rest = cities[: MOST_CITIES - 1], cities[MOST_CITIES - 1 :]
    names = [*(city or _("撤销") for city in shown), *([_("其他")] if rest else [])]
    stacks = []
    for cause in Cause:
        parts = [table.get((cause, city), (0, 0))[0] for city in shown]
        parts += [sum(table.get((cause, city), (0, 0))[0] for city in rest)] if rest else []
        if sum(parts):
            drawn = [charts.Part(Decimal(part), str(part)) for part in parts]
            stacks.append(charts.Stack(_(CAUSE_LABELS[cause]), drawn, str(sum(parts))))
    return charts.responsive(charts.stacked_bars, stacks, names, title=_("流失原因与流向城市")) if stacks else ""


def _row(one: Loss) -> dict[str, Any]:
    project = one.entry.project
    href = reverse("desk:project_stages", args=[project.code])
    return {
        "_href": href,
        "project": {"text": project.name, "href": href, "note": project.code},
        "unit": named(project.unit),
        "day": f"{timezone.localtime(one.entry.entered_at):%Y-%m-%d}",
        "standing": _(STANDING_LABELS[Standing(one.entry.standing)]),
        "to": one.entry.lost_to or None,
        "cause": {"text": _(CAUSE_LABELS[one.cause]), "note": one.entry.reason},
        "contract": wan(project.contract_fen),
        "back": _("已重回项目库") if one.back else None,
    }


def _as_sheet(found: list[Loss], when: Period) -> HttpResponse:
    heads = [
        Column(_("编号"), width=16), Column(_("项目"), width=36), Column(_("地区")), Column(_("日期"), "date"), Column(_("状态")),
        Column(_("流向城市")), Column(_("原因类别")), Column(_("理由"), width=40), Column(_("合同额（万元）"), "amount"),
        Column(_("是否重回项目库")),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [one.entry.project.code, one.entry.project.name, named(one.entry.project.unit),
         timezone.localdate(one.entry.entered_at), _(STANDING_LABELS[Standing(one.entry.standing)]), one.entry.lost_to,
         _(CAUSE_LABELS[one.cause]), one.entry.reason, in_unit(one.entry.project.contract_fen, "万元"),
         _("是") if one.back else ""]
        for one in found
    ]  # fmt: skip
    return sheet(heads, lines, _("流失报告"), [(_("时期"), period(when))])
