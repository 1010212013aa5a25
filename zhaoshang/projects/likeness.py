"""A project held against all that the city has, at once: what the index keeps of it, and what is like it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.common.problems import N_
from zhaoshang.lookup.queries import Span, entries_by_span
from zhaoshang.lookup.rules import Kind
from zhaoshang.lookup.writing import Name
from zhaoshang.projects.blocking import Words, grams, keys
from zhaoshang.projects.matching import (
    SET_LABELS,
    Facts,
    Point,
    Prepared,
    Weights,
    compare,
    prepare,
    score,
    summing_up,
    weights_in,
)
from zhaoshang.projects.models import Project
from zhaoshang.projects.sweeping import MOST_IN_BLOCK, RARE, keys_of_double, near_by, split_parts
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.rulesets.kinds import Kind as RuleKind
from zhaoshang.tenancy.models import City

MOST_COMPARED = 120
_COLUMNS = ("pk", "name", "enterprise__name", "enterprise__uscc", "investor", "source_code", "industry", "contract_fen")
_MORE = ("signed_on", "unit__code")


MATCHING = RuleKind(
    code="matching",
    name=N_("项目查重"),
    about=N_("两个项目像不像一个：各项的分，达到多少分列入疑似重复。"),
    reads=weights_in,
    sample=Path(__file__).parent / "samples" / "matching.toml",
    labels=SET_LABELS,
)


@dataclass(frozen=True, slots=True)
class Like:
    """A project that may be the one in question, and why."""

    project_id: UUID
    score: int
    points: list[Point]


@dataclass(frozen=True, slots=True)
class Measure:
    """What projects of a city are compared by; ``code`` names the set."""

    weights: Weights
    words: Words
    code: str


def measure(city: City, day: date) -> Measure:
    """The weights of the day, with the city's places as words that say nothing. Two queries."""
    held = MATCHING.on(city, day)
    return measure_by(city, held.read, held.code)


def measure_by(city: City, weights: Weights, code: str) -> Measure:
    """The same by these weights. One query."""
    units = ReportingUnit.objects.of(city).values_list("name", "short_name")
    places = {name for names in units for name in names if len(name) > 1} | {city.name, city.name.removesuffix("市")}
    return Measure(weights, weights.words(frozenset(places - {""})), code)


def facts_of(city: City, projects: Iterable[UUID] | None = None) -> list[Facts]:
    """What is compared of the city's projects, or of these; without those that were found to be another. One query."""
    rows = Project.objects.of(city).counted(city).order_by("pk")
    return _facts_in(rows if projects is None else rows.filter(pk__in=list(projects)))


def facts_of_all(city: City, projects: Iterable[UUID]) -> list[Facts]:
    """The same of these projects, whatever was found of them. One query."""
    return _facts_in(Project.objects.of(city).filter(pk__in=list(projects)))


def _facts_in(rows: "QuerySet[Project]") -> list[Facts]:
    return [Facts(str(key), *values) for key, *values in rows.values_list(*_COLUMNS, *_MORE)]


def index_name(project: Project, taken: Measure) -> Name:
    """What the index keeps of a project: its name, its unit, and the keys under which its doubles lie."""
    firm = project.enterprise
    one = prepare(_facts(project, firm.name, firm.uscc), taken.words)
    found = keys(firm.uscc, one.firm.core, one.backer, project.contract_fen)
    return Name(project.pk, Kind.PROJECT, project.name, project.unit_id, (*found, enterprise_key(firm.pk)))


def enterprise_key(enterprise_id: UUID) -> str:
    """The key under which an enterprise's projects lie."""
    return f"enterprise:{enterprise_id}"


def _facts(project: Project, firm: str, uscc: str) -> Facts:
    return Facts(
        str(project.pk), project.name, firm, uscc, project.investor, project.source_code, project.industry,
        project.contract_fen, project.signed_on, "",
    )  # fmt: skip


def alike(city: City, one: Facts, day: date, *, taken: Measure | None = None) -> list[Like]:
    """The city's projects that may be this one, the likest first, whoever may see them. Three queries.

    The caller masks what a viewer may not see.
    """
    taken = taken or measure(city, day)
    wanted = prepare(one, taken.words)
    near = _near(city, wanted)
    if not near:
        return []
    likely = sorted(near, key=lambda key: near[key] == "")[:MOST_COMPARED]
    others = {UUID(facts.key): prepare(facts, taken.words) for facts in facts_of(city, likely)}
    return _judged(wanted, others, near, taken.weights)


def _near(city: City, wanted: Prepared) -> dict[UUID, str]:
    """Ids that share a key or a rare piece of the name; the project itself, if it stands already, is left out."""
    pieces = sorted(grams(wanted.name.core))
    spans = [*map(Span.of_text, pieces), *map(Span.of_key, keys_of_double(wanted))]
    most = max(RARE, MOST_IN_BLOCK) + 1
    found = [list(dict.fromkeys(places)) for places in entries_by_span(city, Kind.PROJECT, spans, at_most=most)]
    by_gram = [(piece, places) for piece, places in zip(pieces, found, strict=False) if len(places) <= RARE]
    by_key = [places for places in found[len(pieces) :] if len(places) <= MOST_IN_BLOCK]
    return near_by(by_gram, by_key, _as_uuid(wanted.facts.key))


def _as_uuid(key: str) -> UUID | None:
    return UUID(key) if len(key) == 36 else None


def _judged(wanted: Prepared, others: dict[UUID, Prepared], near: dict[UUID, str], weights: Weights) -> list[Like]:
    compared = {key: compare(wanted, other, weights, near[key]) for key, other in others.items()}
    parts = split_parts(wanted.facts, {key: other.facts for key, other in others.items()}, compared, weights)
    for key in parts:
        compared[key].append(summing_up(weights))
    found = [Like(key, score(points), points) for key, points in compared.items() if score(points) >= weights.threshold]
    return sorted(found, key=lambda one: (-one.score, str(one.project_id)))
