"""Local rules issued for a test."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cast import NOW, Cast

from zhaoshang.rulesets.actions import issue_set
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.models import IssuedRules


def issued(cast: Cast, kind: Kind[Any], content: Mapping[str, Any] | None = None, **given: Any) -> IssuedRules:
    """The kind's sample, or this content, issued by the statistician from the first day of 2023."""
    said = {"code": "own", "title": "示例办法", "document": "示例〔2023〕1号", "valid_from": date(2023, 1, 1)}
    said |= {"by": cast.statistician, "at": NOW}
    return issue_set(kind=kind, city=cast.city, content=kind.shipped if content is None else content, **said | given)
