"""The forms of an import: the upload, what the person settles about its columns, and projects to be registered from it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhaoshang.capital.rules import Kind
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.payment import open_months, read_amount, usual_month
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.intake_projects import Registration, Unknown
from zhaoshang.review.models import Workbook
from zhaoshang.review.workbooks.amounts import SHEET_UNITS
from zhaoshang.review.workbooks.columns import BY_KEY
from zhaoshang.ui.filters import month as month_words
from zhaoshang.ui.widgets import FileDrop

MOST_HEADING_ROWS = 5


def own_units(viewer: Viewer) -> list[ReportingUnit]:
    """The units that the viewer may report for."""
    return list(ReportingUnit.objects.of(viewer.city).filter(pk__in=viewer.unit_ids))


class UploadForm(forms.Form):
    """A file, the unit that sends it, and the month it is for."""

    unit = forms.ChoiceField()
    month = forms.TypedChoiceField(coerce=int)
    file = forms.FileField(widget=FileDrop(".xlsx,.xls,.et,.csv"))

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, months = own_units(viewer), open_months(viewer.city)
        self.units = {unit.code: unit for unit in units}
        self._choose("unit", _("地区"), [(unit.code, named(unit)) for unit in units])
        self._choose("month", _("报告月份"), [(number, month_words(number)) for number in months])
        self.fields["file"].label = _("表格")
        self.fields["file"].help_text = _(
            "Excel（.xlsx、.xls）、WPS（.et）或 CSV，就用本单位已有的表：表头顺序、合计行、万元或亿元都能认"
        )
        self.initial.setdefault("month", usual_month(viewer.city, today))

    def _choose(self, name: str, label: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = label, choices

    @property
    def upload(self) -> tuple[bytes, str]:
        """Content and name of the file. Only after ``is_valid()``."""
        file: UploadedFile = self.cleaned_data["file"]  # type: ignore[type-arg,unused-ignore]
        return file.read(), file.name or ""


def settled_from(sent: QueryDict, workbook: Workbook) -> dict[str, Any]:
    """What the person settled on the page; a column left as it was understood stays free to be understood."""
    mapping = dict(workbook.asked.get("mapping", {}))
    for column in workbook.columns:
        chosen = sent.get(f"column-{column['letter']}")
        if chosen is not None and chosen != column["key"] and (chosen in BY_KEY or chosen == ""):
            mapping[column["letter"]] = chosen
    known = {sheet["name"] for sheet in workbook.summary.get("sheets", ())}
    sheets = [name for name in sent.getlist("sheets") if name in known]
    read = [sheet["name"] for sheet in workbook.summary.get("sheets", ()) if sheet["read"]]
    unit, kind = sent.get("amount_unit", ""), sent.get("kind", "")
    return {
        "headers": _headers_from(sent, workbook),
        "mapping": mapping,
        "amount_unit": unit if unit in SHEET_UNITS else "",
        "sheets": sheets if set(sheets) != set(read) else workbook.asked.get("sheets", []),
        "kind": kind if kind in set(Kind) else "",
    }


def _headers_from(sent: QueryDict, workbook: Workbook) -> dict[str, list[int]]:
    """The rows of headings that the person named, by sheet; what stands as it was read stays as it was settled.

    Raises ``forms.ValidationError`` naming the sheet.
    """
    headers: dict[str, list[int]] = dict(workbook.asked.get("headers", {}))
    for place, sheet in enumerate(workbook.summary.get("sheets", ())):
        text = unicodedata.normalize("NFKC", sent.get(f"header-{place}", "")).replace(" ", "")
        if text == header_rows(sheet):
            continue
        found = re.fullmatch(r"(\d{1,6})(?:[-–~](\d{1,6}))?", text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if text and not 0 < first <= last < first + MOST_HEADING_ROWS:
            raise forms.ValidationError(
                _("工作表“%(sheet)s”的表头行请写行号，如 3；表头占几行时写 3-4。") % {"sheet": sheet["name"]}
            )
        headers.pop(sheet["name"], None)
        if first:
            headers[sheet["name"]] = [first, last]
    return headers


def header_rows(sheet: Mapping[str, Any]) -> str:
    """Where a sheet's heading stands as a person writes it: ``3``, ``3-4``; empty when it was not read."""
    first, last = sheet["header_first"], sheet["header_last"]
    return (str(first) if first == last else f"{first}-{last}") if first else ""


def registrations_from(sent: Mapping[str, str], workbook: Workbook) -> list[Registration]:
    """The ticked new projects with industry and contract amount (万元; empty: not known yet).

    Raises ``forms.ValidationError`` naming the project and what is missing.
    """
    wanted = []
    for place, known in enumerate(workbook.summary.get("unknown", ())):
        if f"new-{place}" not in sent:
            continue
        unknown = Unknown(**known)
        industry = sent.get(f"industry-{place}", "")
        if industry not in INDUSTRIES:
            raise forms.ValidationError(_("请为“%(name)s”选择行业门类。") % {"name": unknown.name})
        if not unknown.source_code:
            raise forms.ValidationError(
                _("表中没有“%(name)s”的资金来源地，不能由此登记；请在项目页登记。") % {"name": unknown.name}
            )
        contract = sent.get(f"contract-{place}", "").strip()
        wanted.append(Registration(unknown, industry, read_amount(contract, "万元") if contract else 0))
    if not wanted:
        raise forms.ValidationError(_("没有勾选任何项目。"))
    return wanted
