"""Which entries fit what an investor looks for, and why. Pure: no Django, no clock.

There are no weights to be argued about: an entry is held against each thing that was said, each is met, missed or unknown, and the
entry that meets more (then misses fewer, then is nearer in size) comes first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.opportunities.rules import MU_M2

REASONS = {
    "industry": N_("行业相符"),
    "not_industry": N_("行业不同"),
    "unit": N_("在想去的地区"),
    "not_unit": N_("在别的地区"),
    "land": N_("面积够用"),
    "not_land": N_("面积不够"),
    "price": N_("起始价在投资额之内"),
    "not_price": N_("起始价高于投资额"),
    "intensity": N_("达到投资强度下限"),
    "not_intensity": N_("达不到投资强度下限"),
    "amount": N_("投资额够"),
    "not_amount": N_("投资额小于项目总投资"),
    "power": N_("有供电"),
    "not_power": N_("没有写明供电"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; what was not said is empty or None. ``unit`` is a reporting unit's code; land in m², budget in fen."""

    industry: str = ""
    unit: str = ""
    land_m2: Decimal | None = None
    budget_fen: int | None = None
    power: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What is held against a wish; ``fields``: the public fields of the kind as they are kept."""

    code: str
    industry: str = ""
    unit: str = ""
    area_m2: Decimal | None = None
    amount_fen: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """An offer with what it meets and what it misses, as keys of :data:`REASONS`."""

    offer: Offer
    met: tuple[str, ...]
    missed: tuple[str, ...]


def ranked(wish: Wish, offers: Iterable[Offer]) -> list[Match]:
    """Offers that meet at least one thing, the best first; equal ones by code."""
    matches = [_held_against(wish, offer) for offer in offers]
    return sorted((one for one in matches if one.met), key=lambda one: _order(wish, one))


def _held_against(wish: Wish, offer: Offer) -> Match:
    said = {
        "industry": offer.industry == wish.industry if wish.industry and offer.industry else None,
        "unit": offer.unit == wish.unit if wish.unit else None,
        "land": offer.area_m2 >= wish.land_m2 if wish.land_m2 and offer.area_m2 else None,
        "power": "power" in offer.fields["utilities"] if wish.power and "utilities" in offer.fields else None,
        **_money(wish, offer),
    }
    met = tuple(name for name, holds in said.items() if holds)
    return Match(offer, met, tuple(f"not_{name}" for name, holds in said.items() if holds is False))


def _money(wish: Wish, offer: Offer) -> dict[str, bool | None]:
    """Land by its starting price and by investment per mu of the land wanted (else of the whole plot); a project by its investment."""
    if wish.budget_fen is None:
        return {}
    price, floor = offer.fields.get("starting_price"), offer.fields.get("invest_intensity")
    land = wish.land_m2 or offer.area_m2
    per_mu = Decimal(wish.budget_fen) / 1_000_000 / (land / MU_M2) if land else None
    return {
        "price": price <= wish.budget_fen if price is not None else None,
        "intensity": per_mu >= Decimal(floor) if floor is not None and per_mu is not None else None,
        "amount": offer.amount_fen <= wish.budget_fen if offer.amount_fen else None,
    }


def _order(wish: Wish, one: Match) -> tuple[int, int, Decimal, str]:
    far = abs((one.offer.area_m2 or Decimal(0)) - wish.land_m2) if wish.land_m2 else Decimal(0)
    return -len(one.met), len(one.missed), far, one.offer.code
