"""The same done to many projects: each goes through its own gate in its own transaction, and its own outcome is told. A choice that holds
one that is not the viewer's is refused whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from zhaoshang.common.problems import Refused
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.schedules import BadSchedule, Schedule, schedules_in_force, set_schedules
from zhaoshang.projects.stages import actions
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.rules import Chain, Standing, next_stage
from zhaoshang.regions.access import NotAllowed, Viewer, all_there

MOST, MOST_LATER = 200, 36


class Act(StrEnum):
    """What can be done to the ticked ones of a list: enter a chain's next stage, pause, take back to the pool."""

    PROMOTION = "promotion"
    CONSTRUCTION = "construction"
    PAUSED = "paused"
    OPEN = "open"

    @property
    def is_forward(self) -> bool:
        """Whether it enters a stage."""
        return self.value in set(Chain)


class LastStage(Exception):
    """The chain has no stage after this one."""


class NoSchedule(Exception):
    """There is no payment schedule that could be put off."""


class NoMonth(Exception):
    """Neither a month nor a number of months (1 to 36) was given."""


REFUSED: tuple[type[Exception], ...] = (
    LastStage,
    NoSchedule,
    NoMonth,
    BadSchedule,
    NotAllowed,
    actions.GateNotMet,
    actions.OutOfOrder,
    actions.BadDay,
    actions.NotOpen,
    actions.AlreadySo,
    actions.ReasonMissing,
    Refused,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one project: what the act gave back, or why nothing of it was kept."""

    project: Project
    made: Any = None
    refusal: Exception | None = None


def each(
    viewer: Viewer,
    codes: Sequence[str],
    act: Callable[[Project], Any],
    refused: tuple[type[Exception], ...] = REFUSED,
) -> list[Outcome]:
    """Do ``act``, which is one transaction, to each of the viewer's projects with these codes (:data:`MOST` at the most), by code.

    Raises ``NotAllThere``, before anything is done, when one of them is absent or not the viewer's.
    """
    rows = Project.objects.visible_to(viewer).filter(code__in=codes[:MOST]).select_related("city", "unit")
    found = list(rows.order_by("code"))
    all_there(codes[:MOST], {one.code for one in found})
    return [_outcome(one, act, refused) for one in found]


def _outcome(project: Project, act: Callable[[Project], Any], refused: tuple[type[Exception], ...]) -> Outcome:
    try:
        return Outcome(project, act(project))
    except refused as refusal:
        return Outcome(project, refusal=refusal)


def move(project: Project, act: Act, *, on: date | None, why: str, by: User, at: datetime) -> StageEntry:
    """One of :class:`Act`; a stage is entered ``on`` a day by the document ``why``, all else is done for the reason ``why``.

    Raises :class:`LastStage` and what ``stages/actions.py`` refuses.
    """
    told: dict[str, Any] = {"project": project, "by": by, "at": at}
    if not act.is_forward:
        if act == Act.OPEN:
            return actions.reopen_project(reason=why, **told)
        return actions.close_project(standing=Standing(act.value), reason=why, **told)
    chain = Chain(act.value)
    follows = next_stage(stages_on(project.city, timezone.localdate(at)), chain, getattr(project, chain))
    if follows is None:
        raise LastStage(project.code)
    if on is None:
        raise actions.BadDay(follows.code)
    return actions.advance(stage=follows.code, on=on, evidence=why, **told)


def put_schedule(
    project: Project, *, month: int | None, later: int | None, document: str, agreed_on: date, by: User, at: datetime
) -> bool:
    """The whole contract by a ``month``, or what is in force ``later`` by so many months; False where that is in force already.

    Raises :class:`NoMonth`, :class:`NoSchedule`, ``BadSchedule``.
    """
    months = _months(project, month, later)
    schedule = Schedule(project=project, months=months, document=document, agreed_on=agreed_on)
    return bool(set_schedules(city=project.city, schedules=[schedule], by=by, at=at))


def _months(project: Project, month: int | None, later: int | None) -> Mapping[int, int]:
    if month is not None:
        return {month: project.contract_fen}
    if later is None or not 1 <= later <= MOST_LATER:
        raise NoMonth(project.code)
    held = schedules_in_force(project.city, [project.pk]).get(project.pk, [])
    if not held:
        raise NoSchedule(project.code)
    return {row.month + later: row.amount_fen for row in held}
