"""OutreachSet, and what the room's tables share."""

from typing import Any

from django.db import models

from zhaoshang.people.models import User
from zhaoshang.rulesets.models import IssuedRules, once

NO_PUBLIC: frozenset[str] = frozenset()


def names(told: str) -> frozenset[str]:
    """Field names, apart by spaces."""
    return frozenset(told.split())


def who(*, null: bool = False) -> Any:
    """A person who did something here."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class OutreachSet(IssuedRules):
    """Ranks, definitions of what counts, and terms as issued; read by :func:`rules.rules_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("outreach_set")
