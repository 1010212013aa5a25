"""Who follows a project on, when it is not the unit where it lands."""

from datetime import datetime

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit


@transaction.atomic
def set_follower(*, project: Project, unit: ReportingUnit, by: User, at: datetime) -> Project:
    """The project is followed by ``unit`` from now on. It goes on counting where it lands: its own unit never changes."""
    rows = Project.objects.of(project.city_id).select_for_update().select_related("city", "unit")
    held: Project = rows.get(pk=project.pk)
    held.follower = None if unit.pk == held.unit_id else unit
    held.save(update_fields=["follower"])
    record("projects.project.followed", city=held.city, by=by, at=at, about=held, unit=unit.code)
    return held
