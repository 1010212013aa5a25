"""The diary, for the auditor: who did what, when, and what was refused. Reading it is itself written down, once a visit."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.diary_words import NOUNS, WORDS
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.people.diary import looked_up, one_line
from zhaoshang.people.models import Event, User
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called

FILTERS = ("who", "noun", "q", "since", "until", "refused")
MOST_EXPORTED = 50_000
MOST_SHOWN = 300
VISIT = "diary_read"


@desk_page(Can.READ_DIARY)
def diary(request: Any) -> HttpResponse:
    """Lines of the diary, newest first."""
    viewer, wanted = request.viewer, chosen(request, dict.fromkeys(FILTERS))
    rows = filtered(viewer, wanted)
    if request.GET.get("xlsx"):
        looked_up(city=viewer.city, by=viewer.user, at=timezone.now(), exported=True, sought=wanted)
        return _as_sheet(rows, wanted)
    if not request.session.get(VISIT):
        looked_up(city=viewer.city, by=viewer.user, at=timezone.now(), sought=wanted)
        request.session[VISIT] = True
    page = page_of(request, rows)
    shown = {
        "page": page,
        "rows": [_row(line) for line in page.rows],
        "wanted": wanted,
        "nouns": [("", _("全部")), *((key, _(text)) for key, text in NOUNS.items())],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/diary/list.html", shown)


def filtered(viewer: Viewer, wanted: dict[str, str]) -> "QuerySet[Event]":
    """The city's lines that fit; a day that cannot be read fits nothing. A text finds no line about a project that is hidden from
    the reader: finding it would tell its name."""
    rows = Event.objects.of(viewer.city).select_related("by")
    try:
        if since := wanted.get("since"):
            rows = rows.filter(at__gte=_beginning(since))
        if until := wanted.get("until"):
            rows = rows.filter(at__lt=_beginning(until) + timedelta(days=1))
    except ValueError:
        return rows.none()
    if who := wanted.get("who"):
        rows = rows.filter(by__in=list(User.objects.filter(Q(username__iexact=who) | Q(display_name=who))))
    if noun := wanted.get("noun"):
        rows = rows.filter(verb__startswith=f"{noun}.")
    if text := wanted.get("q"):
        secret = [str(key) for key in hidden_from(viewer).values_list("project_id", flat=True)]
        rows = rows.exclude(about_id__in=secret).filter(
            sought(viewer, text, "about_text") | Q(about_id=text) | Q(verb=text)
        )
    if wanted.get("refused"):
        rows = rows.filter(refused=True)
    return rows


def _beginning(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), datetime.min.time()))


def _row(line: Event) -> dict[str, Any]:
    what = str(WORDS[line.verb]) if line.verb in WORDS else line.verb
    return {
        "_kind": "problem" if line.refused else "",
        "at": f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}",
        "who": {"text": called(line.by), "note": line.by.username} if line.by else _("系统"),
        "what": {"text": what, "note": line.verb},
        "about": line.about_text or None,
        "detail": _detail(line),
    }


def _detail(line: Event) -> str:
    """The particulars as they were written: name and value, nested ones as they stand."""
    parts = [f"{name}: {value}" for name, value in sorted(line.detail.items()) if value not in ("", None, {}, [])]
    return one_line(_("；").join(parts)[:MOST_SHOWN])


def _as_sheet(rows: "QuerySet[Event]", wanted: dict[str, str]) -> HttpResponse:
    heads = [
        Column(_("时间"), "time", width=18),
        Column(_("用户名")),
        Column(_("姓名")),
        Column(_("动作"), width=28),
        Column(_("被拒")),
        Column(_("对象"), width=40),
        Column(_("对象编号"), width=38),
        Column(_("内容"), width=60),
    ]
    lines: list[list[Any]] = [
        [
            timezone.localtime(line.at),
            line.by.username if line.by else "",
            called(line.by) if line.by else _("系统"),
            line.verb,
            _("是") if line.refused else "",
            line.about_text,
            line.about_id,
            _detail(line),
        ]
        for line in rows.order_by("-id")[:MOST_EXPORTED]
    ]
    notes = [(_("筛选条件"), _("；").join(f"{name}={text}" for name, text in wanted.items()) or _("全部"))]
    return sheet(heads, lines, _("工作日志"), notes)
