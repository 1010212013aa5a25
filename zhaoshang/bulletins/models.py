"""TextCheck and Bulletin."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.capital.models import Checkpoint
from zhaoshang.common.periods import Period
from zhaoshang.people.models import User
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet


class TextCheckQuerySet(TenantQuerySet):
    """Checks that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "TextCheckQuerySet":
        """The city's checks for city roles; an officer's own for an officer."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(checked_by=viewer.user)


class TextCheck(TenantModel):
    """A text read and held against the account, as it came out then. Appended only; a later look makes a new one that ``repeats`` it.

    ``result``: what :meth:`reconcile.Checked.to_json` gives. ``ledger_seq``/``ledger_digest``: the chain it was held against.
    """

    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    published = models.CharField(max_length=10, blank=True)
    result: models.JSONField[Any, Any] = models.JSONField()
    confirmed = models.PositiveIntegerField()
    differs = models.PositiveIntegerField()
    not_held = models.PositiveIntegerField()
    not_checkable = models.PositiveIntegerField()
    contradictions = models.PositiveIntegerField()
    repeats = TenantForeignKey("bulletins.TextCheck", null=True, related_name="+")
    ledger_seq = models.BigIntegerField()
    ledger_digest = models.CharField(max_length=64)
    checked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    checked_at = models.DateTimeField()

    objects: ClassVar[Any] = TextCheckQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["city", "id"], name="text_check_newest"),
            models.Index(fields=["city", "digest"], name="text_check_digest"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            [
                "id",
                "city",
                "title",
                "source",
                "text",
                "digest",
                "published",
                "result",
                "confirmed",
                "differs",
                "not_held",
                "not_checkable",
                "contradictions",
                "repeats",
                "ledger_seq",
                "ledger_digest",
                "checked_by",
                "checked_at",
            ]
        )

    def __str__(self) -> str:
        return self.title


class Bulletin(TenantModel):
    """A text of ours about a period. ``blocks`` hold words and bound figures (see ``blocks.py``), never typed totals.

    From publication on: ``printed`` are the blocks as they were printed, ``text`` the same as clean text, ``figures`` what each printed
    figure rests on, ``snapshot`` the frozen figures, ``digest`` a SHA-256 over all of it. ``waived``: numbers in the words that the
    publisher confirmed to be no figures.
    """

    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=80)
    recipients = models.CharField(max_length=200, blank=True)
    dated = models.DateField()
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=BulletinState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    blocks: models.JSONField[Any, Any] = models.JSONField(default=list)
    waived: models.JSONField[Any, Any] = models.JSONField(default=list)
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    drafted_at = models.DateTimeField()
    revised_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    revised_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    published_at = models.DateTimeField(null=True)
    printed: models.JSONField[Any, Any] = models.JSONField(default=list)
    text = models.TextField(blank=True)
    figures: models.JSONField[Any, Any] = models.JSONField(default=list)
    snapshot = models.UUIDField(null=True)
    checkpoint = TenantForeignKey(Checkpoint, null=True)
    ledger_seq = models.BigIntegerField(null=True)
    ledger_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], condition=~Q(number=""), name="bulletin_number"),
            models.CheckConstraint(condition=Q(state__in=list(BulletinState)), name="bulletin_state"),
            models.CheckConstraint(condition=Q(first_month__lte=F("last_month")), name="bulletin_months"),
            models.CheckConstraint(
                condition=Q(
                    state=BulletinState.DRAFT,
                    published_at__isnull=True,
                    published_by__isnull=True,
                    snapshot__isnull=True,
                    digest="",
                )
                | (
                    ~Q(state=BulletinState.DRAFT)
                    & Q(
                        published_at__isnull=False,
                        published_by__isnull=False,
                        snapshot__isnull=False,
                        ledger_seq__isnull=False,
                    )
                    & ~Q(digest="")
                ),
                name="bulletin_published_whole",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=BulletinState.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdraw_reason="")
                )
                | (
                    ~Q(state=BulletinState.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                ),
                name="bulletin_withdrawn_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "state", "id"], name="bulletin_by_state"),
            models.Index(fields=["city", "snapshot"], name="bulletin_snapshot"),
        )

    class Privacy:
        public = frozenset(
            [
                "id",
                "city",
                "title",
                "number",
                "issuer",
                "recipients",
                "dated",
                "first_month",
                "last_month",
                "state",
                "published_at",
                "printed",
                "text",
                "figures",
                "snapshot",
                "checkpoint",
                "ledger_seq",
                "ledger_digest",
                "digest",
                "withdrawn_at",
                "withdraw_reason",
                "is_sample",
            ]
        )
        private = frozenset(
            [
                "revision",
                "blocks",
                "waived",
                "drafted_by",
                "drafted_at",
                "revised_by",
                "revised_at",
                "published_by",
                "withdrawn_by",
            ]
        )

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """The months it tells of."""
        return Period(self.first_month, self.last_month)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == BulletinState.DRAFT
