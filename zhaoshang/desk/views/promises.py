"""Promises of both sides (双兑现): the list with what is overdue, one project's, and promised against real."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column
from zhaoshang.contracts.actions import promising
from zhaoshang.contracts.models import Promise, PromiseEntry
from zhaoshang.contracts.queries import compared, entries_of, first_overdue, promises_of, promises_seen
from zhaoshang.contracts.refusals import SAID
from zhaoshang.contracts.rules.promises import (
    ENTERED,
    MEASURE_LABELS,
    MET,
    SIDE_LABELS,
    STATUS_LABELS,
    Measure,
    Side,
    Status,
)
from zhaoshang.contracts.rules.sheets import rounded
from zhaoshang.desk import contracts_shown as shown_as
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.contracts import day_of, file_of, stored
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.people.rules import Can
from zhaoshang.projects.stages.actions import BadDay
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui import charts
from zhaoshang.ui.filters import named, number

REFUSED: tuple[type[Exception], ...] = (*SAID, Refused, BadDay)


@desk_page(Can.READ_PAYMENTS)
def promise_list(request: Any) -> HttpResponse:
    """The viewer's promises, newest first, ``?side= &status= &unit= &q=``; ``status=overdue`` or ``met``; ``xlsx=1`` for the file."""
    viewer, today = request.viewer, timezone.localdate()
    wanted = chosen(request, dict.fromkeys(("side", "status", "unit", "q")))
    rows = promises_seen(viewer, wanted, today)
    if request.GET.get("xlsx"):
        return _list_sheet(rows, today)
    page, late = page_of(request, rows), first_overdue(viewer, today)
    units = [(one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city)]
    statuses = [
        ("", _("全部")),
        ("overdue", _("已逾期")),
        ("met", _(MET)),
        *((str(one), _(text)) for one, text in STATUS_LABELS.items()),
    ]
    shown = {
        "page": page,
        "rows": [shown_as.promise_row(one, today) for one in page.rows],
        "late": [
            {
                "label": _("%(side)s逾期 %(count)s 条")
                % {"side": _(text), "count": number(late[side][0] if side in late else 0)},
                "href": f"?side={side}&status=overdue",
                "current": wanted.get("side") == side and wanted.get("status") == "overdue",
            }
            for side, text in SIDE_LABELS.items()
        ],
        "wanted": wanted,
        "sides": [("", _("全部")), *((str(one), _(text)) for one, text in SIDE_LABELS.items())],
        "statuses": statuses,
        "units": [("", _("全部")), *units] if viewer.sees_all_units else [],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/promises/list.html", shown)


def _list_sheet(rows: Any, today: Any) -> HttpResponse:
    heads = [
        Column(_("编号")),
        Column(_("项目"), width=30),
        Column(_("地区")),
        Column(_("承诺方")),
        Column(_("内容"), width=50),
        Column(_("金额（万元）"), "amount"),
        Column(_("数量")),
        Column(_("期限"), "date"),
        Column(_("责任单位"), width=24),
        Column(_("依据"), width=24),
        Column(_("状态"), width=16),
        Column(_("了结日期"), "date"),
    ]
    lines = [
        [
            one.project.code,
            one.project.name,
            named(one.project.unit),
            _(SIDE_LABELS[Side(one.side)]),
            one.text,
            None if one.amount_fen is None else in_unit(one.amount_fen, "万元"),
            one.quantity,
            one.due_on,
            one.responsible,
            one.document,
            shown_as.promise_status(one, today)["text"],
            one.settled_on,
        ]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("双兑现承诺"), [])


@desk_page(Can.READ_PAYMENTS)
def project_promises(request: Any, code: str) -> HttpResponse:
    """One project's promises with their logs, the forms to change them, and promised against real."""
    project, viewer, today = found_project(request, code), request.viewer, timezone.localdate()
    found = promises_of(project)
    for one in found:
        one.project = project
    logs, held = entries_of(project.city, found), compared(project, found, today)
    shown = {
        "project": project,
        "sides": [
            {
                "label": _(text),
                "promises": [_promise(one, logs[one.pk], today) for one in found if one.side == side],
            }
            for side, text in SIDE_LABELS.items()
        ],
        "year_columns": shown_as.year_columns(),
        "year_rows": shown_as.year_rows(project, held),
        "pictures": [_picture(held, one) for one in Measure if one and shown_as.year_points(held, one)],
        "mu": rounded(held.mu) if held.mu else "",
        "actuals": sorted(held.actuals.values(), key=lambda one: (-one.year, one.measure)),
        "measures": [(str(one), _(text)) for one, text in MEASURE_LABELS.items()],
        "entered": [(str(one), _(MEASURE_LABELS[one])) for one in ENTERED],
        "side_choices": [(str(one), _(text)) for one, text in SIDE_LABELS.items()],
        "today": today.isoformat(),
        "year": today.year,
        "may_write": viewer.can(Can.PREPARE_CONTRACT) and viewer.sees_unit(project.unit_id),
        "may_waive": viewer.can(Can.REVIEW_CONTRACT),
    }
    return render(request, "desk/promises/project.html", shown)


def _promise(one: Promise, entries: list[PromiseEntry], today: Any) -> dict[str, Any]:
    return {
        **shown_as.promise_row(one, today, with_project=False),
        "key": one.pk,
        "number": one.number,
        "one": one,
        "wan": "" if one.amount_fen is None else f"{in_unit(one.amount_fen, '万元').normalize():f}",
        "open": one.status == Status.OPEN,
        "lines": shown_as.entry_lines(entries),
    }


def _picture(held: Any, measure: Measure) -> dict[str, Any]:
    title = _("%(measure)s：实际与承诺（万元）") % {"measure": _(MEASURE_LABELS[measure])}
    points = shown_as.year_points(held, measure)
    return {"title": title, "drawing": charts.responsive(charts.bars, points, title=title, mark_label=_("承诺"))}


def _tried(request: Any, act: Any, said: str) -> None:
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)


