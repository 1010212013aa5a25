"""Who answers for what: the list, orphans, many reassigned at once, and a project's people, problems, orders and clocks on one page."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import (
    clock_row,
    duty_tabs,
    handler_choices,
    lead_shown,
    leader_choices,
    matter_row,
    team_typed,
    unit_choices,
    with_xlsx,
)
from zhaoshang.desk.lists import chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.clocks import start_clock
from zhaoshang.duties.actions.matters import raise_problem
from zhaoshang.duties.actions.responsibility import reassign
from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import (
    clocks_of,
    in_force,
    matters_of,
    orphaned,
    rules_on,
    unassigned,
)
from zhaoshang.duties.rules import MatterKind
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllThere, all_there
from zhaoshang.ui.filters import called, english, named, named_short, wan

REFUSED = (
    NotAllThere,
    refusals.ReasonMissing,
    refusals.LeaderMissing,
    refusals.WrongHandler,
    refusals.NobodyNew,
    refusals.UnknownKind,
    refusals.AlreadyRunning,
    refusals.BadDue,
)
FILTERS = dict.fromkeys(("unit", "who", "q"))
MOST_AT_ONCE = 500


@desk_page(Can.READ_PAYMENTS)
def duty_list(request: Any) -> HttpResponse:
    """Who answers for which project; orphans, own, and key projects that nobody answers for."""
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    who = wanted.get("who", "")
    if who == "nobody":
        rows: Any = unassigned(viewer, rules_on(viewer.city, timezone.localdate())).order_by("-id")
    else:
        rows = in_force(viewer)
        rows = orphaned(viewer.city, rows) if who == "left" else rows
        rows = rows.filter(handler=viewer.user) if who == "me" else rows
    of = "" if who == "nobody" else "project__"
    if "unit" in wanted:
        rows = rows.filter(**{f"{of}unit__code": wanted["unit"]})
    if "q" in wanted:
        rows = rows.filter(**{f"{of}name__icontains": wanted["q"]})
    if request.GET.get("xlsx"):
        return _as_sheet(rows, who)
    page = page_of(request, rows)
    may = viewer.can(Can.ASSIGN_DUTIES)
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:duty_list"),
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "wanted": wanted,
        "units": unit_choices(viewer),
        "whose": [
            ("", _("全部")),
            ("me", _("我经办的")),
            ("left", _("责任人已离岗")),
            ("nobody", _("无人负责的重点项目")),
        ],
        "may_assign": may,
        "handlers": handler_choices(viewer) if may else [],
        "leaders": leader_choices(viewer) if may else [],
        "xlsx_url": with_xlsx(request),
    }
    return render(request, "desk/duties/list.html", shown)


def _row(one: Any) -> dict[str, Any]:
    project = one if isinstance(one, Project) else one.project
    href = reverse("desk:project_duties", args=[project.code])
    row: dict[str, Any] = {
        "_href": href,
        "pick": {"value": project.code, "label": project.name},
        "project": {"text": project.name, "href": href, "note": project.code},
        "unit": named_short(one.unit),
        "contract": wan(project.contract_fen),
    }
    if isinstance(one, Responsibility):
        row |= {"leader": lead_shown(one), "handler": called(one.handler), "since": one.since.isoformat()}
    return row


def _as_sheet(rows: Any, who: str) -> HttpResponse:
    heads = [
        Column(_("编号"), width=16), Column(_("项目"), width=36), Column(_("地区")), Column(_("包保领导")), Column(_("经办人")),
        Column(_("起始日期"), "date"),
    ]  # fmt: skip
    lines: list[list[Value]] = []
    for one in rows.order_by("-id")[:MOST_EXPORTED]:
        project = one if isinstance(one, Project) else one.project
        held = (
            [lead_shown(one), called(one.handler), one.since] if isinstance(one, Responsibility) else [None, None, None]
        )
        lines.append([project.code, project.name, named(one.unit), *held])
    return sheet(heads, lines, _("责任分工"), [])


@desk_page(Can.ASSIGN_DUTIES, methods=("POST",))
def duty_reassign(request: Any) -> HttpResponse:
    """Give the chosen projects to other people, all or none."""
    viewer, given = request.viewer, request.POST
    codes = given.getlist("project")[:MOST_AT_ONCE]
    rows = Project.objects.visible_to(viewer).select_related("city", "unit").filter(code__in=codes)
    projects = list(rows)
    try:
        all_there(codes, {one.code for one in projects})
        number = reassign(
            city=viewer.city, projects=projects, team=team_typed(viewer, given), reason=given.get("reason", "")[:400],
            by=viewer.user, at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        said = ngettext("已为 %(number)s 个项目重新分工。", "已为 %(number)s 个项目重新分工。", number)
        messages.success(request, said % {"number": number})
    who = given.get("who", "")
    return redirect(reverse("desk:duty_list") + (f"?who={who}" if who in ("me", "left", "nobody") else ""))


@desk_page(Can.READ_PAYMENTS)
def project_duties(request: Any, code: str) -> HttpResponse:
    """A project's people with their history, its problems, orders and clocks, and the forms for each."""
    viewer, project, today = request.viewer, found_project(request, code), timezone.localdate()
    rules = rules_on(project.city, today)
    held = Responsibility.objects.visible_to(viewer).filter(project=project)
    matters = list(matters_of(viewer).filter(project=project)[:50])
    may = viewer.sees_unit(project.unit_id)
    may_assign = may and viewer.can(Can.ASSIGN_DUTIES)
    shown = {
        "project": project,
        "history": [_served(one) for one in held.select_related("leader", "handler").order_by("-since", "-id")],
        "problems": [matter_row(one, today) for one in matters if one.kind == MatterKind.PROBLEM],
        "orders": [matter_row(one, today) for one in matters if one.kind == MatterKind.ORDER],
        "clocks": [clock_row(one, rules, today) for one in clocks_of(viewer).filter(project=project).order_by("-id")[:20]],
        "may_assign": may_assign,
        "may_work": may and viewer.can(Can.WORK_DUTIES),
        "may_order": viewer.can(Can.SUPERVISE),
        "handlers": handler_choices(viewer) if may_assign else [],
        "leaders": leader_choices(viewer) if may_assign else [],
        "levels": [
            (one.code, _("%(level)s（%(days)s 个工作日）") % {"level": one.name_en if english() else one.name, "days": one.days})
            for one in rules.levels
        ],
        "kinds": [
            (one.code, _("%(level)s（%(days)s 个工作日）") % {"level": one.name_en if english() else one.name, "days": one.days})
            for one in rules.clocks.values()
        ],
    }  # fmt: skip
    return render(request, "desk/duties/project.html", shown)


