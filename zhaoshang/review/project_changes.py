"""A changed list of projects on its way in: received, shown cell by cell, accepted as a whole or not at all, by the projects' own action.

The page and the API both come through here; no gate is passed over, since nothing but ``amend_project`` writes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhaoshang.capital import evidence
from zhaoshang.common.files import digest, safe_name
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import ConfidentialProject, Project
from zhaoshang.projects.stages.correcting import amend_project
from zhaoshang.regions.access import Viewer, viewer_of
from zhaoshang.review.intake import Faulty
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_sheet import ChangeList, read_changes
from zhaoshang.tenancy.models import City


class NothingChanged(Exception):
    """Every row says what is held already."""


def receive_changes(*, city: City, content: bytes, filename: str, by: User, at: datetime) -> ChangeSheet:
    """Keep a file to be looked at; the same file again is the same row. Raises ``common.problems.Refused``, ``NotAllowed``."""
    viewer = viewer_of(by, city)
    viewer.require(Can.ADVANCE_STAGE)
    sha256, name = digest(content), safe_name(filename)
    read_changes(content, name, lambda codes: ([], ()))  # refuses what cannot be opened before anything is kept
    evidence.keep(city.code, sha256, content)
    with transaction.atomic():
        told = {"name": name, "sent_at": at}
        sheet, made = ChangeSheet.objects.get_or_create(city=city, sent_by=by, digest=sha256, defaults=told)
        if made:
            record("review.changes.received", city=city, by=by, at=at, about=sheet, digest=sha256)
    return sheet


def changes_in(sheet: ChangeSheet, viewer: Viewer, *, lock: bool = False) -> ChangeList:
    """What the sheet would change now, of what the viewer may see. Raises ``evidence.FileDamaged``."""

    def known(codes: Collection[str]) -> tuple[Sequence[Project], Collection[UUID]]:
        rows = Project.objects.visible_to(viewer).filter(code__in=codes).select_related("city", "unit", "enterprise")
        projects = list((rows.select_for_update() if lock else rows).order_by("code"))
        hidden = ConfidentialProject.objects.of(viewer.city).filter(project__in=projects, lifted_at__isnull=True)
        return projects, set(hidden.values_list("project_id", flat=True))

    return read_changes(evidence.kept(viewer.city.code, sheet.digest), sheet.name, known)


@transaction.atomic
def accept_changes(*, sheet: ChangeSheet, by: User, at: datetime) -> ChangeSheet:
    """Write what the sheet changes, read anew against the projects as they are now; accepted before, it stays as it is.

    Raises ``intake.Faulty``, :class:`NothingChanged`, and what ``amend_project`` raises.
    """
    viewer = viewer_of(by, sheet.city)
    viewer.require(Can.ADVANCE_STAGE)
    rows = ChangeSheet.objects.visible_to(viewer).select_for_update().select_related("city")
    held: ChangeSheet = rows.get(pk=sheet.pk)
    if held.accepted_at is not None:
        return held
    found = changes_in(held, viewer, lock=True)
    if found.problems:
        raise Faulty
    if not found.changes:
        raise NothingChanged
    for project, fields in found.by_project():
        amend_project(project=project, by=by, at=at, **fields)
    held.accepted_at = at
    held.changes = [[one.project.code, one.cell, one.field, one.old, one.new] for one in found.changes]
    held.save(update_fields=["accepted_at", "changes"])
    projects, cells = len(found.by_project()), len(found.changes)
    record("review.changes.accepted", city=held.city, by=by, at=at, about=held, projects=projects, cells=cells)
    return held
