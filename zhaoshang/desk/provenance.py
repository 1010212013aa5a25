"""The parts of a figure's provenance that take looking up: parts, published states, other versions, payments or projects behind."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment, RuleSet
from zhaoshang.capital.queries import behind, ruling
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, Kind, Origin
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period, month_text
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, page_by_month, page_of, sheet
from zhaoshang.desk.shown import figure_address, place_shown, titled, unit_shown, value_shown
from zhaoshang.figures.freezing import later_correction
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.queries import Figure, keeps, of_version, parts_of, values_by_unit, versions_of
from zhaoshang.figures.rules import share_percent
from zhaoshang.projects.queries import reached
from zhaoshang.projects.rules import INDUSTRIES, Milestone
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.regions.rules import FOREIGN_CODE
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import number, percent, wan

FACETS = {"origin": N_("新建与续建"), "source": N_("来源地"), "kind": N_("资金类型"), "industry": N_("行业门类")}
EXPORT_ROWS = 20_000
PART_ROWS = 40


def parts(request: Any, now: Figure) -> list[dict[str, Any]]:
    """The figure split by each facet, largest first; every part opens to its own payments, and the parts add up to the figure."""
    found = []
    for facet, label in FACETS.items():
        values = parts_of(now, facet)
        if not values:
            continue
        words = part_words(facet, values)
        rows = [
            {
                "name": {
                    "text": words.get(value, value),
                    "href": f"{request.path}{address(request, part=f'{facet}:{value}')}#behind",
                },
                "value": value_shown(part.fen, now.indicator),
                "share": percent(share_percent(part.fen, now.value), unit=False),
                "payments": number(part.payments),
            }
            for value, part in sorted(values.items(), key=lambda item: (-item[1].fen, item[0]))[:PART_ROWS]
        ]
        found.append(
            {
                "facet": facet,
                "label": _(label),
                "rows": rows,
                "adds_up": sum(one.fen for one in values.values()) == now.value,
            }
        )
    return found


def part_words(facet: str, values: Iterable[str]) -> dict[str, str]:
    """The names of a facet's values."""
    match facet:
        case "origin":
            return {value: _(ORIGIN_LABELS[Origin(value)]) for value in values}
        case "kind":
            return {value: _(KIND_LABELS[Kind(value)]) for value in values}
        case "industry":
            return {value: _(INDUSTRIES[value]) for value in values}
    return place_names(values)


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of places by six-digit code; one query."""
    wanted = set(codes)
    rows = Region.objects.filter(code__in=wanted).order_by("valid_from")
    english = (get_language() or "").startswith("en")
    names = {row.code: (row.name_en if english else "") or row.short_name for row in rows}
    return names | {FOREIGN_CODE: _("国外")}


def published(now: Figure) -> list[dict[str, Any]]:
    """Every frozen state of this figure, with what changed since."""
    rows = FrozenFigure.objects.of(now.version.city).filter(
        version=now.version, unit=now.unit, first_month=now.period.first, last_month=now.period.last
    )
    frozen = list(
        rows.select_related("version__rule_set", "version__indicator", "unit", "city").order_by("-frozen_at")[:5]
    )
    return [
        {
            "frozen": one,
            "value": value_shown(one.value, now.indicator),
            "later": later_correction(one),
            "difference": value_shown(now.value - one.value, now.indicator),
        }
        for one in frozen
    ]


def versions_beside(
    city: City, code: str, unit: ReportingUnit | None, when: Period, but: UUID | None
) -> list[dict[str, Any]]:
    """The same figure under every other version that keeps totals for the period."""
    found = []
    for version in versions_of(city, code):
        if version.pk == but or not keeps(version, when):
            continue
        version.city = city
        one = of_version(version, when, unit)
        found.append(
            {
                "title": titled(version),
                "value": value_shown(one.value, version.indicator),
                "unit_word": unit_shown(version.indicator),
                "href": figure_address(code, unit, when, version.code),
                "official": version.official_for(when),
            }
        )
    return found


def _behind(now: Figure, part: str) -> "QuerySet[Payment]":
    version = now.version
    rows = behind(version.city, version.classes, now.period, now.unit.pk if now.unit else None, version.at_least_fen)
    facet, _mark, value = part.partition(":")
    columns = {"origin": "origin", "source": "source_code", "kind": "kind", "industry": "industry"}
    return rows.filter(**{columns[facet]: value}) if facet in columns and value else rows


def behind_it(request: Any, now: Figure) -> dict[str, Any]:
    """The list behind the figure: payments, or projects for a count; rows of other units stay closed to an officer."""
    viewer, part = request.viewer, request.GET.get("part", "")
    open_rows = viewer.sees_all_units or (now.unit is not None and viewer.sees_unit(now.unit.pk))
    rows: QuerySet[Any]
    if now.version.rule_set is None:
        rows = reached(viewer.city, Milestone(now.version.measure), now.period, now.version.at_least_fen)
        rows = rows.filter(unit=now.unit) if now.unit else rows
    else:
        rows = _behind(now, part)
    if not viewer.sees_all_units:
        rows = rows.filter(unit_id__in=viewer.unit_ids)
    page = page_of(request, rows, size=25) if now.version.rule_set is None else page_by_month(request, rows, size=25)
    made = _project_rows(page.rows) if now.version.rule_set is None else _payment_rows(now, page.rows)
    return {
        "behind": made,
        "behind_columns": _project_columns() if now.version.rule_set is None else _payment_columns(now),
        "previous": f"{request.path}{page.previous}" if page.previous else None,
        "next": f"{request.path}{page.next}" if page.next else None,
        "closed_rows": not open_rows,
        "part": _part_name(part),
        "xlsx_url": f"{request.path}{address(request)}&xlsx=1",
        "units": _unit_rows(now) if now.unit is None else [],
    }


def _part_name(part: str) -> str:
    facet, _mark, value = part.partition(":")
    known = facet in FACETS and value
    try:
        return _(FACETS[facet]) + _("：") + f"{part_words(facet, [value]).get(value, value)}" if known else ""
    except (KeyError, ValueError):
        return ""


def _link(name: str, key: object) -> str | None:
    """The page's address; None while this installation has no such page."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return None


