"""What the database refuses by itself, whoever asks: on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import date

from cast import NOW, Cast
from django.db import DatabaseError, transaction

from assessments.city import LIGHTS, drafted, inspected, issued, shown, started
from assessments.test_course import finished, objection, upheld
from zhaoshang.assessments.lighting import compute_lights, explain_light
from zhaoshang.assessments.models import (
    Assessment,
    Computation,
    EnteredInput,
    Light,
    LightNote,
    Objection,
    Regulation,
)
from zhaoshang.common.periods import parse_month


def refused(act: Callable[[], object]) -> bool:
    """Whether the database itself refuses."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_an_issued_regulation_never_changes(assessed: Cast) -> None:
    regulation = issued(assessed)
    rows = Regulation.objects.of(assessed.city).filter(pk=regulation.pk)
    for change in (
        {"text": "x"},
        {"title": "x"},
        {"document": "x"},
        {"valid_from": 1},
        {"issued_at": None, "issued_by": None},
    ):
        assert refused(lambda change=change: rows.update(**change)), change  # type: ignore[misc]
    assert refused(lambda: rows._raw_delete(rows.db))


def test_a_replaced_regulation_ends_once(assessed: Cast) -> None:
    first = issued(assessed)
    issued(assessed, "next", valid_from=parse_month("2023-03"), replaces=first)
    rows = Regulation.objects.of(assessed.city).filter(pk=first.pk)
    assert rows.get().valid_to == parse_month("2023-02")
    assert refused(lambda: rows.update(valid_to=None))


def test_a_draft_regulation_may_change(assessed: Cast) -> None:
    rows = Regulation.objects.of(assessed.city).filter(pk=drafted(assessed).pk)
    assert not refused(lambda: rows.update(title="x"))


def test_entered_numbers_stay(assessed: Cast) -> None:
    inspected(assessed, 2)
    rows = EnteredInput.objects.of(assessed.city)
    assert refused(lambda: rows.update(value="0")) and refused(lambda: rows._raw_delete(rows.db))


def test_a_result_is_never_touched(assessed: Cast) -> None:
    shown(assessed)
    rows = Computation.objects.of(assessed.city)
    assert refused(lambda: rows.update(scores=[])) and refused(lambda: rows.update(inputs={}))
    assert refused(lambda: rows._raw_delete(rows.db))


def test_an_assessment_moves_one_step_at_a_time_and_never_back(assessed: Cast) -> None:
    draft = started(assessed)
    rows = Assessment.objects.of(assessed.city).filter(pk=draft.pk)
    sealed = {"state": "final", "final_by": assessed.statistician, "final_at": NOW, "digest": "0" * 64}
    window = {"objections_from": date(2023, 4, 3), "objections_until": date(2023, 4, 10)}
    assert refused(lambda: rows.update(**sealed, shown_by=assessed.statistician, shown_at=NOW, **window))
    assert refused(lambda: rows.update(title="x"))
    seen = shown(assessed, issued(assessed, "b"))
    rows = Assessment.objects.of(assessed.city).filter(pk=seen.pk)
    assert refused(lambda: rows.update(objections_until=date(2030, 1, 1)))
    assert refused(
        lambda: rows.update(state="draft", shown_by=None, shown_at=None, objections_from=None, objections_until=None)
    )
    assert refused(lambda: rows._raw_delete(rows.db))


def test_a_final_assessment_never_changes(assessed: Cast) -> None:
    final = finished(assessed, shown(assessed))
    rows = Assessment.objects.of(assessed.city).filter(pk=final.pk)
    assert refused(lambda: rows.update(digest="1" * 64)) and refused(lambda: rows.update(final_at=NOW, title="x"))
    made = Computation.objects.of(assessed.city).get(assessment=final)
    made.pk, made.number = None, 2
    assert refused(lambda: Computation.objects.bulk_create([made]))


def test_no_assessment_becomes_final_with_an_objection_open(assessed: Cast) -> None:
    seen = shown(assessed)
    objection(assessed, seen)
    rows = Assessment.objects.of(assessed.city).filter(pk=seen.pk)
    assert refused(lambda: rows.update(state="final", final_by=assessed.statistician, final_at=NOW, digest="0" * 64))


def test_an_objection_is_raised_while_shown_and_decided_once_by_another(assessed: Cast) -> None:
    seen = shown(assessed)
    one = objection(assessed, seen)
    rows = Objection.objects.of(assessed.city).filter(pk=one.pk)
    own = {"verdict": "rejected", "answer": "x", "decided_by": assessed.officer, "decided_at": NOW}
    assert refused(lambda: rows.update(**own)) and refused(lambda: rows.update(reason="x"))
    upheld(assessed, one)
    assert refused(lambda: rows.update(answer="x")) and refused(lambda: rows._raw_delete(rows.db))
    final = finished(assessed, seen)
    late = Objection(
        city=assessed.city,
        assessment=final,
        unit=assessed.east,
        article="一",
        reason="x",
        raised_by=assessed.officer,
        raised_at=NOW,
    )
    assert refused(lambda: late.save(force_insert=True))


def test_nobody_sets_a_colour(assessed: Cast) -> None:
    compute_lights(
        regulation=issued(assessed, "lights", LIGHTS), month=parse_month("2023-03"), by=assessed.statistician, at=NOW
    )
    rows = Light.objects.of(assessed.city)
    assert refused(lambda: rows.update(colour="green")) and refused(lambda: rows._raw_delete(rows.db))
    explain_light(light=rows.select_related("city", "unit")[0], text="示例", by=assessed.officer, at=NOW)
    notes = LightNote.objects.of(assessed.city)
    assert refused(lambda: notes.update(text="x")) and refused(lambda: notes._raw_delete(notes.db))
