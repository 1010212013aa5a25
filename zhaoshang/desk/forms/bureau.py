"""Forms of the monthly reconciliation: the bureau's file, one line by hand, one explanation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital.matching import DIFFERENCE_LABELS
from zhaoshang.common import uscc
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.widgets import FileDrop, MoneyInput


class ReturnForm(forms.Form):
    """The file as the statistics bureau sent it."""

    file = forms.FileField(
        label=gettext_lazy("统计局入库表"),
        widget=FileDrop(".xlsx,.xls,.et,.csv"),
        help_text=gettext_lazy("xlsx、xls 或 csv；须有“纳统名称”一栏，金额表头写明单位。同月再传一次会替换原来的。"),
    )


class LineForm(forms.Form):
    """One line of the bureau's list."""

    name = forms.CharField(label=gettext_lazy("纳统名称"), max_length=120)
    uscc = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=30, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    month_fen = forms.CharField(
        label=gettext_lazy("本月投资"), max_length=40, required=False, widget=MoneyInput("万元")
    )
    total_fen = forms.CharField(
        label=gettext_lazy("本年累计投资"), max_length=40, required=False, widget=MoneyInput("万元")
    )
    source = forms.CharField(label=gettext_lazy("来源"), max_length=200, help_text=gettext_lazy("来文文号或日期"))

    def __init__(self, *args: Any, units: list[ReportingUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        choices = [("", "—"), *((unit.code, named(unit)) for unit in units)]
        self.fields["unit"] = forms.ChoiceField(label=_("地区"), required=False, choices=choices)

    def clean_uscc(self) -> str:
        """A code whose check character is right, or nothing."""
        text = str(self.cleaned_data["uscc"]).strip()
        try:
            return uscc.checked(text) if text else ""
        except uscc.BadCode as error:
            raise ValidationError(_("统一社会信用代码不对。请核对后改正，或留空。")) from error

    def clean_unit(self) -> ReportingUnit | None:
        """The unit."""
        return self.units.get(str(self.cleaned_data["unit"]))

    def clean_month_fen(self) -> int | None:
        """Whole fen."""
        return self._fen("month_fen")

    def clean_total_fen(self) -> int | None:
        """Whole fen."""
        return self._fen("total_fen")

    def _fen(self, name: str) -> int | None:
        text = str(self.cleaned_data[name]).strip()
        return read_amount(text, "万元") if text else None


class ExplainForm(forms.Form):
    """Why a difference stands."""

    kind = forms.ChoiceField(
        choices=[(str(kind), label) for kind, label in DIFFERENCE_LABELS.items()], widget=forms.HiddenInput
    )
    subject = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("说明"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
