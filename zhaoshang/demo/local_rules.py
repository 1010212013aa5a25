"""Local rules of the demo city: the samples that come with the system as its own, still labelled samples."""

from datetime import date
from typing import Any

from zhaoshang.demo.clock import FOUNDED
from zhaoshang.people.models import User
from zhaoshang.rulesets.actions import issue_set
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.tenancy.models import City


def issue_sample(city: City, kind: Kind[Any], by: User, **other: Any) -> None:
    """The sample of a kind, from its own day on. ``other``: what the demo city says otherwise of it."""
    held = kind.shipped
    said = {key: held[key] for key in ("code", "title", "title_en", "document", "valid_from") if key in held} | other
    valid_from = said.pop("valid_from")
    day = valid_from if isinstance(valid_from, date) else date.fromisoformat(valid_from)
    issue_set(kind=kind, city=city, content=held, valid_from=day, is_sample=True, by=by, at=FOUNDED, **said)
