"""Opportunities by workbook: a sheet of one kind, all of it or none, with what is wrong by cell."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.problems import Problem, Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.opportunities import stewards_of
from zhaoshang.opportunities.actions import register_list
from zhaoshang.opportunities.fields import Fault
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS, Kind
from zhaoshang.opportunities.wording import fault_words
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.opportunity_sheet import EntrySheet, Known, read_entries, sentence
from zhaoshang.ui.widgets import FileDrop

MOST_SHOWN = 100


class SheetForm(forms.Form):
    """A kind and a workbook."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    file = forms.FileField(
        label=gettext_lazy("表格"),
        widget=FileDrop(".xlsx,.xls,.csv"),
        help_text=gettext_lazy("先按类别导出列表，就是模板；编号相同的更新，没有的新增"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(str(one), _(text)) for one, text in KIND_LABELS.items()]  # type: ignore[attr-defined]


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("GET", "POST"))
def opportunity_import(request: Any) -> HttpResponse:
    """Read the sheet; nothing is written while anything is wrong."""
    form = SheetForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            found = _read(request.viewer, form)
        except Refused as refusal:
            form.add_error("file", _(refusal.template).format(**refusal.params))
        else:
            if not found.problems:
                return _taken(request, found)
            problems = found.problems
    shown = {"form": form, "problems": [_row(one) for one in problems[:MOST_SHOWN]]}
    return render(request, "desk/opportunities/import.html", shown, status=422 if form.errors or problems else 200)


def _read(viewer: Viewer, form: SheetForm) -> EntrySheet:
    assert viewer.user is not None
    units = [one for one in ReportingUnit.objects.of(viewer.city) if viewer.sees_unit(one.pk)]
    entries = {one.code: one for one in Opportunity.objects.of(viewer.city)}
    known = Known(
        units={name: one for one in units for name in (one.name, one.short_name, one.name_en, one.code)},
        stewards={one.username: one for one in stewards_of(viewer)},
        entries=entries,
        writable=frozenset(code for code, one in entries.items() if one.may_be_kept_by(viewer)),
        default=viewer.user,
        whole_city=viewer.sees_all_units,
        today=timezone.localdate(),
    )
    file = form.cleaned_data["file"]
    return read_entries(file.read(), file.name, Kind(form.cleaned_data["kind"]), known, _)


def _taken(request: Any, found: EntrySheet) -> HttpResponse:
    added, amended = register_list(
        city=request.viewer.city, new=found.entries, by=request.viewer.user, at=timezone.now()
    )
    same = len(found.entries) - added - amended
    said = {"added": added, "amended": amended, "same": same}
    messages.success(request, _("新增 %(added)s 个，更新 %(amended)s 个，没有变化 %(same)s 个。") % said)
    return redirect("desk:opportunity_list")


def _row(one: Problem) -> dict[str, Any]:
    if one.code.startswith("field_"):
        what = fault_words(Fault("", one.code.removeprefix("field_"), one.params), _)
    else:
        what = _(sentence(one)).format(**one.params)
    return {"cell": one.cell, "value": one.value, "what": what}
