"""The forms of matchmaking: hours and tables, and the weights."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.activities import moment_field
from zhaoshang.desk.forms.plans import day_field
from zhaoshang.matchmaking.models import MOST_SLOTS, Session
from zhaoshang.matchmaking.rules import GROUND_LABELS, Ground, Weights
from zhaoshang.outreach.models import Activity


class SessionForm(forms.Form):
    """Hours and tables of an activity's meetings."""

    begins_at = moment_field(label=gettext_lazy("第一场开始"))
    minutes = forms.IntegerField(label=gettext_lazy("每场多少分钟"), min_value=5, max_value=240, initial=20)
    slots = forms.IntegerField(label=gettext_lazy("几个时段"), min_value=1, max_value=MOST_SLOTS, initial=9)
    tables = forms.CharField(
        label=gettext_lazy("桌位或会谈室"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("一行一个，如：1号桌"),
    )

    def __init__(self, *args: Any, activity: Activity, session: Session | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"begins_at": activity.begins_at, "minutes": 20, "slots": 9}
        self.initial["tables"] = "\n".join(_("%(number)s号桌") % {"number": number} for number in range(1, 7))
        if session is not None:
            held = {"begins_at": session.begins_at, "minutes": session.minutes, "slots": session.slots}
            self.initial = held | {"tables": "\n".join(session.tables)}

    @property
    def as_set(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data | {"tables": self.cleaned_data["tables"].splitlines()}


class WeightsForm(forms.Form):
    """Weights as a document issues them."""

    code = forms.SlugField(label=gettext_lazy("编号"), max_length=40)
    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    document = forms.CharField(label=gettext_lazy("文号"), max_length=120)
    valid_from = day_field(label=gettext_lazy("生效日"))
    scale_percent = forms.IntegerField(
        label=gettext_lazy("规模得满分的比例（百分之几）"),
        min_value=1,
        max_value=1000,
        help_text=gettext_lazy("集团在本市最大一笔合同占条目总投资的比例"),
    )
    contact_days = forms.IntegerField(label=gettext_lazy("几天内会面算近期"), min_value=1, max_value=3650)

    def __init__(self, *args: Any, weights: Weights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ground in Ground:
            self.fields[str(ground)] = forms.IntegerField(
                label=_("%(ground)s（分）") % {"ground": _(GROUND_LABELS[ground])}, min_value=0, max_value=100
            )
        self.initial = {str(ground): points for ground, points in weights.points.items()}
        self.initial |= {"scale_percent": weights.scale_percent, "contact_days": weights.contact_days}

    @property
    def as_issued(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        content = {
            "weights": {str(ground): given[str(ground)] for ground in Ground},
            "limits": {"scale_percent": given["scale_percent"], "contact_days": given["contact_days"]},
        }
        return {name: given[name] for name in ("code", "title", "document", "valid_from")} | {"content": content}
