"""A parcel and its neighbours, as the tests speak of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from cast import NOW, YI, Cast

from zhaoshang.common.shapes import read_text
from zhaoshang.opportunities.actions import NewEntry, add_entry, publish_entry
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind

FAR = date(2099, 12, 31)
CONTACT = {"contact": "示例服务中心", "contact_phone": "0411-0000"}
FIELDS: dict[Kind, dict[str, Any]] = {
    Kind.PARCEL: {
        "location": "示例路1号",
        "planned_use": "industrial",
        "plot_ratio_high": "2.0",
        "industry_direction": "装备制造",
        "utilities": ["road", "water"],
        "condition": "clear",
    },
    Kind.KEY_REGION: {"location": "示例湾", "leading_industries": "海洋", "planned_use": "mixed"},
    Kind.ZONE: {
        "level": "municipal",
        "legal_body": "示例管委会",
        "area_planned": "20",
        "leading_industries": "装备制造",
    },
    Kind.PLANNED: {"content": "示例内容", "site": "示例园区", "way": ["sole"], "step": "study"},
    Kind.SOE: {
        "content": "示例内容",
        "site": "示例区",
        "way": ["joint"],
        "step": "idea",
        "soe": "示例国企",
        "seeks": "合作方",
    },
    Kind.GOVERNMENT: {
        "content": "示例内容",
        "site": "示例区",
        "way": ["ppp"],
        "step": "approved",
        "owner": "示例业主",
    },
}
SQUARE = "121.6, 39.0\n121.601, 39.0\n121.601, 39.001\n121.6, 39.001"


def new_entry(cast: Cast, kind: Kind = Kind.PARCEL, **changes: Any) -> NewEntry:
    """A complete entry of the east: a parcel of 9600 m², or 1 亿元 of anything else."""
    on_land = kind in (Kind.PARCEL, Kind.KEY_REGION)
    said: dict[str, Any] = {
        "kind": kind,
        "title": f"示例{kind}",
        "title_en": f"Sample {kind}",
        "unit": cast.east,
        "steward": cast.officer,
        "expires_on": FAR,
        "summary": "示例简介",
        "industry": "C",
        "amount_fen": None if on_land else YI,
        "area_m2": Decimal("9600.00") if on_land else None,
        "fields": FIELDS[kind] | CONTACT,
        "outline": read_text(SQUARE, "示例") if kind == Kind.PARCEL else None,
    }
    return NewEntry(**said | changes)


def drafted(cast: Cast, kind: Kind = Kind.PARCEL, **changes: Any) -> Opportunity:
    """Registered, not published."""
    new = new_entry(cast, kind, **changes)
    return held(add_entry(city=cast.city, new=new, by=new.steward, at=NOW))


def offered(cast: Cast, kind: Kind = Kind.PARCEL, **changes: Any) -> Opportunity:
    """Registered and published."""
    entry = drafted(cast, kind, **changes)
    return held(publish_entry(entry=entry, by=cast.officer, at=NOW))


def held(entry: Opportunity) -> Opportunity:
    """As it stands in the database now."""
    rows = Opportunity.objects.of(entry.city_id).select_related("city", "unit", "steward")
    return rows.get(pk=entry.pk)  # type: ignore[no-any-return]
