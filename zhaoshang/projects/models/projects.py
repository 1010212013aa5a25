"""Project, Instalment and EarlierArrival."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.common.periods import month_text
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.queries import closed
from zhaoshang.people.models import User
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.projects.stages.rules import FIRST_STAGE, Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City, TenantForeignKey, TenantModel, TenantQuerySet


class ProjectQuerySet(TenantQuerySet):
    """Projects that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "ProjectQuerySet":
        """The city's rows for city roles, the units' for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)

    def open_to(self, viewer: Viewer) -> "ProjectQuerySet":
        """The visible ones and those that a unit of theirs follows for another: for opening one, never for counting."""
        rows = self.of(viewer.city)
        own = viewer.unit_ids
        return rows if viewer.sees_all_units else rows.filter(Q(unit_id__in=own) | Q(follower_id__in=own))

    def followed_by(self, viewer: Viewer) -> "ProjectQuerySet":
        """Those that land elsewhere and that a unit of the viewer's works on: to be listed when asked for, never counted."""
        return self.of(viewer.city).filter(follower_id__in=viewer.unit_ids)

    def counted(self, city: City) -> "ProjectQuerySet":
        """Without those that were found to be another one registered twice: whoever counts projects counts these once."""
        return self.exclude(pk__in=closed(city))


class Project(TenantModel):
    """An investment project of one reporting unit.

    ``reserved_on signed_on landed_on``, ``promotion construction`` (how far it is in both chains) and ``standing`` are what the
    stage log sets: the database refuses a value that the log does not say, so a project is made without them.

    ``contract_fen``: contract investment. ``outside_share_bp``: the outside investors' share of registered capital in basis
    points (10000: all), used for pro-rata counting. ``unit``: where the project lands, by which everything counts; ``follower``: the
    unit that follows it instead, after a transfer (:mod:`talks`), which counts nothing. ``statistics_name``/``statistics_total_fen``
    are the names and sums of the statistics bureau's entry (纳统名称, 纳统投资), kept apart from ours.
    """

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    unit = TenantForeignKey(ReportingUnit)
    follower = TenantForeignKey(ReportingUnit, null=True)
    enterprise = TenantForeignKey(Enterprise)
    investor = models.CharField(max_length=120, blank=True)
    source_code = models.CharField(max_length=6)
    industry = models.CharField(max_length=1)
    contract_fen = models.BigIntegerField()
    outside_share_bp = models.PositiveIntegerField(default=10_000)
    reserved_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    landed_on = models.DateField(null=True)
    site = models.CharField(max_length=120, blank=True)
    promotion = models.CharField(max_length=20, default=FIRST_STAGE)
    construction = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=10, default=Standing.OPEN)
    statistics_name = models.CharField(max_length=120, blank=True)
    statistics_total_fen = models.BigIntegerField(null=True)
    is_sample = models.BooleanField(default=False)

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="project_code"),
            models.CheckConstraint(condition=Q(contract_fen__gte=0), name="project_contract_positive"),
            models.CheckConstraint(condition=Q(outside_share_bp__lte=10_000), name="project_share"),
            models.CheckConstraint(condition=Q(industry__in=list(INDUSTRIES)), name="project_industry"),
            models.CheckConstraint(condition=Q(standing__in=list(Standing)), name="project_standing"),
        )
        indexes = (
            models.Index(fields=["city", "unit", "name"], name="project_name"),
            models.Index(fields=["city", "follower"], name="project_follower", condition=Q(follower__isnull=False)),
            models.Index(fields=["city", "enterprise"], name="project_enterprise"),
            models.Index(fields=["city", "promotion", "standing"], name="project_promotion"),
            models.Index(fields=["city", "construction", "standing"], name="project_construction"),
            models.Index(fields=["city", "signed_on", "id"], name="project_by_signed"),
            models.Index(fields=["city", "landed_on", "id"], name="project_by_landed"),
            models.Index(fields=["city", "reserved_on", "id"], name="project_by_reserved"),
            models.Index(fields=["city", "contract_fen", "id"], name="project_by_contract"),
            models.Index(fields=["city", "name", "id"], name="project_by_name"),
        )

    class Privacy:
        public = frozenset({"id", "city", "code", "unit", "industry", "is_sample"})
        private = frozenset(
            {
                "name",
                "follower",
                "enterprise",
                "investor",
                "source_code",
                "contract_fen",
                "outside_share_bp",
                "reserved_on",
                "signed_on",
                "landed_on",
                "site",
                "promotion",
                "construction",
                "standing",
                "statistics_name",
                "statistics_total_fen",
            }
        )

    def __str__(self) -> str:
        return self.name


class OfProjectQuerySet(TenantQuerySet):
    """Rows that hang on a project: seen by whoever sees the project."""

    def visible_to(self, viewer: Viewer) -> "OfProjectQuerySet":
        """The city's rows for city roles, the units' for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(project__unit_id__in=viewer.unit_ids)


class Instalment(TenantModel):
    """One line of a project's payment schedule (到资计划): so much is to arrive by the end of a month, as a document agreed it.

    A document sets the whole schedule; a later one is a new ``revision`` and the old stays. ``agreed_on``: the document's date,
    from which the schedule counts as known. A schedule is a promise: it never enters a figure of money in place.
    """

    project = TenantForeignKey(Project)
    revision = models.PositiveSmallIntegerField()
    month = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    document = models.CharField(max_length=120)
    agreed_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "revision", "month")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "revision", "month"], name="instalment_month"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="instalment_positive"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="instalment_revision"),
            models.CheckConstraint(condition=~Q(document=""), name="instalment_has_document"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            [
                "id",
                "city",
                "project",
                "revision",
                "month",
                "amount_fen",
                "document",
                "agreed_on",
                "is_sample",
                "entered_by",
                "entered_at",
            ]
        )

    def __str__(self) -> str:
        return f"{month_text(self.month)} {self.amount_fen / 100:.2f}元"


class EarlierArrival(TenantModel):
    """Money that reached a project in a month before the ledger begins, as older books tell it.

    No figure ever counts it: it only shows a forecast how years run and how late money is.
    """

    project = TenantForeignKey(Project)
    month = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    source = models.CharField(max_length=400)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "month")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "month"], name="earlier_arrival_month"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="earlier_arrival_positive"),
            models.CheckConstraint(condition=~Q(source=""), name="earlier_arrival_source"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            ["id", "city", "project", "month", "amount_fen", "source", "is_sample", "entered_by", "entered_at"]
        )
