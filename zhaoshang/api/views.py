"""Saved views: the filters and order of a list under a title, as the desk keeps them."""

from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Strict
from zhaoshang.people.rules import Can
from zhaoshang.regions import saved_views as actions
from zhaoshang.regions.kept_lists import OPENED_BY, gone, kept
from zhaoshang.regions.models import ReportingUnit, SavedView
from zhaoshang.regions.rules import Shared

router = Router(tags=["views"])
Text = Annotated[str, StringConstraints(strict=True, max_length=120)]


def view_json(saved: SavedView) -> dict[str, Any]:
    """``query``: what its list goes by; ``gone``: what it asks for and the list no longer has."""
    pairs = [(str(name), str(text)) for name, text in saved.query]
    return {
        "id": str(saved.pk),
        "page": saved.page,
        "title": saved.title,
        "query": kept(saved.page, pairs),
        "gone": gone(saved.page, pairs),
        "owner": str(saved.owner),
        "shared": saved.shared,
        "unit": saved.unit.code if saved.unit else None,
        "default": saved.is_default,
    }


@router.get(
    "/views",
    auth=needs(*OPENED_BY),
    response={200: list[dict[str, Any]]},
    summary="Saved views: one's own and the shared ones",
)
def views(request: ApiRequest, page: str = "") -> Any:
    """By title; of one list (``page``) or of all."""
    rows = actions.views_for(request.viewer)
    return [view_json(one) for one in (rows.filter(page=page) if page else rows)]


class Sharing(Strict):
    """With whom: nobody (""), a ``unit``'s officers, or the ``city``."""

    shared: Shared = Shared.NOBODY
    unit: Text = ""


class NewView(Sharing):
    """A list's parameters under a title; those that the list does not go by are left out."""

    page: Name
    title: Name
    query: list[tuple[Text, Text]] = Field(max_length=40)
    default: bool = False


def _unit(request: ApiRequest, body: Sharing) -> ReportingUnit | None:
    rows = ReportingUnit.objects.of(request.viewer.city)
    return rows.get(code=body.unit) if body.shared == Shared.UNIT else None


@router.post("/views", auth=needs(*OPENED_BY), response={201: dict[str, Any]}, summary="Keep a list's filters")
def new_view(request: ApiRequest, body: NewView) -> Any:
    """Sharing takes ``views.share``."""
    saved = actions.save_view(
        city=request.viewer.city, page=body.page, title=body.title, query=body.query, shared=body.shared,
        unit=_unit(request, body), is_default=body.default, by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, view_json(saved))


def _told(request: ApiRequest, key: UUID) -> dict[str, Any]:
    """Another's is absent."""
    by = caller(request)
    return {"saved": actions.views_for(request.viewer).filter(owner=by).get(pk=key), "by": by, "at": timezone.now()}


class NewTitle(Strict):
    """What it is called from now on."""

    title: Name


@router.post(
    "/views/{key}/title",
    auth=needs(*OPENED_BY),
    response={200: dict[str, Any]},
    summary="Rename one of one's own views",
)
def renamed_view(request: ApiRequest, key: UUID, body: NewTitle) -> Any:
    """Its title is one's own only once a list."""
    return view_json(actions.rename_view(title=body.title, **_told(request, key)))


@router.post(
    "/views/{key}/sharing",
    auth=needs(Can.SHARE_VIEWS),
    response={200: dict[str, Any]},
    summary="Share one of one's own views, or take it back",
)
def shared_view(request: ApiRequest, key: UUID, body: Sharing) -> Any:
    """With a unit's officers or with everybody who may open the list."""
    told = _told(request, key)
    return view_json(actions.share_view(shared=body.shared, unit=_unit(request, body), **told))


class Preference(Strict):
    """Whether the list opens with it."""

    default: bool


@router.post(
    "/views/{key}/default",
    auth=needs(*OPENED_BY),
    response={200: dict[str, Any]},
    summary="Let one's list open with a view, or plainly again",
)
def preferred_view(request: ApiRequest, key: UUID, body: Preference) -> Any:
    """One default a list."""
    return view_json(actions.prefer_view(preferred=body.default, **_told(request, key)))


@router.delete(
    "/views/{key}",
    auth=needs(*OPENED_BY),
    response={200: dict[str, str]},
    summary="Delete one of one's own views",
)
def no_longer_kept(request: ApiRequest, key: UUID) -> Any:
    """For everybody with whom it was shared, too."""
    actions.delete_view(**_told(request, key))
    return {"deleted": str(key)}
