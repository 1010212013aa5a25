"""Where a year will end, from what had arrived by a month's end. Pure: numpy arrays, no Django, no clock.

Three parts, each for every unit: what has arrived; what schedules promise, late and short as promises were so far (a Kaplan-Meier
curve of the lag, weighted by money); and what no schedule explains, by how past years ran on from the same month. The interval
comes from drawing the unknown many times with a fixed seed, and is never narrower than past intervals would have had to be.
Nothing after the cut-off is looked at: every function begins with :meth:`History.until`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EARLIEST, LATEST = -12, 36  # lags in months that the curve tells apart; beyond them it is flat
LEVEL = 0.8
SEED = 20230418
DRAWS, RESAMPLED = 2_000, 60
LEAST_YEARS = 2  # fewer say nothing of how far years differ
LEAST_SPREAD = 0.03
CITY = -1
NEVER = -1
_Z90 = 1.2816
_T90 = (
    3.078,
    1.886,
    1.638,
    1.533,
    1.476,
    1.440,
    1.415,
    1.397,
    1.383,
)  # Student's t, 90 %, by degrees of freedom from 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Instalments, sorted by project and month. ``fen``: what would count of each; ``known`` … ``replaced``: the months from which
    to before which their revision was the one in force; ``row``: the caller's own number of each."""

    project: Ints
    month: Ints
    fen: Ints
    known: Ints
    replaced: Ints
    row: Ints

    def at(self, month: int) -> "Plan":
        """The revisions in force at a month's end."""
        return self.where((self.known <= month) & (month < self.replaced))

    def where(self, kept: NDArray[np.bool_]) -> "Plan":
        """Some of the instalments, in their order."""
        return Plan(*(getattr(self, name)[kept] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class History:
    """Counted fen by unit and month (``totals``) and by scheduled project and month (``paid``); column 0 is month ``first``."""

    first: int
    totals: Ints
    unit: Ints
    paid: Ints
    plan: Plan

    @property
    def last(self) -> int:
        """The last month held."""
        return self.first + int(self.totals.shape[1]) - 1

    def until(self, cutoff: int) -> "History":
        """What was known at the end of a month: no later money, no schedule agreed later."""
        held = cutoff - self.first + 1
        plan = self.plan.where(self.plan.known <= cutoff)
        return replace(self, totals=self.totals[:, :held], paid=self.paid[:, :held], plan=plan)

    def whole_schedules(self) -> "History":
        """Without projects whose schedule begins before the first month: what they were paid then is not held."""
        started = np.full(len(self.unit), np.iinfo(np.int64).max)
        np.minimum.at(started, self.plan.project, self.plan.month)
        return replace(self, plan=self.plan.where(started[self.plan.project] >= self.first))

    def span(self, first: int, last: int) -> Ints:
        """The totals of the months ``first`` to ``last``."""
        return self.totals[:, first - self.first : last - self.first + 1]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Money laid against instalments, the oldest due first: ``month`` in which it arrived, or :data:`NEVER` while outstanding."""

    instalment: Ints
    fen: Ints
    month: Ints


def settle(plan: Plan, paid: Ints, first: int) -> Pieces:
    """Lay each project's money (projects × months, column 0 is ``first``) against its instalments in order of their month.

    Money taken back later never arrived; money beyond the schedule is left over.
    """
    if not len(plan.fen):
        return Pieces(*(np.zeros(0, np.int64),) * 3)
    caps = np.bincount(plan.project, plan.fen, paid.shape[0]).astype(np.int64)
    start = np.cumsum(caps) - caps
    stayed = np.minimum.accumulate(np.cumsum(paid, axis=1)[:, ::-1], axis=1)[:, ::-1]
    stayed = np.clip(stayed, 0, caps[:, None])
    ends = (start[:, None] + stayed).ravel()
    moved = np.flatnonzero(np.diff(stayed, axis=1, prepend=0).ravel() > 0)
    due = np.cumsum(plan.fen)
    cuts = np.unique(np.concatenate([[0], due, ends[moved]]))
    begin, size = cuts[:-1], np.diff(cuts)
    instalment = np.searchsorted(due, begin, side="right")
    owner = plan.project[instalment]
    arrived = begin < start[owner] + stayed[owner, -1]
    month = np.full(len(begin), NEVER)
    arrival = np.searchsorted(ends[moved], begin[arrived], side="right")
    month[arrived] = first + moved[arrival] % paid.shape[1]
    return Pieces(instalment, size, month)


@dataclass(frozen=True, slots=True)
class Curve:
    """Share of money not yet there, by months after the planned one: ``left[0]`` before the earliest lag, then one a lag.

    ``resampled``: the same from projects drawn again at random, one row each; ``fen``/``projects``: what it was learnt from.
    """

    left: Floats
    resampled: Floats
    fen: int
    projects: int

    def share_by(self, lag: int) -> float:
        """Share of planned money that has arrived ``lag`` months after its month."""
        return float(1 - self.left[_place(np.array([lag]))[0]])


def _place(lag: Ints) -> Ints:
    """Where a lag stands in a curve."""
    return np.clip(lag, EARLIEST - 1, LATEST) - EARLIEST + 1


def lag_curve(plan: Plan, pieces: Pieces, projects: int, cutoff: int, rng: np.random.Generator) -> Curve:
    """Kaplan-Meier over money: what arrived is an event at its lag, what is outstanding is unknown beyond the lag reached."""
    length = LATEST - EARLIEST + 1
    due, owner = plan.month[pieces.instalment], plan.project[pieces.instalment]
    arrived = pieces.month != NEVER
    lag = np.where(arrived, pieces.month, cutoff) - due
    seen = lag >= EARLIEST
    cell = owner * length + np.clip(lag, EARLIEST, LATEST) - EARLIEST
    events, waiting = (
        np.bincount(cell[seen & these], pieces.fen[seen & these], projects * length).reshape(projects, length)
        for these in (arrived, ~arrived)
    )
    weights = np.vstack([np.ones(projects), rng.exponential(size=(RESAMPLED, projects))])
    # einsum, not @: a matrix library's threads wait for each other on a busy server
    happened, outstanding = (np.einsum("rp,pl->rl", weights, money) for money in (events, waiting))
    at_risk = np.cumsum((happened + outstanding)[:, ::-1], axis=1)[:, ::-1]
    stays = 1 - np.divide(happened, at_risk, out=np.zeros_like(happened), where=at_risk > 0)
    left = np.hstack([np.ones((len(weights), 1)), np.cumprod(stays, axis=1)])
    learnt = np.unique(owner[seen])
    return Curve(left[0], left[1:], int(pieces.fen[seen].sum()), len(learnt))


@dataclass(frozen=True, slots=True)
class Promised:
    """Outstanding instalments that may still arrive: place in the plan, fen, and the share expected by each month left."""

    instalment: Ints
    fen: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class Pattern:
    """How past years ran on: unscheduled money as a share of the year so far, by unit and month left (cumulative), and how far that
    was off (relative spread of the city and of each unit). ``years`` of past it was learnt from."""

    share: Floats
    city_spread: float
    unit_spread: Floats
    years: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast at a cut-off, in fen. Arrays by unit and month left are cumulative from January; ``low``/``high`` bound
    :data:`LEVEL` of the draws. Row :data:`CITY` (the last) is the city. ``widened`` (city, units) and ``corrected``: what past trials
    asked for."""

    cutoff: int
    so_far: Floats
    scheduled: Floats
    unscheduled: Floats
    draws: Floats
    curve: Curve
    pattern: Pattern
    promised: Promised
    plan: Plan
    widened: tuple[float, float] = (1.0, 1.0)
    corrected: float = 1.0

    def calibrated(self, correction: float, widened: tuple[float, float]) -> "Outlook":
        """What is yet to come times a factor, the same for every place, so that units still add up; and intervals widened."""
        return replace(
            self,
            scheduled=self.scheduled * correction,
            unscheduled=self.unscheduled * correction,
            draws=self.so_far[:, None] + correction * (self.draws - self.so_far[:, None]),
            promised=replace(self.promised, share=np.minimum(self.promised.share * correction, 1.0)),
            widened=widened,
            corrected=correction,
        )

    @property
    def months(self) -> range:
        """The months left of the year."""
        return range(self.cutoff + 1, self.cutoff + 1 + self.scheduled.shape[1])

    @property
    def mean(self) -> Floats:
        """Expected value by place and month left; units add up to the city."""
        return self.so_far[:, None] + self.scheduled + self.unscheduled

    def factors(self) -> Floats:
        """How far each place's interval is widened."""
        factor = np.full(len(self.so_far), self.widened[1])
        factor[CITY] = self.widened[0]
        return factor

    def _wide(self) -> Floats:
        wide: Floats = self.mean + self.factors()[:, None] * (self.draws - self.mean)
        return wide

    def bounds(self) -> tuple[Floats, Floats]:
        """Low and high by place and month left. Money that has arrived stays."""
        wide = np.maximum(self._wide(), self.so_far[:, None])
        low, high = np.quantile(wide, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        return low, high

    def chance(self, place: int, target: int) -> float:
        """Share of the draws that end the year at or above ``target``."""
        end = self.mean[place, -1]
        return float(np.mean(end + self.factors()[place] * (self.draws[:, place, -1] - end) >= target))


def outlook(history: History, cutoff: int, seed: int = SEED, draws: int = DRAWS) -> Outlook | None:
    """The forecast with what was known at the end of ``cutoff``; None in December and with fewer than :data:`LEAST_YEARS` past years."""
    known = history.until(cutoff).whole_schedules()
    december = cutoff // 12 * 12 + 11
    left = december - cutoff
    years = past_cutoffs(known.first, cutoff)
    so_far = known.span(cutoff // 12 * 12, cutoff).sum(axis=1).astype(float)
    if not left or len(years) < LEAST_YEARS:
        return None
    rng = np.random.default_rng([seed, cutoff])
    plan = known.plan.at(cutoff)
    pieces = settle(plan, known.paid, known.first)
    curve = lag_curve(plan, pieces, len(known.unit), cutoff, rng)
    promised = _promised(plan, pieces, curve, cutoff, left)
    pattern = run_on(known, years)
    scheduled, spread = _scheduled(known, plan, promised, curve, cutoff, left)
    unscheduled = pattern.share * so_far[:, None]
    drawn = _draw(rng, draws, scheduled, spread, unscheduled, pattern)
    return Outlook(
        cutoff,
        with_city(so_far),
        with_city(scheduled[0]),
        with_city(unscheduled),
        with_city(drawn + so_far[:, None], 1),
        curve,
        pattern,
        promised,
        plan,
    )


def with_city(values: Floats, axis: int = 0) -> Floats:
    """The units' values with their sum behind them."""
    return np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)


def share_by_month(history: History, cutoff: int) -> float | None:
    """Share of the city's year that whole past years had reached by the cut-off's month; None without one."""
    years = past_cutoffs(history.first, cutoff)
    reached = sum(int(history.span(year // 12 * 12, year).sum()) for year in years)
    whole = sum(int(history.span(year // 12 * 12, year // 12 * 12 + 11).sum()) for year in years)
    return reached / whole if whole else None


def past_cutoffs(first: int, cutoff: int) -> list[int]:
    """The same month of earlier years that are held from their January, newest first.

    Of more than :data:`LEAST_YEARS` the oldest is left out: the schedules of the year before it are not held.
    """
    months = [month for month in range(cutoff - 12, first - 1, -12) if month // 12 * 12 >= first]
    return months[:-1] if len(months) > LEAST_YEARS else months


def _arriving(left: Floats, age: Ints, months: int) -> Floats:
    """Chance that money outstanding ``age`` months after its month comes by each month left: (curves ×) ages × months."""
    now = left[..., _place(age)][..., None]
    then = left[..., _place(age[:, None] + 1 + np.arange(months))]
    return 1 - np.divide(then, now, out=np.ones_like(then), where=now > 0)


def _promised(plan: Plan, pieces: Pieces, curve: Curve, cutoff: int, months: int) -> Promised:
    waits = pieces.month == NEVER
    instalment, fen = pieces.instalment[waits], pieces.fen[waits]
    return Promised(instalment, fen, _arriving(curve.left, cutoff - plan.month[instalment], months))


def _scheduled(
    known: History, plan: Plan, promised: Promised, curve: Curve, cutoff: int, months: int
) -> tuple[Floats, Floats]:
    """Expected scheduled money by unit and month left, by the curve and by each resampled one; and its spread, alike.

    Instalments are independent given a curve, so their sums need only the money and its square by unit and age.
    """
    ages = np.arange(EARLIEST - 12, LATEST + 1)
    age = np.clip(cutoff - plan.month[promised.instalment], ages[0], ages[-1]) - ages[0]
    cell = known.unit[plan.project[promised.instalment]] * len(ages) + age
    money = promised.fen.astype(float)
    size = known.totals.shape[0] * len(ages)
    by_age, squared = (np.bincount(cell, held, size).reshape(-1, len(ages)) for held in (money, money**2))
    share = _arriving(np.vstack([curve.left, curve.resampled]), ages, months)
    return by_age @ share, np.sqrt(squared @ (share * (1 - share)))


def run_on(known: History, years: list[int]) -> Pattern:
    """How unscheduled money ran on in past years from the same month (``years``: their cut-offs)."""
    left = years[0] // 12 * 12 + 11 - years[0]
    rest = np.array([_unexplained(known, year, left) for year in years])
    so_far = np.array([known.span(year // 12 * 12, year).sum(axis=1) for year in years], float)
    share = _shares(rest, so_far)
    kept = [[other for other in range(len(years)) if other != year] for year in range(len(years))]
    guessed = np.array([_shares(rest[k], so_far[k])[:, -1] * so_far[year] for year, k in enumerate(kept)])
    actual = rest[:, :, -1]
    city = np.log((actual.sum(axis=1) + 1) / (guessed.sum(axis=1) + 1))
    floor = 0.01 * so_far + 1
    units = np.log((actual + floor) / (guessed + floor)) - city[:, None]
    pooled = np.mean(units**2)
    own = ((units**2).sum(axis=0) + 2 * pooled) / (len(years) + 2)
    return Pattern(share, max(float(np.sqrt(np.mean(city**2))), LEAST_SPREAD), np.sqrt(own), len(years))


def _unexplained(known: History, cutoff: int, months: int) -> Floats:
    """By unit and month after a past cut-off, cumulative: money that the schedules known then do not explain."""
    plan = known.plan.at(cutoff)
    until = cutoff + months
    paid = known.paid[:, : until - known.first + 1]
    pieces = settle(plan, paid, known.first)
    after = pieces.month > cutoff
    home = known.unit[plan.project[pieces.instalment[after]]]
    cell = home * months + pieces.month[after] - cutoff - 1
    explained = np.bincount(cell, pieces.fen[after], known.totals.shape[0] * months).reshape(-1, months)
    rest: Floats = np.maximum(np.cumsum(known.span(cutoff + 1, until) - explained, axis=1), 0.0)
    return rest


def _shares(rest: Floats, so_far: Floats) -> Floats:
    """Unscheduled money by the year so far, each unit drawn towards the city's share by one average unit's weight."""
    whole, base = rest.sum(axis=0), so_far.sum(axis=0)
    city = whole.sum(axis=0) / max(base.sum(), 1.0)
    prior = max(float(base.mean()), 1.0)
    shares: Floats = (whole + prior * city) / (base + prior)[:, None]
    return shares


def _draw(
    rng: np.random.Generator, draws: int, scheduled: Floats, spread: Floats, unscheduled: Floats, pattern: Pattern
) -> Floats:
    """The money left of the year, drawn: draws × units × months, cumulative."""
    which = rng.integers(1, len(spread), draws)  # 0 is the curve itself
    units = unscheduled.shape[0]
    chance = rng.standard_normal((draws, units, 1))
    promised = np.maximum(scheduled[which] + spread[which] * chance, 0)
    few = _T90[min(pattern.years - 1, len(_T90)) - 1] / _Z90
    shock = pattern.city_spread * few * rng.standard_normal((draws, 1))
    factor = np.exp(shock + pattern.unit_spread * rng.standard_normal((draws, units)))
    factor /= factor.mean(axis=0)
    drawn: Floats = promised + unscheduled * factor[:, :, None]
    return drawn
