"""Trips: the list, planning one, one with its programme and what came of it, deciding, putting off, reporting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.forms.trips import MeetingForm, Members, TripForm, held_values, members_typed
from zhaoshang.desk.lists import address, as_number, as_uuid, chosen, page_of, sheet
from zhaoshang.desk.outreach_shown import (
    REFUSALS,
    columns,
    days_text,
    places_text,
    rank_words,
    refused,
    result_facts,
    rows,
    sheet_columns,
    sheet_row,
    standing_cell,
    whose,
)
from zhaoshang.desk.refusals import say
from zhaoshang.outreach.actions.trips import decide_trip, may_decide, plan_trip, put_off_trip, replan_trip, report_trip
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.models import Destination, FollowUp, Meeting, Trip, TripProject
from zhaoshang.outreach.queries import (
    last_minutes,
    next_code,
    parties_of,
    results_of,
    since_by_project,
    standing_filter,
    standings_of,
)
from zhaoshang.outreach.rules import STANDINGS, TripStanding, TripState
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllThere, Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import called, date_, moment, named, named_short, number, wan

MOST_EXPORTED = 5_000
FILTERS = dict.fromkeys(("unit", "standing", "year", "place"))
WHOLE = "city"


def found_trip(viewer: Viewer, code: str) -> Trip:
    """The trip, if the viewer may see it."""
    trips = Trip.objects.visible_to(viewer).select_related("unit", "city", "planned_by", "decided_by", "reported_by")
    return get_object_or_404(trips, code=code)  # type: ignore[no-any-return]


def may_write(viewer: Viewer, trip: Trip) -> bool:
    """Whether the page offers to change the trip itself."""
    mine = viewer.sees_all_units if trip.unit_id is None else viewer.sees_unit(trip.unit_id)
    return viewer.can(Can.OUTREACH) and mine


def filtered(viewer: Viewer, wanted: dict[str, str], on: Any) -> "QuerySet[Trip]":
    """The trips that the filters ask for."""
    trips: QuerySet[Trip] = Trip.objects.visible_to(viewer).select_related("unit")
    if wanted.get("unit") == WHOLE:
        trips = trips.filter(unit__isnull=True)
    elif "unit" in wanted:
        trips = trips.filter(unit__code=wanted["unit"])
    if wanted.get("standing") in list(TripStanding):
        trips = trips.filter(standing_filter(viewer.city, TripStanding(wanted["standing"]), on))
    if year := as_number(wanted.get("year")):
        trips = trips.filter(first_day__year=min(year, 9999))
    if "place" in wanted:
        begins = wanted["place"][:6].rstrip("0") or wanted["place"][:6]
        to = Destination.objects.of(viewer.city).filter(region_code__startswith=begins).order_by()
        trips = trips.filter(pk__in=to.values("trip_id"))
    return trips


@desk_page(Can.READ_PAYMENTS)
def trip_list(request: Any) -> HttpResponse:
    """Trips, the latest entered first; ``xlsx=1`` for what is shown."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    trips = filtered(viewer, wanted, today)
    if request.GET.get("xlsx"):
        return _as_sheet(viewer, list(trips.order_by("first_day", "id")[:MOST_EXPORTED]))
    page = page_of(request, trips)
    city = viewer.city
    units = [(one.code, named(one)) for one in ReportingUnit.objects.of(city)]
    shown = {
        "columns": columns(),
        "rows": rows(
            page.rows, parties_of(city, page.rows), standings_of(city, page.rows, today), results_of(city, page.rows)
        ),
        "page": page,
        "wanted": wanted,
        "units": [("", _("全部")), (WHOLE, _("全市")), *units],
        "standings": [("", _("全部")), *((str(key), _(label)) for key, (label, _pill) in STANDINGS.items())],
        "may_plan": viewer.can(Can.OUTREACH),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/trips/list.html", shown)


def _as_sheet(viewer: Viewer, trips: list[Trip]) -> HttpResponse:
    city, today = viewer.city, timezone.localdate()
    parties, standings, results = parties_of(city, trips), standings_of(city, trips, today), results_of(city, trips)
    lines = [sheet_row(one, parties[one.pk], standings[one.pk], results[one.pk]) for one in trips]
    notes = [(_("说明"), _("签约和到位只算有人确认与该次外出有关的项目，从外出首日起；“其后”不等于“因此”。"))]
    return sheet(sheet_columns(), lines, _("外出招商情况"), notes)


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def trip_new(request: Any) -> HttpResponse:
    """Plan a trip."""
    viewer, today = request.viewer, timezone.localdate()
    form = TripForm(
        request.POST or None, viewer=viewer, code=next_code(viewer.city, today.year), initial={"first_day": today}
    )
    members = Members(request.POST or None, form_kwargs={"ranks": rules_on(viewer.city, today).ranks}, prefix="m")
    if request.method == "POST" and form.is_valid() and members.is_valid():
        unit = form.units.get(form.cleaned_data["unit"])
        form.code = next_code(viewer.city, form.cleaned_data["first_day"].year)
        try:
            trip = plan_trip(
                city=viewer.city, new=form.new_trip(members_typed(members, unit)), by=viewer.user, at=timezone.now()
            )
        except REFUSALS as refusal:
            form.add_error(None, refused(refusal))
        else:
            messages.success(request, _("已报出，等待批准。现在可以排日程。"))
            return redirect("desk:trip", trip.code)
    return _form(request, form, members, _("计划外出"), reverse("desk:trips"))


@desk_page(Can.OUTREACH, methods=("GET", "POST"))
def trip_change(request: Any, code: str) -> HttpResponse:
    """Change a trip that is not approved, and lay it before them again."""
    viewer = request.viewer
    trip = found_trip(viewer, code)
    party = parties_of(viewer.city, [trip])[trip.pk]
    held = [{"name": one.name, "post": one.post, "rank": one.rank, "leads": one.leads} for one in party.members]
    ranks = rules_on(viewer.city, trip.first_day).ranks
    form = TripForm(
        request.POST or None, viewer=viewer, code=trip.code, unit_fixed=trip.unit, initial=held_values(trip, party)
    )
    members = Members(request.POST or None, form_kwargs={"ranks": ranks}, prefix="m", initial=held)
    if request.method == "POST" and form.is_valid() and members.is_valid():
        try:
            replan_trip(
                trip=trip, new=form.new_trip(members_typed(members, trip.unit)), by=viewer.user, at=timezone.now()
            )
        except REFUSALS as refusal:
            form.add_error(None, refused(refusal))
        else:
            messages.success(request, _("已重新报出，等待批准。"))
            return redirect("desk:trip", trip.code)
    return _form(request, form, members, _("调整外出计划"), reverse("desk:trip", args=[code]))


def _form(request: Any, form: TripForm, members: Any, title: str, back: str) -> HttpResponse:
    shown = {"form": form, "members": members, "title": title, "back": back}
    wrong = form.errors or members.total_error_count()
    return render(request, "desk/trips/form.html", shown, status=422 if request.method == "POST" and wrong else 200)


@desk_page(Can.READ_PAYMENTS)
def trip_open(request: Any, code: str) -> HttpResponse:
    """One trip."""
    viewer, today = request.viewer, timezone.localdate()
    trip = found_trip(viewer, code)
    party, standing = parties_of(viewer.city, [trip])[trip.pk], standings_of(viewer.city, [trip], today)[trip.pk]
    rules = rules_on(viewer.city, trip.first_day)
    mine, rank = may_write(viewer, trip), rank_words(rules)
    held = list(Meeting.objects.of(viewer.city).filter(trip=trip))
    shown = {
        "trip": trip,
        "whose": whose(trip),
        "days": days_text(trip.first_day, trip.last_day),
        "places": places_text(party),
        "standing": standing_cell(standing),
        "facts": _facts(trip),
        "counted": [one.name for one in rules.counts if standing == TripStanding.DONE and _counts(one, party, viewer)],
        "members": [_member(one, rank(one.rank)) for one in party.members],
        "programme": _programme(viewer, held),
        "results": result_facts(results_of(viewer.city, [trip])[trip.pk]),
        "projects": _projects(viewer, trip),
        "follow_ups": _follow_ups(viewer, held, today),
        "may_change": mine and trip.state in (TripState.PLANNED, TripState.RETURNED, TripState.POSTPONED),
        "may_put_off": mine and trip.state != TripState.CANCELLED and standing != TripStanding.DONE,
        "may_decide": trip.state == TripState.PLANNED and may_decide(viewer, trip),
        "may_report": mine and trip.state == TripState.APPROVED and trip.first_day <= today,
        "may_meet": viewer.can(Can.OUTREACH) and trip.state not in (TripState.CANCELLED, TripState.POSTPONED),
        "may_link": viewer.can(Can.OUTREACH),
        "meeting_form": MeetingForm(initial={"day": trip.first_day}),
        "party": party,
    }
    return render(request, "desk/trips/trip.html", shown)


def _counts(rule: Any, party: Any, viewer: Viewer) -> bool:
    away = any(not one.region_code.startswith(viewer.city.gb_code[:4]) for one in party.destinations)
    return (away or not rule.left_city) and any(one.rank in rule.ranks for one in party.leaders)


def _facts(trip: Trip) -> list[tuple[str, str]]:
    planned = _("%(who)s %(when)s") % {"who": called(trip.planned_by), "when": moment(trip.planned_at)}
    decided = trip.decided_by and _("%(who)s %(when)s") % {
        "who": called(trip.decided_by),
        "when": moment(trip.decided_at),
    }
    found = [
        (_("事由"), trip.purpose),
        (_("费用"), f"{wan(trip.cost_fen)} {_('万元')}" if trip.cost_fen is not None else ""),
        (_("报计划"), planned),
        (_("审批"), decided or ""),
        (_("原因"), trip.reason),
    ]
    return [(name, text) for name, text in found if text]


def _member(one: Any, rank: str) -> dict[str, Any]:
    note = _("带队") if one.leads else ""
    return {
        "name": {"text": one.name, "note": _("未成行") if one.absent else note},
        "post": one.post,
        "rank": rank,
        "unit": named_short(one.unit) if one.unit else None,
    }


def _programme(viewer: Viewer, meetings: list[Meeting]) -> list[dict[str, Any]]:
    minutes = last_minutes(viewer.city, meetings)
    found = []
    for one in meetings:
        held = minutes.get(one.pk)
        hours = "–".join(f"{hour:%H:%M}" for hour in (one.begins, one.ends) if hour)
        note = " · ".join(filter(None, [hours, one.place]))
        href = reverse("desk:meeting", args=[one.pk])
        found.append(
            {
                "_href": href,
                "day": one.day.isoformat(),
                "party": {"text": one.party, "href": href, "note": note},
                "people": one.people or None,
                "purpose": one.purpose or None,
                "minutes": {"text": _("有纪要"), "pill": "ok"} if held else {"text": _("无纪要"), "pill": "todo"},
                "step": held.next_step if held and held.next_step else None,
            }
        )
    return found


def _projects(viewer: Viewer, trip: Trip) -> list[dict[str, Any]]:
    rows_ = TripProject.objects.of(viewer.city).filter(trip=trip).select_related("project__unit", "linked_by")
    links = list(rows_)
    arrived = since_by_project(trip, [one.project for one in links])
    found = []
    for one in links:
        seen = viewer.sees_unit(one.project.unit_id)
        href = reverse("desk:project", args=[one.project.code]) if seen else ""
        name = one.project.name if seen else _("另一地区的项目")
        since = one.project.signed_on is not None and one.project.signed_on >= trip.first_day
        found.append(
            {
                "project": {"text": name, "href": href, "note": one.note} if href else {"text": name},
                "unit": named_short(one.project.unit),
                "signed": date_(one.project.signed_on) if one.project.signed_on else None,
                "since": {"text": _("其后签约"), "pill": "ok"}
                if since
                else {"text": _("未在其后签约"), "pill": "todo"},
                "contract": wan(one.project.contract_fen) if since else None,
                "arrived": _arrived(one.project, arrived.get(one.project_id, 0), seen=seen),
                "who": {"text": called(one.linked_by), "note": moment(one.linked_at)},
                "_id": one.pk,
                "link": one.pk if seen else None,
            }
        )
    return found


def _arrived(project: Any, fen: int, *, seen: bool) -> dict[str, str]:
    """Verified money since, leading to the payments where the viewer may read them."""
    ledger = f"{reverse('desk:payment_list')}?project={project.code}"
    return {"text": wan(fen)} | ({"href": ledger} if seen else {})


def _follow_ups(viewer: Viewer, meetings: list[Meeting], today: Any) -> list[dict[str, Any]]:
    keys = [one.pk for one in meetings]
    rows_ = FollowUp.objects.visible_to(viewer).filter(meeting_id__in=keys).select_related("meeting", "owner")
    return [follow_up_row(one, today) for one in rows_.order_by("due_on", "id")]


def follow_up_row(one: FollowUp, today: Any) -> dict[str, Any]:
    """A follow-up in a table."""
    href = reverse("desk:meeting", args=[one.meeting_id]) + "#follow-ups"
    if one.done_on:
        state = {"text": _("已办"), "pill": "ok"}
    else:
        state = {"text": _("逾期"), "pill": "warn"} if one.is_late(today) else {"text": _("待办"), "pill": "todo"}
    return {
        "_href": href,
        "party": {"text": one.meeting.party, "href": href, "note": one.note},
        "days": _("%(days)s 天回访") % {"days": number(one.days)},
        "due": one.due_on.isoformat(),
        "owner": called(one.owner),
        "state": state,
    }


@desk_page(Can.READ_PAYMENTS, methods=("POST",))
def trip_decide(request: Any, code: str) -> HttpResponse:
    """Approve or return."""
    trip, approve = found_trip(request.viewer, code), request.POST.get("verdict") == "approve"
    reason = request.POST.get("reason", "")[:400]
    try:
        decide_trip(trip=trip, approve=approve, reason=reason, by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已批准。") if approve else _("已退回，对方看得到理由。"))
    return redirect("desk:trip", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def trip_off(request: Any, code: str) -> HttpResponse:
    """Postpone or cancel."""
    trip, cancel = found_trip(request.viewer, code), request.POST.get("what") == "cancel"
    reason = request.POST.get("reason", "")[:400]
    try:
        put_off_trip(trip=trip, cancel=cancel, reason=reason, by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已取消。") if cancel else _("已推迟；定了新日期，在“调整”里重新报批。"))
    return redirect("desk:trip", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def trip_report(request: Any, code: str) -> HttpResponse:
    """Tell of the trip as a whole, and who did not go."""
    trip = found_trip(request.viewer, code)
    absent = [key for text in request.POST.getlist("absent") if (key := as_uuid(text))]
    cost = request.POST.get("cost", "").strip()[:40]
    try:
        fen = read_amount(cost, "万元") if cost else None
        text = request.POST.get("report", "")[:4000]
        report_trip(trip=trip, text=text, absent=absent, cost_fen=fen, by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    except NotAllThere as refusal:
        messages.error(request, say(refusal, request.viewer))
    except forms.ValidationError as wrong:
        messages.error(request, _("；").join(wrong.messages))
    else:
        messages.success(request, _("情况报告已存。"))
    return redirect("desk:trip", code)
