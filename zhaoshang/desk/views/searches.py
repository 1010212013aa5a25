"""Saved searches as the desk may know of them: how many, what for, how the mail goes, never whose."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, sheet
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.publishing.queries import terms_on
from zhaoshang.searches.queries import counts
from zhaoshang.searches.rules import SENDING_LABELS, STANDING_LABELS


@desk_page(Can.ANSWER_PUBLIC)
def saved_searches(request: Any) -> HttpResponse:
    """How many searches stand how and which industries the confirmed ones look for; ``xlsx=1``."""
    city, today = request.viewer.city, timezone.localdate()
    found = counts(city, today)
    sought = [
        (_(INDUSTRIES[key]) if key in INDUSTRIES else _("不限行业"), number)
        for key, number in found["industries"].items()
    ]
    if request.GET.get("xlsx"):
        return sheet(
            [Column(_("行业"), width=32), Column(_("已确认的订阅"))], [[*row] for row in sought], _("订阅"), []
        )
    shown = {
        "standings": [(_(text), found["standings"][str(one)]) for one, text in STANDING_LABELS.items()],
        "mails": [(_(text), found["mails"].get(str(one), 0)) for one, text in SENDING_LABELS.items()],
        "since": found["since"],
        "columns": [
            {"key": "industry", "label": _("行业"), "head": True},
            {"key": "number", "label": _("已确认的订阅"), "kind": "number"},
        ],
        "rows": [{"industry": text, "number": str(number)} for text, number in sought],
        "xlsx_url": address(request, xlsx="1"),
        "terms": terms_on(city, today),
        "mail_on": bool(settings.EMAIL_BACKEND),
    }
    return render(request, "desk/publishing/searches.html", shown)
