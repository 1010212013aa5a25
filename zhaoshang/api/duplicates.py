"""Pairs of projects that may be one: those that the caller may see, the decision, the search through all projects."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Page, Strict
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.deciding import decide_pair
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState
from zhaoshang.review.sweeps import ask_sweep

router = Router(tags=["duplicates"])
PAGE = 50


def _project(viewer: Viewer, project: Project) -> dict[str, Any]:
    if not viewer.sees_unit(project.unit_id):
        return {"hidden": True}
    return {"hidden": False, "code": project.code, "name": project.name, "unit": project.unit.code}


def _pair(viewer: Viewer, pair: DuplicatePair) -> dict[str, Any]:
    first, second = _project(viewer, pair.first), _project(viewer, pair.second)
    whole = not (first["hidden"] or second["hidden"])
    told = {"id": str(pair.pk), "first": first, "second": second, "score": pair.score, "state": pair.state}
    return told | {"points": pair.points if whole else [], "weights": pair.weights}


@router.get(
    "/duplicates",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    url_name="pairs_alike",
    summary="Pairs of projects that may be one, newest first",
)
def pairs(
    request: ApiRequest, state: Literal["open", "same", "related", "different"] = "open", after: UUID | None = None
) -> Any:
    """Another unit's side of a pair says nothing but that it is there."""
    rows = (
        DuplicatePair.objects.visible_to(request.viewer)
        .filter(state=state)
        .select_related("first__unit", "second__unit")
    )
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    following = str(shown[-1].pk) if len(found) > PAGE else None
    return {"rows": [_pair(request.viewer, one) for one in shown], "next": following}


@router.get(
    "/duplicates/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="One pair with the points of its score",
)
def one_pair(request: ApiRequest, key: UUID) -> Any:
    """Points are rules in code, with what their sentence needs."""
    rows = DuplicatePair.objects.visible_to(request.viewer).select_related("first__unit", "second__unit")
    return _pair(request.viewer, rows.get(pk=key))


class PairVerdict(Strict):
    """What the two are; ``open`` takes a decision back."""

    verdict: Literal["same", "related", "different", "open"]
    reason: Line


@router.post(
    "/duplicates/{key}/decision",
    auth=needs(Can.DECIDE_DUPLICATES),
    response={200: dict[str, Any]},
    url_name="decide_pair",
    summary="Decide about a pair",
)
def decide(request: ApiRequest, key: UUID, body: PairVerdict) -> Any:
    """``same`` closes the second project into the first."""
    pair = DuplicatePair.objects.visible_to(request.viewer).get(pk=key)
    decided = decide_pair(
        pair=pair, verdict=PairState(body.verdict), reason=body.reason, by=caller(request), at=timezone.now()
    )
    return _pair(request.viewer, decided)


@router.post(
    "/duplicate-sweeps",
    auth=needs(Can.DECIDE_DUPLICATES),
    response={202: dict[str, Any]},
    url_name="sweep_pairs",
    summary="Have all projects compared",
)
def sweep(request: ApiRequest) -> Any:
    """In a small city it is done when the answer comes; else ``state`` says how far the worker is."""
    asked = ask_sweep(city=request.viewer.city, by=caller(request), at=timezone.now())
    return Status(202, {"state": asked.state, "total": asked.total, "found": asked.found, "fresh": asked.fresh})
