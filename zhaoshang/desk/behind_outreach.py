"""What stands behind a figure counted from outreach: the trips, or what was signed at activities. An officer sees the own unit's."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.lists import ListPage, page_of
from zhaoshang.desk.outreach_shown import days_text, people_text, places_text, whose
from zhaoshang.figures.from_outreach import definition_code
from zhaoshang.figures.queries import Figure
from zhaoshang.figures.rules import TRIPS
from zhaoshang.outreach.counting import counted_trips
from zhaoshang.outreach.models import Signing, Trip
from zhaoshang.outreach.queries import parties_of
from zhaoshang.outreach.signings import signed_in
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import named, named_short, wan

ROWS = 25


def _trips(now: Figure, viewer: Viewer) -> Any:
    rows = counted_trips(viewer.city, definition_code(now.version.measure), now.period)
    rows = rows.filter(unit=now.unit) if now.unit else rows
    return rows.filter(pk__in=Trip.objects.visible_to(viewer).order_by().values("pk"))


def _signings(now: Figure, viewer: Viewer) -> Any:
    rows = signed_in(viewer.city, now.period).filter(is_repeat=False)
    rows = rows.filter(unit=now.unit) if now.unit else rows
    seen = Signing.objects.visible_to(viewer).order_by().values("pk")
    return rows if viewer.sees_all_units else rows.filter(pk__in=seen)


def outreach_page(request: Any, now: Figure) -> tuple[ListPage, list[dict[str, Any]], list[dict[str, Any]]]:
    """A page of the records, its columns and rows."""
    viewer = request.viewer
    if now.version.measure in TRIPS:
        page = page_of(request, _trips(now, viewer), size=ROWS)
        parties = parties_of(viewer.city, page.rows)
        return page, _trip_columns(), [_trip_row(one, parties[one.pk]) for one in page.rows]
    page = page_of(request, _signings(now, viewer), size=ROWS)
    return page, _signing_columns(), [_signing_row(one) for one in page.rows]


def _trip_columns() -> list[dict[str, Any]]:
    return [
        {"key": "title", "label": _("外出"), "kind": "link", "head": True},
        {"key": "unit", "label": _("组团单位")},
        {"key": "leaders", "label": _("带队")},
        {"key": "places", "label": _("目的地")},
        {"key": "days", "label": _("日期")},
    ]


def _trip_row(one: Trip, party: Any) -> dict[str, Any]:
    href = reverse("desk:trip", args=[one.code])
    return {
        "_href": href,
        "title": {"text": one.title, "href": href, "note": one.code},
        "unit": whose(one),
        "leaders": people_text(party.leaders),
        "places": places_text(party),
        "days": days_text(one.first_day, one.last_day),
    }


def _signing_columns() -> list[dict[str, Any]]:
    return [
        {"key": "project", "label": _("项目"), "head": True},
        {"key": "activity", "label": _("活动"), "kind": "link"},
        {"key": "unit", "label": _("地区")},
        {"key": "amount", "label": _("投资额"), "unit": _("万元"), "kind": "number"},
    ]


def _signing_row(one: Any) -> dict[str, Any]:
    href = reverse("desk:activity", args=[one.activity.code])
    note = one.project.code if one.project else _("不在账上")
    return {
        "_href": href,
        "project": {"text": one.project.name if one.project else one.name, "note": note},
        "activity": {"text": one.activity.title, "href": href, "note": one.day.isoformat()},
        "unit": named_short(one.unit) if one.unit else None,
        "amount": wan(one.worth_fen),
    }


def outreach_lines(now: Figure, viewer: Viewer, most: int) -> tuple[list[Column], list[list[Value]]]:
    """The same as a file's columns and lines."""
    if now.version.measure in TRIPS:
        trips = list(_trips(now, viewer)[:most])
        parties = parties_of(viewer.city, trips)
        heads = [Column(_("编号"), width=12), Column(_("组团单位"), width=18), Column(_("带队"), width=24)]
        heads += [Column(_("目的地"), width=24), Column(_("首日"), "date"), Column(_("末日"), "date")]
        return heads, [
            [
                one.code,
                whose(one),
                people_text(parties[one.pk].leaders, 9),
                places_text(parties[one.pk]),
                one.first_day,
                one.last_day,
            ]
            for one in trips
        ]
    heads = [Column(_("项目"), width=40), Column(_("项目编号"), width=18), Column(_("活动"), width=30)]
    heads += [Column(_("地区"), width=18), Column(_("签约日"), "date"), Column(_("投资额（元）"), "amount", 2, 22)]
    return heads, [
        [
            one.project.name if one.project else one.name,
            one.project.code if one.project else _("不在账上"),
            one.activity.title,
            named(one.unit) if one.unit else "",
            one.day,
            in_unit(one.worth_fen, "元"),
        ]
        for one in _signings(now, viewer)[:most]
    ]
