"""Matchmaking at an activity: the board of pairs, what is suggested and why, and one pair."""

from collections.abc import Sequence
from datetime import date
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
from zhaoshang.desk import firm_shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import find_project
from zhaoshang.desk.lists import address, as_uuid, chosen, sheet
from zhaoshang.desk.local_rules_shown import set_title
from zhaoshang.desk.matchmaking_shown import (
    REFUSALS,
    board_columns,
    place_text,
    reason_rows,
    refused,
    short_reasons,
    side_name,
    state_cell,
    unit_names,
)
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.activities import found_activity
from zhaoshang.enterprises.merging import family
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.matchmaking.actions import may_keep_pair, move_pair, propose_pair
from zhaoshang.matchmaking.localrules import WEIGHTS
from zhaoshang.matchmaking.models import Appointment, Pair, Session, Step
from zhaoshang.matchmaking.queries import candidates, elsewhere, suggestions
from zhaoshang.matchmaking.rules import GROUND_LABELS, PAIR_STATES, PairState, may_follow
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.outreach.actions.activities import may_run
from zhaoshang.outreach.models import Activity
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllThere, Viewer, all_there
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import called, english, moment, named, named_short, number, yi

SHOWN, MOST_AT_ONCE = 30, 60


def pairs_of(viewer: Viewer, activity: Activity) -> list[Pair]:
    """The activity's pairs that the viewer may see, the heaviest first. One query."""
    rows = Pair.objects.visible_to(viewer).filter(activity=activity)
    return list(rows.select_related("enterprise", "opportunity", "unit", "project").order_by("-points", "id"))


def _times(viewer: Viewer, activity: Activity) -> dict[UUID, str]:
    """Slot and table by pair. One query."""
    rows = Appointment.objects.of(viewer.city).filter(session__activity=activity).select_related("session")
    return {one.pair_id: place_text(one.session, one) for one in rows}


@desk_page(Can.READ_PAYMENTS)
def match_board(request: Any, code: str) -> HttpResponse:
    """The activity's pairs by how far they have come; ``xlsx=1`` for the same as a table."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    pairs, times = pairs_of(viewer, activity), _times(viewer, activity)
    if request.GET.get("xlsx"):
        return _sheet(activity, pairs, times)
    may = frozenset(one.pk for one in pairs if not activity.cancelled_for and may_keep_pair(viewer, one))
    shown = {
        "activity": activity,
        "columns": board_columns(pairs, times, may),
        "given_up": [_given_up(one) for one in pairs if one.state == PairState.DECLINED],
        "pairs": len(pairs),
        "move_url": reverse("desk:match_move", args=[code]),
        "today": timezone.localdate().isoformat(),
        "may": bool(may),
        "may_propose": viewer.can(Can.OUTREACH) and not activity.cancelled_for,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/matchmaking/board.html", shown)


def _given_up(one: Pair) -> dict[str, Any]:
    href = reverse("desk:pair", args=[one.pk])
    return {"pair": {"text": str(one), "href": href}, "since": one.since.isoformat(), "_href": href}


def _sheet(activity: Activity, pairs: Sequence[Pair], times: dict[UUID, str]) -> HttpResponse:
    heads = [Column(_("企业"), width=36), Column(_("条目编号"), width=14), Column(_("条目"), width=40)]
    heads += [Column(_("我方"), width=16), Column(_("总投资（元）"), "amount", 2, 22), Column(_("推荐分"), "integer")]
    heads += [Column(_("得分理由"), width=36), Column(_("状态"), width=14), Column(_("自"), "date")]
    heads += [Column(_("时段和桌位"), width=22), Column(_("项目编号"), width=16)]
    lines: list[list[Value]] = [
        [
            one.enterprise.name,
            one.opportunity.code,
            one.opportunity.title,
            side_name(one.unit),
            in_unit(one.opportunity.amount_fen, "元") if one.opportunity.amount_fen else None,
            one.points,
            short_reasons(one.reasons),
            state_cell(one.state)["text"],
            one.since,
            times.get(one.pk, ""),
            one.project.code if one.project else "",
        ]
        for one in pairs
    ]
    notes = [(_("说明"), _("推荐分只用来排序，理由和权重见看板上各组合"))]
    return sheet(heads, lines, _("%(title)s对接看板") % {"title": activity.title}, notes)


@desk_page(Can.OUTREACH, methods=("POST",))
def match_move(request: Any, code: str) -> HttpResponse:
    """A card of the board is moved: ``project`` is the pair's id, ``stage`` its new state."""
    activity = found_activity(request.viewer, code)
    rows = Pair.objects.visible_to(request.viewer).filter(activity=activity)
    pair = get_object_or_404(rows, pk=as_uuid(request.POST.get("project", "")))
    _move(request, pair, request.POST.get("stage", ""))
    return redirect("desk:match_board", code)


