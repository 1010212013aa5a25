"""The only writer of pairs and of the plan of meetings."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.enterprises.touches import Meeting, log_touch
from zhaoshang.matchmaking.localrules import WEIGHTS
from zhaoshang.matchmaking.models import (
    BUREAU,
    MOST_SLOTS,
    MOST_TABLES,
    Appointment,
    Away,
    Pair,
    Session,
    Step,
)
from zhaoshang.matchmaking.queries import known_of, offer_of
from zhaoshang.matchmaking.rules import TO_SEAT, PairState, may_follow, reasons
from zhaoshang.matchmaking.seating import Frame, Place, Plan, Wanted, seated
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.outreach.actions.activities import may_run
from zhaoshang.outreach.models import Activity
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.regions.models import ReportingUnit


class NotOffered(Exception):
    """The entry is not offered now: taken, closed, expired or not published."""


class PairedAlready(Exception):
    """This firm and this entry stand on the activity's board already."""


class CannotFollow(Exception):
    """The pair cannot come into this state from where it stands."""


class ReasonMissing(Exception):
    """Say why."""


class ProjectMissing(Exception):
    """A pair becomes a project by naming one of the account."""


class NotYet(Exception):
    """The day lies in the future, or before the pair's last step."""


class BadSession(Exception):
    """The session's slots or tables cannot be; or a meeting that is fixed would fall out of it."""


class NoSession(Exception):
    """Hours and tables are not set yet."""


class FixedThere(Exception):
    """Somebody has a fixed meeting in that slot; loosen it first."""


class PlaceTaken(Exception):
    """The table, the guest or our side is taken in that slot, or not there."""


class Over(Exception):
    """The activity is cancelled."""


def may_keep_pair(viewer: Viewer, pair: Pair) -> bool:
    """Who runs the activity, and the people of the unit whose entry it is."""
    ours = pair.unit_id is not None and viewer.sees_unit(pair.unit_id)
    return viewer.can(Can.OUTREACH) and (ours or may_run(viewer, pair.activity))


# -- pairs -------------------------------------------------------------------------------------------------------------


def _activity(activity: Activity) -> Activity:
    rows = Activity.objects.of(activity.city_id).select_for_update().select_related("city")
    held: Activity = rows.get(pk=activity.pk)
    if held.cancelled_for:
        raise Over
    return held


@transaction.atomic
def propose_pair(
    *,
    activity: Activity,
    enterprise: Enterprise,
    opportunity: Opportunity,
    by: User,
    at: datetime,
    is_sample: bool = False,
) -> Pair:
    """Put a firm and an entry on an activity's board, with the points and reasons of this day.

    Raises :class:`NotOffered`, :class:`PairedAlready`, :class:`Over`, ``NotAllowed``.
    """
    held = _activity(activity)
    on = timezone.localdate(at)
    rules = WEIGHTS.on(held.city, on)
    known = known_of(held.city, [enterprise])[enterprise.pk]
    told = reasons(known, offer_of(opportunity), rules.read, on)
    pair = Pair(
        city=held.city, activity=held, enterprise=enterprise, opportunity=opportunity, unit_id=opportunity.unit_id,
        since=on, points=sum(one.points for one in told), reasons=[one.to_json() for one in told],
        weights=rules.issued.document if rules.issued else "", is_sample=is_sample, added_by=by, added_at=at,
    )  # fmt: skip
    if not may_keep_pair(viewer_of(by, held.city), pair):
        raise NotAllowed(Can.OUTREACH)
    if not Opportunity.objects.of(held.city_id).listed(held.city, at).filter(pk=opportunity.pk).exists():
        raise NotOffered
    rows = Pair.objects.of(held.city_id)
    if rows.filter(activity=held, enterprise=enterprise, opportunity=opportunity).exists():
        raise PairedAlready
    pair.save(force_insert=True)
    Step.objects.create(city=held.city, pair=pair, state=pair.state, on=on, by=by, at=at)
    record(
        "matchmaking.pair.proposed", city=held.city, by=by, at=at, about=pair, activity=held.code,
        opportunity=opportunity.code, points=pair.points,
    )  # fmt: skip
    return pair


