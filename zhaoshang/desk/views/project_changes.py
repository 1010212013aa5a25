"""Projects changed in Excel: the workbook that leaves, and its way back: seen cell by cell, accepted as a whole or not at all."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.problems import Problem, Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import attachment, page_of, sorted_by
from zhaoshang.desk.project_filters import asked, filtered, order_of
from zhaoshang.people.rules import Can
from zhaoshang.review.intake import Faulty
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_changes import NothingChanged, accept_changes, changes_in, receive_changes
from zhaoshang.review.project_sheet import LABELS, MOST_ROWS, WORDS, Change, change_sheet
from zhaoshang.review.workbooks.messages import MESSAGES
from zhaoshang.ui.filters import moment, number, percent, wan
from zhaoshang.ui.widgets import FileDrop

MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ChangeForm(forms.Form):
    """The workbook that came back."""

    file = forms.FileField(label=gettext_lazy("改好的表"), widget=FileDrop(".xlsx,.xls,.csv"))


@desk_page(Can.ADVANCE_STAGE)
def project_change_export(request: Any) -> HttpResponse:
    """What the list shows, under the same filters, as a workbook that may come back changed."""
    wanted = asked(request)
    rows, order = filtered(request.viewer, wanted).select_related("unit", "enterprise"), order_of(wanted)
    ordered = sorted_by(rows, order) if order else rows.order_by("-id")
    notes = [
        (
            _("怎么改"),
            _("改投资方、落地地点、来源地、行业、合同额、外来股比；其余各栏只供辨认。可以删行，不要改编号和导出标记。"),
        ),
        (_("行数"), _("最多 %(most)s 行；更多的请先筛选。") % {"most": number(MOST_ROWS)}),
        (_("导出时间"), moment(timezone.now())),
    ]
    return attachment(
        change_sheet(ordered[:MOST_ROWS], notes), XLSX, f"{_('项目改表')}-{timezone.localdate():%Y%m%d}.xlsx"
    )


@desk_page(Can.ADVANCE_STAGE, methods=("GET", "POST"))
def project_changes(request: Any) -> HttpResponse:
    """Send one; below, those sent before."""
    viewer = request.viewer
    form = ChangeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet = receive_changes(
                city=viewer.city, content=file.read(), filename=file.name or "", by=viewer.user, at=timezone.now()
            )
            return redirect("desk:project_change_sheet", sheet.pk)
        except Refused as refusal:
            form.add_error("file", ValidationError(_(refusal.template).format(**refusal.params)))
    page = page_of(request, ChangeSheet.objects.visible_to(viewer))
    shown = {"form": form, "page": page, "rows": [_sent(one) for one in page.rows]}
    return render(request, "desk/projects/changes.html", shown, status=422 if form.errors else 200)


def _sent(one: ChangeSheet) -> dict[str, Any]:
    href = reverse("desk:project_change_sheet", args=[one.pk])
    state = (_("已采纳"), "ok") if one.accepted_at else (_("待采纳"), "wait")
    return {
        "_href": href,
        "name": {"text": one.name, "href": href},
        "sent": moment(one.sent_at),
        "state": {"text": state[0], "pill": state[1]},
    }


def _found(request: Any, key: UUID) -> ChangeSheet:
    rows = ChangeSheet.objects.visible_to(request.viewer).select_related("city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.ADVANCE_STAGE)
def project_change_sheet(request: Any, key: UUID) -> HttpResponse:
    """What it would change, cell by cell, and what is wrong; once accepted, what it changed."""
    return _preview(request, _found(request, key))


def _preview(request: Any, sheet: ChangeSheet, status: int = 200) -> HttpResponse:
    if sheet.accepted_at:
        rows = [_kept_row(*one) for one in sheet.changes[:MOST_SHOWN]]
        return render(request, "desk/projects/change_sheet.html", _shown(sheet, rows, len(sheet.changes)))
    found = changes_in(sheet, request.viewer)
    rows = [_row(one) for one in found.changes[:MOST_SHOWN]]
    shown = _shown(sheet, rows, len(found.changes)) | {
        "same": number(found.same),
        "problem_count": number(len(found.problems)),
        "problem_rows": [_problem(one) for one in found.problems[:MOST_SHOWN]],
        "may_accept": bool(found.changes) and not found.problems,
        "projects": number(len(found.by_project())),
    }
    return render(request, "desk/projects/change_sheet.html", shown, status=status)


def _shown(sheet: ChangeSheet, rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {"sheet": sheet, "rows": rows, "count": number(count), "more": count > len(rows), "problem_rows": []}


def _row(one: Change) -> dict[str, Any]:
    row = _kept_row(one.project.code, one.cell, one.field, one.old, one.new)
    return row | {"project": {**row["project"], "text": one.project.name, "note": one.project.code}}


def _kept_row(code: str, cell: str, field: str, old: Any, new: Any) -> dict[str, Any]:
    href = reverse("desk:project", args=[code])
    return {
        "cell": cell,
        "project": {"text": code, "href": href},
        "field": _(LABELS[field]),
        "old": _said(field, old),
        "new": _said(field, new),
    }


def _said(field: str, value: Any) -> str | None:
    if field == "contract_fen":
        return wan(value)
    return percent(value / 100, 2, unit=False) if field == "outside_share_bp" else str(value) or None


def _problem(one: Problem) -> dict[str, Any]:
    told: dict[str, Any] = {"text": _((WORDS | MESSAGES)[one.code]).format(**one.params)}
    if one.code == "frozen":
        told["href"] = reverse("desk:project_amend", args=[one.params["project"]])
    return {"cell": one.cell, "value": one.value, "message": told}


@desk_page(Can.ADVANCE_STAGE, methods=("POST",))
def project_change_accept(request: Any, key: UUID) -> HttpResponse:
    """Write it, all or nothing."""
    sheet = _found(request, key)
    try:
        accept_changes(sheet=sheet, by=request.viewer.user, at=timezone.now())
    except (Faulty, NothingChanged):
        messages.error(request, _("没有采纳：表里有要改正的地方，或与在册的完全相同。请看下面的最新情况。"))
        return _preview(request, sheet, status=409)
    messages.success(request, _("已采纳，逐项记入日志。"))
    return redirect("desk:project_change_sheet", sheet.pk)
