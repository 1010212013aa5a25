"""Opportunities: entries with their own fields, how they stand, where they lie; and the editions of the lists."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, PositiveYuan, Strict, fen
from zhaoshang.api.seen import Revision, looked_at
from zhaoshang.common.money import yuan_text
from zhaoshang.common.shapes import read_outline
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.editions import entries_in, total_of
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.queries import missing_fields, reservations_on, statuses_on
from zhaoshang.opportunities.rules import Kind, Practice
from zhaoshang.opportunities.rules import Status as Standing
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, all_there
from zhaoshang.regions.models import Membership, ReportingUnit

router = Router(tags=["opportunities"])
SIZE = 100
Code = Annotated[str, StringConstraints(strict=True, max_length=30, pattern=r"^[-A-Za-z0-9_]*$")]
SquareMetres = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
Anything = dict[str, Any]


class EntryIn(Strict):
    """An entry: ``unit`` empty for the city's own; ``fields`` as they are typed, ``fields_en`` the English of texts (absent: as it was);
    ``steward`` by user name, else the caller."""

    kind: Kind
    title: Name
    title_en: Annotated[str, StringConstraints(max_length=160)] = ""
    code: Code = ""
    unit: Code = ""
    steward: Annotated[str, StringConstraints(max_length=40)] = ""
    expires_on: date
    industry: Annotated[str, StringConstraints(pattern=r"^[A-T]?$")] = ""
    amount: PositiveYuan | None = None
    area_m2: SquareMetres | None = None
    summary: Annotated[str, StringConstraints(max_length=600)] = ""
    summary_en: Annotated[str, StringConstraints(max_length=1000)] = ""
    fields: Anything = Field(default_factory=dict)
    fields_en: dict[str, Annotated[str, StringConstraints(max_length=2_000)]] | None = None


class AmendIn(EntryIn):
    """The same, with the revision that was looked at."""

    revision: Revision | None = None


class CheckIn(Strict):
    """Still true today; perhaps until a later day."""

    expires_on: date | None = None
    note: Line = ""


class ReserveIn(Strict):
    """For which project, until when, by what paper."""

    project: Code
    until_on: date
    document: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class MoveIn(Strict):
    """How it stands from now on."""

    to: Literal["talks", "take", "close", "available", "release"]
    project: Code = ""
    text: Line = ""


class OutlineIn(Strict):
    """A GeoJSON geometry, feature or collection in EPSG:4490, longitude first."""

    revision: Revision | None = None
    geojson: Anything


def _written(entry: Opportunity, standing: Standing, practice: Practice) -> Anything:
    return {
        "code": entry.code,
        "kind": entry.kind,
        "title": entry.title,
        "title_en": entry.title_en,
        "unit": entry.unit.code if entry.unit else "",
        "steward": entry.steward.username,
        "industry": entry.industry,
        "amount": yuan_text(entry.amount_fen) if entry.amount_fen is not None else None,
        "area_m2": str(entry.area_m2) if entry.area_m2 is not None else None,
        "outline_m2": str(entry.outline_m2) if entry.outline_m2 is not None else None,
        "status": standing,
        "published_at": entry.published_at,
        "expires_on": entry.expires_on,
        "checked_on": entry.checked_on,
        "check_due_on": practice.check_due(entry.kind, entry.checked_on),
        "revision": entry.revision,
        "is_sample": entry.is_sample,
    }


def _whole(entry: Opportunity) -> Anything:
    """One entry with all that it says."""
    today = timezone.localdate()
    held = reservations_on(entry.city, [entry], today).get(entry.pk)
    reserved = {"project": held.project.code, "until_on": held.until_on} if held else None
    more = {
        "summary": entry.summary,
        "summary_en": entry.summary_en,
        "fields": entry.fields,
        "fields_en": entry.fields_en or {},
        "outline": entry.outline,
    }
    lacking = [one.name for one in missing_fields(entry)]
    standing = statuses_on(entry.city, [entry], today)[entry.pk]
    return {
        **_written(entry, standing, PRACTICE.on(entry.city, today).read),
        **more,
        "reserved": reserved,
        "missing": lacking,
    }


def _rows(request: ApiRequest) -> Any:
    rows = Opportunity.objects.visible_to(request.viewer)
    return rows.select_related("unit", "steward", "city", "checked_by", "taken_by")


def _kept(request: ApiRequest, code: str) -> Opportunity:
    """An entry that the caller may write. One that is not seen is absent; one that is only seen is refused."""
    entry: Opportunity = _rows(request).get(code=code)
    if not entry.may_be_kept_by(request.viewer):
        raise NotAllowed(Can.KEEP_OPPORTUNITIES)
    return entry


@router.get(
    "/opportunities",
    auth=needs(Can.READ_OPPORTUNITIES),
    response={200: Page},
    summary="Entries, newest first",
)
def opportunities(
    request: ApiRequest, kind: Kind | None = None, unit: str = "", listed: bool = True, after: UUID | None = None
) -> Any:
    """What is offered today; ``listed=false`` for everything that the caller may see."""
    rows = _rows(request)
    if listed:
        rows = rows & Opportunity.objects.listed(request.viewer.city, timezone.now())
    if kind:
        rows = rows.filter(kind=kind)
    if unit:
        rows = rows.filter(unit__code=unit)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: SIZE + 1])
    standings = statuses_on(request.viewer.city, found[:SIZE], timezone.localdate())
    more = str(found[SIZE - 1].pk) if len(found) > SIZE else None
    practice = PRACTICE.on(request.viewer.city, timezone.localdate()).read
    return {"rows": [_written(one, standings[one.pk], practice) for one in found[:SIZE]], "next": more}


@router.get(
    "/opportunities/{code}",
    auth=needs(Can.READ_OPPORTUNITIES),
    response={200: Anything},
    summary="One entry",
)
def opportunity(request: ApiRequest, code: str) -> Any:
    """With its own fields, outline, reservation, and what is missing before publication."""
    return _whole(_rows(request).get(code=code))


def _new(request: ApiRequest, body: EntryIn) -> actions.NewEntry:
    viewer = request.viewer
    units = ReportingUnit.objects.of(viewer.city)
    units = units if viewer.sees_all_units else units.filter(pk__in=viewer.unit_ids)
    if not body.unit and not viewer.sees_all_units:
        raise NotAllowed(Can.KEEP_OPPORTUNITIES)
    given = body.model_dump(exclude={"kind", "unit", "steward", "amount", "area_m2", "revision"})
    return actions.NewEntry(
        kind=body.kind,
        unit=units.get(code=body.unit) if body.unit else None,
        steward=_steward(request, body.steward),
        amount_fen=fen(body.amount) if body.amount is not None else None,
        area_m2=Decimal(body.area_m2) if body.area_m2 is not None else None,
        **given,
    )


def _steward(request: ApiRequest, name: str) -> User:
    """Somebody with a role in the city; the caller if none is named."""
    if not name:
        return caller(request)
    rows = Membership.objects.of(request.viewer.city).filter(withdrawn_at__isnull=True, user__username=name)
    held = rows.select_related("user").first()
    if held is None:
        raise ObjectDoesNotExist(name)
    return held.user  # type: ignore[no-any-return]


@router.post(
    "/opportunities",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={201: Anything},
    summary="Register an entry",
)
def new_opportunity(request: ApiRequest, body: EntryIn) -> Any:
    """It is not published yet."""
    new = _new(request, body)
    entry = actions.add_entry(city=request.viewer.city, new=new, by=caller(request), at=timezone.now())
    return Status(201, _whole(_rows(request).get(code=entry.code)))


@router.put(
    "/opportunities/{code}",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Change what an entry says",
)
def amend_opportunity(request: ApiRequest, code: str, body: AmendIn) -> Any:
    """Kind and code stay."""
    entry, new = _kept(request, code), _new(request, body)
    with looked_at(request, body.revision, lambda: _whole(_rows(request).get(code=code))) as revision:
        actions.amend_entry(entry=entry, new=new, revision=revision, by=caller(request), at=timezone.now())
    return _whole(_rows(request).get(code=code))


@router.post(
    "/opportunities/{code}/check",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Confirm that an entry is still true",
)
def check_opportunity(request: ApiRequest, code: str, body: CheckIn) -> Any:
    """Counts as checked today."""
    said: Anything = {"expires_on": body.expires_on, "note": body.note, "by": caller(request), "at": timezone.now()}
    actions.check_entry(entry=_kept(request, code), **said)
    return _whole(_rows(request).get(code=code))


@router.post(
    "/opportunities/{code}/publish",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Put a complete entry into the lists",
)
def publish_opportunity(request: ApiRequest, code: str) -> Any:
    """422 ``incomplete`` while something is missing."""
    actions.publish_entry(entry=_kept(request, code), by=caller(request), at=timezone.now())
    return _whole(_rows(request).get(code=code))


def _project(request: ApiRequest, code: str) -> Project | None:
    return Project.objects.visible_to(request.viewer).select_related("unit", "city").get(code=code) if code else None


@router.post(
    "/opportunities/{code}/reserve",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Keep an entry for a project until a day",
)
def reserve_opportunity(request: ApiRequest, code: str, body: ReserveIn) -> Any:
    """409 ``already_reserved`` while another holds it."""
    entry, project = _kept(request, code), _project(request, body.project)
    if project is None:
        raise ObjectDoesNotExist(body.project)
    said: Anything = {"until_on": body.until_on, "document": body.document, "by": caller(request), "at": timezone.now()}
    actions.reserve(entry=entry, project=project, **said)
    return _whole(_rows(request).get(code=code))


@router.post(
    "/opportunities/{code}/move",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Say how an entry stands",
)
def move_opportunity(request: ApiRequest, code: str, body: MoveIn) -> Any:
    """In talks, taken, closed, available again, or released."""
    entry, project = _kept(request, code), _project(request, body.project)
    said: Anything = {"entry": entry, "by": caller(request), "at": timezone.now()}
    match body.to:
        case "talks":
            actions.enter_talks(project=project, text=body.text, **said)
        case "take":
            actions.take(project=project, text=body.text, **said)
        case "close":
            actions.close_entry(reason=body.text, **said)
        case "available":
            actions.make_available(reason=body.text, **said)
        case "release":
            actions.release(reason=body.text, **said)
    return _whole(_rows(request).get(code=code))


@router.post(
    "/opportunities/{code}/outline",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={200: Anything},
    summary="Say where an entry lies",
)
def outline_opportunity(request: ApiRequest, code: str, body: OutlineIn) -> Any:
    """The area is measured; ``outline_m2`` in the answer."""
    entry = _kept(request, code)
    outline = read_outline(json.dumps(body.geojson).encode(), "api.geojson")
    with looked_at(request, body.revision, lambda: _whole(_rows(request).get(code=code))) as revision:
        actions.draw_outline(entry=entry, outline=outline, revision=revision, by=caller(request), at=timezone.now())
    return _whole(_rows(request).get(code=code))


class PhotoIn(Strict):
    """What a photo shows, in both languages, and its title."""

    alt: Annotated[str, StringConstraints(max_length=200)]
    alt_en: Annotated[str, StringConstraints(max_length=300)]
    title: Annotated[str, StringConstraints(max_length=120)] = ""


@router.post(
    "/opportunities/{code}/photos",
    auth=needs(Can.KEEP_OPPORTUNITIES),
    response={201: Anything},
    summary="Add a photo",
)
def new_photo(request: ApiRequest, code: str, said: Query[PhotoIn], file: File[UploadedFile]) -> Any:
    """Made anew from its pixels; ``alt`` and ``alt_en`` say what it shows."""
    held = actions.add_photo(
        entry=_kept(request, code),
        **said.dict(),
        content=file.read(),
        name=file.name or "",
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(held.pk), "width": held.width, "height": held.height, "digest": held.file.digest})


# -- editions ----------------------------------------------------------------------------------------------------------


class EditionIn(Strict):
    """A new edition's head."""

    title: Name
    title_en: Annotated[str, StringConstraints(max_length=160)] = ""
    issuer: Name
    dated: date