def _pair(pair: Pair, by: User) -> Pair:
    rows = Pair.objects.of(pair.city_id).select_for_update()
    held: Pair = rows.select_related("city", "activity", "enterprise", "opportunity", "unit").get(pk=pair.pk)
    if not may_keep_pair(viewer_of(by, held.city), held):
        raise NotAllowed(Can.OUTREACH)
    return held


@transaction.atomic
def move_pair(
    *,
    pair: Pair,
    state: PairState,
    on: date,
    by: User,
    at: datetime,
    note: str = "",
    project: Project | None = None,
) -> Pair:
    """Say how far a pair has come; once met, the meeting stands in the book of the firm, too.

    Raises :class:`CannotFollow`, :class:`NotYet`, :class:`ReasonMissing` of one given up, :class:`ProjectMissing`, ``NotAllowed``.
    """
    held = _pair(pair, by)
    if not may_follow(PairState(held.state), state):
        raise CannotFollow(held.state)
    if on > timezone.localdate(at) or on < held.since:
        raise NotYet
    if state == PairState.DECLINED and not note.strip():
        raise ReasonMissing
    if (state == PairState.PROJECT) != (project is not None):
        raise ProjectMissing
    before = PairState(held.state)
    held.state, held.since, held.project = state, on, project
    held.save(update_fields=["state", "since", "project"])
    Step.objects.create(city=held.city, pair=held, state=state, on=on, note=note.strip(), by=by, at=at)
    if state == PairState.DECLINED:
        _loosen(held)
    if before in TO_SEAT and state not in (PairState.INVITED, PairState.DECLINED):
        _log(held, on, note, by, at)
    record("matchmaking.pair.moved", city=held.city, by=by, at=at, about=held, state=state, on=str(on))
    return held


def _loosen(held: Pair) -> None:
    """A pair that is given up frees its table."""
    rows = Appointment.objects.of(held.city_id).filter(pair=held)
    rows._raw_delete(rows.db)


def _log(held: Pair, on: date, note: str, by: User, at: datetime) -> None:
    said = note.strip() or f"{held.opportunity.title}"
    meeting = Meeting(
        on=on, kind=TouchKind.MEETING, who=held.activity.title[:120], said=said, key=f"matchmaking:{held.pk}"
    )
    log_touch(enterprise=held.enterprise, meeting=meeting, unit=held.unit, by=by, at=at, is_sample=held.is_sample)


# -- the plan ----------------------------------------------------------------------------------------------------------


def _may_run(viewer: Viewer, activity: Activity) -> None:
    if not may_run(viewer, activity):
        raise NotAllowed(Can.OUTREACH)


@transaction.atomic
def set_session(
    *,
    activity: Activity,
    begins_at: datetime,
    minutes: int,
    slots: int,
    tables: Sequence[str],
    by: User,
    at: datetime,
) -> Session:
    """Set hours and tables, or change them: what is not fixed and falls out of them is dropped until the next plan.

    Raises :class:`BadSession`, :class:`Over`, ``NotAllowed``.
    """
    held = _activity(activity)
    _may_run(viewer_of(by, held.city), held)
    named = [name.strip()[:30] for name in tables if name.strip()]
    measures = 5 <= minutes <= 240 and 1 <= slots <= MOST_SLOTS and 1 <= len(named) <= MOST_TABLES
    if not measures or len(set(named)) != len(named):
        raise BadSession
    session: Session = Session.objects.of(held.city_id).filter(activity=held).first() or Session(
        city=held.city, activity=held
    )
    _fit(session, slots, len(named))
    session.begins_at, session.minutes, session.slots, session.tables = begins_at, minutes, slots, named
    session.set_by, session.set_at = by, at
    session.save()
    record(
        "matchmaking.session.set", city=held.city, by=by, at=at, about=held, slots=slots, tables=len(named),
        begins_at=begins_at.isoformat(),
    )  # fmt: skip
    return session


