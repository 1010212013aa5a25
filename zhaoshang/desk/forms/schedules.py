"""The form of one project's payment schedule, and of a file with many."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.periods import NotAPeriod, month_text, parse_month
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.ui.filters import wan
from zhaoshang.ui.widgets import FileDrop, MoneyInput, MonthInput

LINES = 12


class ScheduleForm(forms.Form):
    """A document and up to :data:`LINES` instalments. ``months`` after cleaning: month number → fen."""

    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=120,
        help_text=gettext_lazy("合同编号或补充协议；改计划须有新文件，原来的留在册上"),
    )
    agreed_on = forms.DateField(label=gettext_lazy("签订日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, held: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months: dict[int, int] = {}
        lines = [(month_text(month), wan(fen).replace(",", "")) for month, fen in sorted(held.items())]
        self.count = max(LINES, len(lines) + 4)
        for number in range(self.count):
            month, amount = lines[number] if number < len(lines) else ("", "")
            self.fields[f"month_{number}"] = forms.CharField(
                label=_("第 %(number)s 期月份") % {"number": number + 1},
                required=False,
                max_length=7,
                initial=month,
                widget=MonthInput(),
            )
            self.fields[f"amount_{number}"] = forms.CharField(
                label=_("金额"), required=False, max_length=40, initial=amount, widget=MoneyInput("万元")
            )

    def lines(self) -> list[tuple[Any, Any]]:
        """The bound fields of each instalment."""
        return [(self[f"month_{number}"], self[f"amount_{number}"]) for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """Read every instalment; a month without an amount, or the other way round, is an error at that field."""
        given = super().clean() or {}
        for number in range(self.count):
            month, amount = (str(given.get(f"{name}_{number}") or "").strip() for name in ("month", "amount"))
            if not month and not amount:
                continue
            if not month or not amount:
                self.add_error(f"amount_{number}" if month else f"month_{number}", _("月份和金额要一起填。"))
                continue
            self._line(number, month, amount)
        return given

    def _line(self, number: int, month: str, amount: str) -> None:
        try:
            due = parse_month(month)
        except NotAPeriod:
            self.add_error(f"month_{number}", _("月份请写成 2023-06。"))
            return
        try:
            fen = read_amount(amount, "万元")
        except ValidationError as error:
            self.add_error(f"amount_{number}", error)
            return
        if due in self.months:
            self.add_error(f"month_{number}", _("这个月已经填过一期。同月请合并。"))
        self.months[due] = fen


class ScheduleFileForm(forms.Form):
    """A file with the schedules of many projects."""

    file = forms.FileField(
        label=gettext_lazy("付款计划表"),
        widget=FileDrop(".xlsx,.csv"),
        help_text=gettext_lazy("一行一期；有一处不对就整份不收。同一份再传一次不会重复。"),
    )
