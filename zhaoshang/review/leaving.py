"""What a person holds, in every room, and its hand-over to another in one action: nothing may wait for somebody who has left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from zhaoshang.common.problems import N_
from zhaoshang.duties.actions.handing import hand_over_clock, hand_over_matter
from zhaoshang.duties.actions.refusals import NobodyNew, OwnMatter, ReasonMissing, WrongHandler
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.models import Clock, Matter, Responsibility
from zhaoshang.duties.queries import in_service
from zhaoshang.duties.rules import MatterKind
from zhaoshang.duties.rules import State as MatterState
from zhaoshang.leads.actions import NotOfUnit
from zhaoshang.leads.actions import hand_over as hand_over_lead
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import State as LeadState
from zhaoshang.opportunities.actions.entries import hand_over_entry
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import LISTED
from zhaoshang.outreach.actions.meetings import hand_over as hand_over_follow_up
from zhaoshang.outreach.models import FollowUp
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, Role
from zhaoshang.plans.actions.tree import hand_over_item
from zhaoshang.plans.models import ProgressReport, WorkItem
from zhaoshang.plans.rules import Standing as WorkStanding
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.regions.access import Viewer, viewer_of
from zhaoshang.regions.models import Membership
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.tenancy.models import City

MOST = 500  # of each kind at once


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of holding something. ``who unit``: its columns for the person and the unit ("": of no unit); ``page`` with the value of
    ``key`` is where it opens; ``needs``: what the successor's role must allow."""

    code: str
    label: str
    rows: Callable[[Viewer], "QuerySet[Any]"]
    who: str
    unit: str
    name: Callable[[Any], str]
    page: str
    key: Callable[[Any], Any]
    needs: Can
    related: tuple[str, ...] = ()

    def of(self, viewer: Viewer, person: User) -> list[Any]:
        """What the person holds of it and the viewer may see. One query."""
        rows = self.rows(viewer).filter(**{self.who: person.pk}).select_related("city", *self.related)
        return list(rows.order_by("-id")[:MOST])

    def left(self, viewer: Viewer) -> "QuerySet[Any]":
        """Those whose holder is not in service any more, as (id, holder)."""
        still = Q(in_service(viewer.city, self.who, self.unit))
        if self.unit:
            still |= Q(in_service(viewer.city, self.who, ""), **{f"{self.unit}__isnull": True})
        rows = self.rows(viewer).filter(~still, **{f"{self.who}__isnull": False}).order_by()
        found: QuerySet[Any] = rows.annotate(holder=F(self.who)).values_list("pk", "holder")
        return found


def _serving(viewer: Viewer) -> "QuerySet[Any]":
    rows = Responsibility.objects.visible_to(viewer)
    return rows.filter(until__isnull=True, project__standing=Standing.OPEN)


def _problems(viewer: Viewer) -> "QuerySet[Any]":
    rows = Matter.objects.visible_to(viewer).filter(kind=MatterKind.PROBLEM).exclude(state=MatterState.CLOSED)
    return rows.annotate(confirms=Coalesce("confirmer_id", "raised_by_id"))  # type: ignore[no-any-return]


def _items(viewer: Viewer) -> "QuerySet[Any]":
    rows = WorkItem.objects.of(viewer.city)
    rows = rows if viewer.sees_all_units else rows.filter(owner_unit_id__in=viewer.unit_ids)
    done = ProgressReport.objects.of(viewer.city).filter(item_id=OuterRef("pk"), standing=WorkStanding.DONE)
    return rows.filter(~Exists(done))


