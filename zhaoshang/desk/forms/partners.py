"""The forms of an appointment and of a claim's shares."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhaoshang.desk.forms.payment import source_choices
from zhaoshang.partners.appointing import NewPartner
from zhaoshang.partners.rules import DECLARATIONS, NATURE_LABELS, Nature
from zhaoshang.tenancy.models import City


def _day() -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PartnerForm(forms.Form):
    """An appointment; the declarations are boxes to tick."""

    nature = forms.ChoiceField()
    name = forms.CharField(max_length=120)
    head = forms.CharField(max_length=60, required=False)
    post = forms.CharField(max_length=60, required=False)
    uscc = forms.CharField(max_length=18, required=False)
    phone = forms.CharField(max_length=30, required=False)
    territory = forms.ChoiceField(required=False)
    duties = forms.CharField(max_length=400)
    leads_a_year = forms.IntegerField(min_value=0, max_value=1000, initial=3)
    document = forms.CharField(max_length=120)
    term_from = _day()
    term_to = _day()

    def __init__(self, *args: Any, city: City, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            "nature": _("性质"),
            "name": _("名称或姓名"),
            "head": _("负责人"),
            "post": _("本人或负责人的职务"),
            "uscc": _("统一社会信用代码"),
            "phone": _("电话"),
            "territory": _("负责联络的地区"),
            "duties": _("职责"),
            "leads_a_year": _("每年推荐线索不少于"),
            "document": _("聘任文件"),
            "term_from": _("聘期自"),
            "term_to": _("聘期至"),
        }
        for name, text in names.items():
            self.fields[name].label = text
        self._choose("nature", [(str(key), _(text)) for key, text in NATURE_LABELS.items()])
        self._choose("territory", [("", "—"), *source_choices(city)])
        self.fields["term_from"].initial = today
        for code, text in DECLARATIONS.items():
            self.fields[code] = forms.BooleanField(label=_(text), required=False)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def new(self) -> NewPartner:
        """As the action takes it."""
        given = self.cleaned_data
        plain = ("name", "head", "post", "uscc", "phone", "duties", "leads_a_year", "document", "term_from", "term_to")
        return NewPartner(
            nature=Nature(given["nature"]),
            territory=(given["territory"],) if given["territory"] else (),
            declared=tuple(code for code in DECLARATIONS if given[code]),
            **{name: given[name] for name in plain},
        )
