"""Assessments: the list, one table, and the steps of its course."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.assessments import assessing
from zhaoshang.assessments.models import Assessment, Objection
from zhaoshang.assessments.queries import (
    Result,
    assessments_for,
    issued_regulations,
    objections_of,
    result_of,
)
from zhaoshang.assessments.rules.states import VERDICT_LABELS, Purpose, State, Verdict
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import Names, ordered, state_pill, table_columns, table_rows
from zhaoshang.desk.assessment_paper import document_of, explained, notes_of
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import address, attachment, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.shown import known_months, period_asked, periods_offered
from zhaoshang.desk.views.bulletins import FORMS
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui import charts
from zhaoshang.ui.filters import called, clause, date_, moment, period

REFUSED = (
    assessing.NotInForce,
    assessing.WrongState,
    assessing.BadWindow,
    assessing.WindowOpen,
    assessing.Undecided,
    assessing.Incomplete,
)
VERDICT_PILLS = {Verdict.OPEN: "wait", Verdict.UPHELD: "ok", Verdict.REJECTED: "off"}
MOST_SHOWN = 200


def found_assessment(viewer: Viewer, key: UUID) -> Assessment:
    """The assessment; a draft only for those who run them."""
    return get_object_or_404(assessments_for(viewer), pk=key)


@desk_page(Can.READ_FIGURES)
def assessment_list(request: Any) -> HttpResponse:
    """Assessments, the latest period first; those who run them can begin one here."""
    viewer = request.viewer
    months = known_months(viewer.city)
    may = viewer.can(Can.ASSESS)
    shown = {
        "rows": [_list_row(one) for one in assessments_for(viewer)[:MOST_SHOWN]],
        "may_run": may,
        "regulations": issued_regulations(viewer.city, Purpose.SCORES) if may else [],
        "offered": periods_offered(months, period_asked(request, months)) if months else [],
    }
    return render(request, "desk/assessments/list.html", shown)


def _list_row(one: Assessment) -> dict[str, Any]:
    href = reverse("desk:assessment_open", args=[one.pk])
    return {
        "_href": href,
        "title": {"text": one.title, "href": href, "note": _("示例") if one.is_sample else None},
        "period": period(one.period),
        "state": state_pill(one),
        "regulation": one.regulation.title,
        "window": f"{date_(one.objections_from)} – {date_(one.objections_until)}" if one.objections_from else "",
        "final": date_(one.final_at) if one.final_at else "",
    }


@desk_page(Can.ASSESS, methods=("POST",))
def assessment_new(request: Any) -> HttpResponse:
    """Begin a draft for a period under an issued regulation."""
    given, city = request.POST, request.viewer.city
    regulation = next(
        (one for one in issued_regulations(city, Purpose.SCORES) if one.code == given.get("regulation")), None
    )
    try:
        when = Period.parse(given.get("period", ""))
    except NotAPeriod:
        messages.error(request, _("没有选时期。"))
        return redirect("desk:assessment_list")
    if regulation is None:
        raise Http404
    title = given.get("title", "").strip()[:120] or _("%(period)s招商引资考核") % {"period": period(when)}
    try:
        made = assessing.start_assessment(
            city=city, regulation=regulation, period=when, title=title, by=request.viewer.user, at=timezone.now()
        )
    except assessing.NotInForce as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:assessment_list")
    return redirect("desk:assessment_open", made.pk)


@desk_page(Can.READ_FIGURES)
def assessment_open(request: Any, key: UUID) -> HttpResponse:
    """The table of all units with every article's points; ``xlsx=1`` for the file with the explanations."""
    viewer = request.viewer
    one = found_assessment(viewer, key)
    result = result_of(one)
    if request.GET.get("xlsx"):
        columns, lines = explained(result, Names(one.city, result.scheme))
        return sheet(columns, lines, one.title, notes_of(result))
    objections = [row for row in objections_of(one) if viewer.sees_unit(row.unit_id)]
    today, rows = timezone.localdate(), table_rows(result, viewer.unit_ids)
    shown = {
        "one": one,
        "state": state_pill(one),
        "result": result,
        "columns": table_columns(result.scheme, any("told" in row for row in rows)),
        "rows": rows,
        "drawing": _drawing(result),
        "story": _story(result, objections),
        "objections": [objection_row(row) for row in objections],
        "waiting": sum(1 for row in objections if row.verdict == Verdict.OPEN),
        "may_run": viewer.can(Can.ASSESS),
        "may_object": viewer.can(Can.OBJECT) and in_window(one),
        "over": one.objections_until is not None and today > one.objections_until,
        "today": today,
        "own": [unit for unit in result.units.values() if unit.pk in viewer.unit_ids],
        "xlsx_url": f"{address(request)}&xlsx=1",
        "tie_lines": _("、").join(map(clause, result.scheme.ties)),
    }
    return render(request, "desk/assessments/table.html", shown)


def in_window(one: Assessment) -> bool:
    """Whether objections are taken today."""
    if one.state != State.SHOWN or one.objections_from is None or one.objections_until is None:
        return False
    return bool(one.objections_from <= timezone.localdate() <= one.objections_until)


