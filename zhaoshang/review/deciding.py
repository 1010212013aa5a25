"""What two projects that look alike are to each other: one and the same, related, or different; and the way back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhaoshang.lookup.queries import family_of
from zhaoshang.lookup.writing import stand_for
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.plans.actions import tag_projects, untag_project
from zhaoshang.plans.queries import campaigns_of_projects
from zhaoshang.projects.models import Project
from zhaoshang.review.models import DuplicatePair, PairDecision
from zhaoshang.review.rules import PairState
from zhaoshang.tenancy.models import City


class PairReasonMissing(Exception):
    """A decision about a pair needs its reason."""


class AlreadyMerged(Exception):
    """One of the two is closed into a third, or a third into the second: decide about that pair first. ``code``: whose project it is."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def decide_pair(*, pair: DuplicatePair, verdict: PairState, reason: str, by: User, at: datetime) -> DuplicatePair:
    """Say what the two are, or with ``PairState.OPEN`` take back what was said.

    Same: the second is closed into the first, which takes over its campaigns; every count has the two as one. Payments stay where they
    were declared, since the ledger never moves them. Raises :class:`PairReasonMissing`, :class:`AlreadyMerged`.
    """
    if not reason.strip():
        raise PairReasonMissing
    rows = DuplicatePair.objects.of(pair.city_id).select_for_update()
    held = rows.select_related("first__unit", "second__unit", "city").get(pk=pair.pk)
    moved: dict[str, Any] = {}
    if held.state == PairState.SAME and verdict != PairState.SAME:
        _part(held, by, at)
    if held.state != PairState.SAME and verdict == PairState.SAME:
        moved = _merge(held, by, at)
    held.state = verdict
    held.save(update_fields=["state"])
    PairDecision.objects.create(
        city=held.city, pair=held, verdict=verdict, reason=reason.strip(), moved=moved, by=by, at=at
    )
    record(
        _VERBS[verdict], city=held.city, by=by, at=at, about=held.first,
        first=held.first.code, second=held.second.code, reason=reason.strip(), score=held.score,
    )  # fmt: skip
    return held  # type: ignore[no-any-return]


_VERBS = {
    PairState.SAME: "review.pair.merged",
    PairState.RELATED: "review.pair.related",
    PairState.DIFFERENT: "review.pair.told_apart",
    PairState.OPEN: "review.pair.reopened",
}


def _merge(pair: DuplicatePair, by: User, at: datetime) -> dict[str, Any]:
    for project in (pair.first, pair.second):
        kept, closed = family_of(pair.city, project.pk)
        if kept or (closed and project == pair.second):
            raise AlreadyMerged(project.code)
    stand_for(pair.city, pair.second.pk, pair.first.pk)
    tags = campaigns_of_projects(pair.city, [pair.first, pair.second])
    fresh = [one for one in tags.get(pair.second.pk, []) if one not in tags.get(pair.first.pk, [])]
    for campaign in sorted(fresh, key=lambda one: one.pk):
        tag_projects(campaign=campaign, projects=[pair.first], by=by, at=at)
    return {"campaigns": [str(campaign.pk) for campaign in fresh]}


def _part(pair: DuplicatePair, by: User, at: datetime) -> None:
    """Take back a merger: the second stands for itself again, and the first loses the campaigns that it had only from it."""
    stand_for(pair.city, pair.second.pk, None)
    last = PairDecision.objects.of(pair.city).filter(pair=pair, verdict=PairState.SAME).order_by("-id").first()
    wanted = set(last.moved.get("campaigns", [])) if last else set()
    for campaign in campaigns_of_projects(pair.city, [pair.first]).get(pair.first.pk, []):
        if str(campaign.pk) in wanted:
            untag_project(campaign=campaign, project=pair.first, by=by, at=at)


def keep_pairs(
    city: City, found: Sequence[tuple[Project, Project, int, list[dict[str, Any]]]], weights: str, at: datetime
) -> int:
    """Keep pairs that were found: new ones open, open ones with the newest points; what was decided stays. Returns how many are new.

    Of each pair the project that was registered first comes first.
    """
    fresh = 0
    for start in range(0, len(found), 300):
        wanted = {_ordered(one, other): (score, points) for one, other, score, points in found[start : start + 300]}
        firsts = [first.pk for first, _ in wanted]
        standing = {
            (pair.first_id, pair.second_id): pair for pair in DuplicatePair.objects.of(city).filter(first_id__in=firsts)
        }
        new = []
        for (first, second), (score, points) in wanted.items():
            pair = standing.get((first.pk, second.pk))
            if pair is None:
                new.append(
                    DuplicatePair(
                        city=city, first=first, second=second, score=score, points=points, weights=weights, found_at=at
                    )
                )
            elif pair.state == PairState.OPEN and (pair.score, pair.points) != (score, points):
                pair.score, pair.points, pair.weights = score, points, weights
                pair.save(update_fields=["score", "points", "weights"])
        DuplicatePair.objects.bulk_create(new)
        fresh += len(new)
    return fresh


def _ordered(one: Project, other: Project) -> tuple[Project, Project]:
    return (one, other) if one.pk < other.pk else (other, one)


def pairs_of(city: City, project: Project) -> list[DuplicatePair]:
    """Every pair of a project, whatever was decided of it, the likest first. One query."""
    rows = DuplicatePair.objects.of(city).filter(Q(first=project) | Q(second=project))
    return list(rows.select_related("first__unit", "second__unit"))
