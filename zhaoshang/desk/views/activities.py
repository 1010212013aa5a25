"""Activities: the list, laying one down, one with its agenda, registration and signings, its calendar file."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.calendars import calendar_of
from zhaoshang.desk.forms.activities import ActivityForm, SigningForm, agenda_typed
from zhaoshang.desk.forms.publishing import ApproveForm
from zhaoshang.desk.lists import address, as_number, attachment, chosen, page_of, sheet
from zhaoshang.desk.outreach_shown import REFUSALS, refused, whose
from zhaoshang.desk.signings_shown import sheet_columns, sheet_row, signing_row
from zhaoshang.outreach.actions.activities import (
    add_activity,
    amend_activity,
    cancel_activity,
    close_registration,
    may_run,
    open_registration,
    registration_token,
    set_agenda,
)
from zhaoshang.outreach.actions.leads import lead_from_activity
from zhaoshang.outreach.models import Activity, AgendaItem, Guest, Signing
from zhaoshang.outreach.rules import ACTIVITY_KIND_LABELS, ActivityKind, Reply
from zhaoshang.outreach.signings import Signed, signings, totals_by_activity
from zhaoshang.people.rules import Can
from zhaoshang.publishing.announcing import announcement_of
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, moment, number, yi

MOST_EXPORTED = 5_000
SHOWN = 30
FILTERS = dict.fromkeys(("kind", "year"))


def found_activity(viewer: Viewer, code: str) -> Activity:
    """The activity, if the viewer may see it."""
    rows = Activity.objects.visible_to(viewer).select_related("unit", "city", "entered_by")
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def activity_list(request: Any) -> HttpResponse:
    """Activities, the latest entered first; ``xlsx=1`` for what is shown."""
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    rows = Activity.objects.visible_to(viewer).select_related("unit")
    rows = rows.filter(kind=wanted["kind"]) if "kind" in wanted else rows
    year = as_number(wanted.get("year"))
    rows = rows.filter(begins_at__year=min(year, 9999)) if year else rows
    if request.GET.get("xlsx"):
        held = list(rows.order_by("begins_at", "id")[:MOST_EXPORTED])
        return _as_sheet(held, totals_by_activity(viewer.city, [one.pk for one in held]))
    page = page_of(request, rows)
    totals = totals_by_activity(viewer.city, [one.pk for one in page.rows])
    shown = {
        "page": page,
        "rows": [_row(one, totals.get(one.pk, Signed())) for one in page.rows],
        "wanted": wanted,
        "kinds": [("", _("全部")), *((str(key), _(text)) for key, text in ACTIVITY_KIND_LABELS.items())],
        "may_write": viewer.can(Can.OUTREACH),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/activities/list.html", shown)


def _kind(one: Activity) -> str:
    return _(ACTIVITY_KIND_LABELS[ActivityKind(one.kind)])


def _row(one: Activity, signed: Signed) -> dict[str, Any]:
    href = reverse("desk:activity", args=[one.code])
    return {
        "_href": href,
        "_kind": "muted" if one.cancelled_for else "",
        "title": {"text": one.title, "href": href, "note": one.place},
        "kind": _kind(one),
        "unit": whose(one),
        "begins": moment(one.begins_at),
        "signed": number(signed.projects) if signed.projects else None,
        "amount": yi(signed.fen, 2) if signed.projects else None,
        "state": {"text": _("已取消"), "pill": "off"} if one.cancelled_for else _state(one),
    }


def _state(one: Activity) -> dict[str, str]:
    now = timezone.now()
    if one.ends_at < now:
        return {"text": _("已举办"), "pill": "ok"}
    return {"text": _("进行中"), "pill": "wait"} if one.begins_at <= now else {"text": _("筹备中"), "pill": "todo"}


def _as_sheet(held: list[Activity], totals: dict[UUID, Signed]) -> HttpResponse:
    heads = [
        Column(_("名称"), width=36),
        Column(_("类型"), width=14),
        Column(_("主办"), width=16),
        Column(_("开始"), width=18),
    ]
    heads += [
        Column(_("地点"), width=24),
        Column(_("签约（个）"), "integer"),
        Column(_("签约额（元）"), "amount", 2, 22),
        Column(_("重复签约（个）"), "integer"),
    ]
    lines: list[list[Value]] = []
    for one in held:
        signed = totals.get(one.pk, Signed())
        amount = in_unit(signed.fen, "元")
        lines.append(
            [
                one.title,
                _kind(one),
                whose(one),
                moment(one.begins_at),
                one.place,
                signed.projects,
                amount,
                signed.repeats,
            ]
        )
    return sheet(heads, lines, _("招商活动"), [(_("说明"), _("同一项目再次签约只计第一次"))])


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def activity_new(request: Any) -> HttpResponse:
    """Lay down an activity."""
    viewer = request.viewer
    form = ActivityForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        unit = form.units.get(form.cleaned_data["unit"])
        fields = form.fields_of_activity
        try:
            one = add_activity(
                city=viewer.city, code=form.cleaned_data["code"], unit=unit, by=viewer.user, at=timezone.now(), **fields
            )
        except REFUSALS as refusal:
            form.add_error("code", refused(refusal))
        else:
            return redirect("desk:activity", one.code)
    shown = {"form": form, "title": _("新的活动"), "back": reverse("desk:activities")}
    return render(request, "desk/activities/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def activity_change(request: Any, code: str) -> HttpResponse:
    """Change it."""
    viewer, one = request.viewer, found_activity(request.viewer, code)
    form = ActivityForm(request.POST or None, viewer=viewer, activity=one)
    if request.method == "POST" and form.is_valid():
        amend_activity(activity=one, by=viewer.user, at=timezone.now(), **form.fields_of_activity)
        return redirect("desk:activity", code)
    shown = {"form": form, "title": _("修改活动"), "back": reverse("desk:activity", args=[code])}
    return render(request, "desk/activities/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.READ_PAYMENTS)
def activity_open(request: Any, code: str) -> HttpResponse:
    """One activity; ``xlsx=1`` for what was signed."""
    viewer, one = request.viewer, found_activity(request.viewer, code)
    rows = _signed_rows(viewer, one)
    if request.GET.get("xlsx"):
        return _signed_sheet(one, rows)
    agenda = list(AgendaItem.objects.of(viewer.city).filter(activity=one))
    guests = list(Guest.objects.visible_to(viewer).filter(activity=one).order_by().values_list("reply", "came_at"))
    runs, signed = may_run(viewer, one), totals_by_activity(viewer.city, [one.pk]).get(one.pk, Signed())
    link = (
        request.build_absolute_uri(reverse("portal:register", args=[registration_token(one)]))
        if one.link_digest
        else ""
    )
    shown = {
        "activity": one,
        "kind": _kind(one),
        "state": {"text": _("已取消"), "pill": "off"} if one.cancelled_for else _state(one),
        "whose": whose(one),
        "agenda": [{"at": _hours(item), "what": item.title, "who": item.speaker} for item in agenda],
        "agenda_text": "\n".join(_agenda_line(item) for item in agenda),
        "coming": number(sum(1 for reply, _came in guests if reply == Reply.COMING)),
        "came": number(sum(1 for _reply, came in guests if came)),
        "invited": number(len(guests)),
        "signed": signed,
        "signed_number": number(signed.projects),
        "signed_amount": yi(signed.fen, 2),
        "rows": [signing_row(viewer, row) for row in rows[:SHOWN]],
        "more": max(len(rows) - SHOWN, 0),
        "may_cancel": runs and not one.cancelled_for and not rows,
        "runs": runs,
        "may_sign": viewer.can(Can.OUTREACH) and not one.cancelled_for,
        **_public(viewer, one),
        "link": link if runs and one.ends_at > timezone.now() else "",
        "over": one.ends_at <= timezone.now(),
        "signing_form": SigningForm(viewer=viewer),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/activities/activity.html", shown)


def _public(viewer: Viewer, one: Activity) -> dict[str, Any]:
    """Whether the public knows of it, and what the viewer may do about that."""
    may, other = viewer.can(Can.PUBLISH_SITE), viewer.user is not None and one.entered_by_id != viewer.user.pk
    return {
        "announcement": announcement_of(one),
        "may_take_back": may,
        "may_announce": may and other and not one.cancelled_for and one.ends_at > timezone.now(),
        "announce_form": ApproveForm(),
    }


def _hours(item: AgendaItem) -> str:
    return "–".join(f"{timezone.localtime(at):%H:%M}" for at in (item.begins_at, item.ends_at) if at)


def _agenda_line(item: AgendaItem) -> str:
    return f"{_hours(item).replace('–', '-')} {item.title}" + (f"｜{item.speaker}" if item.speaker else "")


def _signed_rows(viewer: Viewer, one: Activity) -> list[Any]:
    """All of the activity for city roles; an officer sees the own unit's."""
    rows = signings(viewer.city).filter(activity=one)
    seen = Signing.objects.visible_to(viewer).order_by().values("pk")
    rows = rows if viewer.sees_all_units else rows.filter(pk__in=seen)
    return list(rows.select_related("unit", "project", "activity").order_by("is_repeat", "-worth_fen", "id"))


