"""The forms of first talks, disputes and transfers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.uscc import FAULT_LABELS, BadCode, checked
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.forms.proofs import ACCEPTED
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.rules import EVIDENCE_LABELS, OUTCOME_LABELS, Outcome, Terms
from zhaoshang.ui.filters import named
from zhaoshang.ui.widgets import FileDrop, MoneyInput

_SUBJECT = ("investor", "uscc", "title", "industry", "amount")


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class ClaimForm(forms.Form):
    """A first talk: eight fields, three when it is on a project. ``amount_fen`` is set once the form is valid."""

    unit = forms.ChoiceField(label=gettext_lazy("地区"))
    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=120)
    uscc = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=40, required=False)
    title = forms.CharField(label=gettext_lazy("拟投资内容"), max_length=120)
    industry = forms.ChoiceField(label=gettext_lazy("行业门类"))
    amount = forms.CharField(label=gettext_lazy("拟投资额"), max_length=40, widget=MoneyInput("万元"))
    kind = forms.ChoiceField(label=gettext_lazy("凭据"))
    document = forms.CharField(label=gettext_lazy("凭据名称或编号"), max_length=200)
    file = forms.FileField(label=gettext_lazy("凭据文件"), required=False, widget=FileDrop(ACCEPTED))
    nevertheless = forms.CharField(label=gettext_lazy("确不是一回事的理由"), max_length=400, required=False)

    def __init__(
        self, *args: Any, units: Sequence[ReportingUnit], project: Project | None, terms: Terms, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.amount_fen, self.project = 0, project
        self.by_code = {one.code: one for one in units}
        _choose(self, "kind", [(one, _(EVIDENCE_LABELS[one])) for one in terms.evidence])
        if project is not None:
            for name in ("unit", *_SUBJECT):
                del self.fields[name]
            return
        _choose(self, "unit", [(one.code, named(one)) for one in units])
        _choose(self, "industry", [("", "—"), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())])
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].code

    def clean_uscc(self) -> str:
        """The code in its normal form, its check character right (GB 32100-2015)."""
        text = self.cleaned_data["uscc"]
        try:
            return checked(text) if text else ""
        except BadCode as refusal:
            raise forms.ValidationError(_(FAULT_LABELS[refusal.fault])) from None

    def clean_amount(self) -> str:
        """万元, kept in fen."""
        text: str = self.cleaned_data["amount"]
        self.amount_fen = read_amount(text, "万元")
        return text


class DisputeForm(forms.Form):
    """Grounds and the document that they stand on."""

    unit = forms.ChoiceField(label=gettext_lazy("提出地区"))
    grounds = forms.CharField(label=gettext_lazy("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
    document = forms.CharField(label=gettext_lazy("依据的文件"), max_length=200)

    def __init__(self, *args: Any, units: Sequence[ReportingUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "unit", [(one.code, named(one)) for one in units])
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].code


class RulingForm(forms.Form):
    """What the city says."""

    outcome = forms.ChoiceField(label=gettext_lazy("裁定"))
    shares = forms.ChoiceField(label=gettext_lazy("共享比例（首谈方：提出方）"), required=False)
    ruling = forms.CharField(label=gettext_lazy("裁定意见"), max_length=400, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(str(one), _(OUTCOME_LABELS[one])) for one in Outcome if one != Outcome.OPEN]
        _choose(self, "outcome", [("", "—"), *outcomes])
        _choose(self, "shares", [("", _("不共享")), *((one, one) for one in terms.shares)])


class OfferForm(forms.Form):
    """A transfer: to whom, with which shares, why and on what terms."""

    to_unit = forms.ChoiceField(label=gettext_lazy("转给"))
    shares = forms.ChoiceField(label=gettext_lazy("考核分享比例（本地区：对方）"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    terms = forms.CharField(
        label=gettext_lazy("约定事项"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, units: Sequence[ReportingUnit], offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {one.code: one for one in units}
        _choose(self, "to_unit", [("", "—"), *((one.code, named(one)) for one in units)])
        _choose(self, "shares", [(one, one) for one in offered])
