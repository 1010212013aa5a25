"""What one person was to do or to confirm, handed to another, so that nothing waits for somebody who has left."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhaoshang.duties.actions.refusals import (
    AlreadyAnswered,
    NotClosed,
    NotRaiser,
    OwnMatter,
    ReasonMissing,
    WrongHandler,
)
from zhaoshang.duties.models import Clock, Matter, MatterEntry
from zhaoshang.duties.rules import MatterKind, Said, State
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.tenancy.models import City


def can_take(user: User, city: City, unit_id: object) -> None:
    """Raises :class:`WrongHandler` unless the person is in service and works on duties of the unit."""
    viewer = viewer_of(user, city)
    if not viewer.can(Can.WORK_DUTIES) or not (viewer.sees_all_units or unit_id in viewer.unit_ids):
        raise WrongHandler(user.username)


@transaction.atomic
def hand_over_matter(*, matter: Matter, confirmer: User, reason: str, by: User, at: datetime) -> Matter:
    """From now on ``confirmer`` says whether a problem is solved: given by who confirmed it until now, or by who assigns duties.

    Not to who answered it. Raises :class:`NotRaiser`, :class:`NotClosed` for one that is settled, :class:`OwnMatter`,
    :class:`WrongHandler`, :class:`ReasonMissing`, ``NotAllowed``.
    """
    rows = Matter.objects.of(matter.city_id).select_for_update().select_related("city")
    held: Matter = rows.get(pk=matter.pk)
    viewer = viewer_of(by, held.city)
    if not viewer.sees_unit(held.unit_id):
        raise NotAllowed(Can.ASSIGN_DUTIES)
    if held.kind != MatterKind.PROBLEM or (held.confirmer_key != by.pk and not viewer.can(Can.ASSIGN_DUTIES)):
        raise NotRaiser(str(held))
    if held.state == State.CLOSED:
        raise NotClosed(str(held))
    if not reason.strip():
        raise ReasonMissing
    can_take(confirmer, held.city, held.unit_id)
    if same_person(held.answered_by_id, confirmer):
        raise OwnMatter(str(held))
    held.confirmer = confirmer
    held.save(update_fields=["confirmer"])
    text = f"{confirmer.display_name or confirmer.username}：{reason.strip()}"[:1000]
    MatterEntry.objects.create(city_id=held.city_id, matter=held, said=Said.HANDED_OVER, text=text, by=by, at=at)
    record("duties.matter.handed_over", city=held.city, by=by, at=at, about=held, confirmer=confirmer.username)
    return held


@transaction.atomic
def hand_over_clock(*, clock: Clock, handler: User, reason: str, by: User, at: datetime) -> Clock:
    """Another person is to answer; the day stays. Raises :class:`AlreadyAnswered`, :class:`WrongHandler`, :class:`ReasonMissing`,
    ``NotAllowed``."""
    rows = Clock.objects.of(clock.city_id).select_for_update().select_related("city")
    held: Clock = rows.get(pk=clock.pk)
    viewer = viewer_of(by, held.city)
    if not viewer.can(Can.ASSIGN_DUTIES) or not viewer.sees_unit(held.unit_id):
        raise NotAllowed(Can.ASSIGN_DUTIES)
    if held.answered_on is not None:
        raise AlreadyAnswered(str(held))
    if not reason.strip():
        raise ReasonMissing
    can_take(handler, held.city, held.unit_id)
    held.handler = handler
    held.save(update_fields=["handler"])
    told: dict[str, Any] = {"handler": handler.username, "reason": reason.strip()}
    record("duties.clock.handed_over", city=held.city, by=by, at=at, about=held, **told)
    return held
