"""Whether work went on after a simultaneous start: computed from payments and the stage log, never typed (domain.md F47)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.problems import N_
from zhaoshang.projects.models import StageEntry, StartedProject, StartEvent

CHECK_AFTER_DAYS = (30, 90)


class Sign(StrEnum):
    """What a check finds."""

    OK = "ok"
    NONE = "none"
    NOT_DUE = "not_due"


SIGN_LABELS = {Sign.OK: N_("有进展"), Sign.NONE: N_("未见施工迹象"), Sign.NOT_DUE: N_("未到检查日")}


def check_days(event: StartEvent) -> list[date]:
    """The days of an event's checks, in the order of :data:`CHECK_AFTER_DAYS`."""
    return [event.day + timedelta(days=after) for after in CHECK_AFTER_DAYS]


@dataclass(frozen=True, slots=True)
class Checked:
    """A listed project and what its checks find, in the order of :data:`CHECK_AFTER_DAYS`."""

    listed: StartedProject
    signs: tuple[Sign, ...]


def check_starts(event: StartEvent, today: date) -> list[Checked]:
    """Each listed project with its checks; before its day a check says nothing, whatever was seen by then.

    A sign is a verified payment, a later stage or a progress note between the check before
    (at first: the start) and the check's day. Three queries."""
    rows = StartedProject.objects.of(event.city_id).filter(event=event)
    listed = list(rows.select_related("project__unit", "proof").order_by("project__unit__position", "project__code"))
    signs = _signs(event, [one.project_id for one in listed])
    return [Checked(one, _found(event.day, signs.get(one.project_id, []), today)) for one in listed]


def _signs(event: StartEvent, projects: list[UUID]) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = {}
    last = event.day + timedelta(days=CHECK_AFTER_DAYS[-1])
    paid = Payment.objects.of(event.city_id).filter(
        project_id__in=projects, standing=Standing.VERIFIED, paid_on__gt=event.day, paid_on__lte=last
    )
    told = StageEntry.objects.of(event.city_id).filter(project_id__in=projects, day__gt=event.day, day__lte=last)
    for rows, column in ((paid, "paid_on"), (told, "day")):
        for project, day in rows.order_by().values_list("project_id", column):
            found.setdefault(project, []).append(day)
    return found


def _found(start: date, days: list[date], today: date) -> tuple[Sign, ...]:
    signs, before = [], start
    for after in CHECK_AFTER_DAYS:
        until = start + timedelta(days=after)
        seen = any(before < day <= until for day in days)
        signs.append(Sign.NOT_DUE if today < until else Sign.OK if seen else Sign.NONE)
        before = until
    return tuple(signs)
