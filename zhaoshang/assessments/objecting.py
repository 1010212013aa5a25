"""A district objects to a line while the assessment is shown; somebody else decides, with reasons. Upheld, the input is put right and all
units are scored again, since one unit's number may move another's points."""

from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from zhaoshang.assessments.assessing import keep_computation, last_computation, locked
from zhaoshang.assessments.entering import checked_number
from zhaoshang.assessments.inputs import Inputs
from zhaoshang.assessments.models import Assessment, Objection
from zhaoshang.assessments.rules.states import InputState, Occasion, State, Verdict
from zhaoshang.capital.models import EvidenceFile
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.regions.models import ReportingUnit


class WindowClosed(Exception):
    """Objections are taken on the days of the window only; the message names them."""


class ReasonMissing(Exception):
    """An objection and its decision need reasons."""


class NoSuchLine(Exception):
    """The regulation has no such article, or the unit is not assessed."""


class NotAnInput(Exception):
    """The article does not rest on this input."""


class OwnObjection(Exception):
    """Who objects does not decide."""


class AlreadyDecided(Exception):
    """Another person has decided this objection."""


@transaction.atomic
def raise_objection(
    *,
    assessment: Assessment,
    unit: ReportingUnit,
    article: str,
    reason: str,
    file: EvidenceFile | None = None,
    today: date,
    by: User,
    at: datetime,
) -> Objection:
    """Object to one line of the unit's sheet. Raises ``WrongState``, :class:`WindowClosed`, :class:`ReasonMissing`, :class:`NoSuchLine`."""
    held = locked(assessment, State.SHOWN)
    assert held.objections_from is not None and held.objections_until is not None
    if not held.objections_from <= today <= held.objections_until:
        raise WindowClosed(f"{held.objections_from} – {held.objections_until}")
    if not reason.strip():
        raise ReasonMissing
    if held.regulation.scheme().line(article) is None or unit.code not in last_computation(held).inputs:
        raise NoSuchLine(article)
    objection = Objection.objects.create(
        city=held.city,
        assessment=held,
        unit=unit,
        article=article,
        reason=reason.strip(),
        file=file,
        raised_by=by,
        raised_at=at,
    )
    record("assessments.objection.raised", city=held.city, by=by, at=at, about=objection, article=article)
    return objection


@transaction.atomic
def reject_objection(*, objection: Objection, answer: str, by: User, at: datetime) -> Objection:
    """The line stays as it is, for these reasons. Raises as :func:`uphold_objection`."""
    held, _assessment = _to_decide(objection, answer, by)
    return _decide(held, Verdict.REJECTED, answer, by, at)


@transaction.atomic
def uphold_objection(
    *, objection: Objection, key: str, corrected: Decimal, answer: str, by: User, at: datetime
) -> Objection:
    """Put one input of the line right, for these reasons, and score all units again.

    Raises :class:`ReasonMissing`, :class:`OwnObjection`, :class:`AlreadyDecided`, :class:`NotAnInput`, ``entering.BadNumber``,
    ``WrongState``.
    """
    held, assessment = _to_decide(objection, answer, by)
    scheme = assessment.regulation.scheme()
    line = scheme.line(held.article)
    if line is None or key not in line.keys:
        raise NotAnInput(key)
    inputs: Inputs = deepcopy(last_computation(assessment).inputs)
    before = inputs[held.unit.code][key]
    held.input_key, held.before = key, before["value"] or ""
    held.corrected = checked_number(corrected, held.unit.name)
    inputs[held.unit.code][key] = {
        "value": held.corrected,
        "state": InputState.CORRECTED,
        "before": before,
        "objection": str(held.pk),
    }
    units = list(ReportingUnit.objects.of(assessment.city).filter(code__in=inputs))
    _decide(held, Verdict.UPHELD, answer, by, at)
    keep_computation(assessment, scheme, inputs, units, Occasion.DECISION, by, at)
    return held


def _to_decide(objection: Objection, answer: str, by: User) -> tuple[Objection, Assessment]:
    rows = Objection.objects.of(objection.city_id).select_for_update().select_related("city", "unit", "assessment")
    held: Objection = rows.get(pk=objection.pk)
    assessment = locked(held.assessment, State.SHOWN)
    if held.verdict != Verdict.OPEN:
        raise AlreadyDecided
    if same_person(held.raised_by_id, by):
        raise OwnObjection
    if not answer.strip():
        raise ReasonMissing
    return held, assessment


def _decide(held: Objection, verdict: Verdict, answer: str, by: User, at: datetime) -> Objection:
    held.verdict, held.answer, held.decided_by, held.decided_at = verdict, answer.strip(), by, at
    held.save(update_fields=["verdict", "answer", "decided_by", "decided_at", "input_key", "before", "corrected"])
    upheld = verdict == Verdict.UPHELD
    record(
        "assessments.objection.upheld" if upheld else "assessments.objection.rejected", city=held.city, by=by, at=at, about=held,
        article=held.article, key=held.input_key, before=held.before, corrected=held.corrected,
    )  # fmt: skip
    return held
