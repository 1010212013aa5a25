"""Enterprises by machine: the list, a card, what the card says, its group, people (masked), notes of risk, merging."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import File, Router, Status
from ninja.files import UploadedFile
from pydantic import StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.once import each_time
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Name, Page, Strict
from zhaoshang.api.seen import Revision, looked_at
from zhaoshang.common.sheets import Refused
from zhaoshang.enterprises import contacts, merging, notes
from zhaoshang.enterprises.actions import Card, change_enterprise, create_enterprise
from zhaoshang.enterprises.groups import group_of, set_parent
from zhaoshang.enterprises.merging import family
from zhaoshang.enterprises.models import Contact, Enterprise, Merger, NoteReply, RiskNote
from zhaoshang.enterprises.rules import Level, Ownership, Reply, verdict
from zhaoshang.lookup.queries import closed, family_of
from zhaoshang.lookup.rules import Kind
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import require_own_card, visible_contacts, visible_enterprises
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.enterprise_list import CannotHang, import_enterprises, read_enterprises

router = Router(tags=["enterprises"])
PAGE = 50
Short = Annotated[str, StringConstraints(strict=True, max_length=60)]
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1000)]
Source = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
Seat = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]{6})?$")]
Sector = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-T]?$")]
Code = Annotated[str, StringConstraints(strict=True, max_length=40)]


class CardIn(Strict):
    """What a card says; unknown parts are empty."""

    name: Name
    uscc: Code = ""
    region_code: Seat = ""
    ownership: Ownership | None = None
    industry: Sector = ""
    established_on: date | None = None

    def card(self) -> Card:
        """As the action takes it."""
        return Card(**self.model_dump(exclude={"ownership", "revision"}), ownership=str(self.ownership or ""))


class CardChange(CardIn):
    """The whole card anew, as it was read at ``revision`` (or ``If-Match``)."""

    revision: Revision | None = None


class PersonIn(Strict):
    """A contact; ``source``: the ground on which the data is kept."""

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    post: Short = ""
    phone: Annotated[str, StringConstraints(strict=True, max_length=40)] = ""
    mail: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    is_key: bool = False
    source: Source


class RiskIn(Strict):
    """A note of risk."""

    level: Level
    text: Text
    source: Source
    noted_on: date


class RiskReplyIn(Strict):
    """An answer, or the closing."""

    kind: Reply
    text: Text


class ParentIn(Strict):
    """The firm above; none: on its own."""

    parent: UUID | None = None


class MergeIn(Strict):
    """The card that is the same firm, and why."""

    closed: UUID
    reason: Line


class ReasonIn(Strict):
    """Why."""

    reason: Line


def acting(viewer: Viewer) -> ReportingUnit | None:
    """The unit for which the caller acts; none: the bureau."""
    if viewer.sees_all_units:
        return None
    return ReportingUnit.objects.of(viewer.city).filter(pk__in=viewer.unit_ids).first()


def firm(request: ApiRequest, key: UUID) -> Enterprise:
    """A card that the caller may see."""
    found: Enterprise = visible_enterprises(request.viewer).select_related("unit", "parent", "city").get(pk=key)
    return found


def own_card(request: ApiRequest, key: UUID) -> Enterprise:
    """A card that is the caller's to change."""
    found = firm(request, key)
    require_own_card(request.viewer, found)
    return found


def brief(one: Enterprise) -> dict[str, Any]:
    """A card's own words."""
    return {
        "id": str(one.pk),
        "name": one.name,
        "uscc": one.uscc,
        "region_code": one.region_code,
        "ownership": one.ownership,
        "established_on": one.established_on,
        "industry": one.industry,
        "parent": str(one.parent_id) if one.parent_id else None,
        "revision": one.revision,
        "is_sample": one.is_sample,
    }


@router.get("/enterprises", auth=needs(Can.READ_PAYMENTS), response={200: Page}, summary="Enterprises, newest first")
def enterprises(
    request: ApiRequest,
    q: str = "",
    ownership: Ownership | None = None,
    industry: Sector = "",
    region: Seat = "",
    after: UUID | None = None,
) -> Any:
    """``q``: a piece of the name or the beginning of the code. Cards that stand for others are left out."""
    viewer = request.viewer
    rows = visible_enterprises(viewer).exclude(pk__in=closed(viewer.city, Kind.ENTERPRISE))
    rows = rows.filter(name__icontains=q[:80]) | rows.filter(uscc__istartswith=q[:18]) if q else rows
    rows = rows.filter(ownership=ownership) if ownership else rows
    rows = rows.filter(industry=industry) if industry else rows
    rows = rows.filter(region_code__startswith=region.rstrip("0") or region) if region else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return {"rows": [brief(one) for one in found[:PAGE]], "next": following}


