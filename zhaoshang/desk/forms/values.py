"""Fields that several of the statistician's forms share: a value in an indicator's unit, a period, a place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.rules import Unit
from zhaoshang.regions.models import Region
from zhaoshang.ui.widgets import MoneyInput


class PeriodField(forms.CharField):
    """A period in any written form; cleans to :class:`Period`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("时期"))
        kwargs.setdefault("help_text", gettext_lazy("例如 2022、2022Q1、2022-03、2022-01/2022-06"))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """The period, None for nothing."""
        text = super().clean(value)
        try:
            return Period.parse(text) if text else None
        except NotAPeriod as error:
            raise ValidationError(_("这不是一个时期。请写成 2022、2022Q1、2022-03 或 2022-01/2022-06。")) from error


def value_field(indicator: Indicator, **kwargs: Any) -> forms.CharField:
    """Where a value of the indicator is typed: money in 亿元 or a count."""
    if indicator.unit_of_value == Unit.FEN:
        return forms.CharField(max_length=40, widget=MoneyInput("亿元"), **kwargs)
    return forms.CharField(max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)


def value_typed(indicator: Indicator, text: str) -> int:
    """Fen, or a count. Raises ``ValidationError`` saying what to write."""
    if indicator.unit_of_value == Unit.FEN:
        return read_amount(text, "亿元")
    plain = text.replace(",", "").replace("，", "").strip()
    if not plain.isascii() or not plain.isdigit():
        raise ValidationError(_("请填一个整数。"))
    return int(plain)


def place_typed(text: str) -> tuple[str, str]:
    """Code and name of a province or city, from either. Raises ``ValidationError``."""
    wanted = text.strip()
    places = Region.objects.filter(code__endswith="00", valid_to__isnull=True)
    found = places.filter(code=wanted) | places.filter(name=wanted) | places.filter(short_name=wanted)
    found |= places.filter(name_en__iexact=wanted).exclude(name_en="")
    place = found.order_by("code").first()
    if place is None:
        raise ValidationError(_("没有这个省或市。请填全称（如沈阳市）或六位行政区划代码。"))
    return place.code, place.name
