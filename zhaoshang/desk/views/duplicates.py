"""Projects that may be one: the list, the search that fills it, a pair side by side with its points, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.likes import points_text, side
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import set_title
from zhaoshang.desk.refusals import say
from zhaoshang.people.rules import Can
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.deciding import AlreadyMerged, PairReasonMissing, decide_pair
from zhaoshang.review.models import DuplicatePair, PairDecision, Sweep
from zhaoshang.review.registering import deciders
from zhaoshang.review.rules import PAIR_STATE_LABELS, PairState, SweepState
from zhaoshang.review.sweeps import AlreadySweeping, ask_sweep, last_sweep
from zhaoshang.ui.filters import called, moment, named_short

MOST_EXPORTED = 20_000
_PILLS = {PairState.OPEN: "wait", PairState.SAME: "ok", PairState.RELATED: "todo", PairState.DIFFERENT: "off"}
_BUSY = (SweepState.WAITING, SweepState.RUNNING)


@desk_page(Can.READ_PAYMENTS)
def duplicate_list(request: Any) -> HttpResponse:
    """Pairs that the viewer may see, those to be decided unless another state is asked for."""
    viewer, wanted = request.viewer, chosen(request, {"state": ""})
    rows = DuplicatePair.objects.visible_to(viewer).select_related("first__unit", "second__unit")
    state = wanted.get("state", str(PairState.OPEN))
    rows = rows.filter(state=state) if state != "all" else rows
    if request.GET.get("xlsx"):
        return _as_sheet(viewer, rows)
    page, weights = page_of(request, rows), MATCHING.on(viewer.city, timezone.localdate())
    shown = {
        "page": page,
        "rows": [_row(viewer, pair) for pair in page.rows],
        "state": state,
        "states": [("all", _("全部")), *((str(key), _(text)) for key, text in PAIR_STATE_LABELS.items())],
        "may_decide": viewer.can(Can.DECIDE_DUPLICATES),
        "sweep": _sweep_shown(last_sweep(viewer.city)) if viewer.sees_all_units else None,
        "threshold": weights.read.threshold,
        "weights_title": set_title(weights),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/duplicates/list.html", shown)


def _name(viewer: Viewer, project: Project) -> str:
    return project.name if viewer.sees_unit(project.unit_id) else _("另一地区的相似项目")


def _place(viewer: Viewer, project: Project) -> str:
    return named_short(project.unit) if viewer.sees_unit(project.unit_id) else _("其他地区")


def _whole(viewer: Viewer, pair: DuplicatePair) -> bool:
    return viewer.sees_unit(pair.first.unit_id) and viewer.sees_unit(pair.second.unit_id)


def _row(viewer: Viewer, pair: DuplicatePair) -> dict[str, Any]:
    href = reverse("desk:duplicate", args=[pair.pk])
    return {
        "_href": href,
        "first": {"text": _name(viewer, pair.first), "href": href, "note": _place(viewer, pair.first)},
        "second": {"text": _name(viewer, pair.second), "note": _place(viewer, pair.second)},
        "score": pair.score,
        "why": points_text(pair.points) if _whole(viewer, pair) else _("内容不向本地区显示，请与市局联系。"),
        "state": {"text": _(PAIR_STATE_LABELS[PairState(pair.state)]), "pill": _PILLS[PairState(pair.state)]},
    }


def _as_sheet(viewer: Viewer, rows: Any) -> HttpResponse:
    heads = [
        Column(_("项目"), width=32), Column(_("地区")), Column(_("像的项目"), width=32), Column(_("地区")),
        Column(_("得分"), "integer"), Column(_("为什么像"), width=60), Column(_("判定")),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [_name(viewer, pair.first), _place(viewer, pair.first), _name(viewer, pair.second), _place(viewer, pair.second),
         pair.score, points_text(pair.points) if _whole(viewer, pair) else "", _(PAIR_STATE_LABELS[PairState(pair.state)])]
        for pair in rows.order_by("-score", "-id")[:MOST_EXPORTED]
    ]  # fmt: skip
    return sheet(heads, lines, _("疑似重复项目"), [])


def _sweep_shown(one: Sweep | None) -> dict[str, Any] | None:
    if one is None:
        return None
    told = {"found": one.found, "fresh": one.fresh, "at": moment(one.asked_at)}
    texts = {
        SweepState.DONE: _("%(at)s 查过：%(found)s 对达到分数，其中 %(fresh)s 对是新的。") % told,
        SweepState.FAILED: _("上次排查没有做完，请再查一次。"),
    }
    return {
        "state": one.state,
        "done": one.done,
        "total": one.total,
        "text": texts.get(SweepState(one.state), _("由后台进行，可以离开本页。")),
        "busy": one.state in _BUSY and not one.is_stalled(timezone.now()),
    }


@desk_page(Can.DECIDE_DUPLICATES)
def duplicate_progress(request: Any) -> HttpResponse:
    """The search's progress alone, as the page asks for it each second."""
    shown = _sweep_shown(last_sweep(request.viewer.city))
    response = render(request, "desk/duplicates/progress.html", {"sweep": shown})
    if shown is None or not shown["busy"]:
        response["HX-Refresh"] = "true"
    return response


