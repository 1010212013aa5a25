"""The course of an assessment: computed as a draft, shown to the districts for objections, decided on, final. Nobody types a score."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.assessments.inputs import Inputs, gather, sealed, units_of, values_of
from zhaoshang.assessments.models import Assessment, Computation, Objection, Regulation
from zhaoshang.assessments.rules.scheme import Scheme
from zhaoshang.assessments.rules.scoring import Score, score
from zhaoshang.assessments.rules.states import Occasion, Purpose, State, Verdict
from zhaoshang.common.periods import Period
from zhaoshang.figures.freezing import head_of
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


class NotInForce(Exception):
    """The regulation is a draft, gives no scores, or is not in force at the period's end."""


class WrongState(Exception):
    """The assessment has moved on; the message is its state."""


class BadWindow(ValueError):
    """The window for objections must begin no earlier than the showing and end no earlier than it begins."""


class WindowOpen(Exception):
    """Districts may still object; the message is the last day."""


class Undecided(Exception):
    """Objections wait for a decision; the message is their number."""


class Incomplete(Exception):
    """Scores are open for want of an input, so there is nothing to show; the message names the units."""


def scored(scheme: Scheme, inputs: Inputs, units: list[ReportingUnit]) -> list[dict[str, Any]]:
    """Scores as they are kept: plain JSON, decimals as text."""
    groups = {unit.code: scheme.group_of(unit.code, unit.league_group) for unit in units}
    return [_score_json(one) for one in score(scheme, groups, values_of(inputs))]


def _score_json(one: Score) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "group": one.group,
        "total": None if one.total is None else str(one.total),
        "exact": None if one.exact is None else str(one.exact),
        "rank": one.rank,
        "notes": [note.to_json() for note in one.notes],
        "lines": [
            {
                "no": line.no,
                "points": None if line.points is None else str(line.points),
                "formula": line.formula,
                "note": line.note.to_json() if line.note else None,
                "veto": line.veto,
                "excluded": line.excluded,
            }
            for line in one.lines
        ],
    }


