"""The verifier's queue, what changed since somebody looked, and what still stands in the way of a close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from zhaoshang.capital.models import Evidence, Payment, RuleSet
from zhaoshang.capital.rules import Proof, Standing, missing_evidence
from zhaoshang.common.periods import Period
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportMonth
from zhaoshang.regions.rules import MonthState
from zhaoshang.review.rules import Hint, Surroundings, hints, last_day
from zhaoshang.tenancy.models import City

LIVE = Q(standing__in=[Standing.DECLARED, Standing.VERIFIED])
_COMPARED = Q(standing=Standing.VERIFIED, amount_fen__gt=0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A declared payment with what is missing (groups: one kind of each suffices) and what looks wrong."""

    payment: Payment
    missing: list[list[Proof]]
    hints: list[Hint]


def undecided(viewer: Viewer) -> "QuerySet[Payment]":
    """Declared payments of open months that the viewer sees, oldest first."""
    open_months = ReportMonth.objects.of(viewer.city).filter(state=MonthState.OPEN).order_by()
    months = list(open_months.values_list("number", flat=True))
    rows = Payment.objects.visible_to(viewer).filter(standing=Standing.DECLARED, report_month__in=months)
    return rows.select_related("project__enterprise", "unit", "declared_by").order_by("id")


def looked_through(city: City, payments: Sequence[Payment]) -> list[Waiting]:
    """The payments with what is missing and what looks wrong; a fixed number of queries for any number of payments."""
    if not payments:
        return []
    held = _held_kinds(city, payments)
    rule_sets = list(RuleSet.objects.of(city).filter(issued_at__isnull=False))
    around = _Around(city, payments)
    return [
        Waiting(
            payment,
            _missing(payment, rule_sets, held.get(payment.pk, [])),
            [] if payment.reverses_id else hints(around.of(payment)),
        )
        for payment in payments
    ]


def _held_kinds(city: City, payments: Iterable[Payment]) -> dict[UUID, list[str]]:
    held: dict[UUID, list[str]] = {}
    rows = Evidence.objects.of(city).filter(payment_id__in=[payment.pk for payment in payments]).order_by()
    for payment_id, kind in rows.values_list("payment_id", "kind"):
        held.setdefault(payment_id, []).append(kind)
    return held


def _missing(payment: Payment, rule_sets: Sequence[RuleSet], held: Sequence[str]) -> list[list[Proof]]:
    official = next((rules for rules in rule_sets if rules.official_in(payment.report_month)), None)
    if official is None or payment.reverses_id:
        return []
    return missing_evidence(official.content, payment.facts, held)


class _Around:
    """What stands around the payments of one page, fetched in five queries.

    Which standings count is asked of the sums, never of the rows: asked of the rows, a database without statistics goes
    through everything that is verified.
    """

    def __init__(self, city: City, payments: Sequence[Payment]) -> None:
        rows = Payment.objects.of(city).order_by()
        projects = rows.filter(project_id__in={payment.project_id for payment in payments})
        self.sums: Mapping[UUID, tuple[int, int | None, int | None]] = {
            project: (total, least, most)
            for project, total, least, most in projects.values_list("project_id").annotate(
                total=Sum("amount_fen", filter=LIVE, default=0),
                least=Min("amount_fen", filter=_COMPARED),
                most=Max("amount_fen", filter=_COMPARED),
            )
        }
        self.alike = {
            tuple(row[:3]): row[3]
            for row in projects.filter(
                paid_on__in={payment.paid_on for payment in payments},
                amount_fen__in={payment.amount_fen for payment in payments},
            )
            .values_list("project_id", "paid_on", "amount_fen")
            .annotate(alike=Count("id", filter=LIVE))
        }
        months = rows.filter(
            unit_id__in={payment.unit_id for payment in payments},
            report_month__in={payment.report_month for payment in payments},
        )
        self.days = {
            tuple(row[:3]): row[3:]
            for row in months.values_list("unit_id", "report_month", "paid_on").annotate(
                fen=Sum("amount_fen", filter=LIVE, default=0), payments=Count("id", filter=LIVE)
            )
        }
        self.month_sums: dict[tuple[UUID, int], int] = {}
        for (unit, month, _), (fen, _) in self.days.items():
            self.month_sums[unit, month] = self.month_sums.get((unit, month), 0) + fen
        self.due = dict(ReportMonth.objects.of(city).order_by().values_list("number", "due_on"))
        firms = Project.objects.of(city).filter(pk__in={payment.project_id for payment in payments}).order_by()
        self.established = dict(firms.values_list("pk", "enterprise__established_on"))

    def of(self, payment: Payment) -> Surroundings:
        """What stands around one of them."""
        total, least, most = self.sums.get(payment.project_id, (0, None, None))
        first = Period(payment.report_month, payment.report_month).first_day()
        last = last_day(first)
        last_fen, last_payments = self.days.get((payment.unit_id, payment.report_month, last), (0, 0))
        return Surroundings(
            amount_fen=payment.amount_fen,
            paid_on=payment.paid_on,
            declared_on=timezone.localdate(payment.declared_at),
            due_on=self.due.get(payment.report_month),
            month_first_day=first,
            month_last_day=last,
            signed_on=payment.project.signed_on,
            established_on=self.established[payment.project_id],
            contract_fen=payment.contract_fen,
            project_live_fen=total,
            other_amounts_fen=[fen for fen in (least, most) if fen is not None],
            same_day_same_amount=self.alike.get((payment.project_id, payment.paid_on, payment.amount_fen), 1) - 1,
            unit_month_fen=self.month_sums.get((payment.unit_id, payment.report_month), 0),
            unit_last_day_fen=last_fen,
            unit_last_day_payments=last_payments,
            counts_because=payment.counts_because,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that changed since a payment was looked at; ``before`` and ``after`` are the stored values as text."""

    column: str
    before: str
    after: str


def differences(payment: Payment, revision: int) -> list[Difference]:
    """What changed in a payment since ``revision``, told from the diary: each change of it or its files is a line."""
    verbs = ["capital.payment.amended", "capital.evidence.attached", "capital.evidence.detached"]
    lines = Event.objects.of(payment.city_id).filter(about_id=str(payment.pk), verb__in=verbs).order_by("at", "id")
    found: dict[str, str] = {}
    files: list[Difference] = []
    for line in list(lines)[max(revision, 1) - 1 :]:
        if line.verb == "capital.payment.amended":
            found = {**line.detail.get("before", {}), **found}
        else:
            added = line.verb == "capital.evidence.attached"
            digest = str(line.detail.get("file", ""))
            files.append(Difference("evidence", "" if added else digest, digest if added else ""))
    now = {column: str(getattr(payment, column)) for column in found}
    return [Difference(column, old, now[column]) for column, old in found.items() if old != now[column]] + files


@dataclass(frozen=True, slots=True)
class Standstill:
    """What a month still holds undecided in a unit, in payments and fen."""

    unit_id: UUID
    payments: int
    amount_fen: int


def undecided_by_unit(city: City, month: int) -> list[Standstill]:
    """Declared payments of a month that nobody has decided, by unit: what a close would leave out of the figures."""
    rows = Payment.objects.of(city).filter(standing=Standing.DECLARED, report_month=month).order_by()
    return [Standstill(*row) for row in rows.values_list("unit_id").annotate(Count("id"), Sum("amount_fen"))]