def _signed_sheet(one: Activity, rows: list[Any]) -> HttpResponse:
    title = _("%(title)s签约项目") % {"title": one.title}
    return sheet(sheet_columns(), [sheet_row(row) for row in rows], title, [(_("录入"), called(one.entered_by))])


@desk_page(Can.OUTREACH, methods=("POST",))
def activity_agenda(request: Any, code: str) -> HttpResponse:
    """The agenda anew."""
    one = found_activity(request.viewer, code)
    try:
        items = agenda_typed(request.POST.get("agenda", "")[:20_000], one)
    except forms.ValidationError as wrong:
        messages.error(request, _("；").join(wrong.messages))
    else:
        set_agenda(activity=one, items=items, by=request.viewer.user, at=timezone.now())
        messages.success(request, _("议程已存。"))
    return redirect("desk:activity", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def activity_cancel(request: Any, code: str) -> HttpResponse:
    """Call it off."""
    one = found_activity(request.viewer, code)
    try:
        cancel_activity(
            activity=one, reason=request.POST.get("reason", "")[:400], by=request.viewer.user, at=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已取消，报名已关闭。"))
    return redirect("desk:activity", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def activity_registration(request: Any, code: str) -> HttpResponse:
    """Open the registration page by a new link, or close it (``close``)."""
    one, by, at = found_activity(request.viewer, code), request.viewer.user, timezone.now()
    if request.POST.get("close"):
        close_registration(activity=one, by=by, at=at)
        messages.success(request, _("报名已关闭，原链接失效。"))
        return redirect("desk:activity", code)
    try:
        open_registration(activity=one, consent=request.POST.get("consent", "")[:600], by=by, at=at)
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("报名已开放；以前的链接失效。"))
    return redirect("desk:activity", code)


@desk_page(Can.READ_PAYMENTS)
def activity_calendar(request: Any, code: str) -> HttpResponse:
    """The activity as a calendar file."""
    one = found_activity(request.viewer, code)
    agenda = list(AgendaItem.objects.of(request.viewer.city).filter(activity=one))
    return attachment(calendar_of(one, agenda, timezone.now()), "text/calendar; charset=utf-8", f"{one.title}.ics")


@desk_page(Can.OUTREACH, methods=("POST",))
def activity_lead(request: Any, code: str) -> HttpResponse:
    """Hand what was heard of an investor there to the room of leads."""
    one, told = found_activity(request.viewer, code), request.POST
    investor, text = told.get("investor", "").strip()[:120], told.get("text", "").strip()[:4000]
    if investor and text:
        lead_from_activity(
            activity=one, investor=investor, subject="", text=text, by=request.viewer.user, at=timezone.now()
        )
        messages.success(request, _("已记为线索，按线索的时限研判、派发和答复。"))
    else:
        messages.error(request, _("请写明投资方和说了什么。"))
    return redirect("desk:activity", code)
