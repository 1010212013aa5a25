"""Why a pair is suggested, how far it comes, and what the database refuses."""

from datetime import date, timedelta

import pytest
from cast import NOW, YI, Cast
from django.db import DatabaseError, transaction
from outreach.going import at

from matchmaking.meeting import entry, group, held, pair, session
from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.models import Touch
from zhaoshang.matchmaking import actions
from zhaoshang.matchmaking.localrules import WEIGHTS as LOCAL
from zhaoshang.matchmaking.models import Appointment, Pair, Step
from zhaoshang.matchmaking.queries import suggestions
from zhaoshang.matchmaking.rules import Firm, Offer, PairState, reasons
from zhaoshang.matchmaking.seating import Why
from zhaoshang.opportunities.actions import close_entry
from zhaoshang.outreach.actions.activities import cancel_activity
from zhaoshang.regions.access import NotAllowed
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import read_text

DAY = NOW.date()
WEIGHTS = LOCAL.read(LOCAL.shipped)


def points(firm: Firm, offer: Offer) -> dict[str, int]:
    return {str(one.ground): one.points for one in reasons(firm, offer, WEIGHTS, DAY) if one.points}


def test_each_ground_gives_its_points_and_no_others() -> None:
    offer = Offer("C", "east", 10 * YI)
    firm = Firm(frozenset("C"), {"east": 2}, 5 * YI, 1, frozenset(), DAY - timedelta(days=3))
    assert points(firm, offer) == {"industry": 30, "region": 20, "scale": 25, "invested": 15, "contact": 10}
    assert points(Firm(), offer) == {}


def test_half_the_size_gives_half_the_points_rounded_down() -> None:
    assert points(Firm(largest_fen=250 * YI // 100), Offer("", "", 10 * YI)) == {"scale": 12}


def test_who_keeps_the_relation_gives_half_of_the_region() -> None:
    assert points(Firm(kept_by=frozenset({"east"})), Offer("", "east")) == {"region": 10}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("industry = 30", "industry = 31", "weights"),
        ("scale_percent = 50", "scale_percent = 0", "limits.scale_percent"),
        ("contact_days = 180", "", "limits.contact_days"),
    ],
)
def test_weights_that_do_not_come_to_a_hundred_or_lack_a_limit_are_refused(old: str, new: str, place: str) -> None:
    with pytest.raises(BadRules) as fault:
        LOCAL.check(read_text(LOCAL.sample_text.replace(old, new)))
    assert fault.value.place == place


def test_a_group_is_known_by_all_that_stands_under_it(cast: Cast) -> None:
    meeting, firm, offer = held(cast), group(cast, industry=""), entry(cast)
    set_parent(enterprise=cast.plant.enterprise, parent=firm, by=cast.statistician, at=NOW)
    cast.verified()
    [best, *_others] = suggestions(meeting, NOW, DAY)
    told = {str(one.ground): one.points for one in best.reasons}
    assert (best.enterprise, best.opportunity.code) == (firm, offer.code)
    assert told == {"industry": 30, "region": 20, "scale": 25, "invested": 15, "contact": 0}


def test_what_stands_on_the_board_is_not_suggested_again(cast: Cast) -> None:
    meeting, firm, offer = held(cast), group(cast), entry(cast)
    pair(cast, meeting, firm, offer)
    assert suggestions(meeting, NOW, DAY) == []
    with pytest.raises(actions.PairedAlready):
        pair(cast, meeting, firm, offer)


def test_what_is_not_offered_is_not_paired(cast: Cast) -> None:
    offer = entry(cast)
    close_entry(entry=offer, reason="示例撤下", by=cast.officer, at=NOW)
    with pytest.raises(actions.NotOffered):
        pair(cast, held(cast), group(cast), offer)


def test_an_officer_pairs_the_own_unit_s_entries_only(cast: Cast) -> None:
    meeting, firm, offer = held(cast), group(cast), entry(cast)
    told = {"activity": meeting, "enterprise": firm, "opportunity": offer, "at": NOW}
    with pytest.raises(NotAllowed):
        actions.propose_pair(by=cast.other_officer, **told)
    assert actions.propose_pair(by=cast.officer, **told).unit_id == cast.east.pk


def test_a_pair_goes_forward_and_every_step_is_kept(cast: Cast) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    for state in (PairState.INVITED, PairState.MET, PairState.IN_TALKS):
        actions.move_pair(pair=one, state=state, on=DAY, by=cast.officer, at=NOW)
    actions.move_pair(pair=one, state=PairState.PROJECT, on=DAY, project=cast.plant, by=cast.officer, at=NOW)
    kept = list(Step.objects.of(cast.city).filter(pair=one).order_by("at", "id").values_list("state", flat=True))
    assert sorted(kept) == sorted(["proposed", "invited", "met", "in_talks", "project"])
    with pytest.raises(actions.CannotFollow):
        actions.move_pair(pair=one, state=PairState.MET, on=DAY, by=cast.officer, at=NOW)


