"""Frozen figures: given again identically when the ledger has moved on, and any meddling shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary
from django.db import DatabaseError, connection, transaction

from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.rollup import drift
from zhaoshang.capital.verification import verify
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.freezing import Drifted, freeze, frozen_in, later_correction, recompute
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.figures.queries import NotKept, figure
from zhaoshang.tenancy import guards

Q1 = Period.parse("2023Q1")


@pytest.fixture
def words(cast: Cast) -> Dictionary:
    return dictionary(cast)


def frozen(cast: Cast, code: str = "capital_in_place", period: Period = Q1) -> FrozenFigure:
    snapshot = freeze(city=cast.city, figures=[figure(cast.city, code, period)], by=cast.statistician, at=NOW)
    return frozen_in(cast.city, snapshot)[0]


def again(cast: Cast, one: FrozenFigure) -> FrozenFigure:
    return frozen_in(cast.city, one.snapshot)[0]


@contextmanager
def meddled(sql: str) -> Iterator[None]:
    with guards.suspended(), connection.cursor() as cursor:
        cursor.execute(sql)
    yield


def test_a_frozen_figure_is_recomputed_identically_after_the_ledger_moved_on(cast: Cast, words: Dictionary) -> None:
    cast.verified(amount_fen=3 * YI)
    one = frozen(cast)
    cast.verified(amount_fen=4 * YI)
    assert figure(cast.city, "capital_in_place", Q1).value == 7 * YI
    found = recompute(again(cast, one))
    assert (found.value, found.payments, found.same) == (3 * YI, 1, True)


def test_a_later_payment_of_the_same_months_is_shown_beside(cast: Cast, words: Dictionary) -> None:
    cast.verified(amount_fen=3 * YI)
    one = frozen(cast)
    assert later_correction(one) is None
    cast.verified(amount_fen=4 * YI)
    later = later_correction(again(cast, one))
    assert later is not None
    assert (later.value_now, later.difference, len(later.inside), later.carried) == (7 * YI, 4 * YI, 1, ())


@pytest.mark.case("F10", "F22")
def test_an_opposite_entry_in_a_later_month_is_shown_beside_the_month_it_takes_from(
    cast: Cast, words: Dictionary
) -> None:
    paid = cast.verified(
        report_month=parse_month("2023-01"), paid_on=Period.parse("2023-01").first_day(), amount_fen=3 * YI
    )
    january = frozen(cast, period=Period.parse("2023-01"))
    month = parse_month("2023-03")
    back = declare_opposite(payment=paid, report_month=month, amount_fen=YI, reason="示例重复", by=cast.officer, at=NOW)
    verify(payment=back, revision=back.revision, by=cast.verifier, at=NOW)
    later = later_correction(again(cast, january))
    assert later is not None
    assert (later.difference, [one.pk for one in later.carried], later.carried_value) == (0, [back.pk], -YI)


def test_a_figure_named_twice_is_frozen_once_and_a_snapshot_holds_many(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    units = [figure(cast.city, "capital_in_place", Q1, unit) for unit in (None, None, cast.east, cast.west)]
    snapshot = freeze(city=cast.city, figures=units, by=cast.statistician, at=NOW)
    assert sorted(one.value for one in frozen_in(cast.city, snapshot)) == [0, YI, YI]


def test_counts_of_projects_can_be_frozen_too(cast: Cast, words: Dictionary) -> None:
    one = frozen(cast, "signed_projects")
    assert (one.value, recompute(one).same) == (2, True)


@pytest.mark.case("F1")
def test_the_database_refuses_to_change_what_was_frozen(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    frozen(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE figures_frozenfigure SET value=1")


def test_a_frozen_row_changed_behind_the_database_s_back_is_found(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    one = frozen(cast)
    with meddled("UPDATE figures_frozenfigure SET value=value+1"):
        assert recompute(again(cast, one)).faults == ("value", "record")


def test_a_rule_changed_behind_the_database_s_back_is_found(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    one = frozen(cast)
    with meddled("UPDATE figures_indicatorversion SET definition='另一种'"):
        assert recompute(again(cast, one)).faults == ("rule",)


def test_a_chain_whose_entry_is_another_one_is_found(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    one = frozen(cast)
    with meddled(f"UPDATE capital_payment SET digest='{'0' * 64}'"):
        assert recompute(again(cast, one)).faults == ("ledger",)


def test_nothing_is_frozen_while_roll_up_and_payments_disagree(cast: Cast, words: Dictionary) -> None:
    cast.verified()
    with meddled("UPDATE capital_total SET amount_fen=amount_fen+1"), pytest.raises(Drifted):
        frozen(cast)
    assert not FrozenFigure.objects.of(cast.city).exists()


def test_an_empty_ledger_can_be_frozen(cast: Cast, words: Dictionary) -> None:
    assert recompute(frozen(cast)).same


@pytest.mark.case("F21")
def test_a_rule_set_issued_for_past_months_changes_neither_the_frozen_figure_nor_its_recomputation(
    cast: Cast, words: Dictionary
) -> None:
    cast.verified(amount_fen=3 * YI)
    one = frozen(cast)
    content = {"rules": [{"no": "1", "kind": "source", "counts": [], "text": "都不计入"}]}
    given: dict[str, Any] = {
        "code": "sample-2023",
        "title": "新规则",
        "content": content,
        "source": "示例",
        "valid_from": parse_month("2023-01"),
    }
    issue_rules(rules=draft_rules(city=cast.city, by=cast.statistician, at=NOW, **given), by=cast.statistician, at=NOW)
    assert recompute(again(cast, one)).same and later_correction(again(cast, one)) is None
    assert drift(cast.city) == []
    with pytest.raises(NotKept):
        figure(cast.city, "capital_in_place", Q1)
