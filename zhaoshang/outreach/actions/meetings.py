"""The only writer of a trip's programme, of minutes, of follow-ups and of the projects that somebody says a trip brought."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.outreach.actions.refusals import Empty, MetAlready, NotYet, OutsideTrip, WrongState
from zhaoshang.outreach.actions.trips import locked
from zhaoshang.outreach.inforce import rules_on
from zhaoshang.outreach.models import FollowUp, Meeting, Member, Minutes, Trip, TripProject
from zhaoshang.outreach.queries import met_before
from zhaoshang.outreach.rules import TripState, follow_ups_due
from zhaoshang.outreach.touching import note_touch
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting of the programme. ``again``: it is known that the firm was met already, and it is to be met once more."""

    day: date
    party: str
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    enterprise: Enterprise | None = None
    people: str = ""
    purpose: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """What was written down; ``key`` is made by the writer's device, once for each time somebody writes."""

    key: UUID
    text: str
    met: str = ""
    next_step: str = ""


def _may_write(viewer: Viewer, trip: Trip) -> None:
    """Whoever sees the trip and writes outreach at all: those who went along, too."""
    own = viewer.sees_all_units or (trip.unit_id is not None and viewer.sees_unit(trip.unit_id))
    seen = own or Trip.objects.visible_to(viewer).filter(pk=trip.pk).exists()
    if not (viewer.can(Can.OUTREACH) and seen):
        raise NotAllowed(Can.OUTREACH)


@transaction.atomic
def add_meeting(*, trip: Trip, new: NewMeeting, by: User, at: datetime) -> Meeting:
    """Put a meeting into the programme.

    Raises :class:`OutsideTrip`, :class:`MetAlready` unless said ``again``, :class:`WrongState` of a trip that is off, ``NotAllowed``.
    """
    held = locked(trip)
    _may_write(viewer_of(by, held.city), held)
    if held.state in (TripState.CANCELLED, TripState.POSTPONED):
        raise WrongState(held.state)
    if not held.first_day <= new.day <= held.last_day:
        raise OutsideTrip(str(new.day))
    before = [] if new.again else met_before(held, new.party, new.enterprise, new.day)
    if before:
        raise MetAlready(before)
    meeting: Meeting = Meeting.objects.create(
        city=held.city,
        trip=held,
        day=new.day,
        begins=new.begins,
        ends=new.ends,
        place=new.place,
        party=new.party,
        enterprise=new.enterprise,
        people=new.people,
        purpose=new.purpose,
        entered_by=by,
        entered_at=at,
    )
    record("outreach.meeting.added", city=held.city, by=by, at=at, about=meeting, trip=held.code, day=str(new.day))
    return meeting


@transaction.atomic
def drop_meeting(*, meeting: Meeting, by: User, at: datetime) -> None:
    """Take a meeting off the programme; one with minutes stays. Raises :class:`WrongState`, ``NotAllowed``."""
    trip = locked(meeting.trip)
    _may_write(viewer_of(by, trip.city), trip)
    if Minutes.objects.of(trip.city_id).filter(meeting=meeting).exists():
        raise WrongState("minutes")
    record("outreach.meeting.dropped", city=trip.city, by=by, at=at, about=meeting, trip=trip.code)
    TripProject.objects.of(trip.city_id).filter(meeting=meeting).update(meeting=None)
    rows = Meeting.objects.of(trip.city_id).filter(pk=meeting.pk)
    rows._raw_delete(rows.db)  # asking every table that may refer to it, by no city, is what ``delete`` would add


@transaction.atomic
def write_minutes(*, meeting: Meeting, new: NewMinutes, by: User, at: datetime) -> Minutes:
    """Keep minutes; the first of a meeting set its follow-ups, owned by the writer, and log the meeting
    in the book of the enterprise. The same key again changes nothing.

    Raises :class:`Empty`, :class:`NotYet`, :class:`WrongState` of a trip that is not approved, ``NotAllowed``.
    """
    trip = locked(meeting.trip)
    _may_write(viewer_of(by, trip.city), trip)
    sent = Minutes.objects.of(trip.city_id).filter(key=new.key, meeting=meeting, written_by=by).first()
    if sent is not None:
        return sent  # type: ignore[no-any-return]
    if trip.state != TripState.APPROVED:
        raise WrongState(trip.state)
    if not new.text.strip():
        raise Empty
    if timezone.localdate(at) < meeting.day:
        raise NotYet
    first = not Minutes.objects.of(trip.city_id).filter(meeting=meeting).exists()
    minutes: Minutes = Minutes.objects.create(
        city=trip.city,
        meeting=meeting,
        key=new.key,
        text=new.text.strip(),
        met=new.met,
        next_step=new.next_step,
        written_by=by,
        written_at=at,
    )
    if first:
        due = follow_ups_due(meeting.day, rules_on(trip.city, meeting.day).follow_up_days)
        FollowUp.objects.bulk_create(
            [FollowUp(city=trip.city, meeting=meeting, days=days, due_on=day, owner=by) for days, day in due]
        )
        _into_the_book(trip, meeting, minutes, by, at)
    record("outreach.minutes.written", city=trip.city, by=by, at=at, about=meeting, trip=trip.code, first=first)
    return minutes


