"""The stage log and its copy on the project: one truth, copied in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhaoshang.common.problems import N_
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project, StageEntry, StageSet
from zhaoshang.projects.stages.rules import (
    COUNTED,
    FIRST_STAGE,
    SET_LABELS,
    SET_WORDS,
    Chain,
    EntryKind,
    Stage,
    Standing,
    stages_in,
)
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.rules import Part
from zhaoshang.tenancy.models import City

_AT_ONCE = 500


STAGES = Kind(
    code="stages",
    name=N_("项目阶段"),
    about=N_("两条链各阶段的含义，进入一个阶段要填的内容和要附的文件。"),
    reads=stages_in,
    sample=Path(__file__).parent / "sample.toml",
    labels=SET_LABELS,
    words=SET_WORDS,
    model=StageSet,
)


def stages_on(city: City, day: date) -> list[Stage]:
    """The stages by the definitions in force on the day. One query."""
    return stages_in(Part(STAGES.on(city, day).content), day)


def append(project: Project, *, by: User | None, at: datetime, **fields: Any) -> StageEntry:
    """The log's next line, and what it says copied to the project."""
    rows = StageEntry.objects.of(project.city_id).filter(project_id=project.pk)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    fields = {"standing": project.standing, "is_sample": project.is_sample} | fields
    entry: StageEntry = StageEntry.objects.create(
        city_id=project.city_id, project=project, number=last + 1, entered_by=by, entered_at=at, **fields
    )
    copy_to_projects(project.city_id, [project.pk])
    said = [*COUNTED.values(), *(str(one) for one in Chain), "standing"]
    project.refresh_from_db(fields=said, from_queryset=Project.objects.of(project.city_id))
    return entry


def log_registered(
    city: City,
    days: Sequence[tuple[Project, Mapping[str, date | None], str]],
    by: User | None,
    at: datetime,
) -> None:
    """The days that projects were registered with, by counted column, each with its source, as lines of the log."""
    stages = {one.code: one for one in STAGES.read(STAGES.shipped)}
    stages |= {one.code: one for one in stages_on(city, timezone.localdate(at))}
    entries = [
        StageEntry(
            city=city,
            project=project,
            number=number,
            kind=EntryKind.REGISTERED,
            chain=stages[code].chain,
            stage=code,
            rank=stages[code].rank,
            day=day,
            evidence=source,
            is_sample=project.is_sample,
            entered_by=by,
            entered_at=at,
        )
        for project, given, source in days
        for number, (code, day) in enumerate(_dated(given), start=1)
    ]
    StageEntry.objects.bulk_create(entries, batch_size=_AT_ONCE)
    copy_to_projects(city.pk, [project.pk for project, given, _ in days if any(given.values())])
    for project, given, _ in days:
        _in_memory(project, given)


def _dated(given: Mapping[str, date | None]) -> list[tuple[str, date]]:
    return [(stage, day) for stage, column in COUNTED.items() if (day := given.get(column)) is not None]


def _in_memory(project: Project, given: Mapping[str, date | None]) -> None:
    for column, day in given.items():
        setattr(project, column, day)
    project.promotion = "landed" if given.get("landed_on") else "signed" if given.get("signed_on") else FIRST_STAGE
    project.construction = "reserve" if given.get("reserved_on") else ""


def copy_to_projects(city_id: UUID, keys: Sequence[UUID]) -> None:
    """Set the projects' days, stages and standing to what their logs say: one statement for some hundred of them."""
    log = StageEntry.objects.filter(city_id=OuterRef("city_id"), project_id=OuterRef("pk"))
    later = StageEntry.objects.filter(
        city_id=OuterRef("city_id"),
        project_id=OuterRef("project_id"),
        stage=OuterRef("stage"),
        number__gt=OuterRef("number"),
    )
    standing = log.filter(~Exists(later), day__isnull=False)

    def last(rows: Any, order: str, column: str) -> Subquery:
        return Subquery(rows.order_by(order).values(column)[:1])

    said: dict[str, Any] = {
        column: last(log.filter(stage=stage), "-number", "day") for stage, column in COUNTED.items()
    }
    before = {Chain.PROMOTION: FIRST_STAGE, Chain.CONSTRUCTION: ""}
    for chain, none in before.items():
        said[str(chain)] = Coalesce(last(standing.filter(chain=chain), "-rank", "stage"), Value(none))
    said["standing"] = Coalesce(last(log, "-number", "standing"), Value(str(Standing.OPEN)))
    for start in range(0, len(keys), _AT_ONCE):
        Project.objects.of(city_id).filter(pk__in=keys[start : start + _AT_ONCE]).update(**said)


def days_of(entries: Iterable[StageEntry]) -> dict[str, date]:
    """The day of each stage that a project's log holds to have been reached, corrections told. ``entries``: by number."""
    found: dict[str, date | None] = {}
    for entry in entries:
        if entry.stage:
            found[entry.stage] = entry.day
    return {stage: day for stage, day in found.items() if day is not None}
