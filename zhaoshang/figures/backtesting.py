"""How forecasts did: the end of every past year forecast from each of its months, with only what was known then. Pure: numpy arrays.

By such trials of earlier years a forecast is corrected where they all erred to one side, and its interval is widened, never narrowed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhaoshang.figures.forecasting import CITY, LEVEL, SEED, Floats, History, Ints, Outlook, outlook, with_city

TRIAL_DRAWS = 400
CAUTIOUS_YEARS = 2


@dataclass(frozen=True, slots=True)
class Trials:
    """Year ends forecast from past months, one entry a month and place: what was said, and what came (fen); ``so_far`` and ``plain``:
    what had arrived, and what was expected before the correction; ``widened``: the factor that the interval had been given."""

    cutoff: Ints
    place: Ints
    mean: Floats
    low: Floats
    high: Floats
    actual: Floats
    so_far: Floats
    plain: Floats
    widened: Floats

    def of(self, city: bool) -> "Trials":
        """Those of the city, or of the units."""
        return self.where((self.place == CITY) == city)

    def before(self, month: int) -> "Trials":
        """Those of years that had ended before ``month``'s."""
        return self.where(self.cutoff // 12 < month // 12)

    def where(self, kept: NDArray[np.bool_]) -> "Trials":
        """Some of the trials."""
        return Trials(*(getattr(self, name)[kept] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.cutoff)

    @property
    def hits(self) -> int:
        """How many ended inside their interval."""
        return int(np.sum((self.low <= self.actual) & (self.actual <= self.high)))

    @property
    def mean_error(self) -> float:
        """Mean absolute error in fen."""
        return float(np.mean(np.abs(self.mean - self.actual)))

    @property
    def mean_error_percent(self) -> float:
        """The absolute errors' sum as a share of what came, in percent."""
        return float(100 * np.sum(np.abs(self.mean - self.actual)) / np.sum(self.actual))


def backtest(history: History, before: int, seed: int = SEED, draws: int = TRIAL_DRAWS) -> Trials:
    """Forecast the end of every whole past year from each of its months, with only what was known then (rolling origin).

    Years before the one of ``before``; each forecast is corrected and widened by what trials of still earlier years had asked for.
    """
    rows: list[tuple[float, ...]] = []
    for january in range((history.first + 11) // 12 * 12, before // 12 * 12, 12):
        earlier = _trials(rows)
        for cutoff in range(january, january + 11):
            found = outlook(history, cutoff, seed, draws)
            if found is None:
                continue
            plain = found.mean[:, -1]
            found = found.calibrated(correction(earlier), widening(earlier))
            low, high = found.bounds()
            actual = with_city(history.span(january, january + 11).sum(axis=1).astype(float))
            ends = np.column_stack(
                [found.mean[:, -1], low[:, -1], high[:, -1], actual, found.so_far, plain, found.factors()]
            )
            places = [*range(len(actual) - 1), CITY]
            rows += [(cutoff, place, *end) for place, end in zip(places, ends.tolist(), strict=True)]
    return _trials(rows)


def _trials(rows: list[tuple[float, ...]]) -> Trials:
    table = np.array(rows, float).reshape(-1, 9)
    return Trials(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), *table[:, 2:].T)


def correction(trials: Trials) -> float:
    """What came after these trials' cut-offs as a share of what was expected to come, for the city; drawn towards 1 by the weight of
    :data:`CAUTIOUS_YEARS` years without error, since a few years may err to one side by chance."""
    city = trials.of(True)
    expected, came = float(np.sum(city.plain - city.so_far)), float(np.sum(city.actual - city.so_far))
    if expected <= 0 or came <= 0:
        return 1.0
    years = len(np.unique(city.cutoff // 12))
    return float((came / expected) ** (years / (years + CAUTIOUS_YEARS)))


def widening(trials: Trials) -> tuple[float, float]:
    """By how much intervals of the city and of the units must be widened to have held :data:`LEVEL` of these trials; never below 1."""
    return _factor(trials.of(True)), _factor(trials.of(False))


def _factor(trials: Trials) -> float:
    if not len(trials):
        return 1.0
    side = np.where(trials.actual > trials.mean, trials.high - trials.mean, trials.mean - trials.low) / trials.widened
    needed = np.sort(np.abs(trials.actual - trials.mean) / np.maximum(side, 1.0))
    rank = min(int(np.ceil(LEVEL * (len(needed) + 1))), len(needed))
    return max(1.0, float(needed[rank - 1]))


def forecast(history: History, cutoff: int, seed: int = SEED) -> tuple[Outlook, Trials] | None:
    """The forecast with its tested interval and the trials behind it; None where :func:`outlook` gives none."""
    found = outlook(history, cutoff, seed)
    if found is None:
        return None
    trials = backtest(history.until(cutoff), cutoff, seed)
    return found.calibrated(correction(trials), widening(trials)), trials
