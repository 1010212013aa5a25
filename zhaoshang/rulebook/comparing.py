"""Decided pairs of projects, scored again by other weights."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from zhaoshang.projects.likeness import facts_of_all, measure_by
from zhaoshang.projects.matching import Prepared, Weights, compare, prepare, score, summing_up
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState
from zhaoshang.tenancy.models import City

MOST = 500


def decided_pairs(city: City) -> list[DuplicatePair]:
    """The latest pairs of which somebody said what they are. One query."""
    return list(DuplicatePair.objects.of(city).exclude(state=PairState.OPEN).order_by("-found_at", "-id")[:MOST])


def listed(city: City, pairs: Sequence[DuplicatePair], weights: Weights) -> Counter[str]:
    """How many of the pairs reach the threshold, by what was decided. What was seen of all projects together (a rare word, two contracts
    that sum up) is taken over from when the pair was found. Two queries."""
    taken = measure_by(city, weights, "")
    wanted = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    held = {UUID(one.key): prepare(one, taken.words) for one in facts_of_all(city, wanted)}
    return Counter(pair.state for pair in pairs if _points(pair, held, weights) >= weights.threshold)


def _points(pair: DuplicatePair, held: dict[UUID, Prepared], weights: Weights) -> int:
    seen = {one["code"]: one["params"] for one in pair.points}
    rare = str(seen.get("rare_word", {}).get("word", ""))
    found = compare(held[pair.first_id], held[pair.second_id], weights, rare)
    return score([*found, summing_up(weights)] if "sums_up" in seen else found)
