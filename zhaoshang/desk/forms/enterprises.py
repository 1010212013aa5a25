"""The forms of an enterprise's card: the card itself, its group, people, notes of risk, meetings."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.common.uscc import FAULT_LABELS, BadCode, checked
from zhaoshang.desk.context import named
from zhaoshang.enterprises.rules import LEVEL_LABELS, OWNERSHIP_LABELS, REPLY_LABELS, TOUCH_LABELS, Reply
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.ui.widgets import FileDrop


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def line(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def area(label: Any, most: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    """Several lines of text."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


class ByUnit(forms.Form):
    """A form whose writer acts for a unit: asked only of an officer of several. ``acting`` is it; None: the bureau."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = (
            [] if viewer.sees_all_units else list(ReportingUnit.objects.of(viewer.city).filter(pk__in=viewer.unit_ids))
        )
        if len(self.units) > 1:
            choices = [(one.code, named(one)) for one in self.units]
            self.fields["unit"] = forms.ChoiceField(label=_("地区"), choices=choices)

    @property
    def acting(self) -> ReportingUnit | None:
        """The unit that acts."""
        code = self.cleaned_data.get("unit")
        return next((one for one in self.units if code in (None, one.code)), None)


class CardForm(ByUnit):
    """What a card says."""

    name = line(gettext_lazy("企业名称"), 120, hint=gettext_lazy("与营业执照一致的全称"))
    uscc = line(gettext_lazy("统一社会信用代码"), 40, required=False)
    ownership = forms.ChoiceField(label=gettext_lazy("企业性质"), required=False)
    industry = forms.ChoiceField(label=gettext_lazy("行业门类"), required=False)
    region_code = forms.CharField(
        label=gettext_lazy("所在地区划代码"),
        max_length=6,
        required=False,
        help_text=gettext_lazy("六位，例如上海 310000；不知道就不填"),
    )
    established_on = day(gettext_lazy("成立日期"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        for name, labels in (("ownership", OWNERSHIP_LABELS), ("industry", INDUSTRIES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "—"), *((str(key), _(text)) for key, text in labels.items())]

    def clean_uscc(self) -> str:
        """The code in its normal form, its check character right (GB 32100-2015)."""
        text = self.cleaned_data["uscc"]
        try:
            return checked(text) if text else ""
        except BadCode as refusal:
            raise forms.ValidationError(_(FAULT_LABELS[refusal.fault])) from None

    def clean_region_code(self) -> str:
        """Six digits that GB/T 2260 has, at least as a province."""
        return read_region(self.cleaned_data["region_code"])


def read_region(text: str) -> str:
    """A seat's code. Raises ``ValidationError`` for one of no province."""
    code = text.strip()
    if code and not (
        len(code) == 6 and code.isascii() and code.isdigit() and Region.objects.filter(code=f"{code[:2]}0000").exists()
    ):
        raise forms.ValidationError(_("应为六位行政区划代码，例如 310000。"))
    return code


class GroupForm(forms.Form):
    """The firm above."""

    parent = line(
        gettext_lazy("上级企业"), 120, required=False, hint=gettext_lazy("全称或统一社会信用代码；留空表示没有上级")
    )


class PersonForm(ByUnit):
    """A contact."""

    name = line(gettext_lazy("姓名"), 40)
    post = line(gettext_lazy("职务"), 60, required=False)
    phone = line(gettext_lazy("电话"), 40, required=False)
    mail = forms.EmailField(label=gettext_lazy("邮箱"), max_length=120, required=False)
    is_key = forms.BooleanField(label=gettext_lazy("关键人员（能拍板的人）"), required=False)
    source = line(
        gettext_lazy("来源"), 200, hint=gettext_lazy("凭什么登记这个人，例如“2023-03-28 名片”；不再需要时请删除此人")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = line(gettext_lazy("理由"), 400)


class NoteForm(ByUnit):
    """A note of risk."""

    level = forms.ChoiceField(label=gettext_lazy("程度"))
    text = area(gettext_lazy("内容"), 1000)
    source = line(gettext_lazy("来源"), 200, hint=gettext_lazy("文号、网址或谁说的"))
    noted_on = day(gettext_lazy("日期"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        choose(self, "level", LEVEL_LABELS)


class ReplyForm(forms.Form):
    """An answer to a note, or its closing."""

    kind = forms.ChoiceField(label=gettext_lazy("处理"))
    text = area(gettext_lazy("说明"), 1000)

    def __init__(self, *args: Any, may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", {key: text for key, text in REPLY_LABELS.items() if may_close or key != Reply.CLOSED})


class TouchForm(ByUnit):
    """A meeting."""

    on = day(gettext_lazy("日期"))
    kind = forms.ChoiceField(label=gettext_lazy("方式"))
    who = line(gettext_lazy("我方参加"), 120, hint=gettext_lazy("谁去的，写职务，例如“区长带队”"))
    contact = forms.ChoiceField(label=gettext_lazy("对方联系人"), required=False)
    whom = line(gettext_lazy("对方参加"), 120, required=False, hint=gettext_lazy("只写职务；姓名请登记为联系人"))
    said = area(gettext_lazy("谈了什么"), 2000)
    next_step = line(gettext_lazy("下一步"), 400, required=False)
    next_on = day(gettext_lazy("下一步日期"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, contacts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        choose(self, "kind", TOUCH_LABELS)
        field = self.fields["contact"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *contacts]


class RelationForm(forms.Form):
    """Who keeps a relation."""

    unit = forms.ChoiceField(label=gettext_lazy("由谁联系"), required=False)
    valid_from = day(gettext_lazy("自何日起"))
    document = line(gettext_lazy("依据"), 120)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {one.code: one for one in ReportingUnit.objects.of(viewer.city)}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("市局")), *((code, named(one)) for code, one in self.units.items())]


class RosterForm(forms.Form):
    """A list as published."""

    title = line(gettext_lazy("名录名称"), 120)
    source = line(gettext_lazy("来源"), 300)
    dated = day(gettext_lazy("公布日期"))
    published = forms.IntegerField(label=gettext_lazy("公布户数"), min_value=1, max_value=999)


class TouchRuleForm(forms.Form):
    """The days of the warning."""

    days = forms.IntegerField(label=gettext_lazy("天数"), min_value=1, max_value=365)
    valid_from = day(gettext_lazy("自何日起"))
    source = line(gettext_lazy("依据"), 200)


class SheetForm(forms.Form):
    """A file with many rows."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        widget=FileDrop(".xlsx,.xls,.csv"),
        help_text=gettext_lazy("列的顺序不限；有一处不对就整份不收。同一份再传一次不会重复。"),
    )


def choose(form: forms.Form, name: str, labels: Any) -> None:
    """Fill a choice from a table of labels, in the language of the page."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(str(key), _(text)) for key, text in labels.items()]


def today_as_default(form: forms.Form, name: str, today: date) -> None:
    """A day that is mostly today."""
    form.fields[name].initial = today
