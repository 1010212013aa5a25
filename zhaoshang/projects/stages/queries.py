"""Where projects stand: what a gate still wants, the log, and the board by stage."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from zhaoshang.projects.models import Project, StageEntry, StageProof
from zhaoshang.projects.stages.log import STAGES, stages_on
from zhaoshang.projects.stages.rules import (
    FIELD_LABELS,
    Chain,
    Missing,
    Stage,
    Standing,
    asked_from,
    missing,
    standing_kinds,
)
from zhaoshang.regions.access import Viewer
from zhaoshang.rulesets.rules import Part
from zhaoshang.tenancy.models import City

CARDS = 12


def values_of(project: Project) -> dict[str, Any]:
    """What gates look at, as plain JSON; a firm and a unit by their ids."""
    names = {name: f"{name}_id" if name in ("unit", "enterprise") else name for name in FIELD_LABELS}
    found = {name: getattr(project, column) for name, column in names.items()}
    return {name: value if isinstance(value, int | str) else str(value) for name, value in found.items()}


def missing_in(project: Project, stages: Sequence[Stage], stage: Stage, proofs: Collection[str]) -> list[Missing]:
    """What entering the stage lacks, given the kinds of evidence held for it."""
    filled = {name for name, value in values_of(project).items() if value}
    return missing(stages, stage, filled, proofs)


def missing_for(project: Project, stage: str) -> list[Missing]:
    """What entering the stage lacks today, by the definitions in force. Raises ``KeyError`` for a stage that is none. Two queries."""
    stages = stages_on(project.city, timezone.localdate())
    wanted = {one.code: one for one in stages}[stage]
    return missing_in(project, stages, wanted, kinds_held(proofs_of(project), stage))


def asked_since(city: City, stage: str, kinds: Collection[str]) -> date | None:
    """The day from which the definitions in force ask of an entry for any of these kinds of evidence; None: never. One query."""
    return asked_from(Part(STAGES.on(city, timezone.localdate()).content), stage, kinds)


def kinds_held(proofs: Iterable[StageProof], stage: str) -> set[str]:
    """The kinds of evidence that stand for a stage, of a project's files, oldest first."""
    return standing_kinds((one.kind, one.digest, one.about) for one in proofs if one.stage == stage)


def proofs_of(project: Project) -> list[StageProof]:
    """The files attached to the project's stages, oldest first. One query."""
    return list(StageProof.objects.of(project.city_id).filter(project_id=project.pk).order_by("stored_at", "id"))


def log_of(project: Project) -> list[StageEntry]:
    """The project's stage log, first line first, with who wrote it. One query."""
    rows = StageEntry.objects.of(project.city_id).filter(project_id=project.pk).select_related("entered_by")
    return list(rows.order_by("number"))


def signed_without_file(viewer: Viewer) -> "QuerySet[Project]":
    """Open projects whose signing stands on a document's name alone, as older books told it: nobody attached the contract."""
    files = StageProof.objects.filter(city_id=OuterRef("city_id"), project_id=OuterRef("pk"), stage="signed")
    rows = Project.objects.visible_to(viewer).filter(standing=Standing.OPEN, signed_on__isnull=False)
    found: QuerySet[Project] = rows.filter(~Exists(files)).order_by()
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board with its open projects: how many, contracts in fen, and the newest of them. No stage: before the first."""

    stage: Stage | None
    projects: int
    contract_fen: int
    newest: list[Project]


def board(chain: Chain, stages: Sequence[Stage], rows: "QuerySet[Project]") -> list[Column]:
    """The chain's columns over ``rows``, open projects only; every one of them stands in one column. A query for the counts and
    one a stage that has any."""
    of_open = rows.filter(standing=Standing.OPEN).order_by()
    counted = of_open.values_list(str(chain)).annotate(Count("id"), Sum("contract_fen"))
    sums = {stage: (projects, fen or 0) for stage, projects, fen in counted}
    own = {one.code: one for one in stages if one.chain == chain}
    before = [code for code in sums if code not in own]

    def newest(code: str) -> list[Project]:
        return list(of_open.filter(**{str(chain): code}).select_related("unit").order_by("-id")[:CARDS])

    return [
        Column(own.get(code), *sums.get(code, (0, 0)), newest(code) if code in sums else []) for code in (*before, *own)
    ]
