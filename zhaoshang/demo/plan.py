"""The invented account under the published totals, planned in memory before a row is written. Pure: no Django, no clock.

Projects come first (reserved, signed, landed by quota), then the money: each month's published total is split over units and over
the units' landed projects, and the last payment of a cell takes what is left, so that every total is exact to the fen.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from zhaoshang.capital.rules import Kind, Origin, portion
from zhaoshang.common.money import to_fen
from zhaoshang.common.periods import Period, month_number
from zhaoshang.demo import facts, names

SEED = 20230418
FIRST, LAST = month_number(2022, 1), month_number(2023, 3)
WORKING_CAPITAL_PERCENT = 30
WAN_FEN, YI_FEN = 1_000_000, 10_000_000_000
_KINDS = {Kind.FIXED_ASSETS: 52, Kind.EQUIPMENT: 18, Kind.EQUITY: 14, Kind.LAND: 8, Kind.WORKING_CAPITAL: 8}


@dataclass(slots=True, eq=False)
class PlannedProject:
    """A project to be; ``contract_fen`` is settled last, above what it is paid."""

    unit: str
    large: bool
    industry: str
    source_code: str
    outside_share_bp: int
    reserved_on: date
    signed_on: date | None
    landed_on: date | None
    paid_fen: int = 0
    contract_fen: int = 0


@dataclass(slots=True, eq=False)
class PlannedPayment:
    """A payment to be, verified unless it is part of the queue."""

    project: PlannedProject
    month: int
    paid_on: date
    amount_fen: int
    kind: Kind
    origin: Origin


@dataclass(slots=True)
class Plan:
    """Everything to be written, in order."""

    projects: list[PlannedProject] = field(default_factory=list)
    payments: list[PlannedPayment] = field(default_factory=list)


def pick(chance: Random, weights: Mapping[str, int]) -> str:
    """One key by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def some_day(chance: Random, month: int, not_before: date | None = None) -> date:
    """A day of the month, not before a given one that lies in or before it."""
    first = Period(month, month).first_day()
    start = max(first, not_before) if not_before else first
    end = Period(month + 1, month + 1).first_day() - timedelta(days=1)
    return start + timedelta(days=chance.randint(0, max((end - start).days, 0)))


