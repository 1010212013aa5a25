"""Targets by workbook: the sheet that the bureau issues, read whole, shown beside what is in force, and set all or none."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.evidence import FileDamaged, content_of, store
from zhaoshang.capital.models import EvidenceFile
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets import open_workbook
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.targets import TargetSheetForm
from zhaoshang.desk.lists import sheet
from zhaoshang.desk.shown import titled, unit_shown, value_shown
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.rules import Unit
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import AlreadySet, NewTarget, issue_targets
from zhaoshang.plans.queries import targets_of_year
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.workbooks.targets import CITY, TARGET_MESSAGES, Named, TargetSheet, read_targets
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import number

MOST_SHOWN = 100


class _Sheet:
    """A workbook as read against the city's units and dictionary."""

    def __init__(self, city: City, content: bytes, name: str, amount_unit: str) -> None:
        self.units = {unit.code: unit for unit in ReportingUnit.objects.of(city)}
        self.indicators = {one.code: one for one in Indicator.objects.of(city)}
        units = [Named(one.code, (one.name, one.short_name, one.name_en, one.code)) for one in self.units.values()]
        found = [
            Named(one.code, (one.name, one.name_en, *one.words), one.unit_of_value == Unit.FEN)
            for one in self.indicators.values()
        ]
        book = open_workbook(content, name)
        self.read: TargetSheet = read_targets(book, units, found, (city.name, city.name_en), amount_unit)

    def targets(self) -> list[NewTarget]:
        """As the action takes them."""
        return [
            NewTarget(one.indicator, self.units.get(one.unit) if one.unit != CITY else None, one.amount, one.phases)
            for one in self.read.targets
        ]


@desk_page(Can.SET_TARGETS, methods=("GET", "POST"))
def targets_import(request: Any) -> HttpResponse:
    """Send the sheet: first a preview with what is wrong by cell, then (``accept``) all of it is set."""
    form = TargetSheetForm(request.POST or None, request.FILES or None, initial={"year": request.GET.get("year", "")})
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            file = _kept(request, form)
            read = _Sheet(request.viewer.city, content_of(file), file.name, form.cleaned_data["amount_unit"])
        except Refused as refusal:
            form.add_error("file", _(refusal.template).format(**refusal.params))
        except FileDamaged:
            form.add_error("file", _("存下的表格已损坏，请重新上传。"))
        else:
            wanted = not read.read.problems and request.POST.get("accept")
            if wanted and (answer := _accepted(request, form, read, file)):
                return answer
            shown = _preview(request, form, read, file)
    status = 422 if form.errors or shown.get("problems") else 200
    return render(request, "desk/targets/import.html", {"form": form, **shown}, status=status)


def _kept(request: Any, form: TargetSheetForm) -> EvidenceFile:
    """The file just sent, stored by its digest; or the one that an earlier preview stored. Raises ``Refused``."""
    city, given = request.viewer.city, form.cleaned_data
    if given["file"]:
        file = store(
            city=city, content=given["file"].read(), name=given["file"].name, by=request.viewer.user, at=timezone.now()
        )
        file.city = city
        return file
    key: UUID = given["kept"]
    return get_object_or_404(EvidenceFile.objects.of(city).select_related("city"), pk=key)  # type: ignore[no-any-return]


def _accepted(request: Any, form: TargetSheetForm, read: _Sheet, file: EvidenceFile) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        made = issue_targets(
            city=request.viewer.city,
            year=given["year"],
            targets=read.targets(),
            document=given["document"],
            issued_on=given["issued_on"],
            file=file,
            by=request.viewer.user,
            at=timezone.now(),
        )
    except AlreadySet:
        form.add_error("document", ValidationError(_("这个文号已经下达过其中的目标。调整目标须有新的文号。")))
        return None
    messages.success(request, _("已记录 %(count)s 个目标。") % {"count": number(len(made))})
    return redirect(f"{reverse('desk:targets')}?indicator={made[0].indicator}&year={given['year']}")


def _preview(request: Any, form: TargetSheetForm, read: _Sheet, file: EvidenceFile) -> dict[str, Any]:
    """What would be set beside what is in force, and what is wrong."""
    year = form.cleaned_data["year"]
    force = targets_of_year(request.viewer.city, read.indicators, year)
    return {
        "file": file,
        "rows": [_row(read, one, force) for one in read.targets()],
        "problems": [_problem(one) for one in read.read.problems[:MOST_SHOWN]],
    }


def _row(read: _Sheet, new: NewTarget, force: Any) -> dict[str, Any]:
    indicator = read.indicators[new.indicator]
    held = force.get((new.indicator, new.unit.pk if new.unit else None))
    unit = unit_shown(indicator)
    return {
        "unit": named(new.unit) if new.unit else _("全市"),
        "indicator": titled(indicator),
        "amount": f"{value_shown(new.amount, indicator)} {unit}",
        "quarters": " / ".join(value_shown(step, indicator) for step in new.phases or ()) or None,
        "before": {"text": f"{value_shown(held.amount, indicator)} {unit}", "note": held.document} if held else None,
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {"cell": one.cell, "value": one.value, "what": _(TARGET_MESSAGES[one.code]).format(**one.params)}


@desk_page(Can.SET_TARGETS)
def targets_template(request: Any) -> HttpResponse:
    """An empty sheet of the form that is read: every unit in rows, every indicator with its quarters in columns."""
    city = request.viewer.city
    heads = [Column("地区", width=16)]
    for one in Indicator.objects.of(city):
        unit = "亿元" if one.unit_of_value == Unit.FEN else "个"
        heads += [
            Column(f"{one.name}（{unit}）{until}", width=20) for until in ("一季度", "上半年", "前三季度", "全年")
        ]
    units = [
        unit.name for unit in ReportingUnit.objects.of(city) if unit.valid_on(date(timezone.localdate().year, 1, 1))
    ]
    rows: list[list[Any]] = [[name, *([None] * (len(heads) - 1))] for name in ["全市", *units, "合计"]]
    notes = [
        (_("季度"), _("累计数，写金额或占全年的百分比；不分季度就都留空")),
        (_("合计"), _("只用来核对，不写入；全市一行才是全市的目标")),
    ]
    return sheet(heads, rows, _("目标样表"), notes)
