"""Leads: the list, one with all that happened to it, and taking one in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.chat_draft import draft_of
from zhaoshang.desk.forms.leads import LeadForm, typed
from zhaoshang.desk.leads_shown import (
    columns,
    facts,
    like_choices,
    like_columns,
    like_row,
    row,
    state_pill,
    step_line,
)
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import set_title
from zhaoshang.desk.saved_shown import view_bar
from zhaoshang.leads.actions import handlers, take_in
from zhaoshang.leads.likeness import likely
from zhaoshang.leads.localrules import LIMITS
from zhaoshang.leads.models import Lead
from zhaoshang.leads.queries import leads_seen, overdue, steps_of
from zhaoshang.leads.rules import (
    CAME_BY_LABELS,
    FROM,
    PUBLIC_LABELS,
    STATE_LABELS,
    CameBy,
    State,
    StepKind,
    masked,
    mu_of_m2,
    without_phones,
)
from zhaoshang.people.rules import Can
from zhaoshang.reading.chat import LONGEST
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import called, moment, named

MOST_EXPORTED = 20_000
FILTERS = dict.fromkeys(LISTS["lead_list"].filters)


@desk_page(Can.READ_LEADS)
def lead_list(request: Any) -> HttpResponse:
    """The viewer's leads, newest first."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    views = view_bar(request, "lead_list")
    if views.opens_with:
        return redirect(views.opens_with)
    rows = leads_seen(viewer)
    for name in ("state", "came_by"):
        if name in wanted:
            rows = rows.filter(**{name: wanted[name]})
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if "late" in wanted:
        rows = overdue(rows, today)
    if text := wanted.get("q"):
        rows = rows.filter(sought(viewer, text, "investor", "subject", "origin_label"))
    if request.GET.get("xlsx"):
        return _as_sheet(rows)
    page = page_of(request, rows)
    units = (
        [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(viewer.city)] if viewer.sees_all_units else []
    )
    shown = {
        "views": views,
        "page": page,
        "columns": columns(),
        "rows": [row(one, today) for one in page.rows],
        "wanted": wanted,
        "states": [("", _("全部")), *((str(key), _(text)) for key, text in STATE_LABELS.items())],
        "ways": [("", _("全部")), *((str(key), _(text)) for key, text in CAME_BY_LABELS.items())],
        "units": [("", _("全部")), *units] if units else [],
        "xlsx_url": address(request, xlsx="1"),
        "may_take_in": viewer.can(Can.TAKE_IN_LEADS),
    }
    return render(request, "desk/leads/list.html", shown)


def _as_sheet(rows: Any) -> HttpResponse:
    heads = [
        Column(_("收到")),
        Column(_("来自")),
        Column(_("推荐人"), width=24),
        Column(_("投资方"), width=32),
        Column(_("想做什么"), width=40),
        Column(_("行业")),
        Column(_("意向投资额（万元）"), "amount"),
        Column(_("用地（亩）"), "amount"),
        Column(_("来源地代码")),
        Column(_("联系人")),
        Column(_("电话（已遮挡）")),
        Column(_("状态"), width=16),
        Column(_("地区")),
        Column(_("经办人")),
        Column(_("答复期限"), "date"),
        Column(_("答复时间")),
    ]
    return sheet(heads, [_line(one) for one in rows.order_by("-id")[:MOST_EXPORTED]], _("线索"), [])


def _line(lead: Lead) -> list[Value]:
    return [
        moment(lead.registered_at),
        _(CAME_BY_LABELS[CameBy(lead.came_by)]),
        lead.origin_label,
        lead.investor,
        lead.subject,
        lead.industry,
        in_unit(lead.amount_fen, "万元") if lead.amount_fen is not None else None,
        mu_of_m2(lead.land_m2) if lead.land_m2 is not None else None,
        lead.source_code,
        lead.contact,
        masked(lead.phone),
        _(STATE_LABELS[State(lead.state)]),
        named(lead.unit) if lead.unit else "",
        called(lead.handler) if lead.handler else "",
        lead.answer_due_on,
        moment(lead.answered_at) if lead.answered_at else "",
    ]


def found_lead(request: Any, key: UUID) -> Lead:
    """The lead, if the viewer may see it; hidden and absent are the same 404."""
    return get_object_or_404(leads_seen(request.viewer), pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_LEADS)
def lead_open(request: Any, key: UUID) -> HttpResponse:
    """One lead: what is known, what was received, what is like it, what may be done, what happened."""
    return lead_page(request, found_lead(request, key))


