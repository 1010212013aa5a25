"""The only writer of activities: the activity itself, its agenda, its guests, and what is signed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.ids import uuid7
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.outreach.actions.refusals import CodeTaken, Empty, Full, LinkClosed, ReasonMissing, SeatTaken, WrongState
from zhaoshang.outreach.links import digest, token
from zhaoshang.outreach.models import Activity, AgendaItem, Guest, Signing
from zhaoshang.outreach.rules import GuestOrigin, Reply, signing_key
from zhaoshang.outreach.touching import note_touch
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

REGISTRATION = "registration"
IN_TEN_MINUTES = 60  # registrations of one activity; more is no crowd but a machine


@dataclass(frozen=True, slots=True)
class NewGuest:
    """Somebody invited."""

    organisation: str
    name: str
    post: str = ""
    phone: str = ""
    unit: ReportingUnit | None = None
    enterprise: Enterprise | None = None
    reply: Reply = Reply.WAITING
    seat: str = ""


@dataclass(frozen=True, slots=True)
class NewSigning:
    """Something signed. With a ``project`` its name, investor and amount are the project's, and the others are not asked."""

    name: str = ""
    investor: str = ""
    amount_fen: int = 0
    unit: ReportingUnit | None = None
    project: Project | None = None
    is_sample: bool = False


def may_run(viewer: Viewer, activity: Activity) -> bool:
    """Who changes an activity: city roles, and the people of the unit whose it is."""
    mine = viewer.sees_all_units if activity.unit_id is None else viewer.sees_unit(activity.unit_id)
    return viewer.can(Can.OUTREACH) and mine


def _locked(activity: Activity, by: User, *, run: bool = True) -> tuple[Activity, Viewer]:
    rows = Activity.objects.of(activity.city_id).select_for_update().select_related("city")
    held: Activity = rows.get(pk=activity.pk)
    viewer = viewer_of(by, held.city)
    if not (may_run(viewer, held) if run else viewer.can(Can.OUTREACH)):
        raise NotAllowed(Can.OUTREACH)
    return held, viewer


@transaction.atomic
def add_activity(
    *, city: City, code: str, unit: ReportingUnit | None, by: User, at: datetime, **fields: Any
) -> Activity:
    """Lay down an activity: ``title kind place begins_at ends_at about seats consent is_sample``.

    Raises :class:`CodeTaken`, ``NotAllowed``.
    """
    activity = Activity(city=city, code=code, unit=unit, entered_by=by, entered_at=at, **fields)
    if not may_run(viewer_of(by, city), activity):
        raise NotAllowed(Can.OUTREACH)
    if Activity.objects.of(city).filter(code=code).exists():
        raise CodeTaken(code)
    activity.save(force_insert=True)
    record("outreach.activity.added", city=city, by=by, at=at, about=activity, code=code)
    return activity


@transaction.atomic
def amend_activity(*, activity: Activity, by: User, at: datetime, **fields: Any) -> Activity:
    """Change it; what it said before stays in the diary. Raises ``NotAllowed``."""
    held, _viewer = _locked(activity, by)
    changes = {
        name: [str(getattr(held, name)), str(value)] for name, value in fields.items() if getattr(held, name) != value
    }
    for name, value in fields.items():
        setattr(held, name, value)
    if changes:
        held.save(update_fields=list(changes))
        record("outreach.activity.amended", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


@transaction.atomic
def cancel_activity(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    """Call it off; its registration closes.

    Raises :class:`ReasonMissing`, :class:`WrongState` once something was signed, ``NotAllowed``.
    """
    held, _viewer = _locked(activity, by)
    if not reason.strip():
        raise ReasonMissing
    if held.cancelled_for or Signing.objects.of(held.city_id).filter(activity=held).exists():
        raise WrongState("cancelled")
    held.cancelled_for, held.link_digest = reason.strip(), ""
    held.save(update_fields=["cancelled_for", "link_digest"])
    record("outreach.activity.cancelled", city=held.city, by=by, at=at, about=held, reason=held.cancelled_for)
    return held


@transaction.atomic
def set_agenda(
    *, activity: Activity, items: Sequence[tuple[datetime, datetime | None, str, str]], by: User, at: datetime
) -> int:
    """The whole agenda anew: begin, end, title, speaker. Returns how many points it has. Raises ``NotAllowed``."""
    held, _viewer = _locked(activity, by)
    AgendaItem.objects.of(held.city_id).filter(activity=held).delete()
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                city_id=held.city_id, activity=held, begins_at=begins, ends_at=ends, title=title, speaker=speaker
            )
            for begins, ends, title, speaker in items
        ]
    )
    record("outreach.activity.agenda_set", city=held.city, by=by, at=at, about=held, items=len(items))
    return len(items)


