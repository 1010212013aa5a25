"""A matchmaking meeting as the tests speak of it."""

from datetime import date
from typing import Any

from cast import NOW, YI, Cast
from opportunities.building import offered
from outreach.going import activity

from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.matchmaking.actions import propose_pair, set_session
from zhaoshang.matchmaking.models import Pair
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind
from zhaoshang.outreach.models import Activity
from zhaoshang.outreach.rules import ActivityKind

MARCH = date(2023, 4, 3)


def held(cast: Cast, **changes: Any) -> Activity:
    """A matchmaking meeting of the city, on the day of the tests."""
    fields: dict[str, Any] = {
        "code": "match",
        "title": "示例央地对接会",
        "day": MARCH,
        "kind": ActivityKind.MATCHMAKING,
    }
    return activity(cast, **fields | changes)


def group(cast: Cast, name: str = "示例央企甲集团", industry: str = "C") -> Enterprise:
    """A central SOE with its card."""
    card = Card(name=name, ownership="central", industry=industry)
    return create_enterprise(city=cast.city, card=card, unit=None, by=cast.statistician, at=NOW)


def entry(cast: Cast, **changes: Any) -> Opportunity:
    """A planned project of the east of 1 亿元 in manufacturing."""
    return offered(cast, Kind.PLANNED, **{"amount_fen": YI} | changes)


def pair(cast: Cast, meeting: Activity, firm: Enterprise, opportunity: Opportunity) -> Pair:
    """On the board."""
    return propose_pair(activity=meeting, enterprise=firm, opportunity=opportunity, by=cast.statistician, at=NOW)


def session(cast: Cast, meeting: Activity, slots: int = 3, tables: int = 2) -> None:
    """Hours and tables."""
    set_session(
        activity=meeting, begins_at=meeting.begins_at, minutes=20, slots=slots,
        tables=[f"{number}号桌" for number in range(1, tables + 1)], by=cast.statistician, at=NOW,
    )  # fmt: skip