def lead_page(
    request: Any, lead: Lead, errors: tuple[str, ...] = (), phone: str = "", status: int = 200
) -> HttpResponse:
    """The page of a lead, with what went wrong, or with its telephone number for who asked for it."""
    viewer, today = request.viewer, timezone.localdate()
    likes = likely(viewer, lead, today)
    limits = LIMITS.on(lead.city, timezone.localdate(lead.registered_at))
    may = {str(act): lead.state in FROM[act] and viewer.can(_NEEDED[act]) for act in _NEEDED}
    may[StepKind.REOPENED] &= lead.erased_at is None
    people = handlers(lead.city).select_related("user", "unit") if may[StepKind.ASSIGNED] else []
    shown = {
        "lead": lead,
        "state": state_pill(lead),
        "facts": facts(lead),
        "phone": phone,
        "text": _("（已抹去）")
        if lead.erased_at
        else lead.received_text
        if phone
        else without_phones(lead.received_text),
        "may": may,
        "likes": [like_row(one) for one in likes],
        "like_columns": like_columns(),
        "same_choices": like_choices(likes),
        "people": [(str(one.pk), f"{named(one.unit)} {called(one.user)}") for one in people],
        "steps": [step_line(one) for one in steps_of(lead)],
        "late": lead.answered_at is None and lead.answer_due_on < today,
        "limits": set_title(limits),
        "public": _(PUBLIC_LABELS[lead.public_state]),
        "errors": errors,
        "posted": request.POST,
    }
    return render(request, "desk/leads/lead.html", shown, status=status)


_NEEDED = {
    StepKind.KEPT: Can.TRIAGE_LEADS,
    StepKind.REJECTED: Can.TRIAGE_LEADS,
    StepKind.DUPLICATE: Can.TRIAGE_LEADS,
    StepKind.ASSIGNED: Can.TRIAGE_LEADS,
    StepKind.REOPENED: Can.TRIAGE_LEADS,
    StepKind.ANSWERED: Can.HANDLE_LEADS,
    StepKind.AMENDED: Can.HANDLE_LEADS,
    StepKind.PROJECT: Can.HANDLE_LEADS,
    StepKind.CLOSED: Can.HANDLE_LEADS,
}


@desk_page(Can.TAKE_IN_LEADS, methods=("GET", "POST"))
def lead_new(request: Any) -> HttpResponse:
    """Take a lead in: first what is like it, then, pressed again, in it goes."""
    viewer = request.viewer
    form = LeadForm(request.POST or None, city=viewer.city)
    likes = None
    if request.method == "POST" and form.is_valid():
        likes = likely(viewer, form.fields_given, timezone.localdate())
        if not likes or request.POST.get("seen"):
            return _taken_in(request, form)
    return form_page(request, form, likes, title=_("登记线索"), back="desk:lead_list")


@desk_page(Can.TAKE_IN_LEADS, methods=("GET", "POST"))
def lead_paste(request: Any) -> HttpResponse:
    """A chat message becomes a draft to confirm; nothing is kept until it is."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    if not text:
        error = _("请粘贴一段聊天记录。") if request.method == "POST" else ""
        shown = {"error": error, "longest": LONGEST}
        return render(request, "desk/leads/paste.html", shown, status=422 if error else 200)
    draft = draft_of(text)
    form = LeadForm(initial=typed(draft.fields) | {"text": text, "origin": draft.referrer}, city=request.viewer.city)
    likes = likely(request.viewer, draft.fields, timezone.localdate()) if draft.fields["investor"] else []
    back, action = "desk:lead_paste", reverse("desk:lead_new")
    return form_page(request, form, likes, title=_("登记线索"), back=back, readings=draft.words(), action=action)


def form_page(request: Any, form: LeadForm, likes: Any, **shown: Any) -> HttpResponse:
    """The eight fields, with what the city has already that may be the same."""
    found = {
        "form": form,
        "likes": [like_row(one) for one in likes or []],
        "like_columns": like_columns(),
        "readings": {},
    }
    return render(request, "desk/leads/form.html", found | shown, status=422 if form.is_bound else 200)


def _taken_in(request: Any, form: LeadForm) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    text = form.cleaned_data["text"]
    pasted = {"text": text, "readings": draft_of(text).kept(form.fields_given)} if text else {}
    lead = take_in(
        city=viewer.city,
        came_by=CameBy.CHAT if text else CameBy.OFFICER,
        origin_label=form.cleaned_data["origin"],
        **form.fields_given,
        **pasted,
        by=viewer.user,
        at=now,
    )
    if lead.registered_at != now:
        messages.info(request, _("这条线索已经登记过，没有重复登记。"))
    else:
        messages.success(request, _("已登记，%(day)s 前答复推荐人。") % {"day": f"{lead.answer_due_on:%Y-%m-%d}"})
    return redirect("desk:lead", lead.pk)
