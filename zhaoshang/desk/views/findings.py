"""What is wrong: the list with its picture, the sweep that fills it, one finding, its explanation and a second person's judgement."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import target_href, unit_choices, with_xlsx
from zhaoshang.desk.findings_shown import finding_row, label_of, pile_shown, sentence, state_pill, story
from zhaoshang.desk.lists import Order, chosen, page_by, sheet, sorted_by
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.projects import MOST_EXPORTED
from zhaoshang.duties.queries import rules_on
from zhaoshang.duties.rules import SUPERIOR_LABELS, Superior
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.findings.keeping import (
    ExplanationMissing,
    NotWaiting,
    OwnExplanation,
    accept_explanation,
    explain_finding,
    refuse_explanation,
)
from zhaoshang.review.findings.kinds import BY_CODE, KINDS
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.review.findings.summary import by_kind
from zhaoshang.review.models import Sweep
from zhaoshang.review.rules import FINDING_STATE_LABELS, FindingState, Sought, SweepState
from zhaoshang.review.sweeps import AlreadySweeping, ask_sweep, last_sweep
from zhaoshang.ui import charts
from zhaoshang.ui.filters import called, moment, named, number

FILTERS = dict.fromkeys(("unit", "kind", "state", "owner", "to"))
REFUSED = (ExplanationMissing, NotWaiting, OwnExplanation)
DEAREST_FIRST = Order("at_stake_fen", falling=True)
_BUSY = (SweepState.WAITING, SweepState.RUNNING)


def filtered(viewer: Viewer, wanted: dict[str, str]) -> Any:
    """The viewer's findings by the filters of the address; those that wait unless another state is asked for."""
    rows = Finding.objects.visible_to(viewer)
    state = wanted.get("state", "")
    if state in list(FindingState):
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(state__in=WAITING)
    for name, column in (("unit", "unit__code"), ("kind", "kind"), ("to", "superior")):
        if name in wanted:
            rows = rows.filter(**{column: wanted[name]})
    if wanted.get("owner") == "me":
        rows = rows.filter(owner=viewer.user)
    return rows.select_related("unit", "owner", "project")


@desk_page(Can.READ_PAYMENTS)
def finding_list(request: Any) -> HttpResponse:
    """Everything that is wrong, the most costly first, with how much of it each unit has."""
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    rules, rows = rules_on(viewer.city, timezone.localdate()), filtered(viewer, wanted)
    if request.GET.get("xlsx"):
        return _as_sheet(rows, rules)
    page = page_by(request, rows, DEAREST_FIRST)
    may_sweep = viewer.can(Can.SWEEP_FINDINGS)
    shown = {
        "page": page,
        "rows": [finding_row(one, rules) for one in page.rows],
        "wanted": wanted,
        "units": unit_choices(viewer),
        "kinds": [("", _("全部")), *((one.code, _(one.label)) for one in KINDS)],
        "states": [
            ("", _("待处理与待复核")),
            ("all", _("全部")),
            *((str(one), _(text)) for one, text in FINDING_STATE_LABELS.items()),
        ],
        "owners": [("", _("全部")), ("me", _("我负责的"))],
        "superiors": [("", _("全部")), *((str(one), _(SUPERIOR_LABELS[one])) for one in Superior)],
        "may_sweep": may_sweep,
        "sweep": sweep_shown(last_sweep(viewer.city, Sought.FINDINGS)) if viewer.sees_all_units else None,
        **_picture(viewer),
        "xlsx_url": with_xlsx(request),
    }
    return render(request, "desk/findings/list.html", shown)


def _picture(viewer: Viewer) -> dict[str, Any]:
    """What waits, by unit and by kind. Three queries."""
    counted: dict[tuple[Any, str], int] = {}
    rows = Finding.objects.visible_to(viewer).filter(state__in=WAITING).order_by()
    for unit, kind, count in rows.values_list("unit_id", "kind").annotate(count=Count("id")):
        counted[unit, kind] = count
    names = [_("数据疑点"), _("责任与时限"), _("进展停滞")]
    points = []
    for unit in ReportingUnit.objects.of(viewer.city):
        parts = [0, 0, 0]
        for (key, kind), count in counted.items():
            if key == unit.pk:
                parts[_family(kind)] += count
        if sum(parts):
            drawn = [charts.Part(Decimal(part), str(part)) for part in parts]
            href = f"{reverse('desk:finding_list')}?unit={unit.code}"
            points.append(charts.Stack(named(unit), drawn, number(sum(parts)), href))
    return {
        "waiting": sum(counted.values()),
        "piles": [pile_shown(one) for one in by_kind(rows)],
        "drawing": charts.responsive(charts.stacked_bars, points, names, title=_("各地区待处理的异常"))
        if points
        else "",
    }


def _family(kind: str) -> int:
    """Doubts about figures, duties, standstills."""
    if kind in BY_CODE and BY_CODE[kind].about_figures:
        return 0
    return 2 if kind in ("stall_note", "stall_money", "start") else 1


