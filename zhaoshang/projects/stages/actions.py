"""What moves a project: one action a move, and the named refusals of its gates."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.log import append, days_of, stages_on
from zhaoshang.projects.stages.queries import kinds_held, missing_in, proofs_of, values_of
from zhaoshang.projects.stages.rules import Cause, EntryKind, Missing, Stage, Standing
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of


class GateNotMet(Exception):
    """The next stage wants more; ``lacks`` lists what, ``stage`` is the one meant."""

    def __init__(self, stage: Stage, lacks: Sequence[Missing]) -> None:
        self.stage, self.lacks = stage, tuple(lacks)
        super().__init__(f"{stage.code}: " + ", ".join(one.code for one in lacks))


class OutOfOrder(Exception):
    """Not the stage that follows; a stage is jumped only by a recorded skip, and none is entered twice."""


class BadDay(Exception):
    """The day lies in the future, or the stages of the chain would not follow each other."""


class NotOpen(Exception):
    """The project is paused, lost or withdrawn: first take it back to the pool."""


class AlreadySo(Exception):
    """The project stands so already."""


class ReasonMissing(Exception):
    """Say why."""


class LostToMissing(Exception):
    """Name the city that a lost project went to."""


def works_on(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer's unit is the one where the project lands, or follows it instead."""
    return viewer.sees_unit(project.unit_id) or project.follower_id in viewer.unit_ids


def locked(project: Project, by: User, *needs: Can) -> Project:
    """The row, locked, for who may do one of these to it. Raises ``NotAllowed``."""
    viewer = viewer_of(by, project.city)
    if not any(viewer.can(need) for need in needs) or not works_on(viewer, project):
        raise NotAllowed(needs[0])
    rows = Project.objects.of(project.city_id).select_for_update().select_related("city", "enterprise")
    return rows.get(pk=project.pk)  # type: ignore[no-any-return]


def _log(project: Project) -> list[StageEntry]:
    return list(StageEntry.objects.of(project.city_id).filter(project_id=project.pk).order_by("number"))


@transaction.atomic
def advance(
    *, project: Project, stage: str, on: date, evidence: str, by: User, at: datetime, skip_reason: str = ""
) -> StageEntry:
    """Move a project into a stage on a day, on ``evidence`` (a document's name) and the files attached for the stage.

    With ``skip_reason`` a stage is jumped or its gate passed over, which takes ``Can.SKIP_STAGE``; the log shows it, with what
    was lacking. Raises :class:`GateNotMet`, :class:`OutOfOrder`, :class:`BadDay`, :class:`NotOpen`, ``NotAllowed``.
    """
    reason = skip_reason.strip()
    held = locked(project, by, Can.SKIP_STAGE if reason else Can.ADVANCE_STAGE)
    if held.standing != Standing.OPEN:
        raise NotOpen(held.code)
    stages, days = stages_on(held.city, on), days_of(_log(held))
    wanted = _following(held, stages, stage, bool(reason))
    _check_day(wanted, stages, days, on, at)
    proofs = [proof for proof in proofs_of(held) if proof.stage == stage]
    lacks = missing_in(held, stages, wanted, kinds_held(proofs, stage))
    if lacks and not reason:
        raise GateNotMet(wanted, lacks)
    entry = append(
        held,
        kind=EntryKind.SKIPPED if reason else EntryKind.ADVANCED,
        chain=wanted.chain,
        stage=wanted.code,
        rank=wanted.rank,
        day=on,
        evidence=(evidence.strip() or "、".join(proof.name for proof in proofs) or wanted.definition)[:200],
        reason=reason,
        rests_on={
            "fields": values_of(held),
            "proofs": [proof.digest for proof in proofs],
            "lacks": [one.code for one in lacks],
        },
        by=by,
        at=at,
    )
    verb = "projects.stage.skipped" if reason else "projects.stage.entered"
    record(verb, city=held.city, by=by, at=at, about=held, stage=stage, on=str(on), reason=reason)
    return entry


def _following(project: Project, stages: Sequence[Stage], code: str, jumps: bool) -> Stage:
    wanted = next((one for one in stages if one.code == code), None)
    if wanted is None:
        raise OutOfOrder(code)
    now = next((one.rank for one in stages if one.code == getattr(project, wanted.chain)), 0)
    if wanted.rank <= now or (wanted.rank > now + 1 and not jumps):
        raise OutOfOrder(code)
    return wanted


