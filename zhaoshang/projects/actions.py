"""Registering projects; what happens to them later stands in ``stages/actions.py``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.writing import keep
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.likeness import index_name, measure
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import log_registered
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class CodeTaken(Exception):
    """Another project of the city has this code."""


class SourceMissing(Exception):
    """A day was given without the document that it stands on."""


class BornLanded(Exception):
    """A project cannot begin at the end of its chain: it is registered, then moved through its gates."""


DAYS = ("reserved_on", "signed_on", "landed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What a project is registered with; amounts in fen, the outside share in basis points.

    ``source``: the document by which its days are known; they become lines of the stage log marked as given at registration.
    """

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
    source: str = ""
    site: str = ""
    statistics_name: str = ""
    statistics_total_fen: int | None = None
    is_sample: bool = False


@transaction.atomic
def register_project(
    *, city: City, unit: ReportingUnit, enterprise: Enterprise, new: NewProject, by: User | None, at: datetime
) -> Project:
    """Register a project in the unit where it lands, at the latest as signed.

    Raises :class:`CodeTaken`, :class:`SourceMissing`, :class:`BornLanded`.
    """
    if Project.objects.of(city).filter(code=new.code).exists():
        raise CodeTaken(new.code)
    if new.landed_on is not None:
        raise BornLanded(new.code)
    _check_source(new)
    project = _made(city, unit, enterprise, new)
    project.save(force_insert=True)
    keep(city, [index_name(project, measure(city, timezone.localdate(at)))])
    log_registered(city, [(project, _days(new), new.source.strip())], by, at)
    record("projects.project.registered", city=city, by=by, at=at, about=project, unit=unit.code)
    return project


def _check_source(new: NewProject) -> None:
    if any(_days(new).values()) and not new.source.strip():
        raise SourceMissing(new.code)


def _days(new: NewProject) -> dict[str, date | None]:
    return {name: getattr(new, name) for name in DAYS}


def _made(city: City, unit: ReportingUnit, enterprise: Enterprise, new: NewProject) -> Project:
    fields = {name: getattr(new, name) for name in new.__slots__ if name not in (*DAYS, "source")}
    return Project(city=city, unit=unit, enterprise=enterprise, **fields)


@transaction.atomic
def register_list(
    *, city: City, rows: Sequence[tuple[ReportingUnit, Enterprise, NewProject]], by: User | None, at: datetime
) -> list[Project]:
    """Take a list of projects over from older books, all or none, wherever they stand, with one line in the diary.

    Raises :class:`CodeTaken`, :class:`SourceMissing`.
    """
    known = set(Project.objects.of(city).values_list("code", flat=True))
    for _, _, new in rows:
        if new.code in known:
            raise CodeTaken(new.code)
        _check_source(new)
        known.add(new.code)
    projects = [_made(city, unit, firm, new) for unit, firm, new in rows]
    Project.objects.bulk_create(projects, batch_size=500)
    told = [(project, _days(new), new.source.strip()) for project, (_, _, new) in zip(projects, rows, strict=True)]
    log_registered(city, told, by, at)
    taken = measure(city, timezone.localdate(at))
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
