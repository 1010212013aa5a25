"""Rows held for writing, and the line that every change leaves in the entry's history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhaoshang.opportunities.models import EntryChange, Opportunity
from zhaoshang.opportunities.rules import Happened
from zhaoshang.people.models import User


class Changed(Exception):
    """Somebody changed the entry since it was looked at."""


def locked(entry: Opportunity, revision: int | None = None) -> Opportunity:
    """The row, held for writing. Raises :class:`Changed` when another revision than the one that was looked at stands there."""
    rows = Opportunity.objects.of(entry.city_id).select_for_update()
    held: Opportunity = rows.get(pk=entry.pk)
    if revision is not None and held.revision != revision:
        raise Changed
    return held


def tell(
    entry: Opportunity,
    happened: Happened,
    *,
    by: User,
    at: datetime,
    project: Any = None,
    text: str = "",
    changes: Mapping[str, Any] | None = None,
) -> EntryChange:
    """One line of the entry's history."""
    return EntryChange.objects.create(
        city=entry.city, opportunity=entry, happened=happened, on=timezone.localdate(at), project=project, text=text, changes=changes or {},
        by=by, at=at,
    )  # fmt: skip