def _fit(session: Session, slots: int, tables: int) -> None:
    if session._state.adding:
        return
    held = Appointment.objects.of(session.city_id).filter(session=session)
    outside = [one for one in held if one.slot >= slots or one.table >= tables]
    if any(one.fixed for one in outside):
        raise BadSession
    gone = held.filter(pk__in=[one.pk for one in outside])
    gone._raw_delete(gone.db)
    late = Away.objects.of(session.city_id).filter(session=session, slot__gte=slots)
    late._raw_delete(late.db)


def session_of(activity: Activity, by: User) -> Session:
    """The activity's session, held for the transaction. Raises :class:`NoSession`, :class:`Over`, ``NotAllowed``."""
    held = _activity(activity)
    _may_run(viewer_of(by, held.city), held)
    rows = Session.objects.of(held.city_id).select_for_update().select_related("city", "activity")
    session: Session | None = rows.filter(activity=held).first()
    if session is None:
        raise NoSession
    return session


@transaction.atomic
def set_away(
    *,
    activity: Activity,
    slots: Collection[int],
    by: User,
    at: datetime,
    enterprise: Enterprise | None = None,
    side: str = "",
) -> None:
    """In which slots a guest, a side of ours, or (neither named) everybody is not there; what was said of them before no longer holds.

    Raises :class:`FixedThere`, :class:`BadSession` of a slot that is none, :class:`NoSession`, :class:`Over`, ``NotAllowed``.
    """
    session = session_of(activity, by)
    wanted = sorted(set(slots))
    if any(not 0 <= slot < session.slots for slot in wanted):
        raise BadSession
    there = Appointment.objects.of(session.city_id).filter(session=session, slot__in=wanted)
    if enterprise is not None:
        there = there.filter(enterprise=enterprise)
    elif side:
        there = there.filter(side=side)
    if there.filter(fixed=True).exists():
        raise FixedThere
    there._raw_delete(there.db)
    rows = Away.objects.of(session.city_id).filter(session=session, enterprise=enterprise, side=side)
    rows._raw_delete(rows.db)
    Away.objects.bulk_create(
        [Away(city=session.city, session=session, slot=slot, enterprise=enterprise, side=side) for slot in wanted]
    )
    record(
        "matchmaking.away.set", city=session.city, by=by, at=at, about=session.activity,
        firm=enterprise.name if enterprise else "", side=side, slots=wanted,
    )  # fmt: skip


def wanted_of(session: Session) -> list[Pair]:
    """The pairs that are to meet (proposed or invited) and those that have met at a table of theirs, the heaviest first. One query."""
    seats = Appointment.objects.of(session.city_id).filter(session=session).order_by().values("pair_id")
    rows = Pair.objects.of(session.city_id).filter(activity_id=session.activity_id)
    rows = rows.filter(Q(state__in=list(TO_SEAT)) | Q(pk__in=seats))
    return list(rows.select_related("enterprise", "opportunity", "unit").order_by("-points", "id"))


def planned(session: Session, pairs: Sequence[Pair], fixed: dict[str, Place]) -> Plan:
    """The best plan of these meetings, by the solver; nothing is written. One query."""
    away = set()
    for one in Away.objects.of(session.city_id).filter(session=session):
        name = f"guest:{one.enterprise_id}" if one.enterprise_id else f"side:{one.side}" if one.side else ""
        away.add((name, one.slot))
    wanted = [Wanted(str(one.pk), str(one.enterprise_id), one.side, one.points) for one in pairs]
    return seated(Frame(session.slots, len(session.tables)), wanted, fixed, away)


