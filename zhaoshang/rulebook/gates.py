"""How many open projects lack something for their next stage, by some definitions."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages.queries import missing_in
from zhaoshang.projects.stages.rules import Chain, Standing, next_stage, stages_in, standing_kinds
from zhaoshang.rulesets.rules import Part
from zhaoshang.tenancy.models import City


def lacking_by_stage(city: City, content: Mapping[str, Any], today: date) -> tuple[int, Counter[str]]:
    """How many projects were looked at, and of each stage how many that come to it next lack something. Two queries."""
    stages = stages_in(Part(content), today)
    files: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    rows = StageProof.objects.of(city).filter(project__standing=Standing.OPEN).order_by("stored_at", "id")
    for project_id, *proof in rows.values_list("project_id", "stage", "kind", "digest", "about"):
        files[project_id].append(tuple(proof))
    tried, found = 0, Counter[str]()
    for project in Project.objects.of(city).counted(city).filter(standing=Standing.OPEN).order_by().iterator():
        tried += 1
        for chain in Chain:
            stage = next_stage(stages, chain, getattr(project, chain))
            if stage is not None:
                proofs = standing_kinds(
                    (kind, digest, about) for at, kind, digest, about in files[project.pk] if at == stage.code
                )
                found[stage.code] += bool(missing_in(project, stages, stage, proofs))
    return tried, found
