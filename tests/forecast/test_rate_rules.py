"""Formulas of rates: what they come to, and when they are refused."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from zhaoshang.figures.rate_rules import BadFormula, Member, before_ledger, read_formula, refusal_of, tally

EAST, WEST, DAY = uuid4(), uuid4(), date(2023, 3, 31)


def formula(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "cohort",
        "cohort": "signed",
        "measure": "projects",
        "numerator": ["landed"],
        "denominator": [],
    } | changes


def member(unit: Any = EAST, landed: date | None = None, contract_fen: int = 100, arrived_fen: int = 0) -> Member:
    days = {"reserved": None, "signed": date(2022, 5, 1), "landed": landed}
    return Member(uuid4(), unit, 2022, contract_fen, days, arrived_fen)


def test_a_cohort_is_followed_to_the_cut_off() -> None:
    """Three signed in 2022; one landed in time, one after the cut-off, one never."""
    members = [member(landed=date(2022, 9, 1)), member(landed=date(2023, 4, 1)), member(WEST)]
    found = tally(read_formula(formula()), members, DAY)
    assert (found[None, 2022].numerator, found[None, 2022].denominator) == (1, 3)
    assert found[EAST, 2022].percent == 50 and found[WEST, 2022].percent == 0


def test_the_same_word_by_contract_gives_another_rate() -> None:
    members = [member(landed=date(2022, 9, 1), contract_fen=900), member()]
    found = tally(read_formula(formula(measure="contract")), members, DAY)
    assert found[None, 2022].percent == 90


def test_money_stands_over_the_contracts_of_those_that_landed() -> None:
    members = [member(landed=date(2022, 9, 1), arrived_fen=30), member(arrived_fen=50)]
    both = tally(read_formula(formula(measure="money", numerator=[])), members, DAY)
    landed = tally(read_formula(formula(measure="money", numerator=[], denominator=["landed"])), members, DAY)
    assert (both[None, 2022].percent, landed[None, 2022].percent) == (40, 30)


def test_any_of_the_numerators_counts_once() -> None:
    members = [member(landed=date(2022, 9, 1), arrived_fen=1), member(arrived_fen=1), member()]
    found = tally(read_formula(formula(numerator=["landed", "arrived"])), members, DAY)
    assert found[None, 2022].numerator == 2


def test_nine_signed_and_eighteen_landed_are_never_divided() -> None:
    refusal = refusal_of(read_formula(formula(kind="flow")))
    assert refusal is not None and refusal.code == "flow_as_conversion" and "200%" in refusal.reason


def test_a_start_that_nobody_holds_is_said_and_not_guessed() -> None:
    refusal = refusal_of(read_formula(formula(numerator=["started"], denominator=["existing"])))
    assert refusal is not None and refusal.code == "not_held" and "开工、存续（未终止）" in refusal.reason


def test_money_of_cohorts_before_the_ledger_is_refused() -> None:
    refusal = before_ledger(2021, 2022)
    assert refusal is not None and refusal.code == "before_ledger" and before_ledger(2022, 2022) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "ratio"),
        ("cohort", "started"),
        ("measure", "tax"),
        ("numerator", ["paid"]),
        ("denominator", "landed"),
        ("numerator", []),
    ],
)
def test_a_formula_that_cannot_be_read_names_the_key(key: str, value: Any) -> None:
    with pytest.raises(BadFormula, match=key):
        read_formula(formula(**{key: value}))
