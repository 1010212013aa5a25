"""The course of an assessment: draft, shown, objections, decisions, final; by hand the scores are

2023Q1: 东山区 9 of 30 = 30 % → 60 of 60, greatest → 40 of 40: 100. 西海区 3 of 20 = 15 % → 36, least → 24: 60.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from cast import NOW, YI, Cast

from assessments import city
from assessments.city import TODAY, UNTIL, inspected, issued, shown, started
from zhaoshang.assessments import assessing, objecting
from zhaoshang.assessments.models import Assessment, Computation, Objection
from zhaoshang.assessments.queries import result_of
from zhaoshang.assessments.rules.states import InputState, State, Verdict
from zhaoshang.capital.evidence import store
from zhaoshang.common.periods import parse_month
from zhaoshang.people.models import Event

AFTER = date(2023, 4, 11)


def scores(assessment: Assessment) -> dict[str, tuple[str | None, int | None]]:
    """Unit → published score and place."""
    return {row["unit"]: (row["total"], row["rank"]) for row in result_of(assessment).last.scores}


def objection(cast: Cast, assessment: Assessment, article: str = "三", **changes: Any) -> Objection:
    given: dict[str, Any] = {
        "unit": cast.east, "reason": "督查一次已整改销号", "today": TODAY, "by": cast.officer, "at": NOW,
    }  # fmt: skip
    return objecting.raise_objection(assessment=assessment, article=article, **given | changes)


def upheld(cast: Cast, one: Objection, corrected: int = 1, **changes: Any) -> Objection:
    given: dict[str, Any] = {
        "key": "entered.inspection", "corrected": Decimal(corrected), "answer": "经核实属实", "by": cast.statistician, "at": NOW,
    }  # fmt: skip
    return objecting.uphold_objection(objection=one, **given | changes)


def finished(cast: Cast, assessment: Assessment, today: date = AFTER) -> Assessment:
    return assessing.finish_assessment(assessment=assessment, today=today, by=cast.statistician, at=NOW)


def test_a_draft_is_scored_from_the_account(assessed: Cast) -> None:
    assert scores(started(assessed)) == {"east": ("100.00", 1), "west": ("60.00", 2)}


def test_every_point_shows_inputs_and_formula(assessed: Cast) -> None:
    last = result_of(started(assessed)).last
    assert [line["formula"] for line in last.scores[1]["lines"]] == [
        "60 × min(15 ÷ 25, 100%) = 36",
        "(3 - 3) ÷ (9 - 3) × 40 + 60 = 60; 60 × 40% = 24",
        "-min(0 × 2, 5) = 0",
    ]
    given = last.inputs["west"]
    assert (given["capital_in_place.of_year"]["value"], given["capital_in_place.of_year"]["figure"]["period"]) == (
        "15",
        "2023Q1",
    )
    assert given["entered.inspection"]["state"] == InputState.ABSENT


def test_an_entered_number_counts_with_its_document(assessed: Cast) -> None:
    inspected(assessed, 2)
    draft = started(assessed)
    assert scores(draft)["east"] == ("96.00", 1)
    assert result_of(draft).last.inputs["east"]["entered.inspection"]["document"] == "示例督查〔2023〕1号"


def test_a_draft_follows_the_account_and_a_shown_one_does_not(assessed: Cast) -> None:
    draft = started(assessed)
    assessed.verified(
        report_month=parse_month("2023-03"), project=assessed.harbour, by=assessed.other_officer, amount_fen=2 * YI
    )
    assessing.recompute_assessment(assessment=draft, by=assessed.statistician, at=NOW)
    assert scores(draft)["west"] == ("84.00", 2)
    seen = assessing.show_assessment(
        assessment=draft, objections_from=TODAY, objections_until=UNTIL, today=TODAY, by=assessed.statistician, at=NOW
    )
    assessed.verified(report_month=parse_month("2023-03"), project=assessed.harbour, by=assessed.other_officer)
    assert scores(seen)["west"] == ("84.00", 2)
    with pytest.raises(assessing.WrongState):
        assessing.recompute_assessment(assessment=seen, by=assessed.statistician, at=NOW)


def test_a_missing_target_leaves_the_score_open_and_keeps_it_from_being_shown(assessed: Cast) -> None:
    text = city.SCORES.replace("capital_in_place.of_year", "signed_projects.of_year")
    open_one = started(assessed, issued(assessed, text=text))
    assert scores(open_one) == {"east": (None, None), "west": (None, None)}
    note = result_of(open_one).last.inputs["east"]["signed_projects.of_year"]["note"]
    assert note["template"] == "没有下达年度目标"
    with pytest.raises(assessing.Incomplete, match="东山区、西海区"):
        shown(assessed, issued(assessed, "other", text=text))


def test_refused_growth_is_an_explained_gap(assessed: Cast) -> None:
    """2022 has no base of 2021: growth is refused, never nought."""
    text = city.SCORES.replace("capital_in_place.of_year", "capital_outside.growth").replace("full = 25", "full = 10")
    regulation = issued(assessed, text=text, valid_from=parse_month("2022-01"))
    draft = assessing.start_assessment(
        city=assessed.city, regulation=regulation, period=city.Period.parse("2022Q1"), title="示例", by=assessed.statistician, at=NOW
    )  # fmt: skip
    given = result_of(draft).last.inputs["east"]["capital_outside.growth"]
    assert (given["value"], "没有按" in given["note"]["template"]) == (None, True)


def test_an_upheld_objection_corrects_the_input_and_scores_everybody_again(assessed: Cast) -> None:
    inspected(assessed, 2)
    seen = shown(assessed)
    decided = upheld(assessed, objection(assessed, seen))
    assert (decided.verdict, decided.before, decided.corrected) == (Verdict.UPHELD, "2", "1")
    assert scores(seen)["east"] == ("98.00", 1)
    result = result_of(seen)
    assert result.last.inputs["east"]["entered.inspection"]["before"]["value"] == "2"
    assert (result.first.number, result.last.number) == (1, 2)


def test_one_units_correction_may_move_anothers_points(assessed: Cast) -> None:
    seen = shown(assessed)
    one = objection(assessed, seen, article="二")
    upheld(assessed, one, corrected=15, key="capital_in_place.value")
    assert scores(seen) == {"east": ("100.00", 1), "west": ("60.00", 2)}
    other = objection(assessed, seen, article="二", unit=assessed.west, by=assessed.other_officer)
    upheld(assessed, other, corrected=9, key="capital_in_place.value")
    assert scores(seen)["west"] == ("60.00", 2)


def test_a_rejected_objection_changes_no_score_and_keeps_its_reason(assessed: Cast) -> None:
    seen = shown(assessed)
    one = objecting.reject_objection(
        objection=objection(assessed, seen), answer="文件所列属实", by=assessed.statistician, at=NOW
    )
    assert (one.verdict, one.answer, result_of(seen).last.number) == (Verdict.REJECTED, "文件所列属实", 1)


def test_who_objects_never_decides(assessed: Cast) -> None:
    one = objection(assessed, shown(assessed), by=assessed.statistician)
    with pytest.raises(objecting.OwnObjection):
        objecting.reject_objection(objection=one, answer="示例", by=assessed.statistician, at=NOW)
    with pytest.raises(objecting.OwnObjection):
        upheld(assessed, one)


def test_an_objection_is_decided_once(assessed: Cast) -> None:
    one = objection(assessed, shown(assessed))
    upheld(assessed, one)
    with pytest.raises(objecting.AlreadyDecided):
        objecting.reject_objection(objection=one, answer="示例", by=assessed.second_statistician, at=NOW)


@pytest.mark.parametrize("today", [date(2023, 4, 2), date(2023, 4, 11)])
def test_objections_are_taken_in_the_window_only(assessed: Cast, today: date) -> None:
    with pytest.raises(objecting.WindowClosed):
        objection(assessed, shown(assessed), today=today)


def test_an_objection_names_a_line_and_gives_a_reason_and_may_carry_a_file(assessed: Cast) -> None:
    seen = shown(assessed)
    with pytest.raises(objecting.NoSuchLine):
        objection(assessed, seen, article="九")
    with pytest.raises(objecting.ReasonMissing):
        objection(assessed, seen, reason=" ")
    paper = store(city=assessed.city, content=b"%PDF-1.4\n% a\n%%EOF\n", name="a.pdf", by=assessed.officer, at=NOW)
    assert objection(assessed, seen, file=paper).file == paper


def test_a_decision_may_only_touch_an_input_of_the_line(assessed: Cast) -> None:
    with pytest.raises(objecting.NotAnInput):
        upheld(assessed, objection(assessed, shown(assessed)), key="capital_in_place.value")


def test_nothing_becomes_final_before_the_window_ends_or_with_objections_open(assessed: Cast) -> None:
    seen = shown(assessed)
    with pytest.raises(assessing.WindowOpen):
        finished(assessed, seen, UNTIL)
    objection(assessed, seen)
    with pytest.raises(assessing.Undecided):
        finished(assessed, seen)


def test_a_final_assessment_can_be_proved_and_never_moves_again(assessed: Cast) -> None:
    inspected(assessed, 2)
    seen = shown(assessed)
    upheld(assessed, objection(assessed, seen))
    final = finished(assessed, seen)
    objections = list(Objection.objects.of(assessed.city))
    assert final.digest == assessing.final_digest(final, result_of(final).last, objections)
    before = scores(final)
    inspected(assessed, 9)
    assert scores(final) == before
    for again in (lambda: objection(assessed, final), lambda: finished(assessed, final)):
        with pytest.raises(assessing.WrongState):
            again()


def test_a_draft_may_be_thrown_away_and_a_shown_one_not(assessed: Cast) -> None:
    assessing.discard_assessment(assessment=started(assessed), by=assessed.statistician, at=NOW)
    assert not Computation.objects.of(assessed.city).exists()
    with pytest.raises(assessing.WrongState):
        assessing.discard_assessment(
            assessment=shown(assessed, issued(assessed, "other")), by=assessed.statistician, at=NOW
        )


def test_the_window_never_begins_before_the_showing(assessed: Cast) -> None:
    for first, last in ((date(2023, 4, 2), UNTIL), (UNTIL, TODAY)):
        with pytest.raises(assessing.BadWindow):
            assessing.show_assessment(
                assessment=started(assessed, issued(assessed, f"code-{first.day}")), objections_from=first, objections_until=last,
                today=TODAY, by=assessed.statistician, at=NOW,
            )  # fmt: skip


def test_a_draft_regulation_assesses_nobody(assessed: Cast) -> None:
    later = issued(assessed, "later", valid_from=parse_month("2024-01"))
    for regulation in (city.drafted(assessed), issued(assessed, "lights", city.LIGHTS), later):
        with pytest.raises(assessing.NotInForce):
            started(assessed, regulation)


def test_every_step_is_in_the_diary(assessed: Cast) -> None:
    inspected(assessed, 2)
    seen = shown(assessed)
    upheld(assessed, objection(assessed, seen))
    finished(assessed, seen)
    verbs = Event.objects.filter(city=assessed.city, verb__startswith="assessments.").order_by("id")
    assert [one.verb.removeprefix("assessments.") for one in verbs] == [
        "input.entered", "regulation.drafted", "regulation.issued", "assessment.drafted", "assessment.shown",
        "objection.raised", "objection.upheld", "assessment.finished",
    ]  # fmt: skip


def test_states_are_as_they_should_be(assessed: Cast) -> None:
    assert [one.state for one in (started(assessed), shown(assessed, issued(assessed, "b")))] == [
        State.DRAFT,
        State.SHOWN,
    ]
