"""ContractText, Flag and Review: the text to be signed, what in it was flagged, and what was found before the signing."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.contracts.models.standards import names, person
from zhaoshang.contracts.rules.clauses import Finding, Handled, ReviewKind
from zhaoshang.projects.models import Project
from zhaoshang.projects.models.projects import OfProjectQuerySet
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class ContractText(TenantModel):
    """One version of a contract's text as uploaded; the file lies with the evidence under its digest.

    ``passages``: its paragraphs as ``[page or null, text]``; none in a file without a text layer, which a reviewer reads on paper.
    """

    project = TenantForeignKey(Project)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    passages: models.JSONField[Any, Any] = models.JSONField()
    standard: models.JSONField[Any, Any] = models.JSONField()
    is_sample = models.BooleanField(default=False)
    drafted_by = person()
    drafted_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("project", "version")
        constraints = (
            models.UniqueConstraint(fields=["city", "project", "version"], name="contract_text_version"),
            models.UniqueConstraint(fields=["city", "project", "digest"], name="contract_text_once"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city project version digest mime size_bytes name passages standard is_sample drafted_by drafted_at"
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_read(self) -> bool:
        """Whether the file had text to look through."""
        return bool(self.passages)


class FlagQuerySet(TenantQuerySet):
    """Flags hang on a text, the text on a project."""

    def visible_to(self, viewer: Viewer) -> "FlagQuerySet":
        """As the project."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(text__project__unit_id__in=viewer.unit_ids)


class Flag(TenantModel):
    """A passage that looks like a risky clause: ``start`` to ``end`` of paragraph ``paragraph`` (from 1), with what the lexicon said
    of it then. Dealt with once, by another than who uploaded the text."""

    text = TenantForeignKey(ContractText)
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    label_en = models.CharField(max_length=80, blank=True)
    article = models.CharField(max_length=120)
    explanation = models.CharField(max_length=400)
    explanation_en = models.CharField(max_length=600, blank=True)
    paragraph = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    passage = models.CharField(max_length=200)
    handled = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    handled_by = person(null=True)
    handled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FlagQuerySet.as_manager()

    class Meta:
        ordering = ("text", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "text", "number"], name="contract_flag_number"),
            models.CheckConstraint(condition=Q(handled__in=list(Handled)), name="contract_flag_handled"),
            models.CheckConstraint(
                condition=Q(handled="", handled_by__isnull=True, handled_at__isnull=True)
                | (~Q(handled="") & Q(handled_by__isnull=False, handled_at__isnull=False)),
                name="contract_flag_whole",
            ),
            models.CheckConstraint(
                condition=Q(handled__in=["", Handled.REMOVE, Handled.NO_HIT]) | ~Q(reason=""),
                name="contract_flag_reason",
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city text number code label label_en article explanation explanation_en paragraph page start end passage handled "
            "reason handled_by handled_at"
        )

    def __str__(self) -> str:
        return self.label


class Review(TenantModel):
    """What was found before the signing, with the opinion's file; ``text``: the version that it is about (none: due diligence)."""

    project = TenantForeignKey(Project)
    text = TenantForeignKey(ContractText, null=True)
    kind = models.CharField(max_length=20)
    finding = models.CharField(max_length=10)
    conclusion = models.CharField(max_length=1000)
    done_on = models.DateField()
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    reviewed_by = person()
    reviewed_at = models.DateTimeField()

    objects: ClassVar[Any] = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("reviewed_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(ReviewKind)), name="contract_review_kind"),
            models.CheckConstraint(condition=Q(finding__in=list(Finding)), name="contract_review_finding"),
            models.CheckConstraint(condition=~Q(conclusion=""), name="contract_review_conclusion"),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.DUE_DILIGENCE) | Q(text__isnull=False), name="contract_review_text"
            ),
            models.CheckConstraint(
                condition=~Q(finding=Finding.EXCEPTION) | Q(kind=ReviewKind.FAIR_COMPETITION),
                name="contract_review_exception",
            ),
        )
        indexes = (models.Index(fields=["city", "project", "kind"], name="contract_review_project"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = names(
            "id city project text kind finding conclusion done_on digest mime size_bytes name is_sample reviewed_by reviewed_at"
        )

    def __str__(self) -> str:
        return self.name
