"""How a payment is written down for hashing: every column, as text that is the same on every database."""

from datetime import UTC, date, datetime
from typing import Any

from zhaoshang.capital.models import Payment


def columns_of(payment: Payment) -> dict[str, Any]:
    """Every column of the row but the digest itself, as text that is the same on every database."""
    columns: dict[str, Any] = {}
    for field in payment._meta.concrete_fields:
        if field.attname == "digest":
            continue
        value = getattr(payment, field.attname)
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat(timespec="microseconds")
        elif isinstance(value, date):
            value = value.isoformat()
        columns[field.attname] = value
    return columns
