"""Where a year will end: gathers what :mod:`.forecasting` works on and says what each number rests on. Read from roll-ups.

A forecast is no figure: it is never published, frozen or counted, and is shown with its interval and with how such intervals did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.core.cache import cache

from zhaoshang.capital.models import ChainHead
from zhaoshang.capital.queries import by_project_and_month
from zhaoshang.capital.rules import Facts, Kind, Origin, judge
from zhaoshang.common.periods import Period, month_number
from zhaoshang.common.problems import N_
from zhaoshang.figures import backtesting, forecasting
from zhaoshang.figures.backtesting import Trials
from zhaoshang.figures.forecasting import History, Outlook, Plan
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import keeps, values_by_unit_and_month, version_for, year_to_date
from zhaoshang.figures.rules import Measure, Refusal, refuse
from zhaoshang.plans.models import Target
from zhaoshang.plans.queries import targets_in_force
from zhaoshang.projects.models import EarlierArrival, Instalment, Project
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.regions.rules import source_class
from zhaoshang.tenancy.models import City

KEPT_SECONDS = 24 * 3600
STILL_IN_FORCE = month_number(9999, 12)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast was learnt from. ``earlier``: entries of older books, from before the ledger's first month."""

    first: int
    ledger_first: int
    earlier: int
    earlier_is_sample: bool
    scheduled_projects: int
    instalments: int


@dataclass(frozen=True, slots=True)
class Step:
    """One month of a place's year: fen from January, expected and bounds; the three are equal where the month is past."""

    month: int
    mean: int
    low: int
    high: int
    is_past: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's forecast, or (``unit`` None) the city's. Fen; ``so_far + scheduled + unscheduled`` is ``mean``.

    ``chance``: of reaching the target in force, between 0 and 1.
    """

    unit: ReportingUnit | None
    so_far: int
    scheduled: int
    unscheduled: int
    mean: int
    low: int
    high: int
    target: Target | None
    chance: float | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """How the same forecast did on past months: trials, how many ended inside the interval, and the mean absolute error."""

    trials: int
    hits: int
    error_fen: int
    error_percent: float
    years: tuple[int, ...]

    @property
    def hit_percent(self) -> float:
        """Share of the trials inside the interval, in percent."""
        return 100 * self.hits / self.trials


@dataclass(frozen=True, slots=True)
class Waiting:
    """An instalment that has not (wholly) arrived: what of it is outstanding, as it would count, and its chance by year end."""

    key: UUID
    outstanding_fen: int
    chance: float


def chance_steps(chance: float) -> int:
    """In percent, in steps of five; 0 and 100 mean less than five and more than 95: draws do not know more."""
    return round(chance * 20) * 5


@dataclass(frozen=True, slots=True)
class Forecast:
    """A year's end as seen at the end of ``cutoff``. ``units``: the record of units' forecasts, None like ``city`` without past trials."""

    version: IndicatorVersion
    cutoff: int
    rows: tuple[Row, ...]
    total: Row
    city: Record | None
    units: Record | None
    trials: Trials
    outlook: Outlook
    waiting: Mapping[UUID, tuple[Waiting, ...]]
    basis: Basis
    share_of_year: float | None
    is_closed: bool

    @property
    def year(self) -> int:
        """The year whose end is forecast."""
        return self.cutoff // 12

    @property
    def period(self) -> Period:
        """January to the cut-off."""
        return year_to_date(Period(self.cutoff, self.cutoff))

    @property
    def months_left(self) -> int:
        """Months after the cut-off."""
        return 11 - self.cutoff % 12

    def row_of(self, code: str) -> Row | None:
        """A unit's row by its code."""
        return next((row for row in self.rows if row.unit and row.unit.code == code), None)


@dataclass(frozen=True, slots=True)
class _Material:
    """What was read for a version: arrays, and what their rows are."""

    history: History
    instalments: tuple[UUID, ...]
    basis: Basis


