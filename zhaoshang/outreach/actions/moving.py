"""A project's own stage follows what was signed at an activity: recorded there and moved, or neither."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhaoshang.outreach.actions.activities import NewSigning, sign_at
from zhaoshang.outreach.models import Activity, Signing
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.actions import advance

SIGNED = "signed"


@transaction.atomic
def enter_signed(*, activity: Activity, project: Project, evidence: str = "", by: User, at: datetime) -> StageEntry:
    """Move a project through the gate of signing on the activity's day; a signing not yet on record there is recorded with it.

    ``evidence``: on what it rests, the activity's day and title unless said. Raises what :func:`advance` raises, ``WrongState`` of a
    cancelled activity, ``NotAllowed``.
    """
    rows = Signing.objects.of(activity.city_id).filter(activity=activity, project=project)
    if not rows.exists():
        new = NewSigning(project=project, is_sample=project.is_sample)
        sign_at(activity=activity, signings=[new], by=by, at=at)
    day = timezone.localdate(activity.begins_at)
    said = evidence.strip() or f"{day} {activity.title}"
    return advance(project=project, stage=SIGNED, on=day, evidence=said[:200], by=by, at=at)
