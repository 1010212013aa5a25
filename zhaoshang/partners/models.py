"""Partner, PartnerReview, Claim, ClaimPaper and ClaimObjection."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.leads.models import Lead
from zhaoshang.partners.rules import WHOLE_BP, ClaimState, Nature, Outcome, Standing, standing_on
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _person(null: bool = False) -> Any:
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class Partner(TenantModel):
    """Somebody appointed to bring investors. ``territory``: region codes of origin; ``leads_a_year``: what the duties ask for.

    ``eligibility``: the rules it was held against; ``declared``: the declarations that were made. ``user``: its own login.
    ``erased_at``: when its head was taken away.
    """

    number = models.CharField(max_length=20)
    nature = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    head = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    territory: models.JSONField[Any, Any] = models.JSONField(default=list)
    duties = models.CharField(max_length=400)
    leads_a_year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=120)
    term_from = models.DateField()
    term_to = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=400, blank=True)
    eligibility = models.CharField(max_length=40)
    declared: models.JSONField[Any, Any] = models.JSONField(default=list)
    user = _person(null=True)
    erased_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    appointed_by = _person()
    appointed_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], name="partner_number"),
            models.UniqueConstraint(fields=["city", "user"], condition=Q(user__isnull=False), name="partner_login"),
            models.CheckConstraint(condition=Q(nature__in=list(Nature)), name="partner_nature"),
            models.CheckConstraint(condition=Q(term_from__lte=F("term_to")), name="partner_term"),
            models.CheckConstraint(condition=~Q(document=""), name="partner_document"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="partner_ended_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "term_from", "id"], name="partner_by_term"),)

    class Privacy:
        personal = frozenset({"head", "phone"})
        public = _names("id city number nature name territory term_from term_to ended_on is_sample")
        private = _names(
            "uscc head post phone duties leads_a_year document end_reason eligibility declared user erased_at appointed_by "
            "appointed_at"
        )

    def __str__(self) -> str:
        return self.name

    def standing(self, day: date) -> Standing:
        """By its dates."""
        return standing_on(day, self.term_from, self.term_to, self.ended_on)


class PartnerReview(TenantModel):
    """A year's review: what was counted then, and what it came to. Appended only."""

    partner = TenantForeignKey(Partner)
    year = models.PositiveSmallIntegerField()
    leads = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    projects = models.PositiveIntegerField()
    duties_met = models.BooleanField()
    outcome = models.CharField(max_length=10)
    note = models.CharField(max_length=400, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "partner", "year"], name="partner_review_year"),
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="partner_review_outcome"),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = _names("id city partner year leads kept projects duties_met outcome note by at")


class Claim(TenantModel):
    """A partner's claim to be rewarded for a lead that became a project.

    ``investor_document`` and ``bureau_by``: the two confirmations. ``share_bp`` of all claimants of the project, None: equal parts.
    ``base_fen reward_fen steps``: as computed when it was decided, kept whole. CLAIMED → APPROVED → PUBLISHED → FINAL, or REFUSED.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    project = TenantForeignKey(Project)
    state = models.CharField(max_length=10, default=ClaimState.CLAIMED)
    investor_document = models.CharField(max_length=200, blank=True)
    bureau_by = _person(null=True)
    bureau_at = models.DateTimeField(null=True)
    share_bp = models.PositiveSmallIntegerField(null=True)
    share_document = models.CharField(max_length=200, blank=True)
    formula = models.CharField(max_length=40, blank=True)
    base_fen = models.BigIntegerField(null=True)
    reward_fen = models.BigIntegerField(null=True)
    steps: models.JSONField[Any, Any] = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)
    claimed_by = _person()
    claimed_at = models.DateTimeField()
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    notice_from = models.DateField(null=True)
    notice_until = models.DateField(null=True)
    final_by = _person(null=True)
    final_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "lead"], name="claim_once_a_lead"),
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_state"),
            models.CheckConstraint(condition=Q(share_bp__isnull=True) | Q(share_bp__lte=WHOLE_BP), name="claim_share"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("claimed_by")) & (Q(bureau_by__isnull=True) | ~Q(decided_by=F("bureau_by")))),
                name="claim_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.CLAIMED, decided_by__isnull=True)
                | Q(state=ClaimState.REFUSED, decided_by__isnull=False)
                | Q(
                    state__in=[ClaimState.APPROVED, ClaimState.PUBLISHED, ClaimState.FINAL],
                    decided_by__isnull=False,
                    bureau_by__isnull=False,
                    reward_fen__gte=0,
                ),
                name="claim_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ClaimState.PUBLISHED, ClaimState.FINAL], notice_from__lte=F("notice_until"))
                | (~Q(state__in=[ClaimState.PUBLISHED, ClaimState.FINAL]) & Q(notice_from__isnull=True)),
                name="claim_notice_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "partner", "state"], name="claim_by_partner"),
            models.Index(fields=["city", "project"], name="claim_by_project"),
            models.Index(fields=["city", "state", "id"], name="claim_by_state"),
        )

    class Privacy:
        public = _names("id city partner project state reward_fen notice_from notice_until is_sample")
        private = _names(
            "lead investor_document bureau_by bureau_at share_bp share_document formula base_fen steps reason claimed_by claimed_at "
            "decided_by decided_at final_by final_at"
        )

    def __str__(self) -> str:
        return f"{self.partner.name} {self.project.name}"


class ClaimPaper(TenantModel):
    """A paper of the claim file, by its number or name and as a file. Appended only; the last of a kind counts.

    ``file`` is missing from papers that were entered before files were asked for.
    """

    claim = TenantForeignKey(Claim)
    kind = models.CharField(max_length=20)
    document = models.CharField(max_length=200)
    file = TenantForeignKey(EvidenceFile, null=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(document=""), name="claim_paper_document"),)
        indexes = (models.Index(fields=["city", "claim"], name="claim_paper_of"),)

    class Privacy:
        public = _NO_PUBLIC
        private = _names("id city claim kind document file by at")


class ClaimObjection(TenantModel):
    """What somebody said against a published claim, and what was found. The answer is by another person than who took it in.

    One that came by the public form has no ``taken_by``; of its receipt (128 random bits) only ``receipt_digest`` is kept, and
    ``contact`` is for the answer alone. ``due_on``: by when it is to be answered. ``erased_at``: when it was taken away who
    objected.
    """

    claim = TenantForeignKey(Claim)
    told_by = models.CharField(max_length=60)
    contact = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=1000)
    receipt_digest = models.CharField(max_length=64, blank=True)
    due_on = models.DateField(null=True)
    taken_by = _person(null=True)
    taken_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = _person(null=True)
    answered_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="claim_objection_text"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answer="") | (Q(answered_by__isnull=False) & ~Q(answer="")),
                name="claim_objection_whole",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=False) | ~Q(receipt_digest=""), name="claim_objection_taken"
            ),
            models.UniqueConstraint(
                fields=["city", "receipt_digest"], condition=~Q(receipt_digest=""), name="claim_objection_receipt"
            ),
        )
        indexes = (models.Index(fields=["city", "claim"], name="claim_objection_of"),)

    class Privacy:
        personal = frozenset({"told_by", "contact"})
        public = _NO_PUBLIC
        private = _names(
            "id city claim told_by contact text receipt_digest due_on taken_by taken_at answer answered_by answered_at "
            "erased_at"
        )
