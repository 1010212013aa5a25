"""The forms of a trip, its delegation, its meetings and minutes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.ids import uuid7
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.outreach.actions.meetings import NewMeeting, NewMinutes
from zhaoshang.outreach.actions.trips import NewMember, NewTrip
from zhaoshang.outreach.rules import Rank
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import english, named, wan
from zhaoshang.ui.maps import NoBoundaries, places
from zhaoshang.ui.widgets import MoneyInput

TAKEN = frozenset({"new", "counts", "notice", "rules"})
_APART = re.compile(r"[、，,;；\s]+")
_ENDINGS = ("市", "省", "自治区", "地区", "盟", "自治州", "特别行政区")
MOST_PLACES = 12


def places_typed(text: str) -> list[tuple[str, str]]:
    """Codes and names of cities or provinces typed by name, or as a name followed by six digits. Raises ``ValidationError``."""
    try:
        known = {one.name: one.code for one in places().values()}
    except NoBoundaries:
        known = {}
    found: list[tuple[str, str]] = []
    words = [word for word in _APART.split(text) if word]
    for place, word in enumerate(words):
        if re.fullmatch(r"\d{6}", word):
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        name = next((word + end for end in ("", *_ENDINGS) if word + end in known), word)
        code = following if re.fullmatch(r"\d{6}", following) else known.get(name, "")
        if not code:
            raise ValidationError(
                _("没有找到“%(name)s”。请写城市全称，或在名称后写六位行政区划代码，例如：宁波市 330200。")
                % {"name": word}
            )
        found.append((code, name[:40]))
    if not 0 < len(found) <= MOST_PLACES:
        raise ValidationError(_("请写一到 %(most)s 个城市，用顿号隔开。") % {"most": MOST_PLACES})
    return found


def unit_choices(viewer: Viewer, whole: str) -> tuple[list[tuple[str, str]], dict[str, ReportingUnit]]:
    """The units that the viewer writes for; city roles may also write for the city itself."""
    rows = ReportingUnit.objects.of(viewer.city)
    rows = rows if viewer.sees_all_units else rows.filter(pk__in=viewer.unit_ids)
    units = {unit.code: unit for unit in rows}
    first = [("", whole)] if viewer.sees_all_units else []
    return [*first, *((code, named(unit)) for code, unit in units.items())], units


def choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Set what a choice field offers."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class TripForm(forms.Form):
    """A trip. ``new_trip(members)`` is what the action takes, once both forms are valid."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    unit = forms.ChoiceField(label=gettext_lazy("组团单位"), required=False)
    first_day = day_field(label=gettext_lazy("出发日"))
    last_day = day_field(label=gettext_lazy("返回日"))
    destinations = forms.CharField(
        label=gettext_lazy("目的地"),
        max_length=400,
        help_text=gettext_lazy("城市名，用顿号隔开，例如：上海市、宁波市"),
    )
    purpose = forms.CharField(label=gettext_lazy("事由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    cost = forms.CharField(label=gettext_lazy("预计费用"), max_length=40, required=False, widget=MoneyInput("万元"))

    def __init__(
        self, *args: Any, viewer: Viewer, code: str, unit_fixed: ReportingUnit | bool | None = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.cost_fen = code, None
        choices, self.units = unit_choices(viewer, _("全市（市领导或市级部门）"))
        choose(self, "unit", choices)
        if unit_fixed is not False:
            del self.fields["unit"]
        self.unit_fixed = unit_fixed

    def clean_destinations(self) -> list[tuple[str, str]]:
        """Codes and names."""
        return places_typed(self.cleaned_data["destinations"])

    def clean_cost(self) -> int | None:
        """Whole fen, or nothing."""
        text = self.cleaned_data["cost"].strip()
        return read_amount(text, "万元") if text else None

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        if given.get("first_day") and given.get("last_day") and given["last_day"] < given["first_day"]:
            self.add_error("last_day", _("返回日早于出发日。"))
        return given

    def new_trip(self, members: list[NewMember]) -> NewTrip:
        """What was typed."""
        given = self.cleaned_data
        unit = self.unit_fixed if not isinstance(self.unit_fixed, bool) else self.units.get(given["unit"])
        return NewTrip(
            code=self.code,
            title=given["title"],
            purpose=given["purpose"],
            first_day=given["first_day"],
            last_day=given["last_day"],
            members=members,
            destinations=given["destinations"],
            unit=unit,
            cost_fen=given["cost"],
        )


class MemberForm(forms.Form):
    """Somebody of a delegation."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    post = forms.CharField(label=gettext_lazy("职务"), max_length=80)
    rank = forms.ChoiceField(label=gettext_lazy("职级"))
    leads = forms.BooleanField(label=gettext_lazy("带队"), required=False)

    def __init__(self, *args: Any, ranks: tuple[Rank, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(one.code, one.name_en if english() else one.name) for one in ranks]
        choose(self, "rank", [("", "—"), *shown])


class MembersFormSet(forms.BaseFormSet[MemberForm]):
    """A delegation: somebody, and somebody who leads."""

    def clean(self) -> None:
        """Raises ``ValidationError`` without a leader."""
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        if not any(row.get("leads") for row in rows):
            raise ValidationError(_("请至少填一人，并勾选由谁带队；计次按带队人的职级。"))


def members_typed(formset: forms.BaseFormSet[MemberForm], unit: ReportingUnit | None) -> list[NewMember]:
    """Those that were filled in, in their order. Only after ``is_valid()``."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("name")]
    return [NewMember(row["name"], row["post"], row["rank"], row["leads"], unit) for row in rows]


Members = forms.formset_factory(MemberForm, formset=MembersFormSet, extra=3, max_num=30, absolute_max=40)


def held_values(trip: Any, party: Any) -> dict[str, Any]:
    """A trip as its form shows it."""
    return {
        "title": trip.title,
        "first_day": trip.first_day,
        "last_day": trip.last_day,
        "purpose": trip.purpose,
        "destinations": "、".join(f"{one.name} {one.region_code}" for one in party.destinations),
        "cost": wan(trip.cost_fen).replace(",", "") if trip.cost_fen is not None else "",
    }


def _hour(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class MeetingForm(forms.Form):
    """A meeting of the programme."""

    day = day_field(label=gettext_lazy("日期"))
    begins = _hour(label=gettext_lazy("开始"))
    ends = _hour(label=gettext_lazy("结束"))
    party = forms.CharField(label=gettext_lazy("会见单位"), max_length=120)
    people = forms.CharField(label=gettext_lazy("对方人员"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=120, required=False)
    purpose = forms.CharField(label=gettext_lazy("议题"), max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        """Hours in their order."""
        given = super().clean() or {}
        if given.get("begins") and given.get("ends") and given["ends"] < given["begins"]:
            self.add_error("ends", _("结束早于开始。"))
        return given

    def new_meeting(self, enterprise: Any, *, again: bool) -> NewMeeting:
        """What was typed; the enterprise where its name is on record."""
        return NewMeeting(enterprise=enterprise, again=again, **self.cleaned_data)


class MinutesForm(forms.Form):
    """Minutes, on a phone: few fields, and a key that the browser makes anew for each that it sends."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    met = forms.CharField(label=gettext_lazy("见了谁"), max_length=200, required=False)
    text = forms.CharField(label=gettext_lazy("谈了什么"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    next_step = forms.CharField(label=gettext_lazy("下一步"), max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid7())

    def new_minutes(self) -> NewMinutes:
        """What was typed."""
        return NewMinutes(**self.cleaned_data)
