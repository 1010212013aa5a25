"""Partners, what they brought, what is due, and what may be claimed."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils import timezone

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind
from zhaoshang.capital.rules import Standing as PaymentStanding
from zhaoshang.common.periods import Period, month_number
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.partners.models import Claim, ClaimPaper, Partner, PartnerReview
from zhaoshang.partners.rules import ClaimState, Credit, Formula, Standing, credit
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.models import Claim as TalkClaim
from zhaoshang.tenancy.models import City

SOON = timedelta(days=90)


class FirstTalk(NamedTuple):
    """When the city first talked to a project's investor, by what; ``at``: to the second, where a room keeps it so."""

    on: date
    source: str
    at: datetime | None = None


Asked = Callable[[Project], FirstTalk | None]


def partner_of(viewer: Viewer) -> Partner | None:
    """Whose login this is."""
    if viewer.user is None:
        return None
    found: Partner | None = Partner.objects.of(viewer.city).select_related("city").filter(user=viewer.user).first()
    return found


def leads_of(partner: Partner) -> Any:
    """What a partner brought."""
    return Lead.objects.of(partner.city_id).filter(came_by=CameBy.PARTNER, origin_ref=str(partner.pk))


def in_standing(rows: Any, standing: Standing, day: date) -> Any:
    """Of some partners those in a standing on a day."""
    ended = Q(ended_on__isnull=False, ended_on__lte=day)
    by_standing = {
        Standing.ENDED: ended,
        Standing.TO_COME: ~ended & Q(term_from__gt=day),
        Standing.STANDING: ~ended & Q(term_from__lte=day, term_to__gte=day),
        Standing.EXPIRED: ~ended & Q(term_to__lt=day),
    }
    return rows.filter(by_standing[standing])


def leads_by_partner(city: City, partners: list[Partner]) -> dict[str, int]:
    """Leads by a partner's id as text. One query."""
    keys = [str(one.pk) for one in partners]
    rows = Lead.objects.of(city).filter(came_by=CameBy.PARTNER, origin_ref__in=keys).order_by()
    return dict(rows.values_list("origin_ref").annotate(Count("id")))


def appointed(city: City, period: Period) -> Any:
    """Partners whose term began in a period."""
    return Partner.objects.of(city).filter(term_from__range=(period.first_day(), period.last_day()))


def appointed_by_month(city: City, period: Period) -> dict[int, int]:
    """How many terms began in each month of a period. One query."""
    days = appointed(city, period).order_by().values_list("term_from", flat=True)
    return dict(Counter(month_number(day.year, day.month) for day in days))


def review_due(city: City, day: date) -> Any:
    """Partners that stood in the year before and were not reviewed for it."""
    year = day.year - 1
    done = PartnerReview.objects.of(city).filter(year=year).order_by().values("partner_id")
    stood = Q(term_from__lte=date(year, 12, 31), term_to__gte=date(year, 1, 1))
    rows = Partner.objects.of(city).filter(stood).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return rows.exclude(pk__in=done)


def expiring(city: City, day: date) -> Any:
    """Partners in standing whose term ends within :data:`SOON` days."""
    rows = Partner.objects.of(city).filter(term_from__lte=day, term_to__gte=day, term_to__lte=day + SOON)
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def first_claim(project: Project) -> FirstTalk | None:
    """The server's time of the earliest first-talk claim (首谈) on the project."""
    rows = TalkClaim.objects.of(project.city_id).filter(talk__project_id=project.pk).select_related("unit")
    claim = rows.order_by("claimed_at").first()
    return FirstTalk(timezone.localdate(claim.claimed_at), claim.unit.name, claim.claimed_at) if claim else None


def first_stage(project: Project) -> FirstTalk | None:
    """The day of the earliest stage on the project's log."""
    rows = (
        StageEntry.objects.of(project.city_id)
        .filter(project_id=project.pk, day__isnull=False)
        .order_by("day", "number")
    )
    entry = rows.first()
    return FirstTalk(entry.day, entry.evidence or entry.stage) if entry else None


FIRST_TALKS: tuple[Asked, ...] = (
    first_claim,
    first_stage,
)  # in this order: what the first knows, the next is not asked


def first_talk(project: Project) -> FirstTalk | None:
    """The first talk, by the first room that knows of one."""
    return next((found for ask in FIRST_TALKS if (found := ask(project)) is not None), None)


def credit_of(lead: Lead, partner: Partner) -> Credit:
    """Whether the partner has credit for a lead, and why."""
    day = timezone.localdate(lead.registered_at)
    if lead.came_by != CameBy.PARTNER or lead.origin_ref != str(partner.pk):
        return Credit(False, "not_its_lead", {})
    if lead.project is None:
        return Credit(False, "no_project", {})
    if lead.project.investor.strip() == partner.name or lead.investor == partner.name:
        return Credit(False, "itself", {})
    talk = first_talk(lead.project)
    before = talk is None or (lead.registered_at < talk.at if talk.at else day <= talk.on)
    return credit(
        registered_on=day,
        standing=partner.standing(day) == Standing.STANDING,
        before=before,
        talk_on=talk.on if talk else None,
        talk_source=talk.source if talk else "",
    )


def base_of(city: City, project_id: UUID, formula: Formula) -> int:
    """What the reward is computed on, in fen, from the ledger: verified money only. One query."""
    rows = Payment.objects.of(city).filter(project_id=project_id, standing=PaymentStanding.VERIFIED).order_by()
    if formula.basis == "fixed_assets":
        rows = rows.filter(kind__in=[Kind.FIXED_ASSETS, Kind.EQUIPMENT])
    return max(0, int(rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]))


def had_in_year(partner: Partner, year: int, leave_out: UUID | None = None) -> int:
    """Fen that were agreed to in a year. One query."""
    rows = Claim.objects.of(partner.city_id).filter(partner=partner, decided_at__year=year).exclude(pk=leave_out)
    agreed = [ClaimState.APPROVED, ClaimState.PUBLISHED, ClaimState.FINAL]
    return int(rows.filter(state__in=agreed).order_by().aggregate(fen=Sum("reward_fen", default=0))["fen"])


def papers_of(claim: Claim) -> dict[str, ClaimPaper]:
    """The file's papers by kind, the last of each. One query."""
    return {one.kind: one for one in _papers(claim)}


def _papers(claim: Claim) -> Any:
    return ClaimPaper.objects.of(claim.city_id).filter(claim_id=claim.pk).select_related("file").order_by("id")


def missing(claim: Claim, formula: Formula) -> list[str]:
    """The papers that the file lacks; the filing is the lead itself."""
    held = set(papers_of(claim)) | {"filing"} | ({"investor"} if claim.investor_document else set())
    return [kind for kind in formula.papers if kind not in held]


def public_claims(city: City) -> Any:
    """Claims that are or were shown to the public."""
    rows = Claim.objects.of(city).filter(state__in=[ClaimState.PUBLISHED, ClaimState.FINAL])
    return rows.select_related("partner", "project__unit", "city")