@transaction.atomic
def start_assessment(
    *,
    city: City,
    regulation: Regulation,
    period: Period,
    title: str,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Assessment:
    """A draft for a period, computed at once. Raises :class:`NotInForce`."""
    if regulation.purpose != Purpose.SCORES or not regulation.holds_for(period.last):
        raise NotInForce(regulation.code)
    assessment = Assessment.objects.create(
        city=city,
        title=title,
        regulation=regulation,
        first_month=period.first,
        last_month=period.last,
        is_sample=is_sample,
        drafted_by=by,
        drafted_at=at,
    )
    _compute_draft(assessment, by, at)
    record("assessments.assessment.drafted", city=city, by=by, at=at, about=assessment, period=str(period))
    return assessment


@transaction.atomic
def recompute_assessment(*, assessment: Assessment, by: User, at: datetime) -> Computation:
    """Compute a draft again from the account as it stands now. Raises :class:`WrongState` once it is shown."""
    held = locked(assessment, State.DRAFT)
    made = _compute_draft(held, by, at)
    record(
        "assessments.assessment.recomputed",
        city=held.city,
        by=by,
        at=at,
        about=held,
        number=made.number,
        digest=made.digest,
    )
    return made


@transaction.atomic
def discard_assessment(*, assessment: Assessment, by: User, at: datetime) -> None:
    """Throw a draft away that nobody has been shown. Raises :class:`WrongState`."""
    held = locked(assessment, State.DRAFT)
    computed = Computation.objects.of(held.city_id).filter(assessment=held)
    computed._raw_delete(computed.db)
    drafts = Assessment.objects.of(held.city_id).filter(pk=held.pk)
    drafts._raw_delete(drafts.db)
    record("assessments.assessment.discarded", city=held.city, by=by, at=at, about=held)


@transaction.atomic
def show_assessment(
    *, assessment: Assessment, objections_from: date, objections_until: date, today: date, by: User, at: datetime
) -> Assessment:
    """Show the draft to the districts, as it was computed last, and open the window for objections (both days included).

    Raises :class:`WrongState`, :class:`BadWindow`, :class:`Incomplete`.
    """
    held = locked(assessment, State.DRAFT)
    if not today <= objections_from <= objections_until:
        raise BadWindow
    open_ones = {one["unit"] for one in last_computation(held).scores if one["total"] is None}
    if open_ones:
        units = [unit for unit in units_of(held.city, held.period) if unit.code in open_ones]
        raise Incomplete("、".join(unit.name for unit in units))
    held.state, held.shown_by, held.shown_at = State.SHOWN, by, at
    held.objections_from, held.objections_until = objections_from, objections_until
    held.save(update_fields=["state", "shown_by", "shown_at", "objections_from", "objections_until"])
    record(
        "assessments.assessment.shown", city=held.city, by=by, at=at, about=held,
        objections_from=str(objections_from), objections_until=str(objections_until),
    )  # fmt: skip
    return held


@transaction.atomic
def finish_assessment(*, assessment: Assessment, today: date, by: User, at: datetime) -> Assessment:
    """Make it final: regulation, inputs, scores and decisions are sealed by a digest, and nothing changes any more.

    Raises :class:`WrongState`, :class:`WindowOpen`, :class:`Undecided`.
    """
    held = locked(assessment, State.SHOWN)
    assert held.objections_until is not None
    if today <= held.objections_until:
        raise WindowOpen(held.objections_until)
    objections = list(Objection.objects.of(held.city_id).filter(assessment=held))
    if waiting := sum(1 for one in objections if one.verdict == Verdict.OPEN):
        raise Undecided(waiting)
    last = last_computation(held)
    held.state, held.final_by, held.final_at = State.FINAL, by, at
    held.digest = final_digest(held, last, objections)
    held.save(update_fields=["state", "final_by", "final_at", "digest"])
    record("assessments.assessment.finished", city=held.city, by=by, at=at, about=held, digest=held.digest)
    return held


def final_digest(assessment: Assessment, last: Computation, objections: list[Objection]) -> str:
    """SHA-256 over what a final assessment says; whoever has the rows can compute it again."""
    decided = [[str(one.pk), one.verdict, one.input_key, one.corrected, one.answer] for one in objections]
    return sealed(assessment.regulation.text, str(assessment.period), last.inputs, last.scores, decided)


def locked(assessment: Assessment, state: State) -> Assessment:
    """The row, held until the transaction ends. Raises :class:`WrongState` in any other state."""
    rows = Assessment.objects.of(assessment.city_id).select_for_update().select_related("city", "regulation")
    held: Assessment = rows.get(pk=assessment.pk)
    if held.state != state:
        raise WrongState(held.state)
    return held


def last_computation(assessment: Assessment) -> Computation:
    """The computation that counts."""
    rows = Computation.objects.of(assessment.city_id).filter(assessment=assessment)
    return rows.order_by("-number")[0]  # type: ignore[no-any-return]


def _compute_draft(assessment: Assessment, by: User, at: datetime) -> Computation:
    scheme, units = assessment.regulation.scheme(), units_of(assessment.city, assessment.period)
    inputs = gather(assessment.city, scheme, assessment.period, units)
    return keep_computation(assessment, scheme, inputs, units, Occasion.DRAFT, by, at)


def keep_computation(
    assessment: Assessment,
    scheme: Scheme,
    inputs: Inputs,
    units: list[ReportingUnit],
    occasion: Occasion,
    by: User,
    at: datetime,
) -> Computation:
    """Score the inputs and keep both, with the state of the ledger."""
    scores = scored(scheme, inputs, units)
    seq, digest = head_of(assessment.city)
    before = Computation.objects.of(assessment.city_id).filter(assessment=assessment).count()
    return Computation.objects.create(
        city=assessment.city,
        assessment=assessment,
        number=before + 1,
        occasion=occasion,
        inputs=inputs,
        scores=scores,
        ledger_seq=seq,
        ledger_digest=digest,
        digest=sealed(assessment.regulation.text, inputs, scores),
        made_by=by,
        made_at=at,
    )
