"""Months that are filled on their last day (domain.md F16)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum

from zhaoshang.common.periods import Period, month_number, month_text
from zhaoshang.common.problems import N_
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.findings.amounts import live
from zhaoshang.review.findings.candidate import Candidate, Kind, Look
from zhaoshang.review.rules import last_day

MONTHS_BACK = 12


def surges(look: Look) -> Iterator[Candidate]:
    """Units' months of the last year with too much money on the last day. Two queries: sums by day, whatever the ledger's size."""
    now = month_number(look.today.year, look.today.month)
    days = live(look).filter(report_month__gte=now - MONTHS_BACK, report_month__lte=now).order_by()
    rows = days.values_list("unit_id", "report_month", "paid_on").annotate(fen=Sum("amount_fen"), count=Count("id"))
    whole: dict[tuple[UUID, int], int] = {}
    last: dict[tuple[UUID, int], tuple[int, int]] = {}
    for unit, month, day, fen, count in rows:
        whole[unit, month] = whole.get((unit, month), 0) + fen
        if day == _end(month):
            last[unit, month] = (fen, count)
    units = {one.pk: one for one in ReportingUnit.objects.of(look.city)}
    percent, payments = look.number("last_day", "percent"), look.number("last_day", "payments")
    for (unit, month), (fen, count) in sorted(last.items(), key=lambda pair: (pair[0][1], str(pair[0][0]))):
        if count >= payments and fen * 100 > whole[unit, month] * percent:
            yield Candidate(
                key=f"{units[unit].code}:{month_text(month)}",
                subject=f"{units[unit].name} {month_text(month)}",
                facts={"amount_fen": fen, "whole_fen": whole[unit, month], "count": count, "day": str(_end(month))},
                basis=f"{fen}:{whole[unit, month]}",
                href_name="desk:payment_list",
                href_id=f"unit={units[unit].code}&month={month_text(month)}",
                unit_id=unit,
            )


def _end(month: int) -> date:
    return last_day(Period(month, month).first_day())


KIND = Kind(
    code="last_day",
    label=N_("月末突击到账"),
    text=N_("{day} 一天 {count} 笔共 {amount}万元，全月 {whole}万元。"),
    fix=N_("看这些到账"),
    about_figures=True,
    needs=("percent", "payments"),
    candidates=surges,
)
