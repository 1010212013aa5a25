"""The forms of plans, years, measures and tasks, and of reports on them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import EvidenceFile
from zhaoshang.common.problems import Refused
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.values import value_typed
from zhaoshang.figures.models import Indicator
from zhaoshang.people.models import User
from zhaoshang.plans.actions import NewItem
from zhaoshang.plans.models import WorkItem
from zhaoshang.plans.rules import REPORTED, STANDINGS, Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.ui.filters import called
from zhaoshang.ui.widgets import FileDrop

TITLE, DOCUMENT, ISSUED = gettext_lazy("名称"), gettext_lazy("文号"), gettext_lazy("发文日期")


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class DocumentForm(forms.Form):
    """What every plan and year has: a title, the document that sets it, and the document itself."""

    title = forms.CharField(label=TITLE, max_length=120)
    document = forms.CharField(label=DOCUMENT, max_length=120)
    issued_on = day_field(label=ISSUED)
    file = forms.FileField(
        label=gettext_lazy("文件"),
        required=False,
        widget=FileDrop(".pdf,.ofd,.docx,.xlsx"),
        help_text=gettext_lazy("PDF、OFD 或 Word；存入后按内容摘要保管"),
    )

    def stored(self, viewer: Viewer, at: Any) -> EvidenceFile | None:
        """The file kept among the evidence; None without one. Raises ``ValidationError`` saying what is wrong with it."""
        given = self.cleaned_data.get("file")
        if not given or viewer.user is None:
            return None
        try:
            return store(city=viewer.city, content=given.read(), name=given.name or "", by=viewer.user, at=at)
        except Refused as refusal:
            raise ValidationError(_(refusal.template).format(**refusal.params)) from refusal


class PlanForm(DocumentForm):
    """A new plan of several years."""

    code = forms.SlugField(
        label=gettext_lazy("编号"), max_length=40, help_text=gettext_lazy("用在网址里，如 plan-2023-2025")
    )
    first_year = forms.IntegerField(label=gettext_lazy("起始年"), min_value=1990, max_value=2200)
    last_year = forms.IntegerField(label=gettext_lazy("截止年"), min_value=1990, max_value=2200)

    def clean(self) -> dict[str, Any]:
        """The years in their order."""
        given = super().clean() or {}
        if given.get("first_year") and given.get("last_year") and given["first_year"] > given["last_year"]:
            self.add_error("last_year", _("截止年早于起始年。"))
        return given


class YearForm(DocumentForm):
    """A plan's new year."""

    year = forms.TypedChoiceField(label=gettext_lazy("年度"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """A measure or task. ``new`` holds it once the form is valid; a change also needs its reason."""

    title = forms.CharField(label=gettext_lazy("内容"), max_length=200)
    owner_unit = forms.ChoiceField(label=gettext_lazy("责任地区"), required=False)
    owner_department = forms.CharField(
        label=gettext_lazy("责任处室"), max_length=60, required=False, help_text=gettext_lazy("本局处室或其他部门")
    )
    responsible = forms.ChoiceField(label=gettext_lazy("责任人"), required=False)
    starts_on = day_field(label=gettext_lazy("开始"), required=False)
    due_on = day_field(label=gettext_lazy("完成时限"), required=False)
    indicator = forms.ChoiceField(
        label=gettext_lazy("指标"), required=False, help_text=gettext_lazy("有指标的按账上的数自动算进度，没有的靠报告")
    )
    target = forms.CharField(
        label=gettext_lazy("目标值"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("金额按亿元，数量按个；不填则用已下达给责任地区（或全市）的目标"),
    )
    reason = forms.CharField(label=gettext_lazy("调整依据"), max_length=400)

    def __init__(self, *args: Any, viewer: Viewer, item: WorkItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        city = viewer.city
        self.units = {unit.code: unit for unit in ReportingUnit.objects.of(city)}
        self.people = {str(one.pk): one for one in _people(viewer)}
        self.indicators = {one.code: one for one in Indicator.objects.of(city)}
        self.new: NewItem | None = None
        self._choose("owner_unit", [(code, named(unit)) for code, unit in self.units.items()])
        self._choose("responsible", [(key, called(one)) for key, one in self.people.items()])
        self._choose("indicator", [(code, named(one)) for code, one in self.indicators.items()])
        if item is None:
            del self.fields["reason"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order; a target only with its indicator, in its unit."""
        given = super().clean() or {}
        starts, due = given.get("starts_on"), given.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("完成时限早于开始。"))
        target = self._target(given)
        if not self.errors:
            self.new = NewItem(
                title=given["title"],
                owner_unit=self.units.get(given["owner_unit"]),
                owner_department=given["owner_department"],
                responsible=self.people.get(given["responsible"]),
                starts_on=starts,
                due_on=due,
                indicator=given["indicator"],
                target=target,
            )
        return given

    def _target(self, given: dict[str, Any]) -> int | None:
        text, indicator = (given.get("target") or "").strip(), self.indicators.get(given.get("indicator") or "")
        if not text:
            return None
        if indicator is None:
            self.add_error("indicator", _("写了目标值，请选它的指标。"))
            return None
        try:
            amount = value_typed(indicator, text)
        except ValidationError as error:
            self.add_error("target", error)
            return None
        if amount <= 0:
            self.add_error("target", _("目标须大于零。"))
        return amount


def _people(viewer: Viewer) -> list[User]:
    rows = Membership.objects.of(viewer.city).filter(withdrawn_at__isnull=True, user__is_active=True)
    found = {row.user_id: row.user for row in rows.select_related("user").order_by("user__username")}
    return list(found.values())


class ReportForm(forms.Form):
    """A report on a measure or task."""

    standing = forms.ChoiceField(label=gettext_lazy("状态"))
    percent = forms.IntegerField(label=gettext_lazy("完成（%）"), min_value=0, max_value=100, required=False)
    reported_on = day_field(label=gettext_lazy("日期"))
    text = forms.CharField(
        label=gettext_lazy("做了什么，还差什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [(str(one), _(STANDINGS[one].label)) for one in REPORTED]
        self.fields["standing"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("reported_on", today)
        self.initial.setdefault("standing", Standing.UNDERWAY)

    def clean_reported_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["reported_on"]
        if day > self.today:
            raise ValidationError(_("日期晚于今天；还没有发生的不能报告。"))
        return day
