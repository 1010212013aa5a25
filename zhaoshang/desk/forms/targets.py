"""The form of a year's targets: one document, an amount for each unit that it names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.context import named
from zhaoshang.desk.forms.values import value_field, value_typed
from zhaoshang.figures.models import Indicator
from zhaoshang.regions.models import ReportingUnit


class TargetsForm(forms.Form):
    """Empty amounts stay as they are. ``amounts`` after cleaning: unit (None: the city) → fen or a count."""

    document = forms.CharField(
        label=gettext_lazy("文号"), max_length=120, help_text=gettext_lazy("调整目标须有新的文号，原来的留在册上")
    )
    issued_on = forms.DateField(label=gettext_lazy("发文日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, indicator: Indicator, units: list[ReportingUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.units: dict[str, ReportingUnit | None] = {"city": None} | {f"unit_{unit.code}": unit for unit in units}
        for name, unit in self.units.items():
            label = named(unit) if unit else _("全市")
            self.fields[name] = value_field(indicator, label=label, required=False)

    def amount_fields(self) -> list[Any]:
        """The bound fields of the amounts, the city's first."""
        return [self[name] for name in self.units]

    def clean(self) -> dict[str, Any]:
        """Read every amount; at least one must be there."""
        given = super().clean() or {}
        self.amounts: dict[ReportingUnit | None, int] = {}
        for name, unit in self.units.items():
            text = str(given.get(name) or "").strip()
            if not text:
                continue
            try:
                self.amounts[unit] = self._positive(text)
            except ValidationError as error:
                self.add_error(name, error)
        if not self.errors and not self.amounts:
            raise ValidationError(_("至少填一个地区或全市的目标。"))
        return given

    def _positive(self, text: str) -> int:
        amount = value_typed(self.indicator, text)
        if amount <= 0:
            raise ValidationError(_("目标须大于零。"))
        return amount
