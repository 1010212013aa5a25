"""Activities: themselves, their agenda and registration, guests and signings."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.once import each_time
from zhaoshang.api.outreach import Text, paged, unit_named
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, PositiveYuan, Strict, fen
from zhaoshang.api.stages import project_seen
from zhaoshang.common.money import yuan_text
from zhaoshang.leads.rules import masked
from zhaoshang.outreach.actions.activities import (
    NewGuest,
    NewSigning,
    add_activity,
    amend_activity,
    cancel_activity,
    check_in,
    close_registration,
    invite,
    link_signing,
    note_reply,
    open_registration,
    seat_guest,
    see_guest,
    set_agenda,
    sign_at,
)
from zhaoshang.outreach.actions.leads import lead_from_activity
from zhaoshang.outreach.actions.moving import enter_signed
from zhaoshang.outreach.models import Activity, Guest, Signing
from zhaoshang.outreach.rules import Reply
from zhaoshang.outreach.signings import Signed, ToDo, signings, totals_by_activity, wanting
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project

router = Router(tags=["outreach"])


@router.get("/activities", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Activities")
def activities(request: ApiRequest, kind: str = "", after: UUID | None = None) -> Any:
    """The latest entered first, with what was signed there: repeats are in no total."""
    rows = Activity.objects.visible_to(request.viewer).select_related("unit")
    held, following = paged(rows.filter(kind=kind) if kind else rows, after)
    totals = totals_by_activity(request.viewer.city, [one.pk for one in held])
    return {"rows": [_activity(one, totals.get(one.pk, Signed())) for one in held], "next": following}


def _activity(one: Activity, signed: Signed) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "kind": one.kind,
        "unit": one.unit.code if one.unit else None,
        "place": one.place,
        "begins_at": one.begins_at,
        "ends_at": one.ends_at,
        "cancelled_for": one.cancelled_for,
        "signed": signed.projects,
        "amount": yuan_text(signed.fen),
        "repeats": signed.repeats,
        "not_in_account": signed.unlinked,
    }


class ActivityBody(Strict):
    """An activity; ``unit`` absent: the city's own."""

    code: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    title: Name
    kind: Literal["conference", "reception", "matchmaking", "ceremony", "chamber"]
    unit: Annotated[str, Field(max_length=30)] | None = None
    place: Name
    begins_at: datetime
    ends_at: datetime
    about: Annotated[str, Field(max_length=1000)] = ""
    seats: Annotated[int, Field(ge=1, le=100_000)] | None = None


@router.post("/activities", auth=needs(Can.OUTREACH), response={201: dict[str, str]}, summary="Lay down an activity")
def new_activity(request: ApiRequest, body: ActivityBody) -> Any:
    """Begin and end carry their zone."""
    fields = body.dict() | {"unit": unit_named(request.viewer, body.unit)}
    one = add_activity(city=request.viewer.city, by=caller(request), at=timezone.now(), **fields)
    return Status(201, {"code": one.code})


def _found(request: ApiRequest, code: str) -> Activity:
    return Activity.objects.visible_to(request.viewer).select_related("city", "unit").get(code=code)  # type: ignore[no-any-return]


class ActivityChange(Strict):
    """What is to be another; what is left out stays as it is. ``seats`` 0: no limit."""

    title: Name | None = None
    kind: Literal["conference", "reception", "matchmaking", "ceremony", "chamber"] | None = None
    place: Name | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    about: Annotated[str, Field(max_length=1000)] | None = None
    seats: Annotated[int, Field(ge=0, le=100_000)] | None = None


@router.post(
    "/activities/{code}/change",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Change an activity",
)
def changed_activity(request: ApiRequest, code: str, body: ActivityChange) -> Any:
    """What it said before stays in the diary; its end may not come before its begin."""
    held = _found(request, code)
    fields = {name: value for name, value in body.dict().items() if value is not None}
    if "seats" in fields:
        fields["seats"] = fields["seats"] or None
    if fields.get("ends_at", held.ends_at) < fields.get("begins_at", held.begins_at):
        raise HttpError(422, _("结束早于开始。"))
    amend_activity(activity=held, by=caller(request), at=timezone.now(), **fields)
    return {"code": code}


class AgendaPoint(Strict):
    """A point of the agenda; its hours carry their zone."""

    begins_at: datetime
    ends_at: datetime | None = None
    title: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
    speaker: Annotated[str, Field(max_length=120)] = ""


class AgendaBody(Strict):
    """The whole agenda."""

    items: Annotated[list[AgendaPoint], Field(max_length=200)]


