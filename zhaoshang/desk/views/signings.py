"""Signings at activities: the list of all of them and of what they still ask for, entering one, and saying which project it is."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.activities import SigningForm
from zhaoshang.desk.forms.payment import find_project
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.outreach_shown import REFUSALS, refused
from zhaoshang.desk.refusals import say
from zhaoshang.desk.signings_shown import TO_DO, event_evidence, sheet_columns, sheet_row, signing_row
from zhaoshang.desk.views.activities import found_activity
from zhaoshang.desk.views.projects import found_project
from zhaoshang.desk.views.stages import REFUSED
from zhaoshang.outreach.actions.activities import link_signing, sign_at
from zhaoshang.outreach.actions.moving import enter_signed
from zhaoshang.outreach.models import Activity, Signing
from zhaoshang.outreach.signings import ToDo, wanting
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named, wan

MOST_EXPORTED = 5_000
MOST_OFFERED = 100
FILTERS = dict.fromkeys(("unit", "todo", "activity"))


@desk_page(Can.READ_PAYMENTS)
def signing_list(request: Any) -> HttpResponse:
    """Signings of all activities, the latest entered first; ``xlsx=1`` for what is shown."""
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    todo = ToDo(wanted["todo"]) if wanted.get("todo") in list(ToDo) else None
    rows = wanting(viewer, todo).select_related("activity", "unit", "project")
    rows = rows.filter(unit__code=wanted["unit"]) if "unit" in wanted else rows
    rows = rows.filter(activity__code=wanted["activity"]) if "activity" in wanted else rows
    if request.GET.get("xlsx"):
        lines = [sheet_row(one) for one in rows.order_by("day", "id")[:MOST_EXPORTED]]
        return sheet(sheet_columns(), lines, _("活动签约"), [(_("说明"), _("同一项目再次签约只计第一次"))])
    page = page_of(request, rows)
    shown = {
        "page": page,
        "rows": [signing_row(viewer, one, with_activity=True) for one in page.rows],
        "wanted": wanted,
        "activities": [("", _("全部")), *((one.code, one.title) for one in _signed_at(viewer))],
        "units": [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))],
        "todos": [("", _("全部")), *((str(one), _(text)) for one, text in TO_DO.items())],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/activities/signings.html", shown)


def _signed_at(viewer: Viewer) -> list[Activity]:
    """The activities that a list may be narrowed to, the latest first."""
    held = Signing.objects.of(viewer.city).order_by().values("activity_id")
    return list(Activity.objects.visible_to(viewer).filter(pk__in=held)[:MOST_OFFERED])


@desk_page(Can.OUTREACH, methods=("POST",))
def activity_sign(request: Any, code: str) -> HttpResponse:
    """Enter something signed there."""
    viewer, one = request.viewer, found_activity(request.viewer, code)
    form = SigningForm(request.POST, viewer=viewer)
    if not form.is_valid():
        for bound in form:
            for text in bound.errors:
                messages.error(request, f"{bound.label}{_('：')}{text}")
        return redirect("desk:activity", code)
    try:
        new = sign_at(activity=one, signings=[form.new_signing()], by=viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已记入。") if new else _("这个项目在本次活动上已经记过。"))
    return redirect("desk:activity", code)


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def signing_link(request: Any, key: UUID) -> HttpResponse:
    """Say which project of the account a signing is."""
    viewer = request.viewer
    rows = Signing.objects.visible_to(viewer).select_related("activity", "city", "unit")
    signing = get_object_or_404(rows, pk=key)
    wrong = ""
    if request.method == "POST":
        try:
            project = find_project(viewer, request.POST.get("project", "")[:200])
            link_signing(signing=signing, project=project, by=viewer.user, at=timezone.now())
        except forms.ValidationError as error:
            wrong = _("；").join(error.messages)
        except REFUSALS as refusal:
            wrong = refused(refusal)
        else:
            messages.success(request, _("已指认，名称和金额改以项目为准。"))
            return redirect("desk:activity", signing.activity.code)
    shown = {"signing": signing, "amount": wan(signing.amount_fen), "wrong": wrong}
    return render(request, "desk/activities/link.html", shown, status=422 if wrong else 200)


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_sign(request: Any, code: str) -> HttpResponse:
    """Move a project through the gate of signing on the strength of an activity, which keeps the signing too."""
    project, viewer = found_project(request, code), request.viewer
    held = found_activity(viewer, request.POST.get("activity", "")[:40])
    try:
        enter_signed(
            activity=held, project=project, evidence=event_evidence(held, project), by=viewer.user, at=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已按活动签约进入签约阶段，记入阶段日志。"))
    return redirect("desk:project_stages", code)