@transaction.atomic
def arrange(*, activity: Activity, by: User, at: datetime) -> Plan:
    """Plan anew: what is fixed stays, all else gets the place that lets most pairs meet.

    Raises :class:`NoSession`, :class:`Over`, ``NotAllowed``.
    """
    session = session_of(activity, by)
    pairs = wanted_of(session)
    rows = Appointment.objects.of(session.city_id).filter(session=session)
    kept = rows.filter(Q(fixed=True) | ~Q(pair__state__in=list(TO_SEAT)))
    fixed = {str(one.pair_id): Place(one.slot, one.table) for one in kept}
    plan = planned(session, pairs, fixed)
    loose = rows.exclude(pair_id__in=[one.pk for one in pairs if str(one.pk) in fixed])
    loose._raw_delete(loose.db)
    Appointment.objects.bulk_create(
        [
            _appointment(session, one, plan.placed[str(one.pk)], fixed=False)
            for one in pairs
            if str(one.pk) in plan.placed and str(one.pk) not in fixed
        ]
    )
    session.planned_at, session.planned_by, session.proven = at, by, plan.proven
    session.save(update_fields=["planned_at", "planned_by", "proven"])
    record(
        "matchmaking.plan.arranged", city=session.city, by=by, at=at, about=session.activity,
        placed=len(plan.placed), unserved=len(plan.unserved),
    )  # fmt: skip
    return plan


def _appointment(session: Session, pair: Pair, place: Place, *, fixed: bool) -> Appointment:
    return Appointment(
        city_id=session.city_id, session=session, pair=pair, slot=place.slot, table=place.table,
        enterprise_id=pair.enterprise_id, side=pair.side, fixed=fixed,
    )  # fmt: skip


@transaction.atomic
def fix_meeting(*, pair: Pair, slot: int, table: int, by: User, at: datetime) -> Appointment:
    """Set a pair's meeting to a slot and a table, to be kept by every later plan.

    Raises :class:`PlaceTaken`, :class:`CannotFollow` of a pair that is not to meet any more, :class:`NoSession`, :class:`Over`,
    ``NotAllowed``.
    """
    session = session_of(pair.activity, by)
    held = _pair(pair, by)
    if PairState(held.state) not in TO_SEAT:
        raise CannotFollow(held.state)
    if not (0 <= slot < session.slots and 0 <= table < len(session.tables)):
        raise PlaceTaken
    others = Appointment.objects.of(session.city_id).filter(session=session, slot=slot).exclude(pair=held)
    clash = [one for one in others if one.table == table or one.enterprise_id == held.enterprise_id or one.side == held.side]  # fmt: skip
    gone = Away.objects.of(session.city_id).filter(session=session, slot=slot)
    away = [one for one in gone if one.enterprise_id in (None, held.enterprise_id) and one.side in ("", held.side)]
    if any(one.fixed for one in clash) or away:
        raise PlaceTaken
    loose = Appointment.objects.of(session.city_id).filter(pk__in=[one.pk for one in clash])
    loose._raw_delete(loose.db)
    _loosen(held)
    fixed = _appointment(session, held, Place(slot, table), fixed=True)
    fixed.save(force_insert=True)
    record("matchmaking.meeting.fixed", city=held.city, by=by, at=at, about=held, slot=slot, table=table)
    return fixed


@transaction.atomic
def free_meeting(*, pair: Pair, by: User, at: datetime) -> None:
    """No longer fixed: the next plan may move it. Raises :class:`NoSession`, :class:`Over`, ``NotAllowed``."""
    session = session_of(pair.activity, by)
    held = _pair(pair, by)
    Appointment.objects.of(session.city_id).filter(pair=held).update(fixed=False)
    record("matchmaking.meeting.freed", city=held.city, by=by, at=at, about=held)


def side_of(viewer: Viewer, told: str) -> str:
    """A unit's code (or ``-`` for the city's own side) as the plan keeps it. Raises ``ReportingUnit.DoesNotExist``."""
    if told == BUREAU:
        return BUREAU
    return str(ReportingUnit.objects.of(viewer.city).get(code=told).pk)