def _into_the_book(trip: Trip, meeting: Meeting, minutes: Minutes, by: User, at: datetime) -> None:
    """The first minutes log the meeting in the firm's book; what is written later stays in the room."""
    if meeting.enterprise_id is None:
        return
    went = Member.objects.of(trip.city_id).filter(trip=trip, leads=True, absent=False).order_by("position")
    who = "、".join(f"{one.name}（{one.post}）" for one in went) or trip.title
    note_touch(
        city=trip.city, enterprise=meeting.enterprise_id, key=f"outreach.meeting:{meeting.pk}", on=meeting.day,
        kind=TouchKind.VISIT, who=who, said=minutes.text, whom=minutes.met, next_step=minutes.next_step,
        unit=trip.unit, is_sample=trip.is_sample, by=by, at=at,
    )  # fmt: skip


def _follow_up(follow_up: FollowUp, by: User) -> FollowUp:
    rows = FollowUp.objects.of(follow_up.city_id).select_for_update()
    held: FollowUp = rows.select_related("city", "meeting__trip").get(pk=follow_up.pk)
    viewer = viewer_of(by, held.city)
    seen = viewer.sees_all_units or FollowUp.objects.visible_to(viewer).filter(pk=held.pk).exists()
    if not (viewer.can(Can.OUTREACH) and seen):
        raise NotAllowed(Can.OUTREACH)
    if held.done_on is not None:
        raise WrongState("done")
    return held


@transaction.atomic
def hand_over(*, follow_up: FollowUp, owner: User, by: User, at: datetime) -> FollowUp:
    """Give a follow-up to another person who writes outreach here. Raises :class:`WrongState`, ``NotAllowed``."""
    held = _follow_up(follow_up, by)
    viewer_of(owner, held.city).require(Can.OUTREACH)
    before, held.owner = held.owner_id, owner
    held.save(update_fields=["owner"])
    told = {"before": str(before), "owner": owner.username}
    record(
        "outreach.follow_up.handed_over", city=held.city, by=by, at=at, about=held.meeting, days=held.days, told=told
    )
    return held


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, on: date, note: str, by: User, at: datetime) -> FollowUp:
    """Say what came of it. Raises :class:`Empty`, :class:`NotYet`, :class:`WrongState`, ``NotAllowed``."""
    held = _follow_up(follow_up, by)
    if not note.strip():
        raise Empty
    if on > timezone.localdate(at):
        raise NotYet
    held.done_on, held.note, held.done_by = on, note.strip(), by
    held.save(update_fields=["done_on", "note", "done_by"])
    record("outreach.follow_up.done", city=held.city, by=by, at=at, about=held.meeting, days=held.days, on=str(on))
    return held


@transaction.atomic
def link_project(
    *, trip: Trip, project: Project, by: User, at: datetime, meeting: Meeting | None = None, note: str = ""
) -> TripProject:
    """Say that a project belongs to a trip; said twice it stays as it was said first. Raises ``NotAllowed``."""
    held = locked(trip)
    viewer = viewer_of(by, held.city)
    _may_write(viewer, held)
    if not viewer.sees_unit(project.unit_id):
        raise NotAllowed(Can.OUTREACH)
    said = TripProject.objects.of(held.city_id).filter(trip=held, project=project).first()
    if said is not None:
        return said  # type: ignore[no-any-return]
    link: TripProject = TripProject.objects.create(
        city=held.city, trip=held, meeting=meeting, project=project, note=note.strip(), linked_by=by, linked_at=at
    )
    record("outreach.trip.linked", city=held.city, by=by, at=at, about=held, project=project.code)
    return link


@transaction.atomic
def unlink_project(*, link: TripProject, by: User, at: datetime) -> None:
    """Take it back; the diary keeps that it was said. Raises ``NotAllowed``."""
    held = locked(link.trip)
    _may_write(viewer_of(by, held.city), held)
    record("outreach.trip.unlinked", city=held.city, by=by, at=at, about=held, project=link.project.code)
    TripProject.objects.of(held.city_id).filter(pk=link.pk).delete()
