"""Transfers: offered, taken or not; who follows a project changes, and no figure, payment or digest does."""

from decimal import Decimal
from typing import Any

import pytest
from assessments.city import account
from cast import NOW, Cast
from django.db import IntegrityError, transaction
from django.test import Client
from duplicates.alike import FIRM, FIRST

from talks.talking import claimed, days, disputed, offered
from zhaoshang.assessments.inputs import gather, units_of
from zhaoshang.assessments.models import Regulation
from zhaoshang.assessments.regulating import draft_regulation
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.capital.models import Payment
from zhaoshang.common.periods import Period
from zhaoshang.figures.freezing import head_of
from zhaoshang.figures.league import league
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.review.registering import register_unlike
from zhaoshang.talks.claiming import findings_for, renew_claim, write_note
from zhaoshang.talks.models import Claim, Transfer
from zhaoshang.talks.refusals import AlreadyDecided, AlreadyOpen, BadShares, NotHolder, OtherSide, OwnClaim, TextMissing
from zhaoshang.talks.rules import NoteKind
from zhaoshang.talks.sharing import sharing_of
from zhaoshang.talks.transferring import accept_transfer, offer_transfer, refuse_transfer, withdraw_transfer

QUARTER = Period.parse("2023Q1")


def _plant(cast: Cast) -> Project:
    return Project.objects.of(cast.city).select_related("unit", "follower", "city").get(pk=cast.plant.pk)  # type: ignore[no-any-return]


def _accepted(cast: Cast, **what: Any) -> Transfer:
    return accept_transfer(transfer=offered(cast, **what), by=cast.other_officer, at=days(1))


def test_an_accepted_project_is_followed_by_the_other_unit_and_counts_where_it_lands(cast: Cast) -> None:
    _accepted(cast, project=cast.plant)
    assert (_plant(cast).unit_id, _plant(cast).follower_id) == (cast.east.pk, cast.west.pk)
    shared = sharing_of(_plant(cast), days(1).date())
    assert shared is not None
    assert shared.shares == "7:3"


def test_a_talk_goes_over_with_the_days_that_are_left(cast: Cast) -> None:
    claim = claimed(cast)
    _accepted(cast, talk=claim.talk)
    first, second = Claim.objects.of(cast.city).order_by("number")
    assert (first.ended, second.unit_id, second.protected_until) == (
        "transferred",
        cast.west.pk,
        claim.protected_until,
    )


def test_a_talk_that_became_a_project_before_the_answer_takes_it_along(cast: Cast) -> None:
    offer = offered(cast, talk=claimed(cast, investor=FIRST.investor).talk)
    project = register_unlike(unit=cast.east, firm=FIRM, new=FIRST, by=cast.officer, at=NOW)
    accept_transfer(transfer=offer, by=cast.other_officer, at=days(1))
    assert Project.objects.of(cast.city).get(pk=project.pk).follower_id == cast.west.pk


def test_a_talk_taken_over_is_not_renewed_more_often(cast: Cast) -> None:
    talk = claimed(cast).talk
    write_note(talk=talk, kind=NoteKind.VISIT, on=days(70).date(), text="示例", by=cast.officer, at=days(70))
    renew_claim(talk=talk, by=cast.officer, at=days(70))
    accept_transfer(transfer=offered(cast, talk=talk, at=days(71)), by=cast.other_officer, at=days(71))
    claim = Claim.objects.of(cast.city).select_related("talk", "rules").get(ended="")
    assert findings_for(claim, days(72).date())[2].params == {"done": 1, "most": 2}


@pytest.mark.case("B15")
def test_the_follower_works_on_the_project_and_sees_it_but_not_in_its_own_numbers(cast: Cast) -> None:
    viewer = viewer_of(cast.other_officer, cast.city)
    with pytest.raises(NotAllowed):
        note_progress(project=cast.plant, on=NOW.date(), text="示例", by=cast.other_officer, at=NOW)
    _accepted(cast, project=cast.plant)
    assert note_progress(project=_plant(cast), on=NOW.date(), text="示例", by=cast.other_officer, at=days(1)).number
    assert cast.plant in Project.objects.open_to(viewer)
    assert cast.plant not in Project.objects.visible_to(viewer)


