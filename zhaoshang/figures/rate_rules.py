"""Rates of projects (履约率, 落地率, 资金到位率 …): formulas as data, and what they come to. Pure: no Django, no clock.

The same word has different formulas in different places, so a formula is a definition on record, never code. A cohort rate follows
the projects of one year; two flows of one period are never divided by each other (旅顺 2024: signed 9, landed 18 is not 200 %).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhaoshang.common.problems import N_
from zhaoshang.figures.rules import Listed, Refusal, refuse, share_percent


class Measure(StrEnum):
    """What is divided: numbers of projects, their contracts, or money arrived by their contracts."""

    PROJECTS = "projects"
    CONTRACT = "contract"
    MONEY = "money"


# What a project can have done by a cut-off. The system holds the first four; the others may be named in a formula, which is then
# refused and says what is missing.
HELD = {"reserved": N_("储备"), "signed": N_("签约"), "landed": N_("落地"), "arrived": N_("有资金到位")}
NOT_HELD = {
    "handled": N_("办理手续"),
    "started": N_("开工"),
    "completed": N_("竣工"),
    "existing": N_("存续（未终止）"),
}
FACT_LABELS = HELD | NOT_HELD
COHORTS = {"reserved": "reserved_on", "signed": "signed_on", "landed": "landed_on"}


class BadFormula(ValueError):
    """The formula cannot be read; the message names the key."""


@dataclass(frozen=True, slots=True)
class Formula:
    """``numerator``: any of these counts; ``denominator``: the cohort's projects that have all of these."""

    is_flow: bool
    cohort: str
    measure: Measure
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Facts that the system does not hold."""
        return [fact for fact in (*self.numerator, *self.denominator) if fact in NOT_HELD]

    @property
    def needs_money(self) -> bool:
        """Whether the account is asked."""
        return self.measure == Measure.MONEY or "arrived" in (*self.numerator, *self.denominator)


def read_formula(content: Any) -> Formula:
    """From its JSON: ``kind`` (cohort, flow), ``cohort``, ``measure``, ``numerator``, ``denominator``. Raises :class:`BadFormula`."""
    if not isinstance(content, Mapping):
        raise BadFormula("formula")
    if content.get("kind") not in ("cohort", "flow"):
        raise BadFormula("kind")
    if content.get("cohort") not in COHORTS:
        raise BadFormula("cohort")
    if content.get("measure") not in set(Measure):
        raise BadFormula("measure")
    sides = {name: content.get(name, []) for name in ("numerator", "denominator")}
    for name, facts in sides.items():
        if not isinstance(facts, list) or not all(isinstance(fact, str) and fact in FACT_LABELS for fact in facts):
            raise BadFormula(name)
    if not sides["numerator"] and content["measure"] != Measure.MONEY:
        raise BadFormula("numerator")
    if content["kind"] == "flow" and sides["numerator"][0] not in COHORTS:
        raise BadFormula("numerator")
    numerator, denominator = (tuple(sides[name]) for name in ("numerator", "denominator"))
    return Formula(content["kind"] == "flow", content["cohort"], Measure(content["measure"]), numerator, denominator)


@dataclass(frozen=True, slots=True)
class Member:
    """A project of a cohort as a rate sees it; ``arrived_fen``: what counts of its money by the cut-off."""

    key: UUID
    unit: UUID
    year: int
    contract_fen: int
    days: Mapping[str, date | None]
    arrived_fen: int = 0

    def has(self, fact: str, by: date) -> bool:
        """Whether the project had done it by the day."""
        if fact == "arrived":
            return self.arrived_fen > 0
        day = self.days[fact]
        return day is not None and day <= by


@dataclass(slots=True)
class Tally:
    """A rate's two numbers: projects, or fen."""

    numerator: int = 0
    denominator: int = 0

    @property
    def percent(self) -> Decimal | None:
        """The rate, unrounded; None without a denominator."""
        return share_percent(self.numerator, self.denominator)


def parts(formula: Formula, member: Member, by: date) -> tuple[int, int]:
    """What one project adds to numerator and denominator."""
    if not all(member.has(fact, by) for fact in formula.denominator):
        return 0, 0
    if formula.measure == Measure.MONEY:
        return member.arrived_fen, member.contract_fen
    weight = 1 if formula.measure == Measure.PROJECTS else member.contract_fen
    return (weight if any(member.has(fact, by) for fact in formula.numerator) else 0), weight


def tally(formula: Formula, members: Iterable[Member], by: date) -> dict[tuple[UUID | None, int], Tally]:
    """By unit and year of the cohort; unit None is the city."""
    found: dict[tuple[UUID | None, int], Tally] = {}
    for member in members:
        numerator, denominator = parts(formula, member, by)
        for unit in (member.unit, None):
            cell = found.setdefault((unit, member.year), Tally())
            cell.numerator += numerator
            cell.denominator += denominator
    return found


def refusal_of(formula: Formula) -> Refusal | None:
    """Why the formula as a whole gives no rate."""
    if formula.is_flow:
        words = N_(
            "当期签约和当期落地是两批不同的项目：落地的多是以前签的，签约的多半以后才落地。两个流量相除不是转化率"
            "（例如签约 9、落地 18，不是 200%），因此只并列个数，不给比率。要看转化，请用“某年签约的项目到截止日落地多少”。"
        )
        return refuse("flow_as_conversion", words)
    if formula.missing:
        names = Listed(FACT_LABELS[fact] for fact in formula.missing)
        words = N_("公式要用到“{facts}”的日期，系统现在不记这项，不能推测。登记这项日期之后才能算。")
        return refuse("not_held", words, facts=names)
    return None


def before_ledger(year: int, ledger_year: int) -> Refusal | None:
    """Why money of an older cohort cannot be told: part of it came before the ledger begins."""
    if year >= ledger_year:
        return None
    words = N_("台账从 {first} 年起记账，{year} 年的项目此前到的钱不在账上，算出来会偏低，因此不给。")
    return refuse("before_ledger", words, first=ledger_year, year=year)
