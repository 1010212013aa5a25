"""Drafting a project's appraisal, and recording what the committee decided on it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhaoshang.contracts.models import Appraisal, Decision
from zhaoshang.contracts.rules.sheets import Answer, Outcome, Reply, Site, compute, may_decide, read_inputs, reply
from zhaoshang.contracts.standards import APPRAISAL
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import locked

MOST_CONDITIONS, MOST_MEMBERS = 30, 60


class NothingFilledIn(Exception):
    """An appraisal needs at least its total investment."""


class EvidenceMissing(Exception):
    """A veto was answered without what it was looked up in; the name is the veto's."""


class OwnDraft(Exception):
    """Who drafted it does not decide on it."""


class NotNewest(Exception):
    """A later revision or version is there; that one is meant."""


class AlreadyDecided(Exception):
    """The committee has decided on this revision; a new meeting needs a new revision."""


class VetoStands(Exception):
    """A veto that stands leaves only deferral, one not looked into leaves no clean pass."""


class ConditionsMissing(Exception):
    """A conditional pass names its conditions, each with who sees to it and by when; the others have none."""


class MeetingIncomplete(Exception):
    """A meeting has a day that has come, and members."""


def answered(standard: Mapping[str, Any], answers: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """The standard's vetoes, each with its answer (unknown unless given) and evidence."""
    rows = []
    for veto in standard.get("veto", []):
        given, evidence = answers.get(veto["code"], (Answer.UNKNOWN, ""))
        answer = Answer(given) if given in list(Answer) else Answer.UNKNOWN
        rows.append({**veto, "answer": str(answer), "evidence": evidence.strip()[:400]})
    return rows


@transaction.atomic
def draft_appraisal(
    *,
    project: Project,
    site: Site,
    inputs: Mapping[str, str],
    answers: Mapping[str, tuple[str, str]],
    summary: str = "",
    by: User,
    at: datetime,
) -> Appraisal:
    """Keep a revision of the project's appraisal by the standard of the day. ``answers``: veto → (answer, evidence).

    Raises ``BadInput``, :class:`NothingFilledIn`, :class:`EvidenceMissing`, ``NotAllowed``.
    """
    held = locked(project, by, Can.PREPARE_CONTRACT)
    read = read_inputs(inputs)
    if "total" not in read:
        raise NothingFilledIn
    standard = APPRAISAL.on(held.city, timezone.localdate(at))
    vetoes = answered(standard.content, answers)
    for veto in vetoes:
        if veto["answer"] != Answer.UNKNOWN and not veto["evidence"]:
            raise EvidenceMissing(veto["name"])
    lines = [line.plain() for line in compute(standard.content, site, held.industry, read)]
    last = Appraisal.objects.of(held.city_id).filter(project_id=held.pk).aggregate(last=Max("revision"))["last"] or 0
    made: Appraisal = Appraisal.objects.create(
        city=held.city,
        project=held,
        revision=last + 1,
        site=site,
        industry=held.industry,
        inputs=read,
        vetoes=vetoes,
        lines=lines,
        standard=standard.told,
        reply=reply(lines, vetoes),
        summary=summary.strip()[:2000],
        is_sample=held.is_sample,
        drafted_by=by,
        drafted_at=at,
    )
    told: dict[str, Any] = {"revision": made.revision, "reply": made.reply, "standard": standard.told["document"]}
    record("contracts.appraisal.drafted", city=held.city, by=by, at=at, about=held, **told)
    return made


@transaction.atomic
def record_decision(
    *,
    appraisal: Appraisal,
    outcome: Outcome,
    met_on: date,
    members: Sequence[str],
    conditions: Sequence[Mapping[str, str]] = (),
    remarks: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """Record what the committee decided on a project's newest appraisal. ``conditions``: ``text``, ``owner``, ``due_on`` each.

    Raises :class:`OwnDraft`, :class:`NotNewest`, :class:`AlreadyDecided`, :class:`VetoStands`, :class:`ConditionsMissing`,
    :class:`MeetingIncomplete`, ``NotAllowed``.
    """
    held = locked(appraisal.project, by, Can.REVIEW_CONTRACT)
    if same_person(appraisal.drafted_by_id, by):
        raise OwnDraft
    rows = Appraisal.objects.of(held.city_id).filter(project_id=held.pk)
    if rows.filter(revision__gt=appraisal.revision).exists():
        raise NotNewest
    if Decision.objects.of(held.city_id).filter(appraisal_id=appraisal.pk).exists():
        raise AlreadyDecided
    if not may_decide(Reply(appraisal.reply), outcome):
        raise VetoStands
    present = [name.strip()[:40] for name in members if name.strip()][:MOST_MEMBERS]
    if not present or not timezone.localdate(appraisal.drafted_at) <= met_on <= timezone.localdate(at):
        raise MeetingIncomplete
    owed = [_condition(one) for one in conditions if any(str(value).strip() for value in one.values())]
    if (outcome == Outcome.CONDITIONAL) != bool(owed):
        raise ConditionsMissing
    made: Decision = Decision.objects.create(
        city=held.city,
        appraisal=appraisal,
        outcome=outcome,
        met_on=met_on,
        members=present,
        conditions=owed[:MOST_CONDITIONS],
        remarks=remarks.strip()[:1000],
        recorded_by=by,
        recorded_at=at,
    )
    told: dict[str, Any] = {"revision": appraisal.revision, "outcome": str(outcome), "met_on": str(met_on)}
    record("contracts.appraisal.decided", city=held.city, by=by, at=at, about=held, **told)
    return made


def _condition(given: Mapping[str, str]) -> dict[str, str]:
    text, owner = str(given.get("text", "")).strip()[:400], str(given.get("owner", "")).strip()[:80]
    try:
        due_on = date.fromisoformat(str(given.get("due_on", "")))
    except ValueError:
        raise ConditionsMissing from None
    if not text or not owner:
        raise ConditionsMissing
    return {"text": text, "owner": owner, "due_on": due_on.isoformat()}