@router.get("/enterprises/{key}", auth=needs(Can.READ_PAYMENTS), response={200: dict[str, Any]}, summary="A card")
def enterprise(request: ApiRequest, key: UUID) -> Any:
    """``stands_for``: the card to be read instead, if this one was merged."""
    one, viewer = firm(request, key), request.viewer
    ids, kept = family(one), family_of(one.city_id, one.pk)[0]
    projects = Project.objects.visible_to(viewer).filter(enterprise_id__in=ids)
    mergers = Merger.objects.of(viewer.city).filter(kept=one, parted_at__isnull=True)
    fault = verdict(one.uscc) if one.uscc else None
    return brief(one) | {
        "stands_for": str(kept) if kept else None,
        "mergers": [{"id": str(merger.pk), "closed": str(merger.closed_id)} for merger in mergers],
        "uscc_fault": str(fault) if fault else None,
        "group": [
            {"id": str(node.enterprise.pk), "name": node.enterprise.name, "level": node.level} for node in group_of(one)
        ],
        "projects": list(projects.order_by("-id").values_list("code", flat=True)[:100]),
    }


@router.post(
    "/enterprises",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={201: dict[str, Any]},
    summary="Register an enterprise",
)
def new_enterprise(request: ApiRequest, body: CardIn) -> Any:
    """409 ``code_held`` when another card, of whatever district, has the code."""
    made = create_enterprise(
        city=request.viewer.city, card=body.card(), unit=acting(request.viewer), by=caller(request), at=timezone.now()
    )
    return Status(201, brief(made))


@router.post(
    "/enterprise-lists", auth=needs(Can.KEEP_ENTERPRISES), response={200: dict[str, Any], 422: dict[str, Any]},
    summary="Take in a file of enterprises",
)  # fmt: skip
def new_list(request: ApiRequest, file: Annotated[UploadedFile, File()]) -> Any:
    """All or nothing; 422 with the problems by cell. The same file again changes nothing."""
    try:
        found = read_enterprises(file.read(), file.name or "", request.viewer)
        problems = list(found.problems)
        if not problems:
            return import_enterprises(found, viewer=request.viewer, by=caller(request), at=timezone.now())
    except CannotHang as refusal:
        problems = [refusal.problem]
    except Refused as refusal:
        return Status(422, {"code": "file_refused", "message": refusal.message, "detail": refusal.code, "problems": []})
    told = [one.to_json() for one in problems]
    return Status(422, {"code": "problems", "message": problems[0].message, "detail": "", "problems": told})


@router.patch(
    "/enterprises/{key}",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={200: dict[str, Any]},
    summary="Change a card",
)
def change(request: ApiRequest, key: UUID, body: CardChange) -> Any:
    """409 ``card_changed`` when somebody else changed it since."""
    held = own_card(request, key)
    with looked_at(request, body.revision, lambda: brief(own_card(request, key))) as revision:
        changed = change_enterprise(
            enterprise=held, revision=revision, card=body.card(), by=caller(request), at=timezone.now()
        )
    return brief(changed)


@router.post(
    "/enterprises/{key}/parent", auth=needs(Can.KEEP_ENTERPRISES), response={200: dict[str, Any]},
    summary="Put a firm under another one",
)  # fmt: skip
def new_parent(request: ApiRequest, key: UUID, body: ParentIn) -> Any:
    """409 ``group_circle`` for its own subsidiary."""
    above = firm(request, body.parent) if body.parent else None
    return brief(set_parent(enterprise=own_card(request, key), parent=above, by=caller(request), at=timezone.now()))


@router.post(
    "/enterprises/{key}/mergers", auth=needs(Can.MERGE_ENTERPRISES), response={201: dict[str, Any]},
    summary="Merge another card into this one",
)  # fmt: skip
def new_merger(request: ApiRequest, key: UUID, body: MergeIn) -> Any:
    """The other card stands for this one; nothing that points at it is rewritten."""
    merger = merging.merge_enterprises(
        kept=firm(request, key),
        closed=firm(request, body.closed),
        reason=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(merger.pk)})


@router.post(
    "/mergers/{key}/parting", auth=needs(Can.MERGE_ENTERPRISES), response={200: dict[str, Any]},
    summary="Take a merger back",
)  # fmt: skip
def new_parting(request: ApiRequest, key: UUID, body: ReasonIn) -> Any:
    """Both cards stand for themselves again."""
    merger = Merger.objects.of(request.viewer.city).get(pk=key)
    parted = merging.part_enterprises(merger=merger, reason=body.reason, by=caller(request), at=timezone.now())
    return {"id": str(parted.pk), "kept": str(parted.kept_id), "closed": str(parted.closed_id)}


def _person(contact: Contact, said: Any) -> dict[str, Any]:
    told = {name: getattr(said, name) for name in ("name", "post", "phone", "mail", "is_key", "source")}
    return {"id": str(contact.pk), **told, "unit": contact.unit.code if contact.unit else None}


@router.get(
    "/enterprises/{key}/contacts", auth=needs(Can.READ_PAYMENTS), response={200: list[dict[str, Any]]},
    summary="People of an enterprise, masked",
)  # fmt: skip
def people(request: ApiRequest, key: UUID) -> Any:
    """Numbers and addresses are never here: ask for one person, which leaves a line in the diary."""
    ids = family(firm(request, key))
    rows = visible_contacts(request.viewer).filter(enterprise_id__in=ids, erased_at__isnull=True)
    return [_person(one, contacts.masked(one, request.viewer)) for one in rows.select_related("unit")]


