"""Files that show a stage was reached: kept with the evidence, under the digest of their content."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from zhaoshang.common.files import digest, identify, safe_name
from zhaoshang.common.files.keeping import keep
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages.actions import works_on
from zhaoshang.projects.stages.rules import CONTRACT_TEXT, EVIDENCE_LABELS, REVIEWED
from zhaoshang.regions.access import NotAllowed, viewer_of


class UnknownEvidence(Exception):
    """No such kind of evidence."""


class ByReviewOnly(Exception):
    """Evidence of this kind comes out of the review of the contract, which another than its drafter records; it is not attached here."""


@transaction.atomic
def attach_proof(
    *, project: Project, stage: str, kind: str, content: bytes, name: str, by: User, at: datetime
) -> StageProof:
    """Keep a file as evidence that the project reached a stage; the same file for the same stage is kept once.

    Raises ``common.files.Refused`` (type, size, active content), :class:`UnknownEvidence`, :class:`ByReviewOnly`, ``NotAllowed``.
    """
    viewer = viewer_of(by, project.city)
    if not (viewer.can(Can.ADVANCE_STAGE) or viewer.can(Can.SKIP_STAGE)) or not works_on(viewer, project):
        raise NotAllowed(Can.ADVANCE_STAGE)
    if kind not in EVIDENCE_LABELS:
        raise UnknownEvidence(kind)
    if kind in (CONTRACT_TEXT, *REVIEWED):
        raise ByReviewOnly(kind)
    return keep_proof(project=project, stage=stage, kind=kind, content=content, name=name, by=by, at=at)


def keep_proof(
    *,
    project: Project,
    stage: str,
    kind: str,
    content: bytes,
    name: str,
    about: str | None = None,
    by: User,
    at: datetime,
) -> StageProof:
    """Keep the file, for an action that has asked whether ``by`` may; ``about``: see :class:`StageProof`. Raises ``Refused``."""
    found, sha256 = identify(content, name), digest(content)
    keep(Path(settings.EVIDENCE_DIR) / project.city.code, sha256, content)
    proof: StageProof
    proof, made = StageProof.objects.get_or_create(
        city=project.city,
        project=project,
        stage=stage,
        kind=kind,
        digest=sha256,
        defaults={
            "about": about,
            "mime": found.mime,
            "size_bytes": len(content),
            "name": safe_name(name),
            "stored_by": by,
            "stored_at": at,
        },
    )
    if made:
        told: dict[str, Any] = {"stage": stage, "kind": kind, "digest": sha256}
        record("projects.proof.attached", city=project.city, by=by, at=at, about=project, **told)
    return proof
