"""A lead from its receipt to what became of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import Cast
from django.db import DatabaseError, transaction

from leads.told import told
from zhaoshang.common.workdays import WorkDays
from zhaoshang.leads import actions
from zhaoshang.leads.likeness import likely
from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.queries import steps_of
from zhaoshang.leads.rules import PublicState, State, m2_of_mu, mu_of_m2, without_phones
from zhaoshang.people.models import Event
from zhaoshang.regions.access import NotAllowed, viewer_of


def test_a_lead_goes_from_the_inbox_to_a_project(cast: Cast) -> None:
    """received / kept / assigned to the east / answered / became the plant: the referrer learns each step's public word."""
    lead = told(cast)
    states = [lead.public_state]
    for act, given in (
        (actions.keep, {"by": cast.statistician}),
        (actions.assign, {"unit": cast.east, "handler": cast.officer, "by": cast.statistician}),
        (actions.answer, {"text": "已转东山区对接", "by": cast.officer}),
        (actions.link_project, {"project": cast.plant, "by": cast.officer}),
    ):
        act(lead=lead, at=cast.now, **given)
        lead = Lead.objects.of(cast.city).get()
        states.append(lead.public_state)
    assert states == [
        PublicState.RECEIVED, PublicState.LOOKED_AT, PublicState.LOOKED_AT, PublicState.ANSWERED, PublicState.PROJECT,
    ]  # fmt: skip
    assert [one.kind for one in steps_of(lead)] == ["taken_in", "kept", "assigned", "answered", "project"]


@pytest.mark.case("E8")
def test_the_same_text_from_the_same_origin_is_one_lead(cast: Cast) -> None:
    first = told(cast)
    again = told(cast, at=cast.now + timedelta(days=3))
    other = told(cast, origin_ref="partner-2")
    assert (again.pk, again.registered_at, other.pk == first.pk) == (first.pk, cast.now, False)
    assert Event.objects.of(cast.city).filter(verb="leads.lead.repeated").count() == 1


@pytest.mark.case("I1")
def test_a_receipt_is_128_random_bits(cast: Cast) -> None:
    receipts = {told(cast, subject=f"示例{number}").receipt for number in range(20)}
    assert (len(receipts), {len(one) for one in receipts}) == (20, {26})


@pytest.mark.parametrize(
    "day, working_days, due",
    [
        (date(2023, 3, 3), 1, date(2023, 3, 6)),  # a Friday
        (date(2023, 1, 20), 1, date(2023, 1, 28)),  # before Spring Festival; the 28th is a Saturday worked
        (date(2023, 4, 27), 4, date(2023, 5, 6)),  # 1 May: 29 April to 3 May off, 6 May worked
        (date(2099, 1, 2), 1, date(2099, 1, 5)),  # no notice yet: a Friday and a Monday
    ],
)
def test_days_are_working_days_of_the_state_councils_calendar(day: date, working_days: int, due: date) -> None:
    assert WorkDays().after(day, working_days)[0] == due


def test_a_lead_is_due_by_the_limits_of_its_day(cast: Cast) -> None:
    """Monday 2023-04-03; the 5th is Tomb-Sweeping Day."""
    lead = told(cast)
    assert (lead.limits, lead.triage_due_on, lead.answer_due_on) == ("sample-2022", date(2023, 4, 4), date(2023, 4, 11))


def test_nothing_ends_without_a_reason(cast: Cast) -> None:
    lead = told(cast)
    with pytest.raises(actions.TextMissing):
        actions.reject(lead=lead, reason=" ", by=cast.statistician, at=cast.now)
    actions.keep(lead=lead, by=cast.statistician, at=cast.now)
    with pytest.raises(actions.TextMissing):
        actions.close(lead=lead, reason="", by=cast.statistician, at=cast.now)


def test_a_duplicate_names_what_it_is(cast: Cast) -> None:
    first, second = told(cast), told(cast, origin_ref="partner-2")
    with pytest.raises(actions.NothingAlike):
        actions.find_duplicate(lead=second, other=second, by=cast.statistician, at=cast.now)
    found = actions.find_duplicate(lead=second, other=first, by=cast.statistician, at=cast.now)
    assert (found.state, found.duplicate_of, found.public_state) == (State.DUPLICATE, first, PublicState.CLOSED)


