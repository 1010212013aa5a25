"""Amounts that cannot be: 万 and 亿 mixed up, more than the contract (domain.md F16)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Max, Min, Q, Sum

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.problems import N_
from zhaoshang.review.findings.candidate import Candidate, Kind, Look, payment_kind

LIVE = (Standing.DECLARED, Standing.VERIFIED)


def live(look: Look) -> Any:
    """Money that is declared or verified, opposite entries too."""
    return Payment.objects.of(look.city).filter(standing__in=LIVE)


def _slip(one: Payment, than: str, fen: int) -> Candidate:
    return Candidate.of(
        one,
        key=str(one.pk),
        facts={"amount_fen": one.amount_fen, "other_fen": fen, "than": than},
        basis=f"{one.amount_fen}:{fen}",
    )


def slips(look: Look) -> Iterator[Candidate]:
    """Far from the contract, or about ten thousand times the project's other payments. Four queries."""
    times, mixed = look.number("slip", "times"), look.number("slip", "mixed")
    within = look.number("slip", "within_percent")
    least = mixed * 100 // (100 + within)
    rows = live(look).filter(amount_fen__gt=0, contract_fen__gt=0).select_related("project")
    odd = rows.filter(Q(amount_fen__gte=F("contract_fen") * times) | Q(contract_fen__gte=F("amount_fen") * least))
    told = set()
    for one in odd.order_by("id"):
        told.add(str(one.pk))
        yield _slip(one, "contract", one.contract_fen)
    positive = live(look).filter(amount_fen__gt=0).order_by()
    spread = positive.values("project_id").annotate(low=Min("amount_fen"), high=Max("amount_fen"))
    mixed_up = spread.filter(high__gte=F("low") * least).values("project_id")
    by_project: dict[object, list[Payment]] = {}
    for one in rows.filter(project_id__in=mixed_up).order_by("id"):
        by_project.setdefault(one.project_id, []).append(one)
    for payments in by_project.values():
        yield from (found for found in _among(payments, least) if found.key not in told)


def _among(payments: list[Payment], least: int) -> Iterator[Candidate]:
    """Those that are far from the middle one of the project's payments."""
    middle = sorted(one.amount_fen for one in payments)[(len(payments) - 1) // 2]
    for one in payments:
        if one.amount_fen >= middle * least or one.amount_fen * least <= middle:
            yield _slip(one, "others", middle)


def over_contract(look: Look) -> Iterator[Candidate]:
    """Declared and verified money of a project above its contract. One query."""
    percent = look.number("over_contract", "percent")
    of = ("project_id", "project__code", "project__name", "project__unit_id", "project__contract_fen")
    rows = live(look).filter(project__contract_fen__gt=0).order_by().values_list(*of).annotate(fen=Sum("amount_fen"))
    for key, code, name, unit, contract, fen in rows.filter(fen__gt=F("project__contract_fen") * percent / 100):
        yield Candidate(
            key=code,
            subject=name,
            facts={"amount_fen": fen, "contract_fen": contract},
            basis=f"{fen}:{contract}",
            href_name="desk:project",
            href_id=code,
            unit_id=unit,
            project_id=key,
        )


SLIPS = payment_kind(
    code="slip",
    label=N_("疑似单位填错"),
    text=N_("到账 {amount}万元，而{than} {other}万元，疑似万元与亿元混淆。"),
    needs=("times", "mixed", "within_percent"),
    candidates=slips,
)
OVER = Kind(
    code="over_contract",
    label=N_("到位超过合同额"),
    text=N_("累计到账 {amount}万元，超过合同额 {contract}万元。"),
    fix=N_("看项目"),
    about_figures=True,
    needs=("percent",),
    candidates=over_contract,
)
THAN = {"contract": N_("合同额为"), "others": N_("本项目其他到账约为")}
