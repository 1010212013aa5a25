"""Payment, Evidence, RuleSet, Total, and the chain's head and checkpoints."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhaoshang.capital.bureau import BureauEntry, DifferenceNote
from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.rates import ExchangeRate
from zhaoshang.capital.rules import Facts, Kind, Origin, Proof, Standing
from zhaoshang.common.periods import month_text
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel, TenantQuerySet

__all__ = [
    "BureauEntry",
    "ChainHead",
    "Checkpoint",
    "DifferenceNote",
    "Evidence",
    "EvidenceFile",
    "ExchangeRate",
    "Payment",
    "PaymentQuerySet",
    "ProofUse",
    "RuleSet",
    "Total",
]
_NO_PUBLIC: frozenset[str] = frozenset()


class PaymentQuerySet(TenantQuerySet):
    """Payments that a viewer may see."""

    def visible_to(self, viewer: Viewer) -> "PaymentQuerySet":
        """The city's rows for city roles, the units' for an officer, none for a stranger."""
        rows = self.of(viewer.city)
        return rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)


class Payment(TenantModel):
    """One arrival of money in a project. Unit, industry, contract and share are copied at declaration: they are what is judged.

    ``amount_fen`` is negative only for an opposite entry, which names the entry that it takes back and why. Of foreign money it is what
    was made of ``foreign_minor`` (smallest parts of ``currency``) once, by ``rate_e8`` of ``rate_on``; of yuan these stay empty.
    """

    project = TenantForeignKey(Project)
    unit = TenantForeignKey(ReportingUnit)
    report_month = models.PositiveIntegerField()
    paid_on = models.DateField()
    amount_fen = models.BigIntegerField()
    source_code = models.CharField(max_length=6)
    source_class = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    origin = models.CharField(max_length=10)
    industry = models.CharField(max_length=1)
    contract_fen = models.BigIntegerField()
    outside_share_bp = models.PositiveIntegerField()
    payer = models.CharField(max_length=120, blank=True)
    bank_serial = models.CharField(max_length=60, blank=True)
    row_key = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=400, blank=True)
    counts_because = models.CharField(max_length=400, blank=True, default="", db_default="")
    batch = models.UUIDField(null=True)
    reverses = TenantForeignKey("capital.Payment", null=True, related_name="+")
    succeeds = TenantForeignKey("capital.Payment", null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    revision = models.PositiveIntegerField(default=1)
    standing = models.CharField(max_length=10, default=Standing.DECLARED)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    declared_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=400, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    foreign_minor = models.BigIntegerField(null=True)
    rate_e8 = models.BigIntegerField(null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True, default="", db_default="")
    seq = models.BigIntegerField(null=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "seq"], name="payment_seq"),
            models.UniqueConstraint(
                fields=["city", "unit", "report_month", "row_key"],
                condition=~Q(row_key="") & Q(standing__in=[Standing.DECLARED, Standing.VERIFIED]),
                name="payment_row_key",
            ),
            models.CheckConstraint(condition=Q(standing__in=list(Standing)), name="payment_standing"),
            models.CheckConstraint(condition=Q(source_class__in=list(SourceClass)), name="payment_source"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="payment_kind"),
            models.CheckConstraint(condition=Q(origin__in=list(Origin)), name="payment_origin"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount_fen__gt=0)
                | (Q(reverses__isnull=False, amount_fen__lt=0) & ~Q(reason="")),
                name="payment_opposite_entry",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.DECLARED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(standing=Standing.DECLARED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="payment_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(standing=Standing.WITHDRAWN) | ~Q(decided_by=F("declared_by")),
                name="payment_four_eyes",
            ),
            models.CheckConstraint(
                condition=(Q(standing=Standing.VERIFIED, seq__isnull=False) & ~Q(digest=""))
                | (~Q(standing=Standing.VERIFIED) & Q(seq__isnull=True, digest="")),
                name="payment_chained",
            ),
            models.CheckConstraint(
                condition=Q(
                    currency="", foreign_minor__isnull=True, rate_e8__isnull=True, rate_on__isnull=True, rate_source=""
                )
                | (
                    ~Q(currency="")
                    & ~Q(rate_source="")
                    & Q(foreign_minor__isnull=False, rate_e8__isnull=False, rate_on__isnull=False)
                    & Q(foreign_minor__gt=0, rate_e8__gt=0, reverses__isnull=True)
                ),
                name="payment_foreign_whole",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.RETURNED) | ~Q(return_reason=""), name="payment_returned_why"
            ),
        )
        indexes = (
            models.Index(fields=["city", "unit", "report_month", "id"], name="payment_unit_month"),
            models.Index(fields=["city", "report_month", "id"], name="payment_month"),
            models.Index(fields=["city", "standing", "id"], name="payment_by_standing"),
            # Holds all that a project's sum asks for, so that a list of projects reads no payment.
            models.Index(fields=["city", "project", "standing", "amount_fen"], name="payment_of_project"),
            models.Index(fields=["city", "batch"], name="payment_batch"),
            models.Index(fields=["city", "reverses"], name="payment_opposite", condition=Q(reverses__isnull=False)),
            models.Index(fields=["city", "succeeds"], name="payment_succeeds", condition=Q(succeeds__isnull=False)),
            models.Index(fields=["city", "bank_serial"], name="payment_serial", condition=~Q(bank_serial="")),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            [
                "id",
                "city",
                "project",
                "unit",
                "report_month",
                "paid_on",
                "amount_fen",
                "source_code",
                "source_class",
                "kind",
                "origin",
                "industry",
                "contract_fen",
                "outside_share_bp",
                "payer",
                "bank_serial",
                "row_key",
                "note",
                "counts_because",
                "batch",
                "reverses",
                "succeeds",
                "reason",
                "revision",
                "standing",
                "declared_by",
                "declared_at",
                "decided_by",
                "decided_at",
                "return_reason",
                "currency",
                "foreign_minor",
                "rate_e8",
                "rate_on",
                "rate_source",
                "seq",
                "previous_digest",
                "digest",
            ]
        )

    def __str__(self) -> str:
        return f"{month_text(self.report_month)} {self.amount_fen / 100:.2f}元" + (f" #{self.seq}" if self.seq else "")

    @property
    def foreign(self) -> Foreign | None:
        """The foreign original; None of yuan."""
        if self.foreign_minor is None or self.rate_e8 is None or self.rate_on is None:
            return None
        return Foreign(self.currency, self.foreign_minor, self.rate_e8, self.rate_on, self.rate_source)

    @property
    def facts(self) -> Facts:
        """What a rule set judges."""
        return Facts(
            amount_fen=self.amount_fen,
            source_class=SourceClass(self.source_class),
            kind=Kind(self.kind),
            origin=Origin(self.origin),
            industry=self.industry,
            contract_fen=self.contract_fen,
            outside_share_bp=self.outside_share_bp,
        )


class EvidenceFile(TenantModel):
    """A stored file, known by the SHA-256 of its content; it lies outside the web root under that name."""

    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    stored_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ("stored_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "digest"], name="evidence_digest"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "digest", "mime", "size_bytes", "name", "stored_by", "stored_at"})

    def __str__(self) -> str:
        return self.name


class Evidence(TenantModel):
    """A file that supports a payment, and as what."""

    payment = TenantForeignKey(Payment)
    file = TenantForeignKey(EvidenceFile)
    kind = models.CharField(max_length=30)
    attached_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ("attached_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "payment", "file"], name="evidence_once"),
            models.CheckConstraint(condition=Q(kind__in=list(Proof)), name="evidence_kind"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "payment", "file", "kind", "attached_by", "attached_at"})


class ProofUse(TenantModel):
    """A file or a bank slip in use by a payment; unique, so that nothing supports two. Given up when the payment is returned,
    withdrawn or taken back whole."""

    fingerprint = models.CharField(max_length=80)
    payment = TenantForeignKey(Payment)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["city", "fingerprint"], name="proof_used_once"),)
        indexes = (models.Index(fields=["city", "payment"], name="proof_payment"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "fingerprint", "payment"})


class RuleSet(TenantModel):
    """What counts, dated. ``content`` is read by :func:`capital.rules.judge`; once issued it never changes.

    ``valid_from``/``valid_to``: months for which the rule is the official one. ``computed_from``: the first month for which
    totals are also kept under it (earlier than ``valid_from`` when a past year was restated).
    """

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=400)
    is_sample = models.BooleanField(default=False)
    content: models.JSONField[Any, Any] = models.JSONField()
    valid_from = models.PositiveIntegerField()
    valid_to = models.PositiveIntegerField(null=True)
    computed_from = models.PositiveIntegerField()
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    issued_at = models.DateTimeField(null=True)

    # Of several sets in one sum (``figures.meanings``): which judges from which month on. Such a set is no row.
    spans: "tuple[tuple[RuleSet, int], ...]" = ()

    class Meta:
        ordering = ("valid_from", "code")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="rule_set_code"),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True, issued_at__isnull=True)
                | Q(issued_by__isnull=False, issued_at__isnull=False),
                name="rule_set_issued_whole",
            ),
            models.CheckConstraint(condition=Q(computed_from__lte=F("valid_from")), name="rule_set_months"),
        )

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "code",
                "title",
                "document",
                "source",
                "is_sample",
                "content",
                "valid_from",
                "valid_to",
                "computed_from",
                "issued_at",
            }
        )
        private = frozenset({"drafted_by", "drafted_at", "issued_by"})

    def __str__(self) -> str:
        return self.title

    def judging(self, month: int) -> "RuleSet":
        """The set that judges payments of the month: itself, or the one of several that is meant there."""
        return next((rules for rules, first in reversed(self.spans) if first <= month), self)

    def computes(self, month: int) -> bool:
        """Whether totals of that month are kept under this set."""
        return self.computed_from <= month and (self.valid_to is None or month <= self.valid_to)

    def official_in(self, month: int) -> bool:
        """Whether this set is the month's official one."""
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


