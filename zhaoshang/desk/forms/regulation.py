"""The form of a regulation's draft: its head, and its text, whose faults are told by line and article."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.assessments.models import Regulation
from zhaoshang.assessments.rules.reading import LONGEST
from zhaoshang.assessments.rules.states import PURPOSE_LABELS, Purpose
from zhaoshang.assessments.rules.tables import BadRegulation, Fault
from zhaoshang.common.periods import NotAPeriod, parse_month
from zhaoshang.ui.widgets import MonthInput


def fault_shown(fault: Fault) -> str:
    """Where it is and what to do, in the language of the page."""
    words = _(fault.template).format(**fault.params)
    if fault.line and fault.article:
        return _("第 %(line)s 行（%(article)s）：%(words)s") % {
            "line": fault.line,
            "article": fault.article,
            "words": words,
        }
    return _("第 %(line)s 行：%(words)s") % {"line": fault.line, "words": words} if fault.line else words


class RevisionForm(forms.Form):
    """What may change of a draft."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    valid_from = forms.CharField(label=gettext_lazy("自哪个月起适用"), max_length=7, widget=MonthInput)
    source = forms.CharField(label=gettext_lazy("依据"), max_length=400)
    text = forms.CharField(
        label=gettext_lazy("办法正文"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "false", "wrap": "off"}),
    )

    def clean_valid_from(self) -> int:
        """A month number."""
        try:
            return parse_month(self.cleaned_data["valid_from"])
        except NotAPeriod:
            raise forms.ValidationError(_("请写成 2023-01。")) from None

    def refuse(self, refusal: BadRegulation) -> None:
        """Every fault of the text, under the text."""
        for fault in refusal.faults:
            self.add_error("text", fault_shown(fault))


class NewForm(RevisionForm):
    """A new draft: its code and purpose, and which issued regulation it is to replace."""

    code = forms.SlugField(label=gettext_lazy("代号"), max_length=40)
    purpose = forms.ChoiceField(label=gettext_lazy("用途"))
    replaces = forms.ChoiceField(label=gettext_lazy("替代哪一版"), required=False)
    field_order = ("title", "code", "purpose", "valid_from", "replaces", "source", "text")

    def __init__(self, *args: Any, issued: list[Regulation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issued = {one.code: one for one in issued}
        purpose, replaces = self.fields["purpose"], self.fields["replaces"]
        assert isinstance(purpose, forms.ChoiceField) and isinstance(replaces, forms.ChoiceField)
        purpose.choices = [(str(one), _(text)) for one, text in PURPOSE_LABELS.items()]
        replaces.choices = [("", _("不替代")), *((one.code, one.title) for one in issued)]

    def clean_code(self) -> str:
        """Not a word that is an address of its own."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError(_("请换一个代号。"))
        return code

    def clean_purpose(self) -> Purpose:
        """Scores or colours."""
        return Purpose(self.cleaned_data["purpose"])

    def clean_replaces(self) -> Regulation | None:
        """The issued regulation, or None."""
        return self.issued.get(self.cleaned_data["replaces"])
