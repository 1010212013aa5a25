"""The plan of an activity's meetings: hours and tables, who is not there, the plan, fixed meetings, and the programme on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.matchmaking import SessionForm
from zhaoshang.desk.lists import address, as_number, as_uuid, attachment, sheet
from zhaoshang.desk.matchmaking_shown import (
    REFUSALS,
    hour_text,
    refused,
    side_label,
    side_name,
    table_name,
    why_words,
)
from zhaoshang.desk.programme_paper import programme
from zhaoshang.desk.views.activities import found_activity
from zhaoshang.desk.views.matchmaking import firms_of, session_seen
from zhaoshang.desk.views.trips_seen import DOCX
from zhaoshang.matchmaking.actions import (
    arrange,
    fix_meeting,
    free_meeting,
    planned,
    set_away,
    set_session,
    wanted_of,
)
from zhaoshang.matchmaking.models import BUREAU, Appointment, Away, Pair, Session
from zhaoshang.matchmaking.rules import TO_SEAT
from zhaoshang.matchmaking.seating import Place
from zhaoshang.outreach.actions.activities import may_run
from zhaoshang.outreach.models import Activity
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.pdf import write_pdf
from zhaoshang.ui.filters import called, moment, number

PDF = "application/pdf"


def seats_of(viewer: Viewer, session: Session) -> list[Appointment]:
    """Meetings that the viewer may see, in their order. One query."""
    rows = Appointment.objects.visible_to(viewer).filter(session=session)
    rows = rows.select_related("pair__enterprise", "pair__opportunity", "pair__unit")
    return list(rows.order_by("slot", "table"))


@desk_page(Can.READ_PAYMENTS)
def match_plan(request: Any, code: str) -> HttpResponse:
    """Slots as rows, tables as columns; ``xlsx=1`` for one line a meeting."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    session = session_seen(viewer, activity)
    seats = seats_of(viewer, session) if session else []
    if request.GET.get("xlsx") and session:
        return _sheet(activity, session, seats)
    return render(request, "desk/matchmaking/plan.html", _shown(request, activity, session, seats))


def _shown(request: Any, activity: Activity, session: Session | None, seats: Sequence[Appointment]) -> dict[str, Any]:
    viewer = request.viewer
    runs = may_run(viewer, activity) and not activity.cancelled_for
    shown: dict[str, Any] = {
        "activity": activity,
        "session": session,
        "runs": runs,
        "form": SessionForm(activity=activity, session=session),
        "xlsx_url": address(request, xlsx="1"),
        "planned": moment(session.planned_at) if session and session.planned_at else "",
        "placed": number(len(seats)),
    }
    if session is None:
        return shown
    units = {str(one.pk): one for one in ReportingUnit.objects.of(viewer.city)}
    away = list(Away.objects.of(viewer.city).filter(session=session).select_related("enterprise"))
    return shown | {
        "columns": [
            {"key": "hours", "label": _("时段"), "head": True},
            *({"key": f"table-{place}", "label": name} for place, name in enumerate(session.tables)),
        ],
        "rows": _grid(session, seats, [one.slot for one in away if not one.enterprise_id and not one.side]),
        "away": _away_words(session, away, units),
        "slots": [(str(slot), hour_text(session, slot)) for slot in range(session.slots)],
        "who": _who(activity, viewer, units),
        **(_loose(session, seats, runs)),
    }


def _grid(session: Session, seats: Sequence[Appointment], breaks: Sequence[int]) -> list[dict[str, Any]]:
    held = {(one.slot, one.table): one for one in seats}
    rows = []
    for slot in range(session.slots):
        row: dict[str, Any] = {"hours": hour_text(session, slot), "_kind": "muted" if slot in breaks else ""}
        for table in range(len(session.tables)):
            one = held.get((slot, table))
            if one is not None:
                note = side_name(one.pair.unit) + (_("（固定）") if one.fixed else "")
                href = reverse("desk:pair", args=[one.pair_id])
                row[f"table-{table}"] = {"text": one.pair.enterprise.name, "href": href, "note": note}
            elif slot in breaks:
                row[f"table-{table}"] = _("会间休息")
        rows.append(row)
    return rows


def _away_words(session: Session, away: Sequence[Away], units: Mapping[str, ReportingUnit]) -> list[tuple[str, str]]:
    told: dict[str, list[str]] = {}
    for one in away:
        who = one.enterprise.name if one.enterprise else side_label(one.side, units) if one.side else _("全体（休息）")
        told.setdefault(who, []).append(hour_text(session, one.slot))
    return [(who, _("、").join(hours)) for who, hours in sorted(told.items())]


def _who(activity: Activity, viewer: Viewer, units: Mapping[str, ReportingUnit]) -> list[tuple[str, str]]:
    """Who may be said to be away: everybody, the firms of the board, our sides."""
    sides = {one.side for one in Pair.objects.of(viewer.city).filter(activity=activity)}
    firms = [(f"firm:{one.pk}", one.name) for one in firms_of(activity)]
    named = sorted((f"side:{side}", side_label(side, units)) for side in sides)
    return [("", _("全体（休息）")), *firms, *named]


def _loose(session: Session, seats: Sequence[Appointment], runs: bool) -> dict[str, Any]:
    """Which pairs have no place, and why: asked of the solver with all that stands kept where it is."""
    if not runs:
        return {"unserved": [], "to_fix": []}
    pairs = wanted_of(session)
    kept = {str(one.pair_id): Place(one.slot, one.table) for one in seats}
    missing = [one for one in pairs if str(one.pk) not in kept and one.state in TO_SEAT]
    unserved: list[dict[str, Any]] = []
    if missing:
        plan = planned(session, pairs, kept)
        for one in missing:
            told = plan.unserved.get(str(one.pk))
            href = reverse("desk:pair", args=[one.pk])
            why = why_words(told, one) if told else _("还有空位：点“排会”就会排上。")
            unserved.append({"pair": {"text": str(one), "href": href}, "why": why, "_href": href})
    return {"unserved": unserved, "to_fix": [(str(one.pk), str(one)) for one in pairs if one.state in TO_SEAT]}