def _payment_columns(now: Figure) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [
        {"key": "project", "label": _("项目"), "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "paid_on", "label": _("到账日"), "kind": "date"},
        {"key": "counted", "label": _("计入"), "unit": _("万元"), "kind": "number"},
        {"key": "amount", "label": _("到账"), "unit": _("万元"), "kind": "number"},
    ]
    return [column for column in columns if now.unit is None or column["key"] != "unit"]


def _payment_rows(now: Figure, payments: Iterable[Payment]) -> list[dict[str, Any]]:
    assert now.version.rule_set is not None
    found = []
    for payment in payments:
        said = ruling(now.version.rule_set, payment)
        why = _("；").join(_("第%(no)s条 %(text)s") % {"no": step.number, "text": step.text} for step in said.steps)
        href = _link("desk:payment", payment.pk)
        found.append(
            {
                "project": {"text": payment.project.name, "href": href, "note": why},
                "unit": named(payment.unit),
                "paid_on": payment.paid_on.isoformat(),
                "counted": wan(said.counted_fen),
                "amount": wan(payment.amount_fen),
                "_href": href,
                "_kind": "" if said.counts else "muted",
            }
        )
    return found


def _project_columns() -> list[dict[str, Any]]:
    return [
        {"key": "project", "label": _("项目"), "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "contract", "label": _("合同额"), "unit": _("万元"), "kind": "number"},
    ]


def _project_rows(projects: Iterable[Any]) -> list[dict[str, Any]]:
    found = []
    for project in projects:
        href = _link("desk:project", project.code)
        shown = {"text": project.name, "href": href} if href else project.name
        found.append(
            {"project": shown, "unit": named(project.unit), "contract": wan(project.contract_fen), "_href": href}
        )
    return found


def _unit_rows(now: Figure) -> list[dict[str, Any]]:
    """A city figure by unit, in the units' order; each opens to its own provenance."""
    values = values_by_unit(now.version, now.period)
    other = None if now.version.official_for(now.period) else now.version.code
    return [
        {
            "unit": named(unit),
            "value": {
                "text": value_shown(values[unit.pk].fen, now.indicator),
                "href": figure_address(now.indicator.code, unit, now.period, other),
            },
            "share": percent(share_percent(values[unit.pk].fen, now.value), unit=False),
        }
        for unit in ReportingUnit.objects.of(now.version.city)
        if unit.pk in values
    ]


def export(request: Any, now: Figure) -> HttpResponse:
    """The payments (or projects) behind the figure, as far as the viewer may see them, with the rule they were judged by."""
    title = f"{titled(now.indicator)}-{place_shown(request.viewer.city, now.unit)}-{str(now.period).replace('/', '_')}"
    notes = [
        (_("指标"), titled(now.indicator)),
        (_("口径"), titled(now.version) + _("：") + now.version.definition),
        (_("时期"), str(now.period)),
        (_("数值"), f"{value_shown(now.value, now.indicator)}{unit_shown(now.indicator)}"),
        (_("行数上限"), str(EXPORT_ROWS)),
    ]
    if now.version.rule_set is None:
        rows = reached(request.viewer.city, Milestone(now.version.measure), now.period, now.version.at_least_fen)
        rows = rows.filter(unit=now.unit) if now.unit else rows
        rows = rows if request.viewer.sees_all_units else rows.filter(unit_id__in=request.viewer.unit_ids)
        columns = [
            Column(_("项目编号")),
            Column(_("项目"), width=36),
            Column(_("地区")),
            Column(_("合同额（万元）"), "amount", 6, 20),
        ]
        lines: list[list[Value]] = [
            [one.code, one.name, named(one.unit), in_unit(one.contract_fen, "万元")] for one in rows[:EXPORT_ROWS]
        ]
        return sheet(columns, lines, title, notes)
    rules = now.version.rule_set
    payments = _behind(now, request.GET.get("part", ""))
    payments = payments if request.viewer.sees_all_units else payments.filter(unit_id__in=request.viewer.unit_ids)
    return sheet(_export_columns(), [_export_row(rules, one) for one in payments[:EXPORT_ROWS]], title, notes)


def _export_columns() -> list[Column]:
    texts = [_("项目编号"), _("项目"), _("地区"), _("报告月")]
    amounts = [_("到账金额（万元）"), _("计入金额（万元）")]
    rest = [_("来源地代码"), _("资金类型"), _("新建或续建"), _("未全额计入的规则"), _("账本序号"), _("摘要")]
    return [
        *(Column(text, width=18) for text in texts),
        Column(_("到账日"), "date"),
        *(Column(text, "amount", 6, 20) for text in amounts),
        *(Column(text, width=18) for text in rest),
    ]


def _export_row(rules: RuleSet, payment: Payment) -> list[Value]:
    said = ruling(rules, payment)
    return [
        payment.project.code,
        payment.project.name,
        named(payment.unit),
        month_text(payment.report_month),
        payment.paid_on,
        in_unit(payment.amount_fen, "万元"),
        in_unit(said.counted_fen, "万元"),
        payment.source_code,
        _(KIND_LABELS[Kind(payment.kind)]),
        _(ORIGIN_LABELS[Origin(payment.origin)]),
        _("；").join(f"{step.number} {step.text}" for step in said.steps),
        str(payment.seq),
        payment.digest,
    ]
