"""The calendar of working days with the city's own days, and the rules of duties as issued."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from zhaoshang.common.workdays import SOURCE_LABELS, Source
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import duty_tabs
from zhaoshang.desk.lists import address
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.duties import day_typed
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.ruling import issue_duty_rules, set_day
from zhaoshang.duties.queries import rules_on, set_on
from zhaoshang.duties.rules import SUPERIOR_LABELS, BadRules, sample_text
from zhaoshang.people.rules import Can
from zhaoshang.regions.models import DayOverride
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.review.findings.candidate import Look
from zhaoshang.review.findings.keeping import looked_for
from zhaoshang.ui.filters import called, english, month

_PILLS = {Source.PACKAGE: "ok", Source.OVERRIDDEN: "todo", Source.ASSUMED: "warn"}
LONGEST_TEXT = 20_000


@desk_page(Can.READ_RULES)
def workdays(request: Any) -> HttpResponse:
    """A month day by day: worked or not, and how that is known; the days that the city set; the numbers in force."""
    return _page(request)


def _month(request: Any) -> date:
    year, _dash, number = request.GET.get("month", "").partition("-")
    today = timezone.localdate()
    if year.isdecimal() and number.isdecimal() and 2000 <= int(year) <= 2100 and 1 <= int(number) <= 12:
        return date(int(year), int(number), 1)
    return today.replace(day=1)


def _page(request: Any, *, error: str = "", text: str = "") -> HttpResponse:
    viewer, first, today = request.viewer, _month(request), timezone.localdate()
    known, issued, rules = workdays_of(viewer.city), set_on(viewer.city, today), rules_on(viewer.city, today)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    days = [(first.replace(day=number), *known.of(first.replace(day=number))) for number in range(1, last.day + 1)]
    sources = {source for _day, _works, source in days}
    said = DayOverride.objects.of(viewer.city).select_related("entered_by").order_by("-id")[:50]
    look = Look(viewer.city, today, rules, known)
    shown = {
        "tabs": duty_tabs("desk:workdays"),
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
        "title": (issued.title_en if english() and issued.title_en else issued.title) if issued else "",
        "document": issued.document if issued else "",
        "clocks": [
            {"name": one.name_en if english() else one.name, "days": str(one.days), "source": one.source}
            for one in rules.clocks.values()
        ],
        "overdue": [
            {"days": str(one.days), "to": _(SUPERIOR_LABELS[one.to])} for one in rules.overdue
        ],
        "levels": [
            {"name": one.name_en if english() else one.name, "days": str(one.days)} for one in rules.levels
        ],
        "sought": [
            {
                "name": _(kind.label),
                "days": str(rules.findings[kind.code].days),
                "numbers": ", ".join(f"{name} = {value}" for name, value in rules.findings[kind.code].numbers.items()),
            }
            for kind in looked_for(look)
        ],
        "may_write": viewer.can(Can.WRITE_RULES),
        "text": text or sample_text(),
        "error": error,
        "today": today.isoformat(),
    }  # fmt: skip
    return render(request, "desk/duties/workdays.html", shown, status=422 if error else 200)


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


@desk_page(Can.WRITE_RULES, methods=("POST",))
def duty_rules_issue(request: Any) -> HttpResponse:
    """Issue a set of rules, written as the sample is."""
    given, viewer = request.POST, request.viewer
    text, code = given.get("text", "")[:LONGEST_TEXT], slugify(given.get("code", ""))[:40]
    try:
        day = day_typed(given, "valid_from")
        if day is None:
            raise refusals.BadDue("")
        if not code:
            raise refusals.RulesCodeTaken("")
        issue_duty_rules(
            city=viewer.city, code=code, title=given.get("title", "")[:120], document=given.get("document", "")[:120], text=text,
            valid_from=day, by=viewer.user, at=timezone.now(),
        )  # fmt: skip
    except (BadRules, refusals.DocumentMissing, refusals.RulesCodeTaken, refusals.BadDue) as refusal:
        return _page(request, error=say(refusal, viewer), text=text)
    messages.success(request, _("规则已发布。"))
    return redirect("desk:workdays")