def forecast(city: City, code: str, cutoff: int, version: str | None = None) -> Forecast | Refusal:
    """The forecast of an indicator at the end of a month, or why there is none.

    Raises ``queries.UnknownIndicator``, ``queries.NoVersion``.
    """
    chosen = version_for(city, code, year_to_date(Period(cutoff, cutoff)), version)
    chosen.city = city
    months = list(ReportMonth.objects.of(city).order_by("number").values_list("number", "state"))
    if refusal := _refused(chosen, cutoff, months):
        return refusal
    units = [unit for unit in ReportingUnit.objects.of(city) if unit.valid_on(Period(cutoff, cutoff).first_day())]
    ledger_first = max(int(months[0][0]), chosen.rule_set.computed_from if chosen.rule_set else 0)
    found = _kept(chosen, cutoff, units, ledger_first)
    if found is None:
        words = N_(
            "预测要看往年同月之后怎么走，这里还没有两个整年的往年数据。满两年，或补录台账之前的历史到账后即可预测。"
        )
        return refuse("no_past_year", words)
    outlook, bounds, trials, material, share = found
    targets = targets_in_force(city, code, cutoff // 12)
    rows = _rows(units, outlook, bounds, material.history, targets)
    closed = any(number == cutoff and state == "closed" for number, state in months)
    return Forecast(
        chosen,
        cutoff,
        tuple(rows[:-1]),
        rows[-1],
        _record(trials.of(True)),
        _record(trials.of(False)),
        trials,
        outlook,
        _waiting(units, outlook, material),
        material.basis,
        share,
        closed,
    )


def _refused(version: IndicatorVersion, cutoff: int, months: Sequence[tuple[int, str]]) -> Refusal | None:
    if version.measure != Measure.CAPITAL:
        words = N_("“{indicator}”数的是项目个数，没有付款计划可依，暂不预测。请选到位资金类指标。")
        return refuse("not_capital", words, indicator=version.indicator)
    held = [number for number, _ in months]
    if not held or cutoff not in held:
        return refuse("no_month", N_("{month} 还没有台账，不能作为截止月。请另选月份。"), month=Period(cutoff, cutoff))
    if not keeps(version, year_to_date(Period(cutoff, cutoff))):
        return refuse("not_kept", N_("{month} 没有按这一口径保存的合计，不能预测。"), month=Period(cutoff, cutoff))
    if cutoff % 12 == 11:
        return refuse(
            "year_complete", N_("{month} 已是年末，全年数就在台账里，不需要预测。"), month=Period(cutoff, cutoff)
        )
    return None


def _kept(
    version: IndicatorVersion, cutoff: int, units: Sequence[ReportingUnit], ledger_first: int
) -> tuple[Outlook, tuple[Any, Any], Trials, _Material, float | None] | None:
    """The computation, kept until anything that it rests on is added to; nothing that it rests on is ever changed."""
    city = version.city
    seq = ChainHead.objects.of(city).values_list("seq", flat=True).first() or 0
    plans, older = Instalment.objects.of(city).count(), EarlierArrival.objects.of(city).count()
    rules = version.rule_set.pk if version.rule_set else ""
    key = f"forecast:{version.pk}:{rules}:{cutoff}:{seq}:{plans}:{older}:{len(units)}:{forecasting.SEED}"
    found = cache.get(key)
    if found is None:
        found = _computed(version, cutoff, units, ledger_first) or ()
        cache.set(key, found, KEPT_SECONDS)
    return found or None


def _computed(
    version: IndicatorVersion, cutoff: int, units: Sequence[ReportingUnit], ledger_first: int
) -> tuple[Outlook, tuple[Any, Any], Trials, _Material, float | None] | None:
    material = gather(version, cutoff, units, ledger_first)
    found = backtesting.forecast(material.history, cutoff)
    if found is None:
        return None
    outlook, trials = found
    bounds = outlook.bounds()
    share = forecasting.share_by_month(material.history, cutoff)
    return replace(outlook, draws=outlook.draws[:, :, -1:]), bounds, trials, material, share


def gather(version: IndicatorVersion, cutoff: int, units: Sequence[ReportingUnit], ledger_first: int) -> _Material:
    """Everything that a forecast looks at, up to the cut-off, as arrays. Five queries, none of them over payments."""
    city, home = version.city, {unit.pk: place for place, unit in enumerate(units)}
    plans = _known(version, Instalment.objects.of(city).order_by("project", "month", "revision"), home)
    older = _known(version, EarlierArrival.objects.of(city).filter(month__lt=min(ledger_first, cutoff + 1)), home)
    scheduled = {row.project_id: row.project for row in plans}
    place = {pk: number for number, pk in enumerate(scheduled)}
    promised = _promised_since(plans)
    first = min([row.month for row in older], default=ledger_first)
    totals, paid = (np.zeros((rows, cutoff - first + 1), np.int64) for rows in (len(units), len(scheduled)))
    ledger = Period(ledger_first, cutoff)
    for (unit_id, month), fen in values_by_unit_and_month(version, ledger).items():
        if unit_id in home:
            totals[home[unit_id], month - first] += fen
    assert version.rule_set is not None
    for (key, month), fen in by_project_and_month(city, version.rule_set, version.classes, ledger, place).items():
        if month >= promised[key]:
            paid[place[key], month - first] += fen
    for row in older:
        fen = _counted(version, row.project, row.amount_fen)
        totals[home[row.project.unit_id], row.month - first] += fen
        if row.project_id in place and row.month >= promised[row.project_id]:
            paid[place[row.project_id], row.month - first] += fen
    plan = _plan(plans, place, [_counted(version, row.project, row.amount_fen) for row in plans])
    unit = np.array([home[project.unit_id] for project in scheduled.values()], np.int64)
    basis = Basis(first, ledger_first, len(older), any(row.is_sample for row in older), len(scheduled), len(plans))
    return _Material(History(first, totals, unit, paid, plan), tuple(row.pk for row in plans), basis)


def _promised_since(plans: Sequence[Instalment]) -> dict[UUID, int]:
    """By project, the month of its first document: money that came before it was not paid on any schedule."""
    found: dict[UUID, int] = {}
    for row in plans:
        month = month_number(row.agreed_on.year, row.agreed_on.month)
        found[row.project_id] = min(found.get(row.project_id, month), month)
    return found


def _known(version: IndicatorVersion, rows: Any, home: Mapping[UUID, int]) -> list[Any]:
    """Those of projects that the version and the units have a place for."""
    found = rows.select_related("project")
    return [row for row in found if row.project.unit_id in home and row.project.contract_fen >= version.at_least_fen]


def _plan(rows: Sequence[Instalment], place: Mapping[UUID, int], counted: Sequence[int]) -> Plan:
    """The instalments of every revision, each in force from its document's month until the next revision's."""
    since: dict[tuple[UUID, int], int] = {}
    for row in rows:
        since[row.project_id, row.revision] = month_number(row.agreed_on.year, row.agreed_on.month)
    columns = np.array(
        [
            (
                place[row.project_id],
                row.month,
                counted[number],
                since[row.project_id, row.revision],
                since.get((row.project_id, row.revision + 1), STILL_IN_FORCE),
                number,
            )
            for number, row in enumerate(rows)
        ],
        np.int64,
    ).reshape(-1, 6)
    ordered = columns[np.lexsort((columns[:, 1], columns[:, 0]))]
    return Plan(*ordered[ordered[:, 2] > 0].T)


def _counted(version: IndicatorVersion, project: Project, fen: int) -> int:
    """What would count of a project's money, were it paid as fixed assets: the kind is not known beforehand."""
    assert version.rule_set is not None
    source = source_class(project.source_code, version.city.gb_code)
    if source not in version.classes:
        return 0
    facts = Facts(
        fen,
        source,
        Kind.FIXED_ASSETS,
        Origin.CONTINUED,
        project.industry,
        project.contract_fen,
        project.outside_share_bp,
    )
    return judge(version.rule_set.content, facts).counted_fen


def _rows(
    units: Sequence[ReportingUnit],
    outlook: Outlook,
    bounds: tuple[Any, Any],
    history: History,
    targets: Mapping[UUID | None, Target],
) -> list[Row]:
    past = np.cumsum(history.span(outlook.cutoff // 12 * 12, outlook.cutoff), axis=1)
    past = np.vstack([past, past.sum(axis=0)])
    return [
        _row(unit, place, outlook, bounds, past[place], targets.get(unit.pk if unit else None))
        for place, unit in enumerate([*units, None])
    ]


def _row(
    unit: ReportingUnit | None, place: int, outlook: Outlook, bounds: tuple[Any, Any], past: Any, target: Target | None
) -> Row:
    january = outlook.cutoff // 12 * 12
    steps = [Step(january + number, int(value), int(value), int(value), True) for number, value in enumerate(past)]
    so_far, scheduled, unscheduled = (
        round(float(values))
        for values in (outlook.so_far[place], outlook.scheduled[place, -1], outlook.unscheduled[place, -1])
    )
    for number, month in enumerate(outlook.months):
        low, mean, high = (round(float(values[place, number])) for values in (bounds[0], outlook.mean, bounds[1]))
        steps.append(Step(month, mean, low, high, False))
    end = steps[-1]
    chance = outlook.chance(place, target.amount) if target else None
    return Row(
        unit,
        so_far,
        scheduled,
        unscheduled,
        so_far + scheduled + unscheduled,
        end.low,
        end.high,
        target,
        chance,
        tuple(steps),
    )


def _record(trials: Trials) -> Record | None:
    if not len(trials):
        return None
    years = tuple(sorted({int(month) // 12 for month in trials.cutoff}))
    return Record(len(trials), trials.hits, round(trials.mean_error), trials.mean_error_percent, years)


def _waiting(units: Sequence[ReportingUnit], outlook: Outlook, material: _Material) -> dict[UUID, tuple[Waiting, ...]]:
    """By unit, what is outstanding at the cut-off, largest expected first."""
    found: dict[UUID, list[Waiting]] = {}
    promised, plan = outlook.promised, outlook.plan
    for number, fen, share in zip(promised.instalment, promised.fen, promised.share[:, -1], strict=True):
        unit = units[material.history.unit[plan.project[number]]].pk
        key = material.instalments[plan.row[number]]
        found.setdefault(unit, []).append(Waiting(key, int(fen), float(share)))
    return {
        unit: tuple(sorted(rows, key=lambda one: -one.outstanding_fen * one.chance)) for unit, rows in found.items()
    }
