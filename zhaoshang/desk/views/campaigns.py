"""Special campaigns: what each has brought, counted from the records; its projects and the payments behind; laying one down."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.common.rounding import round_half_even
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.behind import PAGE_ROWS, payment_columns, payment_rows, payment_sheet
from zhaoshang.desk.forms.campaigns import CampaignForm
from zhaoshang.desk.lists import BY_MONTH, address, page_by, page_of, sheet
from zhaoshang.desk.overview_shown import fitting
from zhaoshang.desk.shown import known_months, period_asked, period_menu, titled
from zhaoshang.figures.campaigns import Brought, CampaignLine, CampaignTable, campaign_table, payments_behind
from zhaoshang.figures.overview import NoIndicators, headline_indicator
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import CampaignCodeTaken, add_campaign, amend_campaign
from zhaoshang.plans.models import Campaign, CampaignProject
from zhaoshang.plans.queries import campaigns_of, campaigns_of_projects, tagged_projects
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import MILESTONE_LABELS, Milestone
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.filters import named, named_short, number, percent, period, wan, yi

WHOLE = "city"
STAGES = {"reserved": Milestone.RESERVED, "signed": Milestone.SIGNED, "landed": Milestone.LANDED}


def found_campaign(city: City, code: str) -> Campaign:
    """The campaign; an unknown code is a 404."""
    return get_object_or_404(Campaign.objects.of(city).select_related("city", "lead_unit"), code=code)  # type: ignore[no-any-return]


def _table(city: City, when: Period) -> CampaignTable:
    try:
        indicator = headline_indicator(city)
    except NoIndicators:
        indicator = ""
    return campaign_table(city, when, indicator)


def _menu(request: Any, when: Period) -> dict[str, Any]:
    return period_menu(known_months(request.viewer.city), when, lambda one: address(request, period=one))


@desk_page(Can.READ_FIGURES)
def campaign_list(request: Any) -> HttpResponse:
    """The campaigns of the period's year; ``xlsx=1`` for the table."""
    city = request.viewer.city
    when = period_asked(request, known_months(city))
    table = _table(city, when)
    if request.GET.get("xlsx"):
        return _as_sheet(table)
    shown = {
        "table": table,
        "when": when,
        "version": titled(table.version) if table.version else "",
        "columns": _columns(),
        "rows": [_row(line, when) for line in table.lines] + ([_whole(table)] if table.lines else []),
        "several_url": f"{reverse('desk:campaign_projects', args=[WHOLE])}?period={when}&several=1",
        "picture": picture(table) if any(line.campaign.target_fen for line in table.lines) and table.version else None,
        "xlsx_url": address(request, xlsx="1"),
        "can_write": request.viewer.can(Can.PLAN),
        "may_tag": request.viewer.can(Can.TAG_CAMPAIGNS),
        **_menu(request, when),
    }
    return render(request, "desk/campaigns/list.html", shown)


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("专项行动"), "kind": "link", "head": True},
        {"key": "lead", "label": _("牵头")},
        {"key": "projects", "label": _("项目"), "unit": _("个"), "kind": "figure"},
        {"key": "reserved", "label": _("储备"), "unit": _("个"), "kind": "figure"},
        {"key": "signed", "label": _("签约"), "unit": _("个"), "kind": "figure"},
        {"key": "landed", "label": _("落地"), "unit": _("个"), "kind": "figure"},
        {"key": "contract", "label": _("签约合同额"), "unit": _("亿元"), "kind": "figure"},
        {"key": "capital", "label": _("到位内资"), "unit": _("亿元"), "kind": "figure"},
        {"key": "target", "label": _("目标"), "unit": _("亿元"), "kind": "number"},
        {"key": "done", "label": _("完成目标"), "unit": "%", "kind": "percent"},
    ]


def _row(line: CampaignLine, when: Period) -> dict[str, Any]:
    one = line.campaign
    href = f"{reverse('desk:campaign', args=[one.code])}?period={when}"
    return {
        "_href": href,
        "name": {"text": one.name, "href": href, "note": one.industry},
        "lead": lead_shown(one),
        "target": yi(one.target_fen, 2) if one.target_fen else None,
        "done": percent(line.capital_percent, unit=False) if line.capital_percent is not None else None,
        **_numbers(one.code, line.brought, when),
    }


def _whole(table: CampaignTable) -> dict[str, Any]:
    note = _("每个项目只计一次")
    return {"_kind": "total", "name": {"text": _("全市"), "note": note}, **_numbers(WHOLE, table.city, table.period)}