def _move(request: Any, pair: Pair, state: str) -> None:
    told = request.POST
    if state not in list(PairState):
        messages.error(request, _("请选择新的状态。"))
        return
    try:
        on = date.fromisoformat(told.get("on", "")) if told.get("on") else timezone.localdate()
        project = find_project(request.viewer, text) if (text := told.get("of_project", "").strip()[:200]) else None
        move_pair(
            pair=pair, state=PairState(state), on=on, note=told.get("note", "")[:400], project=project,
            by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip
    except ValueError:
        messages.error(request, _("日期读不懂，请写成 2023-02-23。"))
    except forms.ValidationError as wrong:
        messages.error(request, _("；").join(wrong.messages))
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, _("已记为“%(state)s”。") % {"state": _(PAIR_STATES[PairState(state)][0])})


# -- suggestions -------------------------------------------------------------------------------------------------------


@desk_page(Can.READ_PAYMENTS)
def match_suggested(request: Any, code: str) -> HttpResponse:
    """Pairs that would get points, the best first, ``?unit=&firm=``; each with its reasons."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    wanted = chosen(request, {"unit": "", "firm": ""})
    units = list(ReportingUnit.objects.of(viewer.city))
    unit = next((one for one in units if one.code == wanted.get("unit")), None)
    firms, today = candidates(activity), timezone.localdate()
    found = suggestions(activity, timezone.now(), today, unit=unit, firm=as_uuid(wanted.get("firm", "")))
    rules = WEIGHTS.on(viewer.city, today)
    names = unit_names(units)
    own = not viewer.sees_all_units and not may_run(viewer, activity)
    rows = [_suggestion(one, names, viewer, own) for one in found[:SHOWN]]
    shown = {
        "activity": activity,
        "rows": rows,
        "found": number(len(found)),
        "shown": number(len(rows)),
        "wanted": wanted,
        "units": [("", _("全部")), *((one.code, named(one)) for one in units)],
        "firms": [("", _("全部")), *((str(one.pk), one.name) for one in firms)],
        "weights": _("、").join(f"{_(GROUND_LABELS[key])} {points}" for key, points in rules.read.points.items()),
        "rules": set_title(rules),
        "may_propose": viewer.can(Can.OUTREACH) and not activity.cancelled_for,
    }
    return render(request, "desk/matchmaking/suggested.html", shown)


def _suggestion(one: Any, names: dict[str, str], viewer: Viewer, own: bool) -> dict[str, Any]:
    told = [reason.to_json() for reason in one.reasons]
    entry: Opportunity = one.opportunity
    may = not own or (entry.unit_id is not None and viewer.sees_unit(entry.unit_id))
    why = [row["why"] for row, reason in zip(reason_rows(told, names), told, strict=True) if reason["points"]]
    title = entry.title_en if english() and entry.title_en else entry.title
    row: dict[str, Any] = {
        "firm": {"text": one.enterprise.name, "href": reverse("desk:soe", args=[one.enterprise.pk])},
        "entry": {"text": title, "href": reverse("desk:opportunity", args=[entry.code]), "note": entry.code},
        "unit": named_short(entry.unit) if entry.unit else _("市级"),
        "amount": yi(entry.amount_fen, 2) if entry.amount_fen else None,
        "points": number(one.points),
        "why": {"text": short_reasons(told), "note": _("；").join(why)},
    }
    if may:
        label = _("选 %(firm)s 和 %(entry)s") % {"firm": one.enterprise.name, "entry": entry.title}
        row["pick"] = {"value": f"{one.enterprise.pk}/{entry.code}", "label": label}
    return row


@desk_page(Can.OUTREACH, methods=("POST",))
def match_propose(request: Any, code: str) -> HttpResponse:
    """Put ticked pairs on the board: ``pair`` is a firm's id and an entry's code, with a slash between."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    picked = [told.partition("/") for told in request.POST.getlist("pair")[:MOST_AT_ONCE]]
    if not picked:
        messages.error(request, _("请先勾选要对接的组合。"))
    firms = {str(one.pk): one for one in candidates(activity)}
    rows = Opportunity.objects.visible_to(viewer).select_related("unit")
    entries = {one.code: one for one in rows.filter(code__in=[entry for _firm, _slash, entry in picked])}
    there = {f"{firm}/{entry}" for firm, _slash, entry in picked if firm in firms and entry in entries}
    try:
        all_there(("".join(told) for told in picked), there)
    except NotAllThere as refusal:
        messages.error(request, say(refusal, viewer))
        return redirect("desk:match_suggested", code)
    done, warned = 0, []
    for firm, _slash, entry in picked:
        try:
            propose_pair(
                activity=activity, enterprise=firms[firm], opportunity=entries[entry], by=viewer.user, at=timezone.now()
            )
        except REFUSALS as refusal:
            messages.error(request, f"{firms[firm].name}{_('：')}{refused(refusal)}")
        else:
            done += 1
            warned += firm_shown.warned(viewer, [firms[firm].pk], timezone.localdate(activity.begins_at))
    for text in dict.fromkeys(warned):
        messages.warning(request, text)
    if done:
        messages.success(request, _("%(count)s 个组合已上看板。") % {"count": number(done)})
    return redirect("desk:match_board" if done else "desk:match_suggested", code)


