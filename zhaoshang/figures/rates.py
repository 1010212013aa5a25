"""Rates of projects by unit and year of their cohort: every one with numerator, denominator, cohort and cut-off, or with the reason
why there is none. Formulas: :mod:`.rate_rules`. Money is read from roll-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.queries import by_facet, official_rules
from zhaoshang.capital.rules import project_mark
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period, month_number, month_text
from zhaoshang.figures.models import IndicatorVersion, RateDefinition
from zhaoshang.figures.plain import percent_text
from zhaoshang.figures.rate_rules import (
    COHORTS,
    Formula,
    Measure,
    Member,
    Tally,
    before_ledger,
    parts,
    read_formula,
    refusal_of,
    tally,
)
from zhaoshang.figures.rules import Refusal
from zhaoshang.lookup.queries import stand_ins
from zhaoshang.projects.models import Project
from zhaoshang.projects.queries import milestone_counts
from zhaoshang.projects.rules import Milestone
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import City

YEARS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of a unit (None: the city) and cohort year. Numerator and denominator: projects or fen, by the formula's measure."""

    unit: ReportingUnit | None
    year: int
    tally: Tally
    refusal: Refusal | None

    @property
    def percent(self) -> Decimal | None:
        """None where it is refused or nothing stands below the line."""
        return None if self.refusal else self.tally.percent


@dataclass(frozen=True, slots=True)
class Flows:
    """Two counts of one period, side by side: what a flow formula shows in place of a rate. ``…_code``: the indicator that counts
    the same, empty where the dictionary has none."""

    period: Period
    upper: Mapping[UUID, int]
    lower: Mapping[UUID, int]
    upper_code: str
    lower_code: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """A definition's rates: ``rows`` by unit, the city last, each by cohort year; ``refusal`` when the formula gives none at all.

    ``rules``: by which money was counted, where money is asked.
    """

    definition: RateDefinition
    formula: Formula
    cutoff: int
    years: tuple[int, ...]
    rows: tuple[tuple[Rate, ...], ...]
    refusal: Refusal | None
    flows: Flows | None
    rules: RuleSet | None

    @property
    def is_money(self) -> bool:
        """Whether numerator and denominator are fen."""
        return self.formula.measure != Measure.PROJECTS


def definitions(city: City) -> list[RateDefinition]:
    """All on record, in the order in which they were put there."""
    return list(RateDefinition.objects.of(city).order_by("id"))


def _last_day(cutoff: int) -> Any:
    return Period(cutoff + 1, cutoff + 1).first_day() - timedelta(days=1)


