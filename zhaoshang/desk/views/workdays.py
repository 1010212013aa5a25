"""The calendar of working days with the city's own days."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.workdays import SOURCE_LABELS, Source
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import duty_tabs
from zhaoshang.desk.lists import address, as_number
from zhaoshang.desk.local_rules_shown import standing_words
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.duties import day_typed
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.duties.queries import DUTIES
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import DayOverride
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.ui.filters import called, month

_PILLS = {Source.PACKAGE: "ok", Source.OVERRIDDEN: "todo", Source.ASSUMED: "warn"}


@desk_page(Can.READ_RULES)
def workdays(request: Any) -> HttpResponse:
    """A month day by day: worked or not, and how that is known; the days that the city set."""
    viewer, first, today = request.viewer, _month(request), timezone.localdate()
    known = workdays_of(viewer.city)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    days = [(first.replace(day=number), *known.of(first.replace(day=number))) for number in range(1, last.day + 1)]
    sources = {source for _day, _works, source in days}
    said = DayOverride.objects.of(viewer.city).select_related("entered_by").order_by("-id")[:50]
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:workdays"),
        "month": month(first),
        "previous": address(request, month=f"{first - timedelta(days=1):%Y-%m}"),
        "following": address(request, month=f"{last + timedelta(days=1):%Y-%m}"),
        "rows": [_day(day, works, source) for day, works, source in days],
        "assumed": Source.ASSUMED in sources,
        "worked": sum(works for _day, works, _source in days),
        "overrides": [
            {
                "day": one.day.isoformat(),
                "works": {None: _("按通知"), True: _("上班"), False: _("休息")}[one.works],
                "document": one.document,
                "who": called(one.entered_by),
            }
            for one in said
        ],
        "rules": standing_words(DUTIES.on(viewer.city, today)),
        "may_write": viewer.can(Can.WRITE_RULES),
        "today": today.isoformat(),
    }
    return render(request, "desk/duties/workdays.html", shown)


def _month(request: Any) -> date:
    year, number = (as_number(part) or 0 for part in request.GET.get("month", "").partition("-")[::2])
    if 2000 <= year <= 2100 and 1 <= number <= 12:
        return date(year, number, 1)
    return timezone.localdate().replace(day=1)


def _day(day: date, works: bool, source: Source) -> dict[str, Any]:
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return {
        "day": day.isoformat(),
        "weekday": names[day.weekday()],
        "works": _("上班") if works else _("休息"),
        "source": {"text": _(SOURCE_LABELS[source]), "pill": _PILLS[source]},
        "_kind": "" if works else "muted",
    }


@desk_page(Can.WRITE_RULES, methods=("POST",))
def workday_set(request: Any) -> HttpResponse:
    """Say of a day whether it is worked."""
    given, viewer = request.POST, request.viewer
    words = {"yes": True, "no": False, "package": None}
    try:
        day = day_typed(given, "day")
        if day is None or given.get("works") not in words:
            raise refusals.BadDue(given.get("day", ""))
        told = {"document": given.get("document", "")[:120], "by": viewer.user, "at": timezone.now()}
        moved = set_day(city=viewer.city, day=day, works=words[given["works"]], **told)
    except (refusals.DocumentMissing, refusals.BadDue) as refusal:
        messages.error(request, say(refusal, viewer))
        return redirect("desk:workdays")
    messages.success(request, _("已记下；%(moved)s 个在计时的事项重新算了时限。") % {"moved": moved})
    return redirect(f"{request.path.removesuffix('set/')}?month={day:%Y-%m}")