# -- guests ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, activity: Activity, guests: Sequence[NewGuest], by: User, at: datetime) -> int:
    """Put guests on the list; who stands there already by organisation and name stays as they are. Returns how many are new.

    Every unit may invite to the city's activities. Raises :class:`SeatTaken`, :class:`WrongState` of a cancelled one, ``NotAllowed``.
    """
    held, viewer = _locked(activity, by, run=False)
    if held.cancelled_for:
        raise WrongState("cancelled")
    for one in guests:
        if not (
            may_run(viewer, held) or (one.unit is not None and viewer.sees_unit(one.unit.pk) and held.unit_id is None)
        ):
            raise NotAllowed(Can.OUTREACH)
    rows = Guest.objects.of(held.city_id).filter(activity=held)
    known = set(rows.values_list("organisation", "name"))
    wanted = {(one.organisation, one.name): one for one in guests}
    new = [one for key, one in wanted.items() if key not in known]
    seats = [one.seat for one in new if one.seat]
    if len(set(seats)) < len(seats) or rows.filter(seat__in=seats).exists():
        raise SeatTaken
    Guest.objects.bulk_create(
        [
            Guest(
                city_id=held.city_id,
                activity=held,
                key=uuid7(),
                origin=GuestOrigin.INVITED,
                unit=one.unit,
                organisation=one.organisation,
                enterprise=one.enterprise,
                name=one.name,
                post=one.post,
                phone=one.phone,
                reply=one.reply,
                seat=one.seat,
                entered_by=by,
                entered_at=at,
            )
            for one in new
        ],
        batch_size=500,
    )
    record("outreach.guests.invited", city=held.city, by=by, at=at, about=held, new=len(new))
    return len(new)


def _hold(city: UUID, activity: UUID) -> None:
    """Its seats and signings are given one after the other: of two who want the same, the second is told."""
    Activity.objects.of(city).select_for_update(no_key=True).get(pk=activity)


def _guest(guest: Guest, by: User) -> Guest:
    rows = Guest.objects.of(guest.city_id).select_for_update()
    rows = rows.select_related("city", "activity__unit")
    held: Guest = rows.get(pk=guest.pk)
    viewer = viewer_of(by, held.city)
    seen = viewer.sees_all_units or Guest.objects.visible_to(viewer).filter(pk=held.pk).exists()
    if not (viewer.can(Can.OUTREACH) and seen):
        raise NotAllowed(Can.OUTREACH)
    return held


@transaction.atomic
def note_reply(*, guest: Guest, reply: Reply, by: User, at: datetime) -> Guest:
    """What the guest answered. Raises ``NotAllowed``."""
    held = _guest(guest, by)
    held.reply = reply
    held.save(update_fields=["reply"])
    record("outreach.guest.replied", city=held.city, by=by, at=at, about=held.activity, guest=str(held.pk), reply=reply)
    return held


@transaction.atomic
def seat_guest(*, guest: Guest, seat: str, by: User, at: datetime) -> Guest:
    """Give a seat, or take it away (empty). Raises :class:`SeatTaken`, ``NotAllowed``."""
    _hold(guest.city_id, guest.activity_id)
    held = _guest(guest, by)
    others = Guest.objects.of(held.city_id).filter(activity=held.activity_id, seat=seat).exclude(pk=held.pk)
    if seat and others.exists():
        raise SeatTaken(seat)
    held.seat = seat
    held.save(update_fields=["seat"])
    record("outreach.guest.seated", city=held.city, by=by, at=at, about=held.activity, guest=str(held.pk), seat=seat)
    return held


