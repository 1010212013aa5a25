"""The forms of reporting units: a new one, a part of the map it reports for, and the last day of either."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class UnitForm(forms.Form):
    """A new unit. ``cleaned_data`` has what ``regions.actions.add_unit`` takes."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("全称，例如 示例经济技术开发区")
    )
    short_name = forms.CharField(label=gettext_lazy("简称"), max_length=12, help_text=gettext_lazy("排名表和图上用"))
    name_en = forms.CharField(label=gettext_lazy("英文名"), max_length=60)
    code = forms.RegexField(
        label=gettext_lazy("代码"),
        regex=r"^[a-z][a-z0-9-]{1,29}$",
        help_text=gettext_lazy("小写字母、数字和短横，登记后不再改，例如 ganjingzi"),
    )
    league_group = forms.CharField(
        label=gettext_lazy("排名组别"), max_length=20, required=False, help_text=gettext_lazy("同组之间排名；可不填")
    )
    position = forms.IntegerField(label=gettext_lazy("次序"), min_value=1, max_value=999)
    valid_from = _day(gettext_lazy("自哪天起报送"))


class MappingForm(forms.Form):
    """Which part of the map a unit reports for, from when, and who says so."""

    region_code = forms.RegexField(
        label=gettext_lazy("行政区划代码"),
        regex=r"^[0-9]{6}([0-9]{3})?$",
        help_text=gettext_lazy("六位（区县）或九位（街道、乡镇）"),
    )
    partly = forms.BooleanField(label=gettext_lazy("只是其中一部分"), required=False)
    inferred = forms.BooleanField(label=gettext_lazy("推断，没有文件明说"), required=False)
    source = forms.CharField(label=gettext_lazy("依据"), max_length=300)
    valid_from = _day(gettext_lazy("自"))
    valid_to = _day(gettext_lazy("至"), required=False)

    def clean(self) -> dict[str, Any]:
        """What ends has begun before."""
        given = super().clean() or {}
        if given.get("valid_to") and given.get("valid_from") and given["valid_to"] < given["valid_from"]:
            self.add_error("valid_to", gettext_lazy("早于起始日；请核对。"))
        return given


class LastDayForm(forms.Form):
    """The last day of a unit, or of a part of the map."""

    last_day = _day(gettext_lazy("最后一天"))