@router.post(
    "/activities/{code}/agenda",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, int]},
    summary="Set an activity's agenda",
)
def agenda(request: ApiRequest, code: str, body: AgendaBody) -> Any:
    """Anew: what stood there goes."""
    items = [(one.begins_at, one.ends_at, one.title, one.speaker) for one in body.items]
    return {"items": set_agenda(activity=_found(request, code), items=items, by=caller(request), at=timezone.now())}


class RegistrationBody(Strict):
    """The consent text that opens registration by a new link; empty closes it."""

    consent: Annotated[str, Field(max_length=600)] = ""


@router.post(
    "/activities/{code}/registration",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str | None]},
    summary="Open or close registration",
)
def registration(request: ApiRequest, code: str, body: RegistrationBody) -> Any:
    """``path`` of the page, of which only a digest is kept; a link made before is closed."""
    held, by, at = _found(request, code), caller(request), timezone.now()
    if not body.consent.strip():
        close_registration(activity=held, by=by, at=at)
        return {"path": None}
    told = open_registration(activity=held, consent=body.consent, by=by, at=at)
    return {"path": reverse("portal:register", args=[told])}


class HeardBody(Strict):
    """An investor, and what was said."""

    investor: Name
    text: Text


@router.post(
    "/activities/{code}/leads",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, str]},
    summary="Hand on what was heard of an investor",
)
def activity_lead(request: ApiRequest, code: str, body: HeardBody) -> Any:
    """The same text again is the same lead."""
    lead = lead_from_activity(
        activity=_found(request, code), subject="", by=caller(request), at=timezone.now(), **body.dict()
    )
    return Status(201, {"id": str(lead.pk)})


class Reason(Strict):
    """Why."""

    reason: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=400)]


@router.post(
    "/activities/{code}/cancel",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, bool]},
    summary="Cancel an activity",
)
def cancelled_activity(request: ApiRequest, code: str, body: Reason) -> Any:
    """Before anything was signed."""
    cancel_activity(activity=_found(request, code), reason=body.reason, by=caller(request), at=timezone.now())
    return {"cancelled": True}


@router.get(
    "/activities/{code}/signings",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="What was signed",
)
def activity_signings(request: ApiRequest, code: str) -> Any:
    """``repeat``: the same was signed before, and is in no total; ``project`` null: not in the account."""
    viewer, one = request.viewer, _found(request, code)
    rows = signings(viewer.city).filter(activity=one)
    if not viewer.sees_all_units:
        rows = rows.filter(pk__in=Signing.objects.visible_to(viewer).order_by().values("pk"))
    return [_signing(row) for row in rows.select_related("project", "unit").order_by("id")]


def _signing(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.project.name if row.project else row.name,
        "investor": row.investor,
        "amount": yuan_text(row.worth_fen),
        "unit": row.unit.code if row.unit else None,
        "project": row.project.code if row.project else None,
        "repeat": bool(row.is_repeat),
    }


class SigningBody(Strict):
    """A project's code, or a name with its own investor and amount."""

    project: Annotated[str, Field(max_length=30)] | None = None
    name: Annotated[str, Field(max_length=120)] = ""
    investor: Annotated[str, Field(max_length=120)] = ""
    amount: PositiveYuan = "0"
    unit: Annotated[str, Field(max_length=30)] | None = None


class SigningsBody(Strict):
    """All or none."""

    signings: Annotated[list[SigningBody], Field(min_length=1, max_length=500)]


@router.post(
    "/activities/{code}/signings",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, int]},
    summary="Enter what was signed",
)
def new_signings(request: ApiRequest, code: str, body: SigningsBody) -> Any:
    """A project that stands there already stays as it is."""
    viewer = request.viewer
    projects = Project.objects.visible_to(viewer).select_related("enterprise", "unit")
    new = [
        NewSigning(
            one.name,
            one.investor,
            fen(one.amount),
            unit_named(viewer, one.unit),
            projects.get(code=one.project) if one.project else None,
        )
        for one in body.signings
    ]
    held = sign_at(activity=_found(request, code), signings=new, by=caller(request), at=timezone.now())
    return Status(201, {"entered": len(held)})


@router.get("/signings", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Signings of all activities")
def all_signings(request: ApiRequest, todo: ToDo | None = None, after: UUID | None = None) -> Any:
    """The latest entered first. ``todo``: ``move`` those whose project's own stage is still to be moved, ``link`` those that name no
    project of the account, ``repeat`` those that are in no total."""
    rows = wanting(request.viewer, todo).select_related("project", "unit", "activity")
    held, following = paged(rows, after)
    return {
        "rows": [_signing(row) | {"activity": row.activity.code, "day": row.day} for row in held],
        "next": following,
    }


class SignedBody(Strict):
    """A project's code, and on what its signing rests (the activity's day and title unless said)."""

    project: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=30)]
    evidence: Annotated[str, Field(max_length=200)] = ""


