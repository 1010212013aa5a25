"""The forms of articles and of answers to the public."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.plans import day_field
from zhaoshang.publishing.actions import Words
from zhaoshang.publishing.models import ArticleVersion
from zhaoshang.publishing.rules import KIND_LABELS, OUTCOME_LABELS, Kind, Outcome

LONGEST_BODY = 50_000
_MARKS = gettext_lazy("空一行分段；“## ”开头是小标题，“- ”开头是列表。")


class WordsForm(forms.Form):
    """What a version says."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    body = forms.CharField(
        label=gettext_lazy("正文"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 14}), help_text=_MARKS
    )
    title_en = forms.CharField(label=gettext_lazy("英文标题"), max_length=200, required=False)
    body_en = forms.CharField(
        label=gettext_lazy("英文正文"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("没有英文时，英文页面显示中文并说明。"),
    )
    keywords = forms.CharField(
        label=gettext_lazy("关键词"), max_length=120, required=False, help_text=gettext_lazy("用空格分开")
    )
    source_name = forms.CharField(
        label=gettext_lazy("来源"), max_length=80, required=False, help_text=gettext_lazy("转载的写明原出处")
    )
    source_url = forms.URLField(label=gettext_lazy("原文地址"), max_length=300, required=False, assume_scheme="https")
    document = forms.CharField(label=gettext_lazy("文号"), max_length=120, required=False)
    valid_from = day_field(label=gettext_lazy("施行日期"), required=False)
    valid_until = day_field(label=gettext_lazy("有效期至"), required=False)

    def clean(self) -> dict[str, Any]:
        """A repost names its source; a validity ends after it begins."""
        given = super().clean() or {}
        if given.get("source_url") and not given.get("source_name"):
            self.add_error("source_name", _("转载的请写明来源名称。"))
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("有效期至不能早于施行日期。"))
        return given

    def words(self) -> Words:
        """The cleaned fields as the action takes them."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


class NewArticleForm(WordsForm):
    """A new article, with its kind and its place in the address."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=list(KIND_LABELS.items()))
    code = forms.SlugField(
        label=gettext_lazy("地址名"),
        max_length=60,
        help_text=gettext_lazy(
            "小写字母、数字和连字符，发布后不变。站点页面用 copyright、disclaimer、privacy、contact。"
        ),
    )
    field_order = ("kind", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(str(one), _(KIND_LABELS[one])) for one in Kind]


class ApproveForm(forms.Form):
    """From when a version is read; now, when nothing is given."""

    visible_from = forms.DateTimeField(
        label=gettext_lazy("发布时刻"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("不填：现在。填将来的时刻：到时自动出现，之前任何渠道都看不到。"),
    )

    def instant(self) -> datetime | None:
        """What was chosen, in the city's own time."""
        found: datetime | None = self.cleaned_data["visible_from"]
        return timezone.localtime(found) if found else None


def _days(label: Any, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=3_650)


class AnswerForm(forms.Form):
    """An answer to a member of the public."""

    outcome = forms.ChoiceField(label=gettext_lazy("结论"))
    reply = forms.CharField(
        label=gettext_lazy("答复"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("凭回执号可以看到。"),
    )
    public_reply = forms.CharField(
        label=gettext_lazy("公开说明"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写进公开的办理记录，请勿含个人信息。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(str(one), _(OUTCOME_LABELS[one])) for one in Outcome]


def initial(version: ArticleVersion) -> dict[str, Any]:
    """A version's words as a form's first values."""
    return {name: getattr(version, name) for name in Words.__dataclass_fields__}