def _numbers(code: str, brought: Brought, when: Period) -> dict[str, Any]:
    """The numbers as cells that open: counts to the projects, money to the payments."""
    projects = f"{reverse('desk:campaign_projects', args=[code])}?period={when}"
    payments = f"{reverse('desk:campaign_payments', args=[code])}?period={when}"
    capital = brought.capital
    return {
        "projects": {"text": number(brought.projects), "href": projects},
        "reserved": {"text": number(brought.reserved), "href": f"{projects}&stage=reserved"},
        "signed": {"text": number(brought.signed), "href": f"{projects}&stage=signed"},
        "landed": {"text": number(brought.landed), "href": f"{projects}&stage=landed"},
        "contract": {"text": yi(brought.contract_fen, 2), "href": f"{projects}&stage=signed"},
        "capital": {"text": yi(capital.fen, 2), "href": payments} if capital else None,
    }


def lead_shown(campaign: Campaign) -> str:
    """Who leads it: unit and department."""
    unit = [named_short(campaign.lead_unit)] if campaign.lead_unit else []
    return _("、").join(one for one in [*unit, campaign.lead_department] if one)


def picture(table: CampaignTable, width: int | None = None) -> Any:
    """Each campaign's capital in place beside its target for the year."""
    points = [
        charts.Point(
            line.campaign.name,
            in_unit(line.brought.capital.fen if line.brought.capital else 0, "亿元", 2),
            f"{yi(line.brought.capital.fen if line.brought.capital else 0, 2)} / {yi(line.campaign.target_fen, 2)}",
            f"{reverse('desk:campaign', args=[line.campaign.code])}?period={table.period}",
            mark=in_unit(line.campaign.target_fen, "亿元", 2) if line.campaign.target_fen else None,
        )
        for line in table.lines
    ]
    return fitting(width, charts.bars, points, title=_("各专项行动到位内资与目标"), mark_label=_("全年目标"))


@desk_page(Can.READ_FIGURES)
def campaign_open(request: Any, code: str) -> HttpResponse:
    """One campaign: its numbers in the period, what it is, its newest projects."""
    viewer = request.viewer
    campaign = found_campaign(viewer.city, code)
    when = period_asked(request, known_months(viewer.city))
    if when.year != campaign.year:
        when = Period.of_year(campaign.year)
    table = _table(viewer.city, when)
    line = next(one for one in table.lines if one.campaign.pk == campaign.pk)
    page = page_of(request, _projects(viewer, [campaign]), size=PAGE_ROWS)
    shown = {
        "campaign": campaign,
        "when": when,
        "line": line,
        "version": titled(table.version) if table.version else "",
        "numbers": _numbers(campaign.code, line.brought, when),
        "schedule": when.share_of_year(),
        "capital_note": _of_target(line.capital_percent, when) if table.version else _("本期没有唯一的口径"),
        "signed_note": _of_target(line.signed_percent, when),
        "facts": _facts(campaign),
        "can_write": viewer.can(Can.PLAN),
        **_project_rows(request, viewer, page),
        **_menu(request, when),
    }
    return render(request, "desk/campaigns/campaign.html", shown)


def _of_target(share: Decimal | None, when: Period) -> str:
    """How far towards the year's target, beside the time passed."""
    if share is None:
        return ""
    words = {"done": percent(share), "schedule": percent(when.share_of_year())}
    return _("完成目标 %(done)s；时间已过 %(schedule)s") % words


def _facts(campaign: Campaign) -> list[tuple[str, str]]:
    signed = number(campaign.target_signed) + " " + _("个") if campaign.target_signed else ""
    rows = [
        (_("产业"), campaign.industry),
        (_("牵头"), lead_shown(campaign)),
        (_("时间"), f"{campaign.starts_on} – {campaign.ends_on}"),
        (_("到位内资目标"), f"{yi(campaign.target_fen, 2)} {_('亿元')}" if campaign.target_fen else ""),
        (_("签约目标"), signed),
        (_("文号"), campaign.document),
    ]
    return [(name, text) for name, text in rows if text]


def _projects(viewer: Viewer, campaigns: list[Campaign]) -> "QuerySet[Project]":
    """The tagged projects that the viewer may see, each once."""
    rows = Project.objects.visible_to(viewer).filter(pk__in=tagged_projects(viewer.city, campaigns))
    return rows.select_related("unit")


