"""What was signed at activities counts once; guests come by invitation or by a link that cannot be guessed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary

from outreach.going import DAY, activity, at, indicators
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.common.periods import Period
from zhaoshang.figures.queries import figure
from zhaoshang.outreach.actions import refusals
from zhaoshang.outreach.actions.activities import (
    NewGuest,
    NewSigning,
    cancel_activity,
    check_in,
    close_registration,
    invite,
    link_signing,
    open_activity,
    open_registration,
    register_guest,
    seat_guest,
    sign_at,
)
from zhaoshang.outreach.models import Activity, Guest, Signing
from zhaoshang.outreach.signings import Signed, totals_by_activity
from zhaoshang.reading import read
from zhaoshang.regions.access import NotAllowed, viewer_of

Q1 = Period.parse("2023Q1")


def sign(cast: Cast, held: Activity, *signings: NewSigning) -> list[Signing]:
    return sign_at(activity=held, signings=signings, by=cast.statistician, at=at(DAY))


def total(cast: Cast, held: Activity) -> Signed:
    return totals_by_activity(cast.city, [held.pk]).get(held.pk, Signed())


def light(name: str = "示例项目甲", investor: str = "示例投资有限公司", amount: int = 2 * YI) -> NewSigning:
    return NewSigning(name=name, investor=investor, amount_fen=amount)


def test_a_linked_project_is_worth_its_contract(cast: Cast) -> None:
    held = activity(cast)
    sign(cast, held, NewSigning(project=cast.plant, amount_fen=9 * YI), light())
    assert total(cast, held) == Signed(projects=2, fen=7 * YI, repeats=0, unlinked=1)


def test_the_same_project_signed_twice_counts_once_and_shows_as_repeat(cast: Cast) -> None:
    first, second = activity(cast), activity(cast, code="again", day=date(2023, 3, 6))
    for held in (first, second):
        sign(cast, held, NewSigning(project=cast.plant), light())
    indicators(cast)
    figures = [figure(cast.city, code, Q1).value for code in ("event_signed", "event_amount")]
    assert (total(cast, second), figures) == (Signed(0, 0, 2, 0), [2, 7 * YI])


@pytest.mark.parametrize("name", ["示例项目甲 ", "示例项目 甲", "（示例）项目甲"])
def test_unlinked_signings_are_told_by_name_and_investor_plainly_written(cast: Cast, name: str) -> None:
    held = activity(cast)
    sign(cast, held, light(), light(name=name), light(investor="另一家投资有限公司"))
    assert total(cast, held) == Signed(projects=2, fen=4 * YI, repeats=1, unlinked=2)


def test_two_projects_of_the_account_are_two_whatever_they_are_called(cast: Cast) -> None:
    held = activity(cast)
    sign(cast, held, NewSigning(project=cast.plant), NewSigning(project=cast.harbour))
    assert total(cast, held).projects == 2


def test_a_signing_that_is_said_to_be_a_signed_project_becomes_a_repeat(cast: Cast) -> None:
    first, second = activity(cast), activity(cast, code="again", day=date(2023, 3, 6))
    sign(cast, first, NewSigning(project=cast.plant))
    (late,) = sign(cast, second, light())
    link_signing(signing=late, project=cast.plant, by=cast.statistician, at=NOW)
    assert total(cast, second) == Signed(0, 0, 1, 0)


def test_an_officer_signs_for_the_own_unit_only(cast: Cast) -> None:
    held = activity(cast)
    sign_at(activity=held, signings=[NewSigning(project=cast.plant)], by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        sign_at(activity=held, signings=[NewSigning(project=cast.harbour)], by=cast.officer, at=NOW)


# -- texts -------------------------------------------------------------------------------------------------------------


def outcomes(cast: Cast, text: str) -> list[Outcome]:
    return [one.outcome for one in check(cast.city, read(text)).verdicts]


def test_a_text_on_a_named_activity_is_held_against_that_one(cast: Cast) -> None:
    dictionary(cast)
    indicators(cast)
    sign(cast, activity(cast, title="示例外埠商会恳谈会"), light(), light(name="乙", amount=YI))
    sign(cast, activity(cast, code="other", title="示例海洋产业推介会"), light(name="丙", amount=5 * YI))
    text = "2023年一季度，示例市外埠商会恳谈会期间，签约项目2个，投资额3亿元；示例海洋产业推介会上，签约项目7个。"
    assert outcomes(cast, text) == [Outcome.CONFIRMED, Outcome.CONFIRMED, Outcome.DIFFERS]


def test_an_activity_that_is_not_on_record_is_not_held(cast: Cast) -> None:
    dictionary(cast)
    indicators(cast)
    sign(cast, activity(cast), light())
    assert outcomes(cast, "2023年一季度，在某某博览会上，签约项目1个。") == [Outcome.NOT_HELD]


def test_a_dictionary_without_activities_says_that_it_is_of_one(cast: Cast) -> None:
    dictionary(cast)
    (verdict,) = check(cast.city, read("2023年一季度，在示例推介会期间，签约项目1个。")).verdicts
    assert (verdict.outcome, verdict.reason.code) == (Outcome.NOT_HELD, "an_event")


def test_signed_projects_of_the_period_are_counted_as_before(cast: Cast) -> None:
    dictionary(cast)
    indicators(cast)
    assert outcomes(cast, "2023年一季度，示例市签约项目2个。")[0] != Outcome.NOT_HELD


# -- guests ------------------------------------------------------------------------------------------------------------


def told(activity_: Activity, key: object = None) -> dict[str, object]:
    return {
        "key": key or uuid4(),
        "organisation": "示例公司",
        "name": "示例人",
        "post": "",
        "phone": "000",
        "activity": activity_,
    }


def register(cast: Cast, held: Activity, key: object = None) -> Guest:
    return register_guest(by=None, at=at(DAY - timedelta(days=1)), **told(held, key))  # type: ignore[arg-type]


def test_a_guest_is_invited_once(cast: Cast) -> None:
    held = activity(cast)
    guests = [NewGuest("示例商会", "示例甲", unit=cast.east)]
    assert [invite(activity=held, guests=guests, by=cast.officer, at=NOW) for _time in range(2)] == [1, 0]


def test_an_officer_sees_only_the_guests_of_the_unit(cast: Cast) -> None:
    held = activity(cast)
    guests = [NewGuest("示例商会", "示例甲", unit=cast.east), NewGuest("示例商会", "示例乙", unit=cast.west)]
    invite(activity=held, guests=guests, by=cast.statistician, at=NOW)
    assert [one.name for one in Guest.objects.visible_to(viewer_of(cast.officer, cast.city))] == ["示例甲"]


def test_two_guests_have_two_seats_and_check_in_is_once(cast: Cast) -> None:
    held = activity(cast)
    invite(activity=held, guests=[NewGuest("甲", "甲"), NewGuest("乙", "乙")], by=cast.statistician, at=NOW)
    first, second = Guest.objects.of(cast.city)
    seat_guest(guest=first, seat="1-1", by=cast.statistician, at=NOW)
    with pytest.raises(refusals.SeatTaken):
        seat_guest(guest=second, seat="1-1", by=cast.statistician, at=NOW)
    came = [check_in(guest=first, by=cast.statistician, at=NOW + timedelta(hours=hour)).came_at for hour in (0, 1)]
    assert came == [NOW, NOW]


def test_a_registration_sent_twice_counts_once_and_ends_when_the_seats_do(cast: Cast) -> None:
    held, key = activity(cast, seats=2), uuid4()
    open_registration(activity=held, consent="示例告知", by=cast.statistician, at=NOW)
    assert register(cast, held, key).pk == register(cast, held, key).pk
    register(cast, held)
    with pytest.raises(refusals.Full):
        register(cast, held)


def test_a_link_opens_only_while_it_is_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoshang.outreach.actions.activities.timezone.now", lambda: at(DAY - timedelta(days=1)))
    held = activity(cast)
    first = open_registration(activity=held, consent="示例告知", by=cast.statistician, at=NOW)
    second = open_registration(activity=held, consent="示例告知", by=cast.statistician, at=NOW)
    opened = [open_activity(cast.city, one) is not None for one in (first, second, "guess", "")]
    close_registration(activity=held, by=cast.statistician, at=NOW)
    assert (opened, open_activity(cast.city, second), len(second)) == ([False, True, False, False], None, 32)
    with pytest.raises(refusals.LinkClosed):
        register(cast, held)


def test_an_activity_with_signings_is_not_cancelled(cast: Cast) -> None:
    held = activity(cast)
    sign(cast, held, light())
    with pytest.raises(refusals.WrongState):
        cancel_activity(activity=held, reason="x", by=cast.statistician, at=NOW)
