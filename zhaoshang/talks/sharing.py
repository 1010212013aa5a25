"""What two units share of a project in assessments, by an accepted transfer or a ruling; no figure ever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.models import Dispute, Transfer
from zhaoshang.talks.rules import Offer, Outcome, parts
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Shared:
    """``first`` and ``second`` share the project's credit as ``shares`` says, since a day; ``ruled``: by a ruling, else by a transfer."""

    project: Project
    first: ReportingUnit
    second: ReportingUnit
    shares: str
    since: date
    ruled: bool

    def part_of(self, unit_id: UUID) -> int:
        """The unit's tenths; none for a third."""
        first, second = parts(self.shares)
        return first if unit_id == self.first.pk else second if unit_id == self.second.pk else 0


def shared_projects(city: City, until: date, project: Project | None = None) -> list[Shared]:
    """The sharing in force at the end of a day, by project code; each project's latest. Of one ``project``, or all. Two queries."""
    told = [*_transfers(city, project), *_rulings(city, project)]
    latest: dict[UUID, Shared] = {}
    for _at, one in sorted(told, key=lambda pair: pair[0]):
        if one.since <= until:
            latest[one.project.pk] = one
    return sorted(latest.values(), key=lambda one: one.project.code)


def sharing_of(project: Project, today: date) -> Shared | None:
    """A project's sharing in force. Two queries."""
    return next(iter(shared_projects(project.city, today, project)), None)


def _transfers(city: City, of: Project | None) -> list[tuple[datetime, Shared]]:
    rows = Transfer.objects.of(city).filter(state=Offer.ACCEPTED)
    rows = rows if of is None else rows.filter(Q(project=of) | Q(project__isnull=True, talk__project=of))
    found = []
    for one in rows.select_related("project__unit", "talk__project__unit", "from_unit", "to_unit"):
        project = one.project or (one.talk.project if one.talk else None)
        if project is not None:
            day = timezone.localdate(one.decided_at)
            found.append((one.decided_at, Shared(project, one.from_unit, one.to_unit, one.shares, day, ruled=False)))
    return found


def _rulings(city: City, of: Project | None) -> list[tuple[datetime, Shared]]:
    rows = Dispute.objects.of(city).filter(outcome=Outcome.SHARED, claim__talk__project__isnull=False)
    rows = rows if of is None else rows.filter(claim__talk__project=of)
    return [
        (
            one.decided_at,
            Shared(
                one.claim.talk.project,
                one.claim.unit,
                one.unit,
                one.shares,
                timezone.localdate(one.decided_at),
                ruled=True,
            ),
        )
        for one in rows.select_related("claim__talk__project__unit", "claim__unit", "unit")
    ]
