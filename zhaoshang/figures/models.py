"""Indicator, IndicatorVersion, Restatement, FrozenFigure, ExternalFigure and RateDefinition."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhaoshang.capital.models import RuleSet
from zhaoshang.common.periods import Period
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()
_NO_PRIVATE: frozenset[str] = frozenset()


class Indicator(TenantModel):
    """A name under which figures are published. ``reading_class`` is the class by which the reader of bulletins knows it."""

    code = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    unit_of_value = models.CharField(max_length=10)
    reading_class = models.CharField(max_length=40)
    words: models.JSONField[Any, Any] = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="indicator_code"),
            models.CheckConstraint(condition=Q(unit_of_value__in=list(Unit)), name="indicator_unit"),
        )

    class Privacy:
        public = frozenset(
            {"id", "city", "code", "name", "name_en", "unit_of_value", "reading_class", "words", "position"}
        )
        private = _NO_PRIVATE

    def __str__(self) -> str:
        return self.name


class IndicatorVersion(TenantModel):
    """What an indicator means in some months: which measure, by which rule set, from which sources.

    ``valid_from``/``valid_to``: months in which published figures of the indicator have this meaning.
    ``at_least_fen``: only projects with a contract of at least this (亿元以上); for capital only 0, 1亿 and 10亿 are kept in roll-ups.
    """

    indicator = TenantForeignKey(Indicator)
    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    definition = models.TextField()
    measure = models.CharField(max_length=20)
    rule_set = TenantForeignKey(RuleSet, null=True)
    source_classes: models.JSONField[Any, Any] = models.JSONField(default=list)
    at_least_fen = models.BigIntegerField(default=0)
    valid_from = models.PositiveIntegerField()
    valid_to = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=400)
    is_sample = models.BooleanField(default=False)

    # Of a joined version (``meanings.py``), which is no row: the versions that it is made of, and the months of each.
    spans: "tuple[tuple[IndicatorVersion, Period], ...]" = ()

    class Meta:
        ordering = ("valid_from", "id")
        constraints = (
            models.UniqueConstraint(fields=["city", "indicator", "code"], name="indicator_version_code"),
            models.CheckConstraint(
                condition=Q(measure=Measure.CAPITAL, rule_set__isnull=False)
                | (~Q(measure=Measure.CAPITAL) & Q(rule_set__isnull=True)),
                name="indicator_version_rule",
            ),
        )

    class Privacy:
        public = frozenset(
            [
                "id",
                "city",
                "indicator",
                "code",
                "title",
                "title_en",
                "definition",
                "measure",
                "rule_set",
                "source_classes",
                "at_least_fen",
                "valid_from",
                "valid_to",
                "source",
                "is_sample",
            ]
        )
        private = _NO_PRIVATE

    def __str__(self) -> str:
        return self.title

    @property
    def classes(self) -> list[SourceClass]:
        """The source classes that count, in a fixed order."""
        return [SourceClass(name) for name in sorted(self.source_classes)]

    def official_for(self, period: Period) -> bool:
        """Whether the indicator had this meaning during the whole period."""
        return self.valid_from <= period.first and (self.valid_to is None or period.last <= self.valid_to)


class Restatement(TenantModel):
    """A decision on record that past months are also stated under a version, so that growth can be given against them."""

    version = TenantForeignKey(IndicatorVersion)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    document = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("issued_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(first_month__lte=F("last_month")), name="restatement_months"),
        )

    class Privacy:
        public = frozenset({"id", "city", "version", "first_month", "last_month", "document", "reason", "issued_at"})
        private = frozenset({"issued_by"})


class FrozenFigure(TenantModel):
    """A figure as it was when something was published: its value, what it rests on, and a digest over all of it.

    ``ledger_seq``: the chain's length then; the same figure can be recomputed from the ledger as it stood. Appended only.
    """

    snapshot = models.UUIDField()
    ref = models.CharField(max_length=200)
    version = TenantForeignKey(IndicatorVersion)
    unit = TenantForeignKey(ReportingUnit, null=True)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    value = models.BigIntegerField()
    payments = models.IntegerField()
    ledger_seq = models.BigIntegerField()
    ledger_digest = models.CharField(max_length=64)
    rule_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ("frozen_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "snapshot", "ref"], name="frozen_ref"),)

    class Privacy:
        public = frozenset(
            [
                "id",
                "city",
                "snapshot",
                "ref",
                "version",
                "unit",
                "first_month",
                "last_month",
                "value",
                "payments",
                "ledger_seq",
                "ledger_digest",
                "rule_digest",
                "digest",
                "frozen_at",
            ]
        )
        private = frozenset({"frozen_by"})

    @property
    def period(self) -> Period:
        """The months that it is for."""
        return Period(self.first_month, self.last_month)


class ExternalFigure(TenantModel):
    """A figure that our ledger does not hold: another city's, a province's rank, or our own of years before the ledger.

    ``value`` in the indicator's unit, or ``rank`` among ``scope``; always with source and date. ``version`` names the meaning
    where it is known: only then can it be the base of a growth rate.
    """

    place_code = models.CharField(max_length=9)
    place_name = models.CharField(max_length=40)
    indicator = TenantForeignKey(Indicator)
    version = TenantForeignKey(IndicatorVersion, null=True)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    value = models.BigIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    scope = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=400)
    dated = models.DateField()
    is_official = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("first_month", "place_code", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(rank__isnull=False), name="external_says_something"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="external_has_source"),
        )
        indexes = (models.Index(fields=["city", "indicator", "first_month", "last_month"], name="external_period"),)

    class Privacy:
        public = frozenset(
            [
                "id",
                "city",
                "place_code",
                "place_name",
                "indicator",
                "version",
                "first_month",
                "last_month",
                "value",
                "rank",
                "scope",
                "source",
                "dated",
                "is_official",
                "is_sample",
            ]
        )
        private = frozenset({"entered_by", "entered_at"})


class RateDefinition(TenantModel):
    """One formula of a rate (履约率, 资金到位率 …), with its source. One word may have several; each is told apart by its title.

    ``formula`` is read by :func:`figures.rate_rules.read_formula`. A change is another definition; the old stays.
    """

    code = models.SlugField(max_length=40, db_index=False)
    word = models.CharField(max_length=20)
    word_en = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    formula: models.JSONField[Any, Any] = models.JSONField()
    source = models.CharField(max_length=400)
    dated = models.DateField()
    is_sample = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="rate_code"),
            models.CheckConstraint(condition=~Q(source=""), name="rate_has_source"),
        )

    class Privacy:
        public = frozenset(
            [
                "id",
                "city",
                "code",
                "word",
                "word_en",
                "title",
                "title_en",
                "formula",
                "source",
                "dated",
                "is_sample",
                "entered_at",
            ]
        )
        private = frozenset({"entered_by"})

    def __str__(self) -> str:
        return f"{self.word} {self.title}"