def rate_table(definition: RateDefinition, cutoff: int, units: list[ReportingUnit], ledger_first: int) -> RateTable:
    """The definition's rates at the end of a month, of the last :data:`YEARS_SHOWN` cohorts."""
    city, formula = definition.city, read_formula(definition.formula)
    years = tuple(range(cutoff // 12 - YEARS_SHOWN + 1, cutoff // 12 + 1))
    refusal = refusal_of(formula)
    rules = official_rules(city, cutoff) if formula.needs_money and not refusal else None
    if refusal:
        flows = _flows(city, formula, cutoff) if formula.is_flow else None
        return RateTable(definition, formula, cutoff, years, (), refusal, flows, None)
    members = cohort(city, formula, cutoff, Period(month_number(years[0], 1), cutoff), rules)
    cells = tally(formula, members, _last_day(cutoff))
    rows = tuple(
        tuple(
            Rate(
                unit,
                year,
                cells.get((unit.pk if unit else None, year), Tally()),
                before_ledger(year, ledger_first // 12) if formula.needs_money else None,
            )
            for year in years
        )
        for unit in [*units, None]
    )
    return RateTable(definition, formula, cutoff, years, rows, None, None, rules)


def _flows(city: City, formula: Formula, cutoff: int) -> Flows:
    period = Period(cutoff - cutoff % 12, cutoff)
    days = [Milestone(COHORTS[fact]) for fact in (formula.numerator[0], formula.cohort)]
    upper, lower = (milestone_counts(city, day, period) for day in days)
    counting = IndicatorVersion.objects.of(city).filter(measure__in=[str(day) for day in days], at_least_fen=0)
    codes = {str(one.measure): one.indicator.code for one in counting.select_related("indicator")}
    return Flows(period, upper, lower, *(codes.get(str(day), "") for day in days))


def cohort(
    city: City, formula: Formula, cutoff: int, period: Period, rules: RuleSet | None, viewer: Viewer | None = None
) -> list[Member]:
    """The projects whose cohort day fell into the period, as the rate sees them; of one ``viewer`` only those they may see."""
    day = COHORTS[formula.cohort]
    arrived = _arrived(city, rules, cutoff) if rules else {}
    rows = (Project.objects.visible_to(viewer) if viewer else Project.objects.of(city)).counted(city)
    rows = rows.filter(**{f"{day}__gte": period.first_day(), f"{day}__lte": _last_day(min(period.last, cutoff))})
    columns = ("id", "unit_id", "contract_fen", *COHORTS.values())
    members = []
    for key, unit, contract, *days in rows.order_by().values_list(*columns):
        held = dict(zip(COHORTS, days, strict=True))
        money = arrived.get(project_mark(key), 0) if arrived else 0
        members.append(Member(key, unit, held[formula.cohort].year, contract, held, money))
    return members


def _arrived(city: City, rules: RuleSet, cutoff: int) -> dict[str, int]:
    """Counted fen by project's mark, up to the cut-off, from every source."""
    cells = by_facet(city, rules, list(SourceClass), Period(rules.computed_from, cutoff), "project")
    fen: dict[str, int] = {}
    merged = {project_mark(key): project_mark(kept) for key, kept in stand_ins(city).items()}
    for mark, counted in cells.items():
        kept_mark = merged.get(mark, mark)
        fen[kept_mark] = fen.get(kept_mark, 0) + counted.fen
    return fen


@dataclass(frozen=True, slots=True)
class Behind:
    """A project behind a rate with what it adds to numerator and denominator."""

    project: Project
    arrived_fen: int
    numerator: int
    denominator: int


def behind(
    definition: RateDefinition, cutoff: int, year: int, unit: ReportingUnit | None, viewer: Viewer
) -> list[Behind]:
    """The projects of a rate that the viewer may see, those of the numerator first, then by contract."""
    formula = read_formula(definition.formula)
    rules = official_rules(viewer.city, cutoff) if formula.needs_money else None
    period = Period(month_number(year, 1), min(month_number(year, 12), cutoff))
    if refusal_of(formula) or period.last < period.first:
        return []
    members = {one.key: one for one in cohort(viewer.city, formula, cutoff, period, rules, viewer)}
    rows = (
        Project.objects.visible_to(viewer)
        .counted(viewer.city)
        .filter(**{f"{COHORTS[formula.cohort]}__range": (period.first_day(), _last_day(period.last))})
    )
    rows = rows.filter(unit=unit) if unit else rows
    found = []
    for project in rows.select_related("unit").order_by("-contract_fen", "-id"):
        member = members[project.pk]
        numerator, denominator = parts(formula, member, _last_day(cutoff))
        if denominator:
            found.append(Behind(project, member.arrived_fen, numerator, denominator))
    return sorted(found, key=lambda one: not one.numerator)


def ledger_start(city: City) -> int | None:
    """The ledger's first month."""
    first: int | None = ReportMonth.objects.of(city).order_by("number").values_list("number", flat=True).first()
    return first


def rates_json(table: RateTable) -> dict[str, Any]:
    """For machines: every rate with its two numbers, cohort and cut-off, or the reason why there is none."""
    city = table.definition.city

    def value(number: int) -> str:
        return yuan_text(number) if table.is_money else str(number)

    def line(one: Rate) -> dict[str, Any]:
        return {
            "unit": one.unit.code if one.unit else city.code,
            "cohort": f"{table.formula.cohort}:{one.year}",
            "numerator": value(one.tally.numerator),
            "denominator": value(one.tally.denominator),
            "percent": percent_text(one.percent),
            "refused": one.refusal.reason if one.refusal else None,
        }

    flows = table.flows
    return {
        "code": table.definition.code,
        "word": table.definition.word,
        "title": table.definition.title,
        "formula": table.definition.formula,
        "source": table.definition.source,
        "dated": table.definition.dated,
        "is_sample": table.definition.is_sample,
        "cutoff": month_text(table.cutoff),
        "measure": str(table.formula.measure),
        "counted_by": table.rules.code if table.rules else None,
        "refused": table.refusal.reason if table.refusal else None,
        "flows": flows
        and {
            "period": str(flows.period),
            table.formula.cohort: sum(flows.lower.values()),
            table.formula.numerator[0]: sum(flows.upper.values()),
        },
        "rates": [line(one) for row in table.rows for one in row],
    }
