"""Taking back: a declared payment is withdrawn, a verified one is met by an opposite entry with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital import actions as capital
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.money import yuan_text
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.payment import open_months, read_amount, usual_month
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.payments import visible_payment
from zhaoshang.people.rules import Can
from zhaoshang.review.workbooks.amounts import UNITS
from zhaoshang.ui.filters import month as month_words

REFUSED = (capital.PeriodClosed, capital.NotDeclared, capital.ReasonMissing, capital.MoreThanLeft)


@desk_page(Can.DECLARE, methods=("POST",))
def payment_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take back a declared payment; its slips are free again."""
    payment = visible_payment(request.viewer, key)
    reason = request.POST.get("reason", "")[:400]
    try:
        capital.withdraw(payments=[payment], reason=reason, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已撤回。凭证已释放，可以重新申报。"))
    return redirect("desk:payment", payment.pk)


class OppositeForm(forms.Form):
    """How much of a verified payment is taken back, in which open month, and why."""

    amount = forms.CharField(max_length=40)
    unit = forms.ChoiceField(choices=[(unit, gettext_lazy(unit)) for unit in UNITS])
    report_month = forms.TypedChoiceField(coerce=int)
    reason = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, months: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount_fen = 0
        chosen = self.fields["report_month"]
        assert isinstance(chosen, forms.TypedChoiceField)
        chosen.choices = [(number, month_words(number)) for number in months]
        names = {"amount": _("冲减金额"), "unit": _("单位"), "report_month": _("记入月份"), "reason": _("原因")}
        for name, text in names.items():
            self.fields[name].label = text

    def clean(self) -> dict[str, Any]:
        """The amount, read in its unit."""
        given: dict[str, Any] = super().clean() or {}
        if "amount" in given and "unit" in given:
            try:
                self.amount_fen = read_amount(given["amount"], given["unit"])
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return given


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def payment_opposite(request: Any, key: UUID) -> HttpResponse:
    """Declare the opposite entry of a verified payment; a second person verifies it like any other."""
    payment = visible_payment(request.viewer, key)
    if payment.standing != Standing.VERIFIED or payment.reverses_id:
        return error_page(request, 409, detail=_("只有已核定的原始到位可以冲减。"))
    months, left = open_months(request.viewer.city), capital.left_of(payment)
    initial = {
        "amount": yuan_text(left),
        "unit": "元",
        "report_month": usual_month(request.viewer.city, timezone.localdate()),
    }
    form = OppositeForm(request.POST or None, months=months, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entry = _declare(request, payment, form)
        except REFUSED as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("冲减已申报，等待另一人审核。"))
            return redirect("desk:payment", entry.pk)
    shown = {"form": form, "payment": payment, "left_fen": left}
    return render(request, "desk/payments/opposite.html", shown, status=422 if form.errors else 200)


def _declare(request: Any, payment: Payment, form: OppositeForm) -> Payment:
    return capital.declare_opposite(
        payment=payment,
        report_month=form.cleaned_data["report_month"],
        amount_fen=form.amount_fen,
        reason=form.cleaned_data["reason"],
        by=request.viewer.user,
        at=timezone.now(),
    )
