"""What a sweep finds, keeps and settles; explanations take two where figures rest on them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from issued import issued

from zhaoshang.capital import rollup
from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.models import Payment, Total
from zhaoshang.capital.rules import Kind as MoneyKind
from zhaoshang.common.periods import parse_month
from zhaoshang.duties.actions.clocks import answer_clock, start_clock
from zhaoshang.duties.actions.matters import raise_problem
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.queries import DUTIES
from zhaoshang.opportunities.actions.entries import NewEntry, add_entry
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind as Offer
from zhaoshang.people.actions import switch_account
from zhaoshang.projects.actions import NewProject, register_list
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.regions.access import NotAllowed
from zhaoshang.review.findings.keeping import (
    NotWaiting,
    OwnExplanation,
    Swept,
    accept_explanation,
    explain_finding,
    refuse_explanation,
    sweep_findings,
)
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.findings.summary import by_kind
from zhaoshang.review.rules import FindingState
from zhaoshang.rulesets.texts import read_text

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=100)


def swept(cast: Cast, at: datetime = NOW) -> Swept:
    return sweep_findings(city=cast.city, by=cast.statistician, at=at)


def found(cast: Cast, kind: str) -> list[Finding]:
    return list(Finding.objects.of(cast.city).filter(kind=kind).select_related("city").order_by("project__code", "id"))


def states(cast: Cast, kind: str) -> list[str]:
    return [one.state for one in found(cast, kind)]


def give(cast: Cast, project: Project | None = None) -> None:
    team = Team(handler=cast.statistician, leader=cast.leader)
    projects = [project] if project else [cast.plant, cast.harbour]
    reassign(city=cast.city, projects=projects, team=team, reason="示例", by=cast.statistician, at=NOW)


def test_totals_that_are_not_the_payments_are_found_whatever_the_rules_say_and_settled_when_made_anew(
    cast: Cast,
) -> None:
    cast.verified()
    swept(cast)
    assert found(cast, "totals") == []
    Total.objects.of(cast.city).filter(facet="").update(amount_fen=YI // 2)
    swept(cast)
    told = [
        (one.key, one.facts["count"], one.facts["stored_fen"], one.facts["true_fen"]) for one in found(cast, "totals")
    ]
    assert told == [("2023-03", 1, YI // 2, YI)]
    rollup.rebuild(cast.city)
    swept(cast)
    assert states(cast, "totals") == [FindingState.FIXED]


def test_the_same_city_swept_twice_is_as_it_was(cast: Cast) -> None:
    first = swept(cast)
    before = list(Finding.objects.of(cast.city).values())
    again = swept(cast)
    assert (first.fresh > 0, again.fresh, again.gone, again.found) == (True, 0, 0, first.found)
    assert list(Finding.objects.of(cast.city).values()) == before


def test_a_stall_has_its_handler_and_goes_when_a_note_comes(cast: Cast) -> None:
    give(cast)
    swept(cast)
    one = found(cast, "stall_note")[0]
    assert (one.owner, one.facts["last"], one.superior) == (cast.statistician, "2023-01-10", "")
    assert one.at_stake_fen == cast.plant.contract_fen
    assert one.due_on == date(2023, 4, 11)
    note_progress(project=cast.plant, on=date(2023, 4, 1), text="示例进展", by=cast.officer, at=NOW)
    assert swept(cast, NOW + timedelta(hours=1)).gone == 1
    assert states(cast, "stall_note") == [FindingState.FIXED, FindingState.OPEN]


def test_a_long_stall_is_told_to_the_leaders(cast: Cast) -> None:
    swept(cast, LATER)
    assert {one.superior for one in found(cast, "stall_note")} == {"leader"}


def test_no_money_for_three_months_is_found_and_money_settles_it(cast: Cast) -> None:
    swept(cast, LATER)
    assert [one.project for one in found(cast, "stall_money")] == [cast.plant, cast.harbour]
    cast.verified(paid_on=date(2023, 3, 31))
    swept(cast, NOW + timedelta(days=60))
    assert states(cast, "stall_money") == [FindingState.FIXED, FindingState.OPEN]
    swept(cast, LATER)
    assert [(one.state, one.times) for one in found(cast, "stall_money")] == [("open", 2), ("open", 1)]


@pytest.mark.parametrize("fen", [50 * YI, YI // 30_000])
def test_ten_thousand_times_too_large_or_too_small_for_the_contract(cast: Cast, fen: int) -> None:
    payment = cast.declared(amount_fen=fen)
    swept(cast)
    assert [one.href_id for one in found(cast, "slip")] == [str(payment.pk)]


def test_ten_thousand_times_the_projects_other_payments(cast: Cast) -> None:
    odd = cast.declared(amount_fen=YI)
    for _ in range(2):
        cast.declared(amount_fen=YI // 10_000)
    swept(cast)
    mixed = [one for one in found(cast, "slip") if one.facts["than"] == "others"]
    assert [one.href_id for one in mixed] == [str(odd.pk)]


def test_more_than_the_contract(cast: Cast) -> None:
    cast.verified(amount_fen=3 * YI)
    swept(cast)
    assert found(cast, "over_contract") == []
    cast.declared(amount_fen=3 * YI)
    swept(cast)
    assert [one.facts for one in found(cast, "over_contract")] == [{"amount_fen": 6 * YI, "contract_fen": 5 * YI}]


@pytest.mark.case("F20")
def test_a_month_filled_on_its_last_day(cast: Cast) -> None:
    for number in range(3):
        cast.declared(paid_on=date(2023, 3, 31), amount_fen=YI + number)
    swept(cast)
    (one,) = found(cast, "last_day")
    assert (one.unit, one.href_id) == (cast.east, "unit=east&month=2023-03")


@pytest.mark.case("F22")
def test_the_same_amount_out_and_back(cast: Cast) -> None:
    gone = cast.verified()
    march = parse_month("2023-03")
    declare_opposite(payment=gone, amount_fen=YI, report_month=march, reason="示例", by=cast.officer, at=NOW)
    swept(cast)
    assert found(cast, "round_trip") == []
    back = cast.declared(paid_on=date(2023, 3, 20))
    swept(cast)
    assert [one.href_id for one in found(cast, "round_trip")] == [str(back.pk)]


def test_one_slip_told_twice_under_two_numbers(cast: Cast) -> None:
    cast.declared()
    second = cast.declared(project=cast.harbour, by=cast.other_officer)
    swept(cast)
    assert [(one.href_id, one.unit) for one in found(cast, "same_slip")] == [(str(second.pk), cast.west)]


def test_declared_without_evidence(cast: Cast) -> None:
    payment = cast.declared(with_evidence=False, kind=MoneyKind.FIXED_ASSETS)
    swept(cast)
    assert [(one.href_id, one.facts["lacks"]) for one in found(cast, "missing_evidence")] == [
        (str(payment.pk), [["bank_receipt", "progress_sheet"]])
    ]


def test_orphans_are_found_and_reassigning_settles_them(cast: Cast) -> None:
    reassign(
        city=cast.city, projects=[cast.plant], team=Team(handler=cast.officer, leader=cast.leader), reason="示例",
        by=cast.statistician, at=NOW,
    )  # fmt: skip
    switch_account(city=cast.city, user=cast.officer, active=False, by=cast.security, at=NOW)
    swept(cast)
    assert (states(cast, "orphan"), states(cast, "unassigned")) == (["open"], ["open"])
    give(cast, cast.plant)
    swept(cast)
    assert states(cast, "orphan") == ["fixed"]


def test_late_clocks_and_matters_rise_to_the_superior(cast: Cast) -> None:
    clock = start_clock(
        city=cast.city, kind="lead_answer", subject="示例线索", href_name="desk:project", subject_id="x", unit=cast.east,
        by=cast.officer, at=NOW,
    )  # fmt: skip
    raise_problem(project=cast.plant, text="示例", level="unit", by=cast.officer, at=NOW)
    for days, superiors in ((2, ["unit"]), (7, ["bureau"]), (30, ["leader"])):
        swept(cast, NOW + timedelta(days=days + 1))
        assert [one.superior for one in found(cast, "clock")] == superiors, days
    assert states(cast, "matter") == ["open"]
    answer_clock(clock=clock, answer="示例", by=cast.officer, at=LATER)
    swept(cast, LATER)
    assert states(cast, "clock") == ["fixed"]


def explained(cast: Cast) -> Finding:
    cast.verified(amount_fen=4 * YI)
    cast.declared(amount_fen=2 * YI)
    swept(cast)
    (one,) = found(cast, "over_contract")
    return explain_finding(finding=one, text="示例：补充协议在办", by=cast.officer, at=NOW)


def test_an_explanation_of_figures_takes_two(cast: Cast) -> None:
    one = explained(cast)
    assert one.state == FindingState.EXPLAINED
    with pytest.raises(NotAllowed):
        accept_explanation(finding=one, by=cast.leader, at=NOW)
    back = refuse_explanation(finding=one, text="示例：请附协议", by=cast.verifier, at=NOW)
    own = explain_finding(finding=back, text="示例", by=cast.statistician, at=NOW)
    with pytest.raises(OwnExplanation):
        accept_explanation(finding=own, by=cast.statistician, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.of(cast.city).filter(pk=one.pk).update(state="closed", settled_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        wrong = {"state": "closed", "settled_at": NOW, "accepted_by": cast.statistician}
        Finding.objects.of(cast.city).filter(pk=one.pk).update(**wrong)
    assert accept_explanation(finding=own, by=cast.verifier, at=NOW).state == FindingState.CLOSED
    with pytest.raises(NotWaiting):
        explain_finding(finding=own, text="x", by=cast.officer, at=NOW)


def test_an_accepted_explanation_holds_until_what_it_stood_on_changes(cast: Cast) -> None:
    accept_explanation(finding=explained(cast), by=cast.verifier, at=NOW)
    swept(cast)
    assert states(cast, "over_contract") == ["closed"]
    cast.declared(amount_fen=YI)
    swept(cast)
    assert [(one.state, one.times, one.accepted_by) for one in found(cast, "over_contract")] == [("open", 2, None)]


def test_another_unit_explains_nothing(cast: Cast) -> None:
    swept(cast)
    one = next(one for one in found(cast, "unassigned") if one.unit == cast.east)
    with pytest.raises(NotAllowed):
        explain_finding(finding=one, text="x", by=cast.other_officer, at=NOW)
    assert explain_finding(finding=one, text="示例", by=cast.officer, at=NOW).state == FindingState.CLOSED


def test_a_kind_without_numbers_is_not_looked_for_and_what_it_found_is_settled(cast: Cast) -> None:
    swept(cast)
    assert states(cast, "unassigned") == ["open", "open"]
    issued(cast, DUTIES, read_text(DUTIES.sample_text.replace("[finding.unassigned]\ndays = 10\n", "")))
    swept(cast)
    assert states(cast, "unassigned") == ["fixed", "fixed"]


def _many(cast: Cast, first: int, number: int) -> None:
    new = [
        NewProject(code=f"8-{n}", name=f"示例{n}", source_code="310000", industry="C", contract_fen=6 * YI,
                   signed_on=date(2022, 6, 1), source="示例")
        for n in range(first, first + number)
    ]  # fmt: skip
    register_list(
        city=cast.city, rows=[(cast.east, cast.plant.enterprise, one) for one in new], by=cast.statistician, at=NOW
    )
    for place, one in enumerate(new[:8]):
        project = Project.objects.of(cast.city).select_related("city", "unit").get(code=one.code)
        cast.declared(project=project, amount_fen=7 * YI + first + place, with_evidence=False)


def _queries(cast: Cast, **options: Any) -> int:
    with CaptureQueriesContext(connection) as made:
        swept(cast, **options)
    return len(made)


def test_a_sweep_asks_the_same_of_a_city_ten_times_as_large(cast: Cast) -> None:
    asked = []
    for first, number in ((0, 10), (100, 100)):
        _many(cast, first, number)
        swept(cast)
        asked.append(_queries(cast))
    assert (asked[0], Payment.objects.of(cast.city).count()) == (asked[1], 16)


def test_a_published_entry_past_its_day_is_its_stewards(cast: Cast) -> None:
    new = NewEntry(
        kind=Offer.PARCEL, title="示例地块", unit=cast.east, steward=cast.officer, expires_on=date(2023, 4, 30)
    )  # fmt: skip
    one = add_entry(city=cast.city, new=new, by=cast.officer, at=NOW)
    swept(cast, LATER)
    assert found(cast, "expired") == []
    Opportunity.objects.of(cast.city).update(published_at=NOW)
    swept(cast, NOW)
    assert found(cast, "expired") == []
    swept(cast, LATER)
    assert [(two.owner, two.href_id) for two in found(cast, "expired")] == [(one.steward, one.code)]


def test_what_older_books_hold_as_landed_before_the_ledger_began_is_no_stall(cast: Cast) -> None:
    """The third had landed too, but is followed as a building site; the ledger begins in 2023."""
    shared = {"source_code": "110000", "industry": "C", "contract_fen": 9 * YI, "source": "示例旧账"}
    days = {"signed_on": date(2018, 1, 5), "landed_on": date(2018, 6, 5)}
    rows = [NewProject(code="H-1", name="示例旧账甲", **shared, **days)]  # type: ignore[arg-type]
    rows += [NewProject(code="H-2", name="示例旧账乙", reserved_on=date(2018, 7, 1), **shared, **days)]  # type: ignore[arg-type]
    told = [(cast.east, cast.plant.enterprise, one) for one in rows]
    register_list(city=cast.city, rows=told, by=cast.statistician, at=NOW)
    swept(cast, LATER)
    for kind in ("stall_note", "stall_money"):
        codes = {one.project.code for one in found(cast, kind)}
        assert "H-1" not in codes and "H-2" in codes


def test_the_gravest_kinds_come_first_and_the_costliest_among_equals(cast: Cast) -> None:
    cast.declared(amount_fen=9 * YI)
    swept(cast, LATER)
    piles = by_kind(Finding.objects.of(cast.city))
    assert piles[0].kind in {"over_contract", "missing_evidence", "slip"}
    stalls = {one.kind: (one.count, one.for_leaders) for one in piles if one.kind.startswith("stall")}
    assert stalls["stall_note"] == (2, 2)
    assert sum(one.count for one in piles) == Finding.objects.of(cast.city).count()