def _drawing(result: Result) -> Any:
    points = [
        charts.Point(
            named(result.units[row["unit"]]),
            Decimal(row["total"]),
            f"{row['total']}" + (f" · {row['rank']}" if row["rank"] else ""),
            reverse("desk:unit_sheet", args=[result.assessment.pk, row["unit"]]),
        )
        for row in ordered(result)
        if row["total"] is not None
    ]
    return charts.responsive(charts.bars, points, title=_("各地区得分和名次")) if points else ""


def objection_row(one: Objection) -> dict[str, Any]:
    """An objection in a list."""
    href = reverse("desk:objection_open", args=[one.pk])
    verdict = Verdict(one.verdict)
    return {
        "_href": href,
        "unit": {"text": named(one.unit), "href": href},
        "article": clause(one.article),
        "reason": one.reason,
        "raised": {"text": date_(one.raised_at), "note": called(one.raised_by)},
        "verdict": {"text": _(VERDICT_LABELS[verdict]), "pill": VERDICT_PILLS[verdict], "href": href},
    }


def _story(result: Result, objections: list[Objection]) -> list[dict[str, Any]]:
    """What happened, newest first."""
    one = result.assessment
    told: list[tuple[Any, dict[str, Any]]] = [(one.drafted_at, {"what": _("已起草"), "who": called(one.drafted_by)})]
    if one.shown_at:
        window = _("异议期 %(first)s 至 %(last)s") % {
            "first": date_(one.objections_from), "last": date_(one.objections_until),
        }  # fmt: skip
        told.append((one.shown_at, {"what": _("已公示"), "who": called(one.shown_by), "note": window, "kind": "wait"}))
    for row in objections:
        told += _objection_story(row)
    if one.final_at:
        told.append((one.final_at, {"what": _("已定稿"), "who": called(one.final_by), "kind": "ok"}))
    told.sort(key=lambda item: item[0])
    return [{"at": moment(at), **row} for at, row in reversed(told)]


def _objection_story(row: Objection) -> list[tuple[Any, dict[str, Any]]]:
    href, about = reverse("desk:objection_open", args=[row.pk]), {"unit": named(row.unit), "no": clause(row.article)}
    raised = {
        "what": _("%(unit)s对第%(no)s条提出异议") % about,
        "who": called(row.raised_by),
        "href": href,
        "kind": "warn",
    }
    if row.decided_by is None:
        return [(row.raised_at, raised)]
    words = _("%(unit)s第%(no)s条异议：%(verdict)s") % {
        **about,
        "verdict": _(VERDICT_LABELS[Verdict(row.verdict)]),
    }
    decided = {"what": words, "who": called(row.decided_by), "note": row.answer, "href": href}
    return [(row.raised_at, raised), (row.decided_at, decided)]


def _step(request: Any, key: UUID, act: Callable[[Assessment], object], done: str) -> HttpResponse:
    """One step of the course, then back to the table with what came of it."""
    one = found_assessment(request.viewer, key)
    try:
        act(one)
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, done)
    return redirect("desk:assessment_open", key)


@desk_page(Can.ASSESS, methods=("POST",))
def assessment_recompute(request: Any, key: UUID) -> HttpResponse:
    """Compute a draft again from the account as it is now."""
    who = {"by": request.viewer.user, "at": timezone.now()}
    return _step(
        request, key, lambda one: assessing.recompute_assessment(assessment=one, **who), _("已按现在的账重算。")
    )


@desk_page(Can.ASSESS, methods=("POST",))
def assessment_show(request: Any, key: UUID) -> HttpResponse:
    """Show a draft to the districts, with the days on which they may object."""
    days = []
    for name in ("objections_from", "objections_until"):
        try:
            days.append(parse_date(request.POST.get(name, "")))
        except ValueError:
            days.append(None)
    first, last = days
    if first is None or last is None:
        messages.error(request, _("请写异议期的起止日期。"))
        return redirect("desk:assessment_open", key)
    return _step(
        request,
        key,
        lambda one: assessing.show_assessment(
            assessment=one, objections_from=first, objections_until=last, today=timezone.localdate(),
            by=request.viewer.user, at=timezone.now(),
        ),
        _("已公示，各地区可以看到得分并提出异议。"),
    )  # fmt: skip


@desk_page(Can.ASSESS, methods=("POST",))
def assessment_finish(request: Any, key: UUID) -> HttpResponse:
    """Make it final."""
    who = {"by": request.viewer.user, "at": timezone.now(), "today": timezone.localdate()}
    return _step(request, key, lambda one: assessing.finish_assessment(assessment=one, **who), _("已定稿，不再变动。"))


@desk_page(Can.ASSESS, methods=("POST",))
def assessment_discard(request: Any, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    one = found_assessment(request.viewer, key)
    try:
        assessing.discard_assessment(assessment=one, by=request.viewer.user, at=timezone.now())
    except assessing.WrongState as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:assessment_open", key)
    messages.success(request, _("草稿已弃置。"))
    return redirect("desk:assessment_list")


@desk_page(Can.READ_FIGURES)
def assessment_file(request: Any, key: UUID, ext: str) -> HttpResponse:
    """The table and each unit's explanation as docx or pdf."""
    one = found_assessment(request.viewer, key)
    if ext not in FORMS:
        raise Http404
    write, mime = FORMS[ext]
    result = result_of(one)
    issuer = _("%(city)s招商引资主管部门") % {"city": named(one.city)}
    return attachment(write(document_of(result, Names(one.city, result.scheme), issuer)), mime, f"{one.title}.{ext}")
