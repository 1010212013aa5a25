"""Regulation, EnteredInput, Assessment, Computation, Objection, Light and LightNote."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhaoshang.assessments.rules.reading import read_scheme
from zhaoshang.assessments.rules.scheme import Colour, Scheme
from zhaoshang.assessments.rules.states import Occasion, Purpose, State, Verdict
from zhaoshang.capital.models import EvidenceFile
from zhaoshang.common.periods import Period
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


def _person(null: bool = False) -> Any:
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Regulation(TenantModel):
    """What gives points or colours (办法): its text is the rule itself, read by ``rules.reading``. An issued one never changes,
    only its last month is set by the one that ``replaces`` it. ``valid_from``/``valid_to``: month numbers."""

    code = models.SlugField(max_length=40, db_index=False)
    purpose = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=400)
    text = models.TextField()
    valid_from = models.PositiveIntegerField()
    valid_to = models.PositiveIntegerField(null=True)
    replaces = TenantForeignKey("assessments.Regulation", null=True)
    is_sample = models.BooleanField(default=False)
    drafted_by = _person()
    drafted_at = models.DateTimeField()
    issued_by = _person(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-valid_from", "code")
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="regulation_code"),
            models.CheckConstraint(condition=Q(purpose__in=list(Purpose)), name="regulation_purpose"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | (Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(document="")),
                name="regulation_issued_whole",
            ),
        )

    class Privacy:
        public = _names(
            "id city code purpose title document source text valid_from valid_to replaces is_sample issued_at"
        )
        private = _names("drafted_by drafted_at issued_by")

    def __str__(self) -> str:
        return self.title

    def scheme(self) -> Scheme:
        """What is computed. A kept text can be read: it was read before it was kept."""
        return read_scheme(self.text, Purpose(self.purpose))

    def holds_for(self, month: int) -> bool:
        """Whether it is in force in a month."""
        return (
            self.issued_at is not None
            and self.valid_from <= month
            and (self.valid_to is None or month <= self.valid_to)
        )


class EnteredInput(TenantModel):
    """A number that the account does not hold, for a unit and months, with the document that it stands in. Appended only: the last counts.

    ``value`` is exact decimal text in the unit that the regulation names.
    """

    code = models.SlugField(max_length=40, db_index=False)
    unit = TenantForeignKey(ReportingUnit)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    value = models.CharField(max_length=30)
    document = models.CharField(max_length=200)
    note = models.CharField(max_length=400, blank=True)
    is_sample = models.BooleanField(default=False)
    entered_by = _person()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(document=""), name="entered_input_document"),
            models.CheckConstraint(condition=Q(first_month__lte=F("last_month")), name="entered_input_months"),
        )
        indexes = (models.Index(fields=["city", "last_month", "code", "id"], name="entered_input_month"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names("id city code unit first_month last_month value document note is_sample entered_by entered_at")


class Assessment(TenantModel):
    """The units assessed for some months under a regulation. DRAFT → SHOWN (districts see it and may object until a day) → FINAL.

    ``digest`` of a final one seals its regulation, inputs, results and decisions.
    """

    title = models.CharField(max_length=120)
    regulation = TenantForeignKey(Regulation)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=State.DRAFT)
    drafted_by = _person()
    drafted_at = models.DateTimeField()
    objections_from = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    shown_by = _person(null=True)
    shown_at = models.DateTimeField(null=True)
    final_by = _person(null=True)
    final_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-last_month", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="assessment_state"),
            models.CheckConstraint(condition=Q(first_month__lte=F("last_month")), name="assessment_months"),
            models.CheckConstraint(
                condition=Q(
                    state=State.DRAFT,
                    shown_at__isnull=True,
                    shown_by__isnull=True,
                    objections_from__isnull=True,
                    objections_until__isnull=True,
                )
                | (
                    ~Q(state=State.DRAFT)
                    & Q(shown_at__isnull=False, shown_by__isnull=False, objections_from__lte=F("objections_until"))
                ),
                name="assessment_shown_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FINAL, final_at__isnull=False, final_by__isnull=False) & ~Q(digest=""))
                | (~Q(state=State.FINAL) & Q(final_at__isnull=True, final_by__isnull=True, digest="")),
                name="assessment_final_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "last_month", "id"], name="assessment_month"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names(
            "id city title regulation first_month last_month state drafted_by drafted_at objections_from "
            "objections_until shown_by shown_at final_by final_at digest is_sample"
        )

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """The assessed months."""
        return Period(self.first_month, self.last_month)


class Computation(TenantModel):
    """An assessment as it was computed once: its inputs, its scores, and a digest over both. Appended only; the last one counts."""

    assessment = TenantForeignKey(Assessment)
    number = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=10)
    inputs: models.JSONField[Any, Any] = models.JSONField()
    scores: models.JSONField[Any, Any] = models.JSONField()
    ledger_seq = models.BigIntegerField()
    ledger_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_by = _person()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["city", "assessment", "number"], name="computation_number"),
            models.CheckConstraint(condition=Q(occasion__in=list(Occasion)), name="computation_occasion"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names(
            "id city assessment number occasion inputs scores ledger_seq ledger_digest digest made_by made_at"
        )


class Objection(TenantModel):
    """A unit's objection to one line, and what another person decided. Upheld: ``input_key`` is put right to ``corrected``."""

    assessment = TenantForeignKey(Assessment)
    unit = TenantForeignKey(ReportingUnit)
    article = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000)
    file = TenantForeignKey(EvidenceFile, null=True)
    raised_by = _person()
    raised_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, default=Verdict.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    input_key = models.CharField(max_length=130, blank=True)
    before = models.CharField(max_length=60, blank=True)
    corrected = models.CharField(max_length=30, blank=True)
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="objection_verdict"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("raised_by")), name="objection_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(
                    verdict=Verdict.OPEN, decided_by__isnull=True, decided_at__isnull=True, answer="", corrected=""
                )
                | (
                    Q(verdict=Verdict.REJECTED, decided_by__isnull=False, decided_at__isnull=False, corrected="")
                    & ~Q(answer="")
                )
                | (
                    Q(verdict=Verdict.UPHELD, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                    & ~Q(corrected="")
                    & ~Q(input_key="")
                ),
                name="objection_decided_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "assessment", "id"], name="objection_assessment"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names(
            "id city assessment unit article reason file raised_by raised_at verdict answer input_key before "
            "corrected decided_by decided_at"
        )

    def __str__(self) -> str:
        return f"{self.unit.name} {self.article}"


class Light(TenantModel):
    """A colour as it came out for a unit, an article and a month, with its inputs. Appended only: the last one of a month counts."""

    regulation = TenantForeignKey(Regulation)
    article = models.CharField(max_length=20)
    unit = TenantForeignKey(ReportingUnit)
    month = models.PositiveIntegerField()
    colour = models.CharField(max_length=10)
    formula = models.CharField(max_length=400, blank=True)
    note: models.JSONField[Any, Any] = models.JSONField(null=True)
    inputs: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)
    computed_by = _person(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(colour__in=list(Colour)), name="light_colour"),)
        indexes = (models.Index(fields=["city", "regulation", "month", "id"], name="light_month"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names(
            "id city regulation article unit month colour formula note inputs digest computed_by computed_at"
        )

    def __str__(self) -> str:
        return f"{self.unit.name} {self.article}"


class LightNote(TenantModel):
    """A unit's explanation of a light. It never changes the colour, and it is never taken back."""

    light = TenantForeignKey(Light)
    text = models.CharField(max_length=1000)
    written_by = _person()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="light_note_text"),)
        indexes = (models.Index(fields=["city", "light", "id"], name="light_note_light"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = _names("id city light text written_by written_at")