def _fen(text: str) -> int | None:
    """万元 as typed, in fen; None for nothing."""
    return read_amount(text, "万元") if text.strip() else None


@desk_page(Can.PREPARE_CONTRACT, methods=("POST",))
def promise_new(request: Any, code: str) -> HttpResponse:
    """Register a promise."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        new = promising.NewPromise(
            side=Side(given["side"]) if given.get("side") in list(Side) else Side.ENTERPRISE,
            text=given.get("text", ""),
            due_on=day_of(given.get("due_on", "")),
            responsible=given.get("responsible", ""),
            document=given.get("document", ""),
            agreed_on=day_of(given.get("agreed_on", "")),
            measure=Measure(given["measure"]) if given.get("measure") in list(Measure) else Measure.OTHER,
            amount_fen=_fen(given.get("amount", "")),
            quantity=given.get("quantity", ""),
        )
        promising.make_promise(project=project, new=new, by=request.viewer.user, at=timezone.now())

    _tried(request, act, _("承诺已登记。"))
    return redirect("desk:project_promises", code)


def _seen(request: Any, key: UUID) -> Promise:
    rows = Promise.objects.visible_to(request.viewer).select_related("project__city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.PREPARE_CONTRACT, methods=("POST",))
def promise_amend(request: Any, key: UUID) -> HttpResponse:
    """Change terms by a supplement."""
    promise, given = _seen(request, key), request.POST

    def act() -> None:
        promising.amend_promise(
            promise=promise,
            document=given.get("document", ""),
            agreed_on=day_of(given.get("agreed_on", "")),
            reason=given.get("reason", ""),
            text=given.get("text", promise.text).strip()[:400],
            due_on=day_of(given.get("due_on", "")),
            responsible=given.get("responsible", promise.responsible).strip()[:120],
            amount_fen=_fen(given.get("amount", "")),
            by=request.viewer.user,
            at=timezone.now(),
        )

    _tried(request, act, _("已按补充协议变更，原来的内容留在记录里。"))
    return redirect("desk:project_promises", promise.project.code)


@desk_page(Can.PREPARE_CONTRACT, Can.REVIEW_CONTRACT, methods=("POST",))
def promise_settle(request: Any, key: UUID) -> HttpResponse:
    """Kept, broken or waived."""
    promise, given = _seen(request, key), request.POST

    def act() -> None:
        promising.settle_promise(
            promise=promise,
            status=Status(given["status"]) if given.get("status") in list(Status) else Status.OPEN,
            on=day_of(given.get("on", "")),
            reason=given.get("reason", ""),
            **file_of(request),
            by=request.viewer.user,
            at=timezone.now(),
        )

    _tried(request, act, _("承诺已了结。"))
    return redirect("desk:project_promises", promise.project.code)


@desk_page(Can.PREPARE_CONTRACT, methods=("POST",))
def actual_new(request: Any, code: str) -> HttpResponse:
    """Enter a year's tax or output."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        year, amount = given.get("year", ""), _fen(given.get("amount", ""))
        if not year.isascii() or not year.isdigit() or len(year) != 4:
            raise BadDay(year)
        if amount is None or given.get("measure") not in list(ENTERED):
            raise promising.PromiseIncomplete
        told = {"document": given.get("document", ""), "by": request.viewer.user, "at": timezone.now()}
        promising.enter_actual(
            project=project, year=int(year), measure=Measure(given["measure"]), amount_fen=amount, **told
        )

    _tried(request, act, _("已登记。"))
    return redirect("desk:project_promises", code)


@desk_page(Can.READ_PAYMENTS)
def promise_file(request: Any, key: UUID) -> HttpResponse:
    """The file that shows a promise was kept."""
    rows = PromiseEntry.objects.visible_to(request.viewer).exclude(digest="").select_related("promise__project__city")
    entry = get_object_or_404(rows, pk=key)
    return stored(request, entry.promise.project, entry.digest, entry.mime, entry.name)