@router.post(
    "/activities/{code}/signed",
    auth=needs(Can.ADVANCE_STAGE),
    response={201: dict[str, int]},
    summary="Move a project through the gate of signing by an activity",
)
def project_signed(request: ApiRequest, code: str, body: SignedBody) -> Any:
    """On the activity's day, through the gate; the signing is entered where it is not yet. Number of the line in the stage log."""
    project = project_seen(request, body.project)
    entry = enter_signed(
        activity=_found(request, code), project=project, evidence=body.evidence, by=caller(request), at=timezone.now()
    )
    return Status(201, {"number": entry.number})


class SigningLink(Strict):
    """A project's code."""

    project: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=30)]


@router.post(
    "/signings/{key}/link",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Say which project it is",
)
def linked_signing(request: ApiRequest, key: UUID, body: SigningLink) -> Any:
    """From then on its name and amount are the project's."""
    signing = Signing.objects.visible_to(request.viewer).select_related("city").get(pk=key)
    project = Project.objects.visible_to(request.viewer).get(code=body.project)
    link_signing(signing=signing, project=project, by=caller(request), at=timezone.now())
    return {"project": project.code}


class GuestBody(Strict):
    """Somebody invited."""

    organisation: Name
    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    post: Annotated[str, Field(max_length=80)] = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    unit: Annotated[str, Field(max_length=30)] | None = None


class GuestsBody(Strict):
    """A list of them."""

    guests: Annotated[list[GuestBody], Field(min_length=1, max_length=500)]


@router.get(
    "/activities/{code}/guests",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    summary="An activity's guests",
)
def activity_guests(request: ApiRequest, code: str, after: UUID | None = None) -> Any:
    """Personal data: as far as the caller looks after them, telephones masked."""
    rows = Guest.objects.visible_to(request.viewer).filter(activity=_found(request, code)).select_related("unit")
    held, following = paged(rows, after)
    told = [
        {
            "id": str(one.pk),
            "organisation": one.organisation,
            "name": one.name,
            "post": one.post,
            "phone": masked(one.phone),
            "unit": one.unit.code if one.unit else None,
            "origin": one.origin,
            "reply": one.reply,
            "seat": one.seat,
            "came_at": one.came_at,
        }
        for one in held
    ]
    return {"rows": told, "next": following}


@router.post(
    "/activities/{code}/guests",
    auth=needs(Can.OUTREACH),
    response={201: dict[str, int]},
    summary="Invite guests",
)
def new_guests(request: ApiRequest, code: str, body: GuestsBody) -> Any:
    """Who stands on the list already stays as they are."""
    firms = firms_named(request.viewer.city, [one.organisation for one in body.guests])
    guests = [
        NewGuest(
            one.organisation,
            one.name,
            one.post,
            one.phone,
            unit_named(request.viewer, one.unit),
            firms.get(one.organisation),
        )
        for one in body.guests
    ]
    new = invite(activity=_found(request, code), guests=guests, by=caller(request), at=timezone.now())
    return Status(201, {"new": new})


class GuestSeatBody(Strict):
    """A seat; empty takes it away."""

    seat: Annotated[str, StringConstraints(strict=True, max_length=12)]


@router.post(
    "/guests/{key}/seat",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Seat a guest",
)
def guest_seat(request: ApiRequest, key: UUID, body: GuestSeatBody) -> Any:
    """One seat for one guest."""
    guest = Guest.objects.visible_to(request.viewer).select_related("city").get(pk=key)
    return {"seat": seat_guest(guest=guest, seat=body.seat.strip(), by=caller(request), at=timezone.now()).seat}


class GuestNote(Strict):
    """A reply, or ``came`` for being there."""

    reply: Literal["waiting", "coming", "not_coming", "came"]


@router.post(
    "/guests/{key}/note",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="Note a guest's reply or arrival",
)
def guest_note(request: ApiRequest, key: UUID, body: GuestNote) -> Any:
    """Arriving a second time changes nothing."""
    guest = Guest.objects.visible_to(request.viewer).select_related("city").get(pk=key)
    by, at = caller(request), timezone.now()
    held = (
        check_in(guest=guest, by=by, at=at)
        if body.reply == "came"
        else note_reply(guest=guest, reply=Reply(body.reply), by=by, at=at)
    )
    return {"reply": held.reply}


@router.post(
    "/guests/{key}/phone",
    auth=needs(Can.OUTREACH),
    response={200: dict[str, str]},
    summary="See a guest's telephone number",
)
@each_time
def guest_phone(request: ApiRequest, key: UUID) -> Any:
    """In full; the diary says who looked."""
    guest = Guest.objects.visible_to(request.viewer).select_related("city").get(pk=key)
    return {"phone": see_guest(guest=guest, by=caller(request), at=timezone.now())}