class ChoiceIn(Strict):
    """Entries put into a list, or taken out."""

    act: Literal["add", "leave"] = "add"
    into: Code = ""
    entries: list[Code] = Field(max_length=2_000)


class ApproveIn(Strict):
    """The revision that was looked at, and the instant from which it is out (absent: now)."""

    revision: Revision | None = None
    published_at: datetime | None = None


def visible_editions(request: ApiRequest) -> Any:
    """Issued ones for everybody, drafts for those who write or approve."""
    rows = Edition.objects.of(request.viewer.city).select_related("city").order_by("-number")
    works = request.viewer.can(Can.WRITE_EDITIONS) or request.viewer.can(Can.APPROVE_EDITIONS)
    return rows if works else rows.filter(published_at__lte=timezone.now())


def _edition(edition: Edition) -> Anything:
    rows = entries_in(edition.frozen) if edition.is_frozen else []
    total = total_of(rows)
    return {
        "number": edition.number,
        "title": edition.title,
        "dated": edition.dated,
        "published_at": edition.published_at,
        "asked": edition.asked_by_id is not None,
        "revision": edition.revision,
        "digest": edition.digest,
        "entries": total.count,
        "amount": yuan_text(total.amount_fen),
        "area_m2": str(total.area_m2),
    }


def _found_edition(request: ApiRequest, number: int) -> Anything:
    return _edition(visible_editions(request).get(number=number))


