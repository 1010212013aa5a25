"""The forms of matchmaking: hours and tables, and the weights."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.desk.forms.activities import moment_field
from zhaoshang.matchmaking.models import MOST_SLOTS, Session
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
