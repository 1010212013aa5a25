"""The city's rank in its province: as the province told it, and as it follows from other cities' figures on record.

What was told wins and is shown; what was computed stands beside it, so that a difference is seen. Each says what it rests on.
"""

from dataclasses import dataclass, replace
from datetime import date

from zhaoshang.common.periods import Period
from zhaoshang.figures.models import ExternalFigure
from zhaoshang.figures.queries import NoVersion, UnknownIndicator, figure
from zhaoshang.figures.rules import ranks
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Place:
    """One city of the province with its value (in the indicator's unit), its rank among those known, and where the value comes from."""

    code: str
    name: str
    value: int
    rank: int
    source: str
    dated: date | None
    is_official: bool
    is_sample: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ProvinceRank:
    """``rank``: what is to be shown, told if it was told, else computed from ``places``. ``scope`` as it was told; empty: the
    province. ``is_official`` only when told officially."""

    rank: int
    scope: str
    is_official: bool
    told: ExternalFigure | None
    computed: int | None
    places: tuple[Place, ...]

    @property
    def agrees(self) -> bool:
        """Whether told and computed ranks are the same, where both are known."""
        return self.told is None or self.computed is None or self.told.rank == self.computed


def province_rank(city: City, indicator_code: str, period: Period, own: int | None = None) -> ProvinceRank | None:
    """The rank for exactly this period; None when neither a rank nor another city's figure is on record.

    ``own`` is our value where the caller has it already. Three queries at most, one with ``own``.
    """
    rows = ExternalFigure.objects.of(city).filter(
        indicator__code=indicator_code, indicator__city=city, first_month=period.first, last_month=period.last
    )
    entries = list(rows.order_by("-is_official", "-dated", "-id"))
    told = next((entry for entry in entries if entry.place_code == city.gb_code and entry.rank is not None), None)
    places = _places(city, indicator_code, period, entries, own)
    computed = next((place.rank for place in places if place.is_own), None)
    rank = told.rank if told is not None else computed
    if rank is None:
        return None
    return ProvinceRank(
        rank,
        told.scope if told is not None else "",
        told is not None and told.is_official,
        told,
        computed,
        tuple(places),
    )


def _places(city: City, code: str, period: Period, entries: list[ExternalFigure], own: int | None) -> list[Place]:
    """The province's cities by value, ours from the ledger; empty when nobody else's is known. The best entry of a place counts."""
    province = city.gb_code[:2]
    others: dict[str, ExternalFigure] = {}
    for entry in entries:
        if entry.value is not None and entry.place_code[:2] == province and entry.place_code != city.gb_code:
            others.setdefault(entry.place_code, entry)
    if not others:
        return []
    own = _own_value(city, code, period) if own is None else own
    if own is None:
        return []
    found = [
        Place(
            one.place_code,
            one.place_name,
            int(one.value or 0),
            0,
            one.source,
            one.dated,
            one.is_official,
            one.is_sample,
            False,
        )
        for one in others.values()
    ]
    found.append(Place(city.gb_code, city.name, own, 0, "", None, True, city.is_sample, True))
    return _ranked(found)


def _own_value(city: City, code: str, period: Period) -> int | None:
    try:
        return figure(city, code, period).value
    except (NoVersion, UnknownIndicator):
        return None


def _ranked(places: list[Place]) -> list[Place]:
    placed = ranks({place.code: place.value for place in places})
    ranked = [replace(place, rank=placed[place.code] or 0) for place in places]
    return sorted(ranked, key=lambda place: (place.rank, place.code))
