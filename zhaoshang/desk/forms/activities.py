"""The forms of an activity, its guests and signings, and of visits with their demands."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.payment import find_project, read_amount
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.desk.forms.trips import choose, unit_choices
from zhaoshang.outreach.actions.activities import NewGuest, NewSigning
from zhaoshang.outreach.models import Activity
from zhaoshang.outreach.rules import ACTIVITY_KIND_LABELS
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.widgets import MoneyInput

TAKEN = frozenset({"new"})
MOST_GUESTS = 300


def moment_field(**kwargs: Any) -> forms.DateTimeField:
    """A day and an hour, with the browser's own calendar."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


class ActivityForm(forms.Form):
    """An activity. ``fields_of_activity`` is what the action takes, once the form is valid."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("编号"), max_length=40, help_text=gettext_lazy("用在网址里，如 2023-spring")
    )
    kind = forms.ChoiceField(label=gettext_lazy("类型"))
    unit = forms.ChoiceField(label=gettext_lazy("主办"), required=False)
    begins_at = moment_field(label=gettext_lazy("开始"))
    ends_at = moment_field(label=gettext_lazy("结束"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=120)
    seats = forms.IntegerField(label=gettext_lazy("座位数"), min_value=1, max_value=100_000, required=False)
    about = forms.CharField(
        label=gettext_lazy("介绍"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("报名页上任何人都看得到"),
    )

    def __init__(self, *args: Any, viewer: Viewer, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(str(key), _(text)) for key, text in ACTIVITY_KIND_LABELS.items()])
        choices, self.units = unit_choices(viewer, _("全市"))
        choose(self, "unit", choices)
        if activity is not None:
            del self.fields["code"], self.fields["unit"]
            self.initial = {name: getattr(activity, name) for name in self.fields}

    def clean_code(self) -> str:
        """A code that is no page of its own."""
        code: str = self.cleaned_data["code"]
        if code.lower() in TAKEN:
            raise ValidationError(_("这个编号留作页面地址，请换一个。"))
        return code

    def clean(self) -> dict[str, Any]:
        """Hours in their order."""
        given = super().clean() or {}
        if given.get("begins_at") and given.get("ends_at") and given["ends_at"] < given["begins_at"]:
            self.add_error("ends_at", _("结束早于开始。"))
        return given

    @property
    def fields_of_activity(self) -> dict[str, Any]:
        """Without code and unit."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("code", "unit")}


def agenda_typed(text: str, activity: Activity) -> list[tuple[datetime, datetime | None, str, str]]:
    """A line a point: ``09:00-09:40 title｜speaker``. Raises ``ValidationError`` naming the line."""
    found = []
    day = timezone.localtime(activity.begins_at)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        hours, _space, rest = line.strip().replace("：", ":").partition(" ")
        title, _bar, speaker = rest.replace("|", "｜").partition("｜")
        begins, _dash, ends = hours.replace("–", "-").replace("—", "-").partition("-")
        try:
            moments = [datetime.strptime(hour, "%H:%M").time() for hour in (begins, ends) if hour]
        except ValueError:
            moments = []
        if not moments or not title.strip():
            raise ValidationError(_("第 %(line)s 行读不懂。请写成：09:00-09:40 开幕致辞｜某某") % {"line": number})
        at = [day.replace(hour=one.hour, minute=one.minute, second=0, microsecond=0) for one in moments]
        found.append((at[0], at[1] if len(at) > 1 else None, title.strip()[:200], speaker.strip()[:120]))
    return found


def guests_typed(text: str, unit: ReportingUnit | None) -> list[NewGuest]:
    """A line a guest: organisation, name, post, phone, by comma or tab. Raises ``ValidationError`` naming the line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("，", ",").replace("\t", ",").split(",")]
        if len(parts) < 2 or len(parts) > 4 or not parts[0] or not parts[1]:
            raise ValidationError(
                _("第 %(line)s 行读不懂。请写成：单位，姓名，职务，电话（后两项可不写）") % {"line": number}
            )
        organisation, name, post, phone = (*parts, "", "")[:4]
        long = len(organisation) > 120 or len(name) > 40 or len(post) > 80 or len(phone) > 30
        if long:
            raise ValidationError(_("第 %(line)s 行有一项太长。") % {"line": number})
        found.append(NewGuest(organisation, name, post, phone, unit))
    if not 0 < len(found) <= MOST_GUESTS:
        raise ValidationError(_("请填一到 %(most)s 位嘉宾，一行一位。") % {"most": MOST_GUESTS})
    return found


class SigningForm(forms.Form):
    """Something signed: a project of the account, or a name with its own amount."""

    project = forms.CharField(
        label=gettext_lazy("在册项目"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("填编号或名称；填了就以项目的名称和合同额为准"),
    )
    name = forms.CharField(label=gettext_lazy("未在册的项目名称"), max_length=120, required=False)
    investor = forms.CharField(label=gettext_lazy("投资方"), max_length=120, required=False)
    amount = forms.CharField(label=gettext_lazy("投资额"), max_length=40, required=False, widget=MoneyInput("万元"))
    unit = forms.ChoiceField(label=gettext_lazy("地区"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        choices, self.units = unit_choices(viewer, "—")
        choose(self, "unit", choices)

    def clean_project(self) -> Any:
        """The project meant, or none."""
        text = self.cleaned_data["project"].strip()
        return find_project(self.viewer, text) if text else None

    def clean_amount(self) -> int:
        """Whole fen."""
        text = self.cleaned_data["amount"].strip()
        return read_amount(text, "万元") if text else 0

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("project") and not given.get("name", "").strip():
            self.add_error("name", _("请填在册项目，或写明项目名称。"))
        return given

    def new_signing(self) -> NewSigning:
        """What was typed."""
        given = self.cleaned_data
        return NewSigning(
            given["name"], given["investor"], given["amount"], self.units.get(given["unit"]), given["project"]
        )


class VisitForm(forms.Form):
    """A visit to be."""

    firm = forms.CharField(label=gettext_lazy("企业"), max_length=120)
    unit = forms.ChoiceField(label=gettext_lazy("走访单位"), required=False)
    planned_on = day_field(label=gettext_lazy("计划日期"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=120, required=False)
    visitors = forms.CharField(label=gettext_lazy("走访人"), max_length=200)
    project = forms.CharField(
        label=gettext_lazy("相关项目"), max_length=200, required=False, help_text=gettext_lazy("编号或名称")
    )
    purpose = forms.CharField(label=gettext_lazy("事由"), max_length=400, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        choices, self.units = unit_choices(viewer, _("全市"))
        choose(self, "unit", choices)

    def clean_project(self) -> Any:
        """The project meant, or none."""
        text = self.cleaned_data["project"].strip()
        return find_project(self.viewer, text) if text else None

    @property
    def caller(self) -> ReportingUnit | None:
        """Who calls."""
        return self.units.get(self.cleaned_data["unit"])

    @property
    def fields_of_visit(self) -> dict[str, Any]:
        """As the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "unit"}


class TellForm(forms.Form):
    """What a visit found."""

    on = day_field(label=gettext_lazy("走访日"))
    told = forms.CharField(label=gettext_lazy("走访情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class DemandForm(forms.Form):
    """What a firm asks for."""

    text = forms.CharField(label=gettext_lazy("诉求"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    department = forms.CharField(label=gettext_lazy("承办部门"), max_length=60)
    due_on = day_field(label=gettext_lazy("答复期限"), required=False)
