"""What was lost, quarter by quarter: why, and to which city (domain.md F37)."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from zhaoshang.common.periods import Period
from zhaoshang.projects.models import StageEntry
from zhaoshang.projects.stages.rules import Cause, EntryKind, Standing
from zhaoshang.regions.access import Viewer


@dataclass(frozen=True, slots=True)
class Loss:
    """A project that was lost or withdrawn; ``back``: it was taken back to the pool since."""

    entry: StageEntry
    cause: Cause
    back: bool


def losses(viewer: Viewer, period: Period) -> list[Loss]:
    """What the viewer may see of the period's losses and withdrawals, latest first; each as often as it was lost. One query."""
    zone = timezone.get_default_timezone()
    first, last = (
        datetime.combine(day, hour, zone)
        for day, hour in ((period.first_day(), time.min), (period.last_day(), time.max))
    )
    rows = StageEntry.objects.visible_to(viewer).filter(
        kind=EntryKind.CLOSED,
        standing__in=[Standing.LOST, Standing.WITHDRAWN],
        entered_at__gte=first,
        entered_at__lte=last,
    )
    rows = rows.select_related("project__unit").order_by("-entered_at", "-id")
    return [
        Loss(one, Cause(one.cause or Cause.OTHER), one.project.standing not in (Standing.LOST, Standing.WITHDRAWN))
        for one in rows
    ]


def crossed(found: list[Loss]) -> dict[tuple[Cause, str], tuple[int, int]]:
    """Projects and contract fen by cause and city lost to ("": withdrawn)."""
    table: dict[tuple[Cause, str], tuple[int, int]] = {}
    for one in found:
        number, fen = table.get((one.cause, one.entry.lost_to), (0, 0))
        table[one.cause, one.entry.lost_to] = (number + 1, fen + one.entry.project.contract_fen)
    return table
