"""IssuedRules, what every table of local rules shares; CityRules, the table of the kinds that have none of their own."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.tenancy.models import TenantModel, TenantQuerySet


class IssuedQuerySet(TenantQuerySet):
    """Sets of one kind."""

    def in_force(self, day: date) -> "IssuedQuerySet":
        """Those that had begun by the day, the one in force first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class IssuedRules(TenantModel):
    """A set of local rules as a document issued it, in force from its day until the next set's of its kind; never changed.

    ``content`` is read by the kind's reader.
    """

    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120)
    is_sample = models.BooleanField(default=False)
    content: models.JSONField[Any, Any] = models.JSONField()
    valid_from = models.DateField()
    issued_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    issued_at = models.DateTimeField()

    objects: ClassVar[Any] = IssuedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("valid_from",)

    class Privacy:
        public = frozenset(
            {"id", "city", "code", "title", "title_en", "document", "is_sample", "content", "valid_from", "issued_at"}
        )
        private = frozenset({"issued_by"})

    class Inside:
        """For kinds that say how something is looked for: none of it leaves the building."""

        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "code", "title", "title_en", "document", "is_sample", "content", "valid_from", "issued_at"}
            | {"issued_by"}
        )

    def __str__(self) -> str:
        return self.title


def once(name: str, *within: str, document: str = "") -> tuple[Any, ...]:
    """The constraints of a table of sets, ``name`` before each: a code and a day once, in each of ``within``; a document."""
    return (
        models.UniqueConstraint(fields=["city", *within, "code"], name=f"{name}_code"),
        models.UniqueConstraint(fields=["city", *within, "valid_from"], name=f"{name}_from"),
        models.CheckConstraint(condition=~Q(document=""), name=document or f"{name}_has_document"),
    )


class CityRules(IssuedRules):
    """Sets of the kinds without a table of their own, told apart by ``kind``."""

    kind = models.CharField(max_length=20)

    class Meta(IssuedRules.Meta):
        constraints = once("city_rules", "kind")

    class Privacy(IssuedRules.Inside):
        private = IssuedRules.Inside.private | {"kind"}
