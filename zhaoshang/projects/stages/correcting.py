"""Changing what a project is: freely before it is signed, afterwards by a recorded correction only."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.writing import keep_anew
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.likeness import index_name, measure
from zhaoshang.projects.models import ConfidentialProject, Project, ProjectCorrection
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.projects.stages.actions import ReasonMissing, locked
from zhaoshang.projects.stages.rules import FROZEN_ONCE_SIGNED
from zhaoshang.regions.rules import source_class

LAID_DOWN = ("investor", "enterprise")
OPEN_FIELDS = ("investor", "site", "contract_fen", "outside_share_bp", "industry", "source_code", "enterprise")


class RestedOn(Exception):
    """A passed gate rests on this field; it changes by a recorded correction only."""


class KeptSecret(Exception):
    """The project is confidential: its investor and its firm lie apart until it is disclosed."""


class NotSo(Exception):
    """The field does not hold what the correction says it held, or the new value is none of its kind."""


@transaction.atomic
def amend_project(*, project: Project, by: User, at: datetime, **fields: Any) -> Project:
    """Fill in or change fields that no gate rests on yet (``OPEN_FIELDS``); what they held stays in the diary.

    Raises :class:`RestedOn`, :class:`KeptSecret`, :class:`NotSo`, ``NotAllowed``.
    """
    held = locked(project, by, Can.ADVANCE_STAGE)
    changed = {name: value for name, value in fields.items() if getattr(held, name) != value}
    if any(name in LAID_DOWN for name in changed) and _is_secret(held):
        raise KeptSecret(held.code)
    if frozen := [name for name in changed if name in FROZEN_ONCE_SIGNED and rests_on_signing(held)]:
        raise RestedOn(frozen[0])
    for name, value in changed.items():
        _check(held, name, value)
    told = {name: [as_text(getattr(held, name)), as_text(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(held, name, value)
    if changed:
        held.save(update_fields=list(changed))
        _look_up_anew(held, at)
        record("projects.project.amended", city=held.city, by=by, at=at, about=held, changes=told)
    return held


def rests_on_signing(project: Project) -> bool:
    """Whether the project has passed its signing."""
    return project.signed_on is not None or project.landed_on is not None


@transaction.atomic
def correct_project(
    *, project: Project, field: str, old: Any, new: Any, reason: str, by: User, at: datetime
) -> ProjectCorrection:
    """Correct one field that a signing rests on (``FROZEN_ONCE_SIGNED``), recorded with its reason.

    Raises :class:`ReasonMissing`, :class:`KeptSecret`, :class:`NotSo`, ``NotAllowed``, ``regions.rules.NotASource``.
    """
    if not reason.strip():
        raise ReasonMissing
    held = locked(project, by, Can.CORRECT_PROJECT)
    if field in LAID_DOWN and _is_secret(held):
        raise KeptSecret(held.code)
    if field not in FROZEN_ONCE_SIGNED or getattr(held, field) != old or old == new:
        raise NotSo(field)
    _check(held, field, new)
    rows = ProjectCorrection.objects.of(held.city_id).filter(project_id=held.pk)
    told: dict[str, Any] = {"field": field, "old": as_text(old), "new": as_text(new), "reason": reason.strip()}
    correction: ProjectCorrection = ProjectCorrection.objects.create(
        city=held.city,
        project=held,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        entered_by=by,
        entered_at=at,
        **told,
    )
    setattr(held, field, new)
    held.save(update_fields=[field])
    _look_up_anew(held, at)
    record("projects.project.corrected", city=held.city, by=by, at=at, about=held, **told)
    return correction


def _is_secret(project: Project) -> bool:
    rows = ConfidentialProject.objects.of(project.city_id).filter(project_id=project.pk, lifted_at__isnull=True)
    return bool(rows.exists())


def _look_up_anew(project: Project, at: datetime) -> None:
    """The index of names and doubles follows what the project is now."""
    keep_anew(project.city, [index_name(project, measure(project.city, timezone.localdate(at)))])


def as_text(value: Any) -> str:
    """As the database compares it: a firm by its id without dashes."""
    return str(value.pk.hex) if isinstance(value, Enterprise) else str(value)


def _check(project: Project, field: str, value: Any) -> None:
    fits = {
        "contract_fen": lambda: isinstance(value, int) and value >= 0,
        "outside_share_bp": lambda: isinstance(value, int) and 0 <= value <= 10_000,
        "industry": lambda: value in INDUSTRIES,
        "source_code": lambda: bool(source_class(value, project.city.gb_code)),
        "enterprise": lambda: isinstance(value, Enterprise) and value.city_id == project.city_id,
        "investor": lambda: isinstance(value, str) and len(value) <= 120,
        "site": lambda: isinstance(value, str) and len(value) <= 120,
    }
    if field not in fits or not fits[field]():
        raise NotSo(field)
