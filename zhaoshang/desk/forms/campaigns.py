"""The forms of a special campaign and of a list of tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.money import in_unit
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.plans.models import Campaign
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.widgets import FileDrop, MoneyInput

TAKEN = frozenset({"city", "new", "tag", "untag", "import"})


class CampaignForm(forms.Form):
    """A campaign. ``fields_of_campaign`` are what the action takes, once the form is valid."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    code = forms.SlugField(
        label=gettext_lazy("编号"), max_length=40, help_text=gettext_lazy("用在网址里，如 2023-equipment")
    )
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=1990, max_value=2200)
    industry = forms.CharField(label=gettext_lazy("产业"), max_length=80, help_text=gettext_lazy("按文件的说法写"))
    lead_unit = forms.ChoiceField(label=gettext_lazy("牵头地区"), required=False)
    lead_department = forms.CharField(label=gettext_lazy("牵头部门"), max_length=60, required=False)
    starts_on = day_field(label=gettext_lazy("开始"))
    ends_on = day_field(label=gettext_lazy("结束"))
    target = forms.CharField(
        label=gettext_lazy("到位内资目标"), max_length=40, required=False, widget=MoneyInput("亿元")
    )
    target_signed = forms.IntegerField(
        label=gettext_lazy("签约目标（个）"), min_value=1, max_value=100_000, required=False
    )
    document = forms.CharField(label=gettext_lazy("文号"), max_length=120)

    def __init__(self, *args: Any, viewer: Viewer, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in ReportingUnit.objects.of(viewer.city)}
        choices = [("", "—"), *((code, named(unit)) for code, unit in self.units.items())]
        self.fields["lead_unit"].choices = choices  # type: ignore[attr-defined]
        self.target_fen: int | None = None
        if campaign is not None:
            del self.fields["code"], self.fields["year"]
            self.initial = {name: getattr(campaign, name) for name in self.fields if hasattr(campaign, name)} | {
                "lead_unit": campaign.lead_unit.code if campaign.lead_unit else "",
                "target": f"{in_unit(campaign.target_fen, '亿元'):f}" if campaign.target_fen else "",
            }

    def clean_code(self) -> str:
        """A code that is no page of its own."""
        code: str = self.cleaned_data["code"]
        if code.lower() in TAKEN:
            raise ValidationError(_("这个编号留作页面地址，请换一个。"))
        return code

    def clean_target(self) -> str:
        """The amount, kept in fen."""
        text: str = self.cleaned_data["target"].strip()
        self.target_fen = read_amount(text, "亿元") if text else None
        if self.target_fen is not None and self.target_fen <= 0:
            raise ValidationError(_("目标须大于零。"))
        return text

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("结束早于开始。"))
        return given

    @property
    def fields_of_campaign(self) -> dict[str, Any]:
        """As ``plans.actions`` takes them. Only after ``is_valid()``."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("code", "year", "target")}
        return given | {"lead_unit": self.units.get(given["lead_unit"]), "target_fen": self.target_fen}


class TagFileForm(forms.Form):
    """A list of tags."""

    file = forms.FileField(
        label=gettext_lazy("表格"),
        widget=FileDrop(".xlsx,.csv"),
        help_text=gettext_lazy("两列：项目编号、专项行动（名称或编号）；一行一个项目"),
    )
