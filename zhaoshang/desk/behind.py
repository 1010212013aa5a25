"""What stands behind a figure: its payments (for a count, its projects), as a list to walk and as a file to keep."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment, RuleSet
from zhaoshang.capital.queries import ruling
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, Kind, Origin
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_text
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.behind_outreach import outreach_lines, outreach_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import BY_MONTH, address, page_by, page_of, sheet
from zhaoshang.desk.partners_shown import columns as partner_columns
from zhaoshang.desk.partners_shown import row as partner_row
from zhaoshang.desk.partners_shown import term
from zhaoshang.desk.provenance import FACETS, part_words
from zhaoshang.desk.shown import place_shown, titled, unit_shown, value_shown
from zhaoshang.figures.from_outreach import FROM_OUTREACH
from zhaoshang.figures.queries import Figure, payments_behind
from zhaoshang.figures.rules import Measure
from zhaoshang.partners.models import Partner
from zhaoshang.partners.queries import appointed
from zhaoshang.plans.models import Campaign
from zhaoshang.projects.models import Project
from zhaoshang.projects.queries import reached
from zhaoshang.projects.rules import INDUSTRIES, Milestone
from zhaoshang.projects.stages.starts import started_projects
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import clause, wan

PAGE_ROWS = 25
EXPORT_ROWS = 20_000
MOST_SOURCES = 60
COLUMNS = {"origin": "origin", "source": "source_code", "kind": "kind", "industry": "industry"}


def part_asked(text: str) -> tuple[str, str] | None:
    """Facet and value of ``kind:land``, of sources several; None when it names none that there could be."""
    facet, _mark, value = text.partition(":")
    known: dict[str, set[str]] = {"origin": {*Origin}, "kind": {*Kind}, "industry": set(INDUSTRIES)}
    if facet == "source":
        codes = value.split(",")
        sound = all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
        return (facet, value) if sound and len(codes) <= MOST_SOURCES else None
    return (facet, value) if value in known.get(facet, set()) else None


def _payments(now: Figure, viewer: Viewer, part: tuple[str, str] | None) -> "QuerySet[Payment]":
    """The payments that the viewer may see, of one part only if given."""
    rows = payments_behind(now.version, now.period, now.unit.pk if now.unit else None)
    rows = rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)
    return rows.filter(**{f"{COLUMNS[part[0]]}__in": part[1].split(",")}) if part else rows


def _projects(now: Figure, viewer: Viewer) -> "QuerySet[Project]":
    """The projects behind a count that the viewer may see."""
    if now.version.measure == Measure.STARTS:
        rows = started_projects(viewer.city, now.period)
    else:
        rows = reached(viewer.city, Milestone(now.version.measure), now.period, now.version.at_least_fen)
    rows = rows.filter(unit=now.unit) if now.unit else rows
    return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


def behind_it(request: Any, now: Figure) -> dict[str, Any]:
    """A page of the list; rows of other units stay closed to an officer, who is told so."""
    viewer, part = request.viewer, part_asked(request.GET.get("part", ""))
    rules = now.version.rule_set
    if rules is not None:
        page = page_by(request, _payments(now, viewer, part), BY_MONTH, size=PAGE_ROWS)
        columns, rows = payment_columns(with_unit=now.unit is None), payment_rows(rules, page.rows)
    elif now.version.measure in FROM_OUTREACH:
        page, columns, rows = outreach_page(request, now)
    elif now.version.measure == Measure.CAMPAIGNS:
        page = page_of(request, _campaigns(now), size=PAGE_ROWS)
        columns, rows = _campaign_columns(), _campaign_rows(page.rows)
    elif now.version.measure == Measure.PARTNERS:
        page, today = page_of(request, _partners(now), size=PAGE_ROWS), timezone.localdate()
        columns, rows = partner_columns()[:4], [partner_row(one, 0, today) for one in page.rows]
    else:
        page = page_of(request, _projects(now, viewer), size=PAGE_ROWS)
        columns, rows = _project_columns(), _project_rows(page.rows)
    return {
        "behind": rows,
        "behind_columns": columns,
        "previous": f"{request.path}{page.previous}" if page.previous else None,
        "next": f"{request.path}{page.next}" if page.next else None,
        "closed_rows": not viewer.sees_all_units and (now.unit is None or not viewer.sees_unit(now.unit.pk)),
        "part": _part_name(part) if part else "",
        "xlsx_url": f"{request.path}{address(request)}&xlsx=1",
    }


def _part_name(part: tuple[str, str]) -> str:
    facet, value = part
    words = part_words(facet, value.split(","))
    return _("%(facet)s：%(value)s") % {
        "facet": _(FACETS[facet]),
        "value": _("、").join(words.get(one, one) for one in value.split(",")),
    }


def _campaigns(now: Figure) -> "QuerySet[Campaign]":
    """The campaigns of the period's year; of a unit there are none."""
    rows = Campaign.objects.of(now.version.city).filter(year=now.period.year)
    return rows if now.unit is None else rows.none()


