"""What it takes to end the year first in the province: the other cities' figures on record, run on to the year's end.

Nobody knows the others' year. Each is run on by its own last year where that is on record, else by our own pattern; which of the
two stands with every line, and so does whether its figure is official.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.forecast import Forecast
from zhaoshang.figures.models import ExternalFigure


class RunOn(StrEnum):
    """By what another city's year is run on."""

    OWN_LAST_YEAR = "own_last_year"
    OUR_PATTERN = "our_pattern"


RUN_ON_LABELS = {
    RunOn.OWN_LAST_YEAR: N_("按该市上年同期占全年的比重"),
    RunOn.OUR_PATTERN: N_("按本市往年同期占全年的比重（该市没有上年数）"),
}


@dataclass(frozen=True, slots=True)
class Rival:
    """Another city: its newest figure of the year, and where its year would end (fen)."""

    entry: ExternalFigure
    expected: int
    run_on: RunOn


@dataclass(frozen=True, slots=True)
class Race:
    """``needed``: fen still to arrive to end a hair above the first of ``rivals``; ``faster_percent``: by how much more than run on
    the others are taken to bring in for the rest of the year."""

    rivals: tuple[Rival, ...]
    faster_percent: int
    needed: int
    per_month: int
    expected_per_month: int
    rank_expected: int
    rank_low: int

    @property
    def first(self) -> Rival:
        """The city that would end highest."""
        return self.rivals[0]


def race(found: Forecast, faster_percent: int = 0) -> Race | None:
    """None when no other city's figure of this year is on record. One query."""
    city, share = found.version.city, found.share_of_year
    january, months_left = found.cutoff - found.cutoff % 12, found.months_left
    rows = ExternalFigure.objects.of(city).filter(
        indicator=found.version.indicator, value__isnull=False, first_month__in=[january, january - 12]
    )
    entries = [
        one
        for one in rows.order_by("-is_official", "-dated", "-id")
        if one.place_code[:2] == city.gb_code[:2] and one.place_code != city.gb_code
    ]
    rivals = [
        rival
        for code in dict.fromkeys(one.place_code for one in entries)
        if (rival := _rival(entries, code, found, share, faster_percent))
    ]
    if not rivals:
        return None
    rivals.sort(key=lambda one: -one.expected)
    total = found.total
    needed = max(rivals[0].expected + 1 - total.so_far, 0)
    return Race(
        tuple(rivals),
        faster_percent,
        needed,
        -(-needed // months_left),
        (total.mean - total.so_far) // months_left,
        1 + sum(one.expected > total.mean for one in rivals),
        1 + sum(one.expected > total.low for one in rivals),
    )


def _rival(
    entries: list[ExternalFigure], code: str, found: Forecast, share: float | None, faster_percent: int
) -> Rival | None:
    """The city's newest figure of the year to date, run on."""
    january = found.cutoff - found.cutoff % 12
    own = [one for one in entries if one.place_code == code]
    now = max(
        (one for one in own if one.first_month == january and one.last_month <= found.cutoff),
        key=lambda one: one.last_month,
        default=None,
    )
    if now is None:
        return None
    before = {one.last_month: int(one.value or 0) for one in reversed(own) if one.first_month == january - 12}
    same, whole = before.get(now.last_month - 12), before.get(january - 1)
    if same and whole:
        reached, run_on = same / whole, RunOn.OWN_LAST_YEAR
    elif share and now.last_month == found.cutoff:
        reached, run_on = share, RunOn.OUR_PATTERN
    else:
        return None
    value = int(now.value or 0)
    rest = value / reached - value
    return Rival(now, round(value + rest * (100 + faster_percent) / 100), run_on)


def period_of(entry: ExternalFigure) -> Period:
    """The months that an external figure is for."""
    return Period(entry.first_month, entry.last_month)
