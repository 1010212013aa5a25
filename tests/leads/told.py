"""A lead as somebody tells it."""

from typing import Any

from cast import YI, Cast

from zhaoshang.leads.actions import take_in
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy


def told(cast: Cast, **changes: Any) -> Lead:
    """Of an investor in batteries, brought by a chamber of commerce."""
    given: dict[str, Any] = {
        "came_by": CameBy.PARTNER,
        "origin_label": "示例商会",
        "origin_ref": "partner-1",
        "investor": "示例远航电池有限公司",
        "subject": "示例电池生产基地",
        "industry": "C",
        "amount_fen": 5 * YI,
        "phone": "13800000000",
        "by": None,
        "at": cast.now,
    }
    return take_in(city=cast.city, **given | changes)
