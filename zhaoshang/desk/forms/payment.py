"""The form of a payment: typed by the keyboard in ten minutes a day, and nothing typed is lost when something is refused."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zhaoshang.capital.actions import Draft
from zhaoshang.capital.currencies import CURRENCIES, BadAmount, Foreign, amount_text, minor_of
from zhaoshang.capital.exchange import RateMissing, Rates
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, Kind, Origin
from zhaoshang.common.ids import uuid7
from zhaoshang.common.money import FEN_PER, WAN, YUAN, in_unit, yuan_text
from zhaoshang.common.periods import Period
from zhaoshang.desk.lists import LONGEST_FILTER
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Region, ReportMonth
from zhaoshang.regions.rules import FOREIGN_CODE, MonthState
from zhaoshang.review.workbooks.amounts import UNITS, AmountError, amount_of_text
from zhaoshang.review.workbooks.messages import MESSAGES
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import month as month_words

EARLIEST = date(2000, 1, 1)
_KEYS = signing.Signer(salt="desk.payment.key")


def new_key(user_id: UUID) -> str:
    """An id for the payment that this form will make, signed for the person it was shown to."""
    return _KEYS.sign(f"{user_id}:{uuid7()}")


def open_months(city: City) -> list[int]:
    """Months that may be written, latest first."""
    rows = ReportMonth.objects.of(city).filter(state=MonthState.OPEN).order_by("-number")
    return list(rows.values_list("number", flat=True))


def usual_month(city: City, today: date) -> int | None:
    """The month that is being reported: the first open one whose due day has not passed, else the latest open one."""
    rows = ReportMonth.objects.of(city).filter(state=MonthState.OPEN).order_by("number")
    due = rows.filter(due_on__gte=today).first() or rows.last()
    return due.number if due else None


def source_choices(city: City) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where money may come from, grouped as it is counted: other provinces, own province, abroad, the city itself."""
    rows = Region.objects.filter(code__endswith="00", valid_to__isnull=True).order_by("code")
    english = (get_language() or "").startswith("en")
    named = [(row.code, (row.name_en if english else row.short_name) or row.name) for row in rows]
    own, province = city.gb_code[:4], city.gb_code[:2]
    abroad = [item for item in named if item[0][:2] in ("71", "81", "82")] + [(FOREIGN_CODE, _("外国"))]
    outside = [item for item in named if item[0].endswith("0000") and item[0][:2] not in (province, "71", "81", "82")]
    inside = [item for item in named if item[0][:2] == province and item[0][:4] not in (own, f"{province}00")]
    local = [item for item in named if item[0][:4] == own]
    return [(_("省外"), outside), (_("省内市外"), inside), (_("境外"), abroad), (_("市内"), local)]


def read_amount(text: str, unit: str) -> int:
    """Fen of what was typed; a unit in the text itself (``1.2亿``) wins. Raises ``ValidationError`` saying what to write."""
    try:
        amount = amount_of_text(text)
        return amount.fen(amount.unit or unit)
    except AmountError as error:
        words = _(MESSAGES[error.code]).format(value=error.value, unit=unit)
        raise forms.ValidationError(words) from None


def read_foreign(text: str, unit: str, currency: str) -> int:
    """Smallest parts of the currency of what was typed, in units of 1, 10⁴ or 10⁸. Raises ``ValidationError`` saying what to write."""
    try:
        amount = amount_of_text(text)
        return minor_of(amount.number * FEN_PER[amount.unit or unit] / Decimal(YUAN), currency)
    except AmountError as error:
        words = _(MESSAGES[error.code]).format(value=error.value, unit=unit)
        raise forms.ValidationError(words) from None
    except BadAmount:
        named = {"currency": _(CURRENCIES[currency].label), "digits": CURRENCIES[currency].digits}
        raise forms.ValidationError(_("%(currency)s的金额须大于零，最多 %(digits)s 位小数。") % named) from None