def _partners(now: Figure) -> "QuerySet[Partner]":
    """The partners whose term began in the period; of a unit there are none."""
    rows: QuerySet[Partner] = appointed(now.version.city, now.period)
    return rows if now.unit is None else rows.none()


def _campaign_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("专项行动"), "head": True},
        {"key": "industry", "label": _("产业")},
        {"key": "document", "label": _("文号")},
    ]


def _campaign_rows(campaigns: Iterable[Campaign]) -> list[dict[str, Any]]:
    found = []
    for one in campaigns:
        href = reverse("desk:campaign", args=[one.code])
        name = {"text": one.name, "href": href}
        found.append({"name": name, "industry": one.industry, "document": one.document, "_href": href})
    return found


def payment_columns(*, with_unit: bool) -> list[dict[str, Any]]:
    """Columns of :func:`payment_rows`."""
    columns: list[dict[str, Any]] = [
        {"key": "project", "label": _("项目"), "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "paid_on", "label": _("到账日"), "kind": "date"},
        {"key": "counted", "label": _("计入"), "unit": _("万元"), "kind": "number"},
        {"key": "amount", "label": _("到账"), "unit": _("万元"), "kind": "number"},
    ]
    return [column for column in columns if with_unit or column["key"] != "unit"]


def payment_rows(rules: RuleSet, payments: Iterable[Payment]) -> list[dict[str, Any]]:
    """Payments with what a rule set counts of each, and why not all."""
    found = []
    for payment in payments:
        said = ruling(rules, payment)
        why = _("；").join(
            _("第%(no)s条 %(text)s") % {"no": clause(step.number), "text": step.text} for step in said.steps
        )
        href = reverse("desk:payment", args=[payment.pk])
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


def _project_rows(projects: Iterable[Project]) -> list[dict[str, Any]]:
    found = []
    for project in projects:
        href = reverse("desk:project", args=[project.code])
        shown = {"text": project.name, "href": href} if href else project.name
        found.append(
            {"project": shown, "unit": named(project.unit), "contract": wan(project.contract_fen), "_href": href}
        )
    return found


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
    rules, viewer = now.version.rule_set, request.viewer
    if now.version.measure in FROM_OUTREACH:
        return sheet(*outreach_lines(now, viewer, EXPORT_ROWS), title, notes)
    if now.version.measure == Measure.CAMPAIGNS:
        heads = [Column(_("专项行动"), width=36), Column(_("产业"), width=30), Column(_("文号"), width=30)]
        return sheet(heads, [[one.name, one.industry, one.document] for one in _campaigns(now)], title, notes)
    if now.version.measure == Measure.PARTNERS:
        heads = [
            Column(_("证书编号")),
            Column(_("合伙人"), width=36),
            Column(_("聘期")),
            Column(_("聘任文件"), width=30),
        ]
        return sheet(heads, [[one.number, one.name, term(one), one.document] for one in _partners(now)], title, notes)
    if rules is None:
        lines = [_project_line(one) for one in _projects(now, viewer)[:EXPORT_ROWS]]
        return sheet(_project_export_columns(), lines, title, notes)
    payments = _payments(now, viewer, part_asked(request.GET.get("part", "")))
    return payment_sheet(rules, payments, title, notes)


def payment_sheet(
    rules: RuleSet, payments: "QuerySet[Payment]", title: str, notes: list[tuple[str, str]]
) -> HttpResponse:
    """Payments as a file, with what a rule set counts of each."""
    return sheet(_export_columns(), [_export_row(rules, one) for one in payments[:EXPORT_ROWS]], title, notes)


def _project_export_columns() -> list[Column]:
    amount = Column(_("合同额（万元）"), "amount", 6, 20)
    return [Column(_("项目编号")), Column(_("项目"), width=36), Column(_("地区")), amount]


def _project_line(one: Project) -> list[Value]:
    return [one.code, one.name, named(one.unit), in_unit(one.contract_fen, "万元")]


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