def split(chance: Random, total: int, weights: Sequence[float], grain: int = 1) -> list[int]:
    """``total`` in parts near the weights, each but the last a multiple of ``grain``; the parts add up exactly."""
    noisy = [weight * chance.uniform(0.82, 1.18) for weight in weights]
    whole = sum(noisy)
    parts = [int(total * weight / whole) // grain * grain for weight in noisy[:-1]]
    return [*parts, total - sum(parts)]


def _project(
    chance: Random, unit: str, large: bool, *, inside: bool | None = None, **dates: date | None
) -> PlannedProject:
    """``inside`` given: the project stood before the account, and wholly in outside hands."""
    joint = inside is None and chance.random() < 0.12
    inside = chance.random() < 0.24 if inside is None else inside
    sources = facts.INSIDE_SOURCES if inside else facts.OUTSIDE_SOURCES
    return PlannedProject(
        unit=unit,
        large=large,
        industry=pick(chance, names.INDUSTRY_WEIGHTS),
        source_code=pick(chance, sources),
        outside_share_bp=chance.choice((5_100, 6_000, 7_000)) if joint else 10_000,
        reserved_on=dates["reserved_on"] or date(2021, 6, 1),
        signed_on=dates.get("signed_on"),
        landed_on=dates.get("landed_on"),
    )


def _monthly(chance: Random, large: bool) -> dict[str, dict[int, int]]:
    """Milestone → month → how many projects, from the quarters' quotas."""
    quotas: dict[str, dict[int, int]] = {"reserved": {}, "signed": {}, "landed": {}}
    for name, quarter in facts.QUARTERS.items():
        months = Period.parse(name).months
        for milestone, counts in quotas.items():
            every, big = getattr(quarter, milestone)
            parts = split(chance, big if large else every - big, (0.27, 0.31, 0.42))
            counts.update(zip(months, parts, strict=True))
    return quotas


def _earlier(chance: Random, left: dict[int, int], month: int, lag: int) -> int:
    """A month up to ``lag`` before with quota left, used up by one; a month before the account has no quota."""
    wanted = month - chance.randint(0, lag)
    while wanted >= FIRST and not left[wanted]:
        wanted -= 1
    if wanted >= FIRST:
        left[wanted] -= 1
    return wanted


def _pipeline(chance: Random, large: bool) -> Iterator[PlannedProject]:
    """Projects of one size: those that landed, then those only signed, then those only reserved; every quota is met exactly."""
    quotas = _monthly(chance, large)
    units = {unit.code: unit.weight[0] for unit in facts.UNITS}
    for stage in ("landed", "signed", "reserved"):
        for month in range(FIRST, LAST + 1):
            for _ in range(quotas[stage][month]):
                landed = month if stage == "landed" else None
                signed = (
                    _earlier(chance, quotas["signed"], month, 5) if landed else month if stage == "signed" else None
                )
                reserved = _earlier(chance, quotas["reserved"], signed, 7) if signed else month
                on = some_day(chance, reserved)
                signed_on = some_day(chance, signed, on) if signed else None
                landed_on = some_day(chance, landed, signed_on) if landed else None
                yield _project(
                    chance, pick(chance, units), large, reserved_on=on, signed_on=signed_on, landed_on=landed_on
                )
        quotas[stage] = dict.fromkeys(quotas[stage], 0)


def _continuing(chance: Random) -> Iterator[PlannedProject]:
    """Projects from before the account, which bring the money of 续建: for each unit some from outside, some from inside the province."""
    for unit in facts.UNITS:
        for inside in (False, False, False, True, True):
            yield _project(chance, unit.code, True, inside=inside, **_long_ago(chance))


def _long_ago(chance: Random) -> dict[str, date]:
    """Days of a project that landed before the account begins."""
    landed = date(chance.choice((2020, 2021)), chance.randint(3, 11), chance.randint(1, 28))
    before = {"signed_on": chance.randint(40, 150), "reserved_on": chance.randint(200, 400)}
    return {name: landed - timedelta(days=days) for name, days in before.items()} | {"landed_on": landed}


def monthly_totals(chance: Random, published: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """Month → fen: the published sums with cents of their own, within 0.01亿元 of each quarter's printed figure."""
    totals = {}
    for year, texts in published.items():
        for place, text in enumerate(texts):
            shift = chance.randint(-2 * YI_FEN // 1_000, 2 * YI_FEN // 1_000)
            totals[month_number(year, place + 1)] = to_fen(Decimal(text), "亿元") + shift
    return totals


@dataclass(slots=True)
class Money:
    """Splits totals over projects that can take them."""

    chance: Random
    by_cell: dict[tuple[str, bool], list[PlannedProject]]

    def month(self, month: int, total_fen: int, inside: bool) -> Iterator[PlannedPayment]:
        """The month's payments of one source class; what they count for adds up to ``total_fen``."""
        year = 0 if month < month_number(2023, 1) else 1
        parts = split(self.chance, total_fen, [unit.weight[year] for unit in facts.UNITS])
        for unit, part in zip(facts.UNITS, parts, strict=True):
            yield from self.cell(unit.code, month, part, inside)

    def cell(self, unit: str, month: int, counted_fen: int, inside: bool) -> Iterator[PlannedPayment]:
        """One unit's payments of the month and class."""
        after = Period(month + 1, month + 1).first_day()
        able = [project for project in self.by_cell[unit, inside] if project.landed_on and project.landed_on < after]
        wanted = min(len(able), 1 + self.chance.randint(0, 1 if inside else 2) + counted_fen // (12 * YI_FEN))
        # The last takes what is left to the fen, so it must count in full.
        last = self.chance.choice([project for project in able if project.outside_share_bp == 10_000])
        others = self.chance.sample([project for project in able if project is not last], wanted - 1)
        left = counted_fen
        for project, part in zip(others, split(self.chance, counted_fen, [1.0] * wanted, WAN_FEN), strict=False):
            payment = self._payment(project, month, part)
            left -= counted(payment)
            yield payment
        yield self._payment(last, month, left, plain=True)

    def _payment(self, project: PlannedProject, month: int, part_fen: int, plain: bool = False) -> PlannedPayment:
        """A payment that counts for about ``part_fen``; exactly, when ``plain`` and wholly outside money."""
        kinds = {kind: weight for kind, weight in _KINDS.items() if not (plain and kind == Kind.WORKING_CAPITAL)}
        kind = Kind(pick(self.chance, {str(kind): weight for kind, weight in kinds.items()}))
        amount = part_fen * 10_000 // project.outside_share_bp
        if kind == Kind.WORKING_CAPITAL:
            amount = amount * 100 // WORKING_CAPITAL_PERCENT
        assert project.landed_on
        origin = Origin.NEW if project.landed_on.year == month // 12 else Origin.CONTINUED
        project.paid_fen += amount
        return PlannedPayment(project, month, some_day(self.chance, month, project.landed_on), amount, kind, origin)


def counted(payment: PlannedPayment) -> int:
    """Fen that the demo's rule sets count of a payment."""
    fen = payment.amount_fen
    if payment.kind == Kind.WORKING_CAPITAL:
        fen = portion(fen, WORKING_CAPITAL_PERCENT, 100)
    return portion(fen, payment.project.outside_share_bp, 10_000)


def _uncounted(chance: Random) -> Iterator[PlannedPayment]:
    """Verified payments that no rule lets count: property development, money from abroad, money of the city's own firms."""
    for place, source in enumerate((*facts.OUTSIDE_SOURCES, *facts.UNCOUNTED_SOURCES, *facts.UNCOUNTED_SOURCES)):
        if place % 4 and source in facts.OUTSIDE_SOURCES:
            continue
        project = _project(chance, chance.choice(facts.UNITS).code, True, inside=False, **_long_ago(chance))
        project.source_code = source
        project.industry = "K" if source in facts.OUTSIDE_SOURCES else project.industry
        month, amount = chance.randint(FIRST, LAST), chance.randint(2_000, 30_000) * WAN_FEN
        project.paid_fen = amount
        yield PlannedPayment(project, month, some_day(chance, month), amount, Kind.FIXED_ASSETS, Origin.CONTINUED)


def _settle_contracts(chance: Random, projects: Sequence[PlannedProject]) -> None:
    """Give each project a contract above what it was paid, whole 100万元, on its side of 1亿元."""
    for project in projects:
        if project.large:
            floor = max(project.paid_fen, YI_FEN)
            project.contract_fen = int(floor * (1.1 + chance.expovariate(1.1))) // (100 * WAN_FEN) * 100 * WAN_FEN
        else:
            project.contract_fen = chance.randint(8, 96) * 100 * WAN_FEN


def make_plan(seed: int = SEED) -> Plan:
    """The same plan for the same seed."""
    chance = Random(seed)  # noqa: S311 - invented figures, not secrets
    plan = Plan([*_continuing(chance), *_pipeline(chance, True), *_pipeline(chance, False)])
    by_cell: dict[tuple[str, bool], list[PlannedProject]] = defaultdict(list)
    for project in plan.projects:
        if project.large and project.landed_on:
            by_cell[project.unit, project.source_code in facts.INSIDE_SOURCES].append(project)
    money = Money(chance, by_cell)
    for published, inside in ((facts.OUTSIDE, False), (facts.INSIDE, True)):
        for month, total in monthly_totals(chance, published).items():
            plan.payments += money.month(month, total, inside)
    uncounted = list(_uncounted(chance))
    plan.projects += [payment.project for payment in uncounted]
    plan.payments += uncounted
    _settle_contracts(chance, plan.projects)
    plan.payments.sort(key=lambda payment: (payment.month, payment.paid_on))
    return plan
