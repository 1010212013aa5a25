"""Arithmetic of figures: growth, shares and ranks. Pure: no Django, no clock."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from zhaoshang.common.problems import N_

Key = TypeVar("Key", bound=Hashable)


class Measure(StrEnum):
    """What an indicator version counts: counted capital, projects by a milestone's day, the year's special campaigns, units that
    started projects together, trips by who led them (the rest of the word is the definition's code), signings at activities, or partners
    by the day their term began."""

    CAPITAL = "capital"
    RESERVED = "reserved_on"
    SIGNED = "signed_on"
    LANDED = "landed_on"
    CAMPAIGNS = "campaigns"
    STARTS = "starts"
    TRIPS_OF_CITY = "trips_city_leaders"
    TRIPS_OF_UNITS = "trips_unit_heads"
    EVENT_SIGNED = "event_signed"
    EVENT_AMOUNT = "event_amount"
    PARTNERS = "partners"


TRIPS = (Measure.TRIPS_OF_CITY, Measure.TRIPS_OF_UNITS)
EVENTS = (Measure.EVENT_SIGNED, Measure.EVENT_AMOUNT)
OF_NO_UNIT = frozenset({Measure.CAMPAIGNS, Measure.PARTNERS})  # the city has them, its districts do not


class Unit(StrEnum):
    """The unit a figure's value is held in: whole fen, or a plain number."""

    FEN = "fen"
    COUNT = "count"


class Basis(StrEnum):
    """What a growth rate's base rests on."""

    SAME_VERSION = "same_version"
    RESTATED = "restated"
    PUBLISHED = "published"


BASIS_LABELS = {
    Basis.SAME_VERSION: N_("同口径上年同期"),
    Basis.RESTATED: N_("按本口径重算并备案的上年同期"),
    Basis.PUBLISHED: N_("上年公布数(无明细账)"),
}


def growth_percent(now: int, base: int) -> Decimal | None:
    """Relative change in percent, unrounded; None when the base is not positive (no rate has a meaning then)."""
    return (Decimal(now) - base) * 100 / base if base > 0 else None


def share_percent(part: int, whole: int) -> Decimal | None:
    """The part of the whole in percent; None without a whole."""
    return Decimal(part) * 100 / whole if whole else None


def ranks(values: Mapping[Key, int | Decimal | None]) -> dict[Key, int | None]:
    """Competition ranks, greatest first: equal values share a rank and the next is skipped (1, 2, 2, 4). None has no rank."""
    ordered = sorted((value for value in values.values() if value is not None), reverse=True)
    first = {value: ordered.index(value) + 1 for value in set(ordered)}
    return {key: None if value is None else first[value] for key, value in values.items()}


class Listed(tuple[str, ...]):
    """Several marked words inside a sentence, one after the other."""

    def __str__(self) -> str:
        return "、".join(self)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a number is not given; ``code`` is stable, ``reason`` says it in Chinese and names both versions where two clash.

    A door says the same in another language from ``template`` and ``params``.
    """

    code: str
    reason: str
    template: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def refuse(code: str, template: str, **params: object) -> Refusal:
    """A refusal whose ``template`` (Chinese, marked for translation, with ``{name}`` places) is filled with ``params``."""
    return Refusal(code, template.format(**params), template, params)