@transaction.atomic
def check_in(*, guest: Guest, by: User, at: datetime) -> Guest:
    """The guest is there, and the firm's book says so; a second time changes nothing.

    Raises :class:`WrongState` of a cancelled activity, ``NotAllowed``.
    """
    held = _guest(guest, by)
    if held.activity.cancelled_for:
        raise WrongState("cancelled")
    if held.came_at is None:
        held.came_at, held.reply = at, Reply.COMING
        held.save(update_fields=["came_at", "reply"])
        activity = held.activity
        note_touch(
            city=held.city, enterprise=held.enterprise_id, on=timezone.localdate(at),
            key=f"guest:{activity.pk.hex}:{held.enterprise_id.hex if held.enterprise_id else ''}",
            kind=TouchKind.RECEPTION, who=activity.title, said=activity.title, whom=held.post, unit=activity.unit,
            is_sample=activity.is_sample, by=by, at=at,
        )  # fmt: skip
        record("outreach.guest.came", city=held.city, by=by, at=at, about=held.activity, guest=str(held.pk))
    return held


@transaction.atomic
def open_registration(*, activity: Activity, consent: str, by: User, at: datetime) -> str:
    """A new registration link; one made before is closed by it. Returns its token, which is never kept.

    Raises :class:`Empty`, :class:`WrongState` of a cancelled activity, ``NotAllowed``.
    """
    held, _viewer = _locked(activity, by)
    if not consent.strip():
        raise Empty
    if held.cancelled_for:
        raise WrongState("cancelled")
    held.link_number += 1
    held.consent = consent.strip()
    told = registration_token(held)
    held.link_digest = digest(told)
    held.save(update_fields=["link_number", "link_digest", "consent"])
    record("outreach.registration.opened", city=held.city, by=by, at=at, about=held, number=held.link_number)
    return told


