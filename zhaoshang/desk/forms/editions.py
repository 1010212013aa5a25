"""The forms of an edition: its head and the guide's texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.plans import day_field
from zhaoshang.opportunities.models import Edition

SPARE = 2  # empty sections offered beyond those that there are
PARTS = ("title", "title_en", "text", "text_en")


class EditionForm(forms.Form):
    """Title, issuer, date; with an edition also its sections. ``head`` and ``sections`` are what the actions take."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=160, required=False)
    issuer = forms.CharField(label=gettext_lazy("发布单位"), max_length=120)
    dated = day_field(label=gettext_lazy("日期"))

    def __init__(self, *args: Any, edition: Edition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = 0
        if edition is None:
            return
        self.count = len(edition.sections) + SPARE
        self.initial = {name: getattr(edition, name) for name in ("title", "title_en", "issuer", "dated")}
        labels = {"title": _("标题"), "title_en": _("英文标题"), "text": _("正文"), "text_en": _("英文正文")}
        for place in range(self.count):
            held = edition.sections[place] if place < len(edition.sections) else {}
            for part in PARTS:
                name = f"{part}_{place}"
                self.fields[name] = _section_field(part, _("第%(place)s段") % {"place": place + 1} + labels[part])
                self.initial[name] = held.get(part, "")

    @property
    def head(self) -> dict[str, Any]:
        """Only after ``is_valid()``."""
        return {name: self.cleaned_data[name] for name in ("title", "title_en", "issuer", "dated")}

    @property
    def sections(self) -> list[dict[str, str]]:
        """The sections that say something. Only after ``is_valid()``."""
        rows = [{part: self.cleaned_data[f"{part}_{place}"] for part in PARTS} for place in range(self.count)]
        return [row for row in rows if row["title"] or row["text"]]


def _section_field(part: str, label: str) -> forms.CharField:
    if part.startswith("title"):
        return forms.CharField(label=label, max_length=200, required=False)
    return forms.CharField(label=label, max_length=5_000, required=False, widget=forms.Textarea({"rows": 5}))
