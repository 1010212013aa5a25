"""Projects: the list, one project with its money, and registering a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.capital.queries import in_place_of, verified_by_project
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.common.uscc import FAULT_LABELS, BadCode
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.contracts_shown import block_shown
from zhaoshang.desk.duties_shown import duty_block, handler_choices, leader_choices
from zhaoshang.desk.families import family_shown
from zhaoshang.desk.forms.project import ProjectForm
from zhaoshang.desk.likes import candidate_columns, candidates
from zhaoshang.desk.lists import address, page_by, page_of, sheet, sorted_by
from zhaoshang.desk.payment_story import source_name
from zhaoshang.desk.project_filters import ACTS, asked, choices, filtered, order_of
from zhaoshang.desk.saved_shown import view_bar
from zhaoshang.desk.stages_shown import stage_context
from zhaoshang.desk.talks_shown import holding_columns, holding_rows, talks_on_project
from zhaoshang.desk.views.payments import columns as payment_columns
from zhaoshang.desk.views.payments import table_rows
from zhaoshang.people.rules import Can
from zhaoshang.plans.models import Campaign
from zhaoshang.plans.queries import campaigns_of_projects
from zhaoshang.projects.actions import CodeTaken, NewProject, next_code
from zhaoshang.projects.confidence import real_names
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.rules import STANDING_LABELS, Stage, Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.deciding import pairs_of
from zhaoshang.review.registering import Firm, LooksAlike, register_at_entry
from zhaoshang.ui.filters import named, named_short, percent, wan, yi

SHOWN_PAYMENTS = 50
MOST_EXPORTED = 20_000


@desk_page(Can.READ_PAYMENTS)
def project_list(request: Any) -> HttpResponse:
    """The viewer's projects, newest first, with the money that has arrived."""
    viewer, wanted, views = request.viewer, asked(request), view_bar(request, "project_list")
    if views.opens_with:
        return redirect(views.opens_with)
    stages = stages_on(viewer.city, timezone.localdate())
    campaigns = list(Campaign.objects.of(viewer.city))
    rows, order = filtered(viewer, wanted).select_related("unit", "enterprise"), order_of(wanted)
    if request.GET.get("xlsx"):
        return _as_sheet(sorted_by(rows, order) if order else rows.order_by("-id"), stages)
    page = page_by(request, rows, order) if order else page_of(request, rows)
    arrived = verified_by_project(viewer.city, page.rows)
    tags = campaigns_of_projects(viewer.city, page.rows) if campaigns else {}
    real = real_names(viewer, page.rows)
    named_campaigns = [(one.code, f"{one.year} {one.name}") for one in campaigns]
    may_tag = bool(campaigns) and viewer.can(Can.TAG_CAMPAIGNS)
    may_move, may_assign = viewer.can(Can.ADVANCE_STAGE), viewer.can(Can.ASSIGN_DUTIES)
    may_schedule = viewer.can(Can.SET_SCHEDULES)
    shown = {
        "views": views,
        "page": page,
        "columns": _columns(may_tag or may_move or may_assign or may_schedule),
        "rows": [
            _row(one, arrived.get(one.pk, 0), tags.get(one.pk, []), stages, real.get(one.pk, "")) for one in page.rows
        ],
        "may_tag": may_tag,
        "may_move": may_move,
        "may_schedule": may_schedule,
        "handlers": handler_choices(viewer) if may_assign else [],
        "leaders": leader_choices(viewer) if may_assign else [],
        "acts": [(key, _(text)) for key, text in ACTS.items()],
        "today": timezone.localdate().isoformat(),
        "tag_choices": named_campaigns,
        "back": address(request),
        "wanted": wanted,
        "sort": wanted.get("sort", ""),
        "sort_url": address(request, sort="SORT").replace("SORT", "{}"),
        "xlsx_url": address(request, xlsx="1"),
        "changes_url": reverse("desk:project_change_export") + address(request),
        **choices(viewer, campaigns, stages),
    }
    return render(request, "desk/projects/list.html", shown)


def _stage_words(project: Project, stages: list[Stage]) -> str:
    """How far in both chains; instead, how it was closed."""
    if project.standing != Standing.OPEN:
        return _(STANDING_LABELS[Standing(project.standing)])
    held = (project.promotion, project.construction)
    return " · ".join(named(one) for one in stages if one.code in held)


