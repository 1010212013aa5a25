"""Next steps that were promised at meetings with enterprises and are due: each unit's own, and the bureau's."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.enterprises.models import Touch
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer

AHEAD_DAYS, OVERDUE_DAYS, SHOWN = 7, 60, 20


def tasks(viewer: Viewer, today: date) -> Iterable[Task]:
    """From a week before the day until the next meeting of the same unit with the same enterprise, or two months after. Two queries."""
    if not viewer.can(Can.KEEP_ENTERPRISES):
        return []
    rows = Touch.objects.of(viewer.city).filter(withdrawn_at__isnull=True)
    rows = rows.filter(unit__isnull=True) if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)
    due = rows.filter(
        next_on__gte=today - timedelta(days=OVERDUE_DAYS), next_on__lte=today + timedelta(days=AHEAD_DAYS)
    )
    promised = list(due.select_related("enterprise").order_by("next_on", "id")[:SHOWN])
    firms = [one.enterprise_id for one in promised]
    met = list(rows.filter(enterprise_id__in=firms).order_by().values_list("enterprise_id", "unit_id", "on"))
    return [
        Task(
            label=_("会面的下一步"),
            text=f"{one.enterprise.name}{_('：')}{one.next_step}",
            href=reverse("desk:enterprise", args=[one.enterprise_id]),
            due_on=one.next_on,
        )
        for one in promised
        if not any(firm == one.enterprise_id and unit == one.unit_id and on > one.on for firm, unit, on in met)
    ]