def _sheet(activity: Activity, session: Session, seats: Sequence[Appointment]) -> HttpResponse:
    heads = [Column(_("时段"), width=16), Column(_("桌位"), width=12), Column(_("企业"), width=36)]
    heads += [Column(_("我方"), width=16), Column(_("条目编号"), width=14), Column(_("条目"), width=40)]
    heads += [Column(_("固定"), width=8)]
    lines: list[list[Value]] = [
        [
            hour_text(session, one.slot),
            table_name(session, one.table),
            one.pair.enterprise.name,
            side_name(one.pair.unit),
            one.pair.opportunity.code,
            one.pair.opportunity.title,
            _("是") if one.fixed else "",
        ]
        for one in seats
    ]
    by = called(session.planned_by) if session.planned_by else ""
    return sheet(heads, lines, _("%(title)s会面安排") % {"title": activity.title}, [(_("排会"), by)])


# -- what is done ------------------------------------------------------------------------------------------------------


@desk_page(Can.OUTREACH, methods=("POST",))
def match_session(request: Any, code: str) -> HttpResponse:
    """Set hours and tables."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    session = session_seen(viewer, activity)
    form = SessionForm(request.POST, activity=activity, session=session)
    if form.is_valid():
        try:
            set_session(activity=activity, by=viewer.user, at=timezone.now(), **form.as_set)
        except REFUSALS as refusal:
            form.add_error(None, refused(refusal))
        else:
            messages.success(request, _("时段和桌位已设好。改过的，请再排一次会。"))
            return redirect("desk:match_plan", code)
    seats = seats_of(viewer, session) if session else []
    shown = _shown(request, activity, session, seats) | {"form": form, "xlsx_url": ""}
    return render(request, "desk/matchmaking/plan.html", shown, status=422)


@desk_page(Can.OUTREACH, methods=("POST",))
def match_away(request: Any, code: str) -> HttpResponse:
    """Who (``who``: ``firm:`` and an id, ``side:`` and a side, or nothing) is not there in which ``slot``s."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    kind, _colon, told = request.POST.get("who", "").partition(":")
    slots = [slot for one in request.POST.getlist("slot") if (slot := as_number(one[:3])) is not None]
    fields: dict[str, Any] = {}
    if kind == "firm":
        key = as_uuid(told)
        fields["enterprise"] = next((one for one in firms_of(activity) if one.pk == key), None)
    elif kind == "side":
        fields["side"] = told if told == BUREAU or as_uuid(told) else ""
    if kind and not any(fields.values()):
        messages.error(request, _("请选择是谁不能参加。"))
        return redirect("desk:match_plan", code)
    try:
        set_away(activity=activity, slots=slots, by=viewer.user, at=timezone.now(), **fields)
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已登记。请再排一次会。"))
    return redirect("desk:match_plan", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def match_arrange(request: Any, code: str) -> HttpResponse:
    """Plan anew, keeping what is fixed."""
    activity = found_activity(request.viewer, code)
    try:
        plan = arrange(activity=activity, by=request.viewer.user, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
        return redirect("desk:match_plan", code)
    words = {"placed": number(len(plan.placed)), "unserved": number(len(plan.unserved))}
    if plan.unserved:
        messages.warning(request, _("排上 %(placed)s 场，%(unserved)s 场排不上，原因见下。") % words)
    else:
        messages.success(request, _("%(placed)s 场全部排上，没有冲突。") % words)
    return redirect("desk:match_plan", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def match_fix(request: Any, code: str) -> HttpResponse:
    """Fix a ``pair``'s meeting to ``slot`` and ``table``, or with ``free`` let the next plan move it."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    rows = Pair.objects.visible_to(viewer).filter(activity=activity).select_related("activity", "city")
    pair: Pair = get_object_or_404(rows, pk=as_uuid(request.POST.get("pair", "")))
    slot, table = (as_number(request.POST.get(name)) for name in ("slot", "table"))
    try:
        if request.POST.get("free"):
            free_meeting(pair=pair, by=viewer.user, at=timezone.now())
            messages.success(request, _("不再固定；下次排会可以挪动。"))
        elif slot is not None and table is not None:
            fix_meeting(pair=pair, slot=slot, table=table, by=viewer.user, at=timezone.now())
            messages.success(request, _("已固定；以后排会都不动它。"))
        else:
            messages.error(request, _("请选择时段和桌位。"))
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    return redirect("desk:match_plan", code)


@desk_page(Can.READ_PAYMENTS)
def match_programme(request: Any, code: str) -> HttpResponse:
    """The programme on paper, a part a guest: ``as=pdf`` or Word; ``firm=`` for one guest's alone."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    session = session_seen(viewer, activity)
    if session is None:
        messages.error(request, _("还没有设时段和桌位。请先设好，再排会。"))
        return redirect("desk:match_plan", code)
    seats = seats_of(viewer, session)
    key = as_uuid(request.GET.get("firm", ""))
    held = [one for one in seats if key in (None, one.enterprise_id)]
    paper = programme(viewer.city, activity, session, held)
    if request.GET.get("as") == "pdf":
        return attachment(write_pdf(paper), PDF, f"{paper.title}.pdf")
    return attachment(write_docx(paper), DOCX, f"{paper.title}.docx")
