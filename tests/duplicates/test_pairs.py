"""Asked at entry, decided by the bureau, counted once, taken back; and the search through all projects."""

from dataclasses import replace
from datetime import date

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.test import Client

from duplicates.alike import AGAIN, FIRST, pair_of, registered
from zhaoshang.capital.actions import ProjectClosed
from zhaoshang.common.periods import Period
from zhaoshang.lookup.models import Entry, Piece
from zhaoshang.people.models import Event
from zhaoshang.plans.actions import add_campaign, tag_projects
from zhaoshang.plans.queries import campaigns_of_projects
from zhaoshang.projects.models import Project
from zhaoshang.projects.queries import milestone_counts
from zhaoshang.projects.rules import Milestone
from zhaoshang.review.deciding import AlreadyMerged, PairReasonMissing, decide_pair, keep_pairs, pairs_of
from zhaoshang.review.models import DuplicatePair, PairDecision
from zhaoshang.review.registering import LooksAlike, deciders
from zhaoshang.review.rules import PairState, SweepState
from zhaoshang.review.sweeps import AlreadySweeping, ask_sweep

MARCH = Period.parse("2023Q1")


def decide(cast: Cast, pair: DuplicatePair, verdict: PairState, reason: str = "同一块地、同一合同") -> DuplicatePair:
    return decide_pair(pair=pair, verdict=verdict, reason=reason, by=cast.statistician, at=NOW)


@pytest.mark.case("F16")
def test_a_project_that_the_city_may_have_is_not_registered_without_a_reason(cast: Cast) -> None:
    first = registered(cast)
    with pytest.raises(LooksAlike) as refusal:
        registered(cast, AGAIN, cast.west)
    assert [like.project_id for like in refusal.value.likes] == [first.pk]
    assert not Project.objects.of(cast.city).filter(code=AGAIN.code).exists()


def test_registered_nevertheless_the_pair_waits_with_the_reason(cast: Cast) -> None:
    pair = pair_of(cast)
    assert (pair.state, pair.first.code, pair.second.code) == (PairState.OPEN, FIRST.code, AGAIN.code)
    assert PairDecision.objects.of(cast.city).get(pair=pair).reason == "另一块地"
    assert Event.objects.of(cast.city).filter(verb="review.pair.registered_nevertheless").count() == 1


def test_another_project_is_registered_without_a_question(cast: Cast) -> None:
    registered(cast)
    other = replace(
        FIRST, code="2023-0103", name="示例博清拉海上风电项目", investor="示例博清拉投资有限公司", industry="D"
    )
    assert registered(cast, other).pk


@pytest.mark.case("F16")
def test_what_is_one_is_counted_once_and_again_as_two_when_taken_back(cast: Cast) -> None:
    pair = pair_of(cast)
    before = milestone_counts(cast.city, Milestone.SIGNED, MARCH)[cast.east.pk]
    decide(cast, pair, PairState.SAME)
    assert milestone_counts(cast.city, Milestone.SIGNED, MARCH)[cast.east.pk] == before - 1
    decide(cast, pair, PairState.OPEN, "现场核实是两块地")
    assert milestone_counts(cast.city, Milestone.SIGNED, MARCH)[cast.east.pk] == before
    verbs = Event.objects.of(cast.city).filter(verb__startswith="review.pair.").values_list("verb", flat=True)
    assert {"review.pair.merged", "review.pair.reopened"} <= set(verbs)


def test_money_is_not_declared_for_a_closed_project(cast: Cast) -> None:
    pair = pair_of(cast)
    decide(cast, pair, PairState.SAME)
    with pytest.raises(ProjectClosed):
        cast.declared(project=pair.second)
    assert cast.declared(project=pair.first).project_id == pair.first_id


def test_the_kept_project_takes_over_campaigns_and_gives_them_back(cast: Cast) -> None:
    pair = pair_of(cast)
    campaign = add_campaign(
        city=cast.city, code="hundred", year=2023, document="示例〔2023〕1号", name="示例百日行动", starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31), is_sample=True, by=cast.statistician, at=NOW,
    )  # fmt: skip
    tag_projects(campaign=campaign, projects=[pair.second], by=cast.statistician, at=NOW)
    decide(cast, pair, PairState.SAME)
    assert campaigns_of_projects(cast.city, [pair.first]) == {pair.first_id: [campaign]}
    decide(cast, pair, PairState.DIFFERENT)
    assert campaigns_of_projects(cast.city, [pair.first]) == {}


def test_a_project_is_closed_into_one_other_only(cast: Cast) -> None:
    pair = pair_of(cast)
    third = registered(cast, replace(AGAIN, code="2023-0104"), nevertheless="第三块地")
    decide(cast, pair, PairState.SAME)
    to_closed = next(one for one in pairs_of(cast.city, third) if one.first_id == pair.second_id)
    with pytest.raises(AlreadyMerged):
        decide(cast, to_closed, PairState.SAME)


def test_a_decision_needs_a_reason_and_is_never_rewritten(cast: Cast) -> None:
    pair = pair_of(cast)
    with pytest.raises(PairReasonMissing):
        decide(cast, pair, PairState.DIFFERENT, "  ")
    decide(cast, pair, PairState.DIFFERENT)
    with pytest.raises(DatabaseError), transaction.atomic():
        PairDecision.objects.of(cast.city).update(reason="改写")


def test_a_sweep_finds_what_stands_and_asks_nothing_twice(cast: Cast) -> None:
    pair = pair_of(cast)
    decide(cast, pair, PairState.DIFFERENT)
    registered(cast, replace(AGAIN, code="2023-0104"), cast.west, nevertheless="第三块地")
    done = ask_sweep(city=cast.city, by=cast.statistician, at=NOW)
    assert (done.state, done.found, done.fresh) == (SweepState.DONE, 3, 0)
    assert DuplicatePair.objects.of(cast.city).get(pk=pair.pk).state == PairState.DIFFERENT


def test_a_sweep_leaves_out_what_is_closed(cast: Cast) -> None:
    decide(cast, pair_of(cast), PairState.SAME)
    assert ask_sweep(city=cast.city, by=cast.statistician, at=NOW).found == 0


@pytest.mark.case("G7")
def test_one_sweep_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoshang.review.sweeps.run_sweep", lambda asked: None)
    ask_sweep(city=cast.city, by=cast.statistician, at=NOW)
    with pytest.raises(AlreadySweeping):
        ask_sweep(city=cast.city, by=cast.statistician, at=NOW)


def test_an_open_pair_takes_the_newest_points(cast: Cast) -> None:
    pair = pair_of(cast)
    points = [{"code": "same_investor", "points": 99, "params": {}}]
    assert keep_pairs(cast.city, [(pair.second, pair.first, 99, points)], "later", NOW) == 0
    assert DuplicatePair.objects.of(cast.city).get(pk=pair.pk).score == 99


def test_those_to_be_called_are_those_who_decide(cast: Cast) -> None:
    assert set(deciders(cast.city)) == {cast.statistician, cast.second_statistician}


def test_names_from_before_the_index_come_in_with_the_first_sweep(cast: Cast, client: Client) -> None:
    registered(cast)
    for rows in (Piece.objects.of(cast.city), Entry.objects.of(cast.city)):
        rows._raw_delete(rows.db)
    ask_sweep(city=cast.city, by=cast.statistician, at=NOW)
    client.force_login(cast.leader)
    assert client.get("/api/search", {"q": "卓恒瑞船舶"}).json()["projects"][0]["code"] == FIRST.code