@router.get("/editions", auth=needs(Can.READ_OPPORTUNITIES), response={200: list[Anything]}, summary="Editions")
def editions(request: ApiRequest) -> Any:
    """Latest first; totals summed from the frozen entries."""
    return [_edition(one) for one in visible_editions(request)]


@router.get(
    "/editions/{number}",
    auth=needs(Can.READ_OPPORTUNITIES),
    response={200: Anything},
    summary="One edition",
)
def edition(request: ApiRequest, number: int) -> Any:
    """With all that it holds once it is frozen."""
    held = visible_editions(request).get(number=number)
    return {**_edition(held), "content": held.frozen}


@router.post("/editions", auth=needs(Can.WRITE_EDITIONS), response={201: Anything}, summary="Begin an edition")
def new_edition(request: ApiRequest, body: EditionIn) -> Any:
    """Under the next number."""
    said: Anything = {"by": caller(request), "at": timezone.now(), **body.model_dump()}
    return Status(201, _edition(actions.begin_edition(city=request.viewer.city, **said)))


@router.post(
    "/editions/{number}/entries",
    auth=needs(Can.WRITE_EDITIONS),
    response={200: Anything},
    summary="Choose entries for a list, or take them out",
)
def choose(request: ApiRequest, number: int, body: ChoiceIn) -> Any:
    """A code that is not known, or not yours to see, refuses the whole choice."""
    held, rows = visible_editions(request).get(number=number), _rows(request).filter(code__in=body.entries)
    entries = list(rows)
    all_there(body.entries, {one.code for one in entries})
    said: Anything = {"edition": held, "entries": entries, "by": caller(request), "at": timezone.now()}
    count = actions.leave_out(**said) if body.act == "leave" else actions.choose_entries(list_code=body.into, **said)
    return {**_edition(visible_editions(request).get(number=number)), "changed": count}


@router.post(
    "/editions/{number}/ask",
    auth=needs(Can.WRITE_EDITIONS),
    response={200: Anything},
    url_name="ask_edition",
    summary="Ask another person to approve it",
)
def ask(request: ApiRequest, number: int, body: ApproveIn) -> Any:
    """As it is now."""
    held = visible_editions(request).get(number=number)
    said: Anything = {"edition": held, "by": caller(request), "at": timezone.now()}
    with looked_at(request, body.revision, lambda: _found_edition(request, number)) as revision:
        return _edition(actions.ask_approval(revision=revision, **said))


@router.post(
    "/editions/{number}/approve",
    auth=needs(Can.APPROVE_EDITIONS),
    response={200: Anything},
    summary="Freeze it",
)
def approve(request: ApiRequest, number: int, body: ApproveIn) -> Any:
    """By another person than who asked; out from ``published_at`` on."""
    held, now = visible_editions(request).get(number=number), timezone.now()
    said: Anything = {"edition": held, "published_at": body.published_at or now, "by": caller(request), "at": now}
    with looked_at(request, body.revision, lambda: _found_edition(request, number)) as revision:
        return _edition(actions.approve_edition(revision=revision, **said))
