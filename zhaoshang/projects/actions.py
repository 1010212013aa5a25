"""The only writer of projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.writing import keep
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.likeness import index_name, measure
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class CodeTaken(Exception):
    """Another project of the city has this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What a project is registered with; amounts in fen, the outside share in basis points."""

    code: str
    name: str
    source_code: str
    industry: str
    contract_fen: int
    investor: str = ""
    outside_share_bp: int = 10_000
    reserved_on: date | None = None
    signed_on: date | None = None
    landed_on: date | None = None
    statistics_name: str = ""
    statistics_total_fen: int | None = None
    is_sample: bool = False


@transaction.atomic
def register_project(
    *, city: City, unit: ReportingUnit, enterprise: Enterprise, new: NewProject, by: User | None, at: datetime
) -> Project:
    """Register a project in the unit where it lands. Raises :class:`CodeTaken`."""
    if Project.objects.of(city).filter(code=new.code).exists():
        raise CodeTaken(new.code)
    fields = {name: getattr(new, name) for name in new.__slots__}
    project = Project.objects.create(city=city, unit=unit, enterprise=enterprise, **fields)
    keep(city, [index_name(project, measure(city, at.date()))])
    record("projects.project.registered", city=city, by=by, at=at, about=project, unit=unit.code)
    return project


@transaction.atomic
def register_list(
    *, city: City, rows: Sequence[tuple[ReportingUnit, Enterprise, NewProject]], by: User | None, at: datetime
) -> list[Project]:
    """Register a list of projects, all or none, with one line in the diary. Raises :class:`CodeTaken`."""
    known = set(Project.objects.of(city).values_list("code", flat=True))
    for _, _, new in rows:
        if new.code in known:
            raise CodeTaken(new.code)
        known.add(new.code)
    projects = [
        Project(city=city, unit=unit, enterprise=firm, **{name: getattr(new, name) for name in new.__slots__})
        for unit, firm, new in rows
    ]
    Project.objects.bulk_create(projects, batch_size=500)
    taken = measure(city, at.date())
    keep(city, [index_name(project, taken) for project in projects])
    record("projects.list.registered", city=city, by=by, at=at, projects=len(projects))
    return projects


def next_code(city: City, year: int) -> str:
    """The next free code of the year, ``2023-0042``."""
    last = (
        Project.objects.of(city)
        .filter(code__startswith=f"{year}-")
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"{year}-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"
