"""What is done to a lead: triage, assigning, answering, correcting, becoming a project, ending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.uscc import FAULT_LABELS, BadCode
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.leads import LeadForm, typed_of
from zhaoshang.desk.forms.project import ProjectForm
from zhaoshang.desk.likes import candidate_columns, candidates
from zhaoshang.desk.lists import as_uuid
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.leads import form_page, found_lead, lead_page
from zhaoshang.desk.views.projects import new_project_of
from zhaoshang.leads import actions
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import masked
from zhaoshang.people.rules import Can
from zhaoshang.projects.actions import CodeTaken
from zhaoshang.projects.models import Project
from zhaoshang.review.from_lead import register_from_lead
from zhaoshang.review.registering import LooksAlike

REFUSED = (
    actions.WrongState,
    actions.TextMissing,
    actions.NothingAlike,
    actions.NotOfUnit,
    actions.InvestorMissing,
)


def _act(request: Any, key: UUID, act: Callable[..., object], done: str, **given: Any) -> HttpResponse:
    """Do it, or show the lead with the reason why not."""
    lead = found_lead(request, key)
    try:
        act(lead=lead, by=request.viewer.user, at=timezone.now(), **given)
    except REFUSED as refusal:
        return lead_page(request, lead, (say(refusal, request.viewer),), status=422)
    messages.success(request, done)
    return redirect("desk:lead", key)


@desk_page(Can.TRIAGE_LEADS, methods=("POST",))
def lead_keep(request: Any, key: UUID) -> HttpResponse:
    """Worth following."""
    return _act(request, key, actions.keep, _("已采纳。请派发给地区和经办人。"))


@desk_page(Can.TRIAGE_LEADS, methods=("POST",))
def lead_reject(request: Any, key: UUID) -> HttpResponse:
    """Not to be followed, for a reason."""
    return _act(request, key, actions.reject, _("已记录不采纳。请答复推荐人。"), reason=request.POST.get("reason", ""))


@desk_page(Can.TRIAGE_LEADS, methods=("POST",))
def lead_duplicate(request: Any, key: UUID) -> HttpResponse:
    """Another lead or a project is the same."""
    kind, _colon, text = request.POST.get("same", "").partition(":")
    wanted = as_uuid(text)
    rows = {"lead": Lead.objects.visible_to(request.viewer), "project": Project.objects.visible_to(request.viewer)}
    found = rows[kind].filter(pk=wanted).first() if kind in rows and wanted else None
    given = {"other": found} if kind == "lead" else {"project": found}
    done = _("已判为重复。请答复推荐人。")
    return _act(request, key, actions.find_duplicate, done, reason=request.POST.get("reason", ""), **given)


@desk_page(Can.TRIAGE_LEADS, methods=("POST",))
def lead_assign(request: Any, key: UUID) -> HttpResponse:
    """To a unit and one of its people."""
    lead, wanted = found_lead(request, key), as_uuid(request.POST.get("handler", ""))
    held = actions.handlers(lead.city).filter(pk=wanted).select_related("user", "unit").first()
    if held is None:
        return lead_page(request, lead, (_("请选择经办人。"),), status=422)
    return _act(request, key, actions.assign, _("已派发。"), unit=held.unit, handler=held.user)


@desk_page(Can.HANDLE_LEADS, methods=("POST",))
def lead_answer(request: Any, key: UUID) -> HttpResponse:
    """What was answered to whoever brought it."""
    return _act(request, key, actions.answer, _("答复已记录。"), text=request.POST.get("text", "")[:1000])


@desk_page(Can.HANDLE_LEADS, methods=("POST",))
def lead_close(request: Any, key: UUID) -> HttpResponse:
    """No longer followed, for a reason."""
    return _act(request, key, actions.close, _("已结束跟进。"), reason=request.POST.get("reason", ""))


@desk_page(Can.TRIAGE_LEADS, methods=("POST",))
def lead_reopen(request: Any, key: UUID) -> HttpResponse:
    """Followed again."""
    return _act(request, key, actions.reopen, _("已重新跟进。"), reason=request.POST.get("reason", ""))


@desk_page(Can.READ_LEADS, methods=("POST",))
def lead_phone(request: Any, key: UUID) -> HttpResponse:
    """The telephone number in full; the diary says who looked."""
    lead = found_lead(request, key)
    phone = actions.see_phone(lead=lead, by=request.viewer.user, at=timezone.now())
    return lead_page(request, lead, phone=phone)


@desk_page(Can.HANDLE_LEADS, methods=("GET", "POST"))
def lead_edit(request: Any, key: UUID) -> HttpResponse:
    """Put fields right; what was received stays."""
    lead = found_lead(request, key)
    form = LeadForm(request.POST or None, initial=typed_of(lead), city=lead.city)
    if request.method == "POST" and form.is_valid():
        changes = form.fields_given
        if changes["phone"] == masked(lead.phone):
            changes["phone"] = lead.phone
        return _act(request, key, actions.amend, _("已补正。"), changes=changes)
    return form_page(request, form, None, title=_("补正线索"), back="desk:lead", lead=lead)


@desk_page(Can.HANDLE_LEADS, methods=("GET", "POST"))
def lead_project(request: Any, key: UUID) -> HttpResponse:
    """Register the project that the lead became."""
    lead, viewer = found_lead(request, key), request.viewer
    form = ProjectForm(request.POST or None, initial=_of_lead(lead), viewer=viewer, today=timezone.localdate())
    likes = None
    if request.method == "POST" and form.is_valid():
        unit, firm, new, nevertheless = new_project_of(viewer, form)
        try:
            project = register_from_lead(
                lead=lead, unit=unit, firm=firm, new=new, nevertheless=nevertheless, by=viewer.user, at=timezone.now()
            )
        except BadCode as refusal:
            form.add_error("uscc", _(FAULT_LABELS[refusal.fault]))
        except LooksAlike as refusal:
            likes = candidates(viewer, refusal.likes)
            form.fields["nevertheless"].required = True
            form.add_error("nevertheless", _("可能已经登记过。请核对下列项目；确是新项目的，写明理由再登记。"))
        except CodeTaken:
            form.add_error("code", _("这个编号已有项目使用。"))
        except REFUSED as refusal:
            return lead_page(request, lead, (say(refusal, viewer),), status=422)
        else:
            messages.success(request, _("线索已成为项目 %(name)s。") % {"name": project.name})
            return redirect("desk:lead", key)
    shown = {"form": form, "likes": likes, "like_columns": candidate_columns(), "lead": lead}
    return render(request, "desk/projects/new.html", shown, status=422 if form.errors else 200)


def _of_lead(lead: Lead) -> dict[str, Any]:
    known = typed_of(lead)
    return {
        "name": (lead.subject or lead.investor)[:120],
        "unit": lead.unit.code if lead.unit else "",
        "investor": lead.investor,
        "source_code": lead.source_code,
        "industry": lead.industry,
        "contract": known["amount_fen"],
    }
