"""The forms of an entry: what all kinds share and the kind's own declared fields; and of what happens to it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import Refused
from zhaoshang.common.shapes import Outline, read_outline, read_text, text_of
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.payment import find_project, read_amount
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.opportunities.actions import NewEntry
from zhaoshang.opportunities.fields import FIELDS, Field, Type, read_english, read_fields, written
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind
from zhaoshang.opportunities.wording import fault_words
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.ui.filters import called, with_note
from zhaoshang.ui.widgets import FileDrop, MoneyInput

OWN, OWN_EN = "f_", "e_"
LONG_ROWS = 4
TAKEN = frozenset({"new", "map", "import", "template"})


class EntryForm(forms.Form):
    """An entry of one kind. ``as_new()`` is what the actions take, once the form is valid."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=160, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    steward = forms.ChoiceField(
        label=gettext_lazy("维护人"), help_text=gettext_lazy("负责按期核实；条目过期前会提醒此人")
    )
    expires_on = day_field(label=gettext_lazy("有效期至"))
    industry = forms.ChoiceField(label=gettext_lazy("行业门类"), required=False)
    amount = forms.CharField(label=gettext_lazy("总投资"), max_length=40, required=False, widget=MoneyInput("亿元"))
    area = forms.DecimalField(
        label=gettext_lazy("面积（平方米）"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("简介"), max_length=600, required=False, widget=forms.Textarea({"rows": LONG_ROWS})
    )
    summary_en = forms.CharField(
        label=gettext_lazy("英文简介"), max_length=1000, required=False, widget=forms.Textarea({"rows": LONG_ROWS})
    )

    def __init__(
        self, *args: Any, viewer: Viewer, kind: Kind, today: date, entry: Opportunity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.entry, self.today = kind, entry, today
        self.amount_fen: int | None = None
        self.values: dict[str, Any] = {}
        self._choose(viewer)
        for one in FIELDS[kind]:
            self.fields[OWN + one.name] = _form_field(one)
        for one in FIELDS[kind]:
            if one.has_english:
                self.fields[OWN_EN + one.name] = _english_field(one)
        self.initial = self._held(viewer)

    def _choose(self, viewer: Viewer) -> None:
        units = ReportingUnit.objects.of(viewer.city)
        units = units if viewer.sees_all_units else units.filter(pk__in=viewer.unit_ids)
        self.units = {unit.code: unit for unit in units}
        offered = [(code, named(unit)) for code, unit in self.units.items()]
        self._offer("unit", [("", _("市级")), *offered] if viewer.sees_all_units else offered)
        self.stewards = {user.username: user for user in stewards_of(viewer)}
        self._offer("steward", [(name, called(user)) for name, user in self.stewards.items()])
        self._offer("industry", [("", "—"), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _held(self, viewer: Viewer) -> dict[str, Any]:
        entry = self.entry
        if entry is None:
            assert viewer.user is not None
            return {"steward": viewer.user.username}
        own = {
            OWN + one.name: _typed(one, entry.fields[one.name]) for one in entry.declared if one.name in entry.fields
        }
        own |= {OWN_EN + name: text for name, text in (entry.fields_en or {}).items()}
        shared = {name: getattr(entry, name) for name in ("title", "title_en", "industry", "summary", "summary_en")}
        return (
            own
            | shared
            | {
                "unit": entry.unit.code if entry.unit else "",
                "steward": entry.steward.username,
                "expires_on": entry.expires_on,
                "area": entry.area_m2,
                "amount": f"{in_unit(entry.amount_fen, '亿元'):f}" if entry.amount_fen is not None else "",
            }
        )

    def clean_amount(self) -> str:
        """The amount, kept in fen."""
        text: str = self.cleaned_data["amount"].strip()
        self.amount_fen = read_amount(text, "亿元") if text else None
        if self.amount_fen is not None and not 0 <= self.amount_fen < 10**18:
            raise ValidationError(_("总投资须大于零。"))
        return text

    def clean_expires_on(self) -> date:
        """A day that has not passed."""
        day: date = self.cleaned_data["expires_on"]
        if day < self.today and (self.entry is None or day != self.entry.expires_on):
            raise ValidationError(_("有效期须在今天以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The kind's own fields by their declared types."""
        given = super().clean() or {}
        raw = {one.name: given.get(OWN + one.name) for one in FIELDS[self.kind]}
        self.values, faults = read_fields(FIELDS[self.kind], raw)
        for fault in faults:
            self.add_error(OWN + fault.name, fault_words(fault, _))
        for fault in read_english(FIELDS[self.kind], self._english(given))[1]:
            self.add_error(OWN_EN + fault.name, fault_words(fault, _))
        return given

    def as_new(self) -> NewEntry:
        """As ``opportunities.actions`` takes it. Only after ``is_valid()``."""
        given = self.cleaned_data
        return NewEntry(
            kind=self.kind, title=given["title"], title_en=given["title_en"], unit=self.units.get(given["unit"]),
            steward=self.stewards[given["steward"]], expires_on=given["expires_on"], industry=given["industry"],
            amount_fen=self.amount_fen, area_m2=given["area"], summary=given["summary"], summary_en=given["summary_en"],
            region_code=self.entry.region_code if self.entry else "",
            fields={name: value for name, value in self._raw().items() if value not in (None, "", [])},
            fields_en=self._english(given),
        )  # fmt: skip

    def _english(self, given: dict[str, Any]) -> dict[str, str]:
        return {one.name: given.get(OWN_EN + one.name) or "" for one in FIELDS[self.kind] if one.has_english}

    def in_chinese(self) -> list[Any]:
        """The fields but for the English of the kind's own texts."""
        return [bound for bound in self if not bound.name.startswith(OWN_EN)]

    def in_english(self) -> list[Any]:
        """The English of the kind's own texts."""
        return [bound for bound in self if bound.name.startswith(OWN_EN)]

    def _raw(self) -> dict[str, Any]:
        return {one.name: self.cleaned_data.get(OWN + one.name) for one in FIELDS[self.kind]}


def stewards_of(viewer: Viewer) -> list[User]:
    """Who can be made steward: the officers of the viewer's units; for the city's people everybody who keeps entries."""
    rows = Membership.objects.of(viewer.city).filter(withdrawn_at__isnull=True, user__is_active=True)
    rows = (
        rows.filter(role__in=["officer", "statistician"])
        if viewer.sees_all_units
        else rows.filter(unit_id__in=viewer.unit_ids)
    )
    found = {one.user_id: one.user for one in rows.select_related("user").order_by("user__username")}
    return list(found.values())


def _typed(one: Field, value: Any) -> Any:
    return value if one.type in (Type.CHOICE, Type.CHOICES) else written(one, value)


def _english_field(one: Field) -> forms.CharField:
    widget = forms.Textarea({"rows": LONG_ROWS}) if one.type == Type.LONG else forms.TextInput()
    return forms.CharField(label=_("%(name)s（英文）") % {"name": _(one.label)}, required=False, widget=widget)


def _form_field(one: Field) -> forms.Field:
    """The form's field of a declared one; what the value must be is judged by ``read_fields`` alone."""
    label = with_note(_(one.label), _(one.unit)) if one.unit and one.type != Type.MONEY else _(one.label)
    hints = [
        _(one.hint) if one.hint else "",
        _("发布前须填") if one.needed else "",
        "" if one.public else _("内部，不公开"),
    ]
    said: dict[str, Any] = {
        "label": label,
        "required": False,
        "help_text": _("；").join(hint for hint in hints if hint),
    }
    match one.type:
        case Type.CHOICE:
            return forms.ChoiceField(choices=[("", "—"), *_words(one)], **said)
        case Type.CHOICES:
            return forms.MultipleChoiceField(choices=_words(one), widget=forms.CheckboxSelectMultiple, **said)
        case Type.YES:
            return forms.ChoiceField(choices=[("", "—"), ("是", _("是")), ("否", _("否"))], **said)
        case Type.LONG | Type.DOCUMENTS:
            return forms.CharField(max_length=10_000, widget=forms.Textarea({"rows": LONG_ROWS}), **said)
        case Type.MONEY:
            return forms.CharField(max_length=40, widget=MoneyInput(one.unit), **said)
        case _:
            return forms.CharField(max_length=400, **said)


def _words(one: Field) -> list[tuple[str, str]]:
    return [(code, _(label)) for code, label in (one.choices or {}).items()]


class OutlineForm(forms.Form):
    """An outline, drawn or typed as text or taken from a file. ``outline`` is set once the form is valid."""

    text = forms.CharField(
        label=gettext_lazy("界址点坐标"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 10, "data-outline-text": ""}),
        help_text=gettext_lazy("一行一个点，经度在前：121.61, 38.91；空一行另起一块"),
    )
    file = forms.FileField(
        label=gettext_lazy("GeoJSON 或 shapefile 压缩包"),
        required=False,
        widget=FileDrop(".geojson,.json,.zip"),
        help_text=gettext_lazy("CGCS2000 经纬度（EPSG:4490）或高斯-克吕格 3 度带、6 度带；选了文件就以文件为准"),
    )

    def __init__(self, *args: Any, entry: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline: Outline | None = None
        self.initial = {"text": text_of(entry.outline)}

    def clean(self) -> dict[str, Any]:
        """The file if there is one, else the text."""
        given = super().clean() or {}
        name = "file" if given.get("file") else "text"
        try:
            if given.get("file"):
                self.outline = read_outline(given["file"].read(), given["file"].name)
            else:
                self.outline = read_text(given.get("text", ""), "手工录入")
        except Refused as refusal:
            self.add_error(name, _(refusal.template).format(**refusal.params))
        return given


class ReserveForm(forms.Form):
    """For whom, until when, by what paper. ``project`` is set once the form is valid."""

    project = forms.CharField(label=gettext_lazy("项目编号或名称"), max_length=120)
    until_on = day_field(label=gettext_lazy("预留至"))
    document = forms.CharField(label=gettext_lazy("依据"), max_length=200)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.found: Project | None = None

    def clean_project(self) -> str:
        """A project that the viewer may see."""
        text: str = self.cleaned_data["project"]
        self.found = find_project(self.viewer, text)
        return text
