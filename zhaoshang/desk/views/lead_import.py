"""A workbook of leads: all of it, or nothing and what is wrong by cell."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.access import desk_page
from zhaoshang.leads.actions import take_in_list
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import Region
from zhaoshang.review.workbooks.leads import LEAD_MESSAGES, read_leads
from zhaoshang.ui.widgets import FileDrop

MOST_SHOWN, MOST_ROWS = 200, 2_000


class LeadFileForm(forms.Form):
    """A list of leads."""

    file = forms.FileField(
        label=gettext_lazy("表格"),
        widget=FileDrop(".xlsx,.csv"),
        help_text=gettext_lazy(
            "一行一条线索，“投资方”必填；可以有想做什么、行业、意向投资额（万元）、用地（亩）、来源地、联系人、电话、推荐人"
        ),
    )


@desk_page(Can.TAKE_IN_LEADS, methods=("GET", "POST"))
def lead_import(request: Any) -> HttpResponse:
    """When the leads were received is when the file comes in."""
    form = LeadFileForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_leads(open_workbook(file.read(), file.name or ""), _places())
        except Refused as refusal:
            form.add_error("file", _(refusal.template).format(**refusal.params))
        else:
            problems = found.problems
            if len(found.leads) > MOST_ROWS:
                form.add_error("file", _("一次最多 %(most)s 行，请分几次导入。") % {"most": MOST_ROWS})
            elif not problems:
                return _taken(request, found.leads)
    shown = {"form": form, "problems": [_problem_row(one) for one in problems[:MOST_SHOWN]]}
    return render(request, "desk/leads/import.html", shown, status=422 if form.errors or problems else 200)


def _places() -> dict[str, str]:
    """Provinces and cities by code, name and short name."""
    found: dict[str, str] = {}
    for code, name, short in Region.objects.filter(code__endswith="00", valid_to__isnull=True).values_list(
        "code", "name", "short_name"
    ):
        found |= {code: code, name: code, short or name: code}
    return found


def _taken(request: Any, rows: list[dict[str, Any]]) -> HttpResponse:
    viewer = request.viewer
    new, stood = take_in_list(city=viewer.city, rows=rows, by=viewer.user, at=timezone.now())
    messages.success(request, _("新登记 %(new)s 条；%(stood)s 条原已登记。") % {"new": new, "stood": stood})
    return redirect("desk:lead_list")


def _problem_row(one: Problem) -> dict[str, Any]:
    return {"cell": one.cell, "value": one.value, "what": _(LEAD_MESSAGES[one.code])}
