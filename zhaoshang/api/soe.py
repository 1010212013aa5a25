"""The book of central SOEs and meetings with enterprises, and regions of origin, by machine."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.enterprises import ReasonIn, Source, acting, firm
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, Strict
from zhaoshang.common.money import grouped
from zhaoshang.common.periods import Period
from zhaoshang.enterprises import rosters, touches
from zhaoshang.enterprises.merging import family
from zhaoshang.enterprises.models import Contact, Roster, RosterEntry, Touch
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.figures.overview import headline_indicator
from zhaoshang.figures.queries import figure, parts_of
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import visible_contacts
from zhaoshang.regions import origins
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginArea, ReportingUnit

router = Router(tags=["central SOEs and origins"])
PAGE = 50
Who = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=120)]
AreaCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[-a-z0-9]{1,30}$")]


class RosterIn(Strict):
    """A list as published; ``published``: how many names its source has."""

    title: Name
    source: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300)]
    dated: date
    published: int = Field(ge=1, le=999)


class NamesIn(Strict):
    """Names as published."""

    names: list[Name] = Field(max_length=1000)


class LinkIn(Strict):
    """Which card a name is; none: a new one."""

    enterprise: UUID | None = None


class TouchIn(Strict):
    """A meeting. ``whom``: posts, not names; ``key``: the meeting's name in the caller's system, so that it is logged once."""

    on: date
    kind: TouchKind
    who: Who
    whom: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    contact: UUID | None = None
    said: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2000)]
    next_step: Annotated[str, StringConstraints(strict=True, max_length=400)] = ""
    next_on: date | None = None
    key: Annotated[str, StringConstraints(strict=True, max_length=80)] = ""


class RelationIn(Strict):
    """Who keeps a relation from a day on; no unit: the bureau."""

    unit: Annotated[str, StringConstraints(strict=True, max_length=30)] = ""
    document: Who
    valid_from: date


class RuleIn(Strict):
    """The days of the warning."""

    days: int = Field(ge=1, le=365)
    valid_from: date
    source: Source


class AreaIn(Strict):
    """A region of origin as a document draws it."""

    code: AreaCode
    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    name_en: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60)]
    source: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300)]
    valid_from: date
    parts: list[str] = Field(min_length=1, max_length=60)


class OriginEndIn(Strict):
    """The last day."""

    valid_to: date


@router.get(
    "/soe-lists",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="Lists of central SOEs",
)
def lists(request: ApiRequest) -> Any:
    """Newest first, with how many names the source has and how many are entered."""
    rows = Roster.objects.of(request.viewer.city)
    entered: dict[UUID, int] = {}
    for key in RosterEntry.objects.of(request.viewer.city).values_list("roster_id", flat=True):
        entered[key] = entered.get(key, 0) + 1
    return [
        {"dated": one.dated.isoformat(), "title": one.title, "source": one.source, "published": one.published}
        | {"entered": entered.get(one.pk, 0)}
        for one in rows
    ]


def _roster(request: ApiRequest, dated: date) -> Roster:
    found: Roster = Roster.objects.of(request.viewer.city).select_related("city").get(dated=dated)
    return found


@router.get(
    "/soe-lists/{dated}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="Names of a list",
)
def entries(request: ApiRequest, dated: date) -> Any:
    """In the order of the source, each with its card."""
    rows = RosterEntry.objects.of(request.viewer.city).filter(roster=_roster(request, dated))
    return [
        {"id": str(one.pk), "name": one.name, "enterprise": str(one.enterprise_id) if one.enterprise_id else None}
        for one in rows
    ]


@router.post("/soe-lists", auth=needs(Can.KEEP_ROSTERS), response={201: dict[str, Any]}, summary="Enter a list")
def new_roster(request: ApiRequest, body: RosterIn) -> Any:
    """Without its names."""
    new = rosters.NewRoster(**body.model_dump())
    made = rosters.add_roster(city=request.viewer.city, new=new, by=caller(request), at=timezone.now())
    return Status(201, {"dated": made.dated.isoformat()})


@router.post(
    "/soe-lists/{dated}/names",
    auth=needs(Can.KEEP_ROSTERS),
    response={200: dict[str, Any]},
    summary="Complete a list",
)
def new_names(request: ApiRequest, dated: date, body: NamesIn) -> Any:
    """Names that are there already change nothing."""
    fresh = rosters.complete_roster(
        roster=_roster(request, dated), names=body.names, by=caller(request), at=timezone.now()
    )
    return {"fresh": fresh}


@router.post(
    "/soe-names/{key}/card",
    auth=needs(Can.KEEP_ROSTERS),
    response={200: dict[str, Any]},
    url_name="link_name",
    summary="Say which card a name is",
)
def new_link(request: ApiRequest, key: UUID, body: LinkIn) -> Any:
    """On every list that has the name."""
    entry = RosterEntry.objects.of(request.viewer.city).get(pk=key)
    card = firm(request, body.enterprise) if body.enterprise else None
    linked = rosters.link_entry(entry=entry, enterprise=card, by=caller(request), at=timezone.now())
    return {"enterprise": str(linked.enterprise_id)}


def told(touch: Touch, viewer: Viewer) -> dict[str, Any]:
    """A meeting; of another unit's, only that it was."""
    unit = touch.unit.code if touch.unit else None
    row = {"id": str(touch.pk), "on": touch.on.isoformat(), "unit": unit, "kind": touch.kind, "hidden": True}
    if not (viewer.sees_all_units or (touch.unit_id and viewer.sees_unit(touch.unit_id))):
        return row
    more = {name: getattr(touch, name) for name in ("who", "whom", "said", "next_step")}
    return row | more | {"hidden": False, "next_on": touch.next_on.isoformat() if touch.next_on else None}


