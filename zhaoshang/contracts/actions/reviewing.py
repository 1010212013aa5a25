"""Recording what was found before a signing; what passed becomes evidence of the stage."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from zhaoshang.common.files import digest, identify, safe_name
from zhaoshang.common.files.keeping import keep
from zhaoshang.contracts.actions.appraising import OwnDraft
from zhaoshang.contracts.actions.reading import STAGE, ReasonMissing, has_come, newest, uncleared
from zhaoshang.contracts.models import ContractText, Review
from zhaoshang.contracts.rules.clauses import ABOUT_TEXT, Finding, ReviewKind
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages.actions import BadDay, locked
from zhaoshang.projects.stages.proofs import keep_proof


class NoText(Exception):
    """There is no contract text yet that could be reviewed."""


class FlagsOpen(Exception):
    """Flagged passages are not dealt with, or are to be removed; the number says how many."""


class OpinionReused(Exception):
    """This opinion was given before: on an earlier text, or with another finding. A new review has a new opinion."""


class NotAnException(Exception):
    """Only the fair-competition review knows an exception (article 12)."""


@transaction.atomic
def record_review(
    *,
    project: Project,
    kind: ReviewKind,
    finding: Finding,
    conclusion: str,
    done_on: date,
    content: bytes,
    name: str,
    by: User,
    at: datetime,
) -> Review:
    """Record due diligence, or the legal or fair-competition review of the newest text, with the opinion's file.

    Raises :class:`NoText`, :class:`FlagsOpen`, :class:`OpinionReused`, :class:`NotAnException`, ``OwnDraft``, ``ReasonMissing``,
    ``BadDay``, ``common.files.Refused``, ``NotAllowed``.
    """
    held = locked(project, by, Can.REVIEW_CONTRACT)
    text = newest(held)
    if text is not None and same_person(text.drafted_by_id, by):
        raise OwnDraft
    if not conclusion.strip():
        raise ReasonMissing
    if not has_come(done_on, at):
        raise BadDay(str(done_on))
    if finding == Finding.EXCEPTION and kind != ReviewKind.FAIR_COMPETITION:
        raise NotAnException
    about = _text_reviewed(text, finding) if kind in ABOUT_TEXT else None
    found, sha256 = identify(content, name), digest(content)
    if StageProof.objects.of(held.city_id).filter(project_id=held.pk, stage=STAGE, kind=kind, digest=sha256).exists():
        raise OpinionReused
    keep(Path(settings.EVIDENCE_DIR) / held.city.code, sha256, content)
    review: Review = Review.objects.create(
        city=held.city,
        project=held,
        text=about,
        kind=kind,
        finding=finding,
        conclusion=conclusion.strip()[:1000],
        done_on=done_on,
        digest=sha256,
        mime=found.mime,
        size_bytes=len(content),
        name=safe_name(name),
        is_sample=held.is_sample,
        reviewed_by=by,
        reviewed_at=at,
    )
    if finding != Finding.REFUSED:
        subject = about.digest if about else None
        given: dict[str, Any] = {"content": content, "name": name, "about": subject, "by": by, "at": at}
        keep_proof(project=held, stage=STAGE, kind=kind, **given)
    told: dict[str, Any] = {"kind": str(kind), "finding": str(finding), "digest": sha256}
    record("contracts.review.recorded", city=held.city, by=by, at=at, about=held, **told)
    return review


def _text_reviewed(text: ContractText | None, finding: Finding) -> ContractText:
    if text is None:
        raise NoText
    if finding != Finding.REFUSED and (left := uncleared(text)):
        raise FlagsOpen(left)
    return text