def _columns(may_pick: bool) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [
        {"key": "pick", "label": "", "kind": "check", "name": "project"},
        {"key": "name", "label": _("项目"), "kind": "link", "head": True, "sortable": True},
        {"key": "unit", "label": _("地区")},
        {"key": "enterprise", "label": _("企业")},
        {"key": "contract", "label": _("合同额"), "unit": _("万元"), "kind": "number", "sortable": True},
        {"key": "arrived", "label": _("已到位"), "unit": _("万元"), "kind": "number"},
        {"key": "done", "label": _("到位率"), "unit": "%", "kind": "number"},
        {"key": "stage", "label": _("阶段")},
        {"key": "signed", "label": _("签约"), "kind": "date", "sortable": True},
        {"key": "landed", "label": _("落地"), "kind": "date", "sortable": True},
    ]
    return columns if may_pick else columns[1:]


def _row(
    project: Project, arrived_fen: int, campaigns: list[Campaign], stages: list[Stage], real_name: str
) -> dict[str, Any]:
    href = reverse("desk:project", args=[project.code])
    done = percent(arrived_fen * 100 // project.contract_fen, 0, unit=False) if project.contract_fen else None
    return {
        "_href": href,
        "pick": {"value": project.code, "label": project.name},
        "name": {
            "text": project.name,
            "href": href,
            "note": _("；").join([project.code, *filter(None, [real_name]), *(one.name for one in campaigns)]),
        },
        "unit": named_short(project.unit),
        "enterprise": project.enterprise.name,
        "contract": wan(project.contract_fen),
        "arrived": wan(arrived_fen),
        "done": done,
        "stage": _stage_words(project, stages),
        "signed": project.signed_on.isoformat() if project.signed_on else None,
        "landed": project.landed_on.isoformat() if project.landed_on else None,
    }


def _as_sheet(rows: Any, stages: list[Stage]) -> HttpResponse:
    heads = [
        Column(_("编号")),
        Column(_("项目"), width=32),
        Column(_("地区")),
        Column(_("企业"), width=32),
        Column(_("行业")),
        Column(_("合同额（万元）"), "amount"),
        Column(_("签约日期"), "date"),
        Column(_("落地日期"), "date"),
        Column(_("阶段"), width=16),
    ]
    return sheet(heads, [_line(project, stages) for project in rows[:MOST_EXPORTED]], _("项目"), [])


def _line(project: Project, stages: list[Stage]) -> list[Value]:
    called = [project.code, project.name, named(project.unit), project.enterprise.name, project.industry]
    days = [project.signed_on, project.landed_on]
    return [*called, in_unit(project.contract_fen, "万元"), *days, _stage_words(project, stages)]


def found_project(request: Any, code: str) -> Project:
    """The project, if the viewer may see it; hidden and absent are the same 404."""
    rows = Project.objects.open_to(request.viewer).select_related("unit", "follower", "enterprise", "city")
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def project_open(request: Any, code: str) -> HttpResponse:
    """One project with its payments and what they come to."""
    project = found_project(request, code)
    payments = Payment.objects.visible_to(request.viewer).select_related("project", "unit").filter(project=project)
    newest = list(payments.order_by("-id")[: SHOWN_PAYMENTS + 1])
    tags = campaigns_of_projects(project.city, [project]).get(project.pk, [])
    others = [one for one in Campaign.objects.of(project.city) if one not in tags]
    shown = {
        "project": project,
        "real_name": real_names(request.viewer, [project]).get(project.pk),
        "facts": _facts(project),
        "duty": duty_block(request.viewer, project),
        "family": family_shown(request.viewer, project),
        "talks": talks_on_project(request.viewer, project),
        "campaigns": tags,
        "tag_choices": [(one.code, f"{one.year} {one.name}") for one in others],
        "may_tag": request.viewer.can(Can.TAG_CAMPAIGNS),
        "contracts": block_shown(project, timezone.localdate()),
        "in_place": in_place_of(project.city, project.pk),
        "columns": payment_columns(request.viewer, with_unit=False, with_project=False),
        "rows": table_rows(newest[:SHOWN_PAYMENTS]),
        "more": len(newest) > SHOWN_PAYMENTS,
        "may_declare": request.viewer.can(Can.DECLARE) and request.viewer.sees_unit(project.unit_id),
    }
    return render(request, "desk/projects/project.html", shown | stage_context(request, project))


def _facts(project: Project) -> list[tuple[str, str]]:
    days = [(_("储备"), project.reserved_on), (_("签约"), project.signed_on), (_("落地"), project.landed_on)]
    share = percent(project.outside_share_bp // 100, 0)
    rows = [
        (_("编号"), project.code),
        (_("地区"), named(project.unit)),
        (_("投资方"), project.investor),
        (_("落地地点"), project.site),
        (_("资金来源地"), source_name(project.source_code)),
        (_("行业"), f"{project.industry} {_(INDUSTRIES[project.industry])}"),
        (_("合同额"), f"{yi(project.contract_fen, 4)} " + _("亿元")),
        (_("外来股比"), share if project.outside_share_bp < 10_000 else ""),
        *((name, f"{day:%Y-%m-%d}") for name, day in days if day),
        (_("纳统名称"), project.statistics_name),
    ]
    return [(name, text) for name, text in rows if text]


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def project_new(request: Any) -> HttpResponse:
    """Register a project of one's own unit, with its enterprise."""
    likes, held = None, list[dict[str, Any]]()
    form = ProjectForm(request.POST or None, request.FILES or None, viewer=request.viewer, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            project = _register(request, form)
        except BadCode as refusal:
            form.add_error("uscc", _(FAULT_LABELS[refusal.fault]))
        except LooksAlike as refusal:
            likes = candidates(request.viewer, refusal.likes)
            held = holding_rows(request.viewer, refusal.held)
            form.fields["nevertheless"].required = True
            form.add_error(
                "nevertheless", _("可能已经登记过，或别的地区正在谈。请核对下列各项；确是新项目的，写明理由再登记。")
            )
        except Refused as refusal:
            form.add_error("contract_file", _(refusal.template).format(**refusal.params))
        except CodeTaken:
            form.add_error("code", _("这个编号已有项目使用。"))
        else:
            messages.success(request, _registered(project))
            return redirect("desk:project", project.code)
    shown = {"form": form, "likes": likes, "like_columns": candidate_columns()}
    shown |= {"held": held, "held_columns": holding_columns()}
    return render(request, "desk/projects/new.html", shown, status=422 if form.errors else 200)


def _registered(project: Project) -> str:
    """What has happened, and who now decides on the projects that it looks like. One query."""
    told = {"name": project.name, "pairs": len(pairs_of(project.city, project))}
    if told["pairs"]:
        return _("已登记项目 %(name)s；它与 %(pairs)s 个已有项目相似，由市局判定是不是同一个。") % told
    return _("已登记项目 %(name)s。") % told


def _register(request: Any, form: ProjectForm) -> Project:
    unit, firm, new, nevertheless = new_project_of(request.viewer, form)
    file = form.cleaned_data["contract_file"]
    contract = (file.name or "", file.read()) if file else None
    told: dict[str, Any] = {"nevertheless": nevertheless, "by": request.viewer.user, "at": timezone.now()}
    return register_at_entry(unit=unit, firm=firm, new=new, contract=contract, **told)


def new_project_of(viewer: Viewer, form: ProjectForm) -> tuple[ReportingUnit, Firm, NewProject, str]:
    """What a valid form registers: unit, enterprise, project, and why nevertheless."""
    given = form.cleaned_data
    new = NewProject(
        code=given["code"] or next_code(viewer.city, timezone.localdate().year),
        name=given["name"],
        source_code=given["source_code"],
        industry=given["industry"],
        contract_fen=form.contract_fen,
        investor=given["investor"],
        outside_share_bp=form.share_bp,
        reserved_on=given["reserved_on"],
        signed_on=given["signed_on"],
        source=given["source"],
        site=given["site"],
    )
    unit = ReportingUnit.objects.of(viewer.city).select_related("city").get(code=given["unit"])
    return unit, Firm(given["enterprise"], given["uscc"]), new, given["nevertheless"]