def find_project(viewer: Viewer, text: str) -> Project:
    """The project meant by a code, a code and a name, or a part of a name. Raises ``ValidationError``."""
    text = text.strip()[:LONGEST_FILTER]
    seen = Project.objects.visible_to(viewer).select_related("unit", "city", "enterprise")
    if exact := seen.filter(Q(code=text.split(" ")[0]) | Q(name=text)).first():
        return exact  # type: ignore[no-any-return]
    found = list(seen.filter(name__icontains=text).order_by("code")[:6])
    if len(found) == 1:
        return found[0]  # type: ignore[no-any-return]
    if not found:
        raise forms.ValidationError(_("没有这个项目。请从提示中选择；新项目请先登记。"))
    names = _("、").join(project_text(project) for project in found[:5])
    raise forms.ValidationError(_("有几个项目都符合：%(names)s。请选定其中一个。") % {"names": names})


def project_text(project: Project) -> str:
    """How a project stands in the type-ahead: its code and its name."""
    return f"{project.code} {project.name}"


class PaymentForm(forms.Form):
    """What an officer types. ``draft`` turns it into what the ledger takes."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    project = forms.CharField(max_length=200)
    report_month = forms.TypedChoiceField(coerce=int)
    paid_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    amount = forms.CharField(max_length=40)
    unit = forms.ChoiceField(choices=[(unit, gettext_lazy(unit)) for unit in UNITS])
    currency = forms.ChoiceField(required=False)
    source_code = forms.ChoiceField()
    kind = forms.ChoiceField()
    origin = forms.ChoiceField()
    payer = forms.CharField(max_length=120, required=False)
    bank_serial = forms.CharField(max_length=60, required=False)
    note = forms.CharField(max_length=400, required=False)
    counts_because = forms.CharField(max_length=400, required=False)
    is_another = forms.BooleanField(required=False)

    def __init__(self, *args: Any, viewer: Viewer, months: Sequence[int], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today
        self.found_project: Project | None = None
        self.amount_fen = 0
        self.foreign: Foreign | None = None
        currencies = [(code, f"{_(one.label)} {code}") for code, one in CURRENCIES.items()]
        self._choose("currency", [("", _("人民币")), *currencies])
        self._choose("report_month", [(number, month_words(number)) for number in months])
        self._choose("source_code", [("", "—"), *source_choices(viewer.city)])
        self._choose("kind", [(kind, _(text)) for kind, text in KIND_LABELS.items()])
        self._choose("origin", [(origin, _(text)) for origin, text in ORIGIN_LABELS.items()])
        self._name_fields()
        self._ask_while_typing()

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _name_fields(self) -> None:
        names = {
            "project": _("项目"),
            "report_month": _("报告月份"),
            "paid_on": _("到账日期"),
            "amount": _("到位金额"),
            "unit": _("单位"),
            "currency": _("币种"),
            "source_code": _("资金来源地"),
            "kind": _("资金类型"),
            "origin": _("新建或续建"),
            "payer": _("付款单位"),
            "bank_serial": _("银行流水号"),
            "note": _("备注"),
            "counts_because": _("计入理由"),
            "is_another": _("这是另一笔到账"),
        }
        for name, text in names.items():
            self.fields[name].label = text

    def _ask_while_typing(self) -> None:
        """Projects are offered, and the amount is read back, by the server that will take them."""
        names = ("project", "amount", "unit", "currency", "paid_on")
        project, amount, unit, currency, paid_on = (self.fields[name].widget.attrs for name in names)
        project.update({"list": "projects", "autocomplete": "off", "hx-get": reverse("desk:project_suggest")})
        project.update({"hx-trigger": "input changed delay:200ms", "hx-target": "#projects"})
        asked = "[name=amount], [name=unit], [name=currency], [name=paid_on]"
        for field in (amount, unit, currency, paid_on):
            field.update({"hx-get": reverse("desk:payment_echo"), "hx-target": "#amount-echo"})
            field.update({"hx-include": asked, "hx-trigger": "change"})
        # A refused amount already stands there with the reason; a kept one is read back at once.
        at_once = "" if self.is_bound else ", load"
        amount.update(
            {"hx-trigger": f"input changed delay:250ms{at_once}", "inputmode": "decimal", "autocomplete": "off"}
        )

    def clean_project(self) -> str:
        """The project as its code and name; hidden and absent ones look the same."""
        self.found_project = find_project(self.viewer, self.cleaned_data["project"])
        return project_text(self.found_project)

    def clean_paid_on(self) -> date:
        """Money arrives today at the latest."""
        day: date = self.cleaned_data["paid_on"]
        if day > self.today:
            raise forms.ValidationError(_("到账日期晚于今天；未到位的资金不能报。"))
        if day < EARLIEST:
            raise forms.ValidationError(_("到账日期早于 2000 年；请核对。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The amount, read in its unit and converted if it is foreign; the month, not before the money arrived."""
        given: dict[str, Any] = super().clean() or {}
        if "amount" in given and "unit" in given and "currency" in given:
            try:
                self._read_amount(given)
            except forms.ValidationError as error:
                self.add_error("amount", error)
            except RateMissing as missing:
                self.add_error("currency", _(missing.template).format(**missing.params))
        day, month = given.get("paid_on"), given.get("report_month")
        if day and month is not None and Period.of_month(day).first > month:
            self.add_error("paid_on", _("到账日期在报告月之后；请改报到账当月。"))
        return given

    def _read_amount(self, given: dict[str, Any]) -> None:
        if not given["currency"]:
            self.amount_fen = read_amount(given["amount"], given["unit"])
            return
        minor = read_foreign(given["amount"], given["unit"], given["currency"])
        if day := given.get("paid_on"):
            self.foreign, self.amount_fen = Rates(self.viewer.city).converted(given["currency"], minor, day)

    def payment_key(self) -> UUID | None:
        """The id that this form was shown with; None when it is not one of ours or another person's."""
        try:
            user_id, _colon, key = _KEYS.unsign(self.data.get("key", "")).partition(":")
        except signing.BadSignature:
            return None
        return UUID(key) if self.viewer.user is not None and user_id == str(self.viewer.user.pk) else None

    def draft(self, succeeds: Payment | None = None) -> Draft:
        """The payment as typed. Only after ``is_valid()``."""
        given = self.cleaned_data
        assert self.found_project is not None
        return Draft(
            project=self.found_project,
            report_month=given["report_month"],
            paid_on=given["paid_on"],
            amount_fen=self.amount_fen,
            foreign=self.foreign,
            source_code=given["source_code"],
            kind=Kind(given["kind"]),
            origin=Origin(given["origin"]),
            payer=given["payer"],
            bank_serial=given["bank_serial"],
            note=given["note"],
            counts_because=given["counts_because"],
            succeeds=succeeds,
            key=self.payment_key(),
            ask_if_same=not given["is_another"],
        )


def initial_of(payment: Payment) -> dict[str, Any]:
    """A payment as the form shows it, in 万元 where that is short, else in 元."""
    foreign = payment.foreign
    short = payment.amount_fen % (WAN // 100) == 0 and not foreign
    typed = f"{in_unit(payment.amount_fen, '万元', 2):f}" if short else yuan_text(payment.amount_fen)
    return {
        "project": project_text(payment.project),
        "report_month": payment.report_month,
        "paid_on": payment.paid_on,
        "amount": amount_text(foreign.minor, foreign.currency) if foreign else typed,
        "unit": "万元" if short else "元",
        "currency": payment.currency,
        "source_code": payment.source_code,
        "kind": payment.kind,
        "origin": payment.origin,
        "payer": payment.payer,
        "bank_serial": payment.bank_serial,
        "note": payment.note,
        "counts_because": payment.counts_because,
    }
