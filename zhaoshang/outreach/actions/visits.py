"""The only writer of follow-up visits and of the demands that they bring home."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.outreach.actions.refusals import Empty, LinkClosed, NotYet, ReasonMissing, WrongState
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.links import digest, token
from zhaoshang.outreach.models import Demand, Visit
from zhaoshang.outreach.rules import Satisfaction, VisitState
from zhaoshang.outreach.touching import note_touch
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.models import City

DEMAND = "demand"


def may_write_visit(viewer: Viewer, visit: Visit) -> bool:
    """A unit's people write its visits; the city's own are for city roles."""
    mine = viewer.sees_all_units if visit.unit_id is None else viewer.sees_unit(visit.unit_id)
    return viewer.can(Can.OUTREACH) and mine


def _locked(visit: Visit, by: User) -> Visit:
    rows = Visit.objects.of(visit.city_id).select_for_update().select_related("city", "unit")
    held: Visit = rows.get(pk=visit.pk)
    if not may_write_visit(viewer_of(by, held.city), held):
        raise NotAllowed(Can.OUTREACH)
    return held


@transaction.atomic
def plan_visit(*, city: City, unit: ReportingUnit | None, by: User, at: datetime, **fields: Any) -> Visit:
    """Plan a visit: ``firm enterprise project place planned_on visitors purpose is_sample``. Raises ``NotAllowed``."""
    visit = Visit(city=city, unit=unit, entered_by=by, entered_at=at, **fields)
    if not may_write_visit(viewer_of(by, city), visit):
        raise NotAllowed(Can.OUTREACH)
    visit.save(force_insert=True)
    record("outreach.visit.planned", city=city, by=by, at=at, about=visit, planned_on=str(visit.planned_on))
    return visit


@transaction.atomic
def tell_visit(*, visit: Visit, on: date, told: str, by: User, at: datetime) -> Visit:
    """What was seen and heard; it stands in the firm's book, too.

    Raises :class:`WrongState`, :class:`Empty`, :class:`NotYet`, ``NotAllowed``.
    """
    held = _locked(visit, by)
    if held.state == VisitState.CANCELLED:
        raise WrongState(held.state)
    if not told.strip():
        raise Empty
    if on > timezone.localdate(at):
        raise NotYet
    before = held.told[:200]
    held.state, held.visited_on, held.told = VisitState.VISITED, on, told.strip()
    held.save(update_fields=["state", "visited_on", "told"])
    note_touch(
        city=held.city, enterprise=held.enterprise_id, key=f"outreach.visit:{held.pk}", on=on, kind=TouchKind.VISIT, who=held.visitors,
        said=held.told, unit=held.unit, is_sample=held.is_sample, by=by, at=at,
    )  # fmt: skip
    record("outreach.visit.told", city=held.city, by=by, at=at, about=held, on=str(on), before=before)
    return held


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: User, at: datetime) -> Visit:
    """Call it off. Raises :class:`WrongState` of one that took place, :class:`ReasonMissing`, ``NotAllowed``."""
    held = _locked(visit, by)
    if held.state != VisitState.PLANNED:
        raise WrongState(held.state)
    if not reason.strip():
        raise ReasonMissing
    held.state, held.cancelled_for = VisitState.CANCELLED, reason.strip()
    held.save(update_fields=["state", "cancelled_for"])
    record("outreach.visit.cancelled", city=held.city, by=by, at=at, about=held, reason=held.cancelled_for)
    return held


@transaction.atomic
def take_demand(
    *, visit: Visit, text: str, department: str, by: User, at: datetime, due_on: date | None = None
) -> Demand:
    """Keep what the firm asks for, who is to answer, and by when (the rules' working days where none is said).

    Raises :class:`WrongState` before the visit took place, :class:`Empty`, ``NotAllowed``.
    """
    held = _locked(visit, by)
    if held.state != VisitState.VISITED or held.visited_on is None:
        raise WrongState(held.state)
    if not text.strip() or not department.strip():
        raise Empty
    demands = Demand.objects.of(held.city_id).filter(visit=held)
    last = demands.order_by("-number").values_list("number", flat=True).first() or 0
    days = rules_on(held.city, held.visited_on).answer_days
    due = due_on or workdays_of(held.city).after(held.visited_on, days)[0]
    demand: Demand = Demand.objects.create(
        city=held.city,
        visit=held,
        number=last + 1,
        text=text.strip(),
        department=department.strip(),
        due_on=due,
        entered_by=by,
        entered_at=at,
    )
    record("outreach.demand.taken", city=held.city, by=by, at=at, about=demand, department=department, due_on=str(due))
    return demand


def _held(demand: Demand) -> Demand:
    rows = Demand.objects.of(demand.city_id).select_for_update().select_related("city", "visit")
    return rows.get(pk=demand.pk)  # type: ignore[no-any-return]


def _demand(demand: Demand, by: User) -> Demand:
    held = _held(demand)
    if not may_write_visit(viewer_of(by, held.city), held.visit):
        raise NotAllowed(Can.OUTREACH)
    return held


@transaction.atomic
def answer_demand(*, demand: Demand, answer: str, by: User, at: datetime) -> Demand:
    """Keep the department's answer; it stays as it was given. Raises :class:`WrongState`, :class:`Empty`, ``NotAllowed``."""
    held = _demand(demand, by)
    if held.answered_on is not None:
        raise WrongState("answered")
    if not answer.strip():
        raise Empty
    held.answer, held.answered_on, held.answered_by = answer.strip(), timezone.localdate(at), by
    held.save(update_fields=["answer", "answered_on", "answered_by"])
    late = workdays_of(held.city).late(held.due_on, timezone.localdate(at))
    record("outreach.demand.answered", city=held.city, by=by, at=at, about=held, days_late=late)
    return held


@transaction.atomic
def rate_answer(*, demand: Demand, satisfaction: Satisfaction, by: User | None, at: datetime) -> Demand:
    """What the firm thinks of the answer: told to somebody of ours (``by``), or said by the firm itself by its link, once.

    Raises :class:`WrongState` before there is an answer or after the firm itself has said it, ``NotAllowed``.
    """
    held = _demand(demand, by) if by is not None else _held(demand)
    if held.answered_on is None or held.rated_by_firm:
        raise WrongState("unanswered" if held.answered_on is None else "rated")
    held.satisfaction, held.rated_at, held.rated_by_firm = satisfaction, at, by is None
    held.save(update_fields=["satisfaction", "rated_at", "rated_by_firm"])
    record("outreach.demand.rated", city=held.city, by=by, at=at, about=held, satisfaction=satisfaction)
    return held


@transaction.atomic
def open_demand(*, demand: Demand, by: User, at: datetime) -> str:
    """A new link by which the firm sees this demand and nothing else; one made before is closed. Returns its token, which is never kept.

    Raises ``NotAllowed``.
    """
    held = _demand(demand, by)
    held.link_number += 1
    held.link_until = timezone.localdate(at) + timedelta(days=rules_on(held.city, timezone.localdate(at)).link_days)
    told = demand_token(held)
    held.link_digest = digest(told)
    held.save(update_fields=["link_number", "link_digest", "link_until"])
    record("outreach.demand.opened", city=held.city, by=by, at=at, about=held, until=str(held.link_until))
    return told


def demand_token(demand: Demand) -> str:
    """The token of the link that is open; meaningless while none is."""
    return token(DEMAND, demand.pk, demand.link_number)


def demand_by_link(city: City, told: str, on: date) -> Demand:
    """The demand that a link opens on a day. Raises :class:`LinkClosed`."""
    rows = Demand.objects.of(city).select_related("city", "visit").exclude(link_digest="")
    found: Demand | None = rows.filter(link_digest=digest(told), link_until__gte=on).first()
    if found is None:
        raise LinkClosed
    return found
