"""The form that fills in or corrects what a project is: open fields freely, what a signing rests on with a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.payment import read_amount, source_choices
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.ui.filters import wan
from zhaoshang.ui.widgets import MoneyInput

CORRECTABLE = ("contract_fen", "outside_share_bp", "industry", "source_code")


class AmendForm(forms.Form):
    """``values`` after cleaning: field of the project → its new value. ``frozen`` fields are shown only to who may correct them."""

    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=120, required=False)
    site = forms.CharField(label=gettext_lazy("落地地点"), max_length=120, required=False)
    contract_fen = forms.CharField(label=gettext_lazy("合同额"), max_length=40, widget=MoneyInput("万元"))
    outside_share_bp = forms.DecimalField(
        label=gettext_lazy("外来股比（%）"), min_value=0, max_value=100, decimal_places=2
    )
    industry = forms.ChoiceField(label=gettext_lazy("行业门类"))
    source_code = forms.ChoiceField(label=gettext_lazy("资金来源地"))
    reason = forms.CharField(
        label=gettext_lazy("更正理由"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("签约所依据的内容只能更正：写明理由，记入更正记录和工作日志"),
    )

    def __init__(self, given: Any, *, project: Project, frozen: tuple[str, ...], may_correct: bool) -> None:
        held = {
            "investor": project.investor,
            "site": project.site,
            "contract_fen": wan(project.contract_fen).replace(",", ""),
            "outside_share_bp": f"{project.outside_share_bp / 100:.2f}",
            "industry": project.industry,
            "source_code": project.source_code,
        }
        super().__init__(given, initial=held)
        self._choose("industry", [(key, f"{key} {_(text)}") for key, text in INDUSTRIES.items()])
        sources = source_choices(project.city)
        known = {key for key, _text in sources}
        self._choose("source_code", [*sources, *([] if project.source_code in known else [(project.source_code,) * 2])])
        self.frozen = tuple(name for name in CORRECTABLE if name in frozen)
        if not may_correct:
            for name in self.frozen:
                self.fields[name].disabled = True
        if not may_correct or not self.frozen:
            del self.fields["reason"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_contract_fen(self) -> int:
        """万元 into fen."""
        return read_amount(self.cleaned_data["contract_fen"], "万元")

    def clean_outside_share_bp(self) -> int:
        """Percent into basis points."""
        return int(self.cleaned_data["outside_share_bp"] * 100)

    def clean(self) -> dict[str, Any]:
        """A correction says why."""
        given: dict[str, Any] = super().clean() or {}
        corrected = [name for name in self.frozen if name in self.changed_data]
        if corrected and "reason" in self.fields and not given.get("reason", "").strip():
            self.add_error("reason", _("请写明更正理由。"))
        return given