def _project_rows(request: Any, viewer: Viewer, page: Any) -> dict[str, Any]:
    tags = campaigns_of_projects(viewer.city, page.rows)
    rows = []
    for one in page.rows:
        href = reverse("desk:project", args=[one.code])
        days = [f"{_(MILESTONE_LABELS[name])} {day}" for name in Milestone if (day := getattr(one, str(name)))]
        rows.append(
            {
                "_href": href,
                "name": {"text": one.name, "href": href, "note": one.code},
                "unit": named_short(one.unit),
                "contract": wan(one.contract_fen),
                "days": _("；").join(days),
                "tags": _("、").join(tag.name for tag in tags.get(one.pk, [])),
            }
        )
    columns = [
        {"key": "name", "label": _("项目"), "kind": "link", "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "contract", "label": _("合同额"), "unit": _("万元"), "kind": "number"},
        {"key": "days", "label": _("进展")},
        {"key": "tags", "label": _("专项行动")},
    ]
    return {
        "project_columns": columns,
        "project_rows": rows,
        "previous": f"{request.path}{page.previous}" if page.previous else None,
        "next": f"{request.path}{page.next}" if page.next else None,
        "closed_rows": not viewer.sees_all_units,
    }


def _asked(request: Any, code: str) -> tuple[list[Campaign], str, Period]:
    """The campaigns meant (all of the year for the whole city), their name, and the period."""
    city = request.viewer.city
    when = period_asked(request, known_months(city))
    if code == WHOLE:
        return campaigns_of(city, when.year), _("全市专项行动"), when
    one = found_campaign(city, code)
    return [one], one.name, when


@desk_page(Can.READ_FIGURES)
def campaign_projects(request: Any, code: str) -> HttpResponse:
    """The projects behind a count: ``?period= &stage=`` those that reached it then; ``several=1`` those in two campaigns or more."""
    viewer = request.viewer
    campaigns, name, when = _asked(request, code)
    rows, stage = _projects(viewer, campaigns), STAGES.get(request.GET.get("stage", ""))
    if stage is not None:
        after = Period(when.last + 1, when.last + 1).first_day()
        rows = rows.filter(**{f"{stage}__gte": when.first_day(), f"{stage}__lt": after})
    if request.GET.get("several"):
        rows = rows.filter(pk__in=_in_several(viewer.city, campaigns))
    if request.GET.get("xlsx"):
        return _project_sheet(viewer, rows, name)
    page = page_of(request, rows, size=PAGE_ROWS)
    shown = {
        "name": name,
        "when": when,
        "stage": _(MILESTONE_LABELS[stage]) if stage else "",
        "several": bool(request.GET.get("several")),
        "back": f"{reverse('desk:campaigns')}?period={when}",
        "xlsx_url": f"{request.path}{address(request)}&xlsx=1",
        **_project_rows(request, viewer, page),
    }
    return render(request, "desk/campaigns/projects.html", shown)


def _in_several(city: City, campaigns: list[Campaign]) -> Any:
    rows = CampaignProject.objects.of(city).filter(campaign_id__in=[one.pk for one in campaigns]).order_by()
    return rows.values("project_id").annotate(tags=Count("id")).filter(tags__gt=1).values("project_id")


@desk_page(Can.READ_FIGURES)
def campaign_payments(request: Any, code: str) -> HttpResponse:
    """The payments behind a campaign's capital in place, each with what counts of it; ``xlsx=1`` for the file."""
    viewer = request.viewer
    campaigns, name, when = _asked(request, code)
    table = _table(viewer.city, when)
    if table.version is None:
        raise Http404
    version, rules = table.version, table.version.rule_set
    assert rules is not None
    rows = payments_behind(viewer.city, campaigns, version, when)
    rows = rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)
    if request.GET.get("xlsx"):
        notes = [(_("口径"), f"{titled(version)}{_('：')}{version.definition}"), (_("时期"), str(when))]
        return payment_sheet(rules, rows, f"{name}-{str(when).replace('/', '_')}", notes)
    brought = {line.campaign.code: line.brought for line in table.lines} | {WHOLE: table.city}
    page = page_by(request, rows, BY_MONTH, size=PAGE_ROWS)
    shown = {
        "name": name,
        "when": when,
        "version": titled(version),
        "definition": version.definition,
        "capital": brought[code].capital if code in brought else None,
        "columns": payment_columns(with_unit=True),
        "rows": payment_rows(rules, page.rows),
        "previous": f"{request.path}{page.previous}" if page.previous else None,
        "next": f"{request.path}{page.next}" if page.next else None,
        "closed_rows": not viewer.sees_all_units,
        "back": f"{reverse('desk:campaigns')}?period={when}",
        "xlsx_url": f"{request.path}{address(request)}&xlsx=1",
    }
    return render(request, "desk/campaigns/payments.html", shown)


