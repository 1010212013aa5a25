"""The form of an external figure: whose, of what, when, how much or which rank, and by which source."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.values import PeriodField, place_typed, value_field, value_typed
from zhaoshang.desk.shown import titled
from zhaoshang.figures.models import Indicator, IndicatorVersion
from zhaoshang.ui.widgets import FileDrop


class ExternalSheetForm(forms.Form):
    """A list of external figures, and what holds for rows that do not say it."""

    file = forms.FileField(
        label=gettext_lazy("表格"),
        widget=FileDrop(".xlsx,.xls,.et,.csv"),
        help_text=gettext_lazy("xlsx、xls 或 csv；须有“省或市”一栏和“数值”或“位次”一栏，金额表头写明单位"),
    )
    period = PeriodField(required=False)
    source = forms.CharField(label=gettext_lazy("来源"), max_length=400, required=False)
    dated = forms.DateField(
        label=gettext_lazy("来源日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    is_official = forms.BooleanField(label=gettext_lazy("上级正式通报"), required=False)


class ExternalForm(forms.Form):
    """For one indicator. ``cleaned_data`` has what ``figures.actions.enter_external`` takes."""

    place = forms.CharField(
        label=gettext_lazy("省或市"), max_length=40, help_text=gettext_lazy("全称或六位代码，例如 沈阳市")
    )
    period = PeriodField()
    value = forms.CharField(required=False)
    rank = forms.IntegerField(label=gettext_lazy("位次"), required=False, min_value=1, max_value=400)
    scope = forms.CharField(
        label=gettext_lazy("在何范围排名"), required=False, max_length=20, help_text=gettext_lazy("例如 全省")
    )
    version = forms.ChoiceField(label=gettext_lazy("对方口径"), required=False)
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=400, help_text=gettext_lazy("文件号、报刊日期或网址")
    )
    dated = forms.DateField(label=gettext_lazy("来源日期"), widget=forms.DateInput(attrs={"type": "date"}))
    is_official = forms.BooleanField(label=gettext_lazy("上级正式通报"), required=False)

    def __init__(self, *args: Any, indicator: Indicator, versions: list[IndicatorVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator, self.versions = indicator, {version.code: version for version in versions}
        self.fields["value"] = value_field(indicator, label=_("数值"), required=False)
        choices = [("", _("不清楚")), *((version.code, titled(version)) for version in versions)]
        self.fields["version"] = forms.ChoiceField(label=_("对方口径"), required=False, choices=choices)

    def clean_place(self) -> tuple[str, str]:
        """Code and name."""
        return place_typed(str(self.cleaned_data["place"]))

    def clean_value(self) -> int | None:
        """Fen or a count; None when only a rank is known."""
        text = str(self.cleaned_data["value"] or "").strip()
        return value_typed(self.indicator, text) if text else None

    def clean_version(self) -> IndicatorVersion | None:
        """The version meant, or None."""
        return self.versions.get(str(self.cleaned_data["version"]))

    def clean(self) -> dict[str, Any]:
        """A value or a rank must be there."""
        given = super().clean() or {}
        if not self.errors and given.get("value") is None and given.get("rank") is None:
            self.add_error("value", ValidationError(_("数值和位次至少填一个。")))
        return given