# -- one pair ----------------------------------------------------------------------------------------------------------


def found_pair(viewer: Viewer, key: UUID) -> Pair:
    """The pair, if the viewer may see it."""
    rows = Pair.objects.visible_to(viewer)
    rows = rows.select_related("city", "activity__unit", "enterprise", "opportunity", "unit", "project", "added_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def pair_open(request: Any, key: UUID) -> HttpResponse:
    """A pair: its reasons, how far it came by whom, its place in the plan, and who else is after the same firm."""
    viewer, pair = request.viewer, found_pair(request.viewer, key)
    steps = Step.objects.of(viewer.city).filter(pair=pair).select_related("by").order_by("at", "id")
    units = unit_names(ReportingUnit.objects.of(viewer.city))
    seat = Appointment.objects.of(viewer.city).filter(pair=pair).select_related("session").first()
    now = PairState(pair.state)
    day = max(timezone.localdate(pair.activity.begins_at), timezone.localdate())
    shown = {
        "pair": pair,
        "state": state_cell(pair.state),
        "side": side_name(pair.unit),
        "amount": yi(pair.opportunity.amount_fen, 2) if pair.opportunity.amount_fen else None,
        "reasons": reason_rows(pair.reasons, units),
        "steps": [
            {"at": one.on.isoformat(), "what": state_cell(one.state)["text"], "who": called(one.by), "note": one.note}
            for one in steps
        ],
        "place": place_text(seat.session, seat) if seat else "",
        "fixed": bool(seat and seat.fixed),
        "others": [_other(one) for one in elsewhere(pair)],
        "warnings": firm_shown.warned(viewer, family(pair.enterprise), day),
        "moves": [(str(one), _(PAIR_STATES[one][0])) for one in PairState if may_follow(now, one)],
        "may": may_keep_pair(viewer, pair) and not pair.activity.cancelled_for,
        "added": moment(pair.added_at),
        "adder": called(pair.added_by),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "desk/matchmaking/pair.html", shown)


def _other(one: Pair) -> dict[str, Any]:
    """That another pair of the same firm stands on a board is everybody's to know; a link follows only what may be seen."""
    return {
        "activity": one.activity.title,
        "entry": one.opportunity.title,
        "side": side_name(one.unit),
        "state": state_cell(one.state),
    }


@desk_page(Can.OUTREACH, methods=("POST",))
def pair_move(request: Any, key: UUID) -> HttpResponse:
    """Say how far it has come."""
    pair = found_pair(request.viewer, key)
    _move(request, pair, request.POST.get("state", ""))
    return redirect("desk:pair", key)


def firms_of(activity: Activity) -> list[Enterprise]:
    """Firms on the activity's board, by name. One query."""
    rows = Enterprise.objects.of(activity.city_id)
    held = Pair.objects.of(activity.city_id).filter(activity=activity).order_by().values("enterprise_id")
    return list(rows.filter(pk__in=held).order_by("name", "id"))


def session_seen(viewer: Viewer, activity: Activity) -> Session | None:
    """The activity's hours and tables. One query."""
    found: Session | None = Session.objects.of(viewer.city).filter(activity=activity).first()
    return found