def _served(one: Responsibility) -> dict[str, Any]:
    days = f"{one.since} — {one.until or ''}"
    people = _("包保领导 %(leader)s，经办人 %(handler)s") % {"leader": lead_shown(one), "handler": called(one.handler)}
    return {"at": days, "what": people, "note": one.reason, "kind": "off" if one.until else "ok"}


def _done(request: Any, project: Project, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)
    return redirect("desk:project_duties", project.code)


@desk_page(Can.ASSIGN_DUTIES, methods=("POST",))
def project_assign(request: Any, code: str) -> HttpResponse:
    """Give one project to other people."""
    project, viewer, given = found_project(request, code), request.viewer, request.POST

    def act() -> None:
        reassign(
            city=viewer.city, projects=[project], team=team_typed(viewer, given), reason=given.get("reason", "")[:400],
            by=viewer.user, at=timezone.now(),
        )  # fmt: skip

    return _done(request, project, act, _("已重新分工，原来的任期留在经过里。"))


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def project_problem(request: Any, code: str) -> HttpResponse:
    """Put a problem of the project on the list."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        raise_problem(
            project=project, text=given.get("text", "")[:1000], level=given.get("level", ""), due_on=day_typed(given),
            department=given.get("department", "")[:60], for_firm=given.get("for_firm", "")[:120],
            by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip

    return _done(request, project, act, _("问题已列入清单；解决后只有你能确认销号。"))


def day_typed(given: Any, name: str = "due_on") -> date | None:
    """The day of a form, None for none. Raises :class:`refusals.BadDue` for a text that is none."""
    text = given.get(name, "").strip()
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    if text and day is None:
        raise refusals.BadDue(text)
    return day


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def project_clock(request: Any, code: str) -> HttpResponse:
    """Let a clock run for the project."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        start_clock(
            city=project.city, kind=given.get("kind", ""), subject=given.get("subject", "")[:200] or project.name,
            href_name="desk:project", subject_id=project.code, unit=project.unit, project=project,
            by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip

    return _done(request, project, act, _("已开始计时。"))
