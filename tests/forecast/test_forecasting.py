"""The arithmetic of forecasts on arrays with known answers."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.invented import FIRST, NEVER_REPLACED, city
from zhaoshang.figures.backtesting import Trials, backtest, correction, forecast, widening
from zhaoshang.figures.forecasting import (
    CITY,
    NEVER,
    Curve,
    History,
    Pieces,
    Plan,
    lag_curve,
    outlook,
    past_cutoffs,
    settle,
    share_by_month,
)


def plan(*lines: tuple[int, int, int]) -> Plan:
    """Instalments as (project, month, fen), known from the start and never replaced."""
    project, month, fen = (np.array(column, np.int64) for column in zip(*lines, strict=True))
    return Plan(
        project, month, fen, np.zeros(len(fen), np.int64), np.full(len(fen), NEVER_REPLACED), np.arange(len(fen))
    )


def laid(pieces: Pieces) -> list[tuple[int, int, int]]:
    return list(zip(pieces.instalment.tolist(), pieces.fen.tolist(), pieces.month.tolist(), strict=True))


def said(places: np.ndarray, mean: np.ndarray, actual: np.ndarray) -> Trials:
    """Trials of one month with intervals ten wide to either side, after forty had arrived."""
    many = len(places)
    return Trials(
        np.zeros(many, np.int64), places, mean, mean - 10, mean + 10, actual, np.full(many, 40.0), mean, np.ones(many)
    )


def curve_of(pieces: Pieces, held: Plan, cutoff: int) -> Curve:
    return lag_curve(held, pieces, int(held.project.max()) + 1, cutoff, np.random.default_rng(1))


def test_money_is_laid_against_the_oldest_instalment_first() -> None:
    """Due 100 in month 0 and 50 in month 2; 70 arrive in month 1 and 40 in month 3."""
    pieces = settle(plan((0, 0, 100), (0, 2, 50)), np.array([[0, 70, 0, 40]]), 0)
    assert laid(pieces) == [(0, 70, 1), (0, 30, 3), (1, 10, 3), (1, 40, NEVER)]


def test_projects_do_not_pay_for_each_other_and_surplus_is_left_over() -> None:
    pieces = settle(plan((0, 0, 100), (1, 0, 100)), np.array([[500, 0], [0, 30]]), 0)
    assert laid(pieces) == [(0, 100, 0), (1, 30, 1), (1, 70, NEVER)]


def test_money_taken_back_never_arrived() -> None:
    assert laid(settle(plan((0, 0, 100)), np.array([[100, -60, 20]]), 0)) == [(0, 40, 0), (0, 20, 2), (0, 40, NEVER)]


def test_the_curve_is_the_plain_share_when_everything_is_old() -> None:
    """60 in the month, 30 two months late, 10 not in three years."""
    held = plan((0, 0, 60), (1, 0, 30), (2, 0, 10))
    curve = curve_of(Pieces(np.arange(3), held.fen, np.array([0, 2, NEVER])), held, 40)
    assert [round(curve.share_by(lag), 6) for lag in (-1, 0, 1, 2, 36)] == [0, 0.6, 0.6, 0.9, 0.9]


def test_money_that_may_yet_come_is_not_counted_as_lost() -> None:
    """Kaplan-Meier by hand: 100 due at 0 came at 1; 100 due at 2 is outstanding at 2, so it says nothing of lag 1."""
    held = plan((0, 0, 100), (1, 2, 100))
    curve = curve_of(Pieces(np.arange(2), held.fen, np.array([1, NEVER])), held, 2)
    assert curve.share_by(0) == 0 and curve.share_by(1) == 1


def test_outstanding_half_lowers_the_share_by_the_product_rule() -> None:
    """At lag 0 a hundred of two hundred came; at lag 1 fifty of the fifty still watched: 1 − ½·0."""
    held = plan((0, 0, 100), (1, 0, 50), (2, 1, 50))
    curve = curve_of(Pieces(np.arange(3), held.fen, np.array([0, 1, NEVER])), held, 1)
    assert curve.share_by(0) == pytest.approx(0.5) and curve.share_by(1) == pytest.approx(1.0)


def test_units_add_up_to_the_city_and_the_parts_to_the_whole() -> None:
    found = outlook(city(), city().last - 6)
    assert found is not None
    assert np.allclose(found.mean[:-1].sum(axis=0), found.mean[CITY])
    assert np.allclose(found.so_far[:, None] + found.scheduled + found.unscheduled, found.mean)


def test_the_same_seed_draws_the_same_interval() -> None:
    first, second, other = (outlook(city(), city().last - 6, seed) for seed in (5, 5, 6))
    assert first is not None and second is not None and other is not None
    assert np.array_equal(first.bounds(), second.bounds()) and not np.array_equal(first.bounds(), other.bounds())


@pytest.mark.parametrize("months", [1, 4, 8])
def test_later_money_and_later_schedules_change_nothing(months: int) -> None:
    """A forecast at a month's end is the same whatever happens afterwards."""
    history = city()
    cutoff = history.last - 12 + 3
    later = history.totals.copy(), history.paid.copy()
    for table in later:
        table[:, cutoff + months - history.first :] += 10**9
    more = Plan(
        *(
            np.append(getattr(history.plan, name), value)
            for name, value in zip(
                Plan.__slots__, (39, cutoff + 1, 10**12, cutoff + 1, NEVER_REPLACED, 999), strict=True
            )
        )
    )
    told, told_later = (
        forecast(history, cutoff),
        forecast(replace(history, totals=later[0], paid=later[1], plan=more), cutoff),
    )
    assert told is not None and told_later is not None
    assert np.array_equal(told[0].mean, told_later[0].mean) and np.array_equal(told[0].bounds(), told_later[0].bounds())
    assert np.array_equal(told[1].mean, told_later[1].mean) and np.array_equal(told[1].low, told_later[1].low)