def test_a_handler_must_work_in_the_unit(cast: Cast) -> None:
    with pytest.raises(actions.NotOfUnit):
        actions.assign(lead=told(cast), unit=cast.east, handler=cast.other_officer, by=cast.statistician, at=cast.now)


def test_only_the_bureau_triages_and_only_the_unit_follows(cast: Cast) -> None:
    lead = told(cast)
    with pytest.raises(NotAllowed):
        actions.keep(lead=lead, by=cast.officer, at=cast.now)
    actions.assign(lead=lead, unit=cast.east, handler=cast.officer, by=cast.statistician, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.answer(lead=lead, text="示例", by=cast.other_officer, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.link_project(lead=lead, project=cast.harbour, by=cast.officer, at=cast.now)


def test_a_step_is_taken_once(cast: Cast) -> None:
    lead = told(cast)
    actions.keep(lead=lead, by=cast.statistician, at=cast.now)
    with pytest.raises(actions.WrongState):
        actions.keep(lead=lead, by=cast.statistician, at=cast.now)


def test_a_rejected_lead_can_be_taken_up_again(cast: Cast) -> None:
    lead = told(cast)
    actions.reject(lead=lead, reason="示例", by=cast.statistician, at=cast.now)
    assert actions.reopen(lead=lead, reason="投资方补来材料", by=cast.statistician, at=cast.now).state == State.KEPT


@pytest.mark.case("I5")
def test_amending_leaves_the_text_and_hides_the_telephone_from_the_diary(cast: Cast) -> None:
    lead = told(cast)
    before = lead.received_text
    actions.amend(
        lead=lead, changes={"phone": "13900000000", "investor": "示例远航电池集团"}, by=cast.statistician, at=cast.now
    )
    held = Lead.objects.of(cast.city).get()
    line = Event.objects.of(cast.city).get(verb="leads.lead.amended")
    assert (held.phone, held.received_text) == ("13900000000", before)
    assert "13900000000" not in str(line.detail)


@pytest.mark.parametrize(
    "column, value", [("registered_at", "2020-01-01T00:00:00Z"), ("received_text", "x"), ("origin_ref", "x")]
)
def test_the_database_refuses_to_change_what_was_received(cast: Cast, column: str, value: str) -> None:
    told(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Lead.objects.of(cast.city).update(**{column: value})


def test_the_database_refuses_to_delete_a_lead_or_rewrite_a_step(cast: Cast) -> None:
    told(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        LeadStep.objects.of(cast.city).update(text="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Lead.objects.of(cast.city)._raw_delete(Lead.objects.db)


def test_a_lead_of_the_same_investor_or_telephone_is_shown(cast: Cast) -> None:
    first = told(cast)
    told(cast, investor="示例远航电池股份有限公司", phone="", origin_ref="a")
    told(cast, investor="别家示例公司", origin_ref="b")
    viewer = viewer_of(cast.statistician, cast.city)
    why = {one.why for one in likely(viewer, first, cast.now.date())}
    assert why == {("same_investor",), ("same_phone",)}


def test_a_project_of_the_same_enterprise_is_shown_to_who_may_see_it(cast: Cast) -> None:
    """The harbour is the west's: the east's officer learns only that there is something."""
    lead = told(cast, investor="示例码头有限公司")
    seen = likely(viewer_of(cast.statistician, cast.city), lead, cast.now.date())
    hidden = likely(viewer_of(cast.officer, cast.city), lead, cast.now.date())
    assert ([one.project for one in seen], [one.project for one in hidden]) == ([cast.harbour], [None])


def test_300_mu_are_200000_square_metres(cast: Cast) -> None:
    assert (m2_of_mu(Decimal(300)), mu_of_m2(m2_of_mu(Decimal("12.5")))) == (200_000, Decimal("12.5"))


def test_telephones_in_a_text_are_masked_and_amounts_are_not() -> None:
    text = "联系人示例先生 13800000000，0411-80000000，投资50000万元，2023-03-06"
    assert without_phones(text) == "联系人示例先生 138****0000，041****0000，投资50000万元，2023-03-06"