def _as_sheet(rows: Any, rules: Any) -> HttpResponse:
    heads = [
        Column(_("种类")), Column(_("对象"), width=36), Column(_("问题"), width=60),
        Column(_("涉及金额（万元）"), "amount"), Column(_("地区")), Column(_("责任人")),
        Column(_("首次发现"), "time"), Column(_("时限"), "date"), Column(_("状态")), Column(_("说明"), width=40),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [label_of(one.kind), one.subject, sentence(one, rules), in_unit(one.at_stake_fen, "万元") if one.at_stake_fen else None,
         named(one.unit) if one.unit else "",
         called(one.owner) if one.owner else "", timezone.localtime(one.first_seen_at), one.due_on, state_pill(one)["text"],
         one.explanation]
        for one in sorted_by(rows, DEAREST_FIRST)[:MOST_EXPORTED]
    ]  # fmt: skip
    return sheet(heads, lines, _("异常清单"), [])


def sweep_shown(one: Sweep | None) -> dict[str, Any] | None:
    """How far the last sweep is."""
    if one is None:
        return None
    told = {"found": one.found, "fresh": one.fresh, "at": moment(one.asked_at)}
    texts = {
        SweepState.DONE: _("%(at)s 查过：现有 %(found)s 条，其中 %(fresh)s 条是新的。") % told,
        SweepState.FAILED: _("上次排查没有做完，请再查一次。"),
    }
    return {
        "state": one.state,
        "done": one.done,
        "total": one.total,
        "text": texts.get(SweepState(one.state), _("由后台进行，可以离开本页。")),
        "busy": one.state in _BUSY and not one.is_stalled(timezone.now()),
    }


@desk_page(Can.SWEEP_FINDINGS, methods=("POST",))
def finding_sweep(request: Any) -> HttpResponse:
    """Have everything looked through."""
    viewer = request.viewer
    try:
        ask_sweep(city=viewer.city, by=viewer.user, at=timezone.now(), sought=Sought.FINDINGS)
    except AlreadySweeping as refusal:
        messages.error(request, say(refusal, viewer))
    return redirect("desk:finding_list")


@desk_page(Can.SWEEP_FINDINGS)
def finding_progress(request: Any) -> HttpResponse:
    """The sweep's progress alone, as the page asks for it each second."""
    shown = sweep_shown(last_sweep(request.viewer.city, Sought.FINDINGS))
    response = render(request, "desk/findings/progress.html", {"sweep": shown})
    if shown is None or not shown["busy"]:
        response["HX-Refresh"] = "true"
    return response


def _found(request: Any, key: UUID) -> Finding:
    rows = Finding.objects.visible_to(request.viewer)
    rows = rows.select_related("unit", "owner", "project", "explained_by", "accepted_by", "city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def finding_open(request: Any, key: UUID) -> HttpResponse:
    """One finding: what is wrong, where it is put right, what was said, and the forms to explain or judge."""
    one, viewer = _found(request, key), request.viewer
    rules = rules_on(viewer.city, timezone.localdate())
    explained = one.state == FindingState.EXPLAINED
    shown = {
        "finding": one,
        "row": finding_row(one, rules),
        "label": label_of(one.kind),
        "sentence": sentence(one, rules),
        "fix": {
            "text": _(BY_CODE[one.kind].fix) if one.kind in BY_CODE else _("打开"),
            "href": target_href(one.href_name, one.href_id),
        },
        "facts": [
            (name, text)
            for name, text in (
                (_("地区"), named(one.unit) if one.unit else _("全市")),
                (_("责任人"), called(one.owner) if one.owner else _("未定")),
                (_("处理时限"), one.due_on.isoformat()),
                (_("告知"), _(SUPERIOR_LABELS[Superior(one.superior)]) if one.superior else ""),
            )
            if text
        ],
        "story": story(one),
        "may_explain": one.state == FindingState.OPEN and viewer.can(Can.WORK_DUTIES),
        "may_judge": explained and viewer.can(Can.ACCEPT_FINDINGS) and one.explained_by_id != viewer.user.pk,
        "may_order": viewer.can(Can.SUPERVISE),
    }
    return render(request, "desk/findings/finding.html", shown)


@desk_page(Can.WORK_DUTIES, methods=("POST",))
def finding_explain(request: Any, key: UUID) -> HttpResponse:
    """Say why it is right as it is."""
    one, text = _found(request, key), request.POST.get("text", "")[:1000]
    return _done(
        request, one, lambda: explain_finding(finding=one, text=text, by=request.viewer.user, at=timezone.now())
    )


@desk_page(Can.ACCEPT_FINDINGS, methods=("POST",))
def finding_judge(request: Any, key: UUID) -> HttpResponse:
    """Accept an explanation, or refuse it and say why."""
    one, given = _found(request, key), request.POST
    said: dict[str, Any] = {"finding": one, "by": request.viewer.user, "at": timezone.now()}
    if given.get("verdict") == "accept":
        return _done(request, one, lambda: accept_explanation(**said))
    return _done(request, one, lambda: refuse_explanation(text=given.get("text", "")[:1000], **said))


def _done(request: Any, one: Finding, act: Any) -> HttpResponse:
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已记下。"))
    return redirect("desk:finding", one.pk)
