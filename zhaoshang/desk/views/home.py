"""My work today: what waits for the person, most urgent first; the months that are open, and what they worked on last."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.first_shown import heaviest, standing
from zhaoshang.desk.nav import MAIN_PAGE
from zhaoshang.desk.touched import Touched, touched_by
from zhaoshang.desk.waiting import waiting_for
from zhaoshang.desk.waiting.months import open_months
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import OUTSIDE
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportMonth
from zhaoshang.ui.filters import moment, month, number


@desk_page()
def home(request: Any) -> HttpResponse:
    """Each user's first page."""
    viewer: Viewer = request.viewer
    if viewer.role in OUTSIDE:
        return redirect("desk:own_home")
    today = timezone.localdate()
    waiting = waiting_for(viewer, today) if viewer.role else []
    main = MAIN_PAGE.get(viewer.role)
    shown = {
        "today": today,
        "groups": _by_urgency(waiting, today),
        "counts": _counts(waiting, today),
        "months": [_month(one, today) for one in open_months(viewer)] if viewer.role else [],
        "touched": [_touched(one) for one in touched_by(viewer)] if viewer.role else [],
        **standing(viewer),
        "first": heaviest(viewer, today),
        "main": {"label": main[0], "href": reverse(main[1])} if main else None,
        "granted": viewer.role is not None,
    }
    return render(request, "desk/home.html", shown)


def _counts(waiting: Sequence[Task], today: date) -> str:
    """How much there is. A pile tells the day of its first thing only: how many of its things are late is not known here."""
    late = sum(_is_late(one, today) for one in waiting)
    told = {"number": number(sum(one.count for one in waiting)), "kinds": number(len(waiting)), "late": number(late)}
    return _("%(kinds)s 项工作，共 %(number)s 件") % told + (_("，%(late)s 项已有过期的") % told if late else "")


def _is_late(task: Task, today: date) -> bool:
    return task.due_on is not None and task.due_on < today


def _by_urgency(waiting: Sequence[Task], today: date) -> list[dict[str, Any]]:
    """Past their day, with a day to come, without one; in the order given."""
    titles = (_("已有过期的"), _("还没到期的"), _("没有期限的"))
    groups: dict[str, list[Task]] = {title: [] for title in titles}
    for one in waiting:
        groups[titles[0 if _is_late(one, today) else 1 if one.due_on else 2]].append(one)
    return [
        {"title": title, "tasks": [task_shown(one, today) for one in found]} for title, found in groups.items() if found
    ]


def task_shown(task: Task, today: date) -> dict[str, Any]:
    """One line of the list: what, how many, until when."""
    shown = {"label": task.label, "text": task.text, "href": task.href, "count": number(task.count), "due": None}
    return shown | ({"due": _due(task.due_on, today)} if task.due_on else {})


def _due(day: date, today: date) -> dict[str, Any]:
    left = (day - today).days
    if left > 0:
        text = ngettext("还有 %(days)s 天截止", "还有 %(days)s 天截止", left) % {"days": left}
    elif left == 0:
        text = _("今天截止")
    else:
        text = ngettext("已过截止日 %(days)s 天", "已过截止日 %(days)s 天", -left) % {"days": -left}
    return {"text": text, "kind": "todo" if left > 0 else "wait" if left == 0 else "warn", "day": day}


def _month(one: ReportMonth, today: date) -> dict[str, Any]:
    return {"name": month(one.number), "due": _due(one.due_on, today)}


def _touched(one: Touched) -> dict[str, Any]:
    return {"at": moment(one.at), "what": one.text, "href": one.href, "note": one.what, "kind": "off"}
