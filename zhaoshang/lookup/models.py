"""Entry and Piece: a name that can be found, and the places where a search of it may begin."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.lookup.rules import Kind
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

_NO_PUBLIC: frozenset[str] = frozenset()


class Entry(TenantModel):
    """A name. Its id is that of the project or enterprise that it names; ``unit`` is whose row that is, if it belongs to one.

    ``stands_for``: the thing was found to be another one registered twice; whoever counts, counts only the other.
    """

    kind = models.PositiveSmallIntegerField()
    plain = models.CharField(max_length=240)
    unit = TenantForeignKey(ReportingUnit, null=True)
    stands_for = TenantForeignKey("lookup.Entry", null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="lookup_kind"),
            models.CheckConstraint(condition=~Q(stands_for=models.F("id")), name="lookup_not_itself"),
        )
        indexes = (
            models.Index(
                fields=["city", "stands_for"], name="lookup_stands_for", condition=Q(stands_for__isnull=False)
            ),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "kind", "plain", "unit", "stands_for"})


class Piece(TenantModel):
    """Where a search may begin: ``gram`` three characters, or a key below zero; ``initials`` the pinyin from there on.

    Its id is ``rules.piece_id`` of the entry's, so that a name's pieces are found by the table's own key.
    """

    entry = TenantForeignKey(Entry)
    kind = models.PositiveSmallIntegerField()
    unit = TenantForeignKey(ReportingUnit, null=True)
    gram = models.BigIntegerField()
    initials = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=["city", "kind", "gram", "unit", "entry"], name="lookup_gram"),
            models.Index(
                fields=["city", "kind", "initials", "unit", "entry"],
                name="lookup_initials",
                condition=Q(initials__isnull=False),
            ),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset({"id", "city", "entry", "kind", "unit", "gram", "initials"})
