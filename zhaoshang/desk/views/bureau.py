"""The monthly reconciliation with the statistics bureau: three lists of differences, each to be explained by a person."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital import reconciliation
from zhaoshang.capital.matching import DIFFERENCE_LABELS, Difference, Pair
from zhaoshang.capital.reconciliation import Account, Open, reconcile
from zhaoshang.common.files import safe_name
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.bureau import ExplainForm, LineForm, ReturnForm
from zhaoshang.desk.lists import sheet
from zhaoshang.desk.shown import known_months
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.bureau_return import WORDS, read_return
from zhaoshang.review.workbooks.messages import MESSAGES
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, number, wan
from zhaoshang.ui.filters import month as month_words

MOST_PROBLEMS = 50


def _month(request: Any) -> int:
    try:
        asked = Period.parse(request.GET.get("month", ""))
    except NotAPeriod:
        known = known_months(request.viewer.city)
        return known.last if known else Period.parse("2023-03").last
    return asked.last


def _units(city: City) -> list[ReportingUnit]:
    return list(ReportingUnit.objects.of(city))


def _unit_names(city: City) -> dict[str, str]:
    return {unit.code: named(unit) for unit in _units(city)} | {"": ""}


def _address(month: int) -> str:
    return reverse("desk:bureau") + f"?month={Period(month, month)}"


@desk_page(Can.RECONCILE)
def bureau(request: Any) -> HttpResponse:
    """The month's reconciliation, ``?month=``; ``xlsx=1`` for the three lists as a file."""
    account = reconcile(request.viewer.city, _month(request))
    if request.GET.get("xlsx"):
        return _file(account, _unit_names(request.viewer.city))
    return _page(request, account, ReturnForm())


def _page(request: Any, account: Account, form: ReturnForm, problems: Sequence[Problem] = ()) -> HttpResponse:
    months, month = known_months(request.viewer.city), account.month
    numbers = list(reversed(list(months.months))) if months else [month]
    names = _unit_names(request.viewer.city)
    shown = {
        "account": account,
        "month": month,
        "months": [(str(Period(one, one)), month_words(one)) for one in numbers],
        "chosen": str(Period(month, month)),
        "lists": [
            {"kind": kind, "label": _(DIFFERENCE_LABELS[kind]), "found": account.of_kind(kind)} for kind in Difference
        ],
        "names": names,
        "pairs": [_pair(pair, names) for pair in account.held.pairs if not pair.differs],
        "form": form,
        "problem_rows": [
            {"cell": one.cell, "value": one.value, "message": _((WORDS | MESSAGES)[one.code]).format(**one.params)}
            for one in problems[:MOST_PROBLEMS]
        ],
        "problem_count": number(len(problems)),
        "here": _address(month),
    }
    return render(request, "desk/bureau/month.html", shown)


def _problem(one: Problem) -> dict[str, Any]:
    return {"cell": one.cell, "value": one.value, "message": _((WORDS | MESSAGES)[one.code]).format(**one.params)}


def _pair(pair: Pair, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": {"text": pair.ours.name, "href": reverse("desk:project", args=[pair.ours.key])},
        "unit": names[pair.ours.unit],
        "ours": wan(pair.ours.amount_fen),
        "theirs": wan(pair.theirs.month_fen) if pair.theirs.month_fen is not None else None,
    }


@desk_page(Can.RECONCILE, methods=("POST",))
def bureau_upload(request: Any) -> HttpResponse:
    """Take in the bureau's file: all or nothing, problems by cell."""
    city, month = request.viewer.city, _month(request)
    form = ReturnForm(request.POST, request.FILES)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_return(file.read(), file.name, _units(city))
        except Refused as refusal:
            form.add_error("file", ValidationError(_(refusal.template).format(**refusal.params)))
        else:
            problems = found.problems
            if not problems:
                changed = reconciliation.record_return(
                    city=city,
                    month=month,
                    rows=found.rows,
                    source=safe_name(file.name),
                    by=request.viewer.user,
                    at=timezone.now(),
                )
                said = _("已收入 %(count)s 行。") if changed else _("与在册的完全相同，没有改动（%(count)s 行）。")
                messages.success(request, said % {"count": number(len(found.rows))})
                return redirect(_address(month))
    return _page(request, reconcile(city, month), form, problems)


@desk_page(Can.RECONCILE, methods=("GET", "POST"))
def bureau_line(request: Any) -> HttpResponse:
    """Enter one line by hand."""
    city, month = request.viewer.city, _month(request)
    form = LineForm(request.POST or None, units=_units(city))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        source = given.pop("source")
        row = reconciliation.ReturnRow(**given)
        reconciliation.enter_line(
            city=city, month=month, row=row, source=source, by=request.viewer.user, at=timezone.now()
        )
        messages.success(request, _("已记录“%(name)s”。") % {"name": row.name})
        return redirect(_address(month))
    return render(request, "desk/bureau/line.html", {"form": form, "month": month, "back": _address(month)})


@desk_page(Can.RECONCILE, methods=("POST",))
def bureau_explain(request: Any) -> HttpResponse:
    """Explain one difference."""
    month, form = _month(request), ExplainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明原因，四百字以内。"))
        return redirect(_address(month))
    given = form.cleaned_data
    try:
        reconciliation.explain(
            city=request.viewer.city,
            month=month,
            kind=Difference(given["kind"]),
            subject=given["subject"],
            text=given["text"],
            by=request.viewer.user,
            at=timezone.now(),
        )
    except reconciliation.NoSuchDifference:
        messages.warning(request, _("这处差异已经不在了，没有记录说明。"))
    else:
        messages.success(request, _("说明已记录在册。"))
    return redirect(_address(month))


def _file(account: Account, names: dict[str, str]) -> HttpResponse:
    columns = [
        Column(_("差异"), width=18),
        Column(_("项目（本账）"), width=34),
        Column(_("纳统名称"), width=34),
        Column(_("地区"), width=18),
        Column(_("本月到位（万元）"), "amount", 6, 20),
        Column(_("本月纳统投资（万元）"), "amount", 6, 20),
        Column(_("说明"), width=40),
        Column(_("说明人"), width=14),
    ]
    rows = [_file_row(one, names) for kind in Difference for one in account.of_kind(kind)]
    notes = [(_("月份"), month_words(account.month)), (_("未说明"), str(account.open_count))]
    return sheet(
        columns, rows, _("与统计局核对-%(month)s") % {"month": str(Period(account.month, account.month))}, notes
    )


def _file_row(one: Open, names: dict[str, str]) -> list[Any]:
    ours, theirs, note = one.ours, one.theirs, one.note
    return [
        _(DIFFERENCE_LABELS[one.kind]),
        ours.name if ours else "",
        theirs.name if theirs else (ours.statistics_name if ours else ""),
        names[ours.unit if ours else theirs.unit if theirs else ""],
        in_unit(ours.amount_fen, "万元") if ours else None,
        in_unit(theirs.month_fen, "万元") if theirs and theirs.month_fen is not None else None,
        note.text if note else "",
        called(note.written_by) if note else "",
    ]