def test_a_replaced_schedule_is_forgotten_from_its_replacement_on() -> None:
    lines = plan((0, 5, 100), (0, 8, 100))
    lines = replace(lines, known=np.array([0, 6]), replaced=np.array([6, NEVER_REPLACED]))
    assert (lines.at(5).month.tolist(), lines.at(6).month.tolist()) == ([5], [8])


def test_a_schedule_begun_before_the_first_month_teaches_nothing() -> None:
    history = History(
        10,
        np.zeros((1, 3), np.int64),
        np.zeros(2, np.int64),
        np.zeros((2, 3), np.int64),
        plan((0, 9, 1), (0, 11, 1), (1, 10, 1)),
    )
    assert history.whole_schedules().plan.project.tolist() == [1]


def test_two_past_years_are_needed_and_december_needs_no_forecast() -> None:
    history = city(years=4)
    assert outlook(history, FIRST + 23) is None and outlook(history, FIRST + 12 + 5) is None
    assert outlook(history, FIRST + 24 + 5) is not None


def test_the_oldest_of_three_past_years_is_left_out() -> None:
    assert past_cutoffs(FIRST, FIRST + 36 + 2) == [FIRST + 26, FIRST + 14]
    assert past_cutoffs(FIRST, FIRST + 24 + 2) == [FIRST + 14, FIRST + 2]


def test_the_share_of_the_year_is_read_from_past_years() -> None:
    totals = np.tile(np.array([3, *[1] * 9, 0, 0]), (1, 4)).astype(np.int64)
    history = History(FIRST, totals, np.zeros(0, np.int64), np.zeros((0, 48), np.int64), plan((0, FIRST, 1)))
    assert share_by_month(history, FIRST + 36 + 2) == pytest.approx(5 / 12)


def test_intervals_hold_about_as_often_as_they_promise() -> None:
    """80 % promised; over eight invented cities' years, months and units between 65 and 97 % hold."""
    hits = trials = 0
    for seed in range(8):
        history = city(seed=seed)
        found = backtest(history, history.last + 1, draws=200)
        hits, trials = hits + found.of(False).hits, trials + len(found.of(False))
    assert trials == 8 * 4 * 11 * 5 and 0.65 < hits / trials < 0.97


def test_intervals_are_widened_by_what_past_trials_asked_for_and_never_narrowed() -> None:
    """Ten trials of the city whose ends lay at twice the interval's half width; units' lay well inside."""
    places = np.array([CITY] * 10 + [0] * 10)
    mean, actual = np.full(20, 100.0), np.array([120.0] * 10 + [101.0] * 10)
    assert widening(said(places, mean, actual)) == (2.0, 1.0)


def test_a_forecast_that_erred_to_one_side_is_corrected_for_what_is_yet_to_come() -> None:
    """Forty had arrived; eighty more were expected and ten came: an eighth, drawn back by two years' weight against one."""
    assert correction(said(np.array([CITY]), np.array([120.0]), np.array([50.0]))) == pytest.approx(0.5)
    assert correction(said(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))) == 1.0
