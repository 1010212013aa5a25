"""The forms of exchange rates: one as published, or a list of them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital.currencies import CURRENCIES, BadRateText, rate_of_text
from zhaoshang.capital.exchange import NewRate
from zhaoshang.ui.widgets import FileDrop


def currency_choices() -> list[tuple[str, str]]:
    """Every currency by code and name."""
    return [(code, f"{code} {_(one.label)}") for code, one in CURRENCIES.items()]


class RateForm(forms.Form):
    """A rate of one day."""

    currency = forms.ChoiceField(label=gettext_lazy("币种"))
    on = forms.DateField(label=gettext_lazy("公布日期"), widget=forms.DateInput(attrs={"type": "date"}))
    units = forms.TypedChoiceField(label=gettext_lazy("外币数量"), choices=[("1", "1"), ("100", "100")], coerce=int)
    rate = forms.CharField(
        label=gettext_lazy("折人民币（元）"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=200, help_text=gettext_lazy("公布的机构、名称和日期；系统不上网取数")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["currency"] = forms.ChoiceField(label=_("币种"), choices=currency_choices())

    def clean_on(self) -> date:
        """Not of a day to come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("这一天还没有到。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The rate for one unit."""
        given: dict[str, Any] = super().clean() or {}
        if "rate" in given and "units" in given:
            try:
                given["rate_e8"] = rate_of_text(given["rate"], given["units"])
            except BadRateText:
                self.add_error("rate", _("请写大于零的数，最多八位小数，如 7.1234。"))
        return given

    def rate_given(self) -> NewRate:
        """Only after ``is_valid()``."""
        given = self.cleaned_data
        return NewRate(given["currency"], given["on"], given["rate_e8"], given["source"])


class RateFileForm(forms.Form):
    """A list of rates, and the source of those rows that name none."""

    file = forms.FileField(
        label=gettext_lazy("表格"),
        widget=FileDrop(".xlsx,.xls,.et,.csv"),
        help_text=gettext_lazy("xlsx、xls 或 csv；须有“日期”“币种”“汇率”三栏"),
    )
    source = forms.CharField(label=gettext_lazy("来源"), max_length=200, required=False)
