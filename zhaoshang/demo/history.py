"""Payment schedules for the invented projects, and four invented years before the account: what a forecast learns from.

None of it enters a figure. Schedules are made backwards from the money: each payment was promised some months before it came, and
some promises were never kept. The years 2018-2021 are projects of their own, marked as samples; the first quarter of 2021 agrees
with the published bases.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import exp
from random import Random

from zhaoshang.common.money import to_fen
from zhaoshang.common.periods import month_number
from zhaoshang.demo import facts, names
from zhaoshang.demo.clock import FOUNDED
from zhaoshang.demo.plan import FIRST, LAST, WAN_FEN, PlannedPayment, PlannedProject, pick, some_day
from zhaoshang.enterprises.actions import register_list as register_enterprises
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.people.models import User
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.actions import register_list as register_projects
from zhaoshang.projects.models import Project
from zhaoshang.projects.schedules import Schedule, record_earlier, set_schedules
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

SOURCE = "台账之前的历史样本（示例数据，非官方）"
# 亿元 from outside and from inside the province; 2021's first quarter is published (422.0, 98.1), all else invented.
YEARS = {2018: (930, 228), 2019: (1020, 246), 2020: (985, 238), 2021: (1180, 263)}
FIRST_QUARTER_2021 = ("422.0", "98.1")
LAGS = (-1, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6, 9)
SCHEDULED, KEPT_SHORT = 0.65, 0.45
_GRAIN = 10 * WAN_FEN
_FIRST_CODE = 20_000  # of the invented enterprises, above every other's


@dataclass(slots=True, eq=False)
class Past:
    """A project of the years before the account: month number → fen that arrived."""

    unit: str
    inside: bool
    signed: int
    landed: bool
    paid: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def instalments(chance: Random, signed: int, paid: Mapping[int, int], contract_fen: int, after: int) -> dict[int, int]:
    """A schedule under which the money came as it did: month number → fen; what the contract leaves is partly due ``after`` a month."""
    due: dict[int, int] = defaultdict(int)
    for month, fen in paid.items():
        due[max(signed, month - chance.choice(LAGS))] += max(fen // _GRAIN, 1) * _GRAIN
    spare = (contract_fen - sum(due.values())) * 3 // 4
    if paid and spare > 0 and chance.random() < KEPT_SHORT:
        never = min(spare, sum(paid.values()) // len(paid)) // _GRAIN * _GRAIN
        due[chance.choice(list(due))] += never
        spare -= never
    if after and spare > 8 * _GRAIN:
        months = [after + chance.randint(1, 24) for _ in range(chance.randint(3, 8))]
        for month in months:
            due[month] += spare // len(months) // _GRAIN * _GRAIN
    return {month: fen for month, fen in due.items() if fen > 0}


def schedule_account(
    city: City, projects: Mapping[PlannedProject, Project], payments: list[PlannedPayment], by: User, chance: Random
) -> None:
    """Schedules for two thirds of the projects that money reached; every fifteenth was agreed anew in autumn 2022."""
    paid: dict[PlannedProject, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for payment in payments:
        paid[payment.project][payment.month] += payment.amount_fen
    first, renewed = [], []
    for number, (planned, months) in enumerate(paid.items(), start=1):
        if planned.signed_on is None or chance.random() > SCHEDULED:
            continue
        signed = month_number(planned.signed_on.year, planned.signed_on.month)
        lines = instalments(chance, signed, months, planned.contract_fen, LAST)
        project, document = projects[planned], f"示例合同〔{planned.signed_on.year}〕{number}号"
        first.append(
            Schedule(project=project, months=lines, document=document, agreed_on=planned.signed_on, is_sample=True)
        )
        if number % 15 == 0 and planned.signed_on < date(2022, 9, 1):
            later = {month + (2 if month > month_number(2022, 9) else 0): fen for month, fen in lines.items()}
            words = f"{document}补充协议"
            renewed.append(
                Schedule(project=project, months=later, document=words, agreed_on=date(2022, 9, 15), is_sample=True)
            )
    set_schedules(city=city, schedules=first, by=by, at=FOUNDED)
    set_schedules(city=city, schedules=renewed, by=by, at=FOUNDED)


def tell_past(city: City, units: Mapping[str, ReportingUnit], by: User, chance: Random) -> None:
    """The four years before the account: projects, what reached them, and what had been promised."""
    past = list(_pay(chance, _projects(chance)))
    written = _register(city, units, past, chance)
    arrivals = {
        (project, month): fen for one, project in zip(past, written, strict=True) for month, fen in one.paid.items()
    }
    record_earlier(city=city, arrivals=arrivals, source=SOURCE, by=by, at=FOUNDED, is_sample=True)
    schedules = []
    for one, project in zip(past, written, strict=True):
        if one.paid and chance.random() < SCHEDULED:
            lines = instalments(chance, one.signed, one.paid, project.contract_fen, 0)
            document = f"示例合同〔{one.signed // 12}〕{project.code}"
            assert project.signed_on
            schedules.append(
                Schedule(project=project, months=lines, document=document, agreed_on=project.signed_on, is_sample=True)
            )
    set_schedules(city=city, schedules=schedules, by=by, at=FOUNDED)


def _projects(chance: Random) -> list[Past]:
    """For each unit and year some from outside and one or two from inside the province; a few never landed."""
    found = []
    for year in range(min(YEARS) - 1, max(YEARS) + 1):
        for unit in facts.UNITS:
            for inside in (False, False, False, False, False, True, True):
                landed = chance.random() < 0.86 or inside
                found.append(Past(unit.code, inside, month_number(year, chance.randint(1, 12)), landed))
    return found


def _pay(chance: Random, projects: list[Past]) -> list[Past]:
    """Split each month's total over the units' projects that were signed in the two years before."""
    able: dict[tuple[str, bool], list[Past]] = defaultdict(list)
    for project in projects:
        if project.landed:
            able[project.unit, project.inside].append(project)
    for month, inside, total in _months(chance):
        for unit in facts.UNITS:
            share = int(total * unit.weight[0] / 1_000 * exp(chance.gauss(0, 0.12)))
            open_ones = [one for one in able[unit.code, inside] if month - 24 <= one.signed < month]
            chosen = chance.sample(open_ones, min(len(open_ones), 1 if inside else 2))
            for one in chosen:
                one.paid[month] += share // len(chosen) // WAN_FEN * WAN_FEN
    return projects


def _months(chance: Random) -> Iterator[tuple[int, bool, int]]:
    """Month, whether from inside the province, fen: the season of 2022 with noise of its own."""
    for year, amounts in YEARS.items():
        for inside, texts, amount in ((False, facts.OUTSIDE[2022], amounts[0]), (True, facts.INSIDE[2022], amounts[1])):
            weights = [float(text) * exp(chance.gauss(0, 0.07)) for text in texts]
            quarter = exp(chance.gauss(0, 0.05))
            weights = [weight * (quarter if place < 3 else 1) for place, weight in enumerate(weights)]
            totals = [to_fen(Decimal(amount), "亿元") * weight / sum(weights) for weight in weights]
            if year == 2021:
                known = to_fen(Decimal(FIRST_QUARTER_2021[inside]), "亿元")
                totals[:3] = [total * known / sum(totals[:3]) for total in totals[:3]]
            for place, total in enumerate(totals):
                yield month_number(year, place + 1), inside, int(total)


def _register(city: City, units: Mapping[str, ReportingUnit], past: list[Past], chance: Random) -> list[Project]:
    firms = [
        Enterprise(
            name=names.enterprise(chance, "C", _FIRST_CODE + number),
            uscc=names.code(_FIRST_CODE + number),
            region_code=city.gb_code,
            is_sample=True,
        )
        for number in range(len(past))
    ]
    register_enterprises(city=city, enterprises=firms, by=None, at=FOUNDED)
    rows = []
    for number, (one, firm) in enumerate(zip(past, firms, strict=True), start=1):
        signed = some_day(chance, one.signed)
        new = NewProject(
            code=f"S{one.signed // 12}-{number:04d}",
            name=f"{names.project(chance, 'C', number)}（历史样本）",
            source_code=pick(chance, facts.INSIDE_SOURCES if one.inside else facts.OUTSIDE_SOURCES),
            industry="C",
            contract_fen=int(max(sum(one.paid.values()), 100 * WAN_FEN) * (1.15 + chance.expovariate(2)))
            // _GRAIN
            * _GRAIN
            + _GRAIN,
            signed_on=signed,
            landed_on=some_day(chance, min(one.signed + 1, FIRST - 1), signed) if one.landed else None,
            source="示例旧台账",
            is_sample=True,
        )
        rows.append((units[one.unit], firm, new))
    return register_projects(city=city, rows=rows, by=None, at=FOUNDED)
