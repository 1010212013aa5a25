"""What is known of firms and entries when a pair is suggested, and who may be suggested at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q, Sum

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.enterprises.models import Enterprise, Relation, Touch
from zhaoshang.enterprises.rules import Ownership
from zhaoshang.matchmaking.localrules import WEIGHTS
from zhaoshang.matchmaking.models import Pair
from zhaoshang.matchmaking.rules import Firm, Offer, Reason, reasons
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind
from zhaoshang.outreach.models import Activity, Guest
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

OFFERED = (Kind.SOE, Kind.PLANNED, Kind.GOVERNMENT, Kind.ZONE, Kind.KEY_REGION, Kind.PARCEL)
MOST_FIRMS = 150


def candidates(activity: Activity) -> list[Enterprise]:
    """Firms with a card that stand on the activity's list of guests, and central SOEs at the top of their group. One query."""
    invited = Guest.objects.of(activity.city_id).filter(activity=activity, enterprise__isnull=False).order_by()
    central = Q(ownership=Ownership.CENTRAL, parent__isnull=True)
    rows = Enterprise.objects.of(activity.city_id).filter(Q(pk__in=invited.values("enterprise_id")) | central)
    return list(rows.order_by("name", "id")[:MOST_FIRMS])


def entries_at(city: City, at: datetime, kinds: Sequence[Kind] = OFFERED) -> list[Opportunity]:
    """Entries that are offered at an instant. One query."""
    rows = Opportunity.objects.of(city).listed(city, at).filter(kind__in=list(kinds))
    return list(rows.select_related("unit").order_by("code"))


def known_of(city: City, firms: Sequence[Enterprise]) -> dict[UUID, Firm]:
    """What counts for a suggestion, by firm with its whole group below. Queries: one a level of the groups, and five."""
    tops = _group_tops(city, firms)
    own = {one.pk: one for one in firms}
    industries: dict[UUID, set[str]] = defaultdict(set)
    projects: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    largest: dict[UUID, int] = defaultdict(int)
    of_project: dict[UUID, list[UUID]] = {}
    rows = Project.objects.of(city).counted(city).filter(enterprise_id__in=list(tops)).select_related("unit")
    for one in rows.order_by("id"):
        of_project[one.pk] = tops[one.enterprise_id]
        for top in tops[one.enterprise_id]:
            industries[top].add(one.industry)
            projects[top][one.unit.code] += 1
            largest[top] = max(largest[top], one.contract_fen)
    arrived = _arrived(city, of_project)
    kept, met = _kept(city, tops), _met(city, tops)
    return {
        key: Firm(
            frozenset(industries[key] | ({one.industry} if one.industry else set())),
            dict(projects[key]),
            largest[key],
            arrived.get(key, 0),
            frozenset(kept.get(key, ())),
            met.get(key),
        )
        for key, one in own.items()
    }


def _group_tops(city: City, firms: Sequence[Enterprise]) -> dict[UUID, list[UUID]]:
    """Every card of the groups → the firms asked for that it stands under (itself among them)."""
    tops: dict[UUID, list[UUID]] = {one.pk: [one.pk] for one in firms}
    level: Iterable[UUID] = list(tops)
    while level:
        rows = Enterprise.objects.of(city).filter(parent_id__in=list(level)).order_by().values_list("pk", "parent_id")
        found = dict(rows)
        for child, parent in found.items():
            tops[child] = list(dict.fromkeys([*tops.get(child, []), *tops[parent]]))
        level = list(found)
    return tops


def _arrived(city: City, of_project: Mapping[UUID, list[UUID]]) -> dict[UUID, int]:
    rows = Payment.objects.of(city).filter(project_id__in=list(of_project), standing=Standing.VERIFIED).order_by()
    found: dict[UUID, int] = defaultdict(int)
    for project, fen in rows.values_list("project_id").annotate(Sum("amount_fen")):
        for top in of_project[project]:
            found[top] += fen
    return found


def _kept(city: City, tops: Mapping[UUID, list[UUID]]) -> dict[UUID, set[str]]:
    rows = Relation.objects.of(city).filter(enterprise_id__in=list(tops), valid_to__isnull=True, unit__isnull=False)
    found: dict[UUID, set[str]] = defaultdict(set)
    for key, code in rows.order_by().values_list("enterprise_id", "unit__code"):
        for top in tops[key]:
            found[top].add(code)
    return found


def _met(city: City, tops: Mapping[UUID, list[UUID]]) -> dict[UUID, date]:
    rows = Touch.objects.of(city).filter(enterprise_id__in=list(tops), withdrawn_at__isnull=True).order_by()
    found: dict[UUID, date] = {}
    for key, day in rows.values_list("enterprise_id").annotate(Max("on")):
        for top in tops[key]:
            found[top] = max(day, found.get(top, day))
    return found


def offer_of(entry: Opportunity) -> Offer:
    """What counts of an entry."""
    return Offer(entry.industry, entry.unit.code if entry.unit else "", entry.amount_fen or 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A firm and an entry that could be brought together, with every ground and its points."""

    enterprise: Enterprise
    opportunity: Opportunity
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """Of 100."""
        return sum(one.points for one in self.reasons)


def suggestions(
    activity: Activity, at: datetime, on: date, *, unit: ReportingUnit | None = None, firm: UUID | None = None
) -> list[Suggestion]:
    """Pairs that get any point and are not on this activity's board, the best first; equal ones by name and code."""
    city = activity.city
    weights = WEIGHTS.on(city, on).read
    firms = [one for one in candidates(activity) if firm in (None, one.pk)]
    entries = [one for one in entries_at(city, at) if unit is None or one.unit_id == unit.pk]
    known = known_of(city, firms)
    rows = Pair.objects.of(city).filter(activity=activity).order_by()
    there = set(rows.values_list("enterprise_id", "opportunity_id"))
    found = [
        Suggestion(one, entry, tuple(reasons(known[one.pk], offer_of(entry), weights, on)))
        for one in firms
        for entry in entries
        if (one.pk, entry.pk) not in there
    ]
    fitting = [one for one in found if one.points]
    return sorted(fitting, key=lambda one: (-one.points, one.enterprise.name, one.opportunity.code))


def elsewhere(pair: Pair) -> list[Pair]:
    """Other pairs of the same firm, so that nobody is approached twice unknowingly; those given up are left out. One query."""
    rows = Pair.objects.of(pair.city_id).filter(enterprise_id=pair.enterprise_id).exclude(pk=pair.pk)
    return list(rows.exclude(state="declined").select_related("activity", "opportunity", "unit").order_by("-added_at"))