def _check_day(wanted: Stage, stages: Sequence[Stage], days: dict[str, date], on: date, at: datetime) -> None:
    own = {one.code: one.rank for one in stages if one.chain == wanted.chain}
    before = [day for code, day in days.items() if own.get(code, wanted.rank) < wanted.rank]
    behind = [day for code, day in days.items() if own.get(code, 0) > wanted.rank]
    if on > timezone.localdate(at) or any(day > on for day in before) or any(day < on for day in behind):
        raise BadDay(f"{wanted.code} {on}")


@transaction.atomic
def correct_day(*, project: Project, stage: str, on: date | None, reason: str, by: User, at: datetime) -> StageEntry:
    """Correct the day of a stage that was entered, or (None) say that its latest stage was never reached; what figures count follows.

    Raises :class:`ReasonMissing`, :class:`OutOfOrder`, :class:`BadDay`, ``NotAllowed``.
    """
    if not reason.strip():
        raise ReasonMissing
    held = locked(project, by, Can.CORRECT_PROJECT)
    stages, days = stages_on(held.city, timezone.localdate(at)), days_of(_log(held))
    wanted = next((one for one in stages if one.code == stage and stage in days), None)
    if wanted is None or (on is None and getattr(held, wanted.chain) != stage):
        raise OutOfOrder(stage)
    if on is not None:
        _check_day(wanted, stages, days, on, at)
    told = {"chain": wanted.chain, "stage": stage, "rank": wanted.rank, "day": on, "reason": reason.strip()}
    entry = append(held, kind=EntryKind.CORRECTED, by=by, at=at, **told)
    record(
        "projects.stage.corrected",
        city=held.city,
        by=by,
        at=at,
        about=held,
        stage=stage,
        before=str(days[stage]),
        after=str(on or ""),
        reason=reason.strip(),
    )
    return entry


@transaction.atomic
def close_project(
    *,
    project: Project,
    standing: Standing,
    reason: str,
    cause: Cause = Cause.OTHER,
    lost_to: str = "",
    by: User,
    at: datetime,
) -> StageEntry:
    """Pause, lose or withdraw a project, saying why; a lost one names the city that it went to (domain.md F37).

    Raises :class:`ReasonMissing`, :class:`LostToMissing`, :class:`AlreadySo`, ``NotAllowed``.
    """
    if not reason.strip():
        raise ReasonMissing
    if standing == Standing.LOST and not lost_to.strip():
        raise LostToMissing
    held = locked(project, by, Can.ADVANCE_STAGE)
    if standing in (held.standing, Standing.OPEN):
        raise AlreadySo(held.code)
    told: dict[str, Any] = {"reason": reason.strip(), "cause": str(cause), "lost_to": lost_to.strip()}
    entry = append(held, kind=EntryKind.CLOSED, standing=standing, by=by, at=at, **told)
    record("projects.project.closed", city=held.city, by=by, at=at, about=held, standing=str(standing), **told)
    return entry


@transaction.atomic
def reopen_project(*, project: Project, reason: str, by: User, at: datetime) -> StageEntry:
    """Take a project back to the pool; its log stays. Raises :class:`ReasonMissing`, :class:`AlreadySo`, ``NotAllowed``."""
    if not reason.strip():
        raise ReasonMissing
    held = locked(project, by, Can.ADVANCE_STAGE)
    if held.standing == Standing.OPEN:
        raise AlreadySo(held.code)
    entry = append(held, kind=EntryKind.REOPENED, standing=Standing.OPEN, reason=reason.strip(), by=by, at=at)
    record("projects.project.reopened", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return entry


@transaction.atomic
def note_progress(*, project: Project, on: date, text: str, by: User, at: datetime) -> StageEntry:
    """A line on how work goes, seen on a day. Raises :class:`ReasonMissing`, :class:`BadDay`, ``NotAllowed``."""
    if not text.strip():
        raise ReasonMissing
    held = locked(project, by, Can.ADVANCE_STAGE)
    if on > timezone.localdate(at):
        raise BadDay(str(on))
    entry = append(held, kind=EntryKind.NOTED, day=on, reason=text.strip()[:400], by=by, at=at)
    record("projects.progress.noted", city=held.city, by=by, at=at, about=held, on=str(on))
    return entry
