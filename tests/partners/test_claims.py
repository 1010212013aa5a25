"""Credit, the reward step by step, the claim's course and its public notice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cast import YI, Cast
from django.db import DatabaseError, transaction
from talks.talking import MINUTES

from partners.appointed import DAY, brought, chamber, in_place, whole_claim
from zhaoshang.partners import claiming
from zhaoshang.partners.localrules import REWARD
from zhaoshang.partners.models import Claim
from zhaoshang.partners.queries import credit_of
from zhaoshang.partners.rules import ClaimState, equal_shares, reward
from zhaoshang.regions.access import NotAllowed
from zhaoshang.talks.claiming import Subject, register_claim

FORMULA = REWARD.read(
    REWARD.shipped
)  # 10, 8, 5 in ten thousand up to 1亿, 5亿, beyond; at least 1000万; caps 100万 and 300万


def _fen(base_fen: int, **changes: int) -> int:
    given = {"share_bp": 10_000, "claimants": 1, "agreed": False, "had_this_year_fen": 0} | changes
    return reward(FORMULA, base_fen, **given).fen  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "base_fen, fen",
    [
        (YI // 10 - 1, 0),  # a fen below 1000万
        (YI // 10, 1_000_000),  # 1000万 × 10/10000 = 1万
        (YI, 10_000_000),  # 10万
        (2 * YI, 18_000_000),  # 10万 + 8万
        (6 * YI, 10_000_000 + 32_000_000 + 5_000_000),  # 10万 + 32万 + 5万
        (100 * YI, 100_000_000),  # capped at 100万
        (YI // 10 + 1_234_567, 1_001_200),  # 1,001,234.567 fen: parts of a yuan are dropped
    ],
)
def test_a_reward_goes_by_tiers_and_caps(base_fen: int, fen: int) -> None:
    assert _fen(base_fen) == fen


def test_several_claimants_share_after_the_projects_cap() -> None:
    """Capped at 100万, 30 % of it."""
    assert _fen(100 * YI, share_bp=3_000, claimants=2, agreed=True) == 30_000_000


def test_a_year_is_capped_for_a_partner() -> None:
    """290万 were had: 10万 are left of 300万."""
    assert _fen(100 * YI, had_this_year_fen=290_000_000) == 10_000_000


def test_every_step_is_told() -> None:
    found = reward(FORMULA, 6 * YI, share_bp=3_333, claimants=3, agreed=False, had_this_year_fen=0)
    assert [step["code"] for step in found.steps] == ["basis", "tier", "tier", "tier_open", "share", "rounded"]
    assert found.fen == 15_665_100


def test_equal_shares_are_whole() -> None:
    assert (equal_shares(3), sum(equal_shares(7))) == ([3_334, 3_333, 3_333], 10_000)


def test_a_lead_before_any_talk_has_credit(cast: Cast) -> None:
    partner = chamber(cast)
    assert credit_of(brought(cast, partner), partner).code == "no_talk"


def test_a_lead_after_the_first_stage_has_none(cast: Cast) -> None:
    """The lead came on 3 April; the project was signed, as its log says, on 10 January."""
    partner = chamber(cast)
    lead = brought(cast, partner)
    lead.project = cast.plant
    assert (credit_of(lead, partner).given, credit_of(lead, partner).code) == (False, "after_talk")


@pytest.mark.parametrize("minutes, code", [(1, "before_talk"), (-1, "after_talk")])
def test_a_first_talk_claim_is_compared_to_the_instant(cast: Cast, minutes: int, code: str) -> None:
    """A lead of 09:00 against a talk claimed at 09:01 and at 08:59 of the same day."""
    partner = chamber(cast)
    lead = brought(cast, partner)
    subject = Subject(investor=lead.investor, title="示例", industry="C", amount_fen=YI, project=lead.project)
    at = cast.now + timedelta(minutes=minutes)
    register_claim(unit=cast.east, subject=subject, proof=MINUTES, by=cast.officer, at=at)
    assert credit_of(lead, partner).code == code


def test_a_lead_brought_before_the_term_or_after_it_has_none(cast: Cast) -> None:
    partner = chamber(cast)
    early = brought(cast, partner, at=cast.now - timedelta(days=200))
    assert credit_of(early, partner).code == "not_standing"
    partner.term_to = date(2023, 4, 1)
    assert credit_of(brought(cast, partner, code="2023-0101"), partner).code == "not_standing"


def test_another_partners_lead_and_its_own_investment_have_none(cast: Cast) -> None:
    partner, other = chamber(cast), chamber(cast, name="示例第二商会")
    assert credit_of(brought(cast, partner), other).code == "not_its_lead"
    own = brought(cast, partner, code="2023-0102", investor=partner.name)
    assert credit_of(own, partner).code == "itself"


def test_a_claim_goes_from_filing_to_the_end_of_its_notice(cast: Cast) -> None:
    """04-03 filed, confirmed, approved by another, published / until 04-11 / 04-12 final: 18万 of 2亿."""
    partner = chamber(cast)
    lead = brought(cast, partner)
    in_place(cast, lead, 2 * YI)
    claim = whole_claim(cast, partner, lead)
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    claiming.publish_claim(claim=claim, by=cast.statistician, at=cast.now)
    with pytest.raises(claiming.NoticeOpen):
        claiming.finish_claim(claim=claim, by=cast.verifier, at=cast.now + 8 * DAY)
    done = claiming.finish_claim(claim=claim, by=cast.verifier, at=cast.now + 9 * DAY)
    assert (done.state, done.reward_fen, done.notice_until) == (ClaimState.FINAL, 18_000_000, date(2023, 4, 11))


def test_a_file_that_is_not_whole_is_refused_naming_what_is_missing(cast: Cast) -> None:
    partner = chamber(cast)
    claim = claiming.file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now)
    with pytest.raises(claiming.FileIncomplete) as refusal:
        claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    assert (refusal.value.kinds, refusal.value.confirmations) == (("investor", "contract", "identity"), ("bureau",))


def test_money_that_is_not_verified_is_no_base(cast: Cast) -> None:
    partner = chamber(cast)
    lead = brought(cast, partner)
    cast.declared(project=lead.project, amount_fen=2 * YI)
    claim = whole_claim(cast, partner, lead)
    assert claiming.computed(claim, cast.now.date()).fen == 0


def test_who_confirmed_does_not_decide(cast: Cast) -> None:
    partner = chamber(cast)
    claim = whole_claim(cast, partner, brought(cast, partner))
    with pytest.raises(NotAllowed):
        claiming.approve_claim(claim=claim, by=cast.statistician, at=cast.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.of(cast.city).update(decided_by=cast.statistician, state="refused")


def test_an_objection_holds_a_claim_until_another_person_answers(cast: Cast) -> None:
    partner = chamber(cast)
    claim = whole_claim(cast, partner, brought(cast, partner))
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    claiming.publish_claim(claim=claim, by=cast.statistician, at=cast.now)
    objection = claiming.object_to_claim(
        claim=claim, told_by="示例群众", text="该企业早已在谈", by=cast.statistician, at=cast.now
    )
    late = cast.now + 30 * DAY
    with pytest.raises(claiming.NoticeOpen):
        claiming.finish_claim(claim=claim, by=cast.verifier, at=late)
    claiming.answer_objection(objection=objection, answer="查无此事", by=cast.verifier, at=late)
    assert claiming.finish_claim(claim=claim, by=cast.verifier, at=late).state == ClaimState.FINAL


def test_agreed_shares_belong_to_all_claimants_and_make_a_whole(cast: Cast) -> None:
    first, second = chamber(cast), chamber(cast, name="示例第二商会")
    lead = brought(cast, first)
    other = brought(cast, second, code="2023-0103")
    claims = [whole_claim(cast, first, lead), whole_claim(cast, second, other)]
    Claim.objects.of(cast.city).filter(pk=claims[1].pk).update(project=lead.project)
    in_place(cast, lead, YI)
    assert claiming.computed(claims[0], cast.now.date()).fen == 5_000_000
    with pytest.raises(claiming.BadShares):
        claiming.agree_shares(
            claim=claims[0], shares={claims[0].pk: 10_000}, document="x", by=cast.statistician, at=cast.now
        )
    shares = {claims[0].pk: 7_000, claims[1].pk: 3_000}
    claiming.agree_shares(claim=claims[0], shares=shares, document="示例约定", by=cast.statistician, at=cast.now)
    assert (
        claiming.computed(
            Claim.objects.of(cast.city).select_related("city", "partner").get(pk=claims[1].pk), cast.now.date()
        ).fen
        == 3_000_000
    )


def test_a_partner_files_for_itself_and_for_nobody_else(cast: Cast) -> None:
    partner, other = chamber(cast, login=True), chamber(cast, name="示例第二商会")
    claiming.file_claim(lead=brought(cast, partner), partner=partner, by=cast.partner, at=cast.now)
    with pytest.raises(NotAllowed):
        claiming.file_claim(lead=brought(cast, other, code="2023-0104"), partner=other, by=cast.partner, at=cast.now)


def test_a_lead_is_claimed_for_once_and_a_reward_does_not_change(cast: Cast) -> None:
    partner = chamber(cast)
    lead = brought(cast, partner)
    claim = whole_claim(cast, partner, lead)
    with pytest.raises(claiming.AlreadyClaimed):
        claiming.file_claim(lead=lead, partner=partner, by=cast.statistician, at=cast.now)
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.of(cast.city).update(reward_fen=1)


def test_a_dated_formula_may_take_all_money_in_place() -> None:
    other = replace(FORMULA, basis="in_place", minimum_yuan=0, tiers=((0, 1),))
    assert reward(other, YI, share_bp=10_000, claimants=1, agreed=False, had_this_year_fen=0).fen == 1_000_000
