"""The form of a new project and its enterprise."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.uscc import FAULT_LABELS, BadCode, checked
from zhaoshang.desk.forms.payment import read_amount, source_choices
from zhaoshang.desk.forms.proofs import ACCEPTED
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.workbooks.amounts import UNITS
from zhaoshang.ui.filters import named
from zhaoshang.ui.widgets import FileDrop


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ProjectForm(forms.Form):
    """What a project is registered with. ``contract_fen`` and ``share_bp`` are set once the form is valid."""

    name = forms.CharField(max_length=120)
    code = forms.SlugField(max_length=30, required=False)
    unit = forms.ChoiceField()
    enterprise = forms.CharField(max_length=120)
    uscc = forms.CharField(max_length=40, required=False)
    investor = forms.CharField(max_length=120, required=False)
    source_code = forms.ChoiceField()
    industry = forms.ChoiceField()
    contract = forms.CharField(max_length=40)
    contract_unit = forms.ChoiceField(choices=[(unit, gettext_lazy(unit)) for unit in UNITS], initial="万元")
    share = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, initial=100)
    reserved_on = _day()
    signed_on = _day()
    source = forms.CharField(max_length=120, required=False)
    contract_file = forms.FileField(required=False, max_length=200, widget=FileDrop(ACCEPTED))
    site = forms.CharField(max_length=120, required=False)
    nevertheless = forms.CharField(max_length=400, required=False)

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.contract_fen, self.share_bp = 0, 10_000
        units = ReportingUnit.objects.of(viewer.city)
        units = units if viewer.sees_all_units else units.filter(pk__in=viewer.unit_ids)
        self._choose("unit", [(unit.code, named(unit)) for unit in units])
        self._choose("source_code", [("", "—"), *source_choices(viewer.city)])
        self._choose("industry", [("", "—"), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())])
        self._name_fields()

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _name_fields(self) -> None:
        names = {
            "name": _("项目名称"),
            "code": _("项目编号"),
            "unit": _("地区"),
            "enterprise": _("落地企业"),
            "uscc": _("统一社会信用代码"),
            "investor": _("投资方"),
            "source_code": _("资金来源地"),
            "industry": _("行业门类"),
            "contract": _("合同额"),
            "contract_unit": _("单位"),
            "share": _("外来股比（%）"),
            "reserved_on": _("储备日期"),
            "signed_on": _("签约日期"),
            "source": _("日期的依据"),
            "contract_file": _("签订的合同（文件）"),
            "site": _("落地地点"),
            "nevertheless": _("仍要登记的理由"),
        }
        for name, text in names.items():
            self.fields[name].label = text

    def clean_uscc(self) -> str:
        """The code in its normal form, its check character right (GB 32100-2015)."""
        text = self.cleaned_data["uscc"]
        try:
            return checked(text) if text else ""
        except BadCode as refusal:
            raise forms.ValidationError(_(FAULT_LABELS[refusal.fault])) from None

    def clean_share(self) -> Decimal:
        """The outside investors' share in percent, kept in basis points."""
        share: Decimal = self.cleaned_data["share"]
        self.share_bp = int(share * 100)
        return share

    def clean(self) -> dict[str, Any]:
        """The contract's amount in its unit; days that have come, in their order."""
        given: dict[str, Any] = super().clean() or {}
        if "contract" in given and "contract_unit" in given:
            try:
                self.contract_fen = read_amount(given["contract"], given["contract_unit"])
            except forms.ValidationError as error:
                self.add_error("contract", error)
        for name in ("reserved_on", "signed_on"):
            if given.get(name) and given[name] > self.today:
                self.add_error(name, _("日期晚于今天；还没有发生的不能登记。"))
        if (given.get("reserved_on") or given.get("signed_on")) and not given.get("source"):
            self.add_error("source", _("请写明日期的依据，例如合同编号；没有依据的日期不进统计。"))
        if given.get("signed_on") and not given.get("contract_file"):
            self.add_error("contract_file", _("已签约的项目须附合同文件；还没有文件的，先不填签约日期。"))
        return given