@pytest.mark.case("B15")
def test_no_figure_no_payment_and_no_digest_changes(cast: Cast) -> None:
    """The league table of every indicator to the fen, the payments' rows and the ledger's digest: the same before and after."""
    account(cast)

    def told() -> tuple[object, ...]:
        tables = [league(cast.city, code, QUARTER).to_json() for code in ("capital_in_place", "signed_projects")]
        rows = list(Payment.objects.of(cast.city).order_by("pk").values())
        return tables, rows, head_of(cast.city)

    before = told()
    _accepted(cast, project=cast.plant)
    assert told() == before


def test_who_may_offer_and_to_whom(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        offered(cast, project=cast.harbour)
    with pytest.raises(BadShares):
        offered(cast, project=cast.plant, shares="9:1")
    said: dict[str, Any] = {"shares": "5:5", "by": cast.officer, "at": NOW}
    with pytest.raises(OwnClaim):
        offer_transfer(project=cast.plant, to_unit=cast.east, reason="示例", **said)
    with pytest.raises(TextMissing):
        offer_transfer(project=cast.plant, to_unit=cast.west, reason=" ", **said)
    offered(cast, project=cast.plant)
    with pytest.raises(AlreadyOpen):
        offered(cast, project=cast.plant)


def test_only_the_other_unit_answers_and_only_the_giver_withdraws(cast: Cast) -> None:
    offer = offered(cast, project=cast.plant)
    with pytest.raises(OtherSide):
        accept_transfer(transfer=offer, by=cast.officer, at=NOW)
    with pytest.raises(OtherSide):
        withdraw_transfer(transfer=offer, by=cast.other_officer, at=NOW)
    with pytest.raises(NotAllowed):
        accept_transfer(transfer=offer, by=cast.statistician, at=NOW)
    with pytest.raises(TextMissing):
        refuse_transfer(transfer=offer, answer="", by=cast.other_officer, at=NOW)
    assert refuse_transfer(transfer=offer, answer="示例：无地", by=cast.other_officer, at=NOW).state == "refused"
    with pytest.raises(AlreadyDecided):
        accept_transfer(transfer=offer, by=cast.other_officer, at=NOW)


def test_a_withdrawn_offer_makes_room_and_an_old_one_runs_out(cast: Cast) -> None:
    withdraw_transfer(transfer=offered(cast, project=cast.plant), by=cast.officer, at=NOW)
    offer = offered(cast, project=cast.plant)
    with pytest.raises(AlreadyDecided):
        accept_transfer(transfer=offer, by=cast.other_officer, at=days(11))
    offered(cast, project=cast.plant, at=days(11))
    assert Transfer.objects.of(cast.city).get(pk=offer.pk).state == "expired"


def test_a_talk_that_has_lapsed_since_is_not_taken_over(cast: Cast) -> None:
    claim = claimed(cast)
    offer = offered(cast, talk=claim.talk, at=days(88))
    with pytest.raises(NotHolder):
        accept_transfer(transfer=offer, by=cast.other_officer, at=days(91))


def test_a_talk_in_dispute_is_not_transferred(cast: Cast) -> None:
    claim = claimed(cast)
    disputed(cast, claim)
    with pytest.raises(AlreadyOpen):
        offered(cast, talk=claim.talk)


def test_given_back_it_is_followed_by_its_own_unit_again(cast: Cast) -> None:
    _accepted(cast, project=cast.plant)
    back = offer_transfer(
        project=_plant(cast), to_unit=cast.east, shares="5:5", reason="示例", by=cast.other_officer, at=days(2)
    )
    accept_transfer(transfer=back, by=cast.officer, at=days(2))
    assert _plant(cast).follower_id is None


def test_the_database_refuses_a_follower_that_is_the_landing_unit_and_a_rewritten_transfer(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.of(cast.city).filter(pk=cast.plant.pk).update(follower=cast.east)
    offer = _accepted(cast, project=cast.plant)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.of(cast.city).filter(pk=offer.pk).update(answer="改过")


def _regulation(cast: Cast, aspect: str) -> Regulation:
    text = f'[[line]]\nno = "一"\nname = "总量"\ntext = "示例"\nkind = "ratio"\nweight = 30\ninput = "capital_in_place.{aspect}"\n'
    text += f'[[line]]\nno = "二"\nname = "签约"\ntext = "示例"\nkind = "ratio"\nweight = 30\ninput = "signed_projects.{aspect}"\n'
    return draft_regulation(
        city=cast.city, code=f"by-{aspect}", purpose=Purpose.SCORES, title="示例", source="示例", text=text,
        valid_from=QUARTER.first, by=cast.statistician, at=NOW,
    )  # fmt: skip


def _inputs(cast: Cast, aspect: str) -> dict[str, dict[str, dict[str, Any]]]:
    return gather(cast.city, _regulation(cast, aspect).scheme(), QUARTER, units_of(cast.city, QUARTER))


def _in_quarter(cast: Cast) -> None:
    """The plant is taken over by the west in March 2023, at 7:3."""
    at = days(-10)
    accept_transfer(transfer=offered(cast, project=cast.plant, at=at), by=cast.other_officer, at=at)


@pytest.mark.case("B15")
def test_shares_credit_amounts_and_counts_in_a_regulation_that_says_so(cast: Cast) -> None:
    account(cast)
    before = _inputs(cast, "value")
    _in_quarter(cast)
    found = _inputs(cast, "shared")
    amount = [Decimal(str(found[unit]["capital_in_place.shared"]["value"])) for unit in ("east", "west")]
    plain = [Decimal(str(before[unit]["capital_in_place.value"]["value"])) for unit in ("east", "west")]
    moved = plain[0] - amount[0]
    assert moved > 0
    assert sum(amount) == sum(plain)
    assert [found[unit]["signed_projects.shared"]["value"] for unit in ("east", "west")] == [
        str(Decimal(str(before["east"]["signed_projects.value"]["value"])) - Decimal("0.3")),
        str(Decimal(str(before["west"]["signed_projects.value"]["value"])) + Decimal("0.3")),
    ]
    line = found["west"]["signed_projects.shared"]["shares"][0]
    assert line["params"]["shares"]["zh"] == "7:3"
    assert line["params"]["project"]["en"] == cast.plant.code


def test_a_regulation_that_does_not_say_so_is_unmoved(cast: Cast) -> None:
    account(cast)
    before = _inputs(cast, "value")
    _in_quarter(cast)
    scheme = Regulation.objects.of(cast.city).get(code="by-value").scheme()
    assert gather(cast.city, scheme, QUARTER, units_of(cast.city, QUARTER)) == before


def test_what_is_agreed_after_the_period_does_not_share_it(cast: Cast) -> None:
    account(cast)
    _accepted(cast, project=cast.plant)
    assert "shares" not in _inputs(cast, "shared")["west"]["signed_projects.shared"]


def test_a_trial_says_in_both_languages_which_share_moved_what(cast: Cast, client: Client) -> None:
    account(cast)
    _in_quarter(cast)
    _regulation(cast, "shared")
    client.force_login(cast.statistician)
    address = "/desk/regulations/by-shared/try/?period=2023Q1"
    assert "流转（东山区 → 西海区）7:3 分享" in client.get(address).content.decode()
    client.post("/desk/language/", {"language": "en"})
    assert "shared 7:3 by the transfer of 2023-03-24 (East → West)" in client.get(address).content.decode()