class Total(TenantModel):
    """A roll-up cell: what counts under a rule set, by unit, month and source class, whole or by one facet.

    ``facet`` is empty for the whole, else ``origin``, ``source``, ``kind``, ``industry``, ``size`` or ``project``; written
    only by ``rollup.py``.
    """

    rule_set = TenantForeignKey(RuleSet)
    facet = models.CharField(max_length=10, blank=True)
    month = models.PositiveIntegerField()
    unit = TenantForeignKey(ReportingUnit)
    source_class = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    amount_fen = models.BigIntegerField()
    payments = models.IntegerField()

    class Meta:
        ordering = ("month", "unit", "source_class", "value")
        constraints = (
            models.UniqueConstraint(
                fields=["city", "rule_set", "facet", "month", "unit", "source_class", "value"], name="total_cell"
            ),
        )

    class Privacy:
        public = frozenset(
            {"id", "city", "rule_set", "facet", "month", "unit", "source_class", "value", "amount_fen", "payments"}
        )
        private = _NO_PUBLIC


class ChainHead(TenantModel):
    """The last entry of a city's chain; its row is the lock that orders verifications."""

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("city",)
        constraints = (models.UniqueConstraint(fields=["city"], name="one_chain_a_city"),)

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "seq", "digest"})


class Checkpoint(TenantModel):
    """A signed statement of the chain's length and last digest, to be kept outside this system."""

    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ("seq", "id")

    class Privacy:
        public = frozenset({"id", "city", "seq", "digest", "made_at", "public_key", "signature"})
        private = frozenset({"made_by"})