def _of_units(viewer: Viewer, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of rows that others see too, only those that the viewer's units answer for."""
    return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


def _leads(viewer: Viewer) -> "QuerySet[Any]":
    return _of_units(viewer, Lead.objects.of(viewer.city).filter(state=LeadState.ASSIGNED))


def _entries(viewer: Viewer) -> "QuerySet[Any]":
    return _of_units(viewer, Opportunity.objects.of(viewer.city).filter(state__in=LISTED))


_PROJECT = ("project__unit", "handler", "leader")
KINDS = {
    one.code: one
    for one in (
        Kind("projects", N_("经办的项目"), _serving, "handler_id", "unit_id", lambda one: one.project.name,
             "desk:project_duties", lambda one: one.project.code, Can.WORK_DUTIES, _PROJECT),
        Kind("led", N_("包保的项目"), _serving, "leader_id", "", lambda one: one.project.name,
             "desk:project_duties", lambda one: one.project.code, Can.SUPERVISE, _PROJECT),
        Kind("leads", N_("跟进的线索"), _leads,
             "handler_id", "unit_id", lambda one: one.investor, "desk:lead", lambda one: one.pk, Can.HANDLE_LEADS, ("unit",)),
        Kind("clocks", N_("按时限答复的事项"), lambda viewer: Clock.objects.visible_to(viewer).filter(answered_on__isnull=True),
             "handler_id", "unit_id", str, "desk:clock", lambda one: one.pk, Can.WORK_DUTIES),
        Kind("problems", N_("提出、待确认的问题"), _problems, "confirms", "unit_id", str, "desk:problem", lambda one: one.pk,
             Can.WORK_DUTIES),
        Kind("entries", N_("维护的机会条目"), _entries,
             "steward_id", "unit_id", lambda one: one.title, "desk:opportunity", lambda one: one.code, Can.KEEP_OPPORTUNITIES,
             ("steward",)),
        Kind("follow_ups", N_("会见后的跟进"), lambda viewer: FollowUp.objects.visible_to(viewer).filter(done_on__isnull=True),
             "owner_id", "", lambda one: str(one.meeting), "desk:meeting", lambda one: one.meeting_id, Can.OUTREACH, ("meeting",)),
        Kind("items", N_("计划里的任务"), _items, "responsible_id", "", lambda one: one.title, "desk:plan_item", lambda one: one.pk,
             Can.READ_PAYMENTS, ("owner_unit", "responsible")),
        Kind("findings", N_("负责的异常"), lambda viewer: Finding.objects.visible_to(viewer).filter(state__in=WAITING),
             "owner_id", "unit_id", lambda one: one.subject, "desk:finding", lambda one: one.pk, Can.WORK_DUTIES, ("unit",)),
    )
}  # fmt: skip


def holdings(viewer: Viewer, person: User) -> dict[str, list[Any]]:
    """What the person holds, by kind, as far as the viewer may see; empty kinds are left out."""
    found = {code: kind.of(viewer, person) for code, kind in KINDS.items()}
    return {code: rows for code, rows in found.items() if rows}


def held_by(city: City, person: User) -> int:
    """How many things wait for the person, wherever in the city. One query."""
    viewer = _whole(city)
    rows = [kind.rows(viewer).filter(**{kind.who: person.pk}).order_by().values_list("pk") for kind in KINDS.values()]
    return rows[0].union(*rows[1:], all=True).count()


def _whole(city: City) -> Viewer:
    """For counts that name nothing."""
    return Viewer(city, None, Role.STATISTICIAN)


def orphans(viewer: Viewer) -> int:
    """How many things the viewer may see are held by people who have left. One query."""
    first, *others = (kind.left(viewer) for kind in KINDS.values())
    return first.union(*others, all=True).count()


def leavers(viewer: Viewer) -> dict[UUID, int]:
    """By person who has left: how many things are theirs still. One query."""
    first, *others = (kind.left(viewer) for kind in KINDS.values())
    number: dict[UUID, int] = {}
    for _key, holder in first.union(*others, all=True):
        person = holder if isinstance(holder, UUID) else UUID(str(holder))
        number[person] = number.get(person, 0) + 1
    return number


def has_left(city: City, person: User) -> bool:
    """Whether the account is closed or holds no role any more. One query."""
    held = Membership.objects.of(city).filter(user=person, withdrawn_at__isnull=True)
    return not person.is_active or not held.exists()


@transaction.atomic
def hand_over(
    *,
    city: City,
    person: User,
    to: User,
    leader: User | None = None,
    leader_name: str = "",
    reason: str,
    by: User,
    at: datetime,
) -> dict[str, int]:
    """Give all that a person holds and ``by`` may assign to ``to``, in one transaction: all of it or nothing.

    What the role or unit of ``to`` does not allow is refused by name (``WrongHandler``, ``NotOfUnit``, ``OwnMatter`` for a problem that
    they answered themselves). Projects that the person leads go to ``leader`` or ``leader_name``, and stay where they are without one.
    Returns how many of each kind moved. Raises :class:`ReasonMissing`, :class:`NobodyNew` when nothing did, ``NotAllowed``.
    """
    viewer = viewer_of(by, city)
    viewer.require(Can.ASSIGN_DUTIES)
    if not reason.strip():
        raise ReasonMissing
    held, taker = holdings(viewer, person), viewer_of(to, city)
    if not leader and not leader_name.strip():
        held.pop("led", None)
    if person == to or not held:
        raise NobodyNew
    for code in held.keys() - {"led"}:
        if not taker.can(KINDS[code].needs):
            raise WrongHandler(to.username)
    told: dict[str, Any] = {"reason": reason.strip(), "by": by, "at": at}
    if code := next((code for code in ("projects", "led") if code in held), ""):
        _projects(city, held, to, Team(leader=leader, leader_name=leader_name), told)
    for code, move in _MOVES.items():
        for one in held.get(code, ()):
            move(one, to, told)
    _findings(city, held.get("findings", ()), to, taker)
    moved = {code: len(rows) for code, rows in held.items()}
    record("review.holdings.handed_over", city=city, by=by, at=at, about=person, to=to.username, moved=moved)
    return moved


def _projects(city: City, held: Mapping[str, list[Any]], to: User, leading: Team, told: Mapping[str, Any]) -> None:
    """Handled and led ones; one that is both changes both in one stretch."""
    handled = {one.project_id: one.project for one in held.get("projects", ())}
    led = {one.project_id: one.project for one in held.get("led", ())}
    both = [project for key, project in handled.items() if key in led]
    parts = (
        (both, Team(handler=to, leader=leading.leader, leader_name=leading.leader_name)),
        ([project for key, project in handled.items() if key not in led], Team(handler=to)),
        ([project for key, project in led.items() if key not in handled], leading),
    )
    for projects, team in parts:
        if projects:
            reassign(city=city, projects=projects, team=team, **told)


def _findings(city: City, rows: Iterable[Finding], to: User, taker: Viewer) -> None:
    keys = []
    for one in rows:
        if one.unit_id is not None and not taker.sees_unit(one.unit_id):
            raise WrongHandler(to.username)
        keys.append(one.pk)
    Finding.objects.of(city).filter(pk__in=keys).update(owner_id=to.pk)


def _entry(one: Opportunity, to: User, told: Mapping[str, Any]) -> None:
    if one.unit_id is not None and not viewer_of(to, one.city).sees_unit(one.unit_id):
        raise WrongHandler(to.username)
    hand_over_entry(entry=one, steward=to, **told)


def _follow_up(one: FollowUp, to: User, told: Mapping[str, Any]) -> None:
    hand_over_follow_up(follow_up=one, owner=to, by=told["by"], at=told["at"])


_MOVES: dict[str, Callable[[Any, User, Mapping[str, Any]], object]] = {
    "leads": lambda one, to, told: hand_over_lead(lead=one, handler=to, **told),
    "clocks": lambda one, to, told: hand_over_clock(clock=one, handler=to, **told),
    "problems": lambda one, to, told: hand_over_matter(matter=one, confirmer=to, **told),
    "entries": _entry,
    "follow_ups": _follow_up,
    "items": lambda one, to, told: hand_over_item(item=one, responsible=to, **told),
}
REFUSED = (ReasonMissing, NobodyNew, WrongHandler, OwnMatter, NotOfUnit)
