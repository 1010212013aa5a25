"""What is asked of a lead: eight fields, of which only the investor must be given."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.desk.forms.payment import read_amount, source_choices
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import FIELD_LABELS, FIELDS, m2_of_mu, masked, mu_of_m2
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.reading.chat import LONGEST
from zhaoshang.tenancy.models import City
from zhaoshang.ui.widgets import MoneyInput

MOST_MU = 1_000_000


class LeadForm(forms.Form):
    """``fields_given``: what the actions take, once the form is valid."""

    investor = forms.CharField(max_length=120)
    subject = forms.CharField(max_length=200, required=False)
    industry = forms.ChoiceField(required=False)
    amount_fen = forms.CharField(max_length=40, required=False, widget=MoneyInput("万元"))
    land_m2 = forms.DecimalField(min_value=0, max_value=MOST_MU, decimal_places=1, required=False)
    source_code = forms.ChoiceField(required=False)
    contact = forms.CharField(max_length=60, required=False)
    phone = forms.CharField(max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    text = forms.CharField(max_length=LONGEST, strip=False, required=False, widget=forms.HiddenInput())
    origin = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIELD_LABELS.items():
            self.fields[name].label = _(label)
        self.fields["land_m2"].label = _("用地（亩）")
        self._choose("industry", [("", "—"), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())])
        self._choose("source_code", [("", "—"), *source_choices(city)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_amount_fen(self) -> int | None:
        """Fen; a unit in the text itself (1.2亿) wins."""
        text = self.cleaned_data["amount_fen"].strip()
        return read_amount(text, "万元") if text else None

    def clean_land_m2(self) -> int | None:
        """Square metres of the 亩 that were typed."""
        mu: Decimal | None = self.cleaned_data["land_m2"]
        return None if mu is None else m2_of_mu(mu)

    @property
    def fields_given(self) -> dict[str, Any]:
        """By the actions' names."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def typed(values: dict[str, Any]) -> dict[str, Any]:
    """Fields of a lead as the form shows them: 万元 and 亩."""
    amount, land = values.get("amount_fen"), values.get("land_m2")
    return values | {
        "amount_fen": f"{in_unit(amount, '万元').normalize():f}" if amount is not None else "",
        "land_m2": mu_of_m2(land) if land is not None else None,
    }


def typed_of(lead: Lead) -> dict[str, Any]:
    """The same of a lead that stands; its telephone masked, since opening a form is no asking for it."""
    return typed({name: getattr(lead, name) for name in FIELDS} | {"phone": masked(lead.phone)})
