"""Working days: by the package, as the city set them, assumed where nobody knows."""

from datetime import date

from zhaoshang.common.workdays import Source, WorkDays

CHINA = WorkDays()


def test_spring_festival_is_not_worked_and_its_saturday_is() -> None:
    assert CHINA.of(date(2023, 1, 23)) == (False, Source.PACKAGE)
    assert CHINA.of(date(2023, 1, 28)) == (True, Source.PACKAGE)


def test_three_days_over_the_festival_end_after_it() -> None:
    assert CHINA.after(date(2023, 1, 19), 3) == (date(2023, 1, 29), False)


def test_what_the_city_set_goes_before_the_package() -> None:
    own = WorkDays({date(2023, 3, 6): False})
    assert (own.of(date(2023, 3, 6)), own.after(date(2023, 3, 3), 1)[0]) == (
        (False, Source.OVERRIDDEN),
        date(2023, 3, 7),
    )


def test_a_year_that_nobody_knows_is_assumed_and_says_so() -> None:
    assert CHINA.of(date(2040, 1, 2)) == (True, Source.ASSUMED)
    assert CHINA.after(date(2040, 1, 5), 1) == (date(2040, 1, 6), True)


def test_late_counts_working_days_after_the_due_day() -> None:
    friday, monday = date(2023, 3, 3), date(2023, 3, 6)
    assert [CHINA.late(friday, day) for day in (friday, date(2023, 3, 5), monday)] == [0, 0, 1]


def test_back_is_the_edge_of_late() -> None:
    today = date(2023, 3, 8)
    for days in (1, 3, 5):
        edge = CHINA.back(today, days)
        due_on = date.fromordinal(edge.toordinal() - 1)
        assert CHINA.late(due_on, today) >= days > CHINA.late(edge, today)