@router.post(
    "/enterprises/{key}/contacts", auth=needs(Can.KEEP_ENTERPRISES), response={201: dict[str, Any]},
    summary="Enter a person",
)  # fmt: skip
def new_contact(request: ApiRequest, key: UUID, body: PersonIn) -> Any:
    """As the caller's unit's, or the bureau's."""
    person = contacts.Person(**body.model_dump())
    made = contacts.add_contact(
        enterprise=firm(request, key), person=person, unit=acting(request.viewer), by=caller(request), at=timezone.now()
    )
    return Status(201, _person(made, contacts.masked(made, request.viewer)))


def _contact(request: ApiRequest, key: UUID, *, own: bool = False) -> Contact:
    """A person of whom the caller may know; with ``own``, one that is theirs to write."""
    rows = visible_contacts(request.viewer).select_related("enterprise", "unit", "city")
    rows = rows.filter(unit__isnull=False) if own and not request.viewer.sees_all_units else rows
    found: Contact = rows.get(pk=key, erased_at__isnull=True)
    return found


@router.post(
    "/contacts/{key}/showing",
    auth=needs(Can.SEE_CONTACTS),
    response={200: dict[str, Any]},
    summary="A person unmasked",
)
@each_time
def show(request: ApiRequest, key: UUID) -> Any:
    """The asking stays in the diary."""
    shown = contacts.show_contact(contact=_contact(request, key), by=caller(request), at=timezone.now())
    return _person(shown, shown)


@router.put(
    "/contacts/{key}",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={200: dict[str, Any]},
    summary="Change a person",
)
def change_person(request: ApiRequest, key: UUID, body: PersonIn) -> Any:
    """All fields anew; only the own unit's people."""
    held = _contact(request, key, own=True)
    changed = contacts.change_contact(
        contact=held, person=contacts.Person(**body.model_dump()), by=caller(request), at=timezone.now()
    )
    return _person(changed, contacts.masked(changed, request.viewer))


@router.post(
    "/contacts/{key}/erasure",
    auth=needs(Can.KEEP_ENTERPRISES),
    response={200: dict[str, Any]},
    summary="Erase a person",
)
def erase(request: ApiRequest, key: UUID, body: ReasonIn) -> Any:
    """For ever."""
    erased = contacts.erase_contact(
        contact=_contact(request, key, own=True), reason=body.reason, by=caller(request), at=timezone.now()
    )
    return {"id": str(erased.pk), "erased": True}


@router.get(
    "/enterprises/{key}/risks", auth=needs(Can.READ_PAYMENTS), response={200: list[dict[str, Any]]},
    summary="Notes of risk with their replies",
)  # fmt: skip
def risks(request: ApiRequest, key: UUID) -> Any:
    """Latest first."""
    rows = list(RiskNote.objects.of(request.viewer.city).filter(enterprise_id__in=family(firm(request, key))))
    replies = NoteReply.objects.of(request.viewer.city).filter(note_id__in=[one.pk for one in rows])
    said: dict[UUID, list[dict[str, str]]] = {}
    for reply in replies:
        said.setdefault(reply.note_id, []).append({"kind": reply.kind, "text": reply.text, "at": reply.at.isoformat()})
    names = ("level", "text", "source")
    return [
        {"id": str(one.pk), "noted_on": one.noted_on.isoformat(), "replies": said.get(one.pk, [])}
        | {name: getattr(one, name) for name in names}
        for one in rows
    ]


@router.post(
    "/enterprises/{key}/risks", auth=needs(Can.KEEP_ENTERPRISES), response={201: dict[str, Any]},
    summary="Write a note of risk",
)  # fmt: skip
def new_risk(request: ApiRequest, key: UUID, body: RiskIn) -> Any:
    """Never rewritten."""
    made = notes.note_risk(
        enterprise=firm(request, key),
        unit=acting(request.viewer),
        by=caller(request),
        at=timezone.now(),
        **body.model_dump(),
    )
    return Status(201, {"id": str(made.pk)})


@router.post(
    "/risks/{key}/replies", auth=needs(Can.KEEP_ENTERPRISES), response={201: dict[str, Any]},
    summary="Answer a note of risk, or close it",
)  # fmt: skip
def new_reply(request: ApiRequest, key: UUID, body: RiskReplyIn) -> Any:
    """Closed by who wrote it, or by the bureau."""
    viewer = request.viewer
    seen = visible_enterprises(viewer).order_by().values("pk")
    note = RiskNote.objects.of(viewer.city).select_related("city").get(pk=key, enterprise__in=seen)
    made = notes.reply_to_note(
        note=note, kind=body.kind, text=body.text, for_the_bureau=viewer.can(Can.MERGE_ENTERPRISES), by=caller(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": str(made.pk)})
