"""Projects that stand still: no progress note, no verified money (domain.md F48)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing as PaymentStanding
from zhaoshang.common.periods import Period, months_before
from zhaoshang.common.problems import N_
from zhaoshang.duties.rules import Superior
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.log import stages_on
from zhaoshang.projects.stages.rules import Chain, Standing
from zhaoshang.regions.models import ReportMonth
from zhaoshang.review.findings.candidate import Candidate, Kind, Look

_DONE = "production"
YI_FEN = 10_000_000_000


def _under_way(look: Look, kind: str) -> Any:
    """Signed, open projects of some size that do not produce yet.

    Left out is what had landed before the ledger's first month and was never followed as a building site: it was taken over from
    older books as done, and nobody here can know of its money.
    """
    own = [one for one in stages_on(look.city, look.today) if one.chain == Chain.CONSTRUCTION]
    done = next((one.rank for one in own if one.code == _DONE), len(own) + 1)
    rows = Project.objects.of(look.city).counted(look.city).filter(standing=Standing.OPEN, signed_on__isnull=False)
    rows = rows.filter(contract_fen__gte=look.number(kind, "contract_yi") * YI_FEN)
    if began := ReportMonth.objects.of(look.city).aggregate(first=Min("number"))["first"]:
        rows = rows.exclude(landed_on__lt=Period(began, began).first_day(), construction="")
    return rows.exclude(construction__in=[one.code for one in own if one.rank >= done])


def _told(last: date, edge: date) -> Superior | None:
    return Superior.LEADER if last <= edge else None


def without_notes(look: Look) -> Iterator[Candidate]:
    """Nothing in the stage log for so many days."""
    edge = look.today - timedelta(days=look.number("stall_note", "quiet_days"))
    log = StageEntry.objects.of(look.city).filter(
        city_id=OuterRef("city_id"), project_id=OuterRef("pk"), day__isnull=False, day__lte=look.today
    )
    last = Coalesce(Subquery(log.order_by("-day").values("day")[:1]), "signed_on", output_field=DateField())
    rows = _under_way(look, "stall_note").annotate(last=last).filter(last__lt=edge)
    leaders_edge = look.today - timedelta(days=look.number("stall_note", "leader_days"))
    for one in rows.order_by("id").iterator(chunk_size=2_000):
        yield Candidate(
            key=one.code,
            subject=one.name,
            facts={"last": str(one.last), "contract_fen": one.contract_fen},
            basis=str(one.last),
            href_name="desk:project_stages",
            href_id=one.code,
            unit_id=one.unit_id,
            project_id=one.pk,
            superior=_told(one.last, leaders_edge),
        )


def without_money(look: Look) -> Iterator[Candidate]:
    """Signed and not paid up, and no verified money for so many calendar months."""
    edge, leaders_edge = (
        months_before(look.today, look.number("stall_money", name)) for name in ("months", "leader_months")
    )
    paid = Payment.objects.of(look.city).filter(
        city_id=OuterRef("city_id"), project_id=OuterRef("pk"), standing=PaymentStanding.VERIFIED
    )
    last = Subquery(paid.order_by("-paid_on").values("paid_on")[:1])
    arrived = Coalesce(
        Subquery(paid.order_by().values("project_id").annotate(fen=Sum("amount_fen")).values("fen")[:1]), Value(0)
    )
    rows = _under_way(look, "stall_money").filter(signed_on__lt=edge).exclude(Exists(paid.filter(paid_on__gte=edge)))
    rows = rows.annotate(last=last, arrived=arrived).filter(Q(contract_fen__gt=0))
    for one in rows.order_by("id").iterator(chunk_size=2_000):
        if one.arrived >= one.contract_fen:
            continue
        since = one.last or one.signed_on
        yield Candidate(
            key=one.code,
            subject=one.name,
            facts={"last": str(since), "arrived_fen": one.arrived, "contract_fen": one.contract_fen},
            basis=str(since),
            href_name="desk:project",
            href_id=one.code,
            unit_id=one.unit_id,
            project_id=one.pk,
            superior=_told(since, leaders_edge),
        )


NOTES = Kind(
    code="stall_note",
    label=N_("久无进展记录"),
    text=N_("自 {last} 起没有进展记录。"),
    fix=N_("记进展"),
    needs=("quiet_days", "leader_days", "contract_yi"),
    candidates=without_notes,
)
MONEY = Kind(
    code="stall_money",
    label=N_("久无资金到位"),
    text=N_("自 {last} 起没有核定的到账；已到位 {arrived}万元，合同额 {contract}万元。"),
    fix=N_("看项目"),
    needs=("months", "leader_months", "contract_yi"),
    candidates=without_money,
)
