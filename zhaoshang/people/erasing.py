"""Takes away what says who somebody is when its term is over, and once more in a restored copy.

Which rows are due is for their room to say; how long after the end is data: ``samples/keeping.toml``, or a ``keeping.toml`` in the
folder of data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhaoshang.people.holds import free
from zhaoshang.people.terms import SAMPLE, terms
from zhaoshang.tenancy.apart import note_erased, subject
from zhaoshang.tenancy.models import City

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Erasure:
    """``table``: as the terms name it; ``model``: with a column ``erased_at``; ``blank``: what is left of each personal field."""

    table: str
    model: Any
    blank: Mapping[str, Any]

    @property
    def days(self) -> int:
        """How many days after the end, by the installation's own terms or the sample."""
        own = Path(settings.DATA_DIR) / "keeping.toml"
        return terms(own if own.exists() else SAMPLE)[self.table].person_days

    def ended_before(self, today: date) -> datetime:
        """What ended before this moment is due: so many days ago as the table's term says."""
        return timezone.make_aware(datetime.combine(today - timedelta(days=self.days), time()))

    def take_away(self, city: City, rows: Any, at: datetime) -> int:
        """Erase at most :data:`AT_ONCE` of the city's rows that are due and not held, and note them apart; returns how many. Inside a
        transaction."""
        due = free(rows.filter(erased_at__isnull=True), city).select_for_update().order_by("pk")
        keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            self._blank(city, keys, at)
            note_erased(self.table, keys, at)
        return len(keys)

    def take_away_again(self, rows: Any, listed: Mapping[str, str], at: datetime) -> int:
        """In a restored copy: erase whom the list kept apart names; returns how many. Inside a transaction."""
        due = rows.filter(erased_at__isnull=True).values_list("city_id", "pk")
        found = [(city, key) for city, key in due.iterator() if subject(self.table, key) in listed]
        for start in range(0, len(found), AT_ONCE):
            self._blank(found[0][0], [key for _city, key in found[start : start + AT_ONCE]], at)
        return len(found)

    def _blank(self, city: Any, keys: list[Any], at: datetime) -> None:
        self.model.objects.of(city).filter(pk__in=keys).update(**self.blank, erased_at=at)
