"""Campaign and CampaignProject: a special campaign is a tag on what is recorded anyway, and so reports without a second entry."""

from django.db import models
from django.db.models import F, Q

from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


class Campaign(TenantModel):
    """A special campaign (专项行动) of a year: its industry in the document's words, who leads it, its days and what it is to reach.

    ``target_fen``: capital in place of its projects; ``target_signed``: signings. Either may be open.
    """

    code = models.SlugField(max_length=40, db_index=False)
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    industry = models.CharField(max_length=80)
    lead_unit = TenantForeignKey(ReportingUnit, null=True)
    lead_department = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    target_fen = models.BigIntegerField(null=True)
    target_signed = models.PositiveIntegerField(null=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "position")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="campaign_code"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="campaign_days"),
            models.CheckConstraint(condition=~Q(document=""), name="campaign_has_document"),
            models.CheckConstraint(
                condition=Q(target_fen__isnull=True) | Q(target_fen__gt=0), name="campaign_target_positive"
            ),
        )
        indexes = (models.Index(fields=["city", "year", "position"], name="campaign_year"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "code",
                "year",
                "position",
                "name",
                "industry",
                "lead_unit",
                "lead_department",
                "starts_on",
                "ends_on",
                "target_fen",
                "target_signed",
                "document",
                "is_sample",
                "entered_by",
                "entered_at",
            }
        )

    def __str__(self) -> str:
        return self.name


class CampaignProject(TenantModel):
    """A project's tag. What else a campaign is to count later (a trip, a signing) gets a tag table of this shape beside it."""

    campaign = TenantForeignKey(Campaign)
    project = TenantForeignKey(Project)
    tagged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    tagged_at = models.DateTimeField()

    class Meta:
        ordering = ("tagged_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "campaign", "project"], name="campaign_project_once"),)
        indexes = (models.Index(fields=["city", "project"], name="campaigns_of_project"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "campaign", "project", "tagged_by", "tagged_at"})