@router.get(
    "/enterprises/{key}/meetings",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    summary="Meetings with an enterprise",
)
def meetings(request: ApiRequest, key: UUID, after: UUID | None = None) -> Any:
    """Newest entered first."""
    rows = Touch.objects.of(request.viewer.city).filter(
        enterprise_id__in=family(firm(request, key)), withdrawn_at__isnull=True
    )
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.select_related("unit").order_by("-id")[: PAGE + 1])
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return {"rows": [told(one, request.viewer) for one in found[:PAGE]], "next": following}


@router.post(
    "/enterprises/{key}/meetings",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={201: dict[str, Any]},
    summary="Log a meeting",
)
def new_touch(request: ApiRequest, key: UUID, body: TouchIn) -> Any:
    """``recent``: who else met them within the days of the rule."""
    viewer, one, now = request.viewer, firm(request, key), timezone.now()
    given = body.model_dump(exclude={"contact"})
    contact: Contact | None = visible_contacts(viewer).get(pk=body.contact, enterprise=one) if body.contact else None
    unit = acting(viewer)
    recent = touches.met_recently(viewer.city, family(one), body.on, but=(unit.pk if unit else None,))
    made = touches.log_touch(
        enterprise=one, meeting=touches.Meeting(contact=contact, **given), unit=unit, by=caller(request), at=now
    )
    return Status(201, {"id": str(made.pk), "recent": [told(other, viewer) for other in recent]})


@router.post(
    "/touches/{key}/withdrawal",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={200: dict[str, Any]},
    summary="Withdraw a meeting",
)
def new_withdrawal(request: ApiRequest, key: UUID, body: ReasonIn) -> Any:
    """Only what the caller may read in full."""
    touch = Touch.objects.in_full_to(request.viewer).get(pk=key)
    touches.withdraw_touch(touch=touch, reason=body.reason, by=caller(request), at=timezone.now())
    return {"id": str(key), "withdrawn": True}


@router.post(
    "/enterprises/{key}/relation",
    auth=needs(Can.KEEP_ROSTERS),
    response={201: dict[str, Any]},
    summary="Say who keeps a relation",
)
def new_relation(request: ApiRequest, key: UUID, body: RelationIn) -> Any:
    """Who kept it until then ends on that day."""
    units = ReportingUnit.objects.of(request.viewer.city)
    unit = units.get(code=body.unit) if body.unit else None
    made = touches.hand_relation(
        enterprise=firm(request, key), unit=unit, document=body.document, valid_from=body.valid_from, by=caller(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": str(made.pk)})


@router.post(
    "/meeting-rules",
    auth=needs(Can.KEEP_ROSTERS),
    response={201: dict[str, Any]},
    summary="Set the days of the warning",
)
def new_rule(request: ApiRequest, body: RuleIn) -> Any:
    """From a day on."""
    made = touches.set_touch_rule(city=request.viewer.city, by=caller(request), at=timezone.now(), **body.model_dump())
    return Status(201, {"id": str(made.pk)})


@router.get(
    "/origins",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="Regions of origin with their money",
)
def origin_rows(request: ApiRequest, period: str) -> Any:
    """The headline figure's parts by region, in yuan; regions may overlap, so they need not add up to it."""
    city, when = request.viewer.city, Period.parse(period)
    sources = parts_of(figure(city, headline_indicator(city), when), "source")
    return [
        {
            "code": area.code,
            "name": area.name,
            "source": area.source,
            "parts": [part.region_code for part in parts],
            "amount": grouped(
                sum(one.fen for code, one in sources.items() if origins.inside(code, parts)), "元", 2
            ).replace(",", ""),
        }
        for area, parts in origins.areas_on(city, when.last_day())
    ]


@router.post(
    "/origins",
    auth=needs(Can.KEEP_ROSTERS),
    response={201: dict[str, Any]},
    summary="Draw a region of origin",
)
def new_origin(request: ApiRequest, body: AreaIn) -> Any:
    """By a document, from a day on."""
    new = origins.NewArea(**body.model_dump())
    made = origins.draw_area(city=request.viewer.city, new=new, by=caller(request), at=timezone.now())
    return Status(201, {"code": made.code})


@router.post(
    "/origins/{code}/end",
    auth=needs(Can.KEEP_ROSTERS),
    response={200: dict[str, Any]},
    summary="End a region of origin",
)
def end_origin(request: ApiRequest, code: str, body: OriginEndIn) -> Any:
    """From the next day another may be drawn under its code."""
    area = OriginArea.objects.of(request.viewer.city).get(code=code, valid_to__isnull=True)
    origins.end_area(area=area, valid_to=body.valid_to, by=caller(request), at=timezone.now())
    return {"code": code, "valid_to": body.valid_to.isoformat()}
