"""A project's lines from outreach: trips that a person linked it to, activities at which it was signed, visits and what they promised."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.outreach.models import Activity, Demand, Signing, Trip, TripProject, Visit
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """Four queries, and one for each table that is opened; rows that the viewer may not see tell no address."""
    yield from _trips(project, viewer)
    yield from _signings(project, viewer)
    yield from _visits(project, viewer)


def _trips(project: Project, viewer: Viewer) -> Iterator[Line]:
    links = TripProject.objects.of(project.city_id).filter(project=project).select_related("trip", "linked_by")
    seen = set(
        Trip.objects.visible_to(viewer).filter(pk__in=[one.trip_id for one in links]).values_list("pk", flat=True)
    )
    for one in links:
        href = reverse("desk:trip", args=[one.trip.code]) if one.trip_id in seen else ""
        text = _("外出“%(title)s”中有接触") % {"title": one.trip.title} if href else _("一次外出中有接触")
        yield Line(
            one.trip.first_day, _("外出招商"), text + (f"：{one.note}" if one.note else ""), called(one.linked_by), href
        )


def _signings(project: Project, viewer: Viewer) -> Iterator[Line]:
    rows = Signing.objects.of(project.city_id).filter(project=project).select_related("activity", "entered_by")
    held = [one.activity_id for one in rows]
    seen = set(Activity.objects.visible_to(viewer).filter(pk__in=held).values_list("pk", flat=True))
    for place, one in enumerate(rows):
        href = reverse("desk:activity", args=[one.activity.code]) if one.activity_id in seen else ""
        text = _("在“%(title)s”上签约") if place == 0 else _("在“%(title)s”上再次签约（不再计）")
        yield Line(one.day, _("活动签约"), text % {"title": one.activity.title}, called(one.entered_by), href)


def _visits(project: Project, viewer: Viewer) -> Iterator[Line]:
    for visit in Visit.objects.visible_to(viewer).filter(project=project).select_related("entered_by"):
        href = reverse("desk:visit", args=[visit.pk])
        planned = visit.visited_on is None
        text = visit.cancelled_for or visit.told[:80] or _("计划走访")
        yield Line(
            visit.visited_on or visit.planned_on,
            _("企业回访"),
            text,
            called(visit.entered_by),
            href,
            planned and not visit.cancelled_for,
        )
    demands = Demand.objects.visible_to(viewer).filter(visit__project=project).select_related("entered_by")
    for one in demands:
        href = reverse("desk:demand", args=[one.pk])
        if one.answered_on:
            yield Line(one.answered_on, _("答复诉求"), one.text[:80], one.department, href)
        else:
            yield Line(one.due_on, _("诉求待答复"), one.text[:80], one.department, href, True)
