"""How figures are inflated: money before the firm was there, a year's money in a few days, round amounts, amounts that keep to one side of
a threshold (trust.md F19, F20). All but the first are signs about a unit, for bureau and auditor: the unit is not shown them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from zhaoshang.common.money import WAN
from zhaoshang.common.problems import N_
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.findings.amounts import live
from zhaoshang.review.findings.candidate import Candidate, Kind, Look, payment_kind

LIMITS = ("first_wan", "second_wan", "third_wan")
Days = Mapping[date, tuple[int, int]]


def before_firm(look: Look) -> Iterator[Candidate]:
    """Payments that arrived before their firm was founded. One query."""
    rows = live(look).filter(amount_fen__gt=0, project__enterprise__established_on__gt=F("paid_on"))
    for one in rows.select_related("project__enterprise").order_by("id"):
        founded = one.project.enterprise.established_on
        yield Candidate.of(
            one,
            key=str(one.pk),
            facts={"amount_fen": one.amount_fen, "day": str(one.paid_on), "founded": str(founded)},
            basis=f"{one.paid_on}:{founded}",
        )


def _years(look: Look) -> tuple[int, int]:
    return look.today.year - 1, look.today.year


def _of_years(look: Look) -> Any:
    """Live money of this year and the last, by the month in which it is reported."""
    first, last = _years(look)
    return live(look).filter(report_month__gte=first * 12, report_month__lt=(last + 1) * 12).order_by()


def _about(unit: ReportingUnit, year: int, what: str, facts: Mapping[str, Any]) -> Candidate:
    return Candidate(
        key=f"{unit.code}:{year}{what}",
        subject=f"{unit.name} {year}",
        facts={"year": year, **facts},
        basis=":".join(str(value) for value in facts.values()),
        href_name="desk:payment_list",
        href_id=f"unit={unit.code}&month={year}",
        unit_id=unit.pk,
    )


def _units(look: Look) -> dict[UUID, ReportingUnit]:
    return {one.pk: one for one in ReportingUnit.objects.of(look.city)}


def few_days(look: Look) -> Iterator[Candidate]:
    """Units with most of a year's money within a few days. Two queries: sums by day, whatever the ledger's size."""
    window, percent, least = (look.number("few_days", name) for name in ("window_days", "percent", "payments"))
    by_day: dict[tuple[UUID, int], dict[date, tuple[int, int]]] = {}
    rows = _of_years(look).values_list("unit_id", "report_month", "paid_on")
    for unit, month, day, fen, count in rows.annotate(fen=Sum("amount_fen"), count=Count("id")):
        days = by_day.setdefault((unit, month // 12), {})
        before = days.get(day, (0, 0))
        days[day] = before[0] + fen, before[1] + count
    units = _units(look)
    for (unit, year), days in sorted(by_day.items(), key=lambda one: (one[0][1], str(one[0][0]))):
        whole, payments = (sum(part) for part in zip(*days.values(), strict=True))
        first, fen = densest(days, window)
        if payments >= least and whole > 0 and fen * 100 >= whole * percent:
            told = {"day": str(first), "days": window, "amount_fen": fen, "whole_fen": whole, "count": payments}
            yield _about(units[unit], year, "", told)


def densest(days: Days, window: int) -> tuple[date, int]:
    """The first day of the ``window`` days with most money, and how much that is."""
    ordered, best, start, held = sorted(days), (date.min, 0), 0, 0
    for day in ordered:
        held += days[day][0]
        while day - ordered[start] >= timedelta(days=window):
            held -= days[ordered[start]][0]
            start += 1
        best = max(best, (ordered[start], held), key=lambda one: one[1])
    return best


def round_amounts(look: Look) -> Iterator[Candidate]:
    """Units of whose payments too many are whole multiples of a large sum. Two queries."""
    wan, percent, least = (look.number("round", name) for name in ("wan", "percent", "payments"))
    rows = _of_years(look).filter(amount_fen__gt=0).annotate(rest=F("amount_fen") % (wan * WAN))
    counted = _by_year(rows, {"all": Q(), "round": Q(rest=0)})
    units = _units(look)
    for (unit, year), found in counted:
        if found["all"] >= least and found["round"] * 100 >= found["all"] * percent:
            yield _about(
                units[unit], year, "", {"count": found["round"], "all": found["all"], "step_fen": wan * WAN}
            )  # fmt: skip


def _by_year(rows: Any, wanted: Mapping[str, Q]) -> list[tuple[tuple[UUID, int], dict[str, int]]]:
    """How many rows of a unit and year fit each condition, in order of year. One query."""
    counts = {f"n_{name}": Count("id", filter=condition) for name, condition in wanted.items()}
    found: dict[tuple[UUID, int], dict[str, int]] = {}
    for unit, month, *numbers in rows.values_list("unit_id", "report_month").annotate(**counts):
        held = found.setdefault((unit, month // 12), dict.fromkeys(wanted, 0))
        for name, number in zip(wanted, numbers, strict=True):
            held[name] += number
    return sorted(found.items(), key=lambda one: (one[0][1], str(one[0][0])))


def edges(look: Look) -> Iterator[Candidate]:
    """Units whose amounts, or contracts, stand far more often just on one side of a threshold than on the other. Three queries."""
    within = look.number("edge", "within_permille")
    limits = [look.number("edge", name) * WAN for name in LIMITS]
    units = _units(look)
    rows = _of_years(look).filter(amount_fen__gt=0)
    yield from _bunched(look, units, "payment", _by_year(rows, _sides("amount_fen", limits, within)), limits)
    yield from _bunched(look, units, "contract", _contracts(look, limits, within), limits)


def _sides(column: str, limits: Sequence[int], within: int) -> dict[str, Q]:
    found = {}
    for place, limit in enumerate(limits):
        near = limit * within // 1000
        found[f"over_{place}"] = Q(**{f"{column}__gte": limit, f"{column}__lt": limit + near})
        found[f"under_{place}"] = Q(**{f"{column}__gte": limit - near, f"{column}__lt": limit})
    return found


def _contracts(look: Look, limits: Sequence[int], within: int) -> list[tuple[tuple[UUID, int], dict[str, int]]]:
    first, last = _years(look)
    rows = (
        Project.objects.of(look.city)
        .counted(look.city)
        .filter(signed_on__year__gte=first, signed_on__year__lte=last)
        .order_by()
    )
    sides = _sides("contract_fen", limits, within)
    counts = {f"n_{name}": Count("id", filter=condition) for name, condition in sides.items()}
    found = rows.values_list("unit_id", "signed_on__year").annotate(**counts)
    return [((unit, year), dict(zip(sides, numbers, strict=True))) for unit, year, *numbers in found]


def _bunched(
    look: Look,
    units: Mapping[UUID, ReportingUnit],
    what: str,
    counted: Sequence[tuple[tuple[UUID, int], dict[str, int]]],
    limits: Sequence[int],
) -> Iterator[Candidate]:
    least, times = look.number("edge", "payments"), look.number("edge", "times")
    for (unit, year), found in counted:
        for place, limit in enumerate(limits):
            for side, other in (("over", "under"), ("under", "over")):
                count, rest = found[f"{side}_{place}"], found[f"{other}_{place}"]
                if count >= least and count >= times * max(rest, 1):
                    told = {"edge": f"{what}_{side}", "limit_fen": limit, "count": count, "rest": rest}
                    yield _about(units[unit], year, f":{what}:{side}:{limit // WAN}", told)


BEFORE_FIRM = payment_kind(
    code="before_firm",
    label=N_("到账早于企业成立"),
    text=N_("{day} 到账 {amount}万元，而企业 {founded} 才成立。"),
    candidates=before_firm,
)
FEW_DAYS = Kind(
    code="few_days",
    label=N_("全年资金集中在几天"),
    text=N_("{year} 年自 {day} 起 {days} 天内到账 {amount}万元，全年 {count} 笔共 {whole}万元。"),
    fix=N_("看这些到账"),
    about_figures=True,
    needs=("window_days", "percent", "payments"),
    candidates=few_days,
)
ROUND = Kind(
    code="round",
    label=N_("整数金额过多"),
    text=N_("{year} 年 {all} 笔到账中有 {count} 笔是 {step}万元的整数倍。"),
    fix=N_("看这些到账"),
    about_figures=True,
    needs=("wan", "percent", "payments"),
    candidates=round_amounts,
)
EDGE = Kind(
    code="edge",
    label=N_("金额贴着门槛"),
    text=N_("{year} 年{edge} {limit}万元的有 {count} 个，门槛另一侧同样远近的只有 {rest} 个。"),
    fix=N_("看这些到账"),
    about_figures=True,
    needs=(*LIMITS, "within_permille", "payments", "times"),
    candidates=edges,
)
EDGES = {
    "payment_over": N_("单笔到账刚过"),
    "payment_under": N_("单笔到账刚不到"),
    "contract_over": N_("签约项目合同额刚过"),
    "contract_under": N_("签约项目合同额刚不到"),
}
