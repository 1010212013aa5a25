"""How a payment is written down for hashing: every column, as text that is the same on every database."""

from datetime import UTC, date, datetime
from typing import Any

from zhaoshang.capital.models import Payment

COLUMNS = tuple(field.attname for field in Payment._meta.concrete_fields if field.attname != "digest")

# Columns that came when entries were sealed already. An empty one is left out of what is hashed, so that those entries keep their digest;
# whatever stands in one is hashed.
CAME_LATER = frozenset({"currency", "foreign_minor", "rate_e8", "rate_on", "rate_source", "counts_because"})


def columns_of(payment: Payment) -> dict[str, Any]:
    """Every column of the row but the digest itself, as text that is the same on every database."""
    return sealed({name: written(getattr(payment, name)) for name in COLUMNS})


def sealed(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns without the empty ones of :data:`CAME_LATER`."""
    return {name: value for name, value in columns.items() if name not in CAME_LATER or value not in (None, "")}


def written(value: Any) -> Any:
    """A column's value: moments in UTC to the microsecond, days as ISO 8601, anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
