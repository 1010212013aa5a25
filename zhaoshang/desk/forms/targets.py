"""The form of a year's targets: one document, an amount for each unit that it names."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.problems import N_
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.values import value_field, value_typed
from zhaoshang.figures.models import Indicator
from zhaoshang.plans.rules import Phases
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.widgets import FileDrop

SHARES = {
    "share_q1": N_("一季度末累计（%）"),
    "share_q2": N_("上半年末累计（%）"),
    "share_q3": N_("三季度末累计（%）"),
}


class TargetsForm(forms.Form):
    """Empty amounts stay as they are. ``amounts`` after cleaning: unit (None: the city) → fen or a count; ``phases`` likewise, where the
    document says what share of the year is to be reached by the end of each quarter."""

    document = forms.CharField(
        label=gettext_lazy("文号"), max_length=120, help_text=gettext_lazy("调整目标须有新的文号，原来的留在册上")
    )
    issued_on = forms.DateField(label=gettext_lazy("发文日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, indicator: Indicator, units: list[ReportingUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        for name, label in SHARES.items():
            self.fields[name] = forms.DecimalField(
                label=_(label), required=False, min_value=0, max_value=100, decimal_places=2
            )
        self.units: dict[str, ReportingUnit | None] = {"city": None} | {f"unit_{unit.code}": unit for unit in units}
        for name, unit in self.units.items():
            label = named(unit) if unit else _("全市")
            self.fields[name] = value_field(indicator, label=label, required=False)

    def share_fields(self) -> list[Any]:
        """The bound fields of the quarters' shares."""
        return [self[name] for name in SHARES]

    def amount_fields(self) -> list[Any]:
        """The bound fields of the amounts, the city's first."""
        return [self[name] for name in self.units]

    def clean(self) -> dict[str, Any]:
        """Read every amount; at least one must be there."""
        given = super().clean() or {}
        self.amounts: dict[ReportingUnit | None, int] = {}
        for name, unit in self.units.items():
            text = str(given.get(name) or "").strip()
            if not text:
                continue
            try:
                self.amounts[unit] = self._positive(text)
            except ValidationError as error:
                self.add_error(name, error)
        if not self.errors and not self.amounts:
            raise ValidationError(_("至少填一个地区或全市的目标。"))
        self.phases = self._phases([given.get(name) for name in SHARES])
        return given

    def _phases(self, shares: list[Decimal | None]) -> dict[ReportingUnit | None, Phases]:
        """Each amount's quarters by the document's shares; all three or none, and never falling."""
        known = [share for share in shares if share is not None]
        if not known:
            return {}
        if len(known) < len(SHARES) or any(later < earlier for earlier, later in pairwise(known)):
            self.add_error("share_q1", _("分季度的累计比例要么三个都填，要么都不填，而且只升不降。"))
            return {}
        return {
            unit: (int(amount * known[0] / 100), int(amount * known[1] / 100), int(amount * known[2] / 100))
            for unit, amount in self.amounts.items()
        }

    def _positive(self, text: str) -> int:
        amount = value_typed(self.indicator, text)
        if amount <= 0:
            raise ValidationError(_("目标须大于零。"))
        return amount


class TargetSheetForm(forms.Form):
    """A workbook of targets with the document that issues it; sent a second time, it is known by the digest of what was kept."""

    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=1990, max_value=2200)
    document = forms.CharField(
        label=gettext_lazy("文号"), max_length=120, help_text=gettext_lazy("调整目标须有新的文号，原来的留在册上")
    )
    issued_on = forms.DateField(label=gettext_lazy("发文日期"), widget=forms.DateInput(attrs={"type": "date"}))
    amount_unit = forms.ChoiceField(
        label=gettext_lazy("金额单位"),
        required=False,
        choices=[("", gettext_lazy("按表头")), ("万元", gettext_lazy("万元")), ("亿元", gettext_lazy("亿元"))],
        help_text=gettext_lazy("表里没有写明时选"),
    )
    file = forms.FileField(
        label=gettext_lazy("表格"),
        required=False,
        widget=FileDrop(".xlsx"),
        help_text=gettext_lazy("地区一行一个，指标一列一个；可先下载样表"),
    )
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A file, or one that was kept."""
        given = super().clean() or {}
        if not given.get("file") and not given.get("kept") and "file" not in self.errors:
            self.add_error("file", _("请选择文件。"))
        return given
