"""Progress against a target: of the year, against time, against the document's quarters; and what is still missing."""

from decimal import Decimal

import pytest

from zhaoshang.common.rounding import round_half_even
from zhaoshang.plans.rules import missing, phased_share, progress

YI = 10_000_000_000
QUARTER = Decimal(25)


@pytest.mark.parametrize(
    ("reached", "target", "printed"),
    [
        (58_660_000_000, 164_000_000_000, "35.8"),  # 省外 586.6 of 1640
        (15_590_000_000, 40_000_000_000, "39.0"),  # 省内 155.9 of 400
        (74_250_000_000, 204_000_000_000, "36.4"),  # both 742.5 of 2040
        (364, 1000, "36.4"),  # signed
        (211, 800, "26.4"),  # landed
        (2138, 5000, "42.8"),  # in reserve
    ],
)
def test_the_six_percentages_of_dalian_2022q1_follow_from_round_targets(
    reached: int, target: int, printed: str
) -> None:
    done = progress(reached, target, QUARTER)
    assert done is not None
    assert str(round_half_even(done.of_year_percent, 1)) == printed


def test_progress_is_told_against_time_and_against_the_quarters_of_the_document() -> None:
    done = progress(
        586_6 * YI, 1640_0 * YI, QUARTER, phased_share(1640_0 * YI, (492_0 * YI, 900_0 * YI, 1300_0 * YI), 3)
    )
    assert done is not None
    assert done.phased_ahead_points is not None
    shown = [round_half_even(one, 1) for one in (done.ahead_points, done.phased_ahead_points)]
    assert shown == [Decimal("10.8"), Decimal("5.8")]


@pytest.mark.parametrize(
    ("months", "share"), [(1, 10), (3, 30), (4, 40), (6, 60), (7, 65), (9, 75), (11, 92), (12, 100)]
)
def test_inside_a_quarter_its_step_is_spread_evenly(months: int, share: int) -> None:
    found = phased_share(100, (30, 60, 75), months)
    assert found is not None
    assert round(found) == share


def test_without_quarters_there_is_no_schedule_but_time() -> None:
    assert phased_share(100, None, 3) is None


@pytest.mark.parametrize(
    ("reached", "months", "told"),
    [(364, 3, (636, 9, 71)), (1000, 9, (0, 3, 0)), (1200, 9, (0, 3, 0)), (900, 12, (100, 0, None))],
)
def test_what_is_missing_is_shared_over_the_months_left(
    reached: int, months: int, told: tuple[int, int, int | None]
) -> None:
    left = missing(reached, 1000, months)
    assert (left.amount, left.months_left, left.a_month) == told
