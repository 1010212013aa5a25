"""Standard: what the city issued to be measured by."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhaoshang.people.models import User
from zhaoshang.rulesets.models import IssuedRules, once

KINDS = ("appraisal", "clauses")


def person(null: bool = False) -> Any:
    """Who did it; never taken away with the row."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


def names(words: str) -> frozenset[str]:
    """The fields named in a line."""
    return frozenset(words.split())


class Standard(IssuedRules):
    """Thresholds with vetoes (``appraisal``) or risky clauses (``clauses``) as issued; read by ``rules.sheets`` and ``rules.clauses``."""

    kind = models.CharField(max_length=10)

    class Meta(IssuedRules.Meta):
        ordering: ClassVar[tuple[str, ...]] = ("kind", "valid_from")
        constraints = (
            *once("standard", "kind"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="standard_kind"),
        )

    class Privacy(IssuedRules.Privacy):
        public = IssuedRules.Privacy.public | {"kind"}
