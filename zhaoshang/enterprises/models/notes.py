"""RiskNote and NoteReply."""

from django.db import models
from django.db.models import Q

from zhaoshang.enterprises.models.firms import NO_PUBLIC, Enterprise, person
from zhaoshang.enterprises.rules import Level, Reply
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class RiskNote(TenantModel):
    """What speaks against an enterprise, by which source and of which day. Only appended to."""

    enterprise = TenantForeignKey(Enterprise)
    unit = TenantForeignKey(ReportingUnit, null=True)
    level = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=200)
    noted_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    by = person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-noted_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="risk_level"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="risk_sourced"),
        )
        indexes = (models.Index(fields=["city", "enterprise", "noted_on"], name="risk_of"),)

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(
            ["id", "city", "enterprise", "unit", "level", "text", "source", "noted_on", "is_sample", "by", "at"]
        )

    def __str__(self) -> str:
        return self.text[:60]


class NoteReply(TenantModel):
    """An answer to a note, or what ended it. Only appended to; after a closing comes nothing."""

    note = TenantForeignKey(RiskNote)
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    by = person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(Reply)), name="reply_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_why"),
            models.UniqueConstraint(fields=["city", "note"], condition=Q(kind=Reply.CLOSED), name="note_closed_once"),
        )
        indexes = (models.Index(fields=["city", "note"], name="reply_of"),)

    class Privacy:
        public = NO_PUBLIC
        private = frozenset(["id", "city", "note", "kind", "text", "by", "at"])
