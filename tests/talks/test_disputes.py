"""The dispute docket: both sides are heard, somebody of the city rules, and everything stays written."""

from typing import Any

import pytest
from cast import NOW, Cast
from django.db import IntegrityError, transaction

from talks.talking import claimed, days, disputed
from zhaoshang.people.models import Event
from zhaoshang.people.rules import Role
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed
from zhaoshang.regions.actions import grant, withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.talks.claiming import release_claim
from zhaoshang.talks.disputing import answer_dispute, decide_dispute, open_dispute
from zhaoshang.talks.models import Claim, Dispute
from zhaoshang.talks.refusals import (
    AlreadyDecided,
    AlreadyOpen,
    BadShares,
    NotAnswered,
    NotHolder,
    OwnClaim,
    SamePerson,
    TextMissing,
)
from zhaoshang.talks.rules import Outcome


def _answered(cast: Cast, claim: Claim) -> Dispute:
    return answer_dispute(dispute=disputed(cast, claim), answer="示例：不属实", by=cast.officer, at=days(1))


def _ruled(cast: Cast, dispute: Dispute, outcome: Outcome, shares: str = "") -> Dispute:
    said: dict[str, Any] = {"outcome": outcome, "shares": shares, "ruling": "示例裁定"}
    return decide_dispute(dispute=dispute, by=cast.verifier, at=days(2), **said)


def test_a_dispute_has_its_days_and_keeps_the_claim_protected_meanwhile(cast: Cast) -> None:
    claim = claimed(cast)
    dispute = disputed(cast, claim, at=days(85))
    assert (dispute.due_on - days(85).date()).days == 20
    assert Claim.objects.of(cast.city).get().protected_until == dispute.due_on


def test_who_holds_it_is_upheld(cast: Cast) -> None:
    claim = claimed(cast)
    assert _ruled(cast, _answered(cast, claim), Outcome.UPHELD).outcome == "upheld"
    assert Claim.objects.of(cast.city).get().ended == ""
    verbs = set(Event.objects.of(cast.city).filter(verb__startswith="talks.dispute").values_list("verb", flat=True))
    assert verbs == {"talks.dispute.opened", "talks.dispute.answered", "talks.dispute.decided"}


def test_it_is_given_to_the_second_with_a_period_of_its_own_and_the_project_followed_by_it(cast: Cast) -> None:
    claim = claimed(cast, project=cast.plant)
    _ruled(cast, _answered(cast, claim), Outcome.GIVEN)
    first, second = Claim.objects.of(cast.city).order_by("number")
    assert (first.ended, second.unit_id, second.ended) == ("ruled", cast.west.pk, "")
    assert (second.protected_until - days(2).date()).days == 90
    project = Project.objects.of(cast.city).get(pk=cast.plant.pk)
    assert (project.unit_id, project.follower_id) == (cast.east.pk, cast.west.pk)


def test_both_share_it_by_shares_of_the_rules_only(cast: Cast) -> None:
    dispute = _answered(cast, claimed(cast))
    with pytest.raises(BadShares):
        _ruled(cast, dispute, Outcome.SHARED, "9:1")
    assert _ruled(cast, dispute, Outcome.SHARED, "7:3").shares == "7:3"


def test_nobody_rules_before_the_answer_or_its_last_day(cast: Cast) -> None:
    dispute = disputed(cast, claimed(cast))
    said: dict[str, Any] = {"outcome": Outcome.DISMISSED, "ruling": "示例", "by": cast.verifier}
    with pytest.raises(NotAnswered):
        decide_dispute(dispute=dispute, at=days(7), **said)
    assert decide_dispute(dispute=dispute, at=days(8), **said).outcome == "dismissed"


def test_neither_side_rules(cast: Cast) -> None:
    dispute = _answered(cast, claimed(cast))
    for person in (cast.officer, cast.other_officer, cast.leader):
        with pytest.raises(NotAllowed):
            decide_dispute(dispute=dispute, outcome=Outcome.UPHELD, ruling="示例", by=person, at=days(2))


def test_who_belonged_to_a_side_since_the_claim_does_not_rule_from_the_city(cast: Cast) -> None:
    dispute = _answered(cast, claimed(cast))
    for role in Membership.objects.of(cast.city).filter(user=cast.other_officer):
        withdraw(membership=role, by=cast.security, at=days(1))
    grant(city=cast.city, user=cast.other_officer, role=Role.VERIFIER, unit=None, by=cast.security, at=days(1))
    with pytest.raises(SamePerson):
        decide_dispute(dispute=dispute, outcome=Outcome.GIVEN, ruling="示例", by=cast.other_officer, at=days(2))


def test_a_dispute_is_ruled_on_once_and_answered_once(cast: Cast) -> None:
    dispute = _answered(cast, claimed(cast))
    with pytest.raises(AlreadyDecided):
        answer_dispute(dispute=dispute, answer="再答", by=cast.officer, at=days(1))
    _ruled(cast, dispute, Outcome.UPHELD)
    with pytest.raises(AlreadyDecided):
        _ruled(cast, dispute, Outcome.GIVEN)


def test_what_cannot_be_disputed(cast: Cast) -> None:
    claim = claimed(cast)
    said: dict[str, Any] = {"grounds": "示例", "document": "示例函"}
    with pytest.raises(OwnClaim):
        open_dispute(claim=claim, unit=cast.east, by=cast.officer, at=NOW, **said)
    with pytest.raises(NotAllowed):
        open_dispute(claim=claim, unit=cast.west, by=cast.officer, at=NOW, **said)
    with pytest.raises(TextMissing):
        open_dispute(claim=claim, unit=cast.west, by=cast.other_officer, at=NOW, grounds=" ", document="示例")
    with pytest.raises(NotHolder):
        open_dispute(claim=claim, unit=cast.west, by=cast.other_officer, at=days(91), **said)
    disputed(cast, claim)
    with pytest.raises(AlreadyOpen):
        disputed(cast, claim)


def test_a_claim_in_dispute_is_not_given_up(cast: Cast) -> None:
    claim = claimed(cast)
    disputed(cast, claim)
    with pytest.raises(AlreadyOpen):
        release_claim(talk=claim.talk, reason="示例", by=cast.officer, at=NOW)


def test_the_database_refuses_a_ruling_by_who_opened_it_and_a_second_ruling(cast: Cast) -> None:
    dispute = _answered(cast, claimed(cast))
    rows = Dispute.objects.of(cast.city).filter(pk=dispute.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome="given", ruling="示例", decided_by=cast.other_officer, decided_at=NOW)
    _ruled(cast, dispute, Outcome.UPHELD)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ruling="改过")
