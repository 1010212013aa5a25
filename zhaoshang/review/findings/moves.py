"""One investor told in two districts: moved at the turn of the year, or by parent and subsidiary (trust.md F16)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from uuid import UUID

from django.db.models import Max, Min, Sum

from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.review.findings.amounts import live
from zhaoshang.review.findings.candidate import Candidate, Look, payment_kind

_AT_ONCE = 500


def tops(look: Look) -> dict[UUID, UUID]:
    """The firm at the top of each firm that stands in a group. One query."""
    above = dict(
        Enterprise.objects.of(look.city).filter(parent__isnull=False).order_by().values_list("pk", "parent_id")
    )

    def top(firm: UUID) -> UUID:
        while firm in above:
            firm = above[firm]
        return firm

    return {firm: top(firm) for firm in {*above, *above.values()}}


@dataclass(frozen=True, slots=True)
class _Stay:
    """A firm's money in a unit: first and last month, and how much, in fen."""

    firm: UUID
    unit: UUID
    first: int
    last: int
    fen: int


def moved(look: Look) -> Iterator[Candidate]:
    """The money of a firm, or of its group, ends in one unit at the end of a year and begins in another just after. Two queries, and one
    for each found."""
    months, groups = look.number("moved", "months"), tops(look)
    rows = live(look).filter(amount_fen__gt=0).order_by().values_list("project__enterprise_id", "unit_id")
    stays: dict[UUID, list[_Stay]] = defaultdict(list)
    for firm, unit, first, last, fen in rows.annotate(Min("report_month"), Max("report_month"), Sum("amount_fen")):
        if first % 12 < months or last % 12 >= 12 - months:
            stays[groups.get(firm, firm)].append(_Stay(firm, unit, first, last, fen))
    for of_one in stays.values():
        for before, after in product(of_one, of_one):
            ends, begins = before.last % 12 >= 12 - months, after.first % 12 < months
            if before.unit != after.unit and ends and begins and after.first // 12 == before.last // 12 + 1:
                yield _move(look, before, after)


def _move(look: Look, before: _Stay, after: _Stay) -> Candidate:
    first = (
        live(look)
        .filter(project__enterprise_id=after.firm, unit_id=after.unit, amount_fen__gt=0)
        .select_related("project__enterprise", "unit")
        .order_by("report_month", "id")[0]
    )
    left = live(look).filter(project__enterprise_id=before.firm, unit_id=before.unit).select_related("unit")[0].unit
    return Candidate.of(
        first,
        key=f"{before.firm.hex}:{before.unit.hex}:{after.unit.hex}:{after.first // 12}",
        facts={
            "year": before.last // 12,
            "next": after.first // 12,
            "before": left.name,
            "after": first.unit.name,
            "amount_fen": after.fen,
        },
        basis=f"{before.fen}:{after.fen}",
    )


def kin(look: Look) -> Iterator[Candidate]:
    """The same amount within a few days, told by two firms of one group in two units. A query for every few hundred firms in groups."""
    groups, within = tops(look), timedelta(days=look.number("kin", "within_days"))
    alike: dict[tuple[UUID, int], list[Payment]] = defaultdict(list)
    firms = list(groups)
    for start in range(0, len(firms), _AT_ONCE):
        rows = live(look).filter(amount_fen__gt=0, project__enterprise_id__in=firms[start : start + _AT_ONCE])
        for one in rows.select_related("project__enterprise", "unit").order_by("id"):
            alike[groups[one.project.enterprise_id], one.amount_fen].append(one)
    for payments in alike.values():
        for one, other in combinations(payments, 2):
            if _told_twice(one, other, within):
                yield _kin(*sorted((one, other), key=lambda payment: (payment.declared_at, payment.pk)))


def _told_twice(one: Payment, other: Payment, within: timedelta) -> bool:
    apart: timedelta = abs(_day(one) - _day(other))
    same_firm = one.project.enterprise_id == other.project.enterprise_id
    return one.unit_id != other.unit_id and not same_firm and apart <= within


def _day(payment: Payment) -> date:
    return payment.paid_on


def _kin(first: Payment, second: Payment) -> Candidate:
    return Candidate.of(
        second,
        key=f"{first.pk.hex}:{second.pk.hex}",
        facts=_facts(first, second),
        basis=f"{first.pk.hex}:{second.pk.hex}",
    )


def _facts(first: Payment, second: Payment) -> Mapping[str, object]:
    return {
        "amount_fen": second.amount_fen,
        "before": first.unit.name,
        "after": second.unit.name,
        "day": str(second.paid_on),
        "other_day": str(first.paid_on),
    }


MOVED = payment_kind(
    code="moved",
    label=N_("年末年初换了地区"),
    text=N_(
        "同一企业（或同一集团）{year} 年末的到账还在{before}，{next} 年初起改在{after}，共 {amount}万元：是不是同一项目换了地区？"
    ),
    needs=("months",),
    candidates=moved,
)
KIN = payment_kind(
    code="kin",
    label=N_("母子公司报了同一笔钱"),
    text=N_(
        "{other_day} 母公司或子公司在{before}报了 {amount}万元，{day} 同一集团的另一家在{after}报了同样的金额：是不是同一笔钱？"
    ),
    needs=("within_days",),
    candidates=kin,
)