@desk_page(Can.PLAN, methods=("GET", "POST"))
def campaign_new(request: Any) -> HttpResponse:
    """Lay down a campaign."""
    form = CampaignForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            campaign = add_campaign(
                city=request.viewer.city,
                code=given["code"],
                year=given["year"],
                by=request.viewer.user,
                at=timezone.now(),
                **form.fields_of_campaign,
            )
        except CampaignCodeTaken:
            form.add_error("code", _("这个编号已有专项行动使用。"))
        else:
            messages.success(request, _("已设立“%(name)s”。到项目列表勾选项目归入。") % {"name": campaign.name})
            return redirect("desk:campaign", campaign.code)
    return _form(request, form, _("设立专项行动"), reverse("desk:campaigns"))


@desk_page(Can.PLAN, methods=("GET", "POST"))
def campaign_amend(request: Any, code: str) -> HttpResponse:
    """Change a campaign, by a document."""
    campaign = found_campaign(request.viewer.city, code)
    form = CampaignForm(request.POST or None, viewer=request.viewer, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        amend_campaign(campaign=campaign, by=request.viewer.user, at=timezone.now(), **form.fields_of_campaign)
        messages.success(request, _("已调整，原来的内容留在日志里。"))
        return redirect("desk:campaign", campaign.code)
    title = _("调整：%(title)s") % {"title": campaign.name}
    return _form(request, form, title, reverse("desk:campaign", args=[campaign.code]))


def _form(request: Any, form: CampaignForm, title: str, back: str) -> HttpResponse:
    shown = {"form": form, "title": title, "back": back}
    return render(request, "desk/campaigns/form.html", shown, status=422 if form.errors else 200)


def _as_sheet(table: CampaignTable) -> HttpResponse:
    texts = [Column(_("专项行动"), width=30), Column(_("产业"), width=24), Column(_("牵头"), width=18)]
    counts = [Column(text, "integer") for text in (_("项目"), _("储备"), _("签约"), _("落地"))]
    money = [
        Column(text, "amount", 4, 18) for text in (_("签约合同额（亿元）"), _("到位内资（亿元）"), _("目标（亿元）"))
    ]
    rest = [Column(_("完成目标"), "percent"), Column(_("文号"), width=24)]
    lines = [_sheet_line(line) for line in table.lines]
    whole = [_("全市（每个项目只计一次）"), "", "", *_sheet_numbers(table.city), None, None, ""]
    notes = [
        (_("时期"), period(table.period)),
        (_("口径"), titled(table.version) if table.version else ""),
        (_("在两个以上行动中的项目"), str(table.in_several)),
    ]
    return sheet([*texts, *counts, *money, *rest], [*lines, whole], _("专项行动"), notes)


def _sheet_numbers(brought: Brought) -> list[Value]:
    counts: list[Value] = [brought.projects, brought.reserved, brought.signed, brought.landed]
    capital = in_unit(brought.capital.fen, "亿元") if brought.capital else None
    return [*counts, in_unit(brought.contract_fen, "亿元"), capital]


def _sheet_line(line: CampaignLine) -> list[Value]:
    one = line.campaign
    return [
        one.name,
        one.industry,
        lead_shown(one),
        *_sheet_numbers(line.brought),
        in_unit(one.target_fen, "亿元") if one.target_fen else None,
        None if line.capital_percent is None else round_half_even(line.capital_percent, 1),
        one.document,
    ]


def _project_sheet(viewer: Viewer, rows: "QuerySet[Project]", name: str) -> HttpResponse:
    """One line a project, with its campaigns; what can be sent in again as a list of tags."""
    heads = [
        Column(_("项目编号")),
        Column(_("项目"), width=32),
        Column(_("地区")),
        Column(_("专项行动"), width=40),
        Column(_("合同额（万元）"), "amount"),
    ]
    found = list(rows.order_by("-id"))
    tags = campaigns_of_projects(viewer.city, found)
    lines: list[list[Value]] = [
        [
            one.code,
            one.name,
            named(one.unit),
            _("、").join(tag.name for tag in tags.get(one.pk, [])),
            in_unit(one.contract_fen, "万元"),
        ]
        for one in found
    ]
    return sheet(heads, lines, name, [])
