"""TalkRules, Talk, Claim, TalkEvidence, TalkNote and Renewal."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.rulesets.models import IssuedRules, once
from zhaoshang.talks.rules import EVIDENCE_LABELS, Ended, NoteKind, Origin
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

_NO_PUBLIC: frozenset[str] = frozenset()


def who(null: bool = False) -> Any:
    """A person who acted."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class TalkRules(IssuedRules):
    """The rules of first talk and transfer as issued; read by :func:`rules.terms_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("talk_rules")


class TalkQuerySet(TenantQuerySet):
    """Talks that a viewer may see: a unit those that it holds or held, disputes, or was offered."""

    def visible_to(self, viewer: Viewer) -> "TalkQuerySet":
        """All for city roles, those to which a unit of theirs is a party for an officer."""
        rows = self.of(viewer.city)
        if viewer.sees_all_units:
            return rows
        from zhaoshang.talks.models.settling import Dispute, Transfer  # they refer to this table

        own, here = viewer.unit_ids, {"city_id": viewer.city.pk}
        held = Claim.objects.filter(**here, talk_id=OuterRef("pk"), unit_id__in=own)
        disputed = Dispute.objects.filter(**here, claim__talk_id=OuterRef("pk"), unit_id__in=own)
        offered = Transfer.objects.filter(**here, talk_id=OuterRef("pk"), to_unit_id__in=own)
        return rows.filter(Exists(held) | Exists(disputed) | Exists(offered))


class Talk(TenantModel):
    """What a first talk is about: an investor with a described investment, and its project once there is one.

    ``core``: the investor's name without words that say nothing, by which a renamed firm is known again. ``is_open``: a claim on it
    stands, so that no second one begins on the same subject.
    """

    investor = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    title = models.CharField(max_length=120)
    industry = models.CharField(max_length=1)
    amount_fen = models.BigIntegerField()
    core = models.CharField(max_length=120)
    project = TenantForeignKey(Project, null=True)
    is_open = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    begun_at = models.DateTimeField()

    objects: ClassVar[Any] = TalkQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "project"], condition=Q(is_open=True, project__isnull=False), name="talk_project_once"
            ),
            models.UniqueConstraint(
                fields=["city", "core", "industry"],
                condition=Q(is_open=True, project__isnull=True),
                name="talk_investor_once",
            ),
            models.UniqueConstraint(
                fields=["city", "uscc", "industry"],
                condition=Q(is_open=True, project__isnull=True) & ~Q(uscc=""),
                name="talk_uscc_once",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="talk_amount_positive"),
            models.CheckConstraint(condition=Q(industry__in=list(INDUSTRIES)), name="talk_industry"),
            models.CheckConstraint(condition=~Q(investor="") & ~Q(title="") & ~Q(core=""), name="talk_has_subject"),
        )
        indexes = (models.Index(fields=["city", "project"], name="talk_project"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "investor",
                "uscc",
                "title",
                "industry",
                "amount_fen",
                "core",
                "project",
                "is_open",
                "is_sample",
                "begun_at",
            }
        )

    def __str__(self) -> str:
        return f"{self.investor} {self.title}"


class ClaimQuerySet(TenantQuerySet):
    """Claims on talks that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "ClaimQuerySet":
        """As :meth:`TalkQuerySet.visible_to`."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(talk__in=Talk.objects.visible_to(viewer))


class Claim(TenantModel):
    """A unit's hold on a talk. ``claimed_at`` is the server's time; ``protected_until`` the last protected day, only ever moved out."""

    talk = TenantForeignKey(Talk)
    number = models.PositiveSmallIntegerField()
    unit = TenantForeignKey(ReportingUnit)
    rules = TenantForeignKey(TalkRules, null=True)
    origin = models.CharField(max_length=12, default=Origin.REGISTERED)
    claimed_by = who()
    claimed_at = models.DateTimeField()
    protected_until = models.DateField()
    nevertheless = models.CharField(max_length=400, blank=True)
    ended = models.CharField(max_length=12, blank=True, default=Ended.NOT)
    ended_at = models.DateTimeField(null=True)
    ended_by = who(null=True)
    reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "talk"], condition=Q(ended=""), name="claim_one_stands"),
            models.UniqueConstraint(fields=["city", "talk", "number"], name="claim_number"),
            models.CheckConstraint(condition=Q(ended__in=list(Ended)), name="claim_ended"),
            models.CheckConstraint(condition=Q(origin__in=list(Origin)), name="claim_origin"),
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="claim_ended_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "unit", "ended"], name="claim_unit"),
            models.Index(fields=["city", "ended", "protected_until"], name="claim_until"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "talk",
                "number",
                "unit",
                "rules",
                "origin",
                "claimed_by",
                "claimed_at",
                "protected_until",
                "nevertheless",
                "ended",
                "ended_at",
                "ended_by",
                "reason",
            }
        )

    def __str__(self) -> str:
        return str(self.talk)


class TalkEvidence(TenantModel):
    """A document on which a claim stands, and its file where one was given; the file lies with the evidence under its SHA-256."""

    claim = TenantForeignKey(Claim)
    kind = models.CharField(max_length=30)
    document = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    stored_by = who()
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ("stored_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(EVIDENCE_LABELS)), name="talk_evidence_kind"),
            models.CheckConstraint(condition=~Q(document=""), name="talk_evidence_document"),
        )
        indexes = (models.Index(fields=["city", "claim"], name="talk_evidence_claim"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "claim",
                "kind",
                "document",
                "digest",
                "mime",
                "size_bytes",
                "name",
                "stored_by",
                "stored_at",
            }
        )

    def __str__(self) -> str:
        return self.document


class TalkNote(TenantModel):
    """A line about a talk while a claim stood, on the day that it tells of."""

    claim = TenantForeignKey(Claim)
    kind = models.CharField(max_length=12)
    day = models.DateField()
    text = models.CharField(max_length=400)
    project = TenantForeignKey(Project, null=True)
    written_by = who(null=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(NoteKind)), name="talk_note_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="talk_note_text"),
        )
        indexes = (models.Index(fields=["city", "claim"], name="talk_note_claim"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "claim", "kind", "day", "text", "project", "written_by", "written_at"})


class Renewal(TenantModel):
    """A longer protection, with what the renewal test found."""

    claim = TenantForeignKey(Claim)
    number = models.PositiveSmallIntegerField()
    before = models.DateField()
    until = models.DateField()
    findings: models.JSONField[Any, Any] = models.JSONField()
    renewed_by = who()
    renewed_at = models.DateTimeField()

    class Meta:
        ordering = ("claim", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "claim", "number"], name="renewal_number"),
            models.CheckConstraint(condition=Q(until__gt=F("before")), name="renewal_longer"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {"id", "city", "claim", "number", "before", "until", "findings", "renewed_by", "renewed_at"}
        )