@desk_page(Can.DECIDE_DUPLICATES, methods=("POST",))
def duplicate_sweep(request: Any) -> HttpResponse:
    """Have all projects compared."""
    viewer = request.viewer
    try:
        ask_sweep(city=viewer.city, by=viewer.user, at=timezone.now())
    except AlreadySweeping as refusal:
        messages.error(request, say(refusal, viewer))
    return redirect("desk:duplicate_list")


def _found(request: Any, key: UUID) -> DuplicatePair:
    rows = DuplicatePair.objects.visible_to(request.viewer).select_related(
        "first__unit", "first__enterprise", "second__unit", "second__enterprise", "city"
    )
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def duplicate_open(request: Any, key: UUID) -> HttpResponse:
    """A pair side by side, why they are alike, and what was said of them."""
    viewer, pair = request.viewer, _found(request, key)
    whole = _whole(viewer, pair)
    mine = pair.first if viewer.sees_unit(pair.first.unit_id) else pair.second
    said = PairDecision.objects.of(viewer.city).filter(pair=pair).select_related("by") if whole else []
    shown = {
        "pair": pair,
        "whole": whole,
        "mine": mine,
        "sides": [
            {"label": name, "first": first, "second": second, "same": _alike(first, second)}
            for (name, first), (_same, second) in zip(side(pair.first), side(pair.second), strict=True)
        ],
        "points": [
            (points_text([point]), point["points"]) for point in sorted(pair.points, key=lambda p: -p["points"])
        ],
        "state": {"text": _(PAIR_STATE_LABELS[PairState(pair.state)]), "pill": _PILLS[PairState(pair.state)]},
        "said": [_said(one) for one in said],
        "call": _("、").join(called(user) for user in deciders(viewer.city)),
        "may_decide": viewer.can(Can.DECIDE_DUPLICATES),
        "merged": pair.state == PairState.SAME,
        "verdicts": [
            ("", "—"),
            *((str(key), _(text)) for key, text in PAIR_STATE_LABELS.items() if key != pair.state),
        ],
    }
    return render(request, "desk/duplicates/pair.html", shown)


def _alike(first: Any, second: Any) -> dict[str, str] | None:
    """Whether two cells say the same; None where neither says anything."""
    texts = [cell["text"] if isinstance(cell, dict) else cell for cell in (first, second)]
    if texts == ["—", "—"]:
        return None
    return {"text": _("相同"), "pill": "ok"} if texts[0] == texts[1] else {"text": _("不同"), "pill": "todo"}


def _said(one: PairDecision) -> dict[str, Any]:
    verdict = PairState(one.verdict)
    what = (
        _("留待判定")
        if verdict == PairState.OPEN
        else _("判定为：%(state)s") % {"state": _(PAIR_STATE_LABELS[verdict])}
    )
    return {"at": moment(one.at), "what": what, "who": called(one.by), "note": one.reason, "kind": _PILLS[verdict]}


@desk_page(Can.DECIDE_DUPLICATES, methods=("POST",))
def duplicate_decide(request: Any, key: UUID) -> HttpResponse:
    """Say what the two are, or take it back."""
    pair, viewer = _found(request, key), request.viewer
    try:
        verdict = PairState(request.POST.get("verdict", ""))
    except ValueError:
        messages.error(request, _("请选一个判定。"))
        return redirect("desk:duplicate", key)
    try:
        decide_pair(
            pair=pair, verdict=verdict, reason=request.POST.get("reason", "")[:400], by=viewer.user, at=timezone.now()
        )
    except (PairReasonMissing, AlreadyMerged) as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已记下：%(state)s。") % {"state": _(PAIR_STATE_LABELS[verdict])})
    return redirect("desk:duplicate", key)
