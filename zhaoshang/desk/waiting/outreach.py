"""What waits from outreach: trips to decide on, trips without a record, follow-ups due, demands without an answer."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.outreach.models import Trip
from zhaoshang.outreach.queries import open_follow_ups, standing_filter, waiting_demands
from zhaoshang.outreach.rules import TripStanding, TripState
from zhaoshang.outreach.signings import ToDo, wanting
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer

AHEAD = timedelta(days=3)
MOST = 999


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """Each kind as one task with its number; at most nine queries."""
    yield from _signed(viewer)
    trips = Trip.objects.visible_to(viewer)
    if viewer.can(Can.APPROVE_TRIPS):
        rows = trips.filter(state=TripState.PLANNED).exclude(planned_by=viewer.user).order_by("first_day")
        if number := rows.count():
            first = rows.values_list("first_day", flat=True)[0]
            href = f"{reverse('desk:trips')}?standing={TripStanding.PLANNED}"
            yield Task(_("外出审批"), _("%(count)s 次外出等待批准") % {"count": number}, href, number, first)
    if not viewer.can(Can.OUTREACH):
        return
    unrecorded = trips.filter(standing_filter(viewer.city, TripStanding.UNRECORDED, today)).count()
    if unrecorded:
        href = f"{reverse('desk:trips')}?standing={TripStanding.UNRECORDED}"
        yield Task(
            _("外出纪要"), _("%(count)s 次外出还没有纪要或报告，不计次") % {"count": unrecorded}, href, unrecorded
        )
    due = open_follow_ups(viewer).filter(owner=viewer.user, due_on__lte=today + AHEAD)
    if number := due.count():
        href = f"{reverse('desk:follow_ups')}?mine=1"
        first = due.values_list("due_on", flat=True)[0]
        yield Task(_("会见回访"), _("%(count)s 件会见回访到期") % {"count": number}, href, number, first)
    demands = waiting_demands(viewer).filter(due_on__lte=today + AHEAD)
    if number := demands.count():
        first = demands.values_list("due_on", flat=True)[0]
        text = _("%(count)s 件企业诉求等待答复") % {"count": number}
        yield Task(_("企业诉求"), text, reverse("desk:demands"), number, first)


def _signed(viewer: Viewer) -> Iterator[Task]:
    """Projects signed at an activity whose own stage somebody must still move; one alone leads to its gate."""
    if not viewer.can(Can.ADVANCE_STAGE):
        return
    projects = wanting(viewer, ToDo.MOVE).order_by().values_list("project__code", flat=True)
    codes = list(projects.distinct()[:MOST])
    if codes:
        one = reverse("desk:project_stages", args=[codes[0]]) + "#gate-signed"
        href = one if len(codes) == 1 else f"{reverse('desk:signings')}?todo={ToDo.MOVE}"
        text = _("%(count)s 个项目已在活动签约，账上阶段还没有跟上") % {"count": len(codes)}
        yield Task(_("签约入阶"), text, href, len(codes))
