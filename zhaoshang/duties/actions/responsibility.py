"""Who answers for a project: given, changed for many at once, ended with the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhaoshang.duties.actions.refusals import LeaderMissing, NobodyNew, ReasonMissing, WrongHandler
from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import candidates
from zhaoshang.people.diary import record, record_each
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.bulk import Outcome, each
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who is to answer. ``leader``: the lead official's account; ``leader_name``: the name where there is none. Of None, or "", and
    in a change of many projects, each project keeps whom it has."""

    handler: User | None = None
    leader: User | None = None
    leader_name: str = ""


@transaction.atomic
def reassign(
    *,
    city: City,
    projects: Sequence[Project],
    team: Team,
    reason: str,
    since: date | None = None,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> int:
    """Give these projects to ``team`` from a day on (today), all or none; whom they had before stays in their history.

    Projects whose people do not change are left out; returns how many changed. Raises :class:`ReasonMissing`, :class:`LeaderMissing`
    and :class:`WrongHandler` naming the project, :class:`NobodyNew`, ``NotAllowed``.
    """
    viewer = viewer_of(by, city)
    if not viewer.can(Can.ASSIGN_DUTIES) or not all(viewer.sees_unit(one.unit_id) for one in projects):
        raise NotAllowed(Can.ASSIGN_DUTIES)
    if not reason.strip():
        raise ReasonMissing
    day = since or timezone.localdate(at)
    _hold(city, projects)
    held = _held(city, projects)
    new = [one for project in projects if (one := _new(project, held.get(project.pk), team, day))]
    if not new:
        raise NobodyNew
    _check_handlers(city, new)
    for one in new:
        one.reason, one.is_sample, one.assigned_by, one.assigned_at = reason.strip(), is_sample, by, at
        _end(held.get(one.project_id), day)
    Responsibility.objects.bulk_create(new, batch_size=500)
    told = [
        (one.project, {"handler": one.handler.username, "leader": lead_of(one), "reason": one.reason}) for one in new
    ]
    record_each("duties.project.assigned", told, city=city, by=by, at=at)
    if len(new) > 1:
        record("duties.projects.reassigned", city=city, by=by, at=at, projects=len(new), reason=reason.strip())
    return len(new)


def lead_of(one: Responsibility) -> str:
    """The lead official's name."""
    return one.leader_name or str(one.leader or "")


def _hold(city: City, projects: Sequence[Project]) -> None:
    """Their rows, locked in one order: a project is given to one team after the other, also for the first time."""
    rows = Project.objects.of(city).select_for_update(no_key=True).filter(pk__in=[one.pk for one in projects])
    list(rows.order_by("pk").values_list("pk"))


def _held(city: City, projects: Sequence[Project]) -> dict[object, Responsibility]:
    rows = Responsibility.objects.of(city).filter(project_id__in=[one.pk for one in projects], until__isnull=True)
    return {one.project_id: one for one in rows.select_related("leader", "handler")}


def _new(project: Project, held: Responsibility | None, team: Team, day: date) -> Responsibility | None:
    """The project's next row; None when nobody changes."""
    handler = team.handler or (held.handler if held else None)
    given = bool(team.leader or team.leader_name.strip())
    leader = team.leader if given else held.leader if held else None
    name = (team.leader_name.strip() if not team.leader else "") if given else held.leader_name if held else ""
    if handler is None:
        raise WrongHandler(project.code)
    if leader is None and not name:
        raise LeaderMissing(project.code)
    if held and (held.handler_id, held.leader_id, held.leader_name) == (
        handler.pk,
        leader.pk if leader else None,
        name,
    ):
        return None
    first = max(day, held.since) if held else day
    return Responsibility(
        city_id=project.city_id,
        project=project,
        leader=leader,
        leader_name=name,
        unit_id=project.unit_id,
        handler=handler,
        since=first,
    )


def _check_handlers(city: City, new: Sequence[Responsibility]) -> None:
    """Handlers are in service and belong to the project's unit or to the bureau."""
    known = {(user.pk, unit) for user, unit in candidates(city)}
    for one in new:
        if not {(one.handler_id, None), (one.handler_id, one.unit_id)} & known:
            raise WrongHandler(one.project.code)


def _end(held: Responsibility | None, day: date) -> None:
    """Service ends the day before the next begins; begun and ended on one day, on that day."""
    if held is not None:
        held.until = max(held.since, day - timedelta(days=1))
        held.save(update_fields=["until"])


def reassign_each(
    viewer: Viewer, codes: Sequence[str], team: Team, *, reason: str, by: User, at: datetime
) -> list[Outcome]:
    """Give each of the viewer's projects with these codes to ``team`` for itself, and tell how it went with each."""

    def hand(project: Project) -> int:
        return reassign(city=viewer.city, projects=[project], team=team, reason=reason, by=by, at=at)

    return each(viewer, codes, hand, (NotAllowed, ReasonMissing, LeaderMissing, WrongHandler, NobodyNew))