@pytest.mark.parametrize(
    ("state", "on", "refusal"),
    [
        (PairState.PROPOSED, DAY, actions.CannotFollow),
        (PairState.INVITED, DAY + timedelta(days=1), actions.NotYet),
        (PairState.INVITED, date(2023, 1, 1), actions.NotYet),
        (PairState.DECLINED, DAY, actions.ReasonMissing),
        (PairState.PROJECT, DAY, actions.ProjectMissing),
    ],
)
def test_a_step_that_cannot_be_is_refused(cast: Cast, state: PairState, on: date, refusal: type[Exception]) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    with pytest.raises(refusal):
        actions.move_pair(pair=one, state=state, on=on, by=cast.officer, at=NOW)


def test_once_met_the_meeting_stands_in_the_firm_s_book_once(cast: Cast) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    actions.move_pair(pair=one, state=PairState.MET, on=DAY, note="谈了选址", by=cast.officer, at=NOW)
    actions.move_pair(pair=one, state=PairState.INTERESTED, on=DAY, by=cast.officer, at=NOW)
    [touch] = Touch.objects.of(cast.city)
    assert (touch.enterprise_id, touch.unit_id, touch.said) == (one.enterprise_id, cast.east.pk, "谈了选址")


def test_a_plan_serves_all_and_one_given_up_frees_its_table(cast: Cast) -> None:
    meeting, firms = held(cast), [group(cast), group(cast, "示例央企乙集团")]
    pairs = [pair(cast, meeting, firm, entry(cast)) for firm in firms]
    session(cast, meeting)
    plan = actions.arrange(activity=meeting, by=cast.statistician, at=NOW)
    assert (len(plan.placed), plan.unserved) == (2, {})
    actions.move_pair(pair=pairs[0], state=PairState.DECLINED, on=DAY, note="无意向", by=cast.officer, at=NOW)
    assert Appointment.objects.of(cast.city).count() == 1


def test_a_new_plan_leaves_what_is_fixed(cast: Cast) -> None:
    meeting = held(cast)
    one, other = (pair(cast, meeting, group(cast, name), entry(cast)) for name in ("示例甲集团", "示例乙集团"))
    session(cast, meeting)
    actions.fix_meeting(pair=one, slot=2, table=1, by=cast.statistician, at=NOW)
    for _again in range(2):
        actions.arrange(activity=meeting, by=cast.statistician, at=NOW)
    rows = {seat.pair_id: (seat.slot, seat.table) for seat in Appointment.objects.of(cast.city)}
    assert (rows[one.pk], rows[other.pk]) == ((2, 1), (0, 0))
    with pytest.raises(actions.FixedThere):
        actions.set_away(activity=meeting, slots=[2], enterprise=one.enterprise, by=cast.statistician, at=NOW)
    with pytest.raises(actions.BadSession):
        session(cast, meeting, slots=2)


def test_what_was_met_keeps_its_table_in_a_new_plan(cast: Cast) -> None:
    meeting = held(cast)
    one = pair(cast, meeting, group(cast), entry(cast))
    session(cast, meeting)
    actions.arrange(activity=meeting, by=cast.statistician, at=NOW)
    actions.move_pair(pair=one, state=PairState.MET, on=DAY, by=cast.officer, at=NOW)
    pair(cast, meeting, group(cast, "示例乙集团"), entry(cast))
    plan = actions.arrange(activity=meeting, by=cast.statistician, at=NOW)
    assert (len(plan.placed), Appointment.objects.of(cast.city).count()) == (2, 2)


def test_a_guest_who_cannot_come_is_told_with_the_reason(cast: Cast) -> None:
    meeting = held(cast)
    one = pair(cast, meeting, group(cast), entry(cast))
    session(cast, meeting)
    actions.set_away(activity=meeting, slots=[0, 1, 2], enterprise=one.enterprise, by=cast.statistician, at=NOW)
    plan = actions.arrange(activity=meeting, by=cast.statistician, at=NOW)
    assert (plan.placed, plan.unserved[str(one.pk)].why) == ({}, Why.GUEST_AWAY)


def test_the_database_has_nobody_in_two_places(cast: Cast) -> None:
    meeting, firm = held(cast), group(cast)
    first, second = pair(cast, meeting, firm, entry(cast)), pair(cast, meeting, firm, entry(cast))
    session(cast, meeting)
    seat = actions.fix_meeting(pair=first, slot=0, table=0, by=cast.statistician, at=NOW)
    with pytest.raises(actions.PlaceTaken):
        actions.fix_meeting(pair=second, slot=0, table=1, by=cast.statistician, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.create(
            city=cast.city, session=seat.session, pair=second, slot=0, table=1, enterprise=firm, side="x"
        )


def test_a_pair_is_never_deleted_and_a_step_never_rewritten(cast: Cast) -> None:
    one = pair(cast, held(cast), group(cast), entry(cast))
    pairs, steps = Pair.objects.of(cast.city).filter(pk=one.pk), Step.objects.of(cast.city).filter(pair=one)
    with pytest.raises(DatabaseError), transaction.atomic():
        pairs._raw_delete(pairs.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        steps.update(note="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        pairs.update(points=99)


def test_nothing_is_done_at_a_cancelled_activity(cast: Cast) -> None:
    meeting = held(cast)
    cancel_activity(activity=meeting, reason="示例", by=cast.statistician, at=at(DAY))
    with pytest.raises(actions.Over):
        session(cast, meeting)