@transaction.atomic
def close_registration(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Close the link. Raises ``NotAllowed``."""
    held, _viewer = _locked(activity, by)
    held.link_digest = ""
    held.save(update_fields=["link_digest"])
    record("outreach.registration.closed", city=held.city, by=by, at=at, about=held)
    return held


def registration_token(activity: Activity) -> str:
    """The token of the link that is open; meaningless while none is."""
    return token(REGISTRATION, activity.pk, activity.link_number)


def open_activity(city: City, told: str) -> Activity | None:
    """The activity that a registration link opens now; None when it opens nothing."""
    rows = Activity.objects.of(city).select_related("city").filter(link_digest=digest(told)).exclude(link_digest="")
    found: Activity | None = rows.filter(cancelled_for="", ends_at__gt=timezone.now()).first()
    return found


@transaction.atomic
def register_guest(
    *, activity: Activity, key: UUID, organisation: str, name: str, post: str, phone: str, by: None, at: datetime
) -> Guest:
    """Somebody registers by the link, having agreed to the consent text. The same key again changes nothing.

    Raises :class:`LinkClosed`, :class:`Full` when seats or the pace that people type at are used up.
    """
    rows = Activity.objects.of(activity.city_id).select_for_update().select_related("city")
    held: Activity = rows.get(pk=activity.pk)
    if not held.link_digest or held.cancelled_for or held.ends_at <= at:
        raise LinkClosed
    guests = Guest.objects.of(held.city_id).filter(activity=held)
    sent: Guest | None = guests.filter(key=key, origin=GuestOrigin.REGISTERED).first()
    if sent is not None:
        return sent
    lately = guests.filter(origin=GuestOrigin.REGISTERED, entered_at__gt=at - timedelta(minutes=10)).count()
    coming = guests.exclude(reply=Reply.NOT_COMING).count()
    if lately >= IN_TEN_MINUTES or (held.seats is not None and coming >= held.seats):
        raise Full
    guest: Guest = Guest.objects.create(
        city=held.city,
        activity=held,
        key=key,
        origin=GuestOrigin.REGISTERED,
        unit=None,
        organisation=organisation,
        name=name,
        post=post,
        phone=phone,
        reply=Reply.COMING,
        consented_at=at,
        entered_by=by,
        entered_at=at,
    )
    record("outreach.guest.registered", city=held.city, by=by, at=at, about=held, guest=str(guest.pk))
    return guest


# -- signings ----------------------------------------------------------------------------------------------------------


def _signing(held: Activity, one: NewSigning, by: User, at: datetime) -> Signing:
    project = one.project
    name = project.name if project else one.name.strip()
    investor = (project.investor or project.enterprise.name) if project else one.investor.strip()
    if not name:
        raise Empty
    unit_id = project.unit_id if project else (one.unit.pk if one.unit else held.unit_id)
    return Signing(
        city_id=held.city_id,
        activity=held,
        day=timezone.localdate(held.begins_at),
        unit_id=unit_id,
        project=project,
        name=name,
        investor=investor,
        amount_fen=project.contract_fen if project else one.amount_fen,
        key=signing_key(name, investor),
        is_sample=one.is_sample,
        entered_by=by,
        entered_at=at,
    )


@transaction.atomic
def sign_at(*, activity: Activity, signings: Sequence[NewSigning], by: User, at: datetime) -> list[Signing]:
    """Enter what was signed at an activity, all or none. A project of the account that stands there already stays as it is.

    Raises :class:`Empty` of one without a name, :class:`WrongState` of a cancelled activity, ``NotAllowed``.
    """
    held, viewer = _locked(activity, by, run=False)
    if held.cancelled_for:
        raise WrongState("cancelled")
    rows = Signing.objects.of(held.city_id).filter(activity=held, project__isnull=False)
    known = set(rows.values_list("project_id", flat=True))
    new = [_signing(held, one, by, at) for one in signings if one.project is None or one.project.pk not in known]
    for one in new:
        if not (may_run(viewer, held) or (one.unit_id is not None and viewer.sees_unit(one.unit_id))):
            raise NotAllowed(Can.OUTREACH)
    for one, key in zip(new, sorted(uuid7() for _one in new), strict=True):
        one.pk = key  # in the order of the list, so that of two that are the same the second is the repeat
    Signing.objects.bulk_create(new, batch_size=500)
    if new:
        record("outreach.signings.entered", city=held.city, by=by, at=at, about=held, new=len(new))
    return new


@transaction.atomic
def link_signing(*, signing: Signing, project: Project, by: User, at: datetime) -> Signing:
    """Say which project of the account a signing is; from then on name and amount are the project's.

    Raises :class:`WrongState` where the activity has that project already, ``NotAllowed``.
    """
    _hold(signing.city_id, signing.activity_id)
    rows = Signing.objects.of(signing.city_id).select_for_update().select_related("city", "activity")
    held: Signing = rows.get(pk=signing.pk)
    viewer = viewer_of(by, held.city)
    if not (viewer.can(Can.OUTREACH) and viewer.sees_unit(project.unit_id)):
        raise NotAllowed(Can.OUTREACH)
    others = Signing.objects.of(held.city_id).filter(activity=held.activity_id, project=project).exclude(pk=held.pk)
    if others.exists():
        raise WrongState(project.code)
    held.project, held.unit_id = project, project.unit_id
    held.save(update_fields=["project", "unit"])
    record("outreach.signing.linked", city=held.city, by=by, at=at, about=held, project=project.code)
    return held


@transaction.atomic
def see_guest(*, guest: Guest, by: User, at: datetime) -> str:
    """The guest's telephone in full; who asked for it is written down (PIPL 55). Raises ``NotAllowed``."""
    held = _guest(guest, by)
    record("outreach.guest.phone_seen", city=held.city, by=by, at=at, about=held.activity, guest=str(held.pk))
    return held.phone


@transaction.atomic
def take_guests_away(*, activity: Activity, by: User, at: datetime) -> None:
    """The list left as a file, with its telephones."""
    record("outreach.guests.exported", city=activity.city, by=by, at=at, about=activity)
