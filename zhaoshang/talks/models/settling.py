"""Dispute and Transfer: how a talk comes to another unit, or is shared."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.models.claims import Claim, Talk, who
from zhaoshang.talks.rules import Offer, Outcome
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

_NO_PUBLIC: frozenset[str] = frozenset()


class DisputeQuerySet(TenantQuerySet):
    """Disputes that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "DisputeQuerySet":
        """All for city roles; for an officer those of which a unit of theirs is one side."""
        rows = self.of(viewer.city)
        own = viewer.unit_ids
        return rows if viewer.sees_all_units else rows.filter(Q(unit_id__in=own) | Q(claim__unit_id__in=own))


class Dispute(TenantModel):
    """A unit's objection to another's claim, the answer, and the city's ruling. ``due_on``: the day by which it is to be ruled on."""

    claim = TenantForeignKey(Claim)
    unit = TenantForeignKey(ReportingUnit)
    grounds = models.CharField(max_length=400)
    document = models.CharField(max_length=200)
    opened_by = who()
    opened_at = models.DateTimeField()
    answer_due_on = models.DateField()
    due_on = models.DateField()
    answer = models.CharField(max_length=400, blank=True)
    answer_document = models.CharField(max_length=200, blank=True)
    answered_by = who(null=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default=Outcome.OPEN)
    shares = models.CharField(max_length=10, blank=True)
    ruling = models.CharField(max_length=400, blank=True)
    decided_by = who(null=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "claim", "unit"], condition=Q(outcome=Outcome.OPEN), name="dispute_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="dispute_outcome"),
            models.CheckConstraint(condition=~Q(grounds="") & ~Q(document=""), name="dispute_has_grounds"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, decided_by__isnull=True, decided_at__isnull=True, ruling="")
                | (~Q(outcome=Outcome.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(ruling="")),
                name="dispute_decided_whole",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.SHARED) & ~Q(shares="")) | (~Q(outcome=Outcome.SHARED) & Q(shares="")),
                name="dispute_shares",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("opened_by")) & (Q(answered_by__isnull=True) | ~Q(decided_by=F("answered_by")))),
                name="dispute_takes_two",
            ),
        )
        indexes = (
            models.Index(fields=["city", "outcome", "due_on"], name="dispute_docket"),
            models.Index(fields=["city", "claim"], name="dispute_claim"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "claim",
                "unit",
                "grounds",
                "document",
                "opened_by",
                "opened_at",
                "answer_due_on",
                "due_on",
                "answer",
                "answer_document",
                "answered_by",
                "answered_at",
                "outcome",
                "shares",
                "ruling",
                "decided_by",
                "decided_at",
            }
        )

    def __str__(self) -> str:
        return str(self.claim)


class TransferQuerySet(TenantQuerySet):
    """Transfers that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "TransferQuerySet":
        """All for city roles; for an officer those from or to a unit of theirs, or of a project that lands there."""
        rows = self.of(viewer.city)
        own = viewer.unit_ids
        mine = Q(from_unit_id__in=own) | Q(to_unit_id__in=own) | Q(project__unit_id__in=own)
        return rows if viewer.sees_all_units else rows.filter(mine)


class Transfer(TenantModel):
    """An offer to follow a talk or a project on, from the unit that holds it to another, with the shares of scores between the two.

    ``shares``: as ``7:3``, giver : receiver. Never moves a payment, nor where the project counts.
    """

    talk = TenantForeignKey(Talk, null=True)
    project = TenantForeignKey(Project, null=True)
    from_unit = TenantForeignKey(ReportingUnit)
    to_unit = TenantForeignKey(ReportingUnit)
    shares = models.CharField(max_length=10)
    reason = models.CharField(max_length=400)
    terms = models.CharField(max_length=400, blank=True)
    offered_by = who()
    offered_at = models.DateTimeField()
    expires_on = models.DateField()
    state = models.CharField(max_length=10, default=Offer.OFFERED)
    answer = models.CharField(max_length=400, blank=True)
    decided_by = who(null=True)
    decided_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    objects: ClassVar[Any] = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "talk"], condition=Q(state=Offer.OFFERED, talk__isnull=False), name="transfer_talk_once"
            ),
            models.UniqueConstraint(
                fields=["city", "project"],
                condition=Q(state=Offer.OFFERED, project__isnull=False),
                name="transfer_project_once",
            ),
            models.CheckConstraint(condition=Q(state__in=list(Offer)), name="transfer_state"),
            models.CheckConstraint(
                condition=Q(talk__isnull=False) | Q(project__isnull=False), name="transfer_has_subject"
            ),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="transfer_between_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_reason"),
            models.CheckConstraint(
                condition=Q(state=Offer.OFFERED, decided_at__isnull=True)
                | (~Q(state=Offer.OFFERED) & Q(decided_at__isnull=False)),
                name="transfer_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=Offer.ACCEPTED) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("offered_by"))),
                name="transfer_takes_two",
            ),
        )
        indexes = (
            models.Index(fields=["city", "to_unit", "state"], name="transfer_inbox"),
            models.Index(fields=["city", "state", "decided_at"], name="transfer_accepted"),
            models.Index(fields=["city", "project"], name="transfer_project"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "talk",
                "project",
                "from_unit",
                "to_unit",
                "shares",
                "reason",
                "terms",
                "offered_by",
                "offered_at",
                "expires_on",
                "state",
                "answer",
                "decided_by",
                "decided_at",
                "is_sample",
            }
        )

    def __str__(self) -> str:
        return str(self.project or self.talk)
