"""A trip's meetings: the programme, minutes written on a phone, follow-ups, and the projects that a person links to the trip."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import find_project
from zhaoshang.desk.forms.trips import MeetingForm, MinutesForm
from zhaoshang.desk.lists import address, as_uuid, chosen, sheet
from zhaoshang.desk.outreach_shown import REFUSALS, again_words, clash_words, days_text, refused
from zhaoshang.desk.views.trips import follow_up_row, found_trip
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.outreach.actions.leads import lead_from_meeting
from zhaoshang.outreach.actions.meetings import (
    add_meeting,
    drop_meeting,
    finish_follow_up,
    hand_over,
    link_project,
    unlink_project,
    write_minutes,
)
from zhaoshang.outreach.actions.refusals import MetAlready
from zhaoshang.outreach.models import FollowUp, Meeting, Minutes, TripProject
from zhaoshang.outreach.rules import TripState
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.models import User
from zhaoshang.people.rules import CAPABILITIES, Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership
from zhaoshang.ui.filters import called, moment

MOST = 500


def found_meeting(viewer: Viewer, key: UUID) -> Meeting:
    """The meeting, if the viewer may see its trip."""
    rows = Meeting.objects.visible_to(viewer).select_related("trip__unit", "trip__city", "enterprise", "city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.OUTREACH, methods=("POST",))
def meeting_new(request: Any, code: str) -> HttpResponse:
    """Put a meeting into a trip's programme."""
    trip = found_trip(request.viewer, code)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        for bound in form:
            for text in bound.errors:
                messages.error(request, f"{bound.label}{_('：')}{text}")
        return redirect("desk:trip", code)
    party = form.cleaned_data["party"]
    enterprise = firms_named(request.viewer.city, [party]).get(party)
    try:
        new = form.new_meeting(enterprise, again=bool(request.POST.get("again")))
        add_meeting(trip=trip, new=new, by=request.viewer.user, at=timezone.now())
    except MetAlready as met:
        given = [(bound.name, request.POST.get(bound.name, "")) for bound in form]
        warnings = again_words(request.viewer, trip, met.held)
        shown = {"trip": trip, "party": party, "given": given, "warnings": warnings}
        return render(request, "desk/trips/meeting_again.html", shown, status=409)
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已排入日程。"))
        for text in clash_words(request.viewer, enterprise, form.cleaned_data["day"], timezone.localdate()):
            messages.warning(request, text)
    return redirect("desk:trip", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def meeting_drop(request: Any, key: UUID) -> HttpResponse:
    """Take a meeting off the programme."""
    meeting = found_meeting(request.viewer, key)
    try:
        drop_meeting(meeting=meeting, by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
        return redirect("desk:meeting", key)
    messages.success(request, _("已从日程中删去。"))
    return redirect("desk:trip", meeting.trip.code)


@desk_page(Can.READ_PAYMENTS)
def meeting_open(request: Any, key: UUID) -> HttpResponse:
    """A meeting, its minutes and follow-ups."""
    viewer, meeting = request.viewer, found_meeting(request.viewer, key)
    writes = viewer.can(Can.OUTREACH)
    minutes = list(
        Minutes.objects.of(viewer.city)
        .filter(meeting=meeting)
        .select_related("written_by")
        .order_by("-written_at", "-id")
    )
    approved = meeting.trip.state == TripState.APPROVED
    form = (
        MinutesForm(initial={"met": meeting.people})
        if writes and approved and meeting.day <= timezone.localdate()
        else None
    )
    return render(request, "desk/trips/meeting.html", _shown(viewer, meeting, minutes, form))


def _shown(viewer: Viewer, meeting: Meeting, minutes: list[Minutes], form: MinutesForm | None) -> dict[str, Any]:
    today = timezone.localdate()
    follow_ups = list(
        FollowUp.objects.visible_to(viewer).filter(meeting=meeting).select_related("meeting", "owner", "done_by")
    )
    return {
        "meeting": meeting,
        "warnings": [] if minutes else clash_words(viewer, meeting.enterprise, meeting.day, today),
        "hours": "–".join(f"{hour:%H:%M}" for hour in (meeting.begins, meeting.ends) if hour),
        "trip_days": days_text(meeting.trip.first_day, meeting.trip.last_day),
        "last": minutes[0] if minutes else None,
        "story": [
            {"at": moment(one.written_at), "what": one.text, "who": called(one.written_by), "note": one.next_step}
            for one in minutes
        ],
        "form": form,
        "not_approved": meeting.trip.state != TripState.APPROVED,
        "follow_ups": [
            follow_up_row(one, today)
            | {"key": one.pk, "open": one.done_on is None, "late": one.is_late(today), "note": one.note}
            for one in follow_ups
        ],
        "owners": [(str(one.pk), called(one)) for one in _owners(viewer)] if follow_ups else [],
        "writes": viewer.can(Can.OUTREACH),
        "today": today.isoformat(),
        "leads": _leads(viewer, meeting),
        "lead_form": LeadForm(initial={"investor": meeting.party}),
        "may_drop": viewer.can(Can.OUTREACH) and not minutes,
    }


def _leads(viewer: Viewer, meeting: Meeting) -> list[dict[str, Any]]:
    """The leads that came of the meeting, as far as the viewer may see them."""
    rows = Lead.objects.visible_to(viewer).filter(came_by=CameBy.TRIP, origin_ref=str(meeting.pk))
    return [{"text": str(one), "href": reverse("desk:lead", args=[one.pk])} for one in rows]


def _owners(viewer: Viewer) -> list[User]:
    """Whom a follow-up may be given to: who writes outreach, for an officer in the own units."""
    roles = [role for role, can in CAPABILITIES.items() if Can.OUTREACH in can]
    held = Membership.objects.of(viewer.city).filter(withdrawn_at__isnull=True, role__in=roles)
    held = held if viewer.sees_all_units else held.filter(unit_id__in=viewer.unit_ids)
    keys = held.order_by().values_list("user_id", flat=True)
    return list(User.objects.filter(pk__in=list(keys), is_active=True))


@desk_page(Can.OUTREACH, methods=("POST",))
def meeting_minutes(request: Any, key: UUID) -> HttpResponse:
    """Keep minutes. The page's script, which keeps a draft on the device until the server has confirmed it, asks for JSON."""
    meeting = found_meeting(request.viewer, key)
    form, quietly = MinutesForm(request.POST), "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        if quietly:
            return JsonResponse({"kept": False, "message": _("内容不符合要求。")}, status=422)
        return render(request, "desk/trips/meeting.html", _shown(request.viewer, meeting, [], form), status=422)
    try:
        minutes = write_minutes(meeting=meeting, new=form.new_minutes(), by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        if quietly:
            return JsonResponse({"kept": False, "message": refused(refusal)}, status=409)
        messages.error(request, refused(refusal))
        return redirect("desk:meeting", meeting.pk)
    if quietly:
        return JsonResponse({"kept": True, "key": str(minutes.key), "message": _("已存到服务器。")})
    messages.success(request, _("纪要已存；回访提醒已排好。"))
    return redirect("desk:meeting", meeting.pk)


class LeadForm(forms.Form):
    """An investor that was heard of, and what was said."""

    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=120)
    subject = forms.CharField(label=gettext_lazy("想投什么"), max_length=200, required=False)
    text = forms.CharField(label=gettext_lazy("说了什么"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


@desk_page(Can.OUTREACH, methods=("POST",))
def meeting_lead(request: Any, key: UUID) -> HttpResponse:
    """Hand what was heard of an investor to the room of leads."""
    meeting, form = found_meeting(request.viewer, key), LeadForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明投资方和说了什么。"))
    else:
        lead_from_meeting(meeting=meeting, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("已记为线索，按线索的时限研判、派发和答复。"))
    return redirect("desk:meeting", key)


# -- follow-ups --------------------------------------------------------------------------------------------------------


@desk_page(Can.READ_PAYMENTS)
def follow_up_list(request: Any) -> HttpResponse:
    """Follow-ups that are to be done, the first due first; ``state=done`` those that are; ``xlsx=1`` for what is shown."""
    viewer, wanted, today = request.viewer, chosen(request, {"state": "", "mine": ""}), timezone.localdate()
    rows = FollowUp.objects.visible_to(viewer).filter(done_on__isnull=wanted.get("state") != "done")
    rows = rows.filter(due_on__lt=today) if wanted.get("state") == "late" else rows
    rows = rows.filter(owner=viewer.user) if "mine" in wanted else rows
    rows = rows.select_related("meeting__trip", "owner").order_by("due_on", "id")[:MOST]
    if request.GET.get("xlsx"):
        heads = [
            Column(_("会见单位"), width=36),
            Column(_("外出"), width=30),
            Column(_("天数"), "integer"),
            Column(_("到期"), "date"),
        ]
        heads += [Column(_("负责人"), width=16), Column(_("办结日"), "date"), Column(_("情况"), width=50)]
        lines: list[list[Value]] = [
            [one.meeting.party, one.meeting.trip.title, one.days, one.due_on, called(one.owner), one.done_on, one.note]
            for one in rows
        ]
        return sheet(heads, lines, _("会见回访"), [])
    shown = {
        "rows": [follow_up_row(one, today) for one in rows],
        "wanted": wanted,
        "most": MOST,
        "states": [("", _("待办")), ("late", _("逾期")), ("done", _("已办"))],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/trips/follow_ups.html", shown)


def _follow_up(viewer: Viewer, key: UUID) -> FollowUp:
    rows = FollowUp.objects.visible_to(viewer).select_related("meeting", "city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


class DoneForm(forms.Form):
    """What came of a follow-up."""

    on = forms.DateField()
    note = forms.CharField(max_length=1000)


@desk_page(Can.OUTREACH, methods=("POST",))
def follow_up_done(request: Any, key: UUID) -> HttpResponse:
    """Say what came of it."""
    held, form = _follow_up(request.viewer, key), DoneForm(request.POST)
    try:
        if form.is_valid():
            finish_follow_up(follow_up=held, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已记下。"))
        else:
            messages.error(request, _("请写明哪天、了解到什么。"))
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    return redirect(reverse("desk:meeting", args=[held.meeting_id]) + "#follow-ups")


@desk_page(Can.OUTREACH, methods=("POST",))
def follow_up_owner(request: Any, key: UUID) -> HttpResponse:
    """Give it to somebody else."""
    held = _follow_up(request.viewer, key)
    wanted = as_uuid(request.POST.get("owner", ""))
    owner = next((one for one in _owners(request.viewer) if one.pk == wanted), None)
    if owner is None:
        messages.error(request, _("请从名单里选负责人。"))
    else:
        try:
            hand_over(follow_up=held, owner=owner, by=request.viewer.user, at=timezone.now())
            messages.success(request, _("已转给%(who)s。") % {"who": called(owner)})
        except REFUSALS as refusal:
            messages.error(request, refused(refusal))
    return redirect(reverse("desk:meeting", args=[held.meeting_id]) + "#follow-ups")


# -- projects ----------------------------------------------------------------------------------------------------------


@desk_page(Can.OUTREACH, methods=("POST",))
def trip_project(request: Any, code: str) -> HttpResponse:
    """Link a project to a trip, or take a link back (``unlink``)."""
    viewer, trip = request.viewer, found_trip(request.viewer, code)
    if wanted := as_uuid(request.POST.get("unlink", "")):
        rows = TripProject.objects.of(viewer.city).filter(trip=trip).select_related("trip", "project")
        link = get_object_or_404(rows, pk=wanted)
        unlink_project(link=link, by=viewer.user, at=timezone.now())
        messages.success(request, _("已取消关联。"))
        return redirect("desk:trip", code)
    try:
        project = find_project(viewer, request.POST.get("project", "")[:200])
        link_project(
            trip=trip, project=project, note=request.POST.get("note", "")[:400], by=viewer.user, at=timezone.now()
        )
    except forms.ValidationError as wrong:
        messages.error(request, _("；").join(wrong.messages))
    else:
        messages.success(request, _("已关联。此后的签约和到位会在这里显示。"))
    return redirect("desk:trip", code)
