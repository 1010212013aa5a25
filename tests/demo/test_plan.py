"""The invented account meets every published total before a row is written."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from zhaoshang.common.money import to_fen
from zhaoshang.common.periods import Period
from zhaoshang.demo import facts
from zhaoshang.demo.plan import SEED, YI_FEN, Plan, counted, make_plan

TENTH = to_fen(Decimal("0.05"), "亿元")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan()


def total(plan: Plan, period: str, sources: dict[str, int]) -> int:
    months = Period.parse(period)
    inside = [one for one in plan.payments if one.month in months and one.project.source_code in sources]
    return sum(counted(one) for one in inside if one.project.industry != "K")


@pytest.mark.parametrize(
    ("period", "outside", "printed"),
    [("2022Q1", True, "586.6"), ("2022Q1", False, "155.9"), ("2022", True, "1638.2"), ("2023Q1", True, "729.4")],
)
def test_the_payments_give_the_published_figure(plan: Plan, period: str, outside: bool, printed: str) -> None:
    found = total(plan, period, facts.OUTSIDE_SOURCES if outside else facts.INSIDE_SOURCES)
    assert abs(found - to_fen(Decimal(printed), "亿元")) < TENTH


@pytest.mark.parametrize("quarter", list(facts.QUARTERS))
@pytest.mark.parametrize("day", ["reserved", "signed", "landed"])
def test_every_quarter_has_its_number_of_projects(plan: Plan, quarter: str, day: str) -> None:
    days = [(getattr(one, f"{day}_on"), one.contract_fen) for one in plan.projects]
    held = [fen for on, fen in days if on and on.year * 12 + on.month - 1 in Period.parse(quarter)]
    assert (len(held), sum(fen >= YI_FEN for fen in held)) == getattr(facts.QUARTERS[quarter], day)


def test_the_same_seed_gives_the_same_account(plan: Plan) -> None:
    def told(one: Plan) -> list[tuple[int, date, int]]:
        return [(payment.month, payment.paid_on, payment.amount_fen) for payment in one.payments]

    assert told(make_plan(SEED)) == told(plan) != told(make_plan(SEED + 1))


def test_no_project_is_paid_before_it_lands_or_beyond_its_contract(plan: Plan) -> None:
    assert all(one.project.landed_on and one.project.landed_on <= one.paid_on for one in plan.payments)
    assert all(one.paid_fen <= one.contract_fen for one in plan.projects)


def test_a_project_is_reserved_signed_and_landed_in_that_order(plan: Plan) -> None:
    for one in plan.projects:
        days = [day for day in (one.reserved_on, one.signed_on, one.landed_on) if day]
        assert days == sorted(days)


def test_every_unit_reports_in_every_month(plan: Plan) -> None:
    cells = Counter((one.month, one.project.unit) for one in plan.payments)
    assert len(cells) == 15 * len(facts.UNITS)
