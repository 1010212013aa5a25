"""Lists of first talks, the docket, the inbox, and one talk's whole story."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.models import Claim, Dispute, Renewal, Talk, TalkEvidence, TalkNote, Transfer
from zhaoshang.talks.rules import Ended, Offer, Outcome, State


def open_disputes(city_id: Any) -> "QuerySet[Dispute]":
    """For use inside a query of claims of the same city."""
    rows: QuerySet[Dispute] = Dispute.objects.of(city_id).filter(claim_id=OuterRef("pk"), outcome=Outcome.OPEN)
    return rows


def claims(viewer: Viewer) -> "QuerySet[Any]":
    """The claims that a viewer may see, each told whether it is disputed."""
    rows: QuerySet[Any] = (
        Claim.objects.visible_to(viewer)
        .select_related("talk__project", "unit")
        .annotate(disputed=Exists(open_disputes(viewer.city.pk)))
    )
    return rows


def in_state(rows: "QuerySet[Any]", state: State, today: date) -> "QuerySet[Any]":
    """Only those that stand so on the day."""
    standing = {"ended": Ended.NOT, "protected_until__gte": today}
    match state:
        case State.PROTECTED | State.DISPUTED:
            return rows.filter(**standing, disputed=state == State.DISPUTED)
        case State.LAPSED:
            return rows.filter(Q(ended=Ended.LAPSED) | Q(ended=Ended.NOT, protected_until__lt=today))
        case _:
            return rows.filter(ended=str(state))


def lapsing(rows: "QuerySet[Any]", today: date, days: int) -> "QuerySet[Any]":
    """Those whose protection ends within so many days."""
    return rows.filter(ended=Ended.NOT, protected_until__gte=today, protected_until__lte=today + timedelta(days=days))


def disputes(viewer: Viewer) -> "QuerySet[Dispute]":
    """The docket as far as the viewer may see it."""
    rows: QuerySet[Dispute] = Dispute.objects.visible_to(viewer).select_related("claim__talk", "claim__unit", "unit")
    return rows


def transfers(viewer: Viewer) -> "QuerySet[Transfer]":
    """Offers from and to the viewer's units, all for the city."""
    rows: QuerySet[Transfer] = Transfer.objects.visible_to(viewer).select_related(
        "talk__project", "project__unit", "from_unit", "to_unit"
    )
    return rows


def waiting_transfers(rows: "QuerySet[Transfer]", today: date) -> "QuerySet[Transfer]":
    """Those that may still be answered."""
    return rows.filter(state=Offer.OFFERED, expires_on__gte=today)


@dataclass(frozen=True, slots=True)
class Story:
    """One talk: its claims from the first, and what hangs on each; what a viewer's unit is no party to is left out."""

    talk: Talk
    claims: list[Claim]
    evidence: list[TalkEvidence]
    notes: list[TalkNote]
    renewals: list[Renewal]
    disputes: list[Dispute]
    transfers: list[Transfer]


def story_of(talk: Talk, viewer: Viewer) -> Story:
    """Everything of a talk. A unit reads the papers of its own claims; a party to a dispute or an offer the claims as such. Six queries."""
    rows = Claim.objects.of(talk.city_id).filter(talk=talk).select_related("unit", "claimed_by", "rules")
    found = list(rows.order_by("number"))
    own = [one for one in found if viewer.sees_unit(one.unit_id)]
    for one in found:
        one.talk = talk
    papers = {"claim__in": own}
    return Story(
        talk,
        found,
        list(TalkEvidence.objects.of(talk.city_id).filter(**papers)),
        list(TalkNote.objects.of(talk.city_id).filter(**papers).select_related("written_by", "project")),
        list(Renewal.objects.of(talk.city_id).filter(**papers).select_related("renewed_by")),
        list(
            disputes(viewer)
            .filter(claim__talk=talk)
            .select_related("opened_by", "answered_by", "decided_by")
            .order_by("id")
        ),
        list(transfers(viewer).filter(talk=talk).select_related("offered_by", "decided_by").order_by("id")),
    )


def talks_of(project: Project, viewer: Viewer) -> list[Any]:
    """The claims on a project that the viewer may see, the latest first. One query."""
    return list(claims(viewer).filter(talk__project=project).order_by("-id"))


def transfers_of(project: Project, viewer: Viewer) -> list[Transfer]:
    """A project's transfers, also those of its talk before it was one, the latest first. One query."""
    rows = transfers(viewer).filter(Q(project=project) | Q(talk__project=project))
    return list(rows.order_by("-id"))
