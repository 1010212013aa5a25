"""Two units that claim the same first talk at the same instant: one holds it, the other is told."""

from functools import partial
from typing import Any

import pytest
from cast import NOW, Cast, assemble
from talks.talking import MINUTES, RENAMED, subject

from concurrency.crowd import at_once
from zhaoshang.talks.claiming import register_claim
from zhaoshang.talks.models import Claim
from zhaoshang.talks.refusals import AlreadyYours, Held
from zhaoshang.talks.transferring import accept_transfer, offer_transfer, withdraw_transfer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("other_name", [None, RENAMED])
def test_of_two_claims_at_the_same_instant_one_holds(other_name: str | None) -> None:
    cast = assemble()
    mine = partial(register_claim, unit=cast.east, subject=subject(), proof=MINUTES, by=cast.officer, at=NOW)
    theirs = subject() if other_name is None else subject(investor=other_name)
    other = partial(register_claim, unit=cast.west, subject=theirs, proof=MINUTES, by=cast.other_officer, at=NOW)
    answers = at_once([mine, other, mine, other])
    assert Claim.objects.of(cast.city).count() == 1
    refusals = sorted((type(one) for one in answers if isinstance(one, Exception)), key=str)
    assert refusals == [AlreadyYours, Held, Held]


def test_an_offer_taken_and_withdrawn_at_the_same_instant_is_one_of_both() -> None:
    cast: Cast = assemble()
    said: dict[str, Any] = {"shares": "5:5", "reason": "示例", "at": NOW}
    offer = offer_transfer(project=cast.plant, to_unit=cast.west, by=cast.officer, **said)
    take = partial(accept_transfer, transfer=offer, by=cast.other_officer, at=NOW)
    back = partial(withdraw_transfer, transfer=offer, by=cast.officer, at=NOW)
    assert sum(isinstance(one, Exception) for one in at_once([take, back])) == 1
