"""Money that goes out of a project and comes back, and slips that seem to be used twice (domain.md 1.7, F16)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count

from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.review.findings.amounts import live
from zhaoshang.review.findings.candidate import Candidate, Look, payment_kind


def round_trips(look: Look) -> Iterator[Candidate]:
    """An opposite entry, and the same amount entered again in the project soon after it. Two queries."""
    out = list(live(look).filter(reverses__isnull=False).select_related("project").order_by("id"))
    projects, amounts = {one.project_id for one in out}, {-one.amount_fen for one in out}
    again = live(look).filter(project_id__in=projects, amount_fen__in=amounts, reverses__isnull=True).order_by("id")
    back: dict[tuple[object, int], list[Payment]] = {}
    for one in again:
        back.setdefault((one.project_id, one.amount_fen), []).append(one)
    within = timedelta(days=look.number("round_trip", "within_days"))
    for gone in out:
        held = back.get((gone.project_id, -gone.amount_fen), [])
        for one in held:
            if one.pk != gone.reverses_id and gone.paid_on <= one.paid_on <= gone.paid_on + within:
                yield _trip(gone, one)
                break


def _trip(gone: Payment, back: Payment) -> Candidate:
    return Candidate(
        key=f"{gone.pk}",
        subject=gone.project.name,
        facts={"amount_fen": back.amount_fen, "out": str(gone.paid_on), "back": str(back.paid_on)},
        basis=f"{gone.pk}:{back.pk}",
        href_name="desk:payment",
        href_id=str(back.pk),
        unit_id=gone.unit_id,
        project_id=gone.project_id,
    )


def same_slips(look: Look) -> Iterator[Candidate]:
    """Payer, day and amount of two payments are the same: one slip, told twice under two numbers. Two queries."""
    named = live(look).filter(amount_fen__gt=0).exclude(payer="")
    groups = (
        named.order_by().values_list("payer", "paid_on", "amount_fen").annotate(count=Count("id")).filter(count__gt=1)
    )
    alike = {tuple(row[:3]): row[3] for row in groups}
    if not alike:
        return
    payers, days, amounts = (set(values) for values in zip(*alike, strict=True))
    rows = named.filter(payer__in=payers, paid_on__in=days, amount_fen__in=amounts).select_related("project")
    told: dict[tuple[object, ...], Payment] = {}
    for one in rows.order_by("id"):
        mark = (one.payer, one.paid_on, one.amount_fen)
        first = told.setdefault(mark, one)
        if mark in alike and first is not one:
            yield Candidate.of(
                one,
                key=str(one.pk),
                facts={"payer": one.payer, "day": str(one.paid_on), "amount_fen": one.amount_fen, "count": alike[mark]},
                basis=f"{first.pk}:{one.pk}",
            )


TRIPS = payment_kind(
    code="round_trip",
    label=N_("同额退出又进入"),
    text=N_("{out} 冲减 {amount}万元，{back} 同额再次到账。"),
    needs=("within_days",),
    candidates=round_trips,
)
SAME = payment_kind(
    code="same_slip",
    label=N_("疑似同一回单用两次"),
    text=N_("{payer} 在 {day} 汇出的 {amount}万元，有 {count} 笔到账与此相同。"),
    candidates=same_slips,
)
