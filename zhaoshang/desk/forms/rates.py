"""The form of a rate's definition."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.figures.rate_rules import COHORTS, FACT_LABELS, HELD, Measure

_FACTS = [(fact, gettext_lazy(label)) for fact, label in FACT_LABELS.items()]


class RateForm(forms.Form):
    """A word, a title, the formula's parts, and where they come from."""

    word = forms.CharField(
        label=gettext_lazy("比率名称"), max_length=20, help_text=gettext_lazy("例如 履约率；同名的不同口径并列显示")
    )
    word_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=60)
    title = forms.CharField(
        label=gettext_lazy("口径"), max_length=120, help_text=gettext_lazy("例如 已落地 ÷ 当年签约")
    )
    title_en = forms.CharField(label=gettext_lazy("英文口径"), max_length=160)
    code = forms.SlugField(label=gettext_lazy("代码"), max_length=40)
    cohort = forms.ChoiceField(
        label=gettext_lazy("队列：当年"), choices=[(one, gettext_lazy(HELD[one])) for one in COHORTS]
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("数什么"),
        choices=[
            (str(Measure.PROJECTS), gettext_lazy("项目个数")),
            (str(Measure.CONTRACT), gettext_lazy("合同额")),
            (str(Measure.MONEY), gettext_lazy("到位资金比合同额")),
        ],
    )
    numerator = forms.MultipleChoiceField(
        label=gettext_lazy("分子：有其中任一项"),
        choices=_FACTS,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    denominator = forms.MultipleChoiceField(
        label=gettext_lazy("分母：只要全都有的"),
        choices=_FACTS,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    source = forms.CharField(label=gettext_lazy("来源"), max_length=400)
    dated = forms.DateField(label=gettext_lazy("来源日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """A number of projects or contracts needs something above the line."""
        given = super().clean() or {}
        if given.get("measure") in (Measure.PROJECTS, Measure.CONTRACT) and not given.get("numerator"):
            self.add_error("numerator", _("请选分子要有的事项；按到位资金算时才可不选。"))
        return given

    def fields_of_definition(self) -> dict[str, Any]:
        """What ``define_rate`` takes."""
        given = self.cleaned_data
        formula = {"kind": "cohort"} | {name: given[name] for name in ("cohort", "measure", "numerator", "denominator")}
        kept = ("word", "word_en", "title", "title_en", "code", "source", "dated")
        return {name: given[name] for name in kept} | {"formula": formula, "is_sample": False}
